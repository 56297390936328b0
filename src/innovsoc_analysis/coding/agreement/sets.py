"""Agreement on sets of labels: Krippendorff's alpha with the MASI distance."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Unpack

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.agreement.levels import Distance, distance_statistic
from innovsoc_analysis.coding.agreement.measuring import measure, patterns_of
from innovsoc_analysis.coding.agreement.ratings import MISSING, Ratings, read_cells
from innovsoc_analysis.coding.agreement.resampling import Plan, Sampling
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.agreement.ratings import Floats, Ints
    from innovsoc_analysis.coding.agreement.result import Coefficient

Definition = Literal["2006", "2004"]
_INCLUDED, _OVERLAPPING = 2 / 3, 1 / 3


def masi_alpha(data: Any, *, definition: Definition = "2006", **options: Unpack[Sampling]) -> Coefficient:
    """Return Krippendorff's alpha of units that carry several labels at once.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Each cell a set, list or tuple of labels, in any order; ``None``, NaN and ``pandas.NA`` are
        missing. An empty set is a value: the coder saw the unit and gave no label.
    definition : {"2006", "2004"}
        As for `masi_distance`.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Its categories are the sets that occur.

    Raises
    ------
    UsageError
        If the data is no table, or a cell no set of labels.

    References
    ----------
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic
    annotation. LREC.

    Examples
    --------
    >>> data = [[{"lieu"}, {"lieu"}], [{"lieu", "lien"}, {"lien"}], [set(), set()], [{"lien"}, {"lien"}]]
    >>> round(masi_alpha(data, interval=None).value, 3)
    0.781
    """
    _check(definition)
    plan = Plan(**options)
    ratings = _read_sets(data)
    patterns = patterns_of(ratings, plan)
    sets: list[Any] = list(ratings.categories)
    statistic = distance_statistic(patterns.codes, len(sets), _distance(sets, definition))
    name = f"Alpha de Krippendorff (distance MASI, Passonneau {definition})"
    return measure(name, ratings, statistic, patterns=patterns, plan=plan)


def masi_distance(first: Iterable[Hashable], second: Iterable[Hashable], *, definition: Definition = "2006") -> float:
    """Return how far apart two sets of labels are, from 0 to 1.

    Parameters
    ----------
    first, second : iterable
        Labels.
    definition : {"2006", "2004"}
        1 - M × J in Passonneau (2006), 1 - M in Passonneau (2004). J is the share of the labels that
        are common (Jaccard); M is 1 for equal sets, 2/3 if one holds the other, 1/3 if they overlap,
        0 if they have nothing in common. Two empty sets are equal; an empty set has nothing in common
        with another.

    Raises
    ------
    UsageError
        If the definition is neither.

    Examples
    --------
    >>> masi_distance({"a", "b"}, {"a"})
    0.6666666666666667
    """
    _check(definition)
    distance = _distance([frozenset(first), frozenset(second)], definition)
    return float(distance.table(np.array([0]))[0, 1])


def _check(definition: str) -> None:
    if definition not in ("2006", "2004"):
        raise UsageError(f"« {definition} » : choisissez la définition de MASI parmi 2006 et 2004.")


def _distance(sets: Sequence[frozenset[Hashable]], definition: Definition) -> Distance:
    labels = {label: column for column, label in enumerate(dict.fromkeys(label for one in sets for label in one))}
    holds = np.zeros((len(sets), len(labels)))
    for row, one in enumerate(sets):
        holds[row, [labels[label] for label in one]] = 1
    sizes = holds.sum(axis=1)
    base = int(sizes.max(initial=0)) + 1
    # the distance depends on three small numbers only: read from a list, it takes a tenth of the time
    common, first_size, second_size = np.indices((base, base, base), dtype=float).reshape(3, -1)
    distances = _apart(common, first_size, second_size, definition)
    left = np.column_stack([holds * base**2, sizes * base, np.ones(len(sets))])
    right = np.column_stack([holds, np.ones(len(sets)), sizes])

    def between(first: Ints, second: Ints) -> Floats:
        return distances[np.einsum("pk,pk->p", left[first], right[second]).astype(np.intp)]

    def table(places: Ints) -> Floats:
        return distances[(left[places] @ right.T).astype(np.intp)]

    return Distance(between, table)


def _apart(common: Floats, first: Floats, second: Floats, definition: Definition) -> Floats:
    """Return the distances of sets by how many labels they have in common, and each by itself."""
    together = first + second - common
    degree = np.where(common == np.minimum(first, second), _INCLUDED, _OVERLAPPING)
    degree = np.where(common == 0, 0.0, degree)
    degree = np.where(common == together, 1.0, degree)
    if definition == "2006":
        degree = degree * np.where(together > 0, common / np.where(together > 0, together, 1), 1.0)
    return np.asarray(1 - degree)


def _read_sets(data: Any) -> Ratings:
    cells = _cells(data)
    flat = cells.ravel()
    missing = pd.isna(flat) if len(flat) else np.zeros(0, dtype=bool)
    places: dict[frozenset[Hashable], int] = {}
    codes = np.full(len(flat), MISSING, dtype=np.intp)
    for position in np.flatnonzero(~missing):
        codes[position] = places.setdefault(_as_set(flat[position]), len(places))
    return Ratings(codes.reshape(cells.shape), tuple(places), is_scale=False)


def _cells(data: Any) -> Any:
    cells = read_cells(data)
    return cells if cells.dtype == object else cells.astype(object)


def _as_set(cell: Any) -> frozenset[Hashable]:
    if isinstance(cell, (str, bytes, Mapping)) or not isinstance(cell, Iterable):
        raise UsageError("Une cellule est un ensemble d'étiquettes, comme {'besoin', 'lien'}, ou None si elle manque.")
    try:
        return frozenset(cell)
    except TypeError:
        raise UsageError("Une étiquette d'un ensemble est une chaîne, un nombre ou un booléen.") from None
