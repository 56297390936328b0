"""Krippendorff's alpha as a function of the numbers of the patterns, for each level of measurement.

No table of all pairs of values is kept: there may be thousands of values, of sets above all.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from innovsoc_analysis.coding.agreement.measuring import divide, tally_patterns
from innovsoc_analysis.coding.agreement.ratings import MISSING, Floats, Ints, Ratings
from innovsoc_analysis.coding.agreement.weights import check_scale
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.agreement.resampling import Statistic

_BLOCK = 256  # values of which the distances to all others are in memory at a time
_ROUNDING = 1e-12


class Distance(NamedTuple):
    """How far apart values are, by their places among the categories.

    Attributes
    ----------
    between : callable
        Two arrays of places to the distances of their items.
    table : callable
        An array of places to the distances of each to all categories.
    """

    between: Callable[[Ints, Ints], Floats]
    table: Callable[[Ints], Floats]


def nominal_statistic(codes: Ints, ratings: Ratings) -> Statistic:
    """Return alpha for labels that are the same or not."""
    differing = _within(codes, lambda first, second: (first != second).astype(float))
    sum_up = _totals(codes, len(ratings.categories))

    def statistic(counts: Floats) -> Floats:
        totals = sum_up(counts)
        n = totals.sum(axis=1)
        return alpha_of(counts @ differing, n**2 - (totals**2).sum(axis=1), n)

    return statistic


def distance_statistic(codes: Ints, n_categories: int, distance: Distance) -> Statistic:
    """Return alpha for labels that are more or less far apart."""
    differing = _within(codes, distance.between)
    sum_up = _totals(codes, n_categories)

    def statistic(counts: Floats) -> Floats:
        totals = sum_up(counts)
        across = np.zeros(len(counts))
        for start in range(0, n_categories, _BLOCK):
            places = np.arange(start, min(start + _BLOCK, n_categories))
            across += np.einsum("bk,bk->b", totals @ distance.table(places).T, totals[:, places])
        return alpha_of(counts @ differing, across, totals.sum(axis=1))

    return statistic


def _ordinal_statistic(codes: Ints, ratings: Ratings) -> Statistic:
    """Return alpha for ranks: two labels are apart by the values between them, which depend on the sample."""
    check_scale(ratings)
    n_categories = len(ratings.categories)
    tally = tally_patterns(np.where(_pairable(codes), codes, MISSING), n_categories)
    sizes = tally.sum(axis=1)
    upper, lower = np.triu_indices(n_categories, k=1)
    together = _per_value(2 * tally[:, upper] * tally[:, lower], sizes[:, None])

    def statistic(counts: Floats) -> Floats:
        totals = counts @ tally
        middles = np.cumsum(totals, axis=1) - totals / 2
        apart = (middles[:, lower] - middles[:, upper]) ** 2
        observed = ((counts @ together) * apart).sum(axis=1)
        expected = (2 * totals[:, upper] * totals[:, lower] * apart).sum(axis=1)
        return alpha_of(observed, expected, totals.sum(axis=1))

    return statistic


def _interval_statistic(codes: Ints, ratings: Ratings) -> Statistic:
    """Return alpha for numbers whose differences mean something; sums of squares stand for all pairs."""
    values = _numbers(ratings, "interval")
    values = values - values.mean() if len(values) else values  # near zero, squares lose no digits
    differing = _within(codes, lambda first, second: (values[first] - values[second]) ** 2)
    rated = _pairable(codes)
    cells = np.where(rated, values[codes], 0.0)
    sizes, sums, squares = rated.sum(axis=1).astype(float), cells.sum(axis=1), (cells**2).sum(axis=1)

    def statistic(counts: Floats) -> Floats:
        n = counts @ sizes
        across = 2 * (n * (counts @ squares) - (counts @ sums) ** 2)
        # what is left when all values are equal is rounding
        across[across <= _ROUNDING * n * (counts @ squares)] = 0
        return alpha_of(counts @ differing, across, n)

    return statistic


def _ratio_statistic(codes: Ints, ratings: Ratings) -> Statistic:
    values = _numbers(ratings, "ratio")
    if (values < 0).any():
        raise UsageError("Le niveau « ratio » demande des nombres positifs ou nuls.")

    def apart(first: Floats, second: Floats) -> Floats:
        together = first + second
        return ((first - second) / np.where(together > 0, together, 1)) ** 2

    distance = Distance(
        lambda first, second: apart(values[first], values[second]),
        lambda places: apart(values[places][:, None], values[None, :]),
    )
    return distance_statistic(codes, len(values), distance)


STATISTICS = {
    "nominal": nominal_statistic,
    "ordinal": _ordinal_statistic,
    "interval": _interval_statistic,
    "ratio": _ratio_statistic,
}
"""Level of measurement → alpha."""


def alpha_of(observed: Floats, expected: Floats, n: Floats) -> Floats:
    """Return 1 - Do / De from sums over pairs within units and over all pairs of `n` values."""
    return 1 - divide((n - 1) * observed, expected)


def _pairable(codes: Ints) -> Any:
    """Return where there is a value that another in the unit can be compared with."""
    rated = codes != MISSING
    return rated & (rated.sum(axis=1, keepdims=True) > 1)


def _within(codes: Ints, between: Callable[[Ints, Ints], Floats]) -> Floats:
    """Return the distances of the ordered pairs in each pattern, by its number of values less one."""
    apart = np.zeros(len(codes))
    for first, second in combinations(codes.T, 2):
        both = (first != MISSING) & (second != MISSING)
        apart[both] += 2 * between(first[both], second[both])
    return _per_value(apart, (codes != MISSING).sum(axis=1))


def _per_value(pairs: Floats, sizes: Any) -> Floats:
    return np.divide(pairs, sizes - 1, out=np.zeros(pairs.shape), where=np.broadcast_to(sizes > 1, pairs.shape))


def _totals(codes: Ints, n_categories: int) -> Callable[[Floats], Floats]:
    """Return what gives, for samples, the values of each category that can be compared."""
    rows, columns = np.nonzero(_pairable(codes))
    found = codes[rows, columns]
    order = np.argsort(found, kind="stable")
    rows = rows[order]
    present, starts = np.unique(found[order], return_index=True)

    def sum_up(counts: Floats) -> Floats:
        totals = np.zeros((len(counts), n_categories))
        if len(present):
            totals[:, present] = np.add.reduceat(counts[:, rows], starts, axis=1)
        return totals

    return sum_up


def _numbers(ratings: Ratings, level: str) -> Floats:
    labels: list[Any] = list(ratings.categories)
    try:
        values = np.array([float(label) for label in labels if not isinstance(label, str)])
    except (TypeError, ValueError):
        values = np.array([])
    if len(values) < len(labels) or not np.isfinite(values).all():
        raise UsageError(f"Le niveau « {level} » demande des nombres finis.")
    return values
