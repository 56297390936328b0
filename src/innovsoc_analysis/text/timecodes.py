"""Time codes that transcription programs leave in a text: ``[00:12:31]``, ``#00:05:21-3#``, ``(12:31)``."""

from __future__ import annotations

import re
from typing import NamedTuple

BLANK = "[ \t\u00a0\u202f]"
_TIME = r"\d{1,3}(?::[0-5]\d){1,2}(?:[.,]\d{1,3}|-\d(?=#))?"
_PRIME = r"\d{1,3}['’][0-5]\d(?:''|[\"”″’])?(?=[\])])"
_RANGE = rf"(?:{BLANK}{{0,2}}(?:-->|[-–—→]){BLANK}{{0,2}}{_TIME})?"
TIME_CODE = rf"(?:[\[({{<#](?:{_TIME}{_RANGE}|{_PRIME})[\])}}>#]|{_TIME}{_RANGE}(?![\w:]))"
"""Pattern, without groups, of what looks like a time code."""

_CODE = re.compile(rf"(?<![\w:.,#]){TIME_CODE}")
_NUMBERS = re.compile(r"(?:(\d+):)?(\d+)[:'’](\d\d)(?:[.,-](\d{1,3}))?")
_MARKS = "[*_]{0,2}"
_LABEL_BEFORE = re.compile(rf"{_MARKS}\[?[^\W\d_][^:\n\]]*\]?{_MARKS}{BLANK}?\Z")
_NAME_BEFORE = re.compile(rf"{_MARKS}(?:(?:[A-ZÀ-ÖØ-Þ][^\s:]*|\d{{1,2}}){BLANK}{{1,2}}){{1,5}}\Z")
_COLON_BEFORE = re.compile(rf"{_MARKS}[^\W\d_][^:\n]*:{_MARKS}{BLANK}\Z")
_COLON_AFTER = re.compile(rf"{BLANK}{{0,2}}[*_]{{0,2}}:{BLANK}")
_LINE_END = re.compile(rf"{BLANK}{{0,3}}(?:\n|\Z)")
_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">", "#": "#"}
_LONGEST_LABEL = 60
_ROUND_MINUTES = 5
_SECONDS = 60


class TimeCode(NamedTuple):
    """A time code ``text[start:end]``, brackets included, and the time it says, in seconds.

    Of an interval (``[00:10 - 00:14]``), `seconds` is the beginning.
    """

    start: int
    end: int
    seconds: float


class _Found(NamedTuple):
    code: TimeCode
    doubtful: bool
    minutes: int


def find_time_codes(text: str) -> list[TimeCode]:
    """Return the time codes of a transcript, in order.

    In square brackets or between hashes, a code counts wherever it stands. Others count only
    at the edge of a line or beside a speaker's label, where no duration and no hour of the day
    is expected; and if all those of two numbers are round (``9:30``, ``14:05``) and none starts
    with zero, they are the hours of a programme.

    Parameters
    ----------
    text : str
        The text, of which one line is one paragraph.

    Returns
    -------
    list of TimeCode
        Half-open spans of code points, in order.

    Examples
    --------
    >>> [code.seconds for code in find_time_codes("[00:12:31] Oui. #00:12:40-5#")]
    [751.0, 760.5]
    >>> find_time_codes("La séance de 14:30 dure 1:15:00.")
    []
    """
    found = [one for match in _CODE.finditer(text) if (one := _read(text, match))]
    doubtful = [one for one in found if one.doubtful]
    hours_of_a_day = all(one.minutes and not one.code.seconds % _ROUND_MINUTES for one in doubtful)
    return [one.code for one in found if not (one.doubtful and hours_of_a_day)]


def _read(text: str, match: re.Match[str]) -> _Found | None:
    opening, closing = match[0][0], match[0][-1]
    bracketed = opening in _PAIRS
    if bracketed and closing != _PAIRS[opening]:
        return None
    numbers = _NUMBERS.search(match[0])
    if numbers is None:
        return None
    hours, minutes, seconds, fraction = numbers.groups()
    if hours is not None and int(minutes) >= _SECONDS:
        return None
    sure = opening in "[#"
    if not sure and not _at_an_edge(text, match):
        return None
    total = int(hours or 0) * _SECONDS**2 + int(minutes) * _SECONDS + int(seconds)
    code = TimeCode(match.start(), match.end(), total + (float(f"0.{fraction}") if fraction else 0.0))
    return _Found(code, doubtful=not sure and hours is None, minutes=int(minutes))


def _at_an_edge(text: str, match: re.Match[str]) -> bool:
    """Whether the code starts or ends its line or stands beside a label."""
    bracketed = match[0][0] in _PAIRS
    ends_line = _LINE_END.match(text, match.end()) is not None
    earliest = max(0, match.start() - _LONGEST_LABEL)
    line_start = text.rfind("\n", earliest, match.start()) + 1
    if ends_line and bracketed and match[0].count(":") > 1:
        return True
    if line_start == 0 and earliest > 0:
        return False
    before = text[line_start : match.start()]
    if not before.strip():
        return True
    if ends_line:
        return _NAME_BEFORE.match(before) is not None
    if _LABEL_BEFORE.match(before):
        return _COLON_AFTER.match(text, match.end()) is not None
    return bracketed and _COLON_BEFORE.match(before) is not None
