"""A dot plot: one row per item, one marker per group, on a common scale of percentages."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.figures.rows import lay_out, row_height, write_headings
from innovsoc_analysis.figures.sizes import current_size, legend_columns
from innovsoc_analysis.figures.style import (
    GRID,
    MUTED,
    house_style,
    look_of,
    new_axes,
    percent,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_MARGIN_INCHES = 1.5
_PAGE_CHARACTERS = 54
_DODGE, _ROOM = 0.22, 0.66
_MANY = 4


class _Shape(NamedTuple):
    """Measures of a figure: for a page, or for the width of a telephone."""

    width: float
    row: float
    label_characters: int
    legend_columns: int


_PAGE = _Shape(8.4, 0.235, 60, 3)
_COMPACT = _Shape(4.1, 0.42, 24, 2)


def dot_plot(
    shares: pd.DataFrame,
    *,
    title: str,
    xlabel: str,
    sections: Mapping[str, str] | None = None,
    compact: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw percentages as dots.

    Parameters
    ----------
    shares : DataFrame, shape (n_items, n_groups)
        Percentages; the index gives the row labels, the columns the legend.
    title, xlabel : str
        In French; they say the unit and n; the second stands at the foot.
    sections : mapping, optional
        Row label → section; rows are taken to be sorted by section.
    compact : bool
        Draw for a narrow screen: half as wide, long labels on two lines.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        With one row per item, the first on top.
    """
    shape = _COMPACT if compact else _PAGE
    heights, headings = lay_out([str(item) for item in shares.index], sections or {})
    y = list(heights.values())
    n_rows = len(heights) + len(headings)
    n_groups = len(shares.columns)
    dodge = min(_DODGE, _ROOM / max(n_groups - 1, 1))
    names = [
        textwrap.fill(item, shape.label_characters if current_size() is None else _PAGE_CHARACTERS) for item in heights
    ]
    row = row_height(names, shape.row) * (1 + 0.1 * max(n_groups - _MANY, 0))
    with house_style():
        axes = new_axes(shape.width, _MARGIN_INCHES + row * n_rows, ax=ax)
        axes.hlines(y, shares.min(axis=1), shares.max(axis=1), color=GRID, linewidth=2.2, zorder=1)
        for number, group in enumerate(shares.columns):
            # equal values stand side by side rather than on top of each other
            shift = dodge * ((n_groups - 1) / 2 - number)
            colour, marker = look_of(number)
            axes.plot(
                shares[group],
                [height + shift for height in y],
                linestyle="none",
                marker=marker,
                color=colour,
                markersize=6.5,
                markeredgecolor="white",
                markeredgewidth=0.6,
                label=str(group),
                clip_on=False,
                zorder=3,
            )
        axes.set_yticks(y, names)
        write_headings(axes, headings)
        axes.set_ylim(0.4 - n_rows, 0.6)
        axes.set_xlim(left=0)
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        if n_groups > 1:
            _legend(axes, [str(group) for group in shares.columns], most=shape.legend_columns)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, xlabel)
        else:
            axes.set_title(title)
            axes.set_xlabel(xlabel, color=MUTED, wrap=True)
    return axes


def _legend(axes: Axes, groups: Sequence[str], *, most: int) -> None:
    columns = legend_columns(groups, width=axes.figure.figure.get_figwidth(), most=most)
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.02, 1.0),
        ncols=columns,
        handletextpad=0.2,
        columnspacing=1.2,
        borderaxespad=0.6,
    )
