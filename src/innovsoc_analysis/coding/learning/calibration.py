"""From scores to probabilities, and from probabilities to decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

_GRID = np.arange(0.06, 0.72, 0.02)
SURE_PRECISION = 0.85
_PRIOR = 2
_LEAST_LOW = 0.5  # the queue starts at this share of the decision's threshold


class Thresholds(NamedTuple):
    """Per code: from where on a sentence is to re-read, is coded, is surely coded; each of shape (n_codes,)."""

    low: Array
    cut: Array
    sure: Array


def logit(probability: Array) -> Array:
    """Return the log-odds.

    Examples
    --------
    >>> float(logit(np.array(0.5)))
    0.0
    """
    bounded = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log(bounded / (1 - bounded))


def sigmoid(value: Array) -> Array:
    """Return the probability of these log-odds."""
    return 1 / (1 + np.exp(-np.clip(value, -30, 30)))


def fit_logistic(features: Array, labels: Array, *, strength: float = 1.0) -> Array:
    """Return the weights of a logistic regression, the constant last.

    Parameters
    ----------
    features : array, shape (n, p)
    labels : array of 0 and 1, shape (n,)
    strength : float
        scikit-learn's ``C``.

    Returns
    -------
    array, shape (p + 1,)
        With one class only: no slope, and the log-odds of the smoothed share.
    """
    from sklearn.linear_model import LogisticRegression

    if labels.min() == labels.max():
        share = (labels.sum() + 0.5) / (len(labels) + 1)
        return np.append(np.zeros(features.shape[1]), logit(np.array(share))).astype(np.float32)
    model = LogisticRegression(C=strength, max_iter=1000).fit(features, labels)
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def choose_thresholds(probabilities: Array, labels: Array) -> Thresholds:
    """Choose each code's thresholds on sentences that taught nothing else.

    The decision's threshold maximises F1, the sure one is the lowest whose precision reaches
    85 %. A few dozen positives say little by themselves: to the counts of a code are added twice
    those of an average code.

    Parameters
    ----------
    probabilities, labels : array, shape (n, n_codes)

    Examples
    --------
    >>> chosen = choose_thresholds(np.array([[0.9], [0.8], [0.2], [0.1]]), np.array([[1.0], [1.0], [0.0], [0.0]]))
    >>> bool(0.2 < chosen.cut[0] < 0.8)
    True
    """
    carried = labels.astype(bool)
    coded = probabilities[None] >= _GRID[:, None, None]
    right = (coded & carried).sum(axis=1).astype(float)
    right += _PRIOR * right.mean(axis=1, keepdims=True)
    wrong = (coded & ~carried).sum(axis=1).astype(float)
    wrong += _PRIOR * wrong.mean(axis=1, keepdims=True)
    positives = carried.sum(axis=0) + _PRIOR * carried.sum(axis=0).mean()
    f1 = 2 * right / np.maximum(right + wrong + positives, 1)
    best = f1.max(axis=0)
    # the middle of the plateau: neighbouring thresholds do as well by chance
    good = f1 >= best - 0.005
    cut = np.array([_GRID[good[:, code]].mean() for code in range(labels.shape[1])])
    precise = right / np.maximum(right + wrong, 1) >= SURE_PRECISION
    sure = np.where(precise.any(axis=0), _GRID[precise.argmax(axis=0)], 0.9)
    sure = np.maximum(sure, cut)
    return Thresholds(*(values.astype(np.float32) for values in (cut * _LEAST_LOW, cut, sure)))
