"""Undo line breaks that come from a page's width, spurious blank lines included."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.text.offsets import Edit

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile(r"[.!?…:;][\s»”\"')\]\d]*$")
_BULLET = re.compile(r"(?:[-–—•·▪◦*]|\(?\d{1,2}[.)]|[a-z]\))\s")
_WIDEST_PAGE = 160
_FULL = 0.72
_FULL_SHARE = 0.4
_FEWEST_LINES = 3


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def unwrap_edits(text: str) -> Iterator[Edit]:
    """Yield the edits that join lines broken by a page's width.

    A text counts as wrapped when its lines are at most 160 characters wide and two fifths of
    them are nearly full. Then a line goes on in the next one if it does not end a sentence
    and is nearly full, or if the next one starts in lower case. Blank lines between the two
    separate paragraphs, unless most lines are followed by one: extraction from a PDF often
    doubles every line break.

    Examples
    --------
    >>> list(unwrap_edits("court"))
    []
    """
    lines = [_stripped(match) for match in _LINE.finditer(text)]
    width = _page_width(lines)
    if width is None:
        return
    spaced = _blank_lines_are_meant(text, lines)
    for line, following in pairwise(lines):
        blank_between = text.count("\n", line.end, following.start) > 1
        if _goes_on(line, following, width=width, new_paragraph=blank_between and spaced):
            yield line.end, following.start, " "


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


def _goes_on(line: _Line, following: _Line, *, width: int, new_paragraph: bool) -> bool:
    if new_paragraph:
        return False
    ends = _SENTENCE_END.search(line.text) is not None
    full = len(line.text) >= _FULL * width
    if _BULLET.match(following.text) and (ends or not full or line.text.endswith(",")):
        return False
    starts_lower = following.text[0].islower()
    if ends:
        return starts_lower and not line.text.endswith((":", ";"))
    return full or starts_lower
