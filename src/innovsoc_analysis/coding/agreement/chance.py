"""Agreement beyond chance, among two or more coders: one frame, several ideas of chance (Gwet 2014)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from innovsoc_analysis.coding.agreement.measuring import (
    NO_VARIATION,
    ONE_CATEGORY,
    Shares,
    corrected,
    divide,
    measure,
    observed_agreement,
    patterns_of,
    share_out,
)
from innovsoc_analysis.coding.agreement.ratings import read_ratings
from innovsoc_analysis.coding.agreement.resampling import Plan, Sampling
from innovsoc_analysis.coding.agreement.weights import WEIGHT_NAMES, Weights, weight_matrix

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from innovsoc_analysis.coding.agreement.ratings import Floats, Ints
    from innovsoc_analysis.coding.agreement.result import Coefficient

    Chance = Callable[[Shares, Ints, Floats], Callable[[Floats], Floats]]


def percent_agreement(
    data: Any, *, categories: Iterable[Hashable] | None = None, **options: Unpack[Sampling]
) -> Coefficient:
    """Return the mean agreement of the pairs of coders, chance not taken into account.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing. Units with fewer than two
        ratings are left out.
    categories : iterable, optional
        All possible labels; they change nothing here but what is refused.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Defined as soon as a unit has two ratings, even if they are all the same.

    Raises
    ------
    UsageError
        If the data is no table of ratings.

    Examples
    --------
    >>> percent_agreement([["a", "a"], ["a", "b"], ["b", "b"], ["b", None]], interval=None).value
    0.6666666666666666
    """
    plan = Plan(**options)
    ratings = read_ratings(data, categories=categories)
    patterns = patterns_of(ratings, plan)
    shares = share_out(patterns, np.eye(len(ratings.categories)))
    return measure(
        "Accord observé", ratings, lambda counts: observed_agreement(shares, counts), patterns=patterns, plan=plan
    )


def fleiss_kappa(
    data: Any,
    *,
    weights: Weights | ArrayLike | None = None,
    categories: Iterable[Hashable] | None = None,
    **options: Unpack[Sampling],
) -> Coefficient:
    """Return Fleiss's kappa: coders are interchangeable, chance is the distribution of all ratings.

    With unequal numbers of ratings per unit it is Gwet's generalisation (2014, chapter 2): the
    observed agreement is the mean over units with at least two ratings; the share of a category is
    the mean over units of its share in the unit, units with a single rating included.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing.
    weights : {"identity", "linear", "quadratic", "ordinal"} or array, optional
        How much two categories agree.
    categories : iterable, optional
        All possible labels, in the order of the scale.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if a single category is used.

    Raises
    ------
    UsageError
        If the data is no table of ratings.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological
    Bulletin*, 76, 378-382.

    Examples
    --------
    >>> round(fleiss_kappa([[1, 1, 1], [1, 1, 2], [2, 2, 2]], interval=None).value, 3)
    0.55
    """
    return by_chance("Kappa de Fleiss", data, _pooled, weights=weights, categories=categories, plan=Plan(**options))


def conger_kappa(
    data: Any,
    *,
    weights: Weights | ArrayLike | None = None,
    categories: Iterable[Hashable] | None = None,
    **options: Unpack[Sampling],
) -> Coefficient:
    """Return Conger's kappa: Cohen's for more than two coders, each with a distribution of his or her own.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing. The distribution of a coder
        is that of all his or her ratings (Gwet 2014).
    weights : {"identity", "linear", "quadratic", "ordinal"} or array, optional
        How much two categories agree.
    categories : iterable, optional
        All possible labels, in the order of the scale.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if a single category is used.

    Raises
    ------
    UsageError
        If the data is no table of ratings.

    References
    ----------
    Conger, A. J. (1980). Integration and generalization of kappas for multiple raters.
    *Psychological Bulletin*, 88, 322-328.

    Examples
    --------
    >>> round(conger_kappa([[1, 1, 1], [1, 1, 2], [2, 2, 2]], interval=None).value, 3)
    0.571
    """
    return by_chance("Kappa de Conger", data, _by_coder, weights=weights, categories=categories, plan=Plan(**options))


def brennan_prediger(
    data: Any,
    *,
    weights: Weights | ArrayLike | None = None,
    categories: Iterable[Hashable] | None = None,
    **options: Unpack[Sampling],
) -> Coefficient:
    """Return the coefficient of Brennan and Prediger: by chance all categories are as likely.

    For two coders and two categories it is PABAK (Byrt, Bishop and Carlin 1993); without weights,
    Bennett's S and Randolph's kappa. Give all possible categories: the value depends on their number.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing.
    weights : {"identity", "linear", "quadratic", "ordinal"} or array, optional
        How much two categories agree.
    categories : iterable, optional
        All possible labels, in the order of the scale; by default those that occur.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if a single category is known.

    Raises
    ------
    UsageError
        If the data is no table of ratings.

    References
    ----------
    Brennan, R. L. and Prediger, D. J. (1981). Coefficient kappa: some uses, misuses, and
    alternatives. *Educational and Psychological Measurement*, 41, 687-699.

    Examples
    --------
    >>> brennan_prediger([[1, 1], [1, 1], [1, 2], [2, 2]], interval=None).value
    0.5
    """
    name = "Coefficient de Brennan et Prediger"
    return by_chance(name, data, _uniform, weights=weights, categories=categories, plan=Plan(**options))


def randolph_kappa(
    data: Any, *, categories: Iterable[Hashable] | None = None, **options: Unpack[Sampling]
) -> Coefficient:
    """Return Randolph's free-marginal kappa: by chance all categories are as likely, any number of coders.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing.
    categories : iterable, optional
        All possible labels; by default those that occur.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if a single category is known.

    Raises
    ------
    UsageError
        If the data is no table of ratings.

    References
    ----------
    Randolph, J. J. (2005). Free-marginal multirater kappa: an alternative to Fleiss' fixed-marginal
    multirater kappa. Joensuu University Learning and Instruction Symposium.

    Examples
    --------
    >>> randolph_kappa([[1, 1], [1, 1], [1, 2], [2, 2]], categories=[1, 2, 3, 4], interval=None).value
    0.6666666666666666
    """
    return by_chance("Kappa de Randolph", data, _uniform, weights=None, categories=categories, plan=Plan(**options))


def by_chance(
    name: str,
    data: Any,
    chance: Chance,
    *,
    weights: Weights | ArrayLike | None,
    categories: Iterable[Hashable] | None,
    plan: Plan,
) -> Coefficient:
    """Return a coefficient by the observed agreement and an idea of chance.

    Parameters
    ----------
    name : str
        In French.
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels.
    chance : callable
        From shares, patterns and weights to the expected agreement of samples.
    weights, categories
        As for the coefficients.
    plan : Plan
        Options of the interval.
    """
    ratings = read_ratings(data, categories=categories)
    matrix = weight_matrix(ratings, weights)
    patterns = patterns_of(ratings, plan)
    shares = share_out(patterns, matrix)
    expected = chance(shares, patterns.codes, matrix)

    def statistic(counts: Floats) -> Floats:
        return corrected(observed_agreement(shares, counts), expected(counts))

    # where chance is not read from the ratings, what is missing is the other categories
    reason = NO_VARIATION if chance in (_pooled, _by_coder) else ONE_CATEGORY
    full_name = name + named_weights(weights)
    return measure(full_name, ratings, statistic, patterns=patterns, plan=plan, reason=reason)


def named_weights(weights: Weights | ArrayLike | None) -> str:
    """Return what is said of the weights beside the name of a coefficient."""
    said = WEIGHT_NAMES.get(weights, "") if isinstance(weights, str) else "" if weights is None else "pondéré"
    return f" ({said})" if said else ""


def category_shares(shares: Shares, counts: Floats) -> Floats:
    """Return the mean share of each category in the units, one row per sample."""
    rated = shares.sizes > 0
    within = divide(shares.tally, np.where(rated, shares.sizes, 1)[:, None])
    return divide(counts @ within, (counts @ rated.astype(float))[:, None])


def _pooled(shares: Shares, _codes: Ints, weights: Floats) -> Callable[[Floats], Floats]:
    def expected(counts: Floats) -> Floats:
        share = category_shares(shares, counts)
        return np.einsum("bk,kl,bl->b", share, weights, share, optimize=True)

    return expected


def _by_coder(shares: Shares, codes: Ints, weights: Floats) -> Callable[[Floats], Floats]:
    """Return the mean, over the pairs of coders, of what their two distributions let expect."""
    n_categories = shares.tally.shape[1]
    chosen = (codes[:, :, None] == np.arange(n_categories)).astype(float)
    chosen = chosen.reshape(len(codes), codes.shape[1] * n_categories)

    def expected(counts: Floats) -> Floats:
        ratings = (counts @ chosen).reshape(len(counts), codes.shape[1], n_categories)
        totals = ratings.sum(axis=2)
        # a coder without ratings has no distribution, and is in no pair
        share = np.divide(ratings, totals[:, :, None], out=np.zeros_like(ratings), where=totals[:, :, None] > 0)
        n = (totals > 0).sum(axis=1).astype(float)
        together = share.sum(axis=1)
        all_pairs = np.einsum("bk,kl,bl->b", together, weights, together, optimize=True)
        same_coder = np.einsum("bgk,kl,bgl->b", share, weights, share, optimize=True)
        return divide(all_pairs - same_coder, n * (n - 1))

    return expected


def _uniform(_shares: Shares, _codes: Ints, weights: Floats) -> Callable[[Floats], Floats]:
    level = weights.sum() / max(len(weights), 1) ** 2
    return lambda counts: np.full(len(counts), level)
