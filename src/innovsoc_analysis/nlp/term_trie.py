"""Find the terms of a list in a sequence of words, in one pass over the words."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.nlp.lemmas import lemma_of
from innovsoc_analysis.nlp.words import STRAIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

UNKNOWN = -1
_MOST_READINGS = 512  # of a term: a list from elsewhere may hold whole sentences
_TERM = UNKNOWN  # under this key a node holds what ends there; no word has it
_NOMINAL = ("NOUN", "ADJ")


class Match(NamedTuple):
    """Words `first` to `last` (included) are the term of number `term`; its noun is the word at `head`."""

    first: int
    last: int
    term: int
    head: int


class TermTrie:
    """Terms by the lemmas of their words.

    Parameters
    ----------
    wordings : iterable of (int, str)
        Number of a term and one of its wordings.

    Attributes
    ----------
    words : dict of str to int
        Numbers of the words that terms are made of: lemmas in lower case, abbreviations as written.
    abbreviations : frozenset of str
        Words in capitals, which are recognised as written.

    Examples
    --------
    >>> trie = TermTrie([(0, "innovation sociale"), (1, "recherche-action"), (2, "ESS")])
    >>> text = "innovation social ESS recherche action".split()
    >>> [match[:3] for match in trie.matches([trie.words[word] for word in text])]
    [(0, 1, 0), (2, 2, 2), (3, 4, 1)]
    """

    def __init__(self, wordings: Iterable[tuple[int, str]]) -> None:
        self.words: dict[str, int] = {}
        self._root: dict[int, Any] = {}
        abbreviations = set()
        for number, wording in wordings:
            if not (words := split_wording(wording)):
                continue
            abbreviations |= {word for word in words if is_abbreviation(word)}
            head = _head(words)
            readings = product(*(_readings(word) for word in words))
            for reading, _ in zip(readings, range(_MOST_READINGS), strict=False):
                self._insert(reading, number, head)
        self.abbreviations = frozenset(abbreviations)

    @property
    def firsts(self) -> list[int]:
        """Numbers of the words that a term can begin with."""
        return list(self._root)

    def _insert(self, reading: Sequence[str], number: int, head: int) -> None:
        node = self._root
        for word in reading:
            node = node.setdefault(self.words.setdefault(word, len(self.words)), {})
        node.setdefault(_TERM, {})[number] = head

    def matches(self, words: Sequence[int], starts: Iterable[int] | None = None) -> Iterator[Match]:
        """Yield every term in `words`, nested and overlapping ones too.

        Parameters
        ----------
        words : sequence of int
            Numbers of words; what is no word of a term is `UNKNOWN`.
        starts : iterable of int, optional
            Where to look; by default everywhere.

        Yields
        ------
        Match
            By their start, the shorter first.
        """
        for start in range(len(words)) if starts is None else starts:
            node = self._root
            for place in range(start, len(words)):
                word = words[place]
                if word == UNKNOWN or word not in node:
                    break
                node = node[word]
                for number, head in node.get(_TERM, {}).items():
                    yield Match(start, place, number, start + head)


def split_wording(wording: str) -> list[str]:
    """Return the words of a term; a hyphen is like a space.

    Examples
    --------
    >>> split_wording("insertion par l’activité"), split_wording("recherche-action")
    (['insertion', 'par', "l'", 'activité'], ['recherche', 'action'])
    """
    return wording.translate(STRAIGHT).replace("'", "' ").replace("-", " ").split()


def is_abbreviation(word: str) -> bool:
    """Return whether `word` is recognised as written: several capitals and nothing else."""
    return len(word) > 1 and word.isupper()


def nominal_lemma(form: str) -> str:
    """Return the lemma of `form` if it is a noun or an adjective of the dictionary, otherwise `form`, in lower case.

    Examples
    --------
    >>> nominal_lemma("Sociales"), nominal_lemma("Bruxelles")
    ('social', 'bruxelles')
    """
    nominal = (entry.lemma for entry in entries(form) if entry.upos in _NOMINAL)
    return next(nominal, form).lower()


def _readings(word: str) -> list[str]:
    if is_abbreviation(word):
        return [word]
    classes = {entry.upos for entry in entries(word)} or set(_NOMINAL)
    return sorted({word.lower(), nominal_lemma(word), *(lemma_of(word, upos).lower() for upos in classes)})


def _head(words: Sequence[str]) -> int:
    """Return the place of the noun that a term is about: its first word that can be one."""
    nouns = (place for place, word in enumerate(words) if any(entry.upos == "NOUN" for entry in entries(word)))
    return next(nouns, 0)
