"""The lines of a PDF page with what the layout tells of them: place, size of type, raised marks."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# what PDFium gives for a hyphen at the end of a line and the break after it
HYPHEN_AND_BREAK = "\x02"
_LINE = re.compile(rf"[^\r\n{HYPHEN_AND_BREAK}]*{HYPHEN_AND_BREAK}|[^\r\n{HYPHEN_AND_BREAK}]+")
_BEYOND = 0x10000
_OTHER_HYPHEN = "\ufffe"
# a page of text has fewer
_MOST_LINES = 500
# characters of a line whose size is looked at
_SAMPLE = 5
# a raised mark is set in smaller type; with less than this, two sizes differ by a rounding
_RAISED = 0.85
# a number, a sign, the letter at the end of a word or at the start of a line
_MAY_MARK = re.compile(r"\d|[*†‡§]|^[^\W\d_]|[^\W\d_](?![^\W_])")
# a gap of so many sizes of type parts the cells of a table
_CELLS_APART = 1.8


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of an upright page.

    Attributes
    ----------
    text : str
        Its characters; it may end in PDFium's sign for a hyphen.
    left, right, base : float
        Where it starts and ends, and the height of its base line from the foot of the page, in points.
    size : float
        Size of most of its characters, in points.
    lead : str
        Mark in raised type at its start.
    calls : tuple of (int, str)
        Marks in raised type after its words, with their place in the text; none in the row of a table.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    lead: str = ""
    calls: tuple[tuple[int, str], ...] = ()


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a page's text that are not blank, a hyphen at the end of one left with it.

    Parameters
    ----------
    text : str
        As PDFium gives it.

    Examples
    --------
    >>> split_lines("Une inno\x02vation\r\n \r\nsociale")
    ['Une inno\x02', 'vation', 'sociale']
    """
    return [line for line in _LINE.findall(text) if line.strip()]


def numbers_of(text: str, characters: str) -> list[int] | None:
    r"""Return which of the page's characters each one of `text` is, spaces left out; ``None`` if one is not found.

    Parameters
    ----------
    text : str
        In the order of the file.
    characters : str
        All of the page, by number; some may be missing from the text, and one of two halves is one for PDFium.

    Examples
    --------
    >>> numbers_of("a b", "ax b"), numbers_of("🏡a", "\ud83c\udfe1a"), numbers_of("é", "a")
    ([0, 3], [0, 2], None)
    """
    told = [number for number, character in enumerate(characters) if not character.isspace()]
    bare = "".join(text.split())
    if len(told) == len(bare) and "".join([characters[number] for number in told]) == bare:
        return told
    numbers, place = [], 0
    for character in bare:
        # what stands beyond the first 65,536 characters may be two for PDFium
        half = chr(0xD800 + ((ord(character) - _BEYOND) >> 10)) if ord(character) >= _BEYOND else character
        while place < len(characters) and characters[place] not in {character, half}:
            place += 1
        if place == len(characters):
            return None
        numbers.append(place)
        place += 1
    return numbers


def measured_lines(text_page: Any, text: str, numbers: Sequence[int] | None = None) -> list[PageLine] | None:
    """Return the lines of `text` with their layout, or ``None`` if they are not found on the page or too many.

    Parameters
    ----------
    text_page : pypdfium2.PdfTextPage
        An upright page.
    text : str
        Its text, in reading order.
    numbers : sequence of int, optional
        Which of the page's characters those of the text are, spaces left out; by default in the order of the file.
    """
    lines = split_lines(text)
    if len(lines) > _MOST_LINES:
        return None
    type_ = _Type(text_page)
    if numbers is None:
        numbers = numbers_of(text, type_.characters())
    ends = list(accumulate(len("".join(line.split())) for line in lines))
    if numbers is None or (ends[-1] if ends else 0) != len(numbers):
        return None
    spans = [numbers[start:end] for start, end in pairwise([0, *ends])]
    found = [type_.line(line, span) for line, span in zip(lines, spans, strict=True)]
    # the letters of notes are rare, and any letter may be one: looked for where a line starts with one
    letters = {line.lead for line in found if len(line.lead) == 1 and line.lead.isalpha()}
    if letters:
        found = [type_.line(line, span, letters=letters) for line, span in zip(lines, spans, strict=True)]
    return found


class _Type:
    """The characters of a page, by number: their size and place."""

    def __init__(self, text_page: Any) -> None:
        from pypdfium2 import raw

        self._page, self._raw = text_page, raw
        self._matrix, self._box = raw.FS_MATRIX(), raw.FS_RECTF()

    def characters(self) -> str:
        """Return all of them; PDFium has two signs for a hyphen at the end of a line."""
        count = self._page.count_chars()
        characters: str = self._page.get_text_range()
        if len(characters) != count:
            characters = "".join(chr(self._raw.FPDFText_GetUnicode(self._page, number)) for number in range(count))
        return characters.replace(_OTHER_HYPHEN, HYPHEN_AND_BREAK)

    def line(self, text: str, numbers: Sequence[int], *, letters: Collection[str] = ()) -> PageLine:
        """Return a line with its layout; `letters` may be marks, too."""
        sample = numbers[:: math.ceil(len(numbers) / _SAMPLE)]
        sizes = {number: self._size(number) for number in sample}
        typical = sorted(sample, key=lambda number: sizes[number])[len(sample) // 2]
        size = sizes[typical]
        lead, calls = self._marks(text, numbers, size=size, letters=letters)
        sides = [self._sides(number) for number in (numbers if calls else (numbers[0], numbers[-1]))]
        if calls and any(after[0] - before[1] > _CELLS_APART * size for before, after in pairwise(sides)):
            calls = ()
        return PageLine(text, sides[0][0], sides[-1][1], self._base(typical), size, lead, calls)

    def _marks(
        self, text: str, numbers: Sequence[int], *, size: float, letters: Collection[str]
    ) -> tuple[str, tuple[tuple[int, str], ...]]:
        """Return the mark in raised type at the start of a line, and those within with their places."""
        runs: list[tuple[int, str]] = []
        first = len(text) - len(text.lstrip())
        position, counted = 0, 0
        for match in _MAY_MARK.finditer(text):
            place, character = match.start(), match[0]
            if character.isalpha() and place != first and character not in letters:
                continue
            position += len("".join(text[counted:place].split()))
            counted = place
            if self._size(numbers[position]) > _RAISED * size:
                continue
            if runs and runs[-1][0] + len(runs[-1][1]) == place:
                runs[-1] = (runs[-1][0], runs[-1][1] + character)
            else:
                runs.append((place, character))
        lead = next((run for start, run in runs if start == first), "")
        # « 1er » and « XXe » are no marks: the letter of one stands alone
        return lead, tuple(
            (start, run) for start, run in runs if start > first and (not run.isalpha() or len(run) == 1)
        )

    def _size(self, number: int) -> float:
        size: float = self._raw.FPDFText_GetFontSize(self._page, number)
        # some programs write type of size 1 and enlarge it
        scaled = self._raw.FPDFText_GetMatrix(self._page, number, ctypes.byref(self._matrix))
        return size * math.hypot(self._matrix.c, self._matrix.d) if scaled else size

    def _base(self, number: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._page, number, ctypes.byref(x), ctypes.byref(y))
        return y.value

    def _sides(self, number: int) -> tuple[float, float]:
        self._raw.FPDFText_GetLooseCharBox(self._page, number, ctypes.byref(self._box))
        return self._box.left, self._box.right
