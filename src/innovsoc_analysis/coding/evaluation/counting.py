"""Right, wrong and missed codings by passage, and what is made of their sums: precision, recall, F1.

Intervals resample passages with replacement: sentences of one passage are not independent.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.floating]

RESAMPLES = 1000


class Counts(NamedTuple):
    """Codings by passage and code, each of shape (n_passages, n_codes)."""

    right: Array
    wrong: Array
    missed: Array

    @classmethod
    def of(cls, labels: NDArray[np.bool_], coded: NDArray[np.bool_], passages: NDArray[np.int64]) -> Counts:
        """Count by passage what is coded against what ought to be.

        Parameters
        ----------
        labels, coded : array of bool, shape (n_sentences, n_codes)
        passages : array of int, shape (n_sentences,)
            Numbers from 0.
        """
        return cls(*(_by_passage(cells, passages) for cells in (labels & coded, ~labels & coded, labels & ~coded)))

    def weighted(self, weights: Array) -> Counts:
        """Return the sums over passages with `weights`, shape (n_samples, n_passages): (n_samples, n_codes)."""
        return Counts(*(weights @ table for table in self))

    def total(self) -> Counts:
        """Return the sums over all passages, shape (1, n_codes)."""
        return self.weighted(np.ones((1, len(self.right))))

    def only(self, columns: list[int]) -> Counts:
        """Return the counts of some codes."""
        return Counts(*(table[:, columns] for table in self))


def precision(counts: Counts) -> Array:
    """Return the share of codings that are right; not a number where there is none."""
    return _share(counts.right, counts.right + counts.wrong)


def recall(counts: Counts) -> Array:
    """Return the share of what ought to be coded that is."""
    return _share(counts.right, counts.right + counts.missed)


def f1(counts: Counts) -> Array:
    """Return the harmonic mean of precision and recall; 0 where nothing is right, not a number where nothing is.

    Examples
    --------
    >>> ones = np.ones((1, 1))
    >>> f1(Counts(ones, ones, 2 * ones)).tolist()
    [[0.4]]
    """
    return _share(2 * counts.right, 2 * counts.right + counts.wrong + counts.missed)


def macro_f1(counts: Counts) -> Array:
    """Return the mean of F1 over codes, shape (n_samples,)."""
    return _mean(f1(counts))


def macro_precision(counts: Counts) -> Array:
    """Return the mean of precision over codes, 0 for one that ought to be coded and is not, shape (n_samples,)."""
    return _mean(np.where(np.isnan(precision(counts)) & (counts.missed > 0), 0, precision(counts)))


def macro_recall(counts: Counts) -> Array:
    """Return the mean of recall over codes, shape (n_samples,)."""
    return _mean(recall(counts))


def micro_f1(counts: Counts) -> Array:
    """Return F1 over all codings together, shape (n_samples,)."""
    return f1(Counts(*(table.sum(axis=1, keepdims=True) for table in counts)))[:, 0]


def draw_weights(n_passages: int, *, random_state: int = 0, n: int = RESAMPLES) -> Array:
    """Return how often each passage is drawn in each resample, shape (n, n_passages)."""
    drawn = np.random.default_rng(random_state).integers(0, n_passages, (n, n_passages))
    weights = np.zeros((n, n_passages))
    np.add.at(weights, (np.arange(n)[:, None], drawn), 1)
    return weights


def interval(counts: Counts, statistic: Callable[[Counts], Array], weights: Array) -> Array:
    """Return the 95 % percentile interval of `statistic` over resamples, shape (2, …)."""
    values = statistic(counts.weighted(weights))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of what there is none of, there is no interval
        return np.nanpercentile(values, [2.5, 97.5], axis=0)


def _mean(values: Array) -> Array:
    """Return the mean of each row's numbers; not a number where there is none."""
    return _share(np.nansum(values, axis=1), (~np.isnan(values)).sum(axis=1))


def _by_passage(cells: NDArray[np.bool_], passages: NDArray[np.int64]) -> Array:
    sums = np.zeros((int(passages.max(initial=-1)) + 1, cells.shape[1]))
    np.add.at(sums, passages, cells)
    return sums


def _share(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
