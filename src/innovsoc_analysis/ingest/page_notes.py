"""Footnotes of a page: smaller type at its foot, each with a mark that the text above calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.page_lines import HYPHEN_AND_BREAK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from innovsoc_analysis.ingest.page_lines import PageLine

# notes are set one size smaller at least: 10 for 11, 9 for 10
_SMALLER = 0.94
_MARK = re.compile(r"\s*(?P<mark>\d{1,3}|\(\d{1,3}\)|\[\d{1,3}\]|[*†‡§]{1,3})[.)]?(?=\s|[^\W\d_]|[«“\"(])")
_RAISED_MARK = re.compile(r"\d{1,3}|[*†‡§]{1,3}|[a-z]")
_OPENING = frozenset('«“"(')
_APART = 1.3
_CAPITALS = "A-ZÀ-ÖØ-Þ"
# an address or a number of a page ends a note without a full stop
_UNFINISHED = re.compile(rf"(?:^|\s)[^\s:/@.]*[^\W\d_{_CAPITALS}][,;{HYPHEN_AND_BREAK}-]?\s*\Z")


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a page.

    Attributes
    ----------
    lines : frozenset of int
        Lines of the page that are theirs.
    text : str
        One paragraph each, with a blank line between them.
    marks : frozenset of str
        That they start with.
    goes_on : bool
        Whether the first lines go on with the last note of the page before.
    """

    lines: frozenset[int] = frozenset()
    text: str = ""
    marks: frozenset[str] = frozenset()
    goes_on: bool = False


def notes_of(lines: Sequence[PageLine], *, size: float, apart: Collection[int] = (), before: str = "") -> Notes:
    """Return the footnotes of a page; none where in doubt.

    They are lines in smaller type below which, in their column, is nothing of the size of the text. The first has a
    mark that the text above calls: raised after a word, or in brackets. What the cells of a table call is its own
    matter. Lines before the first mark go on with the last note of the page before, if that one is unfinished.

    Parameters
    ----------
    lines : sequence of PageLine
        Of the page, in reading order.
    size : float
        Of the text.
    apart : collection of int
        Headers, footers and page numbers.
    before : str
        Notes of the page before.

    Examples
    --------
    >>> from innovsoc_analysis.ingest.page_lines import PageLine
    >>> text = PageLine("Un jardin1 et", 50, 300, 100, 12, calls=((9, "1"),))
    >>> notes_of([text, PageLine("1Voir le plan.", 50, 300, 60, 10, lead="1")], size=12)
    Notes(lines=frozenset({1}), text='1 Voir le plan.', marks=frozenset({'1'}), goes_on=False)
    """
    small = [number for number in range(len(lines)) if number not in apart and _is_low(number, lines, size, apart)]
    if not any(number not in small and number not in apart for number in range(len(lines))):
        return Notes()  # a page in small type is no page of notes
    found: list[tuple[int, str]] = []
    unfinished = bool(_UNFINISHED.search(before))
    for run in _runs(small):
        starts = _starts(lines, run, above=_above(lines, run, size=size, apart=apart))
        first = min(starts, default=None)
        # lines before the first mark go on with a note, of the page or the column before, that is not at its end
        if unfinished and run[0] not in starts and (starts or _stands_off(lines, run, size=size)):
            first = run[0]
        if first is not None:
            found += [(number, starts.get(number, "")) for number in run if number >= first]
            unfinished = bool(_UNFINISHED.search(lines[run[-1]].text))
    return Notes(
        frozenset(number for number, _ in found),
        _joined([(lines[number].text.strip(), mark) for number, mark in found]),
        frozenset(mark for _, mark in found if mark),
        goes_on=bool(found) and not found[0][1],
    )


def starts_note(lines: Sequence[PageLine], number: int) -> bool:
    """Return whether a line of a page starts with a mark that a line above it calls.

    Parameters
    ----------
    lines : sequence of PageLine
        Of the page.
    number : int
        Which line.
    """
    mark = _mark_of(lines[number])
    return bool(mark) and _is_called(mark, [line for line in lines if line.base > lines[number].base])


def _starts(lines: Sequence[PageLine], run: Sequence[int], *, above: Sequence[PageLine]) -> dict[int, str]:
    """Return the lines of a run that start a note, with their marks: one that is called, or the next number."""
    starts: dict[int, str] = {}
    last = ""
    for number in run:
        mark = _mark_of(lines[number])
        if mark and (_is_next(last, mark) or _is_called(mark, above)):
            starts[number] = last = mark
    return starts


def _joined(lines: Sequence[tuple[str, str]]) -> str:
    text = ""
    for line, mark in lines:
        rest = line[len(mark) :]
        glued = mark and (rest[:1].isalpha() or rest[:1] in _OPENING)
        # the sign for a hyphen stands for the break after it, too
        gap = "\n\n" if mark else "" if text.endswith(HYPHEN_AND_BREAK) else "\n"
        text += f"{gap if text else ''}{f'{mark} {rest}' if glued else line}"
    return text


def _is_low(number: int, lines: Sequence[PageLine], size: float, apart: Collection[int]) -> bool:
    """Whether a line is small and nothing of the size of the text stands below it."""
    line = lines[number]
    if line.size > _SMALLER * size:
        return False
    return not any(
        other.base < line.base
        and other.size > _SMALLER * size
        and min(line.right, other.right) > max(line.left, other.left)
        for place, other in enumerate(lines)
        if place not in apart
    )


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _above(lines: Sequence[PageLine], run: Sequence[int], *, size: float, apart: Collection[int]) -> list[PageLine]:
    return [
        line
        for number, line in enumerate(lines)
        if number not in apart and number not in run and (line.size > _SMALLER * size or number < run[0])
    ]


def _mark_of(line: PageLine) -> str:
    if _RAISED_MARK.fullmatch(line.lead):
        return line.lead
    match = _MARK.match(line.text)
    return match["mark"] if match else ""


def _is_next(last: str, mark: str) -> bool:
    bare, before = mark.strip("()[]"), last.strip("()[]")
    return bare.isdecimal() and before.isdecimal() and int(bare) == int(before) + 1


def _is_called(mark: str, above: Sequence[PageLine]) -> bool:
    if any(call in {mark, mark.strip("()[]")} for line in above for _, call in line.calls):
        return True
    if not mark[0].isdecimal() and not mark.isalpha():
        called = re.compile(rf"(?<=\S) ?{re.escape(mark)}(?![\w*†‡§])")
        return any(called.search(line.text.strip(), 1) for line in above)
    return False


def _stands_off(lines: Sequence[PageLine], run: Sequence[int], *, size: float) -> bool:
    """Whether a run stands further below what is before it than one line below another."""
    return run[0] > 0 and lines[run[0] - 1].base - lines[run[0]].base > _APART * size
