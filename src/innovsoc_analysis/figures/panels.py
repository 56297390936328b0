"""A grid of small panels on one scale, with a title above and a caption below."""

from __future__ import annotations

import math
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.labels import unwarned
from innovsoc_analysis.figures.sizes import columns_within
from innovsoc_analysis.figures.style import (
    INK,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_figure,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

_COLUMNS = 4
_TITLE_CHARACTERS = 25
_HEADING_SIZE = 9.5
_INSIDE = 4.0  # pixels


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
        for place, (axes, name) in enumerate(zip(grid.flat, names, strict=False)):
            axes.set_title(two_lines(name), fontsize=9, color=INK, pad=6)
            # a panel with none below it gives the scale itself
            axes.tick_params(labelsize=8.5, labelbottom=place + columns >= len(names))
        write_title(figure, title)
        write_caption(figure, caption)


def write_heading(axes: Axes, name: str, subtitle: str = "") -> None:
    """Write the title of a panel on two lines at most, and a line in small print under it."""
    axes.set_title(two_lines(name), fontsize=_HEADING_SIZE, color=INK, pad=17 if subtitle else 6)
    if subtitle:
        small = axes.text(0, 1.0, subtitle, transform=axes.transAxes, color=MUTED, fontsize=SMALLEST_SIZE, va="bottom")
        small.set_in_layout(False)  # the title above it holds its room; its width must not press the panels


def pull_inside(figure: Figure) -> None:
    """Move to the left the titles of panels that would leave the figure: labels beside a panel leave them room."""
    with unwarned():
        figure.draw_without_rendering()  # the layout is known only once it is drawn
        for axes in figure.axes:
            frame = axes.get_window_extent()
            headings = [text for text in axes.texts if text.get_transform() == axes.transAxes]
            for text in [axes._left_title, *headings]:  # type: ignore[attr-defined]  # noqa: SLF001
                beyond = text.get_window_extent().x1 - figure.bbox.x1 + _INSIDE
                if text.get_text() and beyond > 0 and frame.width:
                    text.set_x(-beyond / frame.width)


def two_lines(name: str) -> str:
    r"""Return the title of a panel on two lines at most.

    Parameters
    ----------
    name : str
        Of any length.

    Examples
    --------
    >>> two_lines("3. commune, guichet, prestation sociale")
    '3. commune, guichet,\nprestation sociale'
    """
    lines = textwrap.wrap(name, _TITLE_CHARACTERS, max_lines=2, placeholder="…")
    return "\n".join(lines)
