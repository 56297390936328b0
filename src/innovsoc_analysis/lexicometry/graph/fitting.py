"""A graph of similarity for a page or a slide: laid out for its room, with fewer words where not all can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.graph.drawing import caption, placed

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.figures.sizes import Size
    from innovsoc_analysis.lexicometry.graph.result import Similarity

_LARGEST = (16.0, 12.0, 9.5)
"""Sizes of the font of the most widespread word, tried in turn."""
_MOST_TRIED, _FEWEST = 100, 6
_BADGE = 8.0


def fitted(found: Similarity) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the words and edges as `word_network` draws them in the size that is drawn for, large enough to be read.

    Words are written closer in size first; then as many words as hold are kept, see `widespread`.

    Parameters
    ----------
    found : Similarity
        The graph.

    Returns
    -------
    tuple of DataFrame
        As of `placed`.

    Raises
    ------
    UsageError
        If not even six words hold.

    Examples
    --------
    >>> from innovsoc_analysis.figures import style
    >>> from innovsoc_analysis.lexicometry.graph import similarity_of
    >>> with style(size="page"):
    ...     words, edges = fitted(similarity_of([[1, 1], [1, 1]], ["jardin", "puits"]))
    >>> words["label"].tolist()
    ['jardin', 'puits']
    """
    from innovsoc_analysis.figures.sizes import SIZES, current_size, not_fitting

    size = current_size() or SIZES["page"]
    joined = int((found.nodes["community"] > 0).sum())
    if joined <= _MOST_TRIED:
        whole = _legible(found, joined, size)
        if whole is not None:
            return whole
    # the largest number of words that holds: what holds with more words holds with fewer
    low, high, best = _FEWEST, min(joined, _MOST_TRIED + 1), None
    while low < high:
        middle = (low + high) // 2
        tried = _legible(found, middle, size)
        if tried is None:
            high = middle
        else:
            low, best = middle + 1, tried
    if best is None:
        raise not_fitting(size)
    return best


def _legible(found: Similarity, n: int, size: Size) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the graph of `n` words, laid out, if its letters are large enough; otherwise nothing."""
    from innovsoc_analysis.figures.network import room_for, shrinking

    kept = widespread(found, n)
    said = caption(found, n_left=int((found.nodes["community"] > 0).sum()) - n)
    for largest in _LARGEST:
        drawn = placed(found, kept=kept, largest=largest, room=room_for(said))
        letters = min([_BADGE, *drawn[0]["size"]])
        if letters * shrinking(drawn[0], said) >= size.letters:
            return drawn
    return None


def widespread(found: Similarity, n: int) -> NDArray[np.bool_]:
    """Return which `n` words are kept: the ends of branches go first, the least widespread before the others.

    So what is left of a tree is a tree.

    Parameters
    ----------
    found : Similarity
        The graph.
    n : int
        How many words to keep of those that an edge joins.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.graph import similarity_of
    >>> matrix = [[1, 1, 0], [1, 1, 0], [0, 1, 1]]
    >>> widespread(similarity_of(matrix, ["jardin", "puits", "serre"]), 2).tolist()
    [True, True, False]
    """
    import numpy as np

    nodes = found.nodes
    kept = (nodes["community"] > 0).to_numpy(copy=True)
    counts = nodes["n"].to_numpy()
    ends = np.column_stack([found.pairs.first, found.pairs.second])[found.in_tree]
    while kept.sum() > n:
        inside = ends[kept[ends].all(axis=1)]
        degrees = np.bincount(inside.ravel(), minlength=len(nodes))
        # a word whose only neighbour went has no edge left
        outer = np.flatnonzero(kept & (degrees == degrees[kept].min()))
        kept[outer[np.lexsort((-outer, counts[outer]))[0]]] = False
    return kept
