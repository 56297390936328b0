"""From ratings and a statistic to a coefficient: what the coefficients have in common."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from innovsoc_analysis.coding.agreement.ratings import MISSING, Floats, Ints, Ratings
from innovsoc_analysis.coding.agreement.resampling import (
    Patterns,
    Plan,
    Spread,
    Statistic,
    find_patterns,
    number_clusters,
    spread,
)
from innovsoc_analysis.coding.agreement.result import Coefficient

ONE_CODER = "Il faut au moins deux codeurs."
NO_PAIR = "Aucune unité n'a été codée par deux codeurs au moins."
NO_VARIATION = (
    "Une seule catégorie a été employée : rien ne distingue l'accord du hasard, et le coefficient n'est pas défini."
)
ONE_CATEGORY = (
    "Une seule catégorie est connue : donnez toutes les catégories possibles par categories=, "
    "sans quoi le coefficient n'est pas défini."
)
_ALMOST_SURE = 1e-12


class Shares(NamedTuple):
    """What most coefficients need of the patterns.

    Attributes
    ----------
    tally : array, shape (n_patterns, n_categories)
        How many ratings of each category a pattern holds.
    sizes : array, shape (n_patterns,)
        How many ratings.
    agreement : array, shape (n_patterns,)
        Mean agreement of its pairs of ratings, 0 if it has none.
    paired : array, shape (n_patterns,)
        1 if it has a pair, otherwise 0.
    """

    tally: Floats
    sizes: Floats
    agreement: Floats
    paired: Floats


def tally_patterns(codes: Ints, n_categories: int) -> Floats:
    """Return how many ratings of each category each row holds."""
    tally = np.zeros((len(codes), n_categories))
    for column in codes.T:
        rows = np.flatnonzero(column != MISSING)
        tally[rows, column[rows]] += 1
    return tally


def share_out(patterns: Patterns, weights: Floats) -> Shares:
    """Return what coefficients with these weights need of the patterns."""
    tally = tally_patterns(patterns.codes, len(weights))
    sizes = tally.sum(axis=1)
    pairs = sizes * (sizes - 1)
    agreeing = np.einsum("pk,kl,pl->p", tally, weights, tally, optimize=True) - tally @ np.diag(weights)
    agreement = np.divide(agreeing, pairs, out=np.zeros(len(tally)), where=pairs > 0)
    return Shares(tally, sizes, agreement, (pairs > 0).astype(float))


def observed_agreement(shares: Shares, counts: Floats) -> Floats:
    """Return the mean agreement of the units with at least two ratings, NaN without any."""
    return divide(counts @ shares.agreement, counts @ shares.paired)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Return a quotient that is NaN, without a warning, where its denominator is zero."""
    out = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    return np.divide(numerator, denominator, out=out, where=denominator != 0)


def corrected(observed: Floats, expected: Floats) -> Floats:
    """Return the share of the agreement beyond chance, NaN where chance explains all there could be."""
    room = 1 - expected
    room[np.abs(room) < _ALMOST_SURE] = 0
    return divide(observed - expected, room)


def measure(
    name: str,
    ratings: Ratings,
    statistic: Statistic,
    *,
    patterns: Patterns,
    plan: Plan,
    reason: str = NO_VARIATION,
    small_sample: bool = True,
) -> Coefficient:
    """Return a coefficient with its interval.

    Parameters
    ----------
    name : str
        In French.
    ratings : Ratings
        What it is computed on.
    statistic : callable
        The coefficient of samples given by the numbers of their patterns.
    patterns : Patterns
        Of the ratings.
    plan : Plan
        Options of the interval.
    reason : str
        Why it is undefined, if it is so though there are pairs of ratings.
    small_sample : bool
        As for `spread`.
    """
    why = no_pairs(ratings)
    value = math.nan if why else float(statistic(patterns.counts[None, :])[0])
    if math.isnan(value):
        return describe(name, ratings, plan=plan, reason=why or reason)
    return describe(
        name, ratings, plan=plan, value=value, found=spread(statistic, patterns, plan, small_sample=small_sample)
    )


def no_pairs(ratings: Ratings) -> str:
    """Return why there is no pair of ratings, or an empty string if there is one."""
    if ratings.n_coders < 2:  # noqa: PLR2004 - a pair
        return ONE_CODER
    return "" if (ratings.per_unit > 1).any() else NO_PAIR


def describe(
    name: str,
    ratings: Ratings,
    *,
    plan: Plan,
    value: float | None = None,
    found: Spread | None = None,
    reason: str = "",
) -> Coefficient:
    """Return the result: the value, its interval and what it is computed on."""
    found = found or Spread()
    per_unit = ratings.per_unit
    return Coefficient(
        coefficient=name,
        value=value,
        interval=found.interval,
        confidence=plan.confidence,
        method=found.method,
        n_units=ratings.n_units,
        n_pairable=int((per_unit > 1).sum()),
        n_coders=ratings.n_coders,
        n_values=int(per_unit[per_unit > 1].sum()),
        categories=ratings.categories,
        standard_error=found.standard_error,
        n_undefined=found.n_undefined,
        reason=reason,
    )


def patterns_of(ratings: Ratings, plan: Plan) -> Patterns:
    """Return the patterns of the ratings, by cluster if the plan has clusters."""
    return find_patterns(ratings.codes, number_clusters(plan.clusters, ratings.n_units))
