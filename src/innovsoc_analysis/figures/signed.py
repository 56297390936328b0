"""Small multiples of bars on both sides of zero: what is in excess, what is lacking, and what is neither."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.measuring import wrapped
from innovsoc_analysis.figures.panels import head
from innovsoc_analysis.figures.sizes import columns_within, fitted
from innovsoc_analysis.figures.style import (
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
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_COLUMNS = 3
_PANEL_WIDTH, _LEAST_WIDTH, _NARROW = 3.1, 5.2, 2.05  # inches; the last on a page or a slide, at least
_ROW_HEIGHT, _PANEL_MARGIN, _MARGIN = 0.2, 0.75, 0.71
_LABEL_SHARE, _LABEL_SIZE, _LABEL_LINES, _LABEL_LINE = 0.52, 8.5, 3, 0.15
_ROOM_FOR_VALUE, _VALUE_INCHES, _BARS_SHARE = 0.3, 0.42, 0.62
_NOTHING = "aucun"
_OVER, _UNDER = COLOURS[0], COLOURS[1]


def signed_panels(
    panels: Mapping[str, pd.DataFrame],
    *,
    title: str,
    caption: str,
    band: float = 0.0,
    one_scale: bool = False,
    subtitles: Mapping[str, str] | None = None,
) -> NDArray[Any]:
    """Draw one panel per key of `panels`, one bar per row: to the right above zero, to the left below.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        Panel title → columns ``label, value, hollow``, the first on top; finite values.
    title, caption : str
        Above and below; in French.
    band : float
        Values from ``-band`` to ``band`` are on a grey ground: nothing is to be read in them.
    one_scale : bool
        Draw all panels on the scale of the longest bar; by default each has its own.
    subtitles : mapping, optional
        Panel title → a line in small print under it.

    Returns
    -------
    array of Axes, shape (n_rows, n_columns)
        Bars below zero are hatched and hollow ones white, so that they are told apart in grey; each
        bar has its value at its end. The last Axes may be empty.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"label": ["jardin", "guichet"], "value": [4.25, -3.0], "hollow": [True, False]})
    >>> grid = signed_panels({"projets": rows}, title="Mots", caption="n = 2", band=2)
    >>> [text.get_text() for text in grid[0, 0].texts if text.get_text()]
    ['+4,3', '−3,0']
    """
    columns = columns_within(min(_COLUMNS, max(len(panels), 1)), _NARROW)
    shown = list(panels.values())
    width = max(_PANEL_WIDTH * columns, _LEAST_WIDTH)
    beside = _LABEL_SHARE * min(fitted(width, 1.0)[0] / columns, _PANEL_WIDTH)
    labels = [[_label(str(label), beside) for label in one["label"]] for one in shown]
    deep = [max(sum(map(_depth, one)), 1.0) for one in labels]
    heights = [max(deep[at : at + columns]) for at in range(0, len(shown), columns)] or [1.0]
    inches = [_ROW_HEIGHT * height + _PANEL_MARGIN for height in heights]
    with house_style():
        figure = new_figure(width, sum(inches) + _MARGIN)
        grid = figure.subplots(len(heights), columns, squeeze=False, height_ratios=inches)
        for axes in grid.flat[len(panels) :]:
            axes.axis("off")
        everywhere = _reach(shown, band)
        for place, (axes, rows) in enumerate(zip(grid.flat, shown, strict=False)):
            reach = everywhere if one_scale else _reach([rows], band)
            _draw(axes, rows, labels[place], reach=reach, band=band)
            axes.set_ylim(0.4 - heights[place // columns], 0.6)
        write_title(figure, title)
        write_caption(figure, caption)
        head(grid, {name: (subtitles or {}).get(name, "") for name in panels})
    return grid


def signed(value: float) -> str:
    """Return a number with its sign and one decimal, as French writes it.

    Examples
    --------
    >>> signed(4.25), signed(-12.0), signed(0.01)
    ('+4,3', '−12,0', '0,0')
    """
    # half away from zero, as readers round
    tenths = math.floor(abs(value) * 10 + 0.5)
    sign = ("+" if value > 0 else "−") if tenths else ""
    return f"{sign}{tenths // 10},{tenths % 10}"


def _room(axes: Axes) -> float:
    """Return how much room a number takes beside the longest bar, of the length of all bars."""
    figure = axes.figure.figure
    inches = _BARS_SHARE * figure.get_figwidth() / axes.get_subplotspec().get_gridspec().ncols  # type: ignore[union-attr]
    share = min(_VALUE_INCHES / inches, 0.36)
    return max(_ROOM_FOR_VALUE, share / (1 - 2 * share))


def _reach(shown: Sequence[pd.DataFrame], band: float) -> tuple[float, float]:
    """Return how far bars go to the left and to the right, at least the band."""
    values = [float(value) for rows in shown for value in rows["value"]]
    return min([-band, *values]), max([band, *values])


def _draw(axes: Axes, rows: pd.DataFrame, labels: Sequence[str], *, reach: tuple[float, float], band: float) -> None:
    low, high = reach
    room = _room(axes) * (high - low) or 1.0
    has_under = bool((rows["value"] < 0).any())
    axes.set_xlim(low - (room if has_under else 0), high + room)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    if band:
        axes.axvspan(-band, band, color=GRID, alpha=0.55, linewidth=0, zorder=0)
    axes.axvline(0, color=MUTED, linewidth=0.7, zorder=3)
    places = _places(labels)
    for row, value, hollow in zip(places, rows["value"], rows["hollow"], strict=True):
        colour = _OVER if value >= 0 else _UNDER
        axes.barh(
            row,
            value,
            height=0.62,
            facecolor="white" if hollow else colour,
            edgecolor=colour if hollow else "white",
            hatch="" if value >= 0 else "//////",
            linewidth=1.1 if hollow else 0.0,
            zorder=2,
        )
        axes.annotate(
            signed(value),
            (value, row),
            xytext=(3 if value >= 0 else -3, 0),
            textcoords="offset points",
            ha="left" if value >= 0 else "right",
            va="center_baseline",
            fontsize=SMALLEST_SIZE,
            color=INK,
            zorder=3,
        )
    axes.set_yticks(places, labels, fontsize=_LABEL_SIZE)
    if rows.empty:
        axes.text(0.5, 0.5, _NOTHING, transform=axes.transAxes, ha="center", va="center", color=MUTED, fontsize=8.5)


def _label(label: str, width: float) -> str:
    return "\n".join(wrapped(label, width, size=_LABEL_SIZE, most=_LABEL_LINES))


def _depth(label: str) -> float:
    """Return how many rows of one line a label takes."""
    return max(1.0, _LABEL_LINE * (label.count("\n") + 1.5) / _ROW_HEIGHT) if "\n" in label else 1.0


def _places(labels: Sequence[str]) -> list[float]:
    """Return the heights of rows, the first at 0 if it takes one line."""
    places, top = [], 0.5
    for label in labels:
        places.append(top - _depth(label) / 2)
        top -= _depth(label)
    return places
