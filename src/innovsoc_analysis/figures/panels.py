"""A grid of small panels on one scale, with a title above and a caption below."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.labels import unwarned
from innovsoc_analysis.figures.measuring import wrapped
from innovsoc_analysis.figures.sizes import columns_within
from innovsoc_analysis.figures.style import (
    INK,
    MUTED,
    SMALLEST_SIZE,
    grow_by,
    house_style,
    new_figure,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_COLUMNS = 4
_HEADING_SIZE, _HEADING_LINE, _MOST_LINES = 9.5, 0.155, 3
_APART = 0.12  # inches between headings side by side
_INSIDE = 0.1  # inches
_UNDER, _ABOVE_SUBTITLE = 6, 17  # points


def grid_shape(n_panels: int, *, width: float = 1.0, beside: float = 0.0) -> tuple[int, int]:
    """Return the rows and columns of a grid of `n_panels`.

    Parameters
    ----------
    n_panels : int
        At least one is reckoned with.
    width, beside : float
        Inches of a panel, and of the labels beside the first: a page holds fewer columns than a screen.

    Examples
    --------
    >>> grid_shape(6)
    (2, 4)
    """
    columns = columns_within(min(_COLUMNS, max(n_panels, 1)), width, beside=beside)
    return math.ceil(max(n_panels, 1) / columns), columns


@contextmanager
def panel_grid(
    names: Collection[str], *, shape: tuple[int, int], size: tuple[float, float], title: str, caption: str
) -> Iterator[NDArray[Any]]:
    """Give a grid of Axes to draw in, one for each name, then write the title and the caption.

    Parameters
    ----------
    names : collection of str
        Titles of the panels.
    shape : tuple of int
        Rows and columns, from `grid_shape`.
    size : tuple of float
        Width and height in inches.
    title, caption : str
        Above and below; in French.

    Yields
    ------
    array of Axes, shape (n_rows, n_columns)
        All on one scale; the last ones may be empty.
    """
    rows, columns = shape
    with house_style():
        figure = new_figure(*size)
        grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        for axes in grid.flat[len(names) :]:
            axes.axis("off")
        yield grid
        for place, axes in enumerate(grid.flat[: len(names)]):
            # a panel with none below it gives the scale itself
            axes.tick_params(labelsize=8.5, labelbottom=place + columns >= len(names))
        write_title(figure, title)
        write_caption(figure, caption)
        head(grid, dict.fromkeys(names, ""), over_labels=False)


def head(grid: NDArray[Any], headings: Mapping[str, str], *, over_labels: bool = True) -> None:
    """Write the titles of panels, each on the lines it takes beside the next, and what stands in small print under it.

    Panels must have been drawn, and the figure have its title and its caption.

    Parameters
    ----------
    grid : array of Axes, shape (n_rows, n_columns)
        The first ones are headed.
    headings : mapping of str to str
        Title → subtitle, or nothing.
    over_labels : bool
        Titles begin over the labels beside their panel; otherwise over the panel itself.
    """
    if not headings:
        return
    figure = grid.flat[0].figure
    with unwarned():
        figure.draw_without_rendering()  # the layout is known only once it is drawn
        headed_axes = set(grid.flat[: len(headings)])
        edges: dict[Any, float] = {}
        for column in grid.T:
            within = [axes for axes in column if axes in headed_axes]
            # titles one under the other begin at one place, a little inside: letters vary with the resolution
            lefts = [_left_of(axes, over_labels=over_labels) for axes in within]
            edges |= dict.fromkeys(within, max(min(lefts, default=0.0), figure.bbox.x0 + _INSIDE * figure.dpi))
        named = dict(zip(grid.flat, headings.items(), strict=False))
        grown = 0.0
        for row in grid:
            headed = [axes for axes in row if axes in edges]
            lines = [1]
            for axes, following in zip(headed, [*headed[1:], None], strict=True):
                name, subtitle = named[axes]
                end = edges[following] if following is not None else figure.bbox.x1
                lines.append(_head(axes, name, subtitle, left=edges[axes], width=(end - edges[axes]) / figure.dpi))
            grown += _HEADING_LINE * (max(lines) - 1)
        grow_by(figure, grown)


def _left_of(axes: Axes, *, over_labels: bool) -> float:
    """Return where the heading of a panel begins, in pixels."""
    frame = float(axes.get_window_extent().x0)
    if not over_labels:
        return frame
    shown = [tick for tick in axes.get_yticklabels() if tick.get_visible() and tick.get_text()]
    return min([frame, *(float(tick.get_window_extent().x0) for tick in shown)])


def _head(axes: Axes, name: str, subtitle: str, *, left: float, width: float) -> int:
    """Write the heading of a panel from `left` (pixels), no wider than `width` (inches); return how many lines."""
    frame = axes.get_window_extent()
    place = (left - frame.x0) / frame.width if frame.width else 0.0
    lines = wrapped(name, max(width - _APART, 0.5), size=_HEADING_SIZE, bold=True, most=_MOST_LINES)
    axes.set_title(
        "\n".join(lines), x=place, fontsize=_HEADING_SIZE, color=INK, pad=_ABOVE_SUBTITLE if subtitle else _UNDER
    )
    if subtitle:
        small = axes.text(
            place, 1.0, subtitle, transform=axes.transAxes, color=MUTED, fontsize=SMALLEST_SIZE, va="bottom"
        )
        small.set_in_layout(False)  # the title above it holds its room; its width must not press the panels
    return len(lines)
