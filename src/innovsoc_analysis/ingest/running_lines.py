"""Running headers, footers and page numbers of a file: lines alike at the same height on several pages."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from innovsoc_analysis.ingest.page_lines import PageLine

Lines = dict[int, set[int]]

_NUMBER = re.compile(r"\d{1,4}")
# a chronology has a year at the top of each page
_YEARS = range(1800, 2100)
# « Le Val | 3 », « page 3 », « 3 / 12 »; « Entretien 3 » may be a heading
_SET_APART = re.compile(r"(?:.*[|–—·•/-]\s?|.*\bp(?:age|\.)? ?)#.*|#(?:\s?[|–—·•/-].*| ?(?:sur|de)\b.*)", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_LONGEST = 160
_SAME_HEIGHT = 3.0
# lines at the top, or at the foot, that may be running ones
_ROUNDS = 3
_SURE_PAGES = 3
_FEWEST_PAGES = 2
# titles of slides and of chapters are larger than the text, and a question or a label waits for its answer
_LARGEST = 1.05
_LARGEST_NUMBER = 1.3
_SMALLER = 0.94
_ASKS = ("?", ":")
_APART = 1.2
_WIDEST_PITCH = 2.0
_OUTER_ROW = 0.5
# a form says the same within its pages, too
_FORM = 3
_ON_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Group:
    """Lines alike on several pages.

    Attributes
    ----------
    lines : mapping of int to int
        Page ▶ line on it.
    top : bool
        Whether at the top of pages, or at their foot.
    numbered : bool
        Whether a number in them, set apart by a sign, goes up with the pages.
    worded : bool
        Whether there is more than a number.
    alike : bool
        Whether they are the same to the letter.
    """

    lines: Mapping[int, int]
    top: bool
    numbered: bool
    worded: bool
    alike: bool = False


def repeated_lines(pages: Sequence[Sequence[PageLine]]) -> list[Group]:
    """Return the outermost lines of pages that come back at the same height, up to a number that goes up.

    Parameters
    ----------
    pages : sequence of sequence of PageLine
        Of one file, in any order within a page.

    Examples
    --------
    >>> from innovsoc_analysis.ingest.page_lines import PageLine
    >>> def page(number):
    ...     return [PageLine(f"Le Val - {number}", 50, 90, 800, 10), PageLine(f"Texte {number * 7}", 50, 90, 760, 10)]
    >>> [(group.lines, group.top, group.numbered) for group in repeated_lines([page(1), page(2)])]
    [({0: 0, 1: 0}, True, True)]
    """
    found: list[Group] = []
    for top in (True, False):
        taken: Lines = defaultdict(set)
        for _ in range(_ROUNDS):
            groups = _alike(pages, {page: _outer(lines, taken[page], top=top) for page, lines in enumerate(pages)}, top)
            for group in groups:
                for page, line in group.lines.items():
                    taken[page].add(line)
            found += groups
            if not groups:
                break
    return found


def lone_numbers(lines: Sequence[PageLine]) -> set[int]:
    """Return the lowest line of a page if it is a number alone: of a page that stands alone, it may be its number.

    Parameters
    ----------
    lines : sequence of PageLine
        Of the page.
    """
    lowest = min(range(len(lines)), key=lambda number: lines[number].base, default=None)
    return set() if lowest is None or not _NUMBER.fullmatch(_plain(lines[lowest].text)) else {lowest}


def likely_groups(groups: Sequence[Group], pages: Sequence[Sequence[PageLine]], *, size: float) -> list[Group]:
    """Return those of `groups` that look like running lines.

    Numbers alone do. Words do if they are not larger than the text, ask nothing, stand nowhere within a page, and apart
    from the text. The pages of a form are left as they are.

    Parameters
    ----------
    groups : sequence of Group
        From :func:`repeated_lines`.
    pages : sequence of sequence of PageLine
        The same.
    size : float
        Of the text.
    """
    # pages of a few lines tell little
    pitch = min(_pitch(pages), _WIDEST_PITCH * size)
    standing = _standing(pages)
    likely: list[Group] = []
    taken: Lines = defaultdict(set)
    # from within outwards: a line that is taken leaves room around the next
    for group in reversed(groups):
        lines = {page: pages[page][line] for page, line in group.lines.items()}
        apart = sum(
            _is_apart(line, _without(pages[page], taken[page]), top=group.top, pitch=pitch, size=size)
            for page, line in lines.items()
        )
        words = {_plain(line.text) for line in lines.values()}
        within = any(
            number not in taken[page] and group.lines.get(page) != number
            for one in words
            for page, number in standing[one]
        )
        told = within or any(one.endswith(_ASKS) for one in words) or 2 * apart <= len(lines)
        large = any(line.size > (_LARGEST if group.worded else _LARGEST_NUMBER) * size for line in lines.values())
        if not large and not (group.worded and told):
            likely.append(group)
            for page, line in group.lines.items():
                taken[page].add(line)
    form = len(_fixed([_without(one, taken[page]) for page, one in enumerate(pages)])) >= _FORM
    return [group for group in reversed(likely) if not (group.worded and form)]


def sure_groups(
    groups: Sequence[Group], pages: Sequence[Sequence[PageLine]], *, rest: Sequence[Sequence[PageLine]]
) -> list[Group]:
    """Return those of `groups` that surely belong to the page and not to its text.

    Alike, they come back on three pages, those of odd and even pages taken together. With a number that goes up, it is
    set apart from the words. Otherwise they cut a sentence.

    Parameters
    ----------
    groups : sequence of Group
        From :func:`likely_groups`.
    pages : sequence of sequence of PageLine
        The same.
    rest : sequence of sequence of PageLine
        What is left of each page, in reading order, once they and footnotes are out.
    """
    cuts = {page for page, (one, other) in enumerate(pairwise(rest)) if _goes_on(one, other)}
    heights = [median(pages[page][line].base for page, line in group.lines.items()) for group in groups]
    alike = [(height, len(group.lines)) for group, height in zip(groups, heights, strict=True) if group.alike]
    sure = []
    for group, height in zip(groups, heights, strict=True):
        count = sum(n for other, n in alike if abs(other - height) <= _SAME_HEIGHT) if group.alike else 0
        cutting = any((page - 1 if group.top else page) in cuts for page in group.lines)
        if group.numbered or cutting or count >= _SURE_PAGES:
            sure.append(group)
    return sure


def lines_of_groups(groups: Sequence[Group]) -> Lines:
    """Return the lines of `groups`, page by page.

    Parameters
    ----------
    groups : sequence of Group
        Of one file.
    """
    lines: Lines = defaultdict(set)
    for group in groups:
        for page, line in group.lines.items():
            lines[page].add(line)
    return lines


def _standing(pages: Sequence[Sequence[PageLine]]) -> dict[str, list[tuple[int, int]]]:
    """Return the places of each line's words, the first page left out: the title may stand there as in the headers."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for number, line in enumerate(lines):
            if page:
                places[_plain(line.text)].append((page, number))
    return places


