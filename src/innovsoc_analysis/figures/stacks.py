"""Stacked horizontal bars: what a total is made of, group by group."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.sizes import fitted, legend_columns
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    HATCHES,
    INK,
    MUTED,
    house_style,
    new_axes,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _ROW, _LEGEND_ROW, _MARGIN = 8.4, 0.34, 0.18, 1.2
_LABEL_CHARACTERS = 44
_LEGEND_COLUMNS, _NARROW_LEGEND_COLUMNS = 3, 2
_BELOW_XLABEL = 5.5  # in the size of the legend's letters
_BEYOND_LONGEST = 1.08


def stacked_bars(values: pd.DataFrame, *, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Draw one bar per row, one segment per column.

    Parameters
    ----------
    values : DataFrame, shape (n_groups, n_parts)
        Not negative; the index gives the labels, the first on top, the columns the legend, where
        a part of which no row has anything is left out.
    title, xlabel : str
        In French; they say the unit and n.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        Parts differ by colour and by hatching, so that they are told apart in grey; the total is
        written at the end of each bar.

    Examples
    --------
    >>> import pandas as pd
    >>> values = pd.DataFrame({"projets": [1.0, 0.0], "paroles": [2.0, 1.5]}, index=["Mons", "Liège"])
    >>> [text.get_text() for text in stacked_bars(values, title="Mots", xlabel="n = 9").texts]
    ['3,0', '1,5']
    """
    y = [-position for position in range(len(values))]
    parts = [part for part in values.columns if (values[part] > 0).any()]
    with house_style():
        width = fitted(_WIDTH, 1.0)[0]
        columns = legend_columns([_short(str(part)) for part in parts], width=width, most=_LEGEND_COLUMNS)
        legend_rows = math.ceil(len(parts) / columns)
        axes = new_axes(_WIDTH, _MARGIN + _ROW * len(values) + _LEGEND_ROW * legend_rows, ax=ax)
        totals = _segments(axes, values[parts], y)
        for height, total in zip(y, totals, strict=True):
            axes.annotate(
                f"{total:.1f}".replace(".", ","),
                (total, height),
                xytext=(4, 0),
                textcoords="offset points",
                va="center_baseline",
                color=INK,
                fontsize=8.5,
            )
        axes.set_yticks(y, [_short(str(label)) for label in values.index])
        axes.set_ylim(0.4 - max(len(values), 1), 0.6)
        axes.set_xlim(0, _BEYOND_LONGEST * max(totals, default=0) or 1)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))
        axes.set_xlabel(xlabel, color=MUTED, wrap=True)
        if ax is None:
            write_title(axes.figure, title)
        else:
            axes.set_title(title)
        if parts:
            _legend(axes, own_figure=ax is None)
    return axes


def _segments(axes: Axes, values: pd.DataFrame, y: Sequence[int]) -> list[float]:
    """Draw the segments and return where each bar ends."""
    left = [0.0] * len(values)
    for number, part in enumerate(values.columns):
        # a segment without length would still draw its white edge, over the axis
        rows = [row for row, value in enumerate(values[part]) if value > 0]
        axes.barh(
            [y[row] for row in rows],
            values[part].iloc[rows],
            left=[left[row] for row in rows],
            height=0.68,
            color=COLOURS[number % len(COLOURS)],
            edgecolor="white",
            linewidth=0.6,
            hatch=HATCHES[number % len(HATCHES)],
            label=_short(str(part)),
        )
        left = [end + value for end, value in zip(left, values[part], strict=True)]
    return left


def _legend(axes: Axes, *, own_figure: bool) -> None:
    """Explain the parts below the figure, or on axes that others share, below their own label."""
    if own_figure:
        figure = axes.figure.figure
        names = [str(name) for name in axes.get_legend_handles_labels()[1]]
        columns = legend_columns(names, width=figure.get_figwidth(), most=_LEGEND_COLUMNS)
        figure.legend(loc="outside lower left", ncols=columns, handleheight=1.0, fontsize=CAPTION_SIZE)
    else:
        axes.legend(
            loc="upper left",
            bbox_to_anchor=(0, 0),
            borderaxespad=_BELOW_XLABEL,
            ncols=_NARROW_LEGEND_COLUMNS,
            handleheight=1.0,
            fontsize=8.5,
        )


def _short(label: str) -> str:
    """Cut a long label in its middle: what tells names apart is as often at their end."""
    label = " ".join(label.split())
    if len(label) <= _LABEL_CHARACTERS:
        return label
    kept = _LABEL_CHARACTERS // 2
    return f"{label[:kept].rstrip()}…{label[-kept:].lstrip()}"
