"""Find known names again, however they are written or said."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.pseudonyms.public import SPOKEN
from innovsoc_analysis.pseudonyms.records import LITERAL, ORGANISATION, PERSON
from innovsoc_analysis.pseudonyms.words import (
    Word,
    is_common,
    is_first_name,
    level,
    levels_of,
    starts_sentence,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innovsoc_analysis.pseudonyms.records import Entity

_HESITATIONS = frozenset({"euh", "heu", "hum", "hm", "hein", "enfin"})
_GAP = re.compile(r"[ \u00a0\u202f\n\-‐‑'’.]{1,2}")
_HESITANT_GAP = re.compile(r"[\s\-‐‑'’.,…]{0,8}")
_FILE_GAP = re.compile(r"[ \u00a0\u202f\n\-‐‑'’._+,]{1,3}")
_BROKEN_OFF = re.compile(
    r"(?<!\w)([^\W\d_]{1,12})(?:[-‐‑–—]|…|\.{3})\s{0,2}(?:(?:euh|heu|hum)[\s,…]{1,3})?\Z", re.IGNORECASE
)
_SPELLED = re.compile(r"(?<!\w)(?:[^\W\d_](?:[-–.]|[ \u00a0]|\. )){2,}[^\W\d_](?!\w)")
_TITLED = re.compile(r"(?:\bM\.|\bMme|\bMlle|\bDr|\bMe|[Mm]onsieur|[Mm]adame|[Dd]octeur|[Mm]aître)[ \u00a0]\Z")
_SHORTEST_PART = 3
_LOOKED_BACK = 30


class Hit(NamedTuple):
    """The stretch ``text[start:end]`` names the entity of this number."""

    start: int
    end: int
    number: int


class _Form(NamedTuple):
    levels: tuple[str, ...]
    number: int
    capitals: bool = False
    alone: bool = False


class Finder:
    """Finds the forms of entities in texts.

    A name is found with or without its accents and capitals, after an elision, inside an inclusive form,
    across a hesitation (« Aïssata euh Diallo »), after a first try (« Dia… Diallo ») and spelled
    (« D-I-A-L-L-O »); the first name or the surname of a person alone is found if only one person has it.
    A word that the dictionary knows (« rose », « petit ») is a name only with a capital, which must not be that of
    a sentence if it is the surname of someone known by a longer name; an abbreviation must stand in capitals. What
    patterns found is looked for letter by letter.

    Parameters
    ----------
    entities : sequence of Entity
        All of them, those that are kept too: the longest form that fits wins, so that a name
        that is kept shields the names inside it.
    in_files : bool
        Whether to look as in results and names of files, where underscores separate words and the
        start of a sentence means nothing.

    Examples
    --------
    >>> from innovsoc_analysis.pseudonyms.records import Entity
    >>> finder = Finder([Entity("P001", "personne", ("Aïssata Diallo",), "[Personne 1]")])
    >>> text = "Merci d’Aissata euh Diallo, madame diallo."
    >>> [text[hit.start : hit.end] for hit in finder.find(text)]
    ['Aissata euh Diallo', 'diallo']
    """

    def __init__(self, entities: Sequence[Entity], *, in_files: bool = False) -> None:
        self._in_files = in_files
        self._gap = _FILE_GAP if in_files else _GAP
        self._forms: dict[str, list[_Form]] = defaultdict(list)
        self._singles: dict[str, int] = {}
        literals: dict[str, int] = {}
        seen: set[tuple[str, ...]] = set()
        for number, entity in enumerate(entities):
            for form in entity.forms:
                if entity.kind in LITERAL:
                    literals.setdefault(_loose(form), number)
                elif (levels := levels_of(form)) and levels not in seen:
                    seen.add(levels)
                    acronym = entity.kind == ORGANISATION and form.isupper()
                    alone = all(len(other.split()) == 1 for other in entity.forms)
                    self._add(_Form(levels, number, acronym, alone))
        for levels, number in parts_of(entities).items():
            if levels not in seen:
                self._add(_Form(levels, number))
        for forms in self._forms.values():
            forms.sort(key=lambda one: -len(one.levels))
        self._literals = [
            (re.compile(rf"(?<![\w@]){pattern}(?!\w)", re.IGNORECASE), number) for pattern, number in literals.items()
        ]

    def _add(self, form: _Form) -> None:
        self._forms[form.levels[0]].append(form)
        for one in form.levels:
            self._singles.setdefault(one, form.number)

    def find(self, text: str) -> list[Hit]:
        """Return where `text` names the entities, in order, without overlap; the longer of two that overlap."""
        words = words_of(text)
        found = [hit for place in range(len(words)) if (hit := self._at(text, words, place))]
        found += [Hit(*match.span(), number) for pattern, number in self._literals for match in pattern.finditer(text)]
        for match in _SPELLED.finditer(text):
            spelled = "".join(levels_of(match[0]))
            if len(spelled) >= _SHORTEST_PART and spelled in self._singles:
                found.append(Hit(match.start(), match.end(), self._singles[spelled]))
        kept: list[Hit] = []
        taken = bytearray(len(text))
        for hit in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                kept.append(hit)
        return sorted(kept)

    def _at(self, text: str, words: Sequence[Word], place: int) -> Hit | None:
        for form in self._forms.get(words[place].level, ()):
            last = self._matched(text, words, (place, form.levels))
            if last is None:
                continue
            start, end = words[place].start, words[last].end
            if self._is_name(text, (start, end), form):
                return Hit(_first_try(text, start, words[place].level), end, form.number)
        return None

    def _matched(self, text: str, words: Sequence[Word], wanted: tuple[int, tuple[str, ...]]) -> int | None:
        """Return the number of the word at which the form ends, hesitations between its words passed over."""
        place, levels = wanted
        for one in levels[1:]:
            following = place + 1
            hesitant = False
            between = words[place].end
            while following < len(words) and words[following].level in _HESITATIONS and words[following].level != one:
                if not _HESITANT_GAP.fullmatch(text, between, words[following].start):
                    return None
                between = words[following].end
                hesitant = True
                following += 1
            if following == len(words) or words[following].level != one:
                return None
            gap = _HESITANT_GAP if hesitant else self._gap
            if not gap.fullmatch(text, between, words[following].start):
                return None
            place = following
        return place

    def _is_name(self, text: str, span: tuple[int, int], form: _Form) -> bool:
        start, end = span
        said = text[start:end]
        if form.capitals and not self._in_files:
            return said.isupper()
        parts = said.split()
        if len(parts) > 1:
            return any(part[0].isupper() for part in parts) or not all(is_common(part) for part in parts)
        if not is_common(said.lower()):
            return True
        titled = _TITLED.search(text[max(0, start - _LOOKED_BACK) : start]) is not None
        if titled or not said[0].isupper():
            return titled
        return form.alone or self._in_files or is_first_name(said) or not starts_sentence(text, start)


def parts_of(entities: Iterable[Entity]) -> dict[tuple[str, ...], int]:
    """Return the first names and surnames by which one person alone may be called.

    Parameters
    ----------
    entities : iterable of Entity
        Of all kinds.

    Returns
    -------
    dict of tuple of str to int
        Levelled words → number of the person. Parts that two persons share, and common words, are left out.

    Examples
    --------
    >>> from innovsoc_analysis.pseudonyms.records import Entity
    >>> people = [Entity("P001", "personne", ("Ana Diallo",), ""), Entity("P002", "personne", ("Luc Diallo",), "")]
    >>> parts_of(people)
    {('ana',): 0, ('luc',): 1}
    """
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, entity in enumerate(entities):
        for form in entity.forms if entity.kind == PERSON else ():
            units = form.split()
            for part in (units[:1], units[1:]) if len(units) > 1 else ():
                said = " ".join(part)
                usual = (is_common(said.lower()) and not is_first_name(said)) or levels_of(said) in SPOKEN
                if len(said) >= _SHORTEST_PART and not usual:
                    owners[levels_of(said)].add(number)
    return {levels: min(numbers) for levels, numbers in owners.items() if len(numbers) == 1}


def named(file: str) -> str:
    """Return the name of a file with capitals, so that « rose.txt » may be someone's; places stay the same.

    Examples
    --------
    >>> named("entretiens/rose_2.txt")
    'Entretiens/Rose_2.Txt'
    """
    capitals = file.title()
    return capitals if len(capitals) == len(file) else file


def _loose(form: str) -> str:
    """Return a pattern of `form` in which any blank stands for any other."""
    return r"[\s\u00a0]{1,2}".join(re.escape(piece) for piece in form.split())


def _first_try(text: str, start: int, word: str) -> int:
    """Return where a first try at `word` starts, broken off just before it; else `start`."""
    tried = _BROKEN_OFF.search(text[max(0, start - _LOOKED_BACK) : start])
    if tried and word.startswith(level(tried[1])) and level(tried[1]) != word:
        return start - len(tried[0])
    return start
