"""Rows of values with their intervals: one row per item, one marker per group."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.figures.rows import row_height
from innovsoc_analysis.figures.sizes import current_size, legend_columns
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    GRID,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    look_of,
    new_axes,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _MARGIN = 8.4, 1.3
_DODGE = 0.18
_FEWEST = 2  # rows: with fewer, the figure has no room for itself


class _Shape(NamedTuple):
    """Measures of a figure: on a screen, or on a page or a slide."""

    row: float
    more: float
    label_size: float
    label_characters: int
    mark: float


_SCREEN, _PAGE = _Shape(0.25, 0.35, 9.5, 60, 6.5), _Shape(0.16, 0.15, SMALLEST_SIZE, 58, 5.0)
_NOT_DEFINED = "non défini"


def interval_rows(
    table: pd.DataFrame,
    *,
    title: str,
    caption: str,
    references: Sequence[float] = (),
    values: Callable[[float], str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw values with their intervals, one row per item, one marker per group.

    Parameters
    ----------
    table : DataFrame
        Columns ``item``, ``group``, ``value``, ``low``, ``high``; missing values are left out, and an
        item without any is said to be undefined.
    title, caption : str
        Above and at the foot; in French.
    references : sequence of float
        Values with a dashed line.
    values : callable, optional
        How the numbers of the axis are written; by default with one decimal.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        From 0 to 1, or from the lowest value if it is below 0.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"item": ["Lieu"], "group": [""], "value": [0.7], "low": [0.5], "high": [0.9]})
    >>> axes = interval_rows(table, title="Accord", caption="alpha, n = 9 segments", references=[0.8])
    >>> [tick.get_text() for tick in axes.get_yticklabels()], axes.figure.get_suptitle()
    (['Lieu'], 'Accord')
    """
    items = list(dict.fromkeys(table["item"]))
    groups = list(dict.fromkeys(table["group"]))
    heights = {item: -place for place, item in enumerate(items)}
    shape = _SCREEN if current_size() is None else _PAGE
    names = [textwrap.fill(str(item), shape.label_characters) for item in items]
    row = row_height(names, shape.row) * (1 + shape.more * max(len(groups) - 1, 0))
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + row * max(len(items), _FEWEST), ax=ax)
        for reference in references:
            axes.axvline(reference, color=GRID, linewidth=1.1, linestyle=(0, (4, 3)), zorder=0)
        for number, group in enumerate(groups):
            shift = _DODGE * ((len(groups) - 1) / 2 - number)
            _draw_group(axes, table[table["group"] == group], heights, number=number, shift=shift, mark=shape.mark)
        for item in items:
            if table.loc[table["item"] == item, "value"].isna().all():
                axes.annotate(
                    _NOT_DEFINED, (0, heights[item]), va="center", color=MUTED, fontsize=SMALLEST_SIZE, style="italic"
                )
        axes.set_yticks(list(heights.values()), names, fontsize=shape.label_size)
        axes.set_ylim(0.4 - max(len(items), 1), 0.6)
        lowest = table[["value", "low"]].min().min()
        axes.set_xlim(min(0.0, lowest - 0.03 if lowest == lowest else 0.0), 1.02)  # noqa: PLR0124 - NaN
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: (values or _decimal)(value))
        if len(groups) > 1:
            columns = legend_columns([str(group) for group in groups], width=axes.figure.figure.get_figwidth(), most=3)
            axes.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=columns, handletextpad=0.2)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(caption, color=MUTED, fontsize=CAPTION_SIZE, wrap=True)
    return axes


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace("-", "−").replace(".", ",")


def _draw_group(
    axes: Axes, rows: pd.DataFrame, heights: dict[str, int], *, number: int, shift: float, mark: float
) -> None:
    colour, marker = look_of(number)
    y = rows["item"].map(heights) + shift
    sure = rows["low"].notna()
    axes.hlines(y[sure], rows["low"][sure], rows["high"][sure], color=colour, linewidth=1.6, alpha=0.55, zorder=2)
    axes.plot(
        rows["value"],
        y,
        linestyle="none",
        marker=marker,
        color=colour,
        markersize=mark,
        markeredgecolor="white",
        markeredgewidth=0.6,
        label=str(rows["group"].iloc[0]),
        clip_on=False,
        zorder=3,
    )