def _outer(lines: Sequence[PageLine], taken: Collection[int], *, top: bool) -> list[int]:
    """Return the lines of the outermost row that is not taken; none if nothing would be left."""
    left = [number for number in range(len(lines)) if number not in taken]
    if len(left) <= 1:
        return []
    sign = 1 if top else -1
    outermost = max(left, key=lambda number: sign * lines[number].base)
    edge, within = lines[outermost].base, _OUTER_ROW * lines[outermost].size
    row = [number for number in left if abs(lines[number].base - edge) <= within]
    return row if len(row) < len(left) else []


def _alike(pages: Sequence[Sequence[PageLine]], outer: Mapping[int, Sequence[int]], top: bool) -> list[Group]:  # noqa: FBT001
    same: dict[str, dict[int, int]] = defaultdict(dict)
    rising: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for page, row in outer.items():
        for number in row:
            text = _plain(pages[page][number].text)
            if len(text) > _LONGEST:
                continue
            for match in _NUMBER.finditer(text):
                if _is_at_edge(text, match) and int(match[0]) not in _YEARS:
                    key = f"{text[: match.start()]}#{text[match.end() :]}"
                    rising[key, int(match[0]) - page].setdefault(page, number)
            if _ROMAN.fullmatch(text):
                rising["#", _roman(text) - page].setdefault(page, number)
            if any(character.isalpha() for character in text):
                same[text].setdefault(page, number)
    groups: list[Group] = []
    done: set[tuple[int, int]] = set()
    found: list[tuple[str | None, dict[int, int]]] = [(key, lines) for (key, _), lines in rising.items()]
    for pattern, lines in [*found, *((None, lines) for lines in same.values())]:
        level = _level(pages, {page: line for page, line in lines.items() if (page, line) not in done})
        if len(level) >= _FEWEST_PAGES:
            worded = pattern is None or any(character.isalpha() for character in pattern)
            numbered = pattern is not None and (not worded or _SET_APART.fullmatch(pattern) is not None)
            groups.append(Group(level, top, numbered, worded, alike=pattern is None))
            done |= set(level.items())
    return groups


