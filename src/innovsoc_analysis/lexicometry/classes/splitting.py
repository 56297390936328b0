"""One split of Reinert's classification: an axis, the best cut along it, units moved while it helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.lexicometry.classes.axis import first_axis, has_inertia
from innovsoc_analysis.lexicometry.classes.moving import move_units

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

_SAME = 1e-10
_FEWEST = 2


class Split(NamedTuple):
    """A class cut in two.

    Attributes
    ----------
    side : array of int, shape (n_units,)
        1 for the first part, which holds more units or, if both hold as many, the first unit; 2 for the
        second; 0 for units without any term of the table, which stay in neither.
    height : float
        χ² of the table of the two parts × terms.
    terms : pair of int arrays
        Columns that each part keeps for being split in turn, see `keep_terms`.
    """

    side: Numbers
    height: float
    terms: tuple[Numbers, Numbers]


def split_units(presences: sp.csr_array[np.float64], *, cc_test: float = 0.3, tsj: int = 3) -> Split | None:
    """Split units into the two parts whose vocabularies differ most.

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_terms)
        Ones.
    cc_test, tsj
        See `keep_terms`.

    Returns
    -------
    Split or None
        ``None`` where there is nothing to oppose: fewer than two units hold terms, or all hold the same.

    Notes
    -----
    Reinert (1983): units are put in the order of the first axis of the correspondence analysis, cut
    where χ² of the two parts is largest, then moved one by one, see `move_units`.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = np.array([[1.0, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 0, 0]])
    >>> split = split_units(sp.csr_array(units), tsj=1)
    >>> split.side.tolist(), round(split.height, 9), [kept.tolist() for kept in split.terms]
    ([1, 2, 1, 0], 6.0, [[0, 1], [2, 3]])
    """
    import numpy as np

    filled, used = np.flatnonzero(presences.sum(axis=1)), np.flatnonzero(presences.sum(axis=0))
    all_count = (len(filled), len(used)) == presences.shape
    table = presences if all_count else presences[filled][:, used]
    if len(filled) < _FEWEST or not has_inertia(table):
        return None
    order = np.argsort(first_axis(table), kind="stable")
    first = np.zeros(len(filled), dtype=np.bool_)
    first[order[: best_cut(table[order])]] = True
    first = move_units(table, first)
    n_first = int(first.sum())
    if 2 * n_first < len(first) or (2 * n_first == len(first) and not first[0]):
        first = ~first
    side = np.zeros(presences.shape[0], dtype=np.int64)
    side[filled] = np.where(first, 1, 2)
    counts = np.stack([table.T @ first, table.T @ ~first])
    one, other = keep_terms(counts, cc_test=cc_test, tsj=tsj)
    return Split(side, chi_square(counts), (used[one], used[other]))


def best_cut(presences: sp.csr_array[np.float64]) -> int:
    """Return after how many units, in the order given, the cut has the largest χ².

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_terms)
        Ones; no unit and no term is empty.

    Notes
    -----
    With a and m what a term counts before the cut and in all, A and N the same of all terms, χ² is
    N² (Σ a²/m − A²/N) / (A (N − A)). A unit adds (2a + 1)/m to the sum for each of its terms, where a is the rank of
    the unit among those that hold the term: all cuts cost one pass through the table. Of
    equal cuts (to 10⁻¹⁰) the first is taken.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> best_cut(sp.csr_array(np.array([[1.0, 0], [1, 0], [0, 1]])))
    2
    """
    import numpy as np

    by_term = presences.tocsc()
    lengths = np.diff(by_term.indptr)
    ranks = np.arange(by_term.nnz) - np.repeat(by_term.indptr[:-1], lengths)
    added = np.bincount(by_term.indices, (2 * ranks + 1) / np.repeat(lengths, lengths), minlength=presences.shape[0])
    before = presences.sum(axis=1).cumsum()
    total, sums = before[-1], added.cumsum()[:-1]
    before = before[:-1]
    values = (sums - before**2 / total) / (before * (total - before))
    return int(np.argmax(values >= values.max() * (1 - _SAME))) + 1


def keep_terms(counts: NDArray[np.float64], *, cc_test: float, tsj: int) -> tuple[Numbers, Numbers]:
    """Return the terms that each of two parts keeps.

    Parameters
    ----------
    counts : array, shape (2, n_terms)
        In how many units of each part each term is; none is in no unit.
    cc_test : float
        A term whose contingency coefficient is larger belongs to one part alone: the one where it is
        more frequent than expected.
    tsj : int
        A part keeps no term that fewer of its units hold.

    Returns
    -------
    pair of int arrays
        Columns, increasing.

    Notes
    -----
    The coefficient of a term is √(χ²/(χ² + m)), where m is how many units hold it, and χ² compares where
    they are with what each part holds of all presences (Reinert 1983, and the R package rainette).

    Examples
    --------
    >>> import numpy as np
    >>> [kept.tolist() for kept in keep_terms(np.array([[9, 5, 1], [1, 5, 9]]), cc_test=0.3, tsj=3)]
    [[0, 1], [1, 2]]
    """
    import numpy as np

    per_term = counts.sum(axis=0)
    expected = np.outer(counts.sum(axis=1) / counts.sum(), per_term)
    chi2 = ((counts - expected) ** 2 / expected).sum(axis=0)
    shared = np.sqrt(chi2 / (chi2 + per_term)) <= cc_test
    kept = (shared | (counts > expected)) & (counts >= tsj)
    return np.flatnonzero(kept[0]), np.flatnonzero(kept[1])


def chi_square(counts: NDArray[np.float64]) -> float:
    """Return χ² of a table of two parts × terms.

    Parameters
    ----------
    counts : array, shape (2, n_terms)
        No row and no column is empty.

    Examples
    --------
    >>> import numpy as np
    >>> chi_square(np.array([[2, 0], [0, 2]]))
    4.0
    """
    import numpy as np

    expected = np.outer(counts.sum(axis=1) / counts.sum(), counts.sum(axis=0))
    return float(((counts - expected) ** 2 / expected).sum())
