"""Small panels of lines: several measures of the same things, each on a scale of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.sizes import columns_within
from innovsoc_analysis.figures.style import (
    COLOURS,
    GRID,
    INK,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_figure,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_COLUMNS = 3
_WIDTH, _HEIGHT, _MARGIN = 3.1, 2.15, 0.95
_MOST_TICKS = 10


@dataclass(frozen=True)
class LinePanel:
    """One measure.

    Attributes
    ----------
    title : str
        What is measured.
    line : Series
        The measure by what it is of, a number; missing values interrupt the line.
    note : str
        A line in small print under the title.
    low, high : Series, optional
        An interval around the line.
    points : Series, optional
        What each value is the mean of; its index repeats that of the line.
    reference : Series, optional
        Something to compare with, drawn as a dashed line.
    """

    title: str
    line: pd.Series[float]
    note: str = ""
    low: pd.Series[float] | None = None
    high: pd.Series[float] | None = None
    points: pd.Series[float] | None = None
    reference: pd.Series[float] | None = None


def line_panels(
    panels: Sequence[LinePanel], *, title: str, caption: str, xlabel: str, marked: int | None = None
) -> NDArray[Any]:
    """Draw one panel per measure.

    Parameters
    ----------
    panels : sequence of LinePanel
        All over the same numbers.
    title, caption, xlabel : str
        Above, below and under each column; in French.
    marked : int, optional
        The number that is chosen: a line through all panels and a large diamond on each.

    Returns
    -------
    array of Axes, shape (n_rows, n_columns)
        The last ones may be empty.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = LinePanel("Cohérence", pd.Series({2: 0.1, 3: 0.4}), note="NPMI")
    >>> grid = line_panels([panel], title="Mesures", caption="12 documents", xlabel="thèmes", marked=3)
    >>> grid[0, 0].get_lines()[-1].get_xdata().tolist()
    [3]
    """
    columns = columns_within(min(_COLUMNS, max(len(panels), 1)), _WIDTH)
    rows = max(math.ceil(len(panels) / columns), 1)
    with house_style():
        figure = new_figure(_WIDTH * columns, _HEIGHT * rows + _MARGIN)
        grid = figure.subplots(rows, columns, squeeze=False)
        for number, axes in enumerate(grid.flat):
            if number < len(panels):
                _draw(axes, panels[number], marked=marked)
                if number + columns >= len(panels):
                    axes.set_xlabel(xlabel, color=MUTED, fontsize=8.5)
            else:
                axes.axis("off")
        write_title(figure, title)
        write_caption(figure, caption)
    return grid


def _draw(axes: Axes, panel: LinePanel, *, marked: int | None) -> None:
    x = panel.line.index.to_numpy()
    if marked is not None:
        axes.axvline(marked, color=COLOURS[1], linewidth=5, alpha=0.3, zorder=0)
    if panel.low is not None and panel.high is not None:
        axes.fill_between(x, panel.low, panel.high, color=COLOURS[0], alpha=0.15, linewidth=0, zorder=1)
    if panel.points is not None:
        axes.plot(
            panel.points.index, panel.points, linestyle="none", marker="o", markersize=2.6, color="#a9b0bb", zorder=1.5
        )
    if panel.reference is not None:
        axes.plot(panel.reference.index, panel.reference, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=2)
    axes.plot(x, panel.line, color=COLOURS[0], linewidth=1.6, marker="o", markersize=3.6, zorder=3)
    if marked is not None and marked in panel.line.index:
        axes.plot(
            [marked],
            [panel.line[marked]],
            linestyle="none",
            marker="D",
            markersize=7,
            color=COLOURS[0],
            markeredgecolor="white",
            zorder=4,
        )
    step = math.ceil(len(x) / _MOST_TICKS)
    axes.set_xticks(x[::step])
    axes.margins(x=0.06, y=0.12)
    axes.grid(axis="y")
    axes.tick_params(labelsize=8.5)
    axes.spines["bottom"].set_color(GRID)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ",").replace("-", "−"))
    axes.set_title(panel.title, fontsize=9.5, color=INK, pad=17 if panel.note else 6)
    axes.text(0, 1.03, panel.note, transform=axes.transAxes, color=MUTED, fontsize=SMALLEST_SIZE)
