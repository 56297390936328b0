"""Page numbers and running headers and footers: what belongs to the page and not to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.text.bullets import starts_with_glyph
from innovsoc_analysis.text.lines import Line, find_lines, goes_on_in
from innovsoc_analysis.text.transcripts import find_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from innovsoc_analysis.text.offsets import Edit

_TOTAL = re.compile(r"(?P<word>page |p\. ?)?(?P<number>\d{1,4}) ?(?:/|sur|de) ?(?P<total>\d{1,4})", re.IGNORECASE)
_DRESSED = re.compile(r"(?P<dash>[-–—~]) ?\d{1,4} ?(?P=dash)|(?:page|p\.) ?\d{1,4}", re.IGNORECASE)
_BARE = re.compile(r"\d{1,4}")
_LONGEST_NUMBER = 20
_NEAR_EDGE = 2

_MARK = r"(?:page ?|p\. ?)?(?P<number>\d{1,4})"
_APART = r"(?:\s?[|–—·•/-]\s?|\s{2,}|\s(?=p))"
_NUMBER_FIRST = re.compile(rf"{_MARK}{_APART}(?P<rest>\S.*)", re.IGNORECASE)
_NUMBER_LAST = re.compile(rf"(?P<rest>.*\S){_APART}{_MARK}", re.IGNORECASE)
_LONGEST_HEADER = 100
_HEADER_END = (".", "!", "?", "…", ":", ";", ",", "»", "”")
_SURE_PAGES = 3
_ROUNDS = 2


class _Pages(NamedTuple):
    """Lines of a text, and which of them stand on each page."""

    lines: list[Line]
    numbers: list[range]


def mark_page_starts(text: str, page_starts: Collection[int]) -> str:
    r"""Return `text` with a page break, one character for one, in place of the line break before each page.

    Examples
    --------
    >>> mark_page_starts("un\ndeux", [0, 3])
    'un\x0cdeux'
    """
    breaks = sorted(start - 1 for start in page_starts if 0 < start <= len(text) and text[start - 1] == "\n")
    pieces: list[str] = []
    position = 0
    for place in dict.fromkeys(breaks):
        pieces += (text[position:place], "\f")
        position = place + 1
    return "".join((*pieces, text[position:]))


def page_number_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that drop page numbers standing alone on a line.

    At the edge of a page, ``- 3 -``, ``Page 3`` and ``3 / 12`` are dropped, and bare numbers
    if they go up with the pages. Elsewhere, or where no pages are known, only ``Page 3 sur
    12``, a whole row ``1 / 2`` … ``2 / 2``, and what cuts a sentence in two as ``- 3 -`` does.

    Examples
    --------
    >>> list(page_number_edits("La fin\n- 1 -\f- 2 -\nLe début"))
    [(6, 12, ''), (13, 19, '')]
    """
    pages = _split(text)
    candidates = [n for n, line in enumerate(pages.lines) if len(line.text) <= _LONGEST_NUMBER]
    edges = _edges(pages)
    dropped = _rows(pages, candidates) | _rising(pages, edges)
    for n in candidates:
        total = _TOTAL.fullmatch(pages.lines[n].text)
        if total:
            sure = bool(total["word"] or n in edges) and int(total["number"]) <= int(total["total"])
        else:
            sure = bool(_DRESSED.fullmatch(pages.lines[n].text)) and (n in edges or _interrupts(pages.lines, {n}, n))
        if sure:
            dropped.add(n)
    return _drops(text, pages.lines, dropped)


def running_line_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that drop headers and footers that come back from page to page.

    A running line is short, starts with no small letter and no bullet, ends no sentence, is no
    speaker's label, and stands outermost on several pages, alike up to a page number beside
    it, and nowhere else but on the first page. Three pages are proof enough; two are if it
    cuts a sentence in two on one of them. At the top of the first page it stays: it may be the title.

    Examples
    --------
    >>> text = "Le Val\nOn y sème, on y\fLe Val\nrécolte aussi."
    >>> list(running_line_edits(text))
    [(22, 30, '\x0c')]
    """
    pages = _split(text)
    if len(pages.numbers) <= 1:
        return iter(())
    inner = _inner_texts(pages)
    found: set[int] = set()
    groups: list[set[int]] = []
    titles: set[int] = set()
    for top in (True, False):
        for _ in range(_ROUNDS):
            outer = _outermost(pages, found, top=top)
            repeated = _repeated(pages, {page: n for page, n in outer.items() if pages.lines[n].text not in inner})
            groups += repeated
            found = found.union(*repeated)
            if top and 0 in outer:
                titles.add(outer[0])
    sure = (
        group for group in groups if len(group) >= _SURE_PAGES or any(_interrupts(pages.lines, found, n) for n in group)
    )
    return _drops(text, pages.lines, set().union(*sure) - titles)


def page_turn_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that drop blank lines around the end of a page on which a sentence does not end.

    Examples
    --------
    >>> list(page_turn_edits("on y sème,\n\n\f\non y récolte"))
    [(10, 14, '\x0c')]
    """
    lines = find_lines(text)
    ends = [line.end for line in lines]
    for match in re.finditer(r"\f", text):
        after = bisect_right(ends, match.start())
        if 0 < after < len(lines):
            line, following = lines[after - 1], lines[after]
            whole = text[line.end : following.start] == "\f"
            if not whole and text.count("\f", line.end, following.start) == 1 and goes_on_in(line.text, following.text):
                yield line.end, following.start, "\f"


