"""What the default model factorises, and where it starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LENGTH_EXPONENT = 0.5
_DENSE = 1500
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
    from sklearn.feature_extraction.text import TfidfTransformer

    weights = TfidfTransformer(sublinear_tf=True, norm=None).fit_transform(matrix)
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return sp.diags_array(np.where(lengths > 0, lengths, 1) ** -_LENGTH_EXPONENT) @ sp.csr_array(weights)


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
    start = np.zeros((weights.shape[0], n_topics)), np.zeros((n_topics, weights.shape[1]))
    for topic in range(n_topics):
        halves = []
        for sign in (1, -1):
            pair = (sign * left[:, topic]).clip(min=0), (sign * right[topic]).clip(min=0)
            halves.append((pair, [float(np.linalg.norm(half)) for half in pair]))
        (units, words), (long, wide) = max(halves, key=lambda half: half[1][0] * half[1][1])
        if long * wide > 0:
            scale = np.sqrt(values[topic] * long * wide)
            start[0][:, topic], start[1][topic] = scale * units / long, scale * words / wide
    return start


def _singular(weights: sp.csr_array[np.float64], n: int) -> tuple[Floats, Floats, Floats]:
    """Return the `n` largest singular triples, the largest first."""
    import numpy as np
    from scipy.linalg import eigh
    from scipy.sparse.linalg import svds

    side = min(weights.shape)
    if side > _DENSE and n < side:
        left, values, right = svds(weights, k=n, v0=np.ones(side))
        order = np.argsort(-values, kind="stable")
        return left[:, order], values[order], right[order]
    tall = weights.shape[0] > weights.shape[1]
    gram = (weights.T @ weights if tall else weights @ weights.T).toarray()
    squares, vectors = eigh(gram, subset_by_index=[side - n, side - 1])
    values, vectors = np.sqrt(squares[::-1].clip(min=0)), np.ascontiguousarray(vectors[:, ::-1])
    others = (weights if tall else weights.T) @ vectors / np.where(values > values[0] * _RESOLVED, values, np.inf)
    return (others, values, vectors.T) if tall else (vectors, values, others.T)
