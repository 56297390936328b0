"""How much two categories of a scale agree: weights from 0 to 1, as matrices."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from innovsoc_analysis.coding.agreement.ratings import Floats, Ratings

Weights = Literal["identity", "linear", "quadratic", "ordinal"]
WEIGHT_NAMES = {
    "identity": "",
    "linear": "pondéré, linéaire",
    "quadratic": "pondéré, quadratique",
    "ordinal": "ordinal",
}
"""What the names of the weights are in French."""


def weight_matrix(ratings: Ratings, weights: Weights | ArrayLike | None) -> Floats:
    """Return the agreement of each pair of categories, 1 on the diagonal (Gwet 2014, chapter 3).

    Parameters
    ----------
    ratings : Ratings
        Its categories are a scale, unless the weights are ``"identity"`` or given. Numbers are as far
        apart as they are, other labels as their positions.
    weights : {"identity", "linear", "quadratic", "ordinal"} or array, optional
        A name, or the matrix itself.

    Raises
    ------
    UsageError
        If the categories have no order, or the matrix has not their number.

    Examples
    --------
    >>> from innovsoc_analysis.coding.agreement.ratings import read_ratings
    >>> weight_matrix(read_ratings([[1, 2], [3, 3]]), "quadratic")[0].tolist()
    [1.0, 0.75, 0.0]
    """
    n = len(ratings.categories)
    if weights is None or (isinstance(weights, str) and weights == "identity"):
        return np.eye(n)
    if not isinstance(weights, str):
        return _given(weights, n)
    if weights not in WEIGHT_NAMES:
        raise UsageError(f"« {weights} » : choisissez les poids parmi {', '.join(WEIGHT_NAMES)}.")
    check_scale(ratings)
    if n < 2:  # noqa: PLR2004 - nothing to compare
        return np.eye(n)
    if weights == "ordinal":
        apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n))).astype(float)
        pairs = apart * (apart + 1) / 2
        return 1 - pairs / pairs.max()
    values = scale_values(ratings.categories)
    distance = np.abs(np.subtract.outer(values, values)) ** (1 if weights == "linear" else 2)
    return 1 - distance / distance.max()


def check_scale(ratings: Ratings) -> None:
    """Refuse categories without an order; two are as far apart in any.

    Raises
    ------
    UsageError
        If they are more than two, no numbers, and their order was not given.
    """
    if not ratings.is_scale and len(ratings.categories) > 2:  # noqa: PLR2004
        raise UsageError("L'ordre des catégories n'est pas connu : donnez-les dans l'ordre par categories=[…].")


def scale_values(categories: Sequence[Hashable]) -> Floats:
    """Return the categories as numbers: their values if they are finite numbers, otherwise their positions."""
    values: list[Any] = list(categories)
    if all(isinstance(value, Real) and np.isfinite(float(value)) for value in values):
        return np.array(values, dtype=float)
    return np.arange(len(values), dtype=float)


def _given(weights: ArrayLike, n: int) -> Floats:
    matrix = np.asarray(weights, dtype=float)
    if matrix.shape != (n, n):
        raise UsageError(f"La matrice des poids doit avoir {n} lignes et {n} colonnes, une par catégorie.")
    return matrix
