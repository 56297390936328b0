"""Units moved from one part to the other, one at a time, as long as the parts differ more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_GAIN = 1e-11  # of χ², below which it is rounding
_SAME = 1e-9  # of what a unit brings
_TERM_COST = 1500  # what reaching one term's units costs before any is read, in entries of the table


def move_units(presences: sp.csr_array[np.float64], first: Mask) -> Mask:
    """Move to the other part the unit that makes χ² of the two parts grow most, until none does.

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_terms)
        Ones; no unit and no term is empty.
    first : array of bool, shape (n_units,)
        Which units are in the first part; some are and some are not.

    Returns
    -------
    array of bool, shape (n_units,)
        Neither part is ever emptied.

    Notes
    -----
    Each time, all units are looked at and the best is moved (Reinert 1983). Of equal units, one with fewest
    terms goes, of the first part rather than of the second, and the one that comes first.
    Nothing is approximate: gains are updated for the units that share a term with the one
    moved, and computed anew before the search ends.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = sp.csr_array(np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]]))
    >>> move_units(units, np.array([True, False, False, False])).tolist()
    [True, True, False, False]
    """
    import numpy as np

    by_length = np.argsort(np.diff(presences.indptr), kind="stable")
    search = _Search(presences[by_length], first[by_length])
    last = 0.0
    # what was updated may hide the last gains: only fresh sums end the search
    while search.chi2 > last:
        last = search.chi2
        if search.improve():
            search.refresh()
    moved = np.empty_like(first)
    moved[by_length] = search.first
    return moved


class _Search:
    """Two parts and what moving each unit would bring; units in the order of their number of terms."""

    def __init__(self, presences: sp.csr_array[np.float64], first: Mask) -> None:
        import numpy as np

        self.presences, self.first = presences, first
        by_term = presences.tocsc()
        self.starts, self.holders = by_term.indptr.tolist(), by_term.indices.astype(np.intp)
        self.weights = 1 / np.diff(by_term.indptr)
        self.own = presences @ self.weights
        per_unit = np.diff(presences.indptr)
        self.lengths, self.bounds = np.unique(per_unit, return_index=True)
        self.per_unit, self.total = per_unit, float(presences.nnz)
        self.refresh()

    def refresh(self) -> None:
        """Compute all sums from the parts as they are."""
        import numpy as np

        counts = self.presences.T @ self.first.astype(np.float64)
        # moving a unit adds own - near to Σ a²/m out of the first part, own + near out of the second
        self.near = 2 * (self.presences @ (counts * self.weights))
        self.own_first = np.where(self.first, self.own, -np.inf)
        self.own_second = np.where(self.first, -np.inf, self.own)
        self.size = float(counts.sum())
        self.squares = float(counts**2 @ self.weights)
        self.chi2 = self._chi2(self.squares, self.size)

    def _chi2(self, squares: float, size: float) -> float:
        return self.total**2 * (squares - size**2 / self.total) / (size * (self.total - size))

    def improve(self) -> bool:
        """Move units until none helps; return whether any was moved."""
        any_moved = False
        while (unit := self._best()) is not None:
            self._move(unit)
            any_moved = True
        return any_moved

    def _best(self) -> int | None:
        """Return the unit that makes χ² largest, if larger than it is.

        Of units of one part and one number of terms, the one that adds most to Σ a²/m is best.
        """
        import numpy as np

        gains = (self.own_first - self.near, self.own_second + self.near)
        tops = np.stack([np.maximum.reduceat(gain, self.bounds) for gain in gains], axis=1)
        sizes = np.stack([self.size - self.lengths, self.size + self.lengths], axis=1)
        room = sizes * (self.total - sizes)
        possible = room > 0
        values = np.full(tops.shape, -np.inf)
        sums = self.squares + tops[possible] - sizes[possible] ** 2 / self.total
        values[possible] = self.total**2 * sums / room[possible]
        best = values.max()
        if best <= self.chi2 * (1 + _GAIN):
            return None
        length, side = divmod(int(np.argmax(values >= best * (1 - _GAIN))), 2)
        until = self.bounds[length + 1] if length + 1 < len(self.bounds) else len(self.first)
        alike = gains[side][self.bounds[length] : until]
        return int(self.bounds[length] + np.argmax(alike >= tops[length, side] - _SAME))

    def _move(self, unit: int) -> None:
        import numpy as np

        there = bool(self.first[unit])
        step = -1 if there else 1
        self.squares += float(self.own[unit] + step * self.near[unit])
        self.size += step * int(self.per_unit[unit])
        self.chi2 = self._chi2(self.squares, self.size)
        self.first[unit] = not there
        self.own_first[unit] = -np.inf if there else self.own[unit]
        self.own_second[unit] = self.own[unit] if there else -np.inf
        self._spread(self.presences.indices[self.presences.indptr[unit] : self.presences.indptr[unit + 1]], step)

    def _spread(self, terms: NDArray[np.int32], step: int) -> None:
        """Tell the units that hold `terms` that their counts have changed."""
        import numpy as np

        changes = 2 * step * self.weights[terms]
        if len(terms) * _TERM_COST > self.total:
            change = np.zeros(len(self.weights))
            change[terms] = changes
            self.near += self.presences @ change
            return
        for term, change in zip(terms.tolist(), changes.tolist(), strict=True):
            # twice as fast as +=, which reads, adds and writes in turn
            np.add.at(self.near, self.holders[self.starts[term] : self.starts[term + 1]], change)
