"""A dot plot: one row per item, one marker per group, on a common scale of percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import COLOURS, GRID, MARKERS, MUTED, house_style, new_axes, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_ROW_INCHES = 0.235
_MARGIN_INCHES = 1.5
_WIDTH_INCHES = 8.4
_DODGE = 0.16
_LEGEND_COLUMNS = 3
_LEGEND_ROW_POINTS = 17
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
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        With one row per item, the first on top.
    """
    heights, headings = _lay_out([str(item) for item in shares.index], sections or {})
    y = list(heights.values())
    n_rows = len(heights) + len(headings)
    with house_style():
        axes = new_axes(_WIDTH_INCHES, _MARGIN_INCHES + _ROW_INCHES * n_rows, ax=ax)
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
        axes.set_yticks(y, list(heights))
        for section, height in headings.items():
            axes.annotate(section, (0, height), xycoords=axes.get_yaxis_transform(), **_HEADING)
        axes.set_ylim(0.4 - n_rows, 0.6)
        axes.set_xlim(left=0)
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        axes.set_xlabel(xlabel, color=MUTED)
        _title_and_legend(axes, title, n_groups=len(shares.columns))
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


def _title_and_legend(axes: Axes, title: str, *, n_groups: int) -> None:
    legend_rows = -(-n_groups // _LEGEND_COLUMNS) if n_groups > 1 else 0
    axes.set_title(title, loc="left", x=0, pad=12 + _LEGEND_ROW_POINTS * legend_rows)
    if legend_rows:
        axes.legend(
            loc="lower right",
            bbox_to_anchor=(1.02, 1.0),
            ncols=_LEGEND_COLUMNS,
            handletextpad=0.2,
            columnspacing=1.2,
            borderaxespad=0.9,
        )
