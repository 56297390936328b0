"""Ridge regression on sparse features, solved in the space of the examples.

With more features than examples the dual form is exact and fast: one Cholesky decomposition
serves all codes (Saunders, Gammerman & Vovk 1998, *Ridge Regression Learning Algorithm in Dual
Variables*, ICML). Least squares on 0/1 labels is a good ranker, and probabilities come from
calibration afterwards (Rifkin, Yeo & Poggio 2003, *Regularized Least-Squares Classification*).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.learning.features import Features

    Array = NDArray[np.float32]


class Linear(NamedTuple):
    """One linear function per code: ``features × weights + bias``."""

    weights: Array
    bias: Array

    def __call__(self, features: Features) -> Array:
        """Return the scores, shape (n_units, n_codes)."""
        return features.apply(self.weights) + self.bias


def fit_ridge(features: Features, labels: Array, *, penalty: float) -> Linear:
    """Return the ridge regression of `labels` on `features`.

    Parameters
    ----------
    features : Features
    labels : array of 0 and 1, shape (n, n_codes)
    penalty : float
        Weight of the squared norm.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from innovsoc_analysis.coding.learning.features import Features
    >>> features = Features(sp.csr_matrix([[1.0], [0.0]]), np.zeros((2, 1)))
    >>> model = fit_ridge(features, np.array([[1.0], [0.0]]), penalty=0.0001)
    >>> bool(model.weights[0, 0] > 0.4)
    True
    """
    dual, bias = _solve(features.products(), labels, penalty)
    return Linear(features.combine(dual), bias)


def out_of_fold(features: Features, labels: Array, folds: NDArray[np.int64], *, penalty: float) -> Array:
    """Return the score of each example from a regression that has not seen its fold.

    Parameters
    ----------
    features : Features
    labels : array, shape (n, n_codes)
    folds : array of int, shape (n,)
        Examples of one document must share their fold.
    penalty : float
        As in :func:`fit_ridge`.
    """
    kernel = features.products()
    scores = np.zeros(labels.shape, dtype=np.float32)
    for fold in np.unique(folds):
        held, kept = folds == fold, folds != fold
        dual, bias = _solve(kernel[np.ix_(kept, kept)], labels[kept], penalty)
        scores[held] = kernel[np.ix_(held, kept)] @ dual + bias
    return scores


def _solve(kernel: Array, labels: Array, penalty: float) -> tuple[Array, Array]:
    from scipy.linalg import cho_factor, cho_solve

    bias = labels.mean(axis=0).astype(np.float32)
    ridge = kernel + np.float32(penalty) * np.eye(len(kernel), dtype=np.float32)
    factor = cho_factor(ridge, overwrite_a=True, check_finite=False)
    return cho_solve(factor, (labels - bias).astype(np.float32), check_finite=False), bias
