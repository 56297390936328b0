"""A dot plot: one row per item, one marker per group, on a common scale of percentages."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.figures.style import COLOURS, GRID, MARKERS, MUTED, house_style, new_axes, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_MARGIN_INCHES = 1.5
_DODGE = 0.16


class _Shape(NamedTuple):
    """Measures of a figure: for a page, or for the width of a telephone."""

    width: float
    row: float
    label_characters: int
    caption_characters: int
    legend_columns: int


_PAGE = _Shape(8.4, 0.235, 60, 90, 3)
_COMPACT = _Shape(4.1, 0.42, 24, 38, 2)
_HEADING: dict[str, Any] = {
    "xytext": (-6, 0),
    "textcoords": "offset points",
    "ha": "right",
    "va": "center",
    "color": MUTED,
    "fontsize": 8.5,
    "fontstyle": "italic",
    "annotation_clip": False,
}


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
        In French; they say the unit and n.
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
    heights, headings = _lay_out([str(item) for item in shares.index], sections or {})
    y = list(heights.values())
    n_rows = len(heights) + len(headings)
    with house_style():
        axes = new_axes(shape.width, _MARGIN_INCHES + shape.row * n_rows, ax=ax)
        axes.hlines(y, shares.min(axis=1), shares.max(axis=1), color=GRID, linewidth=2.2, zorder=1)
        for number, group in enumerate(shares.columns):
            # equal values stand side by side rather than on top of each other
            shift = _DODGE * ((len(shares.columns) - 1) / 2 - number)
            axes.plot(
                shares[group],
                [height + shift for height in y],
                linestyle="none",
                marker=MARKERS[number % len(MARKERS)],
                color=COLOURS[number % len(COLOURS)],
                markersize=6.5,
                markeredgecolor="white",
                markeredgewidth=0.6,
                label=str(group),
                clip_on=False,
                zorder=3,
            )
        axes.set_yticks(y, [textwrap.fill(item, shape.label_characters) for item in heights])
        for section, height in headings.items():
            axes.annotate(section, (0, height), xycoords=axes.get_yaxis_transform(), **_HEADING)
        axes.set_ylim(0.4 - n_rows, 0.6)
        axes.set_xlim(left=0)
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        caption = [textwrap.fill(line, shape.caption_characters) for line in xlabel.splitlines()]
        axes.set_xlabel("\n".join(caption), color=MUTED, loc="right" if compact else "center")
        if len(shares.columns) > 1:
            _legend(axes, columns=shape.legend_columns)
        if ax is None:
            axes.figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, fontweight="bold")
        else:
            axes.set_title(title)
    return axes


def _lay_out(items: list[str], sections: Mapping[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the height of each item and of each section's heading, from 0 downwards."""
    heights: dict[str, int] = {}
    headings: dict[str, int] = {}
    for item in items:
        section = sections.get(item)
        if section and section not in headings:
            headings[section] = -len(heights) - len(headings)
        heights[item] = -len(heights) - len(headings)
    return heights, headings


def _legend(axes: Axes, *, columns: int) -> None:
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.02, 1.0),
        ncols=columns,
        handletextpad=0.2,
        columnspacing=1.2,
        borderaxespad=0.6,
    )
