"""Small multiples of lines over time, each in the band of its interval."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.intervals import two_lines
from innovsoc_analysis.figures.style import COLOURS, INK, MUTED, house_style, new_figure, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_COLUMNS = 4
_PANEL_WIDTH, _PANEL_HEIGHT = 2.35, 1.7
_MARGIN = 0.95
_CAPTION_CHARACTERS = 110
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
    columns = min(_COLUMNS, max(len(panels), 1))
    rows = math.ceil(max(len(panels), 1) / columns)
    with house_style():
        figure = new_figure(max(_PANEL_WIDTH * columns, 4.5), rows * _PANEL_HEIGHT + _MARGIN)
        grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        for axes in grid.flat[len(panels) :]:
            axes.axis("off")
        for place, (axes, (name, panel)) in enumerate(zip(grid.flat, panels.items(), strict=False)):
            _draw(axes, panel)
            axes.set_title(two_lines(name), fontsize=9, color=INK, pad=6)
            # a panel with nothing below it says the years itself
            axes.tick_params(labelsize=8.5, labelbottom=place + columns >= len(panels))
        _scale(grid[0, 0], panels)
        figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        lines = [textwrap.fill(line, _CAPTION_CHARACTERS) for line in caption.splitlines()]
        figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=8.5, color=MUTED)
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
