"""Words of a text, levelled so that the same name is the same word with or without accents and capitals."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from innovsoc_analysis.lexicon.french import entries

_WORD = re.compile(r"[^\W_]+")
_OPENS = " \t\u00a0\u202f«»“”\"'‘’([—–-"
_ENDS = ".!?…:;\n"
_RARE_FORMS = frozenset({"roser", "marier", "liéger"})
"""Verbs of which first names are forms that no one says."""


_FUNCTIONS = frozenset({"ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NUM", "PRON", "SCONJ"})


class Word(NamedTuple):
    """A run of letters or digits ``text[start:end]``, and it levelled."""

    start: int
    end: int
    level: str


@functools.lru_cache(maxsize=100_000)
def level(form: str) -> str:
    """Return `form` without accents, capitals and ligatures.

    Examples
    --------
    >>> level("Aïssata"), level("NOËL"), level("Cœur")
    ('aissata', 'noel', 'coeur')
    """
    decomposed = unicodedata.normalize("NFKD", form.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str) -> list[Word]:
    """Return the words of `text`; hyphens and apostrophes separate.

    Examples
    --------
    >>> [word.level for word in words_of("d’Anne-Marie")]
    ['d', 'anne', 'marie']
    """
    return [Word(match.start(), match.end(), level(match[0])) for match in _WORD.finditer(text)]


def levels_of(form: str) -> tuple[str, ...]:
    """Return the levelled words of a form.

    Examples
    --------
    >>> levels_of("Ben Yedder")
    ('ben', 'yedder')
    """
    return tuple(word.level for word in words_of(form))


def starts_sentence(text: str, position: int) -> bool:
    """Return whether a capital at `position` may be that of a sentence.

    Examples
    --------
    >>> starts_sentence("Oui. Anna vient", 5), starts_sentence("chez Anna", 5)
    (True, False)
    """
    while position and text[position - 1] in _OPENS:
        position -= 1
        if text[position] in '«“"‘':
            return True
    return not position or text[position - 1] in _ENDS


@functools.lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Return whether the dictionary knows `word` as something else than a name.

    Examples
    --------
    >>> is_common("Pierre"), is_common("Karim"), is_common("Marie")
    (True, False, False)
    """
    readings = entries(word.replace("’", "'"))
    if word.endswith(("a", "as", "ai")) and is_first_name(word):
        # « moussa » is a past tense that no one says
        readings = tuple(entry for entry in readings if entry.verb != "Fin")
    return any(entry.upos != "PROPN" and entry.lemma[:1].islower() and entry.lemma not in _RARE_FORMS
               for entry in readings)  # fmt: skip


@functools.lru_cache(maxsize=100_000)
def is_function_word(word: str) -> bool:
    """Return whether `word` is an article, a pronoun, an adverb or the like, and no name.

    Examples
    --------
    >>> is_function_word("Ma"), is_function_word("Jardin")
    (True, False)
    """
    readings = entries(word)
    if any(entry.upos == "PROPN" for entry in readings):
        return False
    return any(entry.upos in _FUNCTIONS for entry in readings)


@functools.lru_cache(maxsize=100_000)
def is_first_name(word: str) -> bool:
    """Return whether the dictionary knows `word`, be it without its capital, as a first name.

    Examples
    --------
    >>> is_first_name("karim"), is_first_name("Anne-Marie"), is_first_name("Belgique")
    (True, True, False)
    """
    found = any(
        entry.upos == "PROPN" and entry.gender and not entry.number for entry in entries(word[:1].upper() + word[1:])
    )
    parts = word.split("-")
    return found or (len(parts) == 2 and all(map(is_first_name, parts)))  # noqa: PLR2004 - « Anne-Marie »


@functools.lru_cache(maxsize=100_000)
def is_name(word: str) -> bool:
    """Return whether the dictionary knows `word` as a name of any kind.

    Examples
    --------
    >>> is_name("Anderlecht"), is_name("Wallonie"), is_name("Habitant")
    (True, True, False)
    """
    return any(entry.upos == "PROPN" or entry.lemma[:1].isupper() for entry in entries(word))
