"""Reinert's double classification: classes that hold at two sizes of units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.checks import check_whole
from innovsoc_analysis.lexicometry.classes.classifier import ReinertClassifier
from innovsoc_analysis.lexicometry.classes.packing import Place, best_packings
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

CRITERIA = ("size", "chi2")
_TWO = 2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DoubleClassification:
    """Classes of one classification crossed with those of another, and the best partitions made of them.

    Attributes
    ----------
    classes : DataFrame
        Index ``cross``, from 1; ``first, second`` (numbers of the crossed classes in ``first.tree_`` and
        ``second.tree_``), ``n_first, n_second`` (their units), ``n`` (units in both), ``chi2`` (of the
        table in one or not × in the other or not).
    members : array of bool, shape (n_units, n_crosses)
        Which units are in each crossed class.
    partitions : DataFrame
        ``n_classes, criterion, classes`` (tuple of ``cross``, the largest first), ``n`` (units classified),
        ``share`` (of all units), ``chi2`` (sum).
    first, second : ReinertClassifier
        The two classifications.
    """

    classes: pd.DataFrame
    members: Mask
    partitions: pd.DataFrame
    first: ReinertClassifier
    second: ReinertClassifier

    def labels(self, n_classes: int | None = None, *, criterion: str = "size") -> Numbers:
        """Return the class of each unit in the best partition.

        Parameters
        ----------
        n_classes : int, optional
            By default, the largest number of which there is a partition.
        criterion : {"size", "chi2"}
            What is largest: units classified, or the sum of χ².

        Returns
        -------
        array of int, shape (n_units,)
            From 1, the largest class first; 0 for units in no stable class.

        Raises
        ------
        UsageError
            If there is no such partition.

        Examples
        --------
        >>> import numpy as np
        >>> units = np.repeat([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], [40, 20], axis=0)
        >>> found = double_classification(units, np.arange(60) // 4, 2, min_sizes=(3, 6))
        >>> np.bincount(found.labels(2, criterion="chi2")).tolist()
        [0, 40, 20]
        """
        import numpy as np

        if criterion not in CRITERIA:
            raise UsageError(f"Critère inconnu : « {criterion} » ; choisissez size (unités classées) ou chi2.")
        rows = self.partitions[self.partitions["criterion"] == criterion].set_index("n_classes")["classes"]
        wanted = rows.index.max() if n_classes is None else n_classes
        if wanted not in rows.index:
            raise UsageError(f"Il n'y a pas de partition en {wanted} classes : demandez-en de 2 à {rows.index.max()}.")
        labels = np.zeros(len(self.members), dtype=np.int64)
        for number, cross in enumerate(rows.loc[wanted], start=1):
            labels[self.members[:, cross - 1]] = number
        return labels

    def __repr__(self) -> str:
        """Return counts only."""
        n_units, n_crosses = self.members.shape
        return f"<Double classification : {n_units} unités, {n_crosses} classes croisées>"


def double_classification(  # noqa: PLR0913 - the parameters of two classifications and of what is stable
    X: ArrayLike | sp.sparray | sp.spmatrix | pd.DataFrame,  # noqa: N803 - what scikit-learn calls it
    groups: Sequence[Hashable] | NDArray[np.generic],
    n_classes: int = 10,
    *,
    min_sizes: tuple[int, int] = (10, 15),
    min_split_members: int = 10,
    cc_test: float = 0.3,
    tsj: int = 3,
    min_members: int = 10,
    min_chi2: float = 3.84,
) -> DoubleClassification:
    """Classify units merged at two sizes, and keep the classes that both classifications find.

    Parameters
    ----------
    X : array or sparse array, shape (n_units, n_terms)
        Counts; only whether a term is present is read.
    groups : sequence
        The document of each unit.
    n_classes : int
        Of each of the two classifications, and most classes of a partition.
    min_sizes : pair of int
        In each classification, units of fewer terms are merged with those that follow in their document.
    min_split_members, cc_test, tsj
        See `ReinertClassifier`.
    min_members : int
        A crossed class of fewer units is dropped.
    min_chi2 : float
        A crossed class whose two classes are less associated is dropped, as is one that holds no more
        units than chance would make. 3.84 is the 5 % level at one degree of freedom.

    Returns
    -------
    DoubleClassification

    Raises
    ------
    UsageError
        If a parameter or the table cannot be used, or no two crossed classes are apart.

    Notes
    -----
    Reinert (1990, *Bulletin de méthodologie sociologique* 26). All classes of one tree are crossed with all of the
    other, at whatever level; of crossed classes that hold the same units, the one of largest χ² is kept.
    Every crossed class is a candidate, not only those of two classes that are each other's closest. For each number
    of classes, the partition is the best of all sets of crossed classes that do not overlap, see
    `best_packings`. Units count as they are given, whatever they were merged into.

    Examples
    --------
    >>> import numpy as np
    >>> kinds = np.repeat([[1, 1, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 1, 0, 1]], 3, axis=1)
    >>> units = np.repeat(kinds, 30, axis=0)
    >>> found = double_classification(units, np.arange(90) // 3, 3, min_sizes=(6, 12))
    >>> found.partitions.query("criterion == 'size'")[["n_classes", "n", "share"]].values.tolist()
    [[2.0, 90.0, 1.0], [3.0, 90.0, 1.0]]
    >>> np.bincount(found.labels(3)).tolist()
    [0, 30, 30, 30]
    """
    _check(min_sizes, min_members, min_chi2)
    settings: dict[str, Any] = {"min_split_members": min_split_members, "cc_test": cc_test, "tsj": tsj}
    first, second = (
        ReinertClassifier(n_classes, min_segment_size=size, **settings).fit(X, groups=groups) for size in min_sizes
    )
    classes, members = _crossed(first, second, min_members=min_members, min_chi2=min_chi2)
    partitions = _partitions(classes, members, (first, second), n_classes)
    if partitions.empty:
        raise UsageError(
            "Les deux classifications n'ont pas deux classes stables en commun : ajoutez des textes, ou abaissez "
            "min_members= ou min_chi2=."
        )
    return DoubleClassification(classes, members, partitions, first, second)


def _check(min_sizes: tuple[int, int], min_members: int, min_chi2: Any) -> None:
    from math import isfinite
    from numbers import Real

    sizes = tuple(min_sizes) if isinstance(min_sizes, tuple | list) else ()
    if len(sizes) != _TWO or sizes[0] == sizes[1]:
        raise UsageError("min_sizes= donne deux tailles différentes, par exemple (10, 15).")
    check_whole("min_members", min_members, 1)
    if not isinstance(min_chi2, Real) or not isfinite(min_chi2) or min_chi2 < 0:
        raise UsageError("min_chi2= est un nombre positif.")


def _belonging(classifier: ReinertClassifier) -> NDArray[np.float64]:
    """Return which units each class of a tree holds, all units together included: units × classes."""
    import numpy as np

    held = np.zeros((len(classifier.labels_), len(classifier.tree_)))
    for number, node in enumerate(classifier.tree_):
        held[node.units, number] = 1
    return held


def _crossed(
    first: ReinertClassifier, second: ReinertClassifier, *, min_members: int, min_chi2: float
) -> tuple[pd.DataFrame, Mask]:
    """Return the crossed classes that are large and associated enough, each set of units once."""
    import numpy as np
    import pandas as pd

    one, other = _belonging(first), _belonging(second)
    both, sizes = one.T @ other, (one.sum(axis=0), other.sum(axis=0))
    chi2 = _association(both, *sizes, len(one))
    excess = both * len(one) > np.outer(*sizes)
    kept = (both >= min_members) & (chi2 >= min_chi2) & excess
    # number 0 is all units together: no class
    kept[0], kept[:, 0] = False, False
    pairs = np.argwhere(kept)
    columns = {
        "first": pairs[:, 0],
        "second": pairs[:, 1],
        "n_first": sizes[0][pairs[:, 0]].astype(np.int64),
        "n_second": sizes[1][pairs[:, 1]].astype(np.int64),
        "n": both[kept].astype(np.int64),
        "chi2": chi2[kept],
    }
    classes = pd.DataFrame(columns)
    # truth values: numbers would take eight times the memory
    members = (one > 0)[:, pairs[:, 0]] & (other > 0)[:, pairs[:, 1]]
    best: dict[bytes, int] = {}
    for row in np.argsort(-classes["chi2"].to_numpy(), kind="stable").tolist():
        best.setdefault(np.packbits(members[:, row]).tobytes(), row)
    rows = sorted(best.values())
    classes = classes.iloc[rows].set_axis(pd.RangeIndex(1, len(rows) + 1, name="cross"))
    return classes, members[:, rows]


def _association(
    both: NDArray[np.float64], first: NDArray[np.float64], second: NDArray[np.float64], n_units: int
) -> NDArray[np.float64]:
    """Return χ² of in one class or not × in the other or not; 0 where a class holds all units."""
    import numpy as np

    room = np.outer(first * (n_units - first), second * (n_units - second))
    chi2 = n_units * (n_units * both - np.outer(first, second)) ** 2
    return np.divide(chi2, room, out=np.zeros_like(chi2), where=room > 0)


def _partitions(
    classes: pd.DataFrame, members: Mask, trees: tuple[ReinertClassifier, ReinertClassifier], most: int
) -> pd.DataFrame:
    """Return the best sets of crossed classes that do not overlap, for each number of classes and criterion."""
    import pandas as pd

    one, other = trees
    places = list(zip(_places(members, one), _places(members, other), strict=True))
    children = ([node.children for node in one.tree_], [node.children for node in other.tree_])
    sizes, chi2 = classes["n"].tolist(), classes["chi2"].tolist()
    rows = []
    for criterion, values in zip(CRITERIA, (zip(sizes, chi2, strict=True), zip(chi2, sizes, strict=True)), strict=True):
        given = [Place(*place, value) for place, value in zip(places, values, strict=True)]
        for n_classes, chosen in best_packings(given, children, most).items():
            ordered = sorted(chosen, key=lambda row: (-sizes[row], row))
            n_units = sum(sizes[row] for row in chosen)
            numbers = tuple(row + 1 for row in ordered)
            total = sum(chi2[row] for row in ordered)
            rows.append((n_classes, criterion, numbers, n_units, n_units / len(members), total))
    found = pd.DataFrame(rows, columns=["n_classes", "criterion", "classes", "n", "share", "chi2"])
    return found[found["n_classes"] >= _TWO].reset_index(drop=True)


def _places(members: Mask, classifier: ReinertClassifier) -> list[int]:
    """Return for each crossed class the smallest class of a tree that holds all its units."""
    import numpy as np

    held = _belonging(classifier)
    holds_all = members.T.astype(np.float64) @ held == members.sum(axis=0)[:, None]
    return np.where(holds_all, held.sum(axis=0), np.inf).argmin(axis=1).tolist()
