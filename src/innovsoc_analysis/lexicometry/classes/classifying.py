"""One classification or two of the units of a corpus, and the partitions they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.classes.classifier import ReinertClassifier
from innovsoc_analysis.lexicometry.classes.double import double_classification

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How units are classified, see `ReinertClassifier`.

    Attributes
    ----------
    n_classes, min_split_members, cc_test, tsj
        As there.
    sizes : pair of int, optional
        For a double classification: its two sizes of units.
    """

    n_classes: int = 8
    min_split_members: int = 10
    cc_test: float = 0.3
    tsj: int = 3
    sizes: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Partitions:
    """The partitions that a classification gives.

    Attributes
    ----------
    labels : mapping of int to array of int, shape (n_units,)
        Number of classes → class of each unit, from 1; 0 for units in none.
    heights : array
        χ² of each split, in the order of the splits; empty for a double classification.
    split : tuple of int
        Which class each split cut, see `Growth`.
    stopped : str
        Empty, or why classes are fewer than asked: one French sentence.
    """

    labels: Mapping[int, Numbers]
    heights: NDArray[np.float64]
    split: tuple[int, ...]
    stopped: str = ""

    @property
    def most(self) -> int:
        """Largest number of classes."""
        return max(self.labels)


def classify(presences: sp.csr_array[np.float64], documents: Numbers, settings: Settings) -> Partitions:
    """Classify units.

    Parameters
    ----------
    presences : sparse array, shape (n_units, n_words)
        Ones.
    documents : array of int, shape (n_units,)
        The document of each unit; only a double classification joins units of one document.
    settings : Settings
        How.

    Raises
    ------
    UsageError
        If a setting cannot be used, or not even one split can be made.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = sp.csr_array(np.repeat(np.eye(3), 10, axis=0))
    >>> made = classify(units, np.zeros(30, dtype=int), Settings(n_classes=3))
    >>> made.most, np.bincount(made.labels[3]).tolist(), made.split
    (3, [0, 10, 10, 10], (0, 1))
    """
    import numpy as np

    if settings.sizes is None:
        model = ReinertClassifier(settings.n_classes, settings.min_split_members, settings.cc_test, settings.tsj)
        model.fit(presences)
        labels = {n: model.partition(n) for n in range(2, model.n_classes_ + 1)}
        split = tuple(model.tree_[2 * number + 1].parent for number in range(len(model.heights_)))
        return Partitions(labels, model.heights_, split, model.stopped_)
    found = double_classification(
        presences,
        documents,
        settings.n_classes,
        min_sizes=settings.sizes,
        min_split_members=settings.min_split_members,
        cc_test=settings.cc_test,
        tsj=settings.tsj,
    )
    numbers = found.partitions.loc[found.partitions["criterion"] == "size", "n_classes"].tolist()
    labels = {n: found.labels(n) for n in numbers}
    stopped = ""
    if max(numbers) < settings.n_classes:
        stopped = f"{max(numbers)} classes au lieu de {settings.n_classes} : il n'y en a pas davantage de stables."
    return Partitions(labels, np.zeros(0), (), stopped)


def branches(partitions: Partitions, n_classes: int) -> list[tuple[int, int, float]]:
    """Return the tree above `n_classes` classes, from the last split to the first.

    Parameters
    ----------
    partitions : Partitions
        From `classify`.
    n_classes : int
        One of its numbers of classes.

    Returns
    -------
    list of (one, other, height)
        What each split cut: a class c as c - 1, or what the split in row i of the list cut as
        ``n_classes + i``. Heights are the sums of χ² of the split and of all later ones, so
        that no branch turns back. Empty for a double classification.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> units = sp.csr_array(np.repeat(np.eye(3), 10, axis=0))
    >>> branches(classify(units, np.zeros(30, dtype=int), Settings(n_classes=3)), 3)
    [(0, 1, 20.0), (3, 2, 50.0)]
    """
    split = partitions.split[: n_classes - 1]
    leaves = [0]
    for number, node in enumerate(split):
        place = leaves.index(node)
        leaves[place : place + 1] = [2 * number + 1, 2 * number + 2]
    cluster = {leaf: place for place, leaf in enumerate(leaves)}
    rows: list[tuple[int, int, float]] = []
    height = 0.0
    for number in reversed(range(len(split))):
        height += float(partitions.heights[number])
        rows.append((cluster[2 * number + 1], cluster[2 * number + 2], height))
        cluster[split[number]] = n_classes + len(rows) - 1
    return rows
