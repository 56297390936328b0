"""Fractional logit: the regression of shares between 0 and 1 (Papke & Wooldridge 1996), many shares at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from innovsoc_analysis.topics.effects.designs import Contrast

    Floats = NDArray[np.float64]

_ITERATIONS = 100
_TOLERANCE = 1e-9
_LONGEST_STEP = 4.0
_LARGEST_LOGIT = 30.0
_DAMPING = 1e-11
_SINGULAR = 1e-9


class Regression(NamedTuple):
    """Coefficients of a fractional logit for each of several shares.

    Attributes
    ----------
    coefficients : array, shape (n_columns, n_shares)
        In logits; those of groups without any share have run far towards minus infinity.
    converged : array of bool, shape (n_shares,)
        Whether the fitted means have settled.
    """

    coefficients: Floats
    converged: NDArray[np.bool_]


def fit_fractional(matrix: Floats, shares: Floats, *, weights: Floats, start: Floats | None = None) -> Regression:
    """Fit by Newton's method (iteratively reweighted least squares).

    The quasi-likelihood is concave. Fitted means settle even where coefficients do not, as in groups
    that have no share at all: progress is measured on the means.

    Parameters
    ----------
    matrix : array, shape (n_documents, n_columns)
        The design.
    shares : array, shape (n_documents, n_shares)
        Between 0 and 1.
    weights : array, shape (n_documents,)
        How often each document counts.
    start : array, shape (n_columns, n_shares), optional
        Coefficients to start from.

    Returns
    -------
    Regression
        Coefficients.

    Examples
    --------
    >>> matrix = np.array([[1.0, 0], [1, 0], [1, 1], [1, 1]])
    >>> shares = np.array([[0.1], [0.3], [0.5], [0.9]])
    >>> fitted = fit_fractional(matrix, shares, weights=np.ones(4))
    >>> mean = 1 / (1 + np.exp(-matrix @ fitted.coefficients))
    >>> mean.ravel().round(6).tolist()
    [0.2, 0.2, 0.7, 0.7]
    """
    n_columns, n_shares = matrix.shape[1], shares.shape[1]
    coefficients = np.zeros((n_columns, n_shares)) if start is None else start.copy()
    products = (matrix[:, :, None] * matrix[:, None, :]).reshape(len(matrix), -1)
    counted = weights[:, None]
    converged = np.zeros(n_shares, dtype=bool)
    for _ in range(_ITERATIONS):
        means = expit(matrix @ coefficients)
        slopes = means * (1 - means)
        information = ((counted * slopes).T @ products).reshape(n_shares, n_columns, n_columns)
        # only the way is damped, not where it leads
        damping = _DAMPING * (1 + np.trace(information, axis1=1, axis2=2))
        information += damping[:, None, None] * np.eye(n_columns)
        score = matrix.T @ (counted * (shares - means))
        step = np.linalg.solve(information, score.T[:, :, None])[:, :, 0].T
        moves = np.abs(matrix @ step)
        shorten = np.minimum(1, _LONGEST_STEP / np.maximum(moves.max(axis=0), _LONGEST_STEP))
        coefficients = coefficients + step * shorten
        converged = (moves * slopes * (counted > 0)).max(axis=0) < _TOLERANCE
        if converged.all():
            break
    return Regression(coefficients, converged)


def average_effects(
    matrix: Floats, contrasts: Sequence[Contrast], coefficients: Floats, *, weights: Floats
) -> tuple[Floats, Floats]:
    """Return average marginal effects and what they start from.

    The effect of a level is the mean over documents of the share expected were they all of the level,
    less that were they all of the reference; the effect of a number is the mean slope per unit.

    Parameters
    ----------
    matrix, contrasts
        The design.
    coefficients : array, shape (n_columns, n_shares)
        Of `fit_fractional`.
    weights : array, shape (n_documents,)
        How often each document counts.

    Returns
    -------
    effects, bases : array, shape (n_contrasts, n_shares)
        A base is the mean share expected at the reference; for a number, the mean share.

    Examples
    --------
    >>> from innovsoc_analysis.topics.effects.designs import Contrast
    >>> matrix = np.array([[1.0, 0], [1, 1]])
    >>> even = np.array([[0.0], [np.log(3)]])
    >>> effects, bases = average_effects(
    ...     matrix, [Contrast("genre", "talk", "project", 1, (1,))], even, weights=np.ones(2))
    >>> float(effects[0, 0].round(6)), float(bases[0, 0])
    (0.25, 0.5)
    """
    counted = weights / weights.sum()
    logits = matrix @ coefficients
    effects, bases = [], []
    for contrast in contrasts:
        if contrast.group:
            group = list(contrast.group)
            at_reference = logits - matrix[:, group] @ coefficients[group]
            base = counted @ expit(at_reference)
            effects.append(counted @ expit(at_reference + coefficients[contrast.column]) - base)
        else:
            means = expit(logits)
            base = counted @ means
            effects.append(counted @ (means * (1 - means)) * coefficients[contrast.column] / contrast.scale)
        bases.append(base)
    return np.array(effects), np.array(bases)


def is_estimable(matrix: Floats, weights: Floats) -> NDArray[np.bool_]:
    """Return which columns the weighted documents say anything about; none if they cannot be told apart.

    Parameters
    ----------
    matrix : array, shape (n_documents, n_columns)
        The design.
    weights : array, shape (n_documents,)
        How often each document counts.

    Examples
    --------
    >>> is_estimable(np.array([[1.0, 0, 0], [1, 1, 0], [1, 0, 1]]), np.array([1.0, 1, 0])).tolist()
    [True, True, False]
    """
    information = matrix.T @ (weights[:, None] * matrix)
    present = np.diag(information) > 0
    if not present.any():
        return present
    values = np.linalg.eigvalsh(information[np.ix_(present, present)])
    return present & bool(values[0] > _SINGULAR * values[-1])


def expit(logits: Floats) -> Floats:
    """Return the shares of logits, which are held within bounds so that no share is 0 or 1.

    Parameters
    ----------
    logits : array
        Any numbers.

    Examples
    --------
    >>> expit(np.array([0.0])).tolist()
    [0.5]
    """
    return 1 / (1 + np.exp(-np.clip(logits, -_LARGEST_LOGIT, _LARGEST_LOGIT)))


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Return p-values adjusted for their number (Benjamini & Hochberg 1995); missing ones do not count.

    Parameters
    ----------
    p_values : array
        Of one family of tests.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, np.nan])).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    adjusted = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known], kind="stable")]
    raised = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1)
    return adjusted
