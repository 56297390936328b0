"""One conclusion in every universe: its size, its interval, what is left of it without each document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from innovsoc_analysis.coding.robustness.draws import RESAMPLES, times_drawn
from innovsoc_analysis.counting.resampling import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.robustness.claims import Claim
    from innovsoc_analysis.coding.robustness.universes import Counted

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Measure = Literal["ratio", "difference"]

_SEEDS = {"group": 1, "than": 2, "labels": 3}


class _Sums(NamedTuple):
    """Units with the code and all units, in one group, with what a unit weighs; any shape that broadcasts."""

    part: Floats
    whole: Floats
    piece: Floats

    @property
    def share(self) -> Floats:
        return np.divide(self.part, self.whole, out=np.full(self.part.shape, np.nan), where=self.whole > 0)

    @property
    def smoothed(self) -> Floats:
        """The share with half a unit more on either side, so that a ratio is always one (Haldane 1956)."""
        return (self.part + self.piece / 2) / (self.whole + self.piece)


@dataclass(frozen=True, eq=False)
class Trial:
    """A claim in several universes.

    Attributes
    ----------
    claim : Claim
        What is tried.
    measure : {"ratio", "difference"}
        Ratio of shares, worked with as a binary logarithm, or difference in points.
    parts, wholes : array, shape (n_universes, n_documents)
        Counts of the claim's code.
    pieces : array, shape (n_universes,)
        What a unit weighs on average.
    groups : array of str, shape (n_documents,)
        The group of each document.
    """

    claim: Claim
    measure: Measure
    parts: Floats
    wholes: Floats
    pieces: Floats
    groups: NDArray[np.object_]

    @classmethod
    def of(
        cls, claim: Claim, counted: Sequence[Counted], column: int, *, measure: Measure, groups: Sequence[str]
    ) -> Trial:
        """Gather what universes count of the code in `column`."""
        return cls(
            claim,
            measure,
            np.stack([one.parts[:, column] for one in counted]),
            np.stack([one.wholes for one in counted]),
            np.array([one.piece for one in counted]),
            np.array(groups, dtype=object),
        )

    @cached_property
    def scores(self) -> Floats:
        """How far each universe is from no difference, shape (n_universes,); positive where the group has more."""
        return self._score(self._sums(self._mine, self._ones), self._sums(self._others, self._ones))[:, 0]

    @cached_property
    def shares(self) -> tuple[Floats, Floats]:
        """Shares in % in the group and in what it is compared with, each of shape (n_universes,)."""
        mine = 100 * self._sums(self._mine, self._ones).share[:, 0]
        if not self.claim.than:
            return mine, np.full(len(mine), self.claim.share)
        return mine, 100 * self._sums(self._others, self._ones).share[:, 0]

    @cached_property
    def intervals(self) -> tuple[Floats, Floats]:
        """Bounds of the 95 % interval of each score, documents of both groups drawn again."""
        low, high = np.full((2, len(self.parts)), np.nan)
        for kept, universes in self._by_documents():
            mine, others = self._mine & kept, self._others & kept
            drawn = self._score(
                self._drawn(mine, universes, seed=_SEEDS["group"]),
                self._drawn(others, universes, seed=_SEEDS["than"]),
            )
            n = min(int(mine.sum()), int(others.sum())) if self.claim.than else int(mine.sum())
            low[universes], high[universes] = bounds(drawn.T, n)
        return low, high

    @cached_property
    def without_each(self) -> Floats:
        """The score without each document, shape (n_universes, n_documents); not a number for those not compared."""
        involved = self._mine | self._others
        left = np.full(self.parts.shape, np.nan)
        every = self._ones
        whole_mine, whole_others = self._sums(self._mine, every), self._sums(self._others, every)
        for document in np.flatnonzero(involved):
            sums = [whole_mine, whole_others]
            side = 0 if self._mine[document] else 1
            part, whole = self.parts[:, [document]], self.wholes[:, [document]]
            sums[side] = _Sums(sums[side].part - part, sums[side].whole - whole, sums[side].piece)
            found = self._score(*sums)[:, 0]
            left[:, document] = np.where(whole[:, 0] > 0, found, np.nan)
        return left

    @cached_property
    def by_chance(self) -> Floats:
        """Scores with the groups of the documents dealt out anew, shape (n_universes, resamples); none for a share."""
        if not self.claim.than:
            return np.empty((len(self.parts), 0))
        rng = np.random.default_rng(_SEEDS["labels"])
        involved = np.flatnonzero(self._mine | self._others)
        n_mine = int(self._mine.sum())
        dealt = np.zeros((RESAMPLES, len(self.groups)))
        for row in dealt:
            row[rng.permutation(involved)[:n_mine]] = 1
        others = np.zeros(len(self.groups))
        others[involved] = 1
        return self._score(self._weighted(dealt), self._weighted(others - dealt))

    def _by_documents(self) -> list[tuple[Bools, NDArray[np.int64]]]:
        """Return the sets of documents that universes keep, each with its universes."""
        sets, owner = np.unique(self.wholes > 0, axis=0, return_inverse=True)
        return [(kept, np.flatnonzero(owner.ravel() == place)) for place, kept in enumerate(sets)]

    def _drawn(self, held: Bools, universes: NDArray[np.int64], *, seed: int) -> _Sums:
        places = np.flatnonzero(held)
        if not len(places):
            nothing = np.zeros((len(universes), RESAMPLES))
            return _Sums(nothing, nothing, self.pieces[universes, None])
        times = times_drawn(len(places), seed=seed)
        part, whole = (table[np.ix_(universes, places)] @ times.T for table in (self.parts, self.wholes))
        return _Sums(part, whole, self.pieces[universes, None])

    def _weighted(self, weights: Floats) -> _Sums:
        return _Sums(self.parts @ weights.T, self.wholes @ weights.T, self.pieces[:, None])

    def _sums(self, held: Bools, weights: Floats) -> _Sums:
        return self._weighted(weights * held)

    def _score(self, mine: _Sums, others: _Sums) -> Floats:
        """Return how far the group is above what it is compared with."""
        if self.measure == "ratio":
            compared = others.smoothed if self.claim.than else np.full(mine.part.shape, self.claim.share / 100)
            return np.log2(mine.smoothed / compared)
        return 100 * (mine.share - (others.share if self.claim.than else self.claim.share / 100))

    @property
    def _mine(self) -> Bools:
        return self.groups == self.claim.group

    @property
    def _others(self) -> Bools:
        found: Bools = self.groups == self.claim.than
        return found if self.claim.than else np.zeros(len(self.groups), dtype=bool)

    @property
    def _ones(self) -> Floats:
        return np.ones((1, len(self.groups)))
