"""Small multiples of dots with intervals: one measure, group by group, in each of several things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.measuring import inches_of, wrapped
from innovsoc_analysis.figures.panels import grid_shape, panel_grid
from innovsoc_analysis.figures.rows import row_height
from innovsoc_analysis.figures.style import COLOURS, GRID, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_LABEL_INCHES, _LABEL_LINES, _LABEL_SIZE = 1.75, 3, 9.5
_PANEL_WIDTH, _LABEL_WIDTH = 1.95, 1.5
_ROW_HEIGHT, _PANEL_MARGIN, _MARGIN = 0.24, 0.6, 0.95
_BEYOND_HIGHEST = 1.06


def interval_panels(panels: Mapping[str, pd.DataFrame], *, title: str, caption: str) -> NDArray[Any]:
    """Draw one panel per key of `panels`, one dot with its interval per row.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        Panel title → columns ``value`` (the group), ``share, low, high`` (percentages; bounds may be
        missing), ``n_documents`` and ``few`` (drawn hollow). A group that a panel lacks stays empty.
    title, caption : str
        Above and below; in French.

    Returns
    -------
    array of Axes, shape (n_rows, n_columns)
        All on one scale; the last ones may be empty.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"value": "projets", "share": 40.0, "low": 30.0, "high": 55.0, "n_documents": 9, "few": False}
    >>> grid = interval_panels({"1. jardin": pd.DataFrame([row])}, title="Parts", caption="n = 9")
    >>> [tick.get_text() for tick in grid[0, 0].get_yticklabels()]
    ['projets (9)']
    """
    values = _groups(panels)
    heights = {value: -place for place, value in enumerate(values)}
    labels = [_label(value, count) for value, count in values.items()]
    row = row_height(labels, _ROW_HEIGHT)
    rows, columns = shape = grid_shape(len(panels), width=_PANEL_WIDTH, beside=_LABEL_WIDTH)
    size = (
        _LABEL_WIDTH + _PANEL_WIDTH * columns,
        rows * (row * max(len(values), 1) + _PANEL_MARGIN) + _MARGIN,
    )
    with panel_grid(panels, shape=shape, size=size, title=title, caption=caption) as grid:
        for axes, panel in zip(grid.flat, panels.values(), strict=False):
            _draw(axes, panel, heights)
        first = grid[0, 0]
        first.set_yticks(list(heights.values()), labels)
        first.set_ylim(0.5 - max(len(values), 1), 0.5)
        first.set_xlim(0, _highest(panels))
        first.xaxis.set_major_formatter(lambda value, _: percent(value))
    return grid


def _groups(panels: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Return each group and its number of documents, in the order they are met."""
    groups: dict[str, int] = {}
    for panel in panels.values():
        for value, count in zip(panel["value"], panel["n_documents"], strict=True):
            groups.setdefault(str(value), int(count))
    return groups


def _label(value: str, count: int) -> str:
    said = f" ({count})"
    width = _LABEL_INCHES - inches_of(said, _LABEL_SIZE)
    return "\n".join(wrapped(value, width, size=_LABEL_SIZE, most=_LABEL_LINES)) + said


def _highest(panels: Mapping[str, pd.DataFrame]) -> float:
    tops = [panel[["share", "high"]].max(axis=None) for panel in panels.values() if len(panel)]
    return _BEYOND_HIGHEST * max(tops, default=0) or 1


def _draw(axes: Axes, panel: pd.DataFrame, heights: Mapping[str, int]) -> None:
    y = [heights[str(value)] for value in panel["value"]]
    axes.hlines(list(heights.values()), 0, 1, transform=axes.get_yaxis_transform(), color=GRID, linewidth=0.5, zorder=1)
    known = panel["low"].notna().to_numpy()
    bounded = [height for height, one in zip(y, known, strict=True) if one]
    axes.hlines(bounded, panel["low"][known], panel["high"][known], color=COLOURS[0], linewidth=1.8, zorder=2)
    for few, face in ((False, COLOURS[0]), (True, "white")):
        here = (panel["few"] == few).to_numpy()
        if not here.any():  # nothing that is not clipped would still take room, at the origin
            continue
        axes.plot(
            panel["share"][here],
            [height for height, one in zip(y, here, strict=True) if one],
            linestyle="none",
            marker="o",
            markersize=6,
            markerfacecolor=face,
            markeredgecolor=COLOURS[0],
            markeredgewidth=1.2,
            clip_on=False,
            zorder=3,
        )
    axes.grid(axis="x")
