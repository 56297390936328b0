"""How strongly two words go together: co-occurrences, and indices drawn from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

INDICES = {
    "cooccurrence": "nombre d'unités où les deux figurent",
    "jaccard": "indice de Jaccard",
    "dice": "indice de Dice",
    "cosine": "cosinus (indice d'Ochiai)",
    "equivalence": "indice d'équivalence",
    "pmi": "information mutuelle positive, en bits",
}
"""What each index is called."""


class Pairs(NamedTuple):
    """Items that stand together in at least one unit, each pair once.

    Attributes
    ----------
    first, second : arrays of int, shape (n_pairs,)
        Numbers of the items, ``first < second``; pairs are sorted.
    together : array of int, shape (n_pairs,)
        Units that hold both.
    alone : array of int, shape (n_items,)
        Units that hold each item, with others or not.
    n_units : int
        Units in all.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    together: NDArray[np.int64]
    alone: NDArray[np.int64]
    n_units: int


def count_pairs(presence: sp.csr_array[np.int64]) -> Pairs:
    """Count in how many units each two items stand together.

    Parameters
    ----------
    presence : sparse array, shape (n_units, n_items)
        1 where the unit holds the item.

    Returns
    -------
    Pairs
        Those that stand together at least once.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> found = count_pairs(sp.csr_array([[1, 1, 0], [1, 1, 1]]))
    >>> found.first.tolist(), found.second.tolist(), found.together.tolist(), found.alone.tolist()
    ([0, 0, 1], [1, 2, 2], [2, 1, 1], [2, 2, 1])
    """
    import numpy as np
    import scipy.sparse as sp

    square = sp.coo_array(sp.triu(presence.T @ presence, k=1))
    first, second, together = (one.astype(np.int64) for one in (*square.coords, square.data))
    order = np.lexsort((second, first))
    alone = np.asarray(presence.sum(axis=0), dtype=np.int64).ravel()
    return Pairs(first[order], second[order], together[order], alone, presence.shape[0])


def index_values(pairs: Pairs, index: str) -> NDArray[np.float64]:
    r"""Return the index of each pair.

    Parameters
    ----------
    pairs : Pairs
        From `count_pairs`.
    index : str
        A key of `INDICES`.

    Returns
    -------
    array of float, shape (n_pairs,)
        0 where the two are not drawn together.

    Notes
    -----
    With :math:`a` the units that hold both, :math:`n_i` and :math:`n_j` those that hold each and
    :math:`N` all of them:

    - ``cooccurrence``: :math:`a`, that of Flament (1962, *Cahiers du Centre de recherche
      opérationnelle* 4);
    - ``jaccard``: :math:`a / (n_i + n_j - a)`, the one of units that hold either that hold both
      (Jaccard 1901);
    - ``dice``: :math:`2a / (n_i + n_j)` (Dice 1945, *Ecology* 26);
    - ``cosine``: :math:`a / \sqrt{n_i n_j}` (Ochiai 1957);
    - ``equivalence``: :math:`a^2 / (n_i n_j)`, that of co-word analysis (Callon, Courtial & Laville
      1991, *Scientometrics* 22);
    - ``pmi``: :math:`\log_2 (a N / (n_i n_j))` (Church & Hanks 1990, *Computational Linguistics*
      16), brought up to 0 where the two stand together no more often than chance would have it.

    Co-occurrence brings forward frequent words and makes stars around them; ``pmi`` brings forward
    rare ones; the others stand between.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> found = count_pairs(sp.csr_array([[1, 1], [1, 1], [1, 0], [0, 0]]))
    >>> [round(float(index_values(found, name)[0]), 3) for name in INDICES]
    [2.0, 0.667, 0.8, 0.816, 0.667, 0.415]
    """
    import numpy as np

    together = pairs.together.astype(np.float64)
    one, other = (pairs.alone[side].astype(np.float64) for side in (pairs.first, pairs.second))
    if index == "cooccurrence":
        return together
    if index == "jaccard":
        return together / (one + other - together)
    if index == "dice":
        return 2 * together / (one + other)
    if index == "cosine":
        return together / np.sqrt(one * other)
    if index == "equivalence":
        return together**2 / (one * other)
    return np.maximum(np.log2(together * pairs.n_units / (one * other)), 0.0)
