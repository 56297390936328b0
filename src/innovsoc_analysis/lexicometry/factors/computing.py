"""Correspondence analysis of a table of counts, in arrays (Benzécri 1973; Greenacre 2017).

With P the table divided by its total n, r and c the masses of its rows and columns, the analysis is
the singular value decomposition of S = D_r^{-1/2} (P − r cᵀ) D_c^{-1/2} = U D Vᵀ. The squares of D are
the principal inertias; their sum is χ²/n. Standard coordinates are D_r^{-1/2} U and D_c^{-1/2} V,
principal ones the standard ones times D: distances between principal coordinates of rows are the χ²
distances between their profiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Sparse: TypeAlias = "sp.csr_array[np.float64]"

_MOST_CELLS = 6_000_000  # above, only the axes that are asked for are computed
_NO_INERTIA = 1e-14
_TIED = 1e-9
_FEWEST = 2
_LARGEST = 1e150  # squares stay finite


@dataclass(frozen=True, eq=False)
class Cloud:
    """The rows, or the columns, of a table on the axes.

    Attributes
    ----------
    kept : array of int, shape (n_points,)
        Their places in the table: those that hold nothing are left out.
    masses : array, shape (n_points,)
        Share of each in the table; they sum to 1. Empty for supplementary points, which weigh nothing.
    distances : array, shape (n_points,)
        Squared χ² distance to the centre, all axes together.
    standard : array, shape (n_points, n_axes)
        Standard coordinates: weighted by the masses, of variance 1. Empty for supplementary points.
    coordinates : array, shape (n_points, n_axes)
        Principal coordinates: of variance λ, the inertia of the axis.
    """

    kept: NDArray[np.int64]
    masses: Floats
    distances: Floats
    standard: Floats
    coordinates: Floats

    @property
    def contributions(self) -> Floats:
        """Share of each point in the inertia of each axis; columns sum to 1."""
        return self.masses[:, None] * self.standard**2

    @property
    def cos2(self) -> Floats:
        """Share of the squared distance of each point that each axis shows (0 to 1); 0 at the centre itself."""
        far = self.distances > _NO_INERTIA
        shown = self.coordinates**2 / np.where(far, self.distances, 1)[:, None]
        return np.where(far[:, None], np.minimum(shown, 1), 0.0)


class CorrespondenceAnalysis:
    """Correspondence analysis of any table of counts.

    Parameters
    ----------
    n_components : int
        How many axes; where the table has fewer, all it has.

    Attributes
    ----------
    rows_, columns_ : Cloud
        Where the rows and columns that hold something stand.
    eigenvalues_ : array, shape (n_axes,)
        λ, principal inertias of the axes, decreasing.
    spectrum_ : array
        Those of all axes the table has, or of the first ones if it is too large (more than 6 million
        cells) to compute all.
    inertia_ : float
        Total inertia, χ²/n.
    shares_ : array, shape (n_axes,)
        λ / total inertia.
    n_axes_ : int
        How many axes the table can have: the smaller number of rows or columns, less one.

    Notes
    -----
    An axis has no sign of its own: here the column that contributes most to it has a positive
    coordinate (the first of them if several contribute as much). The same table gives the same
    coordinates, whatever the number of threads.

    References
    ----------
    Benzécri, J.-P. (1973). *L'analyse des données*, tome 2 : *L'analyse des correspondances*. Dunod.
    Greenacre, M. (2017). *Correspondence Analysis in Practice*, 3rd ed. Chapman & Hall/CRC.

    Examples
    --------
    >>> staff = [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]]
    >>> analysis = CorrespondenceAnalysis().fit(staff)
    >>> analysis.eigenvalues_.round(4).tolist(), round(analysis.inertia_, 4)
    ([0.0748, 0.01, 0.0004], 0.0852)
    """

    rows_: Cloud
    columns_: Cloud
    eigenvalues_: Floats
    spectrum_: Floats
    shares_: Floats
    inertia_: float
    n_axes_: int
    shape_: tuple[int, int]

    def __init__(self, n_components: int = 5) -> None:
        self.n_components = n_components

    def fit(self, table: Any, y: None = None) -> CorrespondenceAnalysis:  # noqa: ARG002 - scikit-learn's signature
        """Compute the axes.

        Parameters
        ----------
        table : array, DataFrame or sparse array, shape (n_rows, n_columns)
            Counts, or any numbers that are not negative. Rows and columns that sum to zero are left out.

        Raises
        ------
        UsageError
            If a number is missing or negative, if fewer than two rows or columns hold something, or if
            all rows are proportional: there is nothing to oppose.
        """
        if self.n_components < 1:
            raise UsageError("Demandez au moins un axe : n_components=1 ou davantage.")
        counts = _checked(table)
        self.shape_ = counts.shape
        rows = np.flatnonzero(counts.sum(axis=1) > 0)
        columns = np.flatnonzero(counts.sum(axis=0) > 0)
        if min(len(rows), len(columns)) < _FEWEST:
            raise UsageError(
                "Une analyse des correspondances compare au moins deux lignes et deux colonnes qui ne sont pas vides ; "
                f"ce tableau a {len(rows)} ligne(s) et {len(columns)} colonne(s)."
            )
        shares = counts[rows][:, columns] / counts.sum()
        masses = shares.sum(axis=1), shares.sum(axis=0)
        distances = _distances(shares, masses[1]), _distances(shares.T.tocsr(), masses[0])
        self.inertia_ = float(masses[1] @ distances[1])
        self.n_axes_ = min(len(rows), len(columns)) - 1
        if self.inertia_ <= _NO_INERTIA:
            raise UsageError(
                "Toutes les parties du tableau ont le même profil : il n'y a rien à opposer, donc aucun axe."
            )
        left, singular, right = _decomposed(shares, masses, n_components=self.n_components)
        self.spectrum_ = singular**2
        kept = slice(min(self.n_components, len(singular)))
        self.eigenvalues_ = self.spectrum_[kept]
        self.shares_ = self.eigenvalues_ / self.inertia_
        standard = [
            vectors[:, kept] / np.sqrt(mass)[:, None] for vectors, mass in zip((left, right), masses, strict=True)
        ]
        signs = _signs(masses[1][:, None] * standard[1] ** 2, standard[1])
        places = rows, columns
        self.rows_, self.columns_ = (
            Cloud(places[side], masses[side], distances[side], one * signs, one * signs * singular[kept])
            for side, one in enumerate(standard)
        )
        return self

    def transform(self, table: Any) -> Floats:
        """Return the principal coordinates of rows: active ones fall on their place, others are projected.

        Parameters
        ----------
        table : array, DataFrame or sparse array, shape (n_points, n_columns)
            Rows over the columns of the table that was fitted.

        Returns
        -------
        array, shape (n_points, n_axes)
            From the transition formula F = (row profile) × (standard coordinates of the columns).

        Raises
        ------
        UsageError
            If the columns are not those of the table, or a row holds nothing.
        """
        return self.project(table).coordinates

    def fit_transform(self, table: Any, y: None = None) -> Floats:  # noqa: ARG002 - scikit-learn's signature
        """Compute the axes and return the principal coordinates of the rows that hold something."""
        return self.fit(table).rows_.coordinates

    def project(self, table: Any, *, as_columns: bool = False) -> Cloud:
        """Return where supplementary points fall: they take no part in the axes.

        Parameters
        ----------
        table : array, DataFrame or sparse array
            Of shape (n_points, n_columns); with `as_columns`, of shape (n_rows, n_points).
        as_columns : bool
            Whether the points are columns.

        Returns
        -------
        Cloud
            Without masses nor standard coordinates. What a point holds outside the rows and columns
            that were kept is not counted.

        Raises
        ------
        UsageError
            If the shape does not fit, or a point holds nothing.
        """
        counts = _checked(
            table.T if as_columns and hasattr(table, "T") else np.transpose(table) if as_columns else table
        )
        other = self.rows_ if as_columns else self.columns_
        expected = self.shape_[0] if as_columns else self.shape_[1]
        if counts.shape[1] != expected:
            raise UsageError(f"Élément supplémentaire : {expected} nombres attendus, {counts.shape[1]} donnés.")
        counts = counts[:, other.kept]
        sizes = counts.sum(axis=1)
        if not (sizes > 0).all():
            raise UsageError("Un élément supplémentaire ne contient rien de ce que compare l'analyse : retirez-le.")
        return Cloud(
            kept=np.arange(len(sizes)),
            masses=np.zeros(0),
            distances=_distances(counts, other.masses),
            standard=np.zeros((0, len(self.eigenvalues_))),
            coordinates=(counts @ other.standard) / sizes[:, None],
        )


def _checked(table: Any) -> Sparse:
    """Return a table as sparse rows of finite numbers that are not negative."""
    import scipy.sparse as sp

    try:
        counts = sp.csr_array(table if sp.issparse(table) else np.asarray(table, dtype=float), dtype=float)
    except (TypeError, ValueError) as error:
        raise UsageError("Le tableau contient autre chose que des nombres : ne gardez que des effectifs.") from error
    if counts.ndim != 2:  # noqa: PLR2004 - rows and columns
        raise UsageError("Donnez un tableau à deux dimensions : lignes et colonnes.")
    if not np.isfinite(counts.data).all():
        raise UsageError("Le tableau a des cases vides ou infinies : remplacez-les, par 0 si rien n'a été compté.")
    if (counts.data < 0).any():
        raise UsageError(
            "Le tableau contient des nombres négatifs : une analyse des correspondances compare des effectifs."
        )
    if counts.nnz and counts.data.max() > _LARGEST:
        raise UsageError("Le tableau contient des nombres démesurés : vérifiez les effectifs.")
    return counts


def _distances(counts: Sparse, masses: Floats) -> Floats:
    """Return the squared χ² distance of each row's profile to `masses`."""
    import scipy.sparse as sp

    profiles = sp.csr_array(counts.multiply(1 / counts.sum(axis=1)[:, None]))
    expected = masses[profiles.indices]
    # over the cells that hold something; the empty ones add their mass
    profiles.data = (profiles.data - expected) ** 2 / expected - expected
    return np.maximum(profiles.sum(axis=1) + 1.0, 0.0)


