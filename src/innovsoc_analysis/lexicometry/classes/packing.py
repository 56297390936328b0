"""The best sets of crossed classes that do not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Place(NamedTuple):
    """Where a crossed class is in two trees, and what it is worth.

    Attributes
    ----------
    first, second : int
        The smallest class of each tree that holds it.
    value : tuple of float
        What is added up, compared from left to right.
    """

    first: int
    second: int
    value: tuple[float, float]


class _Packing(NamedTuple):
    value: tuple[float, float]
    chosen: tuple[int, ...]


_Best = dict[int, _Packing]
_Children = list[tuple[int, ...]]


def best_packings(
    places: Sequence[Place], children: tuple[_Children, _Children], most: int
) -> dict[int, tuple[int, ...]]:
    """Return the best set of 1, 2, 3… crossed classes that do not overlap.

    Parameters
    ----------
    places : sequence of Place
        The crossed classes.
    children : pair of list of tuple of int
        For each tree, the two classes each class was split into, or none. Number 0 is the whole; children have
        larger numbers.
    most : int
        Largest set.

    Returns
    -------
    dict
        Number of classes → positions in `places`, increasing; nothing for numbers that cannot be reached. Of
        equal sets, the first found.

    Notes
    -----
    Two crossed classes overlap when their classes are one within the other in both trees. Among classes that do not,
    either none goes over both halves of the first tree, or none over both halves of the second
    (one of each would overlap): the best set is the best of those made of two halves, and so
    on down the trees. This takes time in (classes of a tree)² × `most`², where trying all
    sets would take time in 2 to the number of crossed classes.

    Examples
    --------
    >>> tree = [(1, 2), (), ()]
    >>> places = [Place(1, 1, (5, 0)), Place(2, 2, (4, 0)), Place(1, 0, (7, 0))]
    >>> best_packings(places, (tree, tree), 3)
    {1: (2,), 2: (1, 2)}
    """
    one, other = children
    within = ([[*_above(one, place.first)] for place in places], [[*_above(other, place.second)] for place in places])
    single: dict[tuple[int, int], int] = {}
    for row, place in enumerate(places):
        for pair in ((a, b) for a in within[0][row] for b in within[1][row]):
            if pair not in single or place.value > places[single[pair]].value:
                single[pair] = row
    found: dict[tuple[int, int], _Best] = {}
    for pair in sorted(single, reverse=True):
        best = {1: _Packing(places[single[pair]].value, (single[pair],))}
        a, b = pair
        for halves in ([(half, b) for half in one[a]], [(a, half) for half in other[b]]):
            _improve(best, [found[half] for half in halves if half in found], most)
        found[pair] = best
    top = found.get((0, 0), {})
    return {size: tuple(sorted(top[size].chosen)) for size in sorted(top)}


def _above(children: _Children, node: int) -> list[int]:
    """Return a class and all those that hold it."""
    parents = {child: parent for parent, pair in enumerate(children) for child in pair}
    line = [node]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line


def _improve(best: _Best, halves: list[_Best], most: int) -> None:
    """Put in `best` what sets of one half, or of both together, do better."""
    candidates = [(size, packing) for half in halves for size, packing in half.items()]
    if len(halves) > 1:
        candidates += [
            (size + rest, _Packing((one.value[0] + two.value[0], one.value[1] + two.value[1]), one.chosen + two.chosen))
            for size, one in halves[0].items()
            for rest, two in halves[1].items()
            if size + rest <= most
        ]
    for size, packing in candidates:
        if size not in best or packing.value > best[size].value:
            best[size] = packing
