"""Put occurrences in the order of their words: to the left (1G, 2G…), to the right (1D, 2D…), or their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.kwic.contexts import nearby_words
from innovsoc_analysis.lexicometry.kwic.index import fold
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.kwic.index import TokenIndex

    Rows = NDArray[np.int64]

_SIDES = {"left": "G", "right": "D"}
_NEIGHBOUR = re.compile(r"([1-9])([GDgd])")
FARTHEST = 9


def alphabetical(word: str) -> str:
    """Return what French dictionaries sort by: letters and digits, without accents or capitals.

    Examples
    --------
    >>> sorted(["zone", "l’État", "été", "Eté", "co-op", "coopérer"], key=alphabetical)
    ['co-op', 'coopérer', 'été', 'Eté', 'l’État', 'zone']
    """
    return "".join(letter for letter in fold(word, accents=False) if letter.isalnum())


def sort_keys(keys: Sequence[str], *, depth: int = 3) -> list[str]:
    """Return the single keys that `keys` ask for: ``1G``, ``2D``, ``pivot`` or ``place``.

    Parameters
    ----------
    keys : sequence of str
        ``left`` (the words to the left, from the nearest), ``right``, ``pivot``, ``place``, or one
        word: ``1G`` is the first to the left, ``2D`` the second to the right.
    depth : int
        How many words ``left`` and ``right`` look at, 1 to 9.

    Raises
    ------
    UsageError
        If a key is unknown.

    Examples
    --------
    >>> sort_keys(["right", "pivot"], depth=2)
    ['1D', '2D', 'pivot']
    """
    if not 1 <= depth <= FARTHEST:
        raise UsageError(f"La profondeur du tri est un nombre de mots : de 1 à {FARTHEST}.")
    found = []
    for key in keys or ("place",):
        if key in _SIDES:
            found += [f"{number}{_SIDES[key]}" for number in range(1, depth + 1)]
        elif key in {"pivot", "place"}:
            found.append(key)
        elif _NEIGHBOUR.fullmatch(key):
            found.append(key.upper())
        else:
            raise UsageError(
                f"« {key} » : on trie par left (gauche), right (droite), pivot, place, ou par un mot voisin"
                " (1G à 9G, 1D à 9D)."
            )
    return found


def sort_order(index: TokenIndex, pivots: Iterable[str], *, first: Rows, last: Rows, keys: Sequence[str]) -> Rows:
    """Return the order of occurrences by `keys`, ties by place.

    Parameters
    ----------
    index : TokenIndex
        Of the corpus.
    pivots : iterable of str
        What is written at each occurrence.
    first, last : array
        First and last token of each.
    keys : sequence of str
        From `sort_keys`, the first weighing most.
    """
    import numpy as np

    columns = [first]  # the place decides between equals
    for key in reversed(keys):
        if key == "place":
            columns.append(first)
        elif key == "pivot":
            columns.append(np.array(ranks([alphabetical(pivot) for pivot in pivots]), dtype=np.int64))
        else:
            columns.append(neighbour_ranks(index, first=first, last=last, key=key))
    return np.lexsort(columns)


def neighbour_ranks(index: TokenIndex, *, first: Rows, last: Rows, key: str) -> Rows:
    """Return the alphabetical rank of a neighbour of each occurrence; -1 where there is none.

    Parameters
    ----------
    index : TokenIndex
        Of the corpus.
    first, last : array
        First and last token of each occurrence.
    key : str
        Such as ``1G`` or ``2D``; words are counted, not punctuation, within the document.
    """
    import numpy as np

    number, to_left = int(key[0]), key[1] == "G"
    words = nearby_words(index, first if to_left else last, -number if to_left else number)
    codes = index.form.codes[words]
    used, places = np.unique(codes, return_inverse=True)
    order = np.array(ranks([alphabetical(index.form.names[code]) for code in used]), dtype=np.int64)
    return np.where(words >= 0, order[places] if len(order) else -1, -1)


def ranks(words: Sequence[str]) -> list[int]:
    """Return the rank of each word among the distinct ones.

    Examples
    --------
    >>> ranks(["b", "a", "b"])
    [1, 0, 1]
    """
    numbers = {word: number for number, word in enumerate(sorted(set(words)))}
    return [numbers[word] for word in words]
