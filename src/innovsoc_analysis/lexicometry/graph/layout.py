"""Where the words of a tree are written: edges short, no word over another, no edge through a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Reals = NDArray[np.float64]

_FLATTER = 1.35  # words are wider than high
_PAGE = 1.45  # width of the drawing for a height of 1
_FAR = 0.8  # power of distances: below 1, what is far in the tree is drawn nearer
_GAP, _BETWEEN = 15.0, 13.0  # points between the words of an edge, and between any two words
_SWEEPS, _PUSHES = 100, 300
_SETTLED = 1e-4
_APART = 26.0


def tree_layout(boxes: Reals, edges: Numbers, *, shape: float = _PAGE) -> Reals:
    """Place the words of a tree, or of several.

    Parameters
    ----------
    boxes : array of float, shape (n_words, 2)
        Width and height of each word, in points.
    edges : array of int, shape (n_edges, 2)
        Of the trees.
    shape : float
        Width of the room there is, for a height of 1: the drawing is turned so that it takes least of it.

    Returns
    -------
    array of float, shape (n_words, 2)
        Centres, in points; no two boxes overlap. Trees are set side by side, the largest first.

    Notes
    -----
    A tree starts as a fan around its centre, each branch as wide as it has leaves, so that no edges
    cross; distances are then brought near those in the tree by stress majorisation, word by word
    (Gansner, Koren & North 2004, *Graph Drawing*; weights of Kamada & Kawai 1989); words that
    overlap, or that an edge runs through, are pushed apart. No chance is in it.

    Examples
    --------
    >>> import numpy as np
    >>> places = tree_layout(np.full((3, 2), [30.0, 10.0]), np.array([[0, 1], [1, 2]]))
    >>> bool(abs(places[0] - places[2]).max() > abs(places[0] - places[1]).max())
    True
    """
    import numpy as np

    from innovsoc_analysis.lexicometry.graph.graph import components

    labels = components(len(boxes), edges)
    sizes = np.bincount(labels)
    trees = []
    for label in np.argsort(-sizes, kind="stable"):
        members = np.flatnonzero(labels == label)
        inner = np.searchsorted(members, edges[labels[edges[:, 0]] == label])
        trees.append((members, _one_tree(boxes[members], inner, shape=shape)))
    return _side_by_side(boxes, trees)


def _one_tree(boxes: Reals, edges: Numbers, *, shape: float) -> Reals:
    import numpy as np

    if len(boxes) == 1:
        return np.zeros((1, 2))
    flat = boxes / [_FLATTER, 1.0]
    distances = _distances(flat, edges)
    places = _fan(edges, distances)
    places = _majorised(places, distances)
    return _pushed_apart(_turned(places, shape) * [_FLATTER, 1.0], boxes, edges)


def _distances(boxes: Reals, edges: Numbers) -> Reals:
    """Return how far apart words should be: along the tree, longer around a word of many edges."""
    import numpy as np
    import scipy.sparse as sp
    from scipy.sparse.csgraph import shortest_path

    radii = boxes.sum(axis=1) / 4
    one, other = edges[:, 0], edges[:, 1]
    degrees = np.bincount(edges.ravel(), minlength=len(boxes))
    crowd = np.sqrt(np.minimum(np.maximum(degrees[one], degrees[other]), 25) / 3).clip(1)
    lengths = (radii[one] + radii[other] + _GAP) * crowd
    graph = sp.coo_array((lengths, (one, other)), shape=(len(boxes), len(boxes)))
    distances = shortest_path(graph.tocsr(), directed=False, method="D")
    usual = float(np.median(lengths))
    return usual * (distances / usual) ** _FAR


def _fan(edges: Numbers, distances: Reals) -> Reals:
    """Place the words around the centre of the tree, each branch as wide as it has leaves."""
    import numpy as np
    import scipy.sparse as sp
    from scipy.sparse.csgraph import breadth_first_order

    n_words = len(distances)
    root = int(distances.max(axis=1).argmin())
    graph = sp.coo_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(n_words, n_words)).tocsr()
    order, parents = breadth_first_order(graph, root, directed=False)
    leaves = np.zeros(n_words)
    for word in order[:0:-1]:
        leaves[word] = max(leaves[word], 1.0)
        leaves[parents[word]] += leaves[word]
    start, angle = np.zeros(n_words), np.zeros(n_words)
    for word in order[1:]:
        above = parents[word]
        width = 2 * np.pi * leaves[word] / leaves[root]
        angle[word] = start[above] + width / 2
        start[word], start[above] = start[above], start[above] + width
    radius = distances[root]
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _majorised(places: Reals, distances: Reals) -> Reals:
    """Bring the distances between words near those in the tree, one word after the other."""
    import numpy as np

    n_words = len(places)
    weights = 1 / (distances + np.eye(n_words)) ** 2
    np.fill_diagonal(weights, 0)
    totals = weights.sum(axis=1)
    places = places.copy()
    for _ in range(_SWEEPS):
        before = places.copy()
        for word in range(n_words):
            away = places[word] - places
            apart = np.sqrt((away**2).sum(axis=1))
            ratio = np.divide(distances[word], apart, out=np.zeros(n_words), where=apart > 0)
            aims = places + away * ratio[:, np.newaxis]
            places[word] = (weights[word][:, np.newaxis] * aims).sum(axis=0) / totals[word]
        if np.abs(places - before).max() < _SETTLED * distances.max():
            break
    return places


def _turned(places: Reals, shape: float) -> Reals:
    """Turn the drawing the way in which it takes least of a page; the first such way."""
    import numpy as np

    places = places - places.mean(axis=0)
    best, least = places, np.inf
    for angle in np.linspace(0, np.pi, 90, endpoint=False):
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        turned = (places[:, np.newaxis, :] * turn).sum(axis=2)
        width, height = turned.max(axis=0) - turned.min(axis=0)
        needed = max(width * _FLATTER / shape, height)
        if needed < least * (1 - 1e-9):
            best, least = turned, needed
    return best


def _pushed_apart(places: Reals, boxes: Reals, edges: Numbers) -> Reals:
    """Push apart words that overlap, and words and edges that cross them; spread them all where that is not enough."""
    import numpy as np

    halves = boxes / 2 + _BETWEEN / 2
    # words on one spot have no direction to go apart
    places = places + np.arange(len(places))[:, np.newaxis] * [1e-6, 1e-5]
    for turn in range(_PUSHES):
        overlapping, moves = _box_moves(places, halves)
        crossed, more = _edge_moves(places, halves, edges)
        if not overlapping and (not crossed or turn > _PUSHES // 2):
            return places
        places = places + moves + (more if turn <= _PUSHES // 2 else 0)
    while _box_moves(places, boxes / 2)[0]:
        places = places * 1.05
    return places


def _box_moves(places: Reals, halves: Reals) -> tuple[bool, Reals]:
    """Return how each word moves away from those it overlaps, along the direction in which least is needed."""
    import numpy as np

    away = [places[:, [axis]] - places[:, axis] for axis in (0, 1)]
    room = [halves[:, [axis]] + halves[:, axis] - np.abs(away[axis]) for axis in (0, 1)]
    touching = 1e-6
    over = (room[0] > touching) & (room[1] > touching) & ~np.eye(len(places), dtype=np.bool_)
    moves = np.zeros_like(places)
    one, other = np.nonzero(over)
    across = np.where(room[0][over] <= room[1][over] * _FLATTER, 0, 1)
    shift = np.where(across == 0, room[0][over], room[1][over])
    away_from = np.where(across == 0, away[0][over], away[1][over])
    np.add.at(moves, (one, across), np.where(away_from >= 0, shift, -shift))
    return bool(len(other)), moves / (1 + np.maximum(over.sum(axis=1), 1))[:, np.newaxis]


def _edge_moves(places: Reals, halves: Reals, edges: Numbers) -> tuple[bool, Reals]:
    """Return how words move off the edges that run through them, and the edges off the words."""
    import numpy as np

    start, end = places[edges[:, 0]], places[edges[:, 1]]
    # measured in half boxes of each word: what is nearer than 1 runs through it
    along_x, along_y = ((end[:, [axis]] - start[:, [axis]]) / halves[:, axis] for axis in (0, 1))
    off_x, off_y = ((places[:, axis] - start[:, [axis]]) / halves[:, axis] for axis in (0, 1))
    length = np.maximum(along_x**2 + along_y**2, 1e-12)
    share = ((off_x * along_x + off_y * along_y) / length).clip(0, 1)
    off_x, off_y = off_x - share * along_x, off_y - share * along_y
    crossed = off_x**2 + off_y**2 < 1
    rows = np.arange(len(edges))
    crossed[rows, edges[:, 0]] = crossed[rows, edges[:, 1]] = False
    moves = np.zeros_like(places)
    edge, word = np.nonzero(crossed)
    off = np.column_stack([off_x[crossed], off_y[crossed]])
    gap = np.sqrt((off**2).sum(axis=1))
    across = np.column_stack([-along_y[crossed], along_x[crossed]])
    direction = np.where(gap[:, np.newaxis] > 1e-9, off, across)  # noqa: PLR2004 - right on the edge
    direction = direction / np.maximum(np.sqrt((direction**2).sum(axis=1)), 1e-12)[:, np.newaxis]
    push = direction * (1 - gap)[:, np.newaxis] * halves[word] * 0.4
    np.add.at(moves, word, push)
    for side in (0, 1):
        np.add.at(moves, edges[edge, side], -push / 2)
    return bool(len(edge)), moves


def _side_by_side(boxes: Reals, trees: list[tuple[Numbers, Reals]]) -> Reals:
    """Set the trees in rows, none wider than the largest of them needs."""
    import numpy as np

    places = np.zeros_like(boxes)
    left = top = depth = 0.0
    widest = 0.0
    for members, centres in trees:
        low = (centres - boxes[members] / 2).min(axis=0)
        width, height = (centres + boxes[members] / 2).max(axis=0) - low
        if left and left + width > widest:
            left, top, depth = 0.0, top - depth - _APART, 0.0
        widest = max(widest, width)
        places[members] = centres - low + [left, top - height]
        left, depth = left + width + _APART, max(depth, height)
    return places
