"""What the learner sees of a sentence: six blocks of numbers, from words to the indicators that it holds.

Every block is scaled so that a sentence weighs about the same in each; the weights were chosen by
cross-validation on the training part of the gold corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
import scipy.sparse as sp

from innovsoc_analysis.nlp.encoding import DIMENSIONS, WORD_DIMENSIONS, encode, word_directions

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.feature_extraction.text import TfidfVectorizer

    from innovsoc_analysis.coding.units import Unit

# block → how much it weighs in the kernel
WEIGHTS = {"words": 1.0, "characters": 1.0, "sentence": 2.0, "context": 0.3, "meaning": 1.0, "indicators": 0.1}
NEIGHBOURS = 2  # sentences on either side that are the context
_WORDS = {"ngram_range": (1, 2), "sublinear_tf": True, "token_pattern": r"\S+", "lowercase": False}
_CHARACTERS = {"analyzer": "char_wb", "ngram_range": (3, 5), "sublinear_tf": True}
_MAX_FEATURES = {"words": 40_000, "characters": 60_000}

Documents = Sequence[Sequence["Unit"]]


class Features(NamedTuple):
    """Numbers that describe sentences, one row each: many columns mostly empty, then few mostly full.

    Attributes
    ----------
    sparse : csr_matrix of float32, shape (n, p)
    dense : array of float32, shape (n, q)
    """

    sparse: sp.csr_matrix
    dense: NDArray[np.float32]

    def products(self) -> NDArray[np.float32]:
        """Return the products of all pairs of rows, shape (n, n)."""
        return (self.sparse @ self.sparse.T).toarray() + self.dense @ self.dense.T

    def apply(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return each row's product with `weights`, shape (p + q, k)."""
        split = self.sparse.shape[1]
        return np.asarray(self.sparse @ weights[:split]) + self.dense @ weights[split:]

    def combine(self, dual: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the sums of rows weighted by `dual`, shape (n, k): weights for :meth:`apply`."""
        return np.concatenate([np.asarray(self.sparse.T @ dual), self.dense.T @ dual])

    def averaged(self, lengths: Sequence[int], reach: NDArray[np.int64] | int = NEIGHBOURS) -> Features:
        """Return the mean of each row and of `reach` neighbours on either side, within its document."""
        window = _averaging(lengths, reach, with_itself=True)
        return Features(window @ self.sparse, window @ self.dense)

    def rows(self, wanted: NDArray[np.bool_]) -> Features:
        """Return some of the rows."""
        return Features(self.sparse[wanted], self.dense[wanted])


@dataclass(frozen=True, eq=False)
class FeatureSpace:
    """Vocabularies and means learned from training sentences.

    Attributes
    ----------
    vocabularies : dict of str to list of str
        Of the blocks ``words`` (lemmas and pairs of lemmas) and ``characters``.
    idf : dict of str to array
        Inverse document frequencies, as long as the vocabularies.
    centre : array of float32
        Mean word-vector sum, taken off before its direction is used.
    """

    vocabularies: dict[str, list[str]]
    idf: dict[str, NDArray[np.float32]]
    centre: NDArray[np.float32]

    @classmethod
    def fit(cls, documents: Documents) -> Self:
        """Learn the vocabularies from the units of `documents`."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = _texts(documents)
        vocabularies, idf = {}, {}
        for block, options in (("words", _WORDS), ("characters", _CHARACTERS)):
            vectorizer = TfidfVectorizer(min_df=2, max_features=_MAX_FEATURES[block], **options)
            vectorizer.fit(texts[block])
            vocabularies[block] = list(map(str, vectorizer.get_feature_names_out()))
            idf[block] = vectorizer.idf_.astype(np.float32)
        space = cls(vocabularies, idf, np.zeros(WORD_DIMENSIONS, dtype=np.float32))
        return cls(vocabularies, idf, space.word_sums(documents).mean(axis=0))

    @property
    def widths(self) -> dict[str, int]:
        """Number of columns of each block but ``indicators``, in order."""
        return {
            "words": len(self.vocabularies["words"]),
            "characters": len(self.vocabularies["characters"]),
            "sentence": DIMENSIONS,
            "context": DIMENSIONS,
            "meaning": len(self.centre),
        }

    def transform(self, documents: Documents, indicated: NDArray[np.float32]) -> Features:
        """Return the features of all units.

        Parameters
        ----------
        documents : sequence of sequences of Unit
            Document by document: neighbours are looked for within one.
        indicated : array, shape (n_units, n_codes)
            1 where a unit holds an indicator of a code.

        Returns
        -------
        Features
            Blocks in the order of `WEIGHTS`.
        """
        texts = _texts(documents)
        vectors = encode([unit.text for units in documents for unit in units])
        sparse = [_scaled(self.vectorizer(name).transform(texts[name]), name) for name in ("words", "characters")]
        dense = {
            "sentence": vectors,
            "context": neighbour_means(vectors, [len(units) for units in documents]),
            "meaning": _directions(self.word_sums(documents) - self.centre),
            "indicators": indicated,
        }
        return Features(
            sp.hstack(sparse, format="csr", dtype=np.float32),
            np.concatenate([_scaled(block, name) for name, block in dense.items()], axis=1).astype(np.float32),
        )

    def vectorizer(self, block: str) -> TfidfVectorizer:
        """Return scikit-learn's vectorizer of a block of text."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        options = _WORDS if block == "words" else _CHARACTERS
        vectorizer = TfidfVectorizer(vocabulary=self.vocabularies[block], dtype=np.float32, **options)
        vectorizer.idf_ = self.idf[block]
        return vectorizer

    def word_sums(self, documents: Documents) -> NDArray[np.float32]:
        """Return, for each unit, the sum of the directions of its lemmas, rare ones weighing more."""
        units = [unit for one in documents for unit in one]
        sums = np.zeros((len(units), WORD_DIMENSIONS), dtype=np.float32)
        for row, unit in enumerate(units):
            if lemmas := lemmas_of(unit):
                sums[row] = self.rarities(lemmas) @ word_directions(lemmas)
        return sums

    def rarities(self, lemmas: Sequence[str]) -> NDArray[np.float32]:
        """Return the inverse document frequency of each lemma, the greatest for one never met."""
        known = self._rarity
        return np.array([known.get(lemma, self._rarest) for lemma in lemmas], dtype=np.float32)

    @cached_property
    def _rarest(self) -> float:
        return float(self.idf["words"].max(initial=1.0))

    @cached_property
    def _rarity(self) -> dict[str, float]:
        return dict(zip(self.vocabularies["words"], self.idf["words"].tolist(), strict=True))


def lemmas_of(unit: Unit) -> list[str]:
    """Return the lemmas of a unit, lower-cased, without inner spaces."""
    return [token.lemma.lower().replace(" ", "_") for token in unit.tokens]


def neighbour_means(values: NDArray[np.float32], lengths: Sequence[int]) -> NDArray[np.float32]:
    """Return the mean of each row's neighbours, the row itself left out, within its document.

    Examples
    --------
    >>> neighbour_means(np.array([[1.0], [2.0], [6.0], [9.0]]), [3, 1]).ravel().tolist()
    [4.0, 3.5, 1.5, 0.0]
    """
    return _averaging(lengths, NEIGHBOURS, with_itself=False) @ values


def window_sizes(lengths: Sequence[int]) -> NDArray[np.int64]:
    """Return how many sentences the window around each one holds, itself included.

    Examples
    --------
    >>> window_sizes([1, 4]).tolist()
    [1, 3, 4, 4, 3]
    """
    sizes = [
        min(row, NEIGHBOURS) + min(length - 1 - row, NEIGHBOURS) + 1 for length in lengths for row in range(length)
    ]
    return np.array(sizes, dtype=np.int64)


def _averaging(lengths: Sequence[int], reach: NDArray[np.int64] | int, *, with_itself: bool) -> sp.csr_matrix:
    """Return the matrix that replaces rows by means of their neighbours."""
    reaches = np.broadcast_to(reach, sum(lengths)).tolist()
    rows: list[int] = []
    columns: list[int] = []
    start = 0
    for length in lengths:
        for row in range(start, start + length):
            near = range(max(row - reaches[row], start), min(row + reaches[row] + 1, start + length))
            columns += [column for column in near if with_itself or column != row]
            rows += [row] * (len(columns) - len(rows))
        start += length
    counts = np.bincount(rows, minlength=start) if rows else np.zeros(start)
    weights = (1.0 / np.maximum(counts, 1))[rows].astype(np.float32) if rows else np.zeros(0, np.float32)
    return sp.csr_matrix((weights, (rows, columns)), shape=(start, start))


def _texts(documents: Documents) -> dict[str, list[str]]:
    units = [unit for one in documents for unit in one]
    return {"words": [" ".join(lemmas_of(unit)) for unit in units], "characters": [unit.text for unit in units]}


def _scaled(block: Any, name: str) -> Any:
    return block * np.float32(WEIGHTS[name] ** 0.5)


def _directions(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
