"""The reading order of a page: lines of two columns that a PDF stores side by side are read one column after the other.

A simple form of the recursive XY-cut (G. Nagy and S. Seth, “Hierarchical representation of optically scanned
documents”, 1984): the page is cut along the widest empty strip between prose on its left and on its right; what crosses
the strip, such as a heading, parts the columns into bands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# a strip that more lines than these cross is no gutter; what else crosses it are headings, figures, notes
_CROSSED = 0.2
_FEWEST_LINES = 4
# a drawing or a map has more pieces than a page of text
_MOST_SEGMENTS = 3_000
# prose fills its lines; the cells of a table do not
_CHARACTERS_PER_LINE = 15
_FILLED = 0.55
_OVERLAP = 0.3
# from one character to the next, in heights of a character
_APART = 0.6
_TOUCHING = 0.15


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and its box; `y` grows upwards; `number` is its own on the page."""

    character: str
    left: float
    bottom: float
    right: float
    top: float
    number: int = -1


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that follow one another on a line, with the rank at which the file stores them, and their numbers."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    rank: int = 0
    numbers: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """Height of its characters."""
        return self.top - self.bottom


def segments_of(glyphs: Sequence[Glyph]) -> list[Segment]:
    """Return the stretches without a gap, in the order of the file; spaces only part them.

    Examples
    --------
    >>> one = [Glyph(letter, 10 * place, 0, 10 * place + 9, 12) for place, letter in enumerate("ab")]
    >>> [segment.text for segment in segments_of([*one, Glyph("c", 300, 0, 309, 12)])]
    ['ab', 'c']
    """
    segments: list[Segment] = []
    run: list[Glyph] = []
    spaced = False
    for glyph in glyphs:
        if glyph.character.isspace():
            spaced = True
            continue
        if run and _parted(run[-1], glyph):
            segments.append(_segment(run, len(segments)))
            run = []
        elif run and spaced:
            run.append(Glyph(" ", run[-1].right, glyph.bottom, glyph.left, glyph.top))
        run.append(glyph)
        spaced = False
    return [*segments, _segment(run, len(segments))] if run else segments


def column_order(segments: Sequence[Segment]) -> list[list[Segment]] | None:
    """Return the lines of a page in columns in reading order, or ``None`` if the order of the file can stand.

    It can if there are no columns of prose, or if the file stores them one after the other.

    Parameters
    ----------
    segments : sequence of Segment
        Of one page, upright.

    Returns
    -------
    list of list of Segment, or None
        Line by line, from left to right within a line.
    """
    cut = _gutter(segments)
    if cut is None or not _interleaved(segments, cut):
        return None
    return reading_order(segments)


def reading_order(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the lines of a page from top to bottom, one column after the other, whatever the order of the file.

    Parameters
    ----------
    segments : sequence of Segment
        Of one page, upright.

    Examples
    --------
    >>> lines = reading_order([Segment("b", 0, 0, 9, 9, 0), Segment("a", 0, 20, 9, 29, 1)])
    >>> [[one.text for one in line] for line in lines]
    [['a'], ['b']]
    """
    cut = _gutter(segments)
    if cut is None:
        return lines_of(segments)
    spanning = [one for one in segments if one.left < cut < one.right]
    # what shares a line with something that spans belongs to that line
    beside = [one for one in segments if any(_same_line(other, one) for other in spanning)]
    apart = {one.rank for one in (*spanning, *beside)}
    bands = lines_of([one for one in segments if one.rank in apart])
    rest = [one for one in segments if one.rank not in apart]
    lines: list[list[Segment]] = []
    for band in [*bands, None]:
        floor = -math.inf if band is None else min(one.bottom for one in band)
        above = [one for one in rest if one.bottom > floor]
        rest = [one for one in rest if one.bottom <= floor]
        for side in (False, True):
            column = [one for one in above if ((one.left + one.right) / 2 >= cut) == side]
            lines += reading_order(column) if len(column) < len(segments) else lines_of(column)
        lines += [band] if band else []
    return lines


def text_of_lines(lines: Sequence[Sequence[Segment]]) -> str:
    r"""Return the text of lines: one line each, a space where segments do not touch.

    Parameters
    ----------
    lines : sequence of sequence of Segment
        From :func:`column_order`.

    Examples
    --------
    >>> text_of_lines([[Segment("un", 0, 0, 20, 10, 0), Segment("1", 20.5, 6, 24, 11, 1)], [Segment("b", 0, -9, 5, 0)]])
    'un1\nb'
    """
    texts = []
    for line in lines:
        text = line[0].text if line else ""
        for before, segment in pairwise(line):
            touching = segment.left - before.right < _TOUCHING * max(before.height, segment.height)
            text += segment.text if touching else f" {segment.text}"
        texts.append(text)
    return "\n".join(texts)


def lines_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return the segments as lines from top to bottom, each from left to right.

    Examples
    --------
    >>> segments = [Segment("b", 50, 0, 60, 10), Segment("a", 0, 1, 10, 11), Segment("c", 0, -20, 10, -10)]
    >>> [[segment.text for segment in line] for line in lines_of(segments)]
    [['a', 'b'], ['c']]
    """
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (-(one.top + one.bottom) / 2, one.left)):
        # a line is that of its first segment: a slope of small steps must not join all lines
        if lines and _same_line(lines[-1][0], segment):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _same_line(one: Segment, other: Segment) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > min(one.height, other.height) / 2


