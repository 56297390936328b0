"""The first axis of the correspondence analysis of a table of presences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LARGEST_BASIS = 300
_RESTARTS = 20
_CHECK_EVERY = 5
_PRECISION = 1e-10
_NO_INERTIA = 1e-10
_INVARIANT = 1e-13


def has_inertia(presences: sp.csr_array[np.float64]) -> bool:
    """Return whether the units differ: whether there is any axis.

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_terms)
        Ones; no unit and no term is empty.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> has_inertia(sp.csr_array(np.eye(2))), has_inertia(sp.csr_array(np.ones((2, 2))))
    (True, False)
    """
    per_unit, per_term = presences.sum(axis=1), presences.sum(axis=0)
    inertia = float((1 / per_unit) @ (presences @ (1 / per_term))) - 1
    return inertia > _NO_INERTIA


def first_axis(presences: sp.csr_array[np.float64]) -> Floats:
    """Return the coordinates of the units on the first axis of the correspondence analysis.

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_terms)
        Ones; no unit and no term is empty, and the units differ, see `has_inertia`.

    Returns
    -------
    array, shape (n_units,)
        On no particular scale and in no particular direction, the same for the same table.

    Notes
    -----
    The term vector of the axis is the eigenvector of D⁻½ XᵀR⁻¹X D⁻½ − ttᵀ of the largest eigenvalue, where
    R and D hold the sums of the rows and columns of X, and t = √(D/N) is the axis that tells nothing
    (Benzécri 1973, *L’analyse des données*). It is found by Lanczos’ method with full
    orthogonalisation from a fixed start, until the residual is under 10⁻¹⁰ of the eigenvalue: two
    products of a sparse table with a vector for each step, and nothing drawn by lot.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = sp.csr_array(np.array([[1.0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]))
    >>> found = first_axis(units)
    >>> bool(np.sign(found[0]) == np.sign(found[1]) == -np.sign(found[2]))
    True
    """
    import numpy as np

    per_unit, per_term = presences.sum(axis=1), presences.sum(axis=0)
    scale, trivial = 1 / np.sqrt(per_term), np.sqrt(per_term / per_term.sum())
    transposed = presences.T

    def apply(vector: Floats) -> Floats:
        across = (presences @ (scale * vector)) / per_unit
        return scale * (transposed @ across) - trivial * (trivial @ vector)

    start = np.random.default_rng(0).standard_normal(presences.shape[1])
    vector = _leading(apply, start - trivial * (trivial @ start))
    return (presences @ (scale * vector)) / per_unit


def _leading(apply: Callable[[Floats], Floats], start: Floats) -> Floats:
    """Return the eigenvector of the largest eigenvalue of a symmetric operator."""
    import numpy as np

    basis = np.empty((min(_LARGEST_BASIS, len(start)), len(start)))
    for _ in range(_RESTARTS):
        start, done = _lanczos(apply, start, basis)
        if done:
            break
    return start


def _lanczos(apply: Callable[[Floats], Floats], start: Floats, basis: Floats) -> tuple[Floats, bool]:
    """Return the best vector of the Krylov space that fits in `basis`, and whether it is an eigenvector."""
    import numpy as np
    from scipy.linalg import eigh_tridiagonal

    basis[0] = start / np.linalg.norm(start)
    diagonal: list[float] = []
    beside: list[float] = []
    for size in range(1, len(basis) + 1):
        spanned = basis[:size]
        image = apply(spanned[-1])
        diagonal.append(float(spanned[-1] @ image))
        # twice: once leaves what rounding lost
        for _ in range(2):
            image -= spanned.T @ (spanned @ image)
        rest = float(np.linalg.norm(image))
        ended = rest < _INVARIANT
        if ended or size == len(basis) or size % _CHECK_EVERY == 0:
            values, vectors = eigh_tridiagonal(diagonal, beside, select="i", select_range=(size - 1, size - 1))
            done = ended or rest * abs(vectors[-1, 0]) <= _PRECISION * values[0]
            if done or size == len(basis):
                return spanned.T @ vectors[:, 0], done or len(basis) == len(start)
        beside.append(rest)
        basis[size] = image / rest
    raise AssertionError  # the last size always returns
