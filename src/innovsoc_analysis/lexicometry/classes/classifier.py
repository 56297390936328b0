"""Reinert's descending classification as a scikit-learn estimator."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any, Self

from sklearn.base import BaseEstimator, ClusterMixin

from innovsoc_analysis.lexicometry.checks import is_whole
from innovsoc_analysis.lexicometry.classes.merging import merge_units
from innovsoc_analysis.lexicometry.classes.tree import Node, grow, merges_of, partitions_of
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.int64]

_FEWEST = 2


class ReinertClassifier(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Classify units of text by the words that meet in them: Reinert's descending hierarchical classification.

    All units are split in two so that their vocabularies differ most, then the larger of the two
    classes, and so on. Each class goes on with a vocabulary of its own.

    Parameters
    ----------
    n_classes : int
        How many classes to make.
    min_split_members : int
        A class of fewer units is not split.
    cc_test : float
        Contingency coefficient, from 0 to 1, beyond which a term belongs to one of two classes alone.
    tsj : int
        In how many units of a class a term must be to count in its split.
    min_segment_size : int
        Units of fewer terms are merged with those that follow in their document, see `merge_units`; 0 for
        none. Sizes count the terms present in each unit, before any selection.

    Attributes
    ----------
    labels_ : array of int, shape (n_units,)
        Class of each unit, from 1, in the order of the tree's leaves: of two classes made by a split, the larger
        comes first. 0 for units in no class: those without any term of the vocabulary by which they would be
        placed.
    partitions_ : array of int, shape (n_units, n_classes_ - 1)
        Column i holds the labels of the partition into i + 2 classes; see also `partition`.
    heights_ : array, shape (n_classes_ - 1,)
        χ² of each split in the order of the splits, computed on the parts obtained. It may grow from one to the
        next.
    tree_ : tuple of Node
        Classes and what they were split into; rows and columns are those of the table given.
    merges_ : array, shape (n_classes_ - 1, 4)
        The tree as a linkage of scipy, see `merges_of`.
    terms_ : array of bool, shape (n_terms,)
        Which terms the first split used.
    merged_ : array of int, shape (n_units,)
        To which larger unit each unit belongs; its own number where none are merged.
    n_classes_ : int
        How many classes were made.
    stopped_ : str
        Empty, or why they are fewer than asked: one French sentence.
    n_features_in_ : int
        Terms of the table given.

    Notes
    -----
    The method is Reinert's (1983, *Les Cahiers de l’analyse des données* 8(2), 187-198; 1990, *Bulletin de
    méthodologie sociologique* 26, 24-54), with the choices of the R package rainette: presences only,
    the class of most units is split next, terms chosen as `keep_terms` says. Where rainette leaves
    things open, ties are settled as `split_units` and `move_units` say: the same table always gives the same
    classes, whatever the order of its columns. A class that cannot be split is passed over
    for the next largest. `tsj` holds for all units together too.

    Examples
    --------
    >>> import numpy as np
    >>> units = np.repeat([[2, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 3]], 10, axis=0)
    >>> found = ReinertClassifier(2).fit(units)
    >>> found.labels_.tolist() == [1] * 10 + [2] * 10, found.heights_.tolist()
    (True, [60.0])
    """

    def __init__(
        self,
        n_classes: int = 10,
        min_split_members: int = 10,
        cc_test: float = 0.3,
        tsj: int = 3,
        min_segment_size: int = 0,
    ) -> None:
        self.n_classes = n_classes
        self.min_split_members = min_split_members
        self.cc_test = cc_test
        self.tsj = tsj
        self.min_segment_size = min_segment_size

    def fit(
        self,
        X: ArrayLike | sp.sparray | sp.spmatrix | pd.DataFrame,  # noqa: N803 - what scikit-learn calls it
        y: object = None,  # noqa: ARG002
        *,
        groups: Sequence[Hashable] | NDArray[np.generic] | None = None,
    ) -> Self:
        """Classify the units of a table.

        Parameters
        ----------
        X : array or sparse array, shape (n_units, n_terms)
            Counts, none negative; only whether a term is present is read.
        y : object
            Not used: scikit-learn's convention.
        groups : sequence, optional
            The document of each unit; needed where `min_segment_size` merges units.

        Returns
        -------
        ReinertClassifier
            Itself.

        Raises
        ------
        UsageError
            If a parameter or the table cannot be used, or not even one split can be made.

        Examples
        --------
        >>> two = [[1, 1, 0, 0], [0, 0, 1, 1]] * 5
        >>> ReinertClassifier(2).fit(two).tree_[0].children
        (1, 2)
        """
        import numpy as np
        from threadpoolctl import threadpool_limits

        self._check()
        given = presences_of(X)
        units, merged = self._merged(given, groups)
        kept = np.flatnonzero(units.sum(axis=0) >= self.tsj)
        columns = kept[_canonical_order(units[:, kept])]
        # on one thread: sums are made in the same order everywhere
        with threadpool_limits(limits=1):
            growth = grow(
                units[:, columns],
                np.arange(len(columns)),
                n_classes=self.n_classes,
                min_split=self.min_split_members,
                cc_test=self.cc_test,
                tsj=self.tsj,
            )
        if not growth.split:
            raise UsageError(self._why_none(len(growth.nodes[0].units)))
        self.merged_ = merged
        self.partitions_ = partitions_of(growth, units.shape[0])[merged]
        self.labels_ = self.partitions_[:, -1].copy()
        self.tree_ = tuple(_in_table(node, columns, merged) for node in growth.nodes)
        self.heights_ = np.array([growth.nodes[node].height for node in growth.split])
        self.merges_ = merges_of(growth)
        self.terms_ = np.isin(np.arange(given.shape[1]), kept)
        self.n_features_in_ = given.shape[1]
        self.n_classes_ = len(growth.leaves[-1])
        self.stopped_ = "" if growth.enough else self._why_fewer()
        return self

    def partition(self, n_classes: int) -> Numbers:
        """Return the labels of the partition into `n_classes` classes.

        Parameters
        ----------
        n_classes : int
            From 2 to ``n_classes_``.

        Returns
        -------
        array of int, shape (n_units,)
            From 1; 0 for units in no class.

        Raises
        ------
        UsageError
            If there is no such partition, or `fit` has not been called.

        Examples
        --------
        >>> import numpy as np
        >>> ReinertClassifier(3, tsj=1).fit(np.repeat(np.eye(3), 10, axis=0)).partition(2).sum()
        np.int64(40)
        """
        if not hasattr(self, "partitions_"):
            raise UsageError("Aucune table n'est encore classée : appelez d'abord fit.")
        if not is_whole(n_classes) or not _FEWEST <= n_classes <= self.n_classes_:
            raise UsageError(f"n_classes= est un entier de 2 à {self.n_classes_}.")
        column: Numbers = self.partitions_[:, n_classes - _FEWEST]
        return column

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that tables may be sparse."""
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def _check(self) -> None:
        least = {"n_classes": 2, "min_split_members": 2, "tsj": 1, "min_segment_size": 0}
        for name, fewest in least.items():
            if not is_whole(getattr(self, name)) or getattr(self, name) < fewest:
                raise UsageError(f"{name}= est un entier d'au moins {fewest}.")
        threshold: Any = self.cc_test
        if isinstance(threshold, bool) or not isinstance(threshold, Real) or not 0 <= float(threshold) <= 1:
            raise UsageError("cc_test= est un nombre de 0 à 1.")

    def _merged(
        self, given: sp.csr_array[np.float64], groups: Sequence[Hashable] | NDArray[np.generic] | None
    ) -> tuple[sp.csr_array[np.float64], Numbers]:
        """Return the larger units, and to which each unit belongs."""
        import numpy as np
        import pandas as pd
        import scipy.sparse as sp

        n_units = given.shape[0]
        if not self.min_segment_size:
            return given, np.arange(n_units)
        if groups is None:
            raise UsageError("Pour réunir les unités courtes, donnez groups= : le document de chaque unité.")
        documents = pd.Series(list(groups), dtype=object)
        if len(documents) != n_units:
            raise UsageError(
                f"groups= nomme {len(documents)} documents pour {n_units} unités : il en faut un par unité."
            )
        if documents.isna().any():
            raise UsageError("groups= ne nomme pas le document de chaque unité : complétez-le.")
        merged = merge_units(np.diff(given.indptr), documents.to_numpy(), self.min_segment_size)
        gather = sp.csr_array((np.ones(n_units), (merged, np.arange(n_units))), shape=(int(merged.max()) + 1, n_units))
        return presences_of(gather @ given), merged

    def _why_none(self, n_units: int) -> str:
        if n_units < self.min_split_members:
            return (
                f"Trop peu d'unités contiennent un mot de {self.tsj} unités au moins ({n_units}, pour "
                f"min_split_members={self.min_split_members}) : ajoutez des textes, ou abaissez ces seuils."
            )
        return "Les unités ont toutes les mêmes mots : il n'y a rien à opposer."

    def _why_fewer(self) -> str:
        return (
            f"{self.n_classes_} classes au lieu de {self.n_classes} : celles qui restent ont moins de "
            f"{self.min_split_members} unités, ou trop peu de mots pour être divisées."
        )


def presences_of(table: ArrayLike | sp.sparray | sp.spmatrix | pd.DataFrame) -> sp.csr_array[np.float64]:
    """Return where a table of counts is not zero.

    Parameters
    ----------
    table : array or sparse array, shape (n_units, n_terms)
        Finite numbers, none negative.

    Returns
    -------
    sparse array
        Ones; columns of each row increase.

    Raises
    ------
    UsageError
        If it is no such table, or holds nothing.

    Examples
    --------
    >>> presences_of([[0, 2], [1, 0]]).toarray().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    import numpy as np
    import scipy.sparse as sp

    numbers = "Donnez une table de nombres : une ligne par unité, une colonne par mot."
    try:
        given: Any = table if sp.issparse(table) else np.asarray(table)
        # dates and complex numbers would pass for counts
        counts = given.dtype.kind not in "cmM"
        if counts and not sp.issparse(table):
            given = given.astype(np.float64)
        found = sp.csr_array(given, dtype=np.float64) if counts else None
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageError(numbers) from error
    if found is None or found.ndim != 2:  # noqa: PLR2004 - rows and columns
        raise UsageError(numbers)
    if not np.isfinite(found.data).all() or (found.data < 0).any():
        raise UsageError("La table contient des nombres négatifs ou non finis : donnez des comptes.")
    found = found.copy()
    found.sum_duplicates()
    found.eliminate_zeros()
    if not found.nnz:
        raise UsageError("La table ne contient aucun mot à classer.")
    found.data[:] = 1
    return found


def _canonical_order(presences: sp.csr_array[np.float64]) -> Numbers:
    """Return an order of the terms that depends on the units that hold them, and not on the order given.

    Sums of the numbers drawn for the units, modulo 2⁶⁴: equal for terms of the same units alone.
    """
    import numpy as np

    drawn = np.random.default_rng(0).integers(0, 2**62, size=presences.shape[0]).astype(np.uint64)
    return np.argsort(presences.T.astype(np.uint64) @ drawn, kind="stable")


def _in_table(node: Node, columns: Numbers, merged: Numbers) -> Node:
    """Return a class with the rows and columns of the table given."""
    import numpy as np

    holds = np.zeros(int(merged.max()) + 1, dtype=np.bool_)
    holds[node.units] = True
    return node._replace(units=np.flatnonzero(holds[merged]), terms=np.sort(columns[node.terms]))
