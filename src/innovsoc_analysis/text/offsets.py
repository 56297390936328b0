"""Where each character of a cleaned text comes from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """A monotone map between a clean text and its source.

    Both columns never fall, and every clean character comes from at least one character of the
    source; so a clean span led to the source and back is covered by what comes back.

    Attributes
    ----------
    starts, ends : array of int, shape (n_clean,)
        Clean character ``i`` comes from ``source[starts[i]:ends[i]]``.
    n_source : int
        Length of the source.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    n_source: int

    @classmethod
    def identity(cls, length: int) -> Self:
        """Return the map of a text onto itself."""
        positions = np.arange(length, dtype=np.int64)
        return cls(positions, positions + 1, length)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the source span from which the clean span ``[start, end)`` comes.

        Examples
        --------
        >>> _, places = apply_edits("co-\nopérer", [(2, 4, "")])
        >>> places.to_source(0, 7)
        (0, 9)
        """
        if start >= end:
            position = int(self.starts[start]) if start < len(self.starts) else self.n_source
            return position, position
        return int(self.starts[start]), int(self.ends[end - 1])

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """Return the clean span that comes from the source span ``[start, end)``; empty if all of it was dropped."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return first, max(first, last)

    def then(self, later: OffsetMap) -> OffsetMap:
        """Return the map of two cleanings in a row: `self` first, `later` on its result."""
        if not len(self.starts):
            empty = np.zeros(len(later.starts), dtype=np.int64)
            return OffsetMap(empty, empty.copy(), self.n_source)
        starts = self.starts[np.minimum(later.starts, len(self.starts) - 1)]
        ends = self.ends[np.maximum(later.ends, 1) - 1]
        return OffsetMap(starts, np.maximum(starts, ends), self.n_source)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    r"""Return `text` with spans replaced, and the map back.

    Parameters
    ----------
    text : str
        The source.
    edits : iterable of (start, end, replacement)
        In order, not overlapping, none of them empty: nothing is inserted that comes from nowhere.
        Each character of a replacement comes from the whole span replaced.

    Returns
    -------
    tuple of str and OffsetMap
        The new text and where its characters come from.

    Raises
    ------
    ValueError
        If edits are empty, overlap, are out of order or leave the text.

    Examples
    --------
    >>> apply_edits("co-\nopérer", [(2, 4, "")])[0]
    'coopérer'
    """
    pieces: list[str] = []
    # lengths of what is kept, dropped and put in its place, kept, dropped …
    counts: list[tuple[int, int, int]] = []
    position = 0
    for start, end, replacement in edits:
        if not position <= start < end <= len(text):
            msg = f"edit out of order, empty or outside of the text: {start}, {end} after {position}"
            raise ValueError(msg)
        pieces += (text[position:start], replacement)
        counts.append((start - position, end - start, len(replacement)))
        position = end
    pieces.append(text[position:])
    if not counts:
        return text, OffsetMap.identity(len(text))
    return "".join(pieces), _map(counts, len(text))


def _map(counts: list[tuple[int, int, int]], n_source: int) -> OffsetMap:
    """Build the map at once: an array for each edit would cost more than the rest of the cleaning."""
    kept, dropped, put = np.array(counts, dtype=np.int64).T
    edit_ends = np.cumsum(kept + dropped)
    edit_starts = edit_ends - dropped
    # a stretch that is kept, then one that is put in, in turn; the last one is kept
    lengths = np.append(np.column_stack((kept, put)).ravel(), n_source - edit_ends[-1])
    firsts = np.append(np.column_stack((edit_starts - kept, edit_starts)).ravel(), edit_ends[-1])
    lasts = np.append(np.column_stack((edit_starts - kept + 1, edit_ends)).ravel(), edit_ends[-1] + 1)
    step = np.ones(len(lengths), dtype=np.int64)
    step[1::2] = 0
    places = np.arange(lengths.sum(), dtype=np.int64) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    places *= np.repeat(step, lengths)
    return OffsetMap(np.repeat(firsts, lengths) + places, np.repeat(lasts, lengths) + places, n_source)
