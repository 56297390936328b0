"""Graphs of items: the maximum spanning tree, communities, and who stands in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.graph.indices import index_values

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.graph.indices import Pairs

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]
    Reals = NDArray[np.float64]

_GAIN = 1e-10  # of the total weight: less is rounding


def spanning_tree(pairs: Pairs, index: str) -> Flags:
    """Return which pairs are edges of the maximum spanning tree, or of one tree per component.

    Of all trees that join the items, it is the one whose edges have the largest sum of indices: an
    edge that is not of the tree is nowhere stronger than the weakest edge of the cycle it would close.

    Parameters
    ----------
    pairs : Pairs
        Numbers of items follow the order of their names.
    index : str
        A key of `INDICES`; pairs whose index is 0 are no edges.

    Returns
    -------
    array of bool, shape (n_pairs,)
        Where several pairs have the same index, the one with the larger equivalence index is taken
        first, then the first in alphabetical order: there is one tree only.

    Notes
    -----
    The tree of similarity analysis: Flament (1981, « L'analyse de similitude : une technique pour
    les recherches sur les représentations sociales », *Cahiers de psychologie cognitive* 1);
    Vergès & Bouriche (2001, *L'analyse des données par les graphes de similitude*).

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from innovsoc_analysis.lexicometry.graph.indices import count_pairs
    >>> found = count_pairs(sp.csr_array([[1, 1, 0], [1, 1, 1], [0, 1, 1]]))
    >>> spanning_tree(found, "cooccurrence").tolist()
    [True, False, True]
    """
    import numpy as np
    import scipy.sparse as sp
    from scipy.sparse.csgraph import minimum_spanning_tree

    values = index_values(pairs, index)
    edges = np.flatnonzero(values > 0)
    order = edges[np.lexsort((-index_values(pairs, "equivalence")[edges], -values[edges]))]
    n_items = len(pairs.alone)
    # ranks instead of indices: all different, so that the tree is the only one
    ranks = sp.csr_array(
        (np.arange(1.0, len(order) + 1), (pairs.first[order], pairs.second[order])), shape=(n_items, n_items)
    )
    chosen = minimum_spanning_tree(ranks).data.astype(np.int64) - 1
    tree = np.zeros(len(values), dtype=np.bool_)
    tree[order[chosen]] = True
    return tree


def components(n_items: int, edges: Numbers) -> Numbers:
    """Return a number per item, the same for those that edges join.

    Parameters
    ----------
    n_items : int
        How many items.
    edges : array of int, shape (n_edges, 2)
        Pairs of items.

    Examples
    --------
    >>> import numpy as np
    >>> components(4, np.array([[0, 2], [2, 3]])).tolist()
    [0, 1, 0, 0]
    """
    from scipy.sparse.csgraph import connected_components

    return connected_components(_adjacency(n_items, edges), directed=False)[1].astype("int64")


def communities(n_items: int, edges: Numbers, weights: Reals) -> Numbers:
    """Return the community of each item: groups that edges join more than chance would.

    Parameters
    ----------
    n_items : int
        How many items.
    edges : array of int, shape (n_edges, 2)
        Pairs of items.
    weights : array of float, shape (n_edges,)
        Above 0.

    Returns
    -------
    array of int, shape (n_items,)
        Numbers in no order of rank. Every community hangs together; an item without edges is alone.

    Notes
    -----
    The method of Louvain (Blondel, Guillaume, Lambiotte & Lefebvre 2008, *Journal of Statistical
    Mechanics* P10008), items taken in their order and not at random, so that one graph has one
    answer. A community that does not hang together is cut into its pieces, which can only raise
    the modularity (Traag, Waltman & van Eck 2019, *Scientific Reports* 9).

    Examples
    --------
    >>> import numpy as np
    >>> edges = np.array([[0, 1], [0, 2], [1, 2], [2, 3], [3, 4], [3, 5], [4, 5]])
    >>> communities(6, edges, np.ones(7)).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    import numpy as np
    import scipy.sparse as sp

    graph = _adjacency(n_items, edges, weights)
    members = np.arange(n_items)
    while len(edges):
        labels = _moved(graph)
        n_groups = int(labels.max()) + 1
        if n_groups == len(labels):
            break
        members = labels[members]
        merging = sp.csr_array((np.ones(len(labels)), (np.arange(len(labels)), labels)), shape=(len(labels), n_groups))
        graph = sp.csr_array(merging.T @ graph @ merging)
    inside = members[edges[:, 0]] == members[edges[:, 1]]
    return components(n_items, edges[inside])


def modularity(edges: Numbers, weights: Reals, labels: Numbers) -> float:
    r"""Return how much more weight lies inside communities than chance would put there.

    Parameters
    ----------
    edges : array of int, shape (n_edges, 2)
        Pairs of items.
    weights : array of float, shape (n_edges,)
        Above 0.
    labels : array of int, shape (n_items,)
        Community of each item, from 0.

    Returns
    -------
    float
        From -0.5 to 1; 0 without edges.

    Notes
    -----
    :math:`Q = \sum_c \left[ w_c / W - (s_c / 2W)^2 \right]`, :math:`w_c` the weight of the edges
    inside community :math:`c`, :math:`s_c` the sum of the strengths of its items and :math:`W` the
    weight of all edges (Newman & Girvan 2004, *Physical Review E* 69; Newman 2004 for weights).

    Examples
    --------
    >>> import numpy as np
    >>> edges = np.array([[0, 1], [0, 2], [1, 2], [2, 3], [3, 4], [3, 5], [4, 5]])
    >>> round(modularity(edges, np.ones(7), np.array([0, 0, 0, 1, 1, 1])), 4)
    0.3571
    """
    import numpy as np

    total = float(weights.sum())
    if not total:
        return 0.0
    sides = labels[edges]
    inside = weights[sides[:, 0] == sides[:, 1]].sum()
    strengths = np.bincount(sides.ravel(), weights=np.repeat(weights, 2))
    return float(inside / total - ((strengths / (2 * total)) ** 2).sum())


def tree_betweenness(n_items: int, edges: Numbers) -> Reals:
    r"""Return the share of pairs of other items whose path in the tree goes through each item.

    Parameters
    ----------
    n_items : int
        How many items.
    edges : array of int, shape (n_edges, 2)
        Of a tree, or of several.

    Returns
    -------
    array of float, shape (n_items,)
        From 0 (a leaf) to 1 (the middle of a star).

    Notes
    -----
    Freeman (1977, *Sociometry* 40). In a tree there is one path between two items: an item that,
    taken away, leaves branches of :math:`b_1, b_2, …` items lies between
    :math:`((\sum b)^2 - \sum b^2) / 2` pairs.

    Examples
    --------
    >>> import numpy as np
    >>> tree_betweenness(4, np.array([[0, 1], [1, 2], [2, 3]])).round(3).tolist()
    [0.0, 0.667, 0.667, 0.0]
    """
    import numpy as np
    from scipy.sparse.csgraph import breadth_first_order

    between = np.zeros(n_items)
    if n_items < 3:  # noqa: PLR2004 - two items have no third in between
        return between
    graph = _adjacency(n_items, edges)
    labels = components(n_items, edges)
    for label in range(int(labels.max()) + 1):
        root = int(np.flatnonzero(labels == label)[0])
        order, parents = breadth_first_order(graph, root, directed=False)
        below = np.zeros(n_items)
        below[order] = 1
        squares = np.zeros(n_items)
        for item in order[:0:-1]:
            below[parents[item]] += below[item]
            squares[parents[item]] += below[item] ** 2
        above = len(order) - below[order]
        between[order] = ((len(order) - 1) ** 2 - squares[order] - above**2) / 2
    return between / ((n_items - 1) * (n_items - 2) / 2)


def _adjacency(n_items: int, edges: Numbers, weights: Reals | None = None) -> sp.csr_array[np.float64]:
    import numpy as np
    import scipy.sparse as sp

    values = np.ones(len(edges)) if weights is None else weights
    one, other = edges[:, 0], edges[:, 1]
    both = (np.concatenate([one, other]), np.concatenate([other, one]))
    return sp.coo_array((np.concatenate([values, values]), both), shape=(n_items, n_items)).tocsr()


def _moved(graph: sp.csr_array[np.float64]) -> Numbers:
    """Move items to the neighbouring community that raises modularity most, until none gains by it."""
    import numpy as np

    n_items = graph.shape[0]
    strengths = np.asarray(graph.sum(axis=1)).ravel()
    total = strengths.sum()
    labels, held = np.arange(n_items), strengths.copy()
    moving = True
    while moving:
        moving = False
        for item in range(n_items):
            row = slice(graph.indptr[item], graph.indptr[item + 1])
            others = graph.indices[row] != item
            nearby = labels[graph.indices[row][others]]
            if not len(nearby):
                continue
            own = labels[item]
            held[own] -= strengths[item]
            towards = np.bincount(nearby, weights=graph.data[row][others], minlength=n_items)
            options = np.unique(nearby)
            gains = towards[options] - strengths[item] * held[options] / total
            best = options[np.flatnonzero(gains >= gains.max() - _GAIN * total)[0]]
            if gains.max() > towards[own] - strengths[item] * held[own] / total + _GAIN * total:
                labels[item], moving = best, True
            held[labels[item]] += strengths[item]
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
