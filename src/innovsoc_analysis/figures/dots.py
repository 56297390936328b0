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
_DODGE = 0.16
_LEGEND_COLUMNS = 3
_LEGEND_ROW_POINTS = 17


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
            # equal values stand side by side rather than on top of each other
            shift = _DODGE * ((len(shares.columns) - 1) / 2 - number)
            axes.plot(
                shares[group],
                [height + shift for height in y],
                linestyle="none",
                markersize=6.5,
                markeredgecolor="white",
                markeredgewidth=0.6,
                label=str(group),
                clip_on=False,
                zorder=3,
                **style,
            )
        axes.set_yticks(y, [str(item) for item in shares.index])
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_xlim(left=0)
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        for position, row in enumerate(rows):
            if row is None:
                below = rows[position + 1]
                axes.text(
                    -0.01,
                    -position,
                    section_of.get(str(below), ""),
                    transform=axes.get_yaxis_transform(),
                    ha="right",
                    va="center",
                    color=MUTED,
                    fontsize=8.5,
                    fontstyle="italic",
                )
        legend_rows = 0 if len(shares.columns) == 1 else -(-len(shares.columns) // _LEGEND_COLUMNS)
        axes.set_title(title, loc="left", x=0, pad=12 + _LEGEND_ROW_POINTS * legend_rows)
        axes.set_xlabel(xlabel, color=MUTED)
        if len(shares.columns) > 1:
            axes.legend(
                loc="lower right",
                bbox_to_anchor=(1.02, 1.0),
                ncols=_LEGEND_COLUMNS,
                handletextpad=0.2,
                columnspacing=1.2,
                borderaxespad=0.9,
            )
    return axes


def _last(rows: list[str | None]) -> str | None:
    return next((row for row in reversed(rows) if row is not None), None)
