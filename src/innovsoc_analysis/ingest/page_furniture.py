"""What belongs to the pages of a file and not to its text: running lines go, footnotes are set apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.page_lines import HYPHEN_AND_BREAK
from innovsoc_analysis.ingest.page_notes import Notes, notes_of, starts_note
from innovsoc_analysis.ingest.running_lines import (
    Group,
    Lines,
    likely_groups,
    lines_of_groups,
    lone_numbers,
    repeated_lines,
    sure_groups,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from innovsoc_analysis.ingest.page_lines import PageLine

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was found on the pages of a file.

    Attributes
    ----------
    texts : dict of int to str
        Page ▶ what is left of its text; pages on which nothing was found are left out.
    notes : dict of int to Notes
        Page ▶ its footnotes.
    running : tuple of int
        Pages without a header or a footer that they had; page numbers are not told.
    """

    texts: dict[int, str]
    notes: dict[int, Notes]
    running: tuple[int, ...]


def set_apart(pages: Sequence[Sequence[PageLine]]) -> Furniture:
    """Return the texts of pages without their running lines and footnotes.

    A header at the top of the first page stays: it may be the title, and cuts no sentence.

    Parameters
    ----------
    pages : sequence of sequence of PageLine
        Of one file, each in reading order; pages are counted from 0.

    Examples
    --------
    >>> from innovsoc_analysis.ingest.page_lines import PageLine
    >>> def page(number, text):
    ...     return [PageLine(text, 50, 400, 700, 12), PageLine(f"- {number} -", 200, 220, 30, 12)]
    >>> set_apart([page(1, "Un jardin se"), page(2, "cultive.")]).texts
    {0: 'Un jardin se', 1: 'cultive.'}
    """
    size = _size_of_text(pages)
    groups = [one for one in likely_groups(repeated_lines(pages), pages, size=size) if not _of_notes(one, pages)]
    edges = lines_of_groups(groups)
    notes: dict[int, Notes] = {}
    before = ""
    for page, lines in enumerate(pages):
        found = notes_of(lines, size=size, apart=edges[page] | lone_numbers(lines), before=before)
        before = found.text
        if found.lines:
            notes[page] = found
    taken = {page: edges[page] | notes.get(page, Notes()).lines for page in range(len(pages))}
    rest = [[line for n, line in enumerate(lines) if n not in taken[page]] for page, lines in enumerate(pages)]
    dropped: Lines = defaultdict(set)
    running = set()
    for group in sure_groups(groups, pages, rest=rest):
        for page, line in group.lines.items():
            if group.worded and group.top and page == 0:
                continue
            dropped[page].add(line)
            if group.worded:
                running.add(page)
    touched = sorted({*notes, *dropped})
    texts = {page: _left(pages[page], notes.get(page, Notes()), dropped[page]) for page in touched}
    return Furniture(texts, notes, tuple(sorted(running)))


def _size_of_text(pages: Sequence[Sequence[PageLine]]) -> float:
    """Return the size in which most characters are set, to half a point."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(2 * line.size) / 2] += len(line.text)
    return max(sizes, key=lambda one: (sizes[one], one), default=0.0)


def _of_notes(group: Group, pages: Sequence[Sequence[PageLine]]) -> bool:
    """Whether lines alike at the foot of pages are notes: « 1 Ibid. » where notes are numbered anew on each page."""
    called = sum(starts_note(pages[page], line) for page, line in group.lines.items())
    return not group.top and group.worded and 2 * called > len(group.lines)


def _left(lines: Sequence[PageLine], notes: Notes, dropped: set[int]) -> str:
    """Return the text of a page without what is dropped and its notes, their marks raised."""
    without = notes.lines | dropped
    kept = [_with_raised(line, notes.marks) for number, line in enumerate(lines) if number not in without]
    # the sign for a hyphen stands for the break after it, too
    return "".join(text if text.endswith(HYPHEN_AND_BREAK) else f"{text}\n" for text in kept).removesuffix("\n")


def _with_raised(line: PageLine, marks: Collection[str]) -> str:
    """Return the text of a line in which the numbers of notes are raised, as in print: « 2020¹ », not « 20201 »."""
    text = line.text
    for place, mark in reversed(line.calls):
        if mark.isdecimal() and mark in marks:
            text = f"{text[:place].rstrip()}{mark.translate(_RAISED)}{text[place + len(mark) :]}"
    return text
