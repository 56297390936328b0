"""A heat map of what is in excess and what is lacking: every cell says it in figures as well as by its colour."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.rows import lay_out, row_height, write_headings
from innovsoc_analysis.figures.sizes import fitted
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    GRID,
    INK,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_axes,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_ROW, _CELL, _LABELS, _MARGIN = 0.235, 0.95, 3.4, 1.75
_LEAST_CELL, _NARROWEST, _LEAST_LABELS, _CHARACTERS_PER_INCH = 0.85, 0.36, 2.0, 14.5
_TURNED_CHARACTERS = 26
_LABEL_CHARACTERS, _FEWEST_CHARACTERS, _HEADING_CHARACTERS = 60, 22, 14
# more: towards a dark blue; less: towards an orange that stays light, so that the two differ in grey
_MORE, _LESS = "#00466e", "#e69f00"
_STRONGEST = 4.0
_LINEAR = 0.04045  # under which light is proportional to its number
_DARK = 0.21  # luminance under which white letters stand out more than dark ones


def heat_map(
    values: pd.DataFrame,
    said: pd.DataFrame,
    marked: pd.DataFrame,
    *,
    title: str,
    caption: str,
    sections: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a cell for each row and column, blue above zero, orange below.

    Parameters
    ----------
    values : DataFrame, shape (n_rows, n_columns)
        Standardised residuals, drawn alike from ±4 on; missing ones are white. The index gives the labels
        on the left, the first on top, the columns those above.
    said : DataFrame of str
        What is written in each cell; it holds the sign. Where columns are narrow, words are below each other.
    marked : DataFrame of bool
        Cells with a frame and bold letters.
    title, caption : str
        Above and below; in French.
    sections : mapping, optional
        Row label → section; rows are taken to be sorted by section.
    ax : Axes, optional
        Where to draw; by default new axes as large as the cells need.

    Returns
    -------
    Axes
        Blue is dark and orange light, so that they differ in grey.

    Examples
    --------
    >>> import pandas as pd
    >>> values = pd.DataFrame({"projets": [2.5]}, index=["Besoin"])
    >>> said, marked = values.map("{:+.1f}".format), values > 2
    >>> axes = heat_map(values, said, marked, title="Codes", caption="n = 9")
    >>> [text.get_text() for text in axes.texts]
    ['+2.5']
    """
    heights, headings = lay_out([str(row) for row in values.index], sections or {})
    n_rows, n_columns = len(heights) + len(headings), values.shape[1]
    width = max(_LABELS + _CELL * n_columns, 6.2)
    inches = fitted(width, 1.0)[0]
    is_narrow = inches < _LEAST_LABELS + _LEAST_CELL * n_columns
    cell = max((inches - _LEAST_LABELS) / n_columns, _NARROWEST) if is_narrow else _LEAST_CELL
    room = inches - cell * n_columns
    fits = max(_FEWEST_CHARACTERS, min(_LABEL_CHARACTERS, int(room * _CHARACTERS_PER_INCH)))
    labels = [textwrap.fill(row, fits) for row in heights]
    with house_style():
        height = row_height([*labels, *(["\n"] if is_narrow else [])], _ROW)
        axes = new_axes(width, _MARGIN + height * n_rows, ax=ax)
        for column in range(n_columns):
            for row, height in enumerate(heights.values()):
                place = (row, column)
                text = said.iloc[place]
                text = _lines(text) if is_narrow else text
                _draw_cell(axes, (column, height), float(values.iloc[place]), said=text)
                if marked.iloc[place]:
                    _frame(axes, (column, height))
        axes.set_yticks(list(heights.values()), labels, fontsize=CAPTION_SIZE)
        write_headings(axes, headings)
        names = [_heading(str(name), is_narrow=is_narrow) for name in values.columns]
        turned = 90 if is_narrow else 0
        axes.set_xticks(range(n_columns), names, color=INK, fontsize=CAPTION_SIZE, rotation=turned)
        axes.tick_params(top=False, labeltop=True, labelbottom=False)
        axes.set_xlim(-0.5, max(n_columns, 1) - 0.5)
        axes.set_ylim(0.4 - max(n_rows, 1), 0.6)
        axes.spines["bottom"].set_visible(False)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(caption, color=MUTED, loc="left", fontsize=CAPTION_SIZE, wrap=True)
    return axes


def _draw_cell(axes: Axes, place: tuple[float, float], value: float, *, said: str) -> None:
    from matplotlib.patches import Rectangle

    colour = cell_colour(value)
    x, y = place
    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor=GRID, linewidth=0.6, zorder=1))
    is_dark = _luminance(colour) < _DARK
    letters: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": SMALLEST_SIZE, "zorder": 3}
    axes.text(x, y, said, color="white" if is_dark else INK, **letters)


def _frame(axes: Axes, place: tuple[float, float]) -> None:
    """Frame a cell, and write it in bold."""
    from matplotlib.patches import Rectangle

    x, y = place
    axes.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, fill=False, edgecolor=INK, linewidth=1.6, zorder=2))
    axes.texts[-1].set_fontweight("bold")


def cell_colour(value: float) -> tuple[float, float, float]:
    """Return the colour of a residual.

    Examples
    --------
    >>> cell_colour(0.0), cell_colour(float("nan"))
    ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0))
    """
    from matplotlib.colors import to_rgb

    share = min(abs(value) / _STRONGEST, 1.0) if value == value else 0.0  # noqa: PLR0124 - a missing value
    red, green, blue = (1 - share * (1 - part) for part in to_rgb(_MORE if value > 0 else _LESS))
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of a colour, as the guidelines for accessible pages define it (WCAG 2.2)."""
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lines(said: str) -> str:
    """Put what a narrow cell says on two lines; the space before a percent sign is none that breaks."""
    return said.replace(" ", "\n").replace("(", "").replace(")", "")


def _heading(name: str, *, is_narrow: bool) -> str:
    if is_narrow:
        first, _, rest = name.partition("\n")
        return f"{textwrap.shorten(first, _TURNED_CHARACTERS, placeholder='…')} {rest}".rstrip()
    return "\n".join(
        textwrap.fill(line, _HEADING_CHARACTERS, max_lines=3, placeholder="…") for line in name.splitlines()
    )
