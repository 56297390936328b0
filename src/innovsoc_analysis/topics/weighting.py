"""What the default model factorises, and where it starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp
from scipy.linalg import eigh
from scipy.sparse.linalg import svds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LENGTH_EXPONENT = 0.5
_DENSE = 500  # beyond, a few singular vectors are found faster than all products
_SMALL = 50_000  # cells
_TINY = 1e-300
_RESOLVED = 1e-6  # eigenvalues of a Gram matrix are known to the root of rounding only


def weighted(matrix: sp.csr_array[np.int64]) -> sp.csr_array[np.float64]:
    """Return sublinear tf-idf, each unit divided by the root of its length.

    To make all units as long (the usual normalisation) lets the shortest, which say least, weigh
    as much as the others; not to do so gives the corpus to the longest. The exponent one half, between
    both, was chosen on four corpora (`benchmarks/topics.py`). Pivoted normalisation (Singhal, Buckley
    & Mitra 1996) has the same reason.

    Parameters
    ----------
    matrix : sparse array, shape (n_units, n_words)
        Counts.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> weighted(sp.csr_array([[4, 0], [0, 1]])).toarray().round(3).tolist()
    [[1.831, 0.0], [0.0, 1.186]]
    """
    counts: Any = matrix.copy()
    counts.eliminate_zeros()
    n_units, n_words = counts.shape
    spread = np.bincount(counts.indices, minlength=n_words)
    rarity = np.log((1 + n_units) / (1 + spread)) + 1
    values = (np.log(counts.data) + 1) * rarity[counts.indices]
    units = np.repeat(np.arange(n_units), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(units, weights=values**2, minlength=n_units))
    counts.data = values / (lengths**_LENGTH_EXPONENT)[units]
    return counts


def as_table(weights: sp.csr_array[np.float64]) -> Any:
    """Return `weights` in the form that is multiplied fastest: an array with all its zeros if it is small.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> as_table(sp.csr_array([[1.0, 0.0]])).tolist()
    [[1.0, 0.0]]
    """
    return weights.toarray() if weights.shape[0] * weights.shape[1] <= _SMALL else weights


def start_from_svd(weights: sp.csr_array[np.float64], n_topics: int) -> tuple[Floats, Floats]:
    """Return where the factorisation starts from: NNDSVD (Boutsidis & Gallopoulos 2008), of the exact SVD.

    Of each singular pair the positive or the negative halves are kept, whichever are larger, so that
    the arbitrary signs of singular vectors do not matter.

    Parameters
    ----------
    weights : sparse array, shape (n_units, n_words)
    n_topics : int
        At most the smaller of both.

    Returns
    -------
    array, shape (n_units, n_topics)
    array, shape (n_topics, n_words)

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> left, right = start_from_svd(sp.csr_array([[2.0, 0.0], [0.0, 1.0]]), 2)
    >>> (left @ right).round(6).tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """
    left, values, right = _singular(weights, n_topics)
    units, words = left.T, right
    positive = _squares(np.maximum(units, 0)) * _squares(np.maximum(words, 0))
    negative = _squares(np.minimum(units, 0)) * _squares(np.minimum(words, 0))
    sign = np.where(positive >= negative, 1.0, -1.0)[:, None]
    units, words = np.maximum(sign * units, 0), np.maximum(sign * words, 0)
    long, wide = np.sqrt(_squares(units)), np.sqrt(_squares(words))
    scale = np.sqrt(values * long * wide)
    return (units * (scale / (long + _TINY))[:, None]).T, words * (scale / (wide + _TINY))[:, None]


def _squares(rows: Floats) -> Floats:
    squares: Floats = (rows * rows).sum(axis=1)
    return squares


def _singular(weights: sp.csr_array[np.float64], n: int) -> tuple[Floats, Floats, Floats]:
    """Return the `n` largest singular triples, the largest first."""
    side = min(weights.shape)
    if side > _DENSE and n < side:
        left, values, right = svds(weights, k=n, v0=np.ones(side))
        order = np.argsort(-values, kind="stable")
        return left[:, order], values[order], right[order]
    tall = weights.shape[0] > weights.shape[1]
    table = as_table(weights)
    gram: Any = table.T @ table if tall else table @ table.T
    if sp.issparse(gram):
        gram = gram.toarray()
    squares, vectors = eigh(gram, subset_by_index=[side - n, side - 1], check_finite=False)
    values, vectors = np.sqrt(np.maximum(squares[::-1], 0)), np.ascontiguousarray(vectors[:, ::-1])
    others = (table if tall else table.T) @ vectors / np.where(values > values[0] * _RESOLVED, values, np.inf)
    return (others, values, vectors.T) if tall else (vectors, values, others.T)