def _split(text: str) -> _Pages:
    lines = find_lines(text)
    starts = [line.start for line in lines]
    breaks = [-1, *(match.start() for match in re.finditer(r"\f", text)), len(text)]
    bounds = [bisect_right(starts, place) for place in breaks]
    numbers = [range(first, last) for first, last in pairwise(bounds)]
    return _Pages(lines, numbers)


def _edges(pages: _Pages) -> dict[int, int]:
    """Lines near an edge, with their page; a text without page breaks has no edges."""
    if len(pages.numbers) <= 1:
        return {}
    return {
        line: page for page, lines in enumerate(pages.numbers) for line in (*lines[:_NEAR_EDGE], *lines[-_NEAR_EDGE:])
    }


def _rows(pages: _Pages, candidates: list[int]) -> set[int]:
    """Lines ``1 / 3``, ``2 / 3``, ``3 / 3``: all of them, in order."""
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n in candidates:
        total = _TOTAL.fullmatch(pages.lines[n].text)
        if total:
            rows[int(total["total"])].append((int(total["number"]), n))
    whole = [row for count, row in rows.items() if count > 1 and [one for one, _ in row] == [*range(1, count + 1)]]
    return {n for row in whole for _, n in row}


def _rising(pages: _Pages, edges: dict[int, int]) -> set[int]:
    """Bare numbers that go up by one from page to page."""
    groups: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, page in edges.items():
        text = pages.lines[n].text
        if len(text) <= _LONGEST_NUMBER and _BARE.fullmatch(text):
            groups[int(text) - page][page].append(n)
    return {n for group in groups.values() if len(group) > 1 for lines in group.values() for n in lines}


def _inner_texts(pages: _Pages) -> set[str]:
    """Texts of the lines that stand within a page, the first one left out: a refrain, a heading, a label."""
    depth = _ROUNDS + 1
    return {pages.lines[n].text for page in pages.numbers[1:] for n in page[depth:-depth]}


def _outermost(pages: _Pages, found: set[int], *, top: bool) -> dict[int, int]:
    """Return the first or the last line of each page that is not found yet; no page is left without any."""
    outer = {}
    for page, lines in enumerate(pages.numbers):
        left = [n for n in lines if n not in found]
        if len(left) > 1:
            outer[page] = left[0 if top else -1]
    return outer


def _repeated(pages: _Pages, outer: dict[int, int]) -> list[set[int]]:
    """Return groups of lines that are alike, or that are up to a number which goes up with the pages."""
    alike: dict[str, set[int]] = defaultdict(set)
    numbered: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, n in outer.items():
        text = pages.lines[n].text
        if not _may_run(text):
            continue
        alike[text].add(n)
        match = _NUMBER_LAST.fullmatch(text) or _NUMBER_FIRST.fullmatch(text)
        if match:
            numbered[match["rest"], int(match["number"]) - page].add(n)
    return [group for group in (*alike.values(), *numbered.values()) if len(group) > 1]


def _may_run(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADER
        and not text[0].islower()
        and not text.endswith(_HEADER_END)
        and not starts_with_glyph(text)
        and find_label(text) is None
        and any(character.isalpha() for character in text)
    )


def _interrupts(lines: list[Line], dropped: set[int], n: int) -> bool:
    """Whether a sentence goes on from the line before `n` to the one after it, what is dropped left out."""
    before, after = n - 1, n + 1
    while before in dropped:
        before -= 1
    while after in dropped:
        after += 1
    return before >= 0 and after < len(lines) and goes_on_in(lines[before].text, lines[after].text)


def _drops(text: str, lines: list[Line], dropped: set[int]) -> Iterator[Edit]:
    """Yield the edits that drop whole lines; a sentence that they cut goes on after one line break."""
    done = 0
    for run in _runs(dropped):
        before = lines[run[0] - 1] if run[0] else None
        after = lines[run[-1] + 1] if run[-1] + 1 < len(lines) else None
        if before and after and goes_on_in(before.text, after.text):
            gap = text[before.end : after.start]
            yield before.end, after.start, "\f" if "\f" in gap else "\n"
            done = after.start
            continue
        for n in run:
            start, done = _whole_line(text, lines[n], after=done)
            yield start, done, ""


def _runs(numbers: set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _whole_line(text: str, line: Line, *, after: int) -> tuple[int, int]:
    """Return the span of `line` with its blank edges and one of the line breaks at its ends."""
    start = max(after, text.rfind("\n", after, line.start) + 1, text.rfind("\f", after, line.start) + 1)
    end = line.end
    while end < len(text) and text[end] not in "\n\f":
        end += 1
    if text[end : end + 1] == "\n":
        return start, end + 1
    return start - (start > after and text[start - 1] == "\n"), end
