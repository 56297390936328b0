"""How far the tree hangs on the texts one happens to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.graph.graph import spanning_tree
from innovsoc_analysis.lexicometry.graph.indices import Pairs

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray


def edge_stability(
    presence: sp.csr_array[np.int64],
    pairs: Pairs,
    *,
    index: str,
    groups: NDArray[np.int64],
    n_resamples: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return in which share of draws each pair is an edge of the tree.

    Each draw takes as many documents as there are, with replacement (bootstrap: Efron 1979, *The
    Annals of Statistics* 7), counts the pairs in them, and builds the tree anew. Documents are
    drawn whole, for the units of one document resemble each other.

    Parameters
    ----------
    presence : sparse array, shape (n_units, n_items)
        1 where the unit holds the item.
    pairs : Pairs
        Those of `presence`.
    index : str
        A key of `INDICES`.
    groups : array of int, shape (n_units,)
        The document of each unit, from 0.
    n_resamples : int
        How many draws.
    seed : int
        Of the draws.

    Returns
    -------
    array of float, shape (n_pairs,)
        0 to 1; all missing without draws.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> from innovsoc_analysis.lexicometry.graph.indices import count_pairs
    >>> presence = sp.csr_array([[1, 1], [1, 1], [1, 1]])
    >>> groups = np.arange(3)
    >>> edge_stability(
    ...     presence, count_pairs(presence), index="jaccard", groups=groups, n_resamples=20, seed=0).tolist()
    [1.0]
    """
    import numpy as np

    if not n_resamples:
        return np.full(len(pairs.first), np.nan)
    generator = np.random.default_rng(seed)
    n_groups = int(groups.max()) + 1
    together, alone, sizes = _by_group(presence, pairs, groups)
    found = np.zeros(len(pairs.first), dtype=np.int64)
    for _ in range(n_resamples):
        drawn = np.bincount(generator.integers(n_groups, size=n_groups), minlength=n_groups)
        counts = together.T @ drawn
        kept = np.flatnonzero(counts)
        again = Pairs(pairs.first[kept], pairs.second[kept], counts[kept], alone.T @ drawn, int(sizes @ drawn))
        found[kept[spanning_tree(again, index)]] += 1
    return found / n_resamples


def _by_group(
    presence: sp.csr_array[np.int64], pairs: Pairs, groups: NDArray[np.int64]
) -> tuple[sp.csr_array[np.int64], sp.csr_array[np.int64], NDArray[np.int64]]:
    """Count pairs, items and units in each document, once for all draws."""
    import numpy as np
    import scipy.sparse as sp

    n_units, n_items = presence.shape
    n_groups = int(groups.max()) + 1
    members = sp.csr_array((np.ones(n_units, dtype=np.int64), (groups, np.arange(n_units))), shape=(n_groups, n_units))
    numbers = pairs.first * n_items + pairs.second
    by_item = presence.tocsc()
    rows, columns = [], []
    for item in range(n_items):
        held = by_item.indices[by_item.indptr[item] : by_item.indptr[item + 1]]
        others = presence[held]
        later = others.indices > item
        rows.append(np.repeat(groups[held], np.diff(others.indptr))[later])
        columns.append(np.searchsorted(numbers, item * n_items + others.indices[later].astype(np.int64)))
    places = (np.concatenate(rows), np.concatenate(columns))
    together = sp.coo_array((np.ones(len(places[0]), dtype=np.int64), places), shape=(n_groups, len(numbers)))
    return together.tocsr(), members @ presence, np.bincount(groups, minlength=n_groups)