def _decomposed(shares: Sparse, masses: tuple[Floats, Floats], *, n_components: int) -> tuple[Floats, Floats, Floats]:
    """Return U, D and V of S, without the axes that hold no inertia."""
    import scipy.linalg
    from threadpoolctl import threadpool_limits

    smaller = min(shares.shape)
    if shares.shape[0] * shares.shape[1] <= _MOST_CELLS or 2 * n_components >= smaller:
        residuals = shares.toarray()
        residuals -= np.outer(*masses)
        residuals /= np.sqrt(masses[0])[:, None]
        residuals /= np.sqrt(masses[1])
        with threadpool_limits(limits=1):  # the last digits would depend on the number of threads
            left, singular, right = scipy.linalg.svd(residuals, full_matrices=False, overwrite_a=True)
    else:
        left, singular, right = _first_axes(shares, masses, n_components=n_components)
    kept = np.flatnonzero(singular[: smaller - 1] ** 2 > _NO_INERTIA)
    return left[:, kept], singular[kept], right[kept].T


def _first_axes(shares: Sparse, masses: tuple[Floats, Floats], *, n_components: int) -> tuple[Floats, Floats, Floats]:
    """Return the first singular vectors of S, which is a sparse table less one of rank 1: it is never filled."""
    from scipy.sparse.linalg import LinearOperator, svds
    from threadpoolctl import threadpool_limits

    first, second = (np.sqrt(mass) for mass in masses)
    scaled = shares.multiply(1 / first[:, None]).multiply(1 / second[None, :]).tocsr()
    turned = scaled.T.tocsr()
    residuals = LinearOperator(
        dtype=np.float64,
        shape=scaled.shape,
        matvec=lambda vector: scaled @ vector.ravel() - first * (second @ vector.ravel()),
        rmatvec=lambda vector: turned @ vector.ravel() - second * (first @ vector.ravel()),
        matmat=lambda matrix: scaled @ matrix - np.outer(first, second @ matrix),
        rmatmat=lambda matrix: turned @ matrix - np.outer(second, first @ matrix),
    )
    # any start that is not itself the trivial axis will do, as long as it is always the same
    start = np.cos(np.arange(min(scaled.shape), dtype=float))
    with threadpool_limits(limits=1):
        left, singular, right = svds(residuals, k=n_components, v0=start, solver="arpack", rng=0)
    order = np.argsort(-singular, kind="stable")
    return left[:, order], singular[order], right[order]


def _signs(contributions: Floats, coordinates: Floats) -> Floats:
    """Return the sign by which each axis is multiplied: its first largest contribution becomes positive."""
    tied = contributions >= contributions.max(axis=0) * (1 - _TIED)
    largest = tied.argmax(axis=0)
    return np.where(coordinates[largest, np.arange(coordinates.shape[1])] < 0, -1.0, 1.0)
