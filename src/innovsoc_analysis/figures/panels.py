"""A grid of small panels on one scale, with a title above and a caption below."""

from __future__ import annotations

import math
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import INK, MUTED, house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

_COLUMNS = 4
_CAPTION_CHARACTERS = 110
_TITLE_CHARACTERS = 25


def grid_shape(n_panels: int) -> tuple[int, int]:
    """Return the rows and columns of a grid of `n_panels`.

    Examples
    --------
    >>> grid_shape(6)
    (2, 4)
    """
    columns = min(_COLUMNS, max(n_panels, 1))
    return math.ceil(max(n_panels, 1) / columns), columns


@contextmanager
def panel_grid(
    names: Collection[str], *, size: tuple[float, float], title: str, caption: str
) -> Iterator[NDArray[Any]]:
    """Give a grid of Axes to draw in, one for each name, then write the title and the caption.

    Parameters
    ----------
    names : collection of str
        Titles of the panels.
    size : tuple of float
        Width and height in inches.
    title, caption : str
        Above and below; in French.

    Yields
    ------
    array of Axes, shape (n_rows, n_columns)
        All on one scale; the last ones may be empty.
    """
    rows, columns = grid_shape(len(names))
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
        figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
        lines = [textwrap.fill(line, _CAPTION_CHARACTERS) for line in caption.splitlines()]
        figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=8.5, color=MUTED)


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
