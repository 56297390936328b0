"""The French dictionary: the readings a written form can have, from a compact trie that loads in milliseconds."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import marisa_trie

_DATA = files("innovsoc_analysis.lexicon") / "data"
_LETTERS = {"a": "aàâä", "c": "cç", "e": "eéèêë", "i": "iîï", "o": "oôö", "u": "uùûü", "y": "yÿ"}
_CAPITALS = {letter.upper(): accented for letter, accented in _LETTERS.items()}
_MOST_CANDIDATES = 64
_CACHED_FORMS = 200_000


class Entry(NamedTuple):
    """One reading of a form.

    Attributes
    ----------
    upos : str
        Universal part of speech.
    lemma : str
        Masculine singular or infinitive, gender-neutral: *autrice* is a form of *auteur*.
    gender, number : str
        ``Masc``, ``Fem``, ``Sing``, ``Plur``; empty where the form has both or none.
    verb : str
        ``Inf``, ``Fin``, ``Part`` (past) or ``Ger`` (present participle) of a verb; otherwise empty.
    """

    upos: str
    lemma: str
    gender: str = ""
    number: str = ""
    verb: str = ""


@functools.lru_cache(maxsize=_CACHED_FORMS)
def entries(form: str) -> tuple[Entry, ...]:
    """Return the readings of `form`, the likeliest of each part of speech first.

    A capital at the start of a sentence, capitals throughout, capitals without accents
    (``ETUDIANTES``) and a ligature written as two letters (``oeuvre``) are seen through.

    Parameters
    ----------
    form : str
        One word, with straight apostrophes.

    Returns
    -------
    tuple of Entry
        Empty if the dictionary does not know the word.

    Notes
    -----
    Dictionary of French of Grammalecte and LanguageTool, see ``data/README.md``.

    Examples
    --------
    >>> [(entry.upos, entry.lemma, entry.gender) for entry in entries("autrice")]
    [('NOUN', 'auteur', 'Fem')]
    >>> entries("ETUDIANTES")[0].lemma
    'étudiant'
    >>> entries("acteurices")
    ()
    """
    found = _read(form)
    lowered = form.lower()
    if lowered != form:
        found += _read(lowered)
        if not found and form.isupper():
            found = _read(form.title())
        if not found:
            found = tuple(entry for spelling in _accented(form, _CAPITALS) for entry in _read(spelling))
    if not found and "oe" in lowered:
        found = entries(lowered.replace("oe", "œ"))
    return found


@functools.lru_cache(maxsize=_CACHED_FORMS)
def entries_with_accents(form: str) -> tuple[Entry, ...]:
    """Return the readings of the words that `form` is when accents are put on it.

    Parameters
    ----------
    form : str
        A word that `entries` does not know, typed without its accents.

    Returns
    -------
    tuple of Entry
        Empty if no word of the dictionary becomes `form` without its accents.

    Examples
    --------
    >>> [entry.lemma for entry in entries_with_accents("tres")]
    ['très']
    """
    return tuple(entry for spelling in _accented(form.lower(), _LETTERS) for entry in _read(spelling))


def knows(form: str) -> bool:
    """Return whether `form` is a French word.

    Examples
    --------
    >>> knows("Coopérer"), knows("coopérer"), knows("coopérérer")
    (True, True, False)
    """
    return bool(entries(form))


def _read(form: str) -> tuple[Entry, ...]:
    trie, readings = _dictionary()
    found: list[Entry] = []
    if "\0" in form:  # marisa-trie fails on it
        return ()
    for _, identifier in sorted(trie.get(form, ())):
        upos, cut, ending, gender, number, verb = readings[identifier]
        lemma = (form[:-cut] if cut else form) + ending
        found.append(Entry(upos, lemma, gender, number, verb))
    return tuple(found)


@functools.cache
def _dictionary() -> tuple[marisa_trie.RecordTrie, list[tuple[str, int, str, str, str, str]]]:
    import marisa_trie

    trie = marisa_trie.RecordTrie(">BH")
    trie.load(str(_DATA / "dictionary.marisa"))
    readings = json.loads((_DATA / "readings.json").read_text("utf-8"))
    return trie, [tuple(reading) for reading in readings]


def _accented(form: str, accents: dict[str, str]) -> list[str]:
    """Return the words of the dictionary that `form` can stand for, when `accents` says what its letters may be."""
    trie, _ = _dictionary()
    candidates = [""]
    for character in form:
        letters = accents.get(character, character.lower())
        grown = (candidate + letter for candidate in candidates for letter in letters)
        candidates = [one for one in grown if next(trie.iterkeys(one), None) is not None][:_MOST_CANDIDATES]
    return candidates
