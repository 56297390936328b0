"""The marks of footnotes, glued to words or to what closes a quotation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicon.french import knows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.text.offsets import Edit

_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
# what follows a number that counts or names something: 2.0, 3,5, 1/2, 2-3
# a sign and one more number: which of the two is the mark is in doubt
_CLOSING_AND_NUMBER = r"[.!?…,;)\]\"]{1,3}\d"
_GOES_ON = re.compile(rf"[\w\u0300-\u036f]|[:/–-]\d|{_CLOSING_AND_NUMBER}|[ \u00a0\u202f]\d")
_RAISED_MARK = re.compile(rf"[{_RAISED}]+(?:,[{_RAISED}]+)*(?![\w\u0300-\u036f]|{_CLOSING_AND_NUMBER})")
_NUMBER = re.compile(r"\d+")
_LONGEST_NUMBER = 2
_WORD_BEFORE = re.compile(r"(?<![\w.@#/&=])(?P<word>[^\W\d_]{2,})(?P<closing>[.!?…,;]?[)\]\"]?[.,;]?)\Z")
_NOTE = re.compile(r"^[^\S\n]*\[?(\d{1,2})[.)\]]?[^\S\n]+(?=[^\W\d_a-zà-öø-ÿ]|[«\"“(]|https?:)", re.MULTILINE)
_CLOSING = frozenset(".!?…,;)]»”\"'’")
_UNITS = frozenset({"cm", "dam", "dm", "ha", "hm", "km", "mc", "mm", "nm", "µm", "μm"})
_SHORTEST_WORD = 4
_SHORTEST_CAPITALS = 4
_LONGEST_WORD = 60
# words that a number follows by itself, even where a space is missing
_NUMBERED = re.compile(
    r"(?:action|alinéa|annexe|article|axe|bloc|bâtiment|bureau|case|catégorie|chapitre|classe|code|cycle|document|"
    r"étage|étape|exemple|exercice|fiche|figure|groupe|hall|hypothèse|jour|ligne|livre|local|lot|mesure|module|"
    r"niveau|note|numéro|objectif|page|paragraphe|partie|phase|pilier|place|point|porte|pôle|priorité|projet|"
    r"quai|question|rubrique|salle|scénario|secteur|section|semaine|série|session|tableau|test|titre|tome|tram|"
    r"type|unité|version|volet|volume|zone)[sx]?"
)


def note_edits(text: str) -> Iterator[Edit]:
    """Yield the edits that drop the marks of footnotes.

    A raised number is a mark after a word or a closing sign, not in a measure (``m²``) nor
    after a short formula (``CO²``). A plain number of one or two digits is one after a closing
    quotation mark. Glued to a word, or to the sign that closes its sentence, it is one only if
    the word is French, has no capital and is none that numbers follow (``article1``), and if
    a later line of the text starts with that number as a note does. Where in doubt, it stays.

    Examples
    --------
    >>> list(note_edits("un essai¹ de 46 m² dit « social »2 en 2.0"))
    [(8, 9, ''), (33, 34, '')]
    """
    notes: dict[int, int] | None = None
    spans = [match.span() for match in _RAISED_MARK.finditer(text) if _is_raised_mark(text, match.start())]
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if end - start > _LONGEST_NUMBER or not start or _GOES_ON.match(text, end):
            continue
        before = text[start - 1]
        if before in "»”":
            spans.append((start, end))
        elif before.isalpha() or before in _CLOSING:
            word = _WORD_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
            if word and _takes_mark(word["word"]):
                notes = _places_of_notes(text) if notes is None else notes
                if notes.get(int(match[0]), 0) > start:
                    spans.append((start, end))
    return ((start, end, "") for start, end in sorted(spans))


def _places_of_notes(text: str) -> dict[int, int]:
    """Return the number of each note with the place where the last one of that number starts."""
    return {int(match[1]): match.start() for match in _NOTE.finditer(text)}


def _is_raised_mark(text: str, start: int) -> bool:
    before = _WORD_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
    if before and not before["closing"]:
        word = before["word"]
        return word.lower() not in _UNITS and not (word.isupper() and len(word) < _SHORTEST_CAPITALS)
    near = text[max(0, start - 2) : start]
    return near[-1:] in _CLOSING and not near[:1].isupper()


def _takes_mark(word: str) -> bool:
    """Whether a number glued to `word` may be a mark; with a capital, the two may be a name."""
    return word.islower() and len(word) >= _SHORTEST_WORD and not _NUMBERED.fullmatch(word) and knows(word)
