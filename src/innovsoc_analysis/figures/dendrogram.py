"""A tree of classes: its branches, and at its leaves a box and a list of words for each class."""

from __future__ import annotations

import textwrap
import warnings
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.figures.bands import banded
from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.measuring import inches_of
from innovsoc_analysis.figures.sizes import SIZES, current_size, not_fitting
from innovsoc_analysis.figures.style import COLOURS, GRID, INK, MUTED, house_style, new_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

_COLUMN, _NARROW_COLUMN, _NARROWEST_COLUMN, _MANY = 1.62, 1.4, 1.15, 8
_LEAST_WIDTH, _SIDE, _BETWEEN = 7.0, 0.15, 0.16
_TITLE, _TREE, _STEM, _BOX, _BAR, _GAP, _ROW, _LINE = 0.5, 1.35, 0.18, 0.56, 0.08, 0.26, 0.225, 0.16
_VALUE_WIDTH = 0.3
_SMALLEST, _LEAST, _MOST = 7.0, 8.0, 13.0  # points
_CHARACTERS_PER_INCH = 14.5
_MOST_CHARACTERS = 100
_HOLLOW = "◦ "
_NOTHING = "aucun mot"


class Word(NamedTuple):
    """A word at a leaf.

    Attributes
    ----------
    text : str
        What is written.
    value : float
        Positive; the letters grow with it.
    hollow : bool
        Whether it is in italics, after a small circle.
    """

    text: str
    value: float
    hollow: bool = False


class Leaf(NamedTuple):
    """A class.

    Attributes
    ----------
    title, subtitle : str
        On the two lines of its box.
    share : float
        Length of the bar under the box, in proportion to that of other leaves.
    words : sequence of Word
        From top to bottom.
    """

    title: str
    subtitle: str
    share: float
    words: Sequence[Word]


def dendrogram(leaves: Sequence[Leaf], branches: Sequence[tuple[int, int, float]], *, title: str, caption: str) -> Axes:
    """Draw leaves from left to right, and the tree above them.

    Parameters
    ----------
    leaves : sequence of Leaf
        At least one, in the order of the tree.
    branches : sequence of (one, other, height)
        What each branching joins: the number of a leaf, from 0, or ``len(leaves)`` plus that of an earlier
        branching. Empty for no tree.
    title, caption : str
        Above and below; in French.

    Returns
    -------
    Axes
        On a scale of inches. Words that are wider than their column are written smaller, then cut. For a page or
        a slide where columns do not hold, the tree lies, and words follow one another in a band for each leaf.

    Raises
    ------
    UsageError
        If neither holds in the size that is drawn for.

    Examples
    --------
    >>> leaves = [Leaf("1", "60 %", 60, [Word("jardin", 12.0)]), Leaf("2", "40 %", 40, [Word("loi", 4.0, True)])]
    >>> axes = dendrogram(leaves, [(0, 1, 5.0)], title="Classes", caption="n = 9")
    >>> [text.get_text() for text in axes.texts]
    ['Classes', 'n = 9', '1', '60 %', 'jardin', '12', '2', '40 %', '◦ loi', '4']
    """
    size = current_size()
    axes = None
    if size is None or not size.height:
        axes = _in_columns(leaves, branches, title=title, caption=caption)
    if axes is None and size is not None:
        axes = banded(leaves, branches, title=title, caption=caption, width=size.width, highest=size.highest)
    if axes is None:
        raise not_fitting(size or SIZES["page"])
    describe(axes, f"{title} ; {caption}")
    return axes


