"""Which topic of one run is which topic of another, and how alike they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

N_TOP = 10


def first_words(word_weights: NDArray[np.float64], n: int = N_TOP) -> NDArray[np.int64]:
    """Return the columns of the `n` heaviest words of each topic, shape (n_topics, n).

    Words of the same weight, to twelve figures, come in the order of the vocabulary.

    Examples
    --------
    >>> import numpy as np
    >>> first_words(np.array([[0.1, 0.4, 0.1, 0.4]]), 3).tolist()
    [[1, 3, 0]]
    """
    import numpy as np

    return np.argsort(-np.asarray(word_weights).round(12), axis=1, kind="stable")[:, :n]


def similarities(one: NDArray[np.float64], other: NDArray[np.float64], n: int = N_TOP) -> NDArray[np.float64]:
    """Return how many of their first words each two topics share: Jaccard's index, shape (n_one, n_other).

    Parameters
    ----------
    one, other : array, shape (n_topics, n_words)
        Word weights over the same vocabulary; words of no weight are no first words.
    n : int
        First words that are compared.

    Notes
    -----
    Greene, O'Callaghan & Cunningham (2014), *How Many Topics? Stability Analysis for Topic Models*.
    """
    import numpy as np

    sets = []
    for weights in (one, other):
        held = np.zeros(weights.shape)
        np.put_along_axis(held, first_words(weights, n), 1.0, axis=1)
        sets.append(held * (np.asarray(weights) > 0))
    shared = sets[0] @ sets[1].T
    either = sets[0].sum(axis=1)[:, None] + sets[1].sum(axis=1)[None] - shared
    return np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)


def match(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pair the topics of two runs so that they are most alike in all (Kuhn 1955).

    Returns
    -------
    partners : array of int, shape (n_topics of `one`,)
        For each topic of `one` its topic of `other`, or -1.
    alike : array, shape (n_topics of `one`,)
        Jaccard's index of their first words, 0 without a partner.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([[0.9, 0.1, 0.0], [0.0, 0.2, 0.8]])
    >>> partners, alike = match(one, one[::-1])
    >>> partners.tolist(), alike.tolist()
    ([1, 0], [1.0, 1.0])
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    # words alone may tie: the weights decide between partners that share as many
    closeness = similarities(one, other)
    rows, columns = linear_sum_assignment(closeness + 1e-3 * _cosines(one, other), maximize=True)
    partners = np.full(len(one), -1)
    partners[rows] = columns
    alike = np.zeros(len(one))
    alike[rows] = closeness[rows, columns]
    return partners, alike


def _cosines(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    lengths = [np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12) for weights in (one, other)]
    return (one / lengths[0]) @ (other / lengths[1]).T