def _level(pages: Sequence[Sequence[PageLine]], lines: Mapping[int, int]) -> dict[int, int]:
    """Return the lines that stand at the height of most."""
    if len(lines) < _FEWEST_PAGES:
        return {}
    height = median(pages[page][line].base for page, line in lines.items())
    return {page: line for page, line in lines.items() if abs(pages[page][line].base - height) <= _SAME_HEIGHT}


def _is_at_edge(text: str, match: re.Match[str]) -> bool:
    """Whether a number starts or ends a line, but for a word of page or a total."""
    before, after = text[: match.start()], text[match.end() :]
    starts = re.fullmatch(r"(?:\W|[Pp](?:age)?)*", before)
    ends = re.fullmatch(r"\W*(?:(?:/|sur|de) ?\d{1,4})?\W*", after)
    return bool((starts and not after[:1].isalnum()) or (ends and not before[-1:].isalnum()))


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text.lower()]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _fixed(rest: Sequence[Sequence[PageLine]]) -> set[str]:
    """Return the lines within pages that come back at the same height on most pages."""
    seen: dict[tuple[str, int], int] = defaultdict(int)
    for lines in rest:
        for text in {(_plain(line.text), round(line.base / _SAME_HEIGHT)) for line in lines}:
            seen[text] += 1
    return {text for (text, _), count in seen.items() if count >= max(_FEWEST_PAGES, _ON_MOST * len(rest))}


def _pitch(pages: Sequence[Sequence[PageLine]]) -> float:
    """Return the usual distance from a line to the next."""
    steps = [
        one.base - other.base
        for lines in pages
        for one, other in pairwise(sorted(lines, key=lambda line: -line.base))
        if one.base - other.base > one.size / 2
    ]
    return median(steps) if steps else 0.0


def _is_apart(line: PageLine, rest: Sequence[PageLine], *, top: bool, pitch: float, size: float) -> bool:
    """Whether a line stands further from what is within the page than a line from the next.

    At the top, smaller type will do; at the foot, it may be that of a note.
    """
    steps = [line.base - one.base if top else one.base - line.base for one in rest]
    nearest = min((step for step in steps if step > 0), default=0.0)
    return nearest > _APART * pitch or (top and line.size < _SMALLER * size)


def _without(lines: Sequence[PageLine], numbers: Collection[int]) -> list[PageLine]:
    return [line for number, line in enumerate(lines) if number not in numbers]


def _goes_on(lines: Sequence[PageLine], following: Sequence[PageLine]) -> bool:
    """Whether a sentence goes on from one page to the next."""
    before, after = (lines[-1].text.strip() if lines else ""), (following[0].text.strip() if following else "")
    return bool(before and after) and before[-1] not in ".!?…:;»”)" and after[0].islower()


def _plain(text: str) -> str:
    return " ".join(text.split())
