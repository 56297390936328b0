"""Undo line breaks that come from a page's width, spurious blank lines included."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.text.addresses import ends_in_address, is_cut_address
from innovsoc_analysis.text.bullets import starts_with_glyph
from innovsoc_analysis.text.hyphenation import is_cut_word
from innovsoc_analysis.text.transcripts import find_label
from innovsoc_analysis.text.units import is_cut_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.text.offsets import Edit

_RAW_LINE = re.compile(r"[^\n\f]+")
# a note's number stands against what it follows; « en 2000 » at the end of a line ends nothing
_SENTENCE_END = re.compile(r"[.!?…:;][\s»”\"')\]]*(?:(?<=\S)\d{1,2}\.?)?$")
_HYPHEN = re.compile(r"[^\W_][-\u00ad\u2010]$")
_BULLET = re.compile(r"(?:[-–—·*o]|\(?\d{1,2}[.)]|[a-z]\))\s")
_WIDEST_PAGE = 160
_OPENING = '«“"('
_UNSURE_END = re.compile(r"…$|\.{3}$|(?<!\w)(?:MM?|Mmes?|Mlles?|Dr|Pr|St|Ste|Me|pp?|art|cf|vol|chap|n°|[A-ZÀ-Ý])\.$")
_FULL = 0.72
_FULL_SHARE = 0.4
_FEWEST_LINES = 3
_LOWER_SHARE = 0.25
_LONGEST_ITEM = 6


class Line(NamedTuple):
    """A line ``text[start:end]`` that is not blank, its edges left out."""

    start: int
    end: int
    text: str


def find_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    r"""Return the lines of ``text[start:end]`` that are not blank; a page break ends a line too.

    Examples
    --------
    >>> find_lines(" un\n\n deux")
    [Line(start=1, end=3, text='un'), Line(start=6, end=10, text='deux')]
    """
    found = []
    for match in _RAW_LINE.finditer(text, start, len(text) if end is None else end):
        stripped = match[0].strip()
        if stripped:
            first = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(Line(first, first + len(stripped), stripped))
    return found


def goes_on_in(line: str, following: str) -> bool:
    """Return whether a sentence surely goes on from `line` to `following`: no end here, no capital there.

    Examples
    --------
    >>> goes_on_in("On y trouve un", "café."), goes_on_in("On y trouve :", "un café.")
    (True, False)
    """
    return following[0].islower() and not _SENTENCE_END.search(line)


def unwrap_edits(text: str) -> Iterator[Edit]:
    """Yield the edits that join lines broken by a page's width.

    A text counts as wrapped when its lines are at most 160 characters wide, two fifths of
    them are nearly full, and one unfinished line in four goes on in lower case: the lines of
    a poem or of a list of names do not. Then a line goes on in the next one if it does not
    end a sentence and is nearly full, or if the next one starts in lower case. The items of
    a list and the turns of a transcript start anew. Blank lines separate paragraphs, unless
    most lines are followed by one: extraction from a PDF often doubles every line break.

    Examples
    --------
    >>> list(unwrap_edits("court"))
    []
    """
    lines = find_lines(text)
    width = _page_width(lines)
    if width is None or not _reads_on(lines):
        return
    spaced = _blank_lines_are_meant(text, lines)
    items = _list_items(lines) | _turns(lines)
    for line, following in pairwise(lines):
        blank_between = text.count("\n", line.end, following.start) > 1
        if (blank_between and spaced) or following in items:
            continue
        cut = _is_cut(line.text, following.text)
        if cut or _goes_on(line, following, width=width):
            # what is cut keeps a break, by which the next rules know it
            yield line.end, following.start, "\n" if cut else _joint(line.text, following.text)


def _page_width(lines: list[Line]) -> int | None:
    if len(lines) < _FEWEST_LINES:
        return None
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    full = sum(length >= _FULL * width for length in lengths)
    return width if lengths[-1] <= _WIDEST_PAGE and full >= _FULL_SHARE * len(lines) else None


def _blank_lines_are_meant(text: str, lines: list[Line]) -> bool:
    """Whether blank lines separate paragraphs: they are rarer than simple breaks."""
    breaks = [text.count("\n", line.end, following.start) for line, following in pairwise(lines)]
    return sum(count > 1 for count in breaks) * 2 < len(breaks)


def _reads_on(lines: list[Line]) -> bool:
    """Whether enough of the lines that end no sentence are followed by one in lower case."""
    following = [after.text for line, after in pairwise(lines) if not _SENTENCE_END.search(line.text)]
    return _LOWER_SHARE * len(following) <= sum(text[0].islower() for text in following)


def _list_items(lines: list[Line]) -> set[Line]:
    """Lines that start with a bullet, or with the same mark as one nearby.

    A lone dash may be of the sentence, two make a list; a glyph is never of the sentence.
    """
    last: dict[str, int] = {}
    items: set[Line] = set()
    for number, line in enumerate(lines):
        if starts_with_glyph(line.text):
            items.add(line)
            continue
        bullet = _BULLET.match(line.text)
        if not bullet:
            continue
        mark = re.sub(r"\d+|[a-z](?=\))", "1", bullet[0].strip())
        before = last.get(mark)
        if before is not None and number - before <= _LONGEST_ITEM:
            items |= {lines[before], line}
        last[mark] = number
    return items


def _turns(lines: list[Line]) -> set[Line]:
    """Lines that start with a speaker's label; if none comes back, only those that do not go on a sentence."""
    labels = {line: label["label"] for line in lines if (label := find_label(line.text))}
    if len(set(labels.values())) < len(labels):
        return set(labels)
    return {following for line, following in pairwise(lines) if _SENTENCE_END.search(line.text)} & set(labels)


def _goes_on(line: Line, following: Line, *, width: int) -> bool:
    starts_lower = following.text[0].islower()
    if line.text.endswith((' "', "«", "“", "(")):
        return True
    if not _SENTENCE_END.search(line.text):
        return starts_lower or len(line.text) >= _FULL * width
    # what introduces a list or ends a paragraph leaves room on its line; here the next word would not have fitted
    full = len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) > width
    if line.text.endswith(":"):
        return full and (starts_lower or following.text[0] in _OPENING)
    if _UNSURE_END.search(line.text):
        return full or starts_lower
    return starts_lower and not line.text.endswith(";")


def _is_cut(line: str, following: str) -> bool:
    """Whether the line end stands inside a word, an inclusive form or an address."""
    if line[-1].isalnum() and following[0].isalnum():
        return False
    if is_cut_address(line, following):
        return True
    return not ends_in_address(line) and (is_cut_unit(line, following) or is_cut_word(line, following))


def _joint(line: str, following: str) -> str:
    glued = _HYPHEN.search(line) and following[0].isalnum() and not ends_in_address(line)
    return "" if glued else " "