def _parted(before: Glyph, glyph: Glyph) -> bool:
    height = max(before.top - before.bottom, glyph.top - glyph.bottom)
    gap = glyph.left - before.right
    shared = min(before.top, glyph.top) - max(before.bottom, glyph.bottom)
    return gap > _APART * height or gap < -height or shared < height / 2


def _segment(run: Sequence[Glyph], rank: int) -> Segment:
    text = "".join(glyph.character for glyph in run)
    bottom, top = min(glyph.bottom for glyph in run), max(glyph.top for glyph in run)
    numbers = tuple(glyph.number for glyph in run if glyph.character != " ")
    return Segment(
        text, min(glyph.left for glyph in run), bottom, max(glyph.right for glyph in run), top, rank, numbers
    )


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Return where to cut between two columns of prose, if there are."""
    if not 2 * _FEWEST_LINES <= len(segments) <= _MOST_SEGMENTS:
        return None
    height = median(segment.height for segment in segments)
    start, end = min(one.left for one in segments), max(one.right for one in segments)
    crossed = [0] * (math.ceil(end - start) + 1)
    for segment in segments:
        for place in range(math.floor(segment.left - start), math.ceil(segment.right - start)):
            crossed[place] += 1
    allowed = int(_CROSSED * len(lines_of(segments)))
    best, most = None, 0
    for first, last in _strips(crossed, allowed, width=max(height / 2, 4.0)):
        middle = start + (first + last + 1) / 2
        left = [one for one in segments if one.right <= start + last]
        right = [one for one in segments if one.left >= start + first]
        size = min(len(lines_of(left)), len(lines_of(right)))
        if size > most and _columns(left, right):
            best, most = middle, size
    return best


def _strips(crossed: Sequence[int], allowed: int, *, width: float) -> list[tuple[int, int]]:
    """Return the runs of places that few lines cross, wide enough, not at the margins."""
    strips, first = [], None
    for place, count in enumerate([*crossed, allowed + 1]):
        if count <= allowed:
            first = place if first is None else first
        elif first is not None:
            if place - first >= width and first > 0 and place < len(crossed):
                strips.append((first, place - 1))
            first = None
    return strips


def _columns(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    for side in (left, right):
        lines = lines_of(side)
        if len(lines) < _FEWEST_LINES:
            return False
        width = max(one.right for one in side) - min(one.left for one in side)
        if median(sum(len(one.text) for one in line) for line in lines) < _CHARACTERS_PER_LINE:
            return False
        if median(line[-1].right - line[0].left for line in lines) < _FILLED * width:
            return False
    extents = [(min(one.bottom for one in side), max(one.top for one in side)) for side in (left, right)]
    shared = min(top for _, top in extents) - max(bottom for bottom, _ in extents)
    return shared >= _OVERLAP * min(top - bottom for bottom, top in extents)


def _interleaved(segments: Sequence[Segment], cut: float) -> bool:
    """Whether the file goes from one column to the other at every line, or takes the right one first."""
    sides = [one.left >= cut for one in sorted(segments, key=lambda one: one.rank) if not one.left < cut < one.right]
    switches = sum(one != other for one, other in pairwise(sides))
    lines = min(len(lines_of([one for one in segments if (one.left >= cut) == side])) for side in (False, True))
    inverted = switches == 1 and bool(sides) and sides[0]
    return inverted or switches >= lines
