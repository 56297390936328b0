"""Undo line breaks that come from a page's width, spurious blank lines included."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.text.transcripts import find_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.text.offsets import Edit

LOWER_CASE = "a-zà-öø-ÿœæ"
_LINE = re.compile(r"^[^\S\n]*\S[^\n]*", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…:;][\s»”\"')\]\d]*$")
_CUT = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_LOWER = re.compile(f"[{LOWER_CASE}]")
_BULLET = re.compile(r"(?:[-–—•·▪◦*]|\(?\d{1,2}[.)]|[a-z]\))\s")
_WIDEST_PAGE = 160
_FULL = 0.72
_FULL_SHARE = 0.4
_FEWEST_LINES = 3
_LOWER_SHARE = 0.25
_LONGEST_ITEM = 6


class _Line(NamedTuple):
    start: int
    end: int
    text: str


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
    lines = [_stripped(match) for match in _LINE.finditer(text)]
    width = _page_width(lines)
    if width is None or not _reads_on(lines):
        return
    spaced = _blank_lines_are_meant(text, lines)
    items = _list_items(lines)
    for line, following in pairwise(lines):
        blank_between = text.count("\n", line.end, following.start) > 1
        starts_anew = (blank_between and spaced) or following in items or find_label(following.text)
        if not starts_anew and _goes_on(line, following, width=width):
            yield line.end, following.start, _joint(line, following)


def _stripped(match: re.Match[str]) -> _Line:
    raw = match[0]
    start = match.start() + len(raw) - len(raw.lstrip())
    stripped = raw.strip()
    return _Line(start, start + len(stripped), stripped)


def _page_width(lines: list[_Line]) -> int | None:
    if len(lines) < _FEWEST_LINES:
        return None
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    full = sum(length >= _FULL * width for length in lengths)
    return width if lengths[-1] <= _WIDEST_PAGE and full >= _FULL_SHARE * len(lines) else None


def _blank_lines_are_meant(text: str, lines: list[_Line]) -> bool:
    """Whether blank lines separate paragraphs: they are rarer than simple breaks."""
    breaks = [text.count("\n", line.end, following.start) for line, following in pairwise(lines)]
    return sum(count > 1 for count in breaks) * 2 < len(breaks)


def _reads_on(lines: list[_Line]) -> bool:
    """Whether enough of the lines that end no sentence are followed by one in lower case."""
    following = [after.text for line, after in pairwise(lines) if not _SENTENCE_END.search(line.text)]
    return _LOWER_SHARE * len(following) <= sum(text[0].islower() for text in following)


def _list_items(lines: list[_Line]) -> set[_Line]:
    """Lines that start with the same mark as one nearby: a lone dash may be of the sentence, two make a list."""
    last: dict[str, int] = {}
    items: set[_Line] = set()
    for number, line in enumerate(lines):
        bullet = _BULLET.match(line.text)
        if not bullet:
            continue
        mark = re.sub(r"\w+", "1", bullet[0].strip())
        before = last.get(mark)
        if before is not None and number - before <= _LONGEST_ITEM:
            items |= {lines[before], line}
        last[mark] = number
    return items


def _goes_on(line: _Line, following: _Line, *, width: int) -> bool:
    ends = _SENTENCE_END.search(line.text) is not None
    starts_lower = following.text[0].islower()
    if ends:
        return starts_lower and not line.text.endswith((":", ";"))
    return starts_lower or len(line.text) >= _FULL * width


def _joint(line: _Line, following: _Line) -> str:
    """Return what joins two lines; a cut word keeps its break, by which the next rule knows it."""
    if not _CUT.search(line.text):
        return " "
    return "\n" if _LOWER.match(following.text) else ""
