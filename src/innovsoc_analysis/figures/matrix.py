"""A matrix of marks: rows and columns cross, and each crossing is of one of a few kinds."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.figures.rows import row_height
from innovsoc_analysis.figures.sizes import fitted
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    MUTED,
    house_style,
    make_room,
    new_axes,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_ROW, _COLUMN, _LABELS, _MARGIN = 0.29, 0.85, 3.4, 1.9
_HEADING_CHARACTERS, _LABEL_CHARACTERS = 11, 50
_NARROWEST, _LEAST_LABELS, _NARROW_CHARACTERS, _TURNED_CHARACTERS = 0.7, 2.2, 28, 28
_LEGEND_COLUMNS = 2
_BELOW_CAPTION = 2.5  # in the size of the legend's letters


class _Look(NamedTuple):
    """A mark that is told apart by its shape and by being full or hollow, not by its colour alone."""

    marker: str
    edge: str
    face: str
    size: float


_LOOKS = (
    _Look("o", COLOURS[0], COLOURS[0], 11),
    _Look("o", COLOURS[0], "white", 11),
    _Look("D", COLOURS[1], COLOURS[1], 9),
    _Look("s", MUTED, "white", 10),
    _Look(".", GRID, GRID, 6),
)


def mark_matrix(
    cells: pd.DataFrame,
    *,
    kinds: Mapping[str, str],
    title: str,
    caption: str,
    muted: Collection[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw a mark for each cell of a table.

    Parameters
    ----------
    cells : DataFrame, shape (n_rows, n_columns)
        Kinds; the index gives the labels on the left, the first on top, the columns those above.
        A cell of no kind that is listed stays empty.
    kinds : mapping of str to str
        Kind → what the legend calls it; five at most, which are drawn as full circle, hollow circle,
        full diamond, hollow square, faint dot.
    title, caption : str
        Above and below; in French.
    muted : collection of str
        Labels to write in grey.
    ax : Axes, optional
        Where to draw; by default new axes as large as the cells need.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> cells = pd.DataFrame({"Cadre": ["oui", ""]}, index=["Besoin", "Lieu"])
    >>> axes = mark_matrix(cells, kinds={"oui": "le dit"}, title="Cadres", caption="2 codes")
    >>> [text.get_text() for text in axes.figure.legends[0].get_texts()]
    ['le dit']
    """
    rows, columns = cells.shape
    with house_style():
        width = _LABELS + _COLUMN * columns
        is_narrow = fitted(width, 1.0)[0] < _LEAST_LABELS + _NARROWEST * columns
        labels = [
            textwrap.fill(str(row), _NARROW_CHARACTERS if is_narrow else _LABEL_CHARACTERS) for row in cells.index
        ]
        axes = new_axes(width, _MARGIN + row_height(labels, _ROW) * rows, ax=ax)
        axes.hlines([-row for row in range(rows)], -0.5, columns - 0.5, color=GRID, linewidth=0.6, zorder=1)
        for (kind, label), look in zip(kinds.items(), _LOOKS, strict=False):
            y, x = (cells == kind).to_numpy().nonzero()
            _draw(axes, x, -y, look=look, label=label)
        axes.set_yticks([-row for row in range(rows)], labels, fontsize=CAPTION_SIZE)
        for tick, row in zip(axes.get_yticklabels(), cells.index, strict=True):
            if row in muted:
                tick.set_color(MUTED)
                tick.set_fontstyle("italic")
        fits = _TURNED_CHARACTERS if is_narrow else _HEADING_CHARACTERS
        names = [textwrap.fill(str(name), fits, max_lines=1 if is_narrow else None, placeholder="…") for name in cells]
        axes.set_xticks(range(columns), names, rotation=90 if is_narrow else 0)
        axes.tick_params(top=False, labeltop=True, labelbottom=False)
        axes.set_xlim(-0.5, columns - 0.5)
        axes.set_ylim(0.5 - rows, 0.6)
        axes.spines["bottom"].set_visible(False)
        # below the axes rather than the figure, where the legend stands
        axes.set_xlabel(caption, color=MUTED, loc="left", fontsize=CAPTION_SIZE, wrap=True)
        if ax is None:
            write_title(axes.figure, title)
            make_room(axes.figure, caption)
            axes.figure.legend(loc="outside lower left", ncols=_LEGEND_COLUMNS, handletextpad=0.3, fontsize=9)
        else:
            axes.set_title(title)
            axes.legend(loc="upper left", bbox_to_anchor=(0, 0), ncols=_LEGEND_COLUMNS, borderaxespad=_BELOW_CAPTION)
    return axes


def _draw(axes: Axes, x: Any, y: Any, *, look: _Look, label: str) -> None:
    axes.plot(
        x,
        y,
        linestyle="none",
        marker=look.marker,
        markeredgecolor=look.edge,
        markerfacecolor=look.face,
        markersize=look.size,
        markeredgewidth=1.5,
        label=label,
        zorder=2,
    )
