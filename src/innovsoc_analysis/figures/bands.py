"""A tree of classes that lies: its branches on the left, and in a band for each class its box and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.figures.labels import unwarned
from innovsoc_analysis.figures.measuring import inches_of, wrapped
from innovsoc_analysis.figures.sizes import on_slide
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    INK,
    MUTED,
    TITLE_SIZE,
    house_style,
    new_figure,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from innovsoc_analysis.figures.dendrogram import Leaf, Word

_SIDE, _TREE, _BOX, _BETWEEN = 0.12, 0.7, 1.22, 0.12
_LINE, _TITLE_LINE, _CAPTION_LINE, _GAP, _LEAST_BAND = 0.2, 0.22, 0.155, 0.14, 0.42
_LEAST, _MOST = 8.0, 10.5  # points
_VALUE, _AFTER = 8.0, 0.13
_HOLLOW = "◦ "
_NOTHING = "aucun mot"


class Placed(NamedTuple):
    """A word in its band: how far from its left, on which line, how large."""

    word: Word
    x: float
    line: int
    size: float


def banded(
    leaves: Sequence[Leaf],
    branches: Sequence[tuple[int, int, float]],
    *,
    title: str,
    caption: str,
    width: float,
    highest: float,
) -> Axes | None:
    """Draw leaves from top to bottom, the tree to their left, if that holds; words that do not hold are left out.

    Parameters
    ----------
    leaves, branches, title, caption
        As for `dendrogram`.
    width, highest : float
        In inches.

    Returns
    -------
    Axes or None
        On a scale of inches; none if `highest` does not allow a line of words for each leaf.

    Examples
    --------
    >>> from innovsoc_analysis.figures.dendrogram import Leaf, Word
    >>> leaves = [Leaf("1", "60 %", 60, [Word("jardin", 12.0)]), Leaf("2", "40 %", 40, [Word("loi", 4.0, True)])]
    >>> axes = banded(leaves, [(0, 1, 5.0)], title="Classes", caption="n = 9", width=6.3, highest=8)
    >>> [text.get_text() for text in axes.texts]
    ['Classes', 'n = 9', '1', '60 %', 'jardin', '12', '2', '40 %', '◦ loi', '4']
    """
    titles = wrapped(title, width - 2 * _SIDE, size=TITLE_SIZE, bold=True)
    left = _SIDE + (_TREE if branches else 0.0) + _BOX + _BETWEEN
    laid = [_laid(leaf.words, width - _SIDE - left) for leaf in leaves]
    lines = _lines(caption, width)
    n_lines = max((word.line + 1 for words in laid for word in words), default=1)
    head = 2 * _SIDE + _TITLE_LINE * len(titles) + _GAP
    if head + _CAPTION_LINE * len(lines) + len(leaves) * _band(n_lines) > highest:
        lines = _lines(f"{caption}\n{_fewer(laid, n_lines)}", width)
        while n_lines > 1 and head + _CAPTION_LINE * len(lines) + len(leaves) * _band(n_lines) > highest:
            n_lines -= 1
            lines = _lines(f"{caption}\n{_fewer(laid, n_lines)}", width)
    height = head + _CAPTION_LINE * len(lines) + len(leaves) * _band(n_lines)
    if height > highest:
        return None
    # a slide has its height
    height = highest if on_slide() else height
    band = (height - head - _CAPTION_LINE * len(lines)) / len(leaves)
    with house_style(), unwarned():
        axes = _sheet(width, height)
        axes.text(
            _SIDE, height - _SIDE, "\n".join(titles), fontsize=TITLE_SIZE, fontweight="bold", va="top", linespacing=1.2
        )
        axes.text(_SIDE, _SIDE, "\n".join(lines), fontsize=CAPTION_SIZE, color=MUTED, va="bottom")
        top = height - _SIDE - _TITLE_LINE * len(titles) - _GAP / 2
        middles = [top - band * (place + 0.5) for place in range(len(leaves))]
        _draw_branches(axes, branches, middles, left=_SIDE)
        widest = max(leaf.share for leaf in leaves) or 1.0
        for place, (leaf, words) in enumerate(zip(leaves, laid, strict=True)):
            _draw_box(axes, leaf, place, (left - _BETWEEN - _BOX, middles[place]), share=leaf.share / widest)
            shown = [word for word in words if word.line < n_lines]
            _write_words(axes, shown, (left, middles[place]), n_lines=n_lines)
            if place:
                axes.hlines(middles[place] + band / 2, left - _BETWEEN - _BOX, width - _SIDE, color=GRID, linewidth=0.5)
    return axes


def _lines(caption: str, width: float) -> list[str]:
    return [line for part in caption.splitlines() for line in wrapped(part, width - 2 * _SIDE, size=CAPTION_SIZE)]


def _fewer(laid: Sequence[Sequence[Placed]], n_lines: int) -> str:
    """Say how many words of each class are shown."""
    shown = [sum(word.line < n_lines for word in words) for words in laid if words]
    least, most = min(shown, default=0), max(shown, default=0)
    number = f"{least} premiers mots" if least == most else f"{least} à {most} premiers mots"
    return f"Faute de place, on montre les {number} de chaque classe."


def _band(n_lines: int) -> float:
    return max(_LEAST_BAND, _LINE * n_lines + _GAP)


def _sheet(width: float, height: float) -> Axes:
    figure = new_figure(width, height, laid_out=True)
    figure.set_layout_engine("none")
    axes = figure.add_subplot()
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")
    return axes


def _laid(words: Sequence[Word], width: float) -> list[Placed]:
    """Return where words stand in a band, one after the other, on as many lines as it takes."""
    highest = max((word.value for word in words), default=1.0) or 1.0
    placed: list[Placed] = []
    x, line = 0.0, 0
    for word in words:
        size = _LEAST + (_MOST - _LEAST) * max(word.value, 0) / highest
        wide = inches_of(_said(word), size) + 0.05 + inches_of(f"{word.value:.0f}", _VALUE)
        if x and x + wide > width:
            x, line = 0.0, line + 1
        placed.append(Placed(word, x, line, size))
        x += wide + _AFTER
    return placed


def _said(word: Word) -> str:
    return (_HOLLOW if word.hollow else "") + word.text.replace("\n", " ")


def _draw_branches(axes: Axes, branches: Sequence[tuple[int, int, float]], ends: list[float], *, left: float) -> None:
    """Join leaves from right to left; the lowest branching is nearest to them."""
    highest = max((height for _, _, height in branches), default=1.0) or 1.0
    places = [(left + _TREE, y) for y in ends]
    for one, other, height in branches:
        # a lowest step is kept, so that small branchings are seen
        x = left + _TREE * 0.85 * (1 - max(height, 0) / highest)
        x = min(x, places[one][0] - 0.04, places[other][0] - 0.04)
        (x1, y1), (x2, y2) = places[one], places[other]
        axes.plot([x1, x, x, x2], [y1, y1, y2, y2], color=INK, linewidth=1.1, solid_joinstyle="miter")
        places.append((x, (y1 + y2) / 2))


def _draw_box(axes: Axes, leaf: Leaf, place: int, at: tuple[float, float], *, share: float) -> None:
    from matplotlib.patches import Rectangle

    x, y = at
    colour = COLOURS[place % len(COLOURS)]
    half = 0.17
    axes.add_patch(Rectangle((x, y - half), _BOX, 2 * half, facecolor=colour, alpha=0.16, linewidth=0))
    axes.add_patch(Rectangle((x, y - half), _BOX, 2 * half, facecolor="none", edgecolor=INK, linewidth=0.8))
    axes.add_patch(Rectangle((x, y - half - 0.035), _BOX * share, 0.035, facecolor=colour, linewidth=0))
    for said, height, size, weight in ((leaf.title, 0.075, 9.0, "bold"), (leaf.subtitle, -0.075, 8.0, "normal")):
        (shown,) = wrapped(said, _BOX - 0.04, size=size, bold=weight == "bold", most=1)
        axes.text(x + _BOX / 2, y + height, shown, fontsize=size, fontweight=weight, ha="center", va="center")


def _write_words(axes: Axes, words: Sequence[Placed], at: tuple[float, float], *, n_lines: int) -> None:
    left, middle = at
    if not words:
        axes.text(left, middle, _NOTHING, fontsize=CAPTION_SIZE, color=MUTED, va="center", style="italic")
    used = min(max((word.line + 1 for word in words), default=1), n_lines)
    for word, x, line, size in words:
        y = middle + _LINE * ((used - 1) / 2 - line)
        said = _said(word)
        style: dict[str, Any] = {"style": "italic", "color": MUTED} if word.hollow else {"color": INK}
        axes.text(left + x, y, said, fontsize=size, va="center_baseline", **style)
        after = left + x + inches_of(said, size) + 0.05
        axes.text(after, y, f"{word.value:.0f}", fontsize=_VALUE, color=MUTED, va="center_baseline")
