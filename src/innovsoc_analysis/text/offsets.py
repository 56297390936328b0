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
    """Return `text` with spans replaced, and the map back.

    Parameters
    ----------
    text : str
        The source.
    edits : iterable of (start, end, replacement)
        In order, not overlapping. Each character of a replacement comes from the whole span replaced.

    Returns
    -------
    tuple of str and OffsetMap
        The new text and where its characters come from.
    """
    pieces: list[str] = []
    starts: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int64]] = []
    position = 0

    def keep(upto: int) -> None:
        pieces.append(text[position:upto])
        kept = np.arange(position, upto, dtype=np.int64)
        starts.append(kept)
        ends.append(kept + 1)

    for start, end, replacement in edits:
        keep(start)
        pieces.append(replacement)
        starts.append(np.full(len(replacement), start, dtype=np.int64))
        ends.append(np.full(len(replacement), end, dtype=np.int64))
        position = end
    keep(len(text))
    return "".join(pieces), OffsetMap(np.concatenate(starts), np.concatenate(ends), len(text))
