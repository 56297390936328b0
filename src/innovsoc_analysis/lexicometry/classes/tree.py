"""The tree of Reinert's classification: the largest class is split, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.lexicometry.classes.splitting import split_units

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


class Node(NamedTuple):
    """A class, final or split since.

    Attributes
    ----------
    parent : int
        Its number in the tree; -1 for all units together, which are number 0.
    children : tuple of int
        The two classes it was split into; empty for a final class.
    height : float
        χ² of its split; 0 for a final class.
    units : array of int
        Rows of its units, increasing: those without any term of its vocabulary included, which no
        class below holds.
    terms : array of int
        Columns of its vocabulary: those by which it was split or would be.
    """

    parent: int
    children: tuple[int, ...]
    height: float
    units: Numbers
    terms: Numbers


class Growth(NamedTuple):
    """A tree in the order in which it grew.

    Attributes
    ----------
    nodes : tuple of Node
        The split number i, from 0, makes nodes 2i + 1 and 2i + 2.
    split : tuple of int
        Which node each split cut.
    leaves : tuple of tuple of int
        After each split, the classes there are, in the order of the tree's leaves.
    enough : bool
        Whether the classes are as many as asked; if not, what is left cannot be split.
    """

    nodes: tuple[Node, ...]
    split: tuple[int, ...]
    leaves: tuple[tuple[int, ...], ...]
    enough: bool


def grow(
    presences: sp.csr_array[np.float64], terms: Numbers, *, n_classes: int, min_split: int, cc_test: float, tsj: int
) -> Growth:
    """Split the class of most units, again and again.

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_terms)
        Ones.
    terms : array of int
        Columns of the vocabulary of all units.
    n_classes : int
        How many classes to make.
    min_split : int
        A class of fewer units is not split.
    cc_test, tsj
        See `keep_terms`.

    Returns
    -------
    Growth
        Of equally large classes, the first of the tree was split; one that cannot be split was
        passed over.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = np.repeat([[1.0, 1, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 1, 0, 1]], [4, 2, 1], axis=0)
    >>> grown = grow(sp.csr_array(units), np.arange(5), n_classes=3, min_split=2, cc_test=0.3, tsj=1)
    >>> grown.leaves, grown.split, grown.enough
    (((1, 2), (1, 3, 4)), (0, 2), True)
    >>> [node.units.tolist() for node in grown.nodes[1:]]
    [[0, 1, 2, 3], [4, 5, 6], [4, 5], [6]]
    >>> [node.terms.tolist() for node in grown.nodes[1:]]
    [[0, 1], [2, 3, 4], [2, 3], [2, 4]]
    """
    import numpy as np

    nodes = [Node(-1, (), 0.0, np.flatnonzero(presences[:, terms].sum(axis=1)), terms)]
    leaves, order, history = [0], [], []
    whole: set[int] = set()
    while len(leaves) < n_classes:
        open_ = [leaf for leaf in leaves if leaf not in whole and len(nodes[leaf].units) >= min_split]
        if not open_:
            break
        largest = max(open_, key=lambda leaf: len(nodes[leaf].units))
        node = nodes[largest]
        cut = split_units(presences[node.units][:, node.terms], cc_test=cc_test, tsj=tsj)
        if cut is None:
            whole.add(largest)
            continue
        children = (len(nodes), len(nodes) + 1)
        nodes[largest] = node._replace(children=children, height=cut.height)
        for side, kept in enumerate(cut.terms, start=1):
            nodes.append(Node(largest, (), 0.0, node.units[cut.side == side], node.terms[kept]))
        place = leaves.index(largest)
        leaves[place : place + 1] = children
        order.append(largest)
        history.append(tuple(leaves))
    return Growth(tuple(nodes), tuple(order), tuple(history), len(leaves) == n_classes)


def partitions_of(growth: Growth, n_units: int) -> Numbers:
    """Return the class of each unit after each split.

    Parameters
    ----------
    growth : Growth
        From `grow`.
    n_units : int
        How many units there are, classified or not.

    Returns
    -------
    array of int, shape (n_units, n_splits)
        Column i: the partition into i + 2 classes, numbered from 1 in the order of the tree's leaves; 0 where a unit
        is in none.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = sp.csr_array(np.array([[1.0, 0], [0, 0], [0, 1], [1, 0]]))
    >>> grown = grow(units, np.arange(2), n_classes=2, min_split=2, cc_test=0.3, tsj=1)
    >>> partitions_of(grown, 4).ravel().tolist()
    [1, 0, 2, 1]
    """
    import numpy as np

    table = np.zeros((n_units, len(growth.leaves)), dtype=np.int64)
    for column, leaves in enumerate(growth.leaves):
        for number, leaf in enumerate(leaves, start=1):
            table[growth.nodes[leaf].units, column] = number
    return table


def merges_of(growth: Growth) -> NDArray[np.float64]:
    """Return the tree as scipy's `linkage` would: the last split is the first merge.

    Parameters
    ----------
    growth : Growth
        From `grow`.

    Returns
    -------
    array, shape (n_splits, 4)
        The two classes merged, the distance, and how many final classes they hold. Final class number c, from 1, is
        cluster c - 1. A later split may have a larger χ² than an earlier one: so that no branch
        turns back, the distance is the sum of χ² of this split and of all later ones.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = np.repeat([[1.0, 1, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 1, 0, 1]], [4, 2, 1], axis=0)
    >>> grown = grow(sp.csr_array(units), np.arange(5), n_classes=3, min_split=2, cc_test=0.3, tsj=1)
    >>> merges_of(grown).tolist()
    [[1.0, 2.0, 3.0, 2.0], [0.0, 3.0, 17.0, 3.0]]
    """
    import numpy as np

    leaves = growth.leaves[-1]
    cluster = {leaf: number for number, leaf in enumerate(leaves)}
    held = dict.fromkeys(leaves, 1)
    merges = np.zeros((len(growth.split), 4))
    distance = 0.0
    for row, node in enumerate(reversed(growth.split)):
        one, other = growth.nodes[node].children
        distance += growth.nodes[node].height
        held[node] = held[one] + held[other]
        merges[row] = cluster[one], cluster[other], distance, held[node]
        cluster[node] = len(leaves) + row
    return merges
