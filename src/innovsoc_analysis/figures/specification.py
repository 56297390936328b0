"""The specification curve: one result in every universe, sorted, and below it the options that made each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    INK,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_figure,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH, _CURVE, _ROW, _MARGIN = 9.0, 2.5, 0.19, 1.15
_UNSURE = "#a9b0bb"
_FARTHEST = 2**10  # a ratio farther from 1 is drawn there


def specification_curve(
    curve: pd.DataFrame, options: pd.DataFrame, *, title: str, caption: str, ylabel: str, ratio: bool = False
) -> Figure:
    """Draw estimates with their intervals, sorted, over a table of dashes that tell the options.

    Parameters
    ----------
    curve : DataFrame, shape (n_universes, 5)
        Columns ``estimate, low, high``, ``clear`` (drawn in colour) and ``usual`` (marked by a diamond).
    options : DataFrame, shape (n_universes, n_choices)
        Same rows; the option of each choice, the columns being the names of the choices, in French.
    title, caption, ylabel : str
        Above, below and beside; in French.
    ratio : bool
        Estimates are ratios: on a logarithmic scale, with a line at 1 rather than at 0.

    Returns
    -------
    Figure
        With two axes, the curve and the options.

    Examples
    --------
    >>> import pandas as pd
    >>> curve = pd.DataFrame({"estimate": [2.0, 1.0], "low": [1.5, 0.5], "high": [3.0, 2.0],
    ...                       "clear": [True, False], "usual": [True, False]})
    >>> figure = specification_curve(curve, pd.DataFrame({"codeur": ["règles", "les deux"]}), title="Plus de A",
    ...                              caption="n = 2", ylabel="rapport", ratio=True)
    >>> [tick.get_text() for tick in figure.axes[1].get_yticklabels()]
    ['règles', 'les deux']
    """
    order = curve["estimate"].argsort(kind="stable").to_numpy()
    curve, options = curve.iloc[order], options.iloc[order]
    rows = sum(1 + options[name].nunique() for name in options.columns)
    below = _ROW * max(rows, 1)
    with house_style():
        figure = new_figure(_WIDTH, _CURVE + below + _MARGIN)
        above, table = figure.subplots(2, 1, sharex=True, height_ratios=[_CURVE, below])
        _draw_curve(above, curve, ratio=ratio)
        above.set_ylabel(ylabel, color=MUTED, fontsize=CAPTION_SIZE)
        _draw_options(table, options)
        write_title(figure, title)
        write_caption(figure, caption)
    return figure


def _draw_curve(axes: Axes, curve: pd.DataFrame, *, ratio: bool) -> None:
    x = list(range(len(curve)))
    columns = curve[["estimate", "low", "high"]]
    shown = columns.clip(1 / _FARTHEST, _FARTHEST) if ratio else columns
    colours = [COLOURS[0] if clear else _UNSURE for clear in curve["clear"]]
    axes.axhline(1 if ratio else 0, color=INK, linewidth=1, zorder=1)
    axes.vlines(x, shown["low"], shown["high"], color=colours, linewidth=1.1, alpha=0.45, zorder=2)
    axes.scatter(x, shown["estimate"], s=9, color=colours, linewidths=0, zorder=3)
    usual = [place for place, one in enumerate(curve["usual"]) if one]
    axes.scatter(usual, shown["estimate"].iloc[usual], s=46, marker="D", color=COLOURS[5], edgecolors="white", zorder=4)
    if ratio:
        axes.set_yscale("log", base=2)
        axes.yaxis.set_major_formatter(lambda value, _: _ratio(value))
        axes.minorticks_off()
    else:
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}".replace("-", "−").replace(".", ","))
    axes.grid(axis="y")
    axes.tick_params(axis="x", labelbottom=False)
    axes.spines["bottom"].set_visible(False)


def _ratio(value: float) -> str:
    r"""Return a ratio as people say it: « × 2 », « ÷ 4 ».

    Examples
    --------
    >>> _ratio(4.0), _ratio(0.5), _ratio(1.0)
    ('×\u202f4', '÷\u202f2', '1')
    """
    if value == 1:
        return "1"
    return f"×\u202f{value:g}" if value > 1 else f"÷\u202f{1 / value:g}"


def _draw_options(axes: Axes, options: pd.DataFrame) -> None:
    ticks: dict[float, str] = {}
    height = 0
    for name in options.columns:
        axes.annotate(
            str(name),
            (0, height),
            xycoords=axes.get_yaxis_transform(),
            xytext=(-7, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            color=MUTED,
            fontsize=SMALLEST_SIZE,
            fontstyle="italic",
            annotation_clip=False,
        )
        height -= 1
        for option in dict.fromkeys(options.sort_index()[name]):
            places = [place for place, one in enumerate(options[name]) if one == option]
            axes.axhline(height, color=GRID, linewidth=0.6, zorder=0)
            axes.vlines(places, height - 0.36, height + 0.36, color=INK, linewidth=1.2, zorder=2)
            ticks[height] = str(option)
            height -= 1
    axes.set_yticks(list(ticks), list(ticks.values()), fontsize=CAPTION_SIZE)
    axes.set_ylim(height + 0.4, 0.6)
    axes.set_xlim(-1, len(options))
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", labelbottom=False)