def _in_columns(
    leaves: Sequence[Leaf], branches: Sequence[tuple[int, int, float]], *, title: str, caption: str
) -> Axes | None:
    """Draw leaves from left to right; nothing if they do not hold in the size that is drawn for."""
    column = _COLUMN if len(leaves) <= _MANY else _NARROW_COLUMN
    least = _LEAST_WIDTH
    if size := current_size():
        least = min(least, size.width)
        column = min(column, (size.width - 2 * _SIDE) / len(leaves))
        if column < _NARROWEST_COLUMN:
            return None
    width = max(least, 2 * _SIDE + column * len(leaves))
    lines = [line for part in caption.splitlines() for line in textwrap.wrap(part, int(width * _CHARACTERS_PER_INCH))]
    titles = textwrap.wrap(title, int(width * _CHARACTERS_PER_INCH * 0.7)) or [""]
    n_words = max([1, *(len(leaf.words) for leaf in leaves)])
    foot = _SIDE + _LINE * len(lines)
    top_of_box = foot + _ROW * n_words + _GAP + _BAR + _BOX
    head = _TITLE + 0.2 * (len(titles) - 1)
    height = top_of_box + (_STEM + _TREE if branches else 0.1) + head
    if size and height > size.highest:
        return None
    left = (width - column * len(leaves)) / 2
    with house_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = new_figure(width, height, laid_out=True)
        figure.set_layout_engine("none")
        axes = figure.add_subplot()
        axes.set_position((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        axes.axis("off")
        axes.text(_SIDE, height - _SIDE, "\n".join(titles), fontsize=12, fontweight="bold", va="top")
        axes.text(_SIDE, foot - 0.04, "\n".join(lines), fontsize=8.5, color=MUTED, va="top", linespacing=1.25)
        _draw_tree(axes, branches, [left + column * (place + 0.5) for place in range(len(leaves))], top_of_box)
        widest = max(leaf.share for leaf in leaves) or 1.0
        for place, leaf in enumerate(leaves):
            x = left + column * place + _BETWEEN / 2
            colour = COLOURS[place % len(COLOURS)]
            _draw_box(axes, leaf, (x, top_of_box), width=column - _BETWEEN, colour=colour)
            bar = (column - _BETWEEN) * leaf.share / widest
            _rectangle(axes, (x, top_of_box - _BOX - _BAR), (bar, _BAR), colour=colour)
            _draw_words(axes, leaf.words, (x, top_of_box - _BOX - _BAR - _GAP), width=column - _BETWEEN)
    return axes


def _draw_tree(axes: Axes, branches: Sequence[tuple[int, int, float]], places: list[float], base: float) -> None:
    if not branches:
        return
    highest = max(height for _, _, height in branches) or 1.0
    ends = [(x, base) for x in places]
    for one, other, height in branches:
        y = base + _STEM + _TREE * height / highest
        (x, low), (other_x, other_low) = ends[one], ends[other]
        axes.plot([x, x, other_x, other_x], [low, y, y, other_low], color=INK, linewidth=1.1, solid_joinstyle="miter")
        ends.append(((x + other_x) / 2, y))


def _draw_box(axes: Axes, leaf: Leaf, place: tuple[float, float], *, width: float, colour: str) -> None:
    x, top = place
    _rectangle(axes, (x, top - _BOX), (width, _BOX), colour=colour, alpha=0.16)
    _rectangle(axes, (x, top - _BOX), (width, _BOX), colour="none", edge=INK)
    axes.text(x + width / 2, top - 0.18, leaf.title, ha="center", va="center", fontsize=10.5, fontweight="bold")
    size, said = _fitted(leaf.subtitle, 8.5, width - 0.1)
    axes.text(x + width / 2, top - 0.4, said, ha="center", va="center", fontsize=size)


def _rectangle(
    axes: Axes,
    place: tuple[float, float],
    size: tuple[float, float],
    *,
    colour: str,
    alpha: float | None = None,
    edge: str = "none",
) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle(place, *size, facecolor=colour, edgecolor=edge, alpha=alpha, linewidth=0.9))


def _draw_words(axes: Axes, words: Sequence[Word], place: tuple[float, float], *, width: float) -> None:
    x, y = place
    if not words:
        axes.text(x, y, _NOTHING, fontsize=8.5, color=MUTED, va="center", style="italic")
    highest = max((word.value for word in words), default=1.0) or 1.0
    for row, word in enumerate(words):
        wanted = _LEAST + (_MOST - _LEAST) * max(word.value, 0) / highest
        size, said = _fitted((_HOLLOW if word.hollow else "") + word.text, wanted, width - _VALUE_WIDTH - 0.06)
        height = y - _ROW * row
        style = "italic" if word.hollow else "normal"
        axes.text(
            x, height, said, fontsize=size, style=style, color=MUTED if word.hollow else INK, va="center_baseline"
        )
        axes.text(x + width, height, f"{word.value:.0f}", fontsize=8, color=MUTED, ha="right", va="center_baseline")
        axes.hlines(height - _ROW / 2, x, x + width, color=GRID, linewidth=0.4)


def _fitted(text: str, size: float, width: float) -> tuple[float, str]:
    """Return in which size a text holds in a width, and as much of it as does in the smallest."""
    # no-break spaces stay
    text = text.replace("\n", " ")[:_MOST_CHARACTERS]
    wide = inches_of(text, size)
    if wide <= width:
        return size, text
    fitted = size * width / wide
    if fitted >= _SMALLEST:
        return fitted, text
    kept = int(len(text) * fitted / _SMALLEST)
    while kept > 1 and inches_of(text[:kept] + "…", _SMALLEST) > width:
        kept -= 1
    return _SMALLEST, text[:kept].rstrip() + "…"
