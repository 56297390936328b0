"""Draw an agreement: a dot and an interval per code."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from innovsoc_analysis.figures.style import COLOURS, GRID, MARKERS, MUTED, house_style, new_axes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

THRESHOLDS = (0.667, 0.8)
"""From which on Krippendorff (2004) draws tentative, and firm, conclusions."""
_WIDTH, _ROW, _MARGIN = 8.4, 0.25, 1.5
_LABEL_CHARACTERS = 60
_DODGE = 0.18


def interval_plot(table: pd.DataFrame, *, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Draw values with their intervals, one row per item, one marker per group.

    Parameters
    ----------
    table : DataFrame
        Columns ``item``, ``group``, ``value``, ``low``, ``high``; missing values are left out, and an
        item without any is said to be undefined.
    title, xlabel : str
        In French.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"item": ["Lieu"], "group": [""], "value": [0.7], "low": [0.5], "high": [0.9]})
    >>> [tick.get_text() for tick in interval_plot(table, title="Accord", xlabel="alpha").get_yticklabels()]
    ['Lieu']
    """
    items = list(dict.fromkeys(table["item"]))
    groups = list(dict.fromkeys(table["group"]))
    heights = {item: -place for place, item in enumerate(items)}
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + _ROW * len(items) * (1 + 0.35 * max(len(groups) - 1, 0)), ax=ax)
        for threshold in THRESHOLDS:
            axes.axvline(threshold, color=GRID, linewidth=1.1, linestyle=(0, (4, 3)), zorder=0)
        for number, group in enumerate(groups):
            shift = _DODGE * ((len(groups) - 1) / 2 - number)
            _draw_group(axes, table[table["group"] == group], heights, number=number, shift=shift)
        for item in items:
            if table.loc[table["item"] == item, "value"].isna().all():
                axes.annotate(
                    "non défini", (0, heights[item]), va="center", color=MUTED, fontsize=8, fontstyle="italic"
                )
        axes.set_yticks(list(heights.values()), [textwrap.fill(str(item), _LABEL_CHARACTERS) for item in items])
        axes.set_ylim(0.4 - max(len(items), 1), 0.6)
        lowest = table[["value", "low"]].min().min()
        axes.set_xlim(min(0.0, lowest - 0.03 if lowest == lowest else 0.0), 1.02)  # noqa: PLR0124 - NaN
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.1f}".replace("-", "−").replace(".", ","))
        axes.set_xlabel(xlabel, color=MUTED)
        if len(groups) > 1:
            axes.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=3, handletextpad=0.2)
        if ax is None:
            axes.figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, fontweight="bold")
        else:
            axes.set_title(title)
    return axes


def _draw_group(axes: Axes, rows: Any, heights: dict[Any, int], *, number: int, shift: float) -> None:
    colour = COLOURS[number % len(COLOURS)]
    y = [heights[item] + shift for item in rows["item"]]
    sure = rows["low"].notna().to_numpy()
    spans = rows[sure]
    axes.hlines(np.array(y)[sure], spans["low"], spans["high"], color=colour, linewidth=1.6, alpha=0.55, zorder=2)
    axes.plot(
        rows["value"],
        y,
        linestyle="none",
        marker=MARKERS[number % len(MARKERS)],
        color=colour,
        markersize=6.5,
        markeredgecolor="white",
        markeredgewidth=0.6,
        label=str(rows["group"].iloc[0]),
        clip_on=False,
        zorder=3,
    )
