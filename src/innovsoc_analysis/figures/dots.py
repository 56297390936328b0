"""A dot plot: one row per item, one marker per group, on a common scale of percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import COLOURS, GRID, MARKERS, MUTED, house_style, new_axes, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_ROW_INCHES = 0.235
_MARGIN_INCHES = 1.5
_WIDTH_INCHES = 8.4


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
    section_of = sections or {}
    rows: list[str | None] = []
    for item in shares.index:
        if section_of and (not rows or section_of.get(item) != section_of.get(_last(rows))):
            rows.append(None)
        rows.append(str(item))
    with house_style():
        axes = new_axes(_WIDTH_INCHES, _MARGIN_INCHES + _ROW_INCHES * len(rows), ax=ax)
        heights = {row: -position for position, row in enumerate(rows) if row is not None}
        y = [heights[str(item)] for item in shares.index]
        axes.hlines(y, shares.min(axis=1), shares.max(axis=1), color=GRID, linewidth=2.2, zorder=1)
        for number, group in enumerate(shares.columns):
            style = {"marker": MARKERS[number % len(MARKERS)], "color": COLOURS[number % len(COLOURS)]}
            axes.plot(shares[group], y, linestyle="none", markersize=6.5, markeredgecolor="white", markeredgewidth=0.6, label=str(group), clip_on=False, zorder=3, **style)
        axes.set_yticks(y, [str(item) for item in shares.index])
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_xlim(left=0)
        axes.grid(axis="x")
        axes.tick_params(axis="x", labeltop=len(rows) > 25)  # noqa: PLR2004 - a scale at both ends of a long figure
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        for position, row in enumerate(rows):
            if row is None:
                below = rows[position + 1]
                axes.text(-0.01, -position, section_of.get(str(below), ""), transform=axes.get_yaxis_transform(), ha="right", va="center", color=MUTED, fontsize=8.5, fontstyle="italic")
        axes.set_title(title, loc="left", x=0)
        axes.set_xlabel(xlabel, color=MUTED)
        if len(shares.columns) > 1:
            axes.legend(loc="upper left", bbox_to_anchor=(0, 1.0), ncols=min(len(shares.columns), 4), handletextpad=0.3, columnspacing=1.4)
    return axes


def _last(rows: list[str | None]) -> str | None:
    return next((row for row in reversed(rows) if row is not None), None)
