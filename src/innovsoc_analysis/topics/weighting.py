"""What the default model factorises, and where it starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LENGTH_EXPONENT = 0.5
_DENSE = 500  # beyond, a few singular vectors are found faster than all products
_SMALL = 50_000  # cells
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
    import numpy as np
    import scipy.sparse as sp

    counts = sp.csr_array(matrix, dtype=np.float64)
    n_units, n_words = counts.shape
    spread = np.bincount(counts.indices[counts.data > 0], minlength=n_words)
    rarity = np.log((1 + n_units) / (1 + spread)) + 1
    values = np.log(counts.data, where=counts.data > 0, out=np.full(len(counts.data), -1.0)) + 1
    values *= rarity[counts.indices]
    units = np.repeat(np.arange(n_units), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(units, weights=values**2, minlength=n_units))
    values *= np.where(lengths > 0, lengths, 1)[units] ** -_LENGTH_EXPONENT
    return sp.csr_array((values, counts.indices, counts.indptr), shape=counts.shape)


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
    import numpy as np

    left, values, right = _singular(weights, n_topics)
    sides = [(np.maximum(sign * left.T, 0), np.maximum(sign * right, 0)) for sign in (1, -1)]
    norms = [(np.linalg.norm(units, axis=1), np.linalg.norm(words, axis=1)) for units, words in sides]
    positive = norms[0][0] * norms[0][1] >= norms[1][0] * norms[1][1]
    units, words = (np.where(positive[:, None], *halves) for halves in zip(*sides, strict=True))
    long, wide = (np.where(positive, *lengths) for lengths in zip(*norms, strict=True))
    filled = long * wide > 0
    scale = np.sqrt(values * long * wide, where=filled, out=np.zeros(n_topics))
    by_unit = np.divide(scale, long, where=filled, out=np.zeros(n_topics))
    by_word = np.divide(scale, wide, where=filled, out=np.zeros(n_topics))
    return (units * by_unit[:, None]).T, words * by_word[:, None]


def _singular(weights: sp.csr_array[np.float64], n: int) -> tuple[Floats, Floats, Floats]:
    """Return the `n` largest singular triples, the largest first."""
    import numpy as np
    import scipy.sparse as sp
    from scipy.linalg import eigh
    from scipy.sparse.linalg import svds

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
    squares, vectors = eigh(gram, subset_by_index=[side - n, side - 1])
    values, vectors = np.sqrt(squares[::-1].clip(min=0)), np.ascontiguousarray(vectors[:, ::-1])
    others = (table if tall else table.T) @ vectors / np.where(values > values[0] * _RESOLVED, values, np.inf)
    return (others, values, vectors.T) if tall else (vectors, values, others.T)
