"""Whether classes are found again with other documents of the same kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.checks import check_whole
from innovsoc_analysis.lexicometry.classes.classifying import classify
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.classes.classifying import Settings
    from innovsoc_analysis.lexicometry.classes.material import Material

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

FEWEST_DOCUMENTS = 5
_FOUND, _LOST = 0.75, 0.5
_VERDICTS = ((0.85, "très stable"), (0.75, "stable"), (0.6, "incertaine"), (0.0, "instable"))


def jaccard(one: Numbers, other: Numbers) -> Floats:
    """Return how well each class of a partition is found again in another: its best Jaccard index.

    Parameters
    ----------
    one, other : array of int, shape (n_units,)
        Classes from 1; 0 for none.

    Returns
    -------
    array, shape (n_classes of `one`,)
        Units in both classes over units in either, at the class of `other` where it is largest; missing for a
        class that holds no unit.

    Examples
    --------
    >>> import numpy as np
    >>> jaccard(np.array([1, 1, 1, 2, 2]), np.array([1, 1, 2, 2, 2])).round(3).tolist()
    [0.667, 0.667]
    """
    import numpy as np

    n_one, n_other = int(one.max(initial=0)), int(other.max(initial=0))
    both = np.zeros((n_one + 1, n_other + 1))
    np.add.at(both, (one, other), 1)
    sizes, others = both.sum(axis=1)[1:, None], both.sum(axis=0)[None, 1:]
    both = both[1:, 1:]
    found = both / np.maximum(sizes + others - both, 1)
    best = found.max(axis=1, initial=0)
    return np.where(sizes.ravel() > 0, best, np.nan)


def stability_table(
    material: Material, labels: Numbers, settings: Settings, *, n_draws: int, seed: int
) -> pd.DataFrame:
    """Classify draws of documents again; `Classes.stability` tells the columns.

    Parameters
    ----------
    material : Material
        The units.
    labels : array of int, shape (n_units,)
        Class of each, from 1; 0 for none.
    settings : Settings
        How they were classified; as many classes are made again as there are.
    n_draws : int
        How many draws.
    seed : int
        Of the draws.

    Raises
    ------
    UsageError
        If `n_draws` is no positive whole number, or `seed` none from 0.
    """
    import numpy as np
    import pandas as pd

    check_whole("n_draws", n_draws, 1)
    check_whole("seed", seed, 0)
    rng = np.random.default_rng(seed)
    n_classes = int(labels.max())
    found, by_chance = np.full((2, n_draws, n_classes), np.nan)
    for draw in range(n_draws):
        rows = _drawn(material.documents, rng)
        own = labels[rows]
        shuffled = rng.permutation(len(rows))
        try:
            levels = classify(material.active[rows], material.documents[rows], settings).labels
        except UsageError:
            # nothing to split is left: all classes are lost
            levels = {1: np.zeros(len(rows), dtype=np.int64)}
        n_found = int(own.max(initial=0))
        again = [labels for number, labels in levels.items() if number <= n_classes]
        # at any level: a class may be whole in a tree that splits another one first
        found[draw, :n_found] = np.max([jaccard(own, other) for other in again], axis=0)
        by_chance[draw, :n_found] = np.max([jaccard(own, other[shuffled]) for other in again], axis=0)
    mean, chance = _mean(found), _mean(by_chance)
    known = np.isfinite(found)
    times = np.maximum(known.sum(axis=0), 1)
    return pd.DataFrame(
        {
            "class": np.arange(1, n_classes + 1),
            "n": np.bincount(labels, minlength=n_classes + 1)[1:],
            "jaccard": mean,
            "by_chance": chance,
            "found": (known & (found >= _FOUND)).sum(axis=0) / times,
            "lost": (known & (found <= _LOST)).sum(axis=0) / times,
            "n_draws": known.sum(axis=0),
            "verdict": [_verdict(value) for value in mean],
        }
    )


def _drawn(documents: Numbers, rng: np.random.Generator) -> Numbers:
    """Return the units of documents drawn with replacement, each counted once; of few documents, units drawn so."""
    import numpy as np

    n_documents = int(documents.max()) + 1
    owners = documents if n_documents >= FEWEST_DOCUMENTS else np.arange(len(documents))
    n_owners = int(owners.max()) + 1
    drawn = np.zeros(n_owners, dtype=np.bool_)
    drawn[rng.integers(0, n_owners, size=n_owners)] = True
    return np.flatnonzero(drawn[owners])


def _mean(values: Floats) -> Floats:
    import numpy as np

    known = np.isfinite(values)
    n_known = known.sum(axis=0)
    sums = np.where(known, values, 0).sum(axis=0)
    return np.divide(sums, n_known, out=np.full(values.shape[1], np.nan), where=n_known > 0)


def _verdict(mean: float) -> str:
    for least, said in _VERDICTS:
        if mean >= least:
            return said
    return ""
