"""Small multiples of lines over time, each in the band of its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.panels import grid_shape, panel_grid
from innovsoc_analysis.figures.style import COLOURS, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_PANEL_WIDTH, _PANEL_HEIGHT = 2.35, 1.7
_MARGIN = 0.95
_BEYOND_HIGHEST = 1.06
_BESIDE = 0.6  # of a year, before the first and after the last


def time_panels(panels: Mapping[str, pd.DataFrame], *, title: str, caption: str) -> NDArray[Any]:
    """Draw one panel per key of `panels`: a dot per period, a line, and the band of the intervals.

    Parameters
    ----------
    panels : mapping of str to DataFrame
        Panel title → columns ``time`` (a year, or a fraction of one, in order), ``share, low, high``
        (percentages; bounds may be missing) and ``few`` (drawn hollow).
    title, caption : str
        Above and below; in French.

    Returns
    -------
    array of Axes, shape (n_rows, n_columns)
        All on one scale; the last ones may be empty.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = pd.DataFrame({"time": [2020, 2021], "share": [10.0, 20.0], "low": 5.0, "high": 30.0, "few": False})
    >>> time_panels({"1. jardin": panel}, title="Parts", caption="n = 9")[0, 0].lines[0].get_xdata().tolist()
    [2020.0, 2021.0]
    """
    rows, columns = shape = grid_shape(len(panels), width=_PANEL_WIDTH)
    size = (max(_PANEL_WIDTH * columns, 4.5), rows * _PANEL_HEIGHT + _MARGIN)
    with panel_grid(panels, shape=shape, size=size, title=title, caption=caption) as grid:
        for axes, panel in zip(grid.flat, panels.values(), strict=False):
            _draw(axes, panel)
        _scale(grid[0, 0], panels)
    return grid


def _draw(axes: Axes, panel: pd.DataFrame) -> None:
    time = panel["time"].astype(float)
    axes.plot(time, panel["share"], color=COLOURS[0], linewidth=1.3, zorder=2)
    known = panel["low"].notna()
    axes.vlines(time[known], panel["low"][known], panel["high"][known], color=COLOURS[0], alpha=0.35, linewidth=3)
    for few, face in ((False, COLOURS[0]), (True, "white")):
        here = panel["few"] == few
        if not here.any():  # nothing that is not clipped would still take room, at the origin
            continue
        axes.plot(
            time[here],
            panel["share"][here],
            linestyle="none",
            marker="o",
            markersize=4.5,
            markerfacecolor=face,
            markeredgecolor=COLOURS[0],
            markeredgewidth=1.1,
            clip_on=False,
            zorder=3,
        )
    axes.grid(axis="y")


def _scale(axes: Axes, panels: Mapping[str, pd.DataFrame]) -> None:
    from matplotlib.ticker import MaxNLocator

    tops = [panel[["share", "high"]].max(axis=None) for panel in panels.values() if len(panel)]
    times = [float(time) for panel in panels.values() for time in panel["time"]]
    axes.set_ylim(0, _BEYOND_HIGHEST * max(tops, default=0) or 1)
    if times:
        axes.set_xlim(min(times) - _BESIDE, max(times) + _BESIDE)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    axes.yaxis.set_major_formatter(lambda value, _: percent(value))
