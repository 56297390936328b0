"""Which words weighed most in the learner's score of a sentence.

The score is a sum over features, and every feature of words, characters and meaning belongs to
words of the sentence: what each adds is known exactly. The sentence's vector, its neighbours, the
indicators and the constants are left out, for they belong to no word. The evidence is the run of words, eight at
most, that adds most.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from innovsoc_analysis.coding.learning.features import WEIGHTS, FeatureSpace, lemmas_of
from innovsoc_analysis.nlp.encoding import DIMENSIONS, WORD_DIMENSIONS, word_directions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.learning.ridge import Linear
    from innovsoc_analysis.coding.units import Unit

    Array = NDArray[np.floating]

LONGEST_EVIDENCE = 8
_BLANK = re.compile(r"\S+")


class Explainer:
    """Gives the evidence of a linear model's scores.

    Parameters
    ----------
    space : FeatureSpace
        What made the features.
    elements : Linear
        The model.
    """

    def __init__(self, space: FeatureSpace, elements: Linear) -> None:
        self._space = space
        self._vectorizers = {block: space.vectorizer(block) for block in ("words", "characters")}
        self._analyze = self._vectorizers["characters"].build_analyzer()
        n_words, n_characters = (len(space.vocabularies[block]) for block in ("words", "characters"))
        meaning = n_words + n_characters + 2 * DIMENSIONS
        self._weights = {
            "words": elements.weights[:n_words],
            "characters": elements.weights[n_words : n_words + n_characters],
            "meaning": elements.weights[meaning : meaning + WORD_DIMENSIONS] * np.float32(WEIGHTS["meaning"] ** 0.5),
        }

    def contributions(self, unit: Unit) -> Array:
        """Return what each token adds to each code's score, shape (n_tokens, n_codes)."""
        return self._of_words(unit) + self._of_characters(unit) + self._of_meaning(unit)

    def evidence(self, unit: Unit, codes: list[int]) -> list[tuple[int, int]]:
        """Return, for each code (a column), the place in the document of the words that weighed most."""
        if not codes:
            return []
        added = self.contributions(unit)
        wordy = np.array([any(map(str.isalnum, token.word.form)) for token in unit.tokens])
        return [self._span(unit, *best_run(added[:, code], wordy)) for code in codes]

    @staticmethod
    def _span(unit: Unit, first: int, last: int) -> tuple[int, int]:
        return (unit.tokens[first].start, unit.tokens[last - 1].end) if unit.tokens else (unit.start, unit.end)

    def _of_words(self, unit: Unit) -> Array:
        lemmas = lemmas_of(unit)
        row = self._vectorizers["words"].transform([" ".join(lemmas)])
        known = self._vectorizers["words"].vocabulary_
        values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        added = np.zeros((len(lemmas), self._weights["words"].shape[1]), dtype=np.float32)
        grams: list[tuple[str, tuple[int, ...]]] = [(lemma, (place,)) for place, lemma in enumerate(lemmas)]
        grams += [(f"{a} {b}", (place, place + 1)) for place, (a, b) in enumerate(pairwise(lemmas))]
        places: dict[int, list[int]] = {}
        for gram, where in grams:
            if gram in known:
                places.setdefault(int(known[gram]), []).extend(where)
        for column, owners in places.items():
            share = np.float32(values.get(column, 0.0) / len(owners))
            for place in owners:
                added[place] += share * self._weights["words"][column]
        return added

    def _of_characters(self, unit: Unit) -> Array:
        row = self._vectorizers["characters"].transform([unit.text])
        values = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        known = self._vectorizers["characters"].vocabulary_
        added = np.zeros((len(unit.tokens), self._weights["characters"].shape[1]), dtype=np.float32)
        owners: dict[int, list[list[int]]] = {}
        first = 0
        for match in _BLANK.finditer(unit.text):
            tokens = []
            for place in range(first, len(unit.tokens)):
                if unit.tokens[place].start >= unit.start + match.end():
                    break
                tokens.append(place)
            first += len(tokens)
            for gram in self._analyze(match.group()):
                if tokens and gram in known:
                    owners.setdefault(int(known[gram]), []).append(tokens)
        for column, groups in owners.items():
            for tokens in groups:
                share = np.float32(values.get(column, 0.0) / len(groups) / len(tokens))
                added[tokens] += share * self._weights["characters"][column]
        return added

    def _of_meaning(self, unit: Unit) -> Array:
        lemmas = lemmas_of(unit)
        if not lemmas:
            return np.zeros((0, self._weights["meaning"].shape[1]), dtype=np.float32)
        parts = self._space.rarities(lemmas)[:, None] * word_directions(lemmas)
        length = np.linalg.norm(parts.sum(axis=0) - self._space.centre)
        return parts @ self._weights["meaning"] / max(float(length), 1e-6)


def best_run(values: Array, wordy: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the run ``[first, last)`` of at most eight tokens with the greatest sum, words at both ends.

    Examples
    --------
    >>> best_run(np.array([0.1, -1.0, 0.5, 0.2, 0.4]), np.array([True, True, True, False, True]))
    (2, 5)
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    runs = [
        (sums[last] - sums[first], first - last, -first)
        for first in range(len(values))
        if wordy[first]
        for last in range(first + 1, min(first + LONGEST_EVIDENCE, len(values)) + 1)
        if wordy[last - 1]
    ]
    if not runs:
        return 0, len(values)
    _, shorter, earlier = max(runs)
    return -earlier, -earlier - shorter
