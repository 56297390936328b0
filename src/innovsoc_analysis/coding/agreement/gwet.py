"""Gwet's coefficients, which stay readable when nearly all ratings are of one category."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from innovsoc_analysis.coding.agreement.chance import by_chance, category_shares
from innovsoc_analysis.coding.agreement.resampling import Plan, Sampling
from innovsoc_analysis.coding.agreement.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from innovsoc_analysis.coding.agreement.measuring import Shares
    from innovsoc_analysis.coding.agreement.ratings import Floats, Ints
    from innovsoc_analysis.coding.agreement.result import Coefficient


def gwet_ac1(data: Any, *, categories: Iterable[Hashable] | None = None, **options: Unpack[Sampling]) -> Coefficient:
    """Return Gwet's AC1: chance agreement is that of the units that are rated at random.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing. Units with a single rating
        count for the shares of the categories, not for the observed agreement (Gwet 2014).
    categories : iterable, optional
        All possible labels; by default those that occur. The value depends on their number.
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
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. *British Journal of Mathematical and Statistical Psychology*, 61, 29-48.

    Examples
    --------
    >>> round(gwet_ac1([[1, 1], [1, 1], [1, 1], [1, 2]], interval=None).value, 3)
    0.68
    """
    return by_chance("AC1 de Gwet", data, _at_random, weights=None, categories=categories, plan=Plan(**options))


def gwet_ac2(
    data: Any,
    *,
    weights: Weights | ArrayLike = "quadratic",
    categories: Iterable[Hashable] | None = None,
    **options: Unpack[Sampling],
) -> Coefficient:
    """Return Gwet's AC2: AC1 for a scale, on which near categories agree in part.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing.
    weights : {"identity", "linear", "quadratic", "ordinal"} or array
        How much two categories agree; with ``"identity"`` it is AC1.
    categories : iterable, optional
        All possible labels, in the order of the scale; by default those that occur, if they are numbers.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if a single category is known.

    Raises
    ------
    UsageError
        If the data is no table of ratings, or its categories have no order.

    References
    ----------
    Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th edition. Advanced Analytics.

    Examples
    --------
    >>> round(gwet_ac2([[1, 1], [2, 2], [3, 3], [2, 3]], interval=None).value, 3)
    0.818
    """
    return by_chance("AC2 de Gwet", data, _at_random, weights=weights, categories=categories, plan=Plan(**options))


def _at_random(shares: Shares, _codes: Ints, weights: Floats) -> Callable[[Floats], Floats]:
    n = len(weights)
    # with one category nothing is left to chance: agreement is certain
    factor = weights.sum() / (n * (n - 1)) if n > 1 else np.nan

    def expected(counts: Floats) -> Floats:
        share = category_shares(shares, counts)
        return factor * (share * (1 - share)).sum(axis=1)

    return expected
