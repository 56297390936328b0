"""Spans of inclusive writing in a text, words around a place, and what is no prose: addresses, file names, handles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from innovsoc_analysis.text.inclusive_tables import FEMININE_PIECES, HYPHENS

LETTER = "[A-Za-zÀ-ÖØ-öø-ÿŒœŸ]"
LONGEST_WORD = 40
_MOST_MEMBERS = 3
_CUT = re.compile(rf"[{HYPHENS}](?<={LETTER}.)[ \t]{{0,3}}\n[ \t]{{0,3}}$")
_FARTHEST_CUT = 8
_CHUNK_END = re.compile(r"\s")
_PIECE_END = re.compile(r"[\s()\[\]{}<>\"«»,;|]")
_ADDRESS = re.compile(r"://|www\.")
_NO_PROSE = re.compile(
    r"[@#\\=]|\w\.(?:fr|be|ch|ca|qc|lu|eu|com|org|net|info|gouv|io|coop|asso|html?|php|pdf|docx?|odt|xlsx?|ods|csv|tsv|pptx?"
    r"|txt|md|json|ya?ml|xml|py|js|css|zip|png|jpe?g|gif|svg|mp[34])(?!\w)",
)


@dataclass(frozen=True, slots=True)
class InclusiveUnit:
    """A stretch of text that names people of several genders at once.

    Attributes
    ----------
    start, end : int
        Half-open, in code points.
    form : str
        ``text[start:end]``.
    lemma : str
        Masculine singular, as dictionaries have it.
    number : str
        ``Sing``, ``Plur``, or empty if it cannot be told.
    kind : str
        ``median_point``, ``low_point``, ``hyphen``, ``slash``, ``parentheses``, ``capital``,
        ``doublet``, ``portmanteau`` or ``x_form``.
    masculine : str
        The masculine that can stand in for the unit in a sentence.
    """

    start: int
    end: int
    form: str
    lemma: str
    number: str
    kind: str
    masculine: str = field(default="", compare=False)


class Prose:
    """Tells the prose of a text from addresses, file names, handles and hashtags.

    Asked about places in increasing order, it reads each stretch without space once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._chunk = (0, 0, 0)
        self._piece = (0, 0, False)

    def has(self, place: int) -> bool:
        """Return whether the word at `place` is prose."""
        if not self._chunk[0] <= place < self._chunk[1]:
            start, end = self._around(place, _CHUNK_END)
            address = _ADDRESS.search(self._text, start, end)
            self._chunk = (start, end, address.start() if address else end)
        if place >= self._chunk[2]:
            return False
        if not self._piece[0] <= place < self._piece[1]:
            start, end = self._around(place, _PIECE_END)
            self._piece = (start, end, _NO_PROSE.search(self._text, start, end) is not None)
        return not self._piece[2]

    def _around(self, place: int, boundary: re.Pattern[str]) -> tuple[int, int]:
        start = place
        while start > 0 and not boundary.match(self._text, start - 1):
            start -= 1
        found = boundary.search(self._text, place)
        return start, found.start() if found else len(self._text)


def word_start(text: str, end: int) -> int:
    """Return where the word that ends at `end` starts; `end` itself if it is too long for a word."""
    start = end
    while start > 0 and text[start - 1].isalpha():
        start -= 1
        if end - start > LONGEST_WORD:
            return end
    return start


def compound_start(text: str, start: int) -> int:
    """Return where the compound starts whose last member starts at `start`: ``vice-président``."""
    for _ in range(_MOST_MEMBERS):
        if start < 2 or text[start - 1] not in HYPHENS or not text[start - 2].isalpha():  # noqa: PLR2004
            return start
        before = word_start(text, start - 1)
        member = text[before : start - 1].lower()
        glued = before > 0 and (text[before - 1].isalnum() or text[before - 1] in "_·•.@")
        if not member or member == "s" or member in FEMININE_PIECES or glued:
            return start
        start = before
    return start


def cut_before(text: str, start: int) -> tuple[int, str]:
    r"""Return where the word starts that a hyphen and a line break cut before `start`, and its first part.

    Examples
    --------
    >>> cut_before("aux profession-\nnels", 16)
    (4, 'profession')
    >>> cut_before("aux gens", 4)
    (4, '')
    """
    cut = _CUT.search(text, max(0, start - _FARTHEST_CUT), start)
    if cut is None:
        return start, ""
    before = word_start(text, cut.start())
    return before, text[before : cut.start()]


def in_style(word: str, model: str) -> str:
    """Return `word` in capitals, with a capital or in lower case, as `model` is.

    Examples
    --------
    >>> in_style("élus", "ELU"), in_style("élus", "Elu"), in_style("élus", "élu")
    ('ÉLUS', 'Élus', 'élus')
    """
    if len(model) > 1 and model.isupper():
        return word.upper()
    if not model[:1].isupper():
        return word
    every = model.rpartition("-")[2][:1].isupper()
    return "-".join(
        part[:1].upper() + part[1:] if every or place == 0 else part for place, part in enumerate(word.split("-"))
    )
