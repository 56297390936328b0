"""Small multiples of horizontal bars: what weighs most in each of several things."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.panels import head
from innovsoc_analysis.figures.sizes import columns_within
from innovsoc_analysis.figures.style import (
    COLOURS,
    house_style,
    new_figure,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_COLUMNS = 4
_PANEL_WIDTH, _NARROW = 2.6, 2.05  # inches on a screen; on a page or a slide, at least
_ROW_HEIGHT, _PANEL_MARGIN, _MARGIN = 0.21, 0.8, 0.9


def bar_panels(
    panels: Mapping[str, Sequence[tuple[str, float]]],
    *,
    title: str,
    caption: str,
    subtitles: Mapping[str, str] | None = None,
) -> NDArray[Any]:
    """Draw one panel of horizontal bars per key of `panels`.

    Parameters
    ----------
    panels : mapping of str to sequence of (str, float)
        Panel title → (label, value) pairs, the largest first.
    title, caption : str
        Above and below; in French.
    subtitles : mapping, optional
        Panel title → a line in small print under it.

    Returns
    -------
    array of Axes, shape (n_rows, n_columns)
        Each panel on its own scale; the last ones may be empty.
    """
    columns = columns_within(min(_COLUMNS, max(len(panels), 1)), _NARROW)
    rows = math.ceil(len(panels) / columns)
    longest = max((len(pairs) for pairs in panels.values()), default=1)
    with house_style():
        figure = new_figure(_PANEL_WIDTH * columns, rows * (_ROW_HEIGHT * longest + _PANEL_MARGIN) + _MARGIN)
        grid = figure.subplots(rows, columns, squeeze=False)
        for axes in grid.flat:
            axes.axis("off")
        for axes, pairs in zip(grid.flat, panels.values(), strict=False):
            axes.axis("on")
            y = [-position for position in range(len(pairs))]
            axes.barh(y, [value for _, value in pairs], color=COLOURS[0], height=0.62)
            axes.set_yticks(y, [label for label, _ in pairs])
            axes.set_xticks([])
            axes.set_ylim(-longest + 0.4, 0.6)
            axes.spines["bottom"].set_visible(False)
        write_title(figure, title)
        write_caption(figure, caption)
        head(grid, {name: (subtitles or {}).get(name, "") for name in panels})
    return grid
