"""Coefficients for exactly two coders."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from innovsoc_analysis.coding.agreement.chance import category_shares, named_weights
from innovsoc_analysis.coding.agreement.measuring import (
    corrected,
    divide,
    measure,
    observed_agreement,
    patterns_of,
    share_out,
)
from innovsoc_analysis.coding.agreement.ratings import read_ratings
from innovsoc_analysis.coding.agreement.resampling import Plan, Sampling
from innovsoc_analysis.coding.agreement.weights import Weights, weight_matrix
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from innovsoc_analysis.coding.agreement.ratings import Floats, Ratings
    from innovsoc_analysis.coding.agreement.result import Coefficient

_TWO = 2


def cohen_kappa(
    data: Any,
    *,
    weights: Weights | ArrayLike | None = None,
    categories: Iterable[Hashable] | None = None,
    **options: Unpack[Sampling],
) -> Coefficient:
    """Return Cohen's kappa: by chance each coder keeps his or her own distribution.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, 2)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing, and units that only one
        coder has rated are left out.
    weights : {"linear", "quadratic", "identity", "ordinal"} or array, optional
        How much two categories agree (Cohen 1968): numbers are as far apart as they are, other
        labels as their positions in `categories`.
    categories : iterable, optional
        All possible labels, in the order of the scale.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state. The analytic
        interval has the large-sample variance of Fleiss, Cohen and Everitt (1969).

    Returns
    -------
    Coefficient
        Undefined if both coders use one and the same category.

    Raises
    ------
    UsageError
        If there are more than two coders, or the data is no table of ratings.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological
    Measurement*, 20, 37-46.
    Cohen, J. (1968). Weighted kappa. *Psychological Bulletin*, 70, 213-220.
    Fleiss, J. L., Cohen, J. and Everitt, B. S. (1969). Large sample standard errors of kappa and
    weighted kappa. *Psychological Bulletin*, 72, 323-327.

    Examples
    --------
    >>> cohen_kappa([["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]], interval=None).value
    0.5
    """
    plan = Plan(**options)
    ratings = _read_pair(data, categories, name="Le kappa de Cohen")
    matrix = weight_matrix(ratings, weights)
    patterns = patterns_of(ratings.complete(), plan)
    n = len(ratings.categories)
    codes = patterns.codes
    first, second = (
        (codes[:, coder, None] == np.arange(n)).astype(float) if codes.shape[1] == _TWO else np.zeros((len(codes), n))
        for coder in range(_TWO)
    )
    agreement = np.einsum("pk,kl,pl->p", first, matrix, second, optimize=True)

    def statistic(counts: Floats) -> Floats:
        total = counts.sum(axis=1)
        product = np.einsum("bk,kl,bl->b", counts @ first, matrix, counts @ second, optimize=True)
        return corrected(divide(counts @ agreement, total), divide(product, total**2))

    name = "Kappa de Cohen" + named_weights(weights)
    return measure(name, ratings, statistic, patterns=patterns, plan=plan, small_sample=False)


def scott_pi(data: Any, *, categories: Iterable[Hashable] | None = None, **options: Unpack[Sampling]) -> Coefficient:
    """Return Scott's pi: both coders are taken to have the same distribution, that of all ratings.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, 2)
        Labels of any kind; ``None``, NaN and ``pandas.NA`` are missing, and units that only one
        coder has rated are left out.
    categories : iterable, optional
        All possible labels; they change nothing here but what is refused.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if a single category is used.

    Raises
    ------
    UsageError
        If there are more than two coders, or the data is no table of ratings.

    References
    ----------
    Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale coding. *Public
    Opinion Quarterly*, 19, 321-325.

    Examples
    --------
    >>> round(scott_pi([["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]], interval=None).value, 3)
    0.467
    """
    plan = Plan(**options)
    ratings = _read_pair(data, categories, name="Le pi de Scott")
    patterns = patterns_of(ratings.complete(), plan)
    shares = share_out(patterns, np.eye(len(ratings.categories)))

    def statistic(counts: Floats) -> Floats:
        return corrected(observed_agreement(shares, counts), (category_shares(shares, counts) ** 2).sum(axis=1))

    return measure("Pi de Scott", ratings, statistic, patterns=patterns, plan=plan)


def _read_pair(data: Any, categories: Iterable[Hashable] | None, *, name: str) -> Ratings:
    ratings = read_ratings(data, categories=categories)
    if ratings.n_columns > _TWO:
        raise UsageError(
            f"{name} compare deux codeurs ; la table en a {ratings.n_columns}. "
            "Pour plus de deux, employez fleiss_kappa, conger_kappa ou krippendorff_alpha."
        )
    return ratings
