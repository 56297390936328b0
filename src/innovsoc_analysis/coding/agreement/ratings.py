"""Read ratings: a table of units × coders with labels of any kind becomes numbers of categories."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innovsoc_analysis.model.errors import UsageError

MISSING = -1
"""The code of a missing rating."""

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
_SHAPE = "Les données sont une table : une ligne par unité, une colonne par codeur."


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Ratings as numbers.

    Attributes
    ----------
    codes : array of int, shape (n_units, n_columns)
        Position of the label in `categories`, or ``MISSING``.
    categories : tuple
        Labels: as given, otherwise those that occur, sorted if all are numbers or all are strings.
    is_scale : bool
        Whether the order of the categories means something: it was given, or they are numbers.
    """

    codes: Ints
    categories: tuple[Hashable, ...]
    is_scale: bool

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return len(self.codes)

    @property
    def n_coders(self) -> int:
        """How many coders rated at least one unit."""
        return int((self.codes != MISSING).any(axis=0).sum())

    @property
    def n_columns(self) -> int:
        """How many columns the table has."""
        return self.codes.shape[1]

    @property
    def per_unit(self) -> Ints:
        """How many ratings each unit has."""
        return (self.codes != MISSING).sum(axis=1)

    def complete(self) -> Ratings:
        """Return the same with no rating at all for units that a coder has not rated."""
        partial = (self.codes == MISSING).any(axis=1, keepdims=True)
        return Ratings(np.where(partial, MISSING, self.codes), self.categories, self.is_scale)


def read_ratings(data: Any, *, categories: Iterable[Hashable] | None = None) -> Ratings:
    """Return the ratings of a table.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Hashable labels; ``None``, NaN and ``pandas.NA`` are missing.
    categories : iterable, optional
        All possible labels, in the order of the scale if there is one.

    Returns
    -------
    Ratings
        Numbers of categories.

    Raises
    ------
    UsageError
        If the data is no table, a label cannot be hashed or is not among `categories`.

    Examples
    --------
    >>> ratings = read_ratings([["oui", "non"], ["oui", None]])
    >>> ratings.categories, ratings.codes.tolist()
    (('non', 'oui'), [[1, 0], [1, -1]])
    """
    table = read_cells(data)
    flat = table.ravel()
    if flat.dtype.kind in "iubf":
        missing = np.isnan(flat) if flat.dtype.kind == "f" else np.zeros(len(flat), dtype=bool)
        found, numbers = np.unique(flat[~missing], return_inverse=True)
        labels: list[Hashable] = found.tolist()
    else:
        flat = flat.astype(object)
        missing = pd.isna(flat)
        labels, numbers = _number(flat[~missing])
    wanted = labels if categories is None else _check_categories(categories, labels)
    place = {label: position for position, label in enumerate(wanted)}
    codes = np.full(len(flat), MISSING, dtype=np.intp)
    codes[~missing] = np.array([place[label] for label in labels], dtype=np.intp)[numbers]
    is_scale = categories is not None or all(isinstance(label, Real) for label in labels)
    return Ratings(codes.reshape(table.shape), tuple(wanted), is_scale)


def read_cells(data: Any) -> NDArray[Any]:
    """Return the cells of a table as a two-dimensional array, of objects if they come in sequences.

    Raises
    ------
    UsageError
        If the data is no table.
    """
    if hasattr(data, "to_numpy"):
        data = data.to_numpy()
    if isinstance(data, np.ndarray):
        if data.ndim != 2:  # noqa: PLR2004 - units and coders
            raise UsageError(f"{_SHAPE} Celles-ci ont {data.ndim} dimension(s).")
        return data
    if isinstance(data, (str, bytes, Mapping)) or not isinstance(data, Iterable):
        raise UsageError(_SHAPE)
    rows = [_row(row) for row in data]
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise UsageError(f"{_SHAPE} Les lignes n'ont pas toutes la même longueur : de {min(widths)} à {max(widths)}.")
    table = np.empty((len(rows), widths.pop() if widths else 0), dtype=object)
    for position, row in enumerate(rows):
        for column, cell in enumerate(row):
            table[position, column] = cell
    return table


def _row(row: Any) -> list[Any]:
    if isinstance(row, (str, bytes, Mapping, set, frozenset)) or not isinstance(row, Iterable):
        raise UsageError(_SHAPE)
    return list(row)


def _number(values: NDArray[Any]) -> tuple[list[Hashable], Ints]:
    """Return the labels that occur and the position of each value among them."""
    places: dict[Hashable, int] = {}
    try:
        numbers = [places.setdefault(value, len(places)) for value in values]
    except TypeError:
        raise UsageError(
            "Une étiquette est une chaîne, un nombre ou un booléen ; pour des ensembles d'étiquettes, "
            "employez masi_alpha."
        ) from None
    labels = [value.item() if isinstance(value, np.generic) else value for value in places]
    ordered = _ordered(labels)
    rank = {label: position for position, label in enumerate(ordered)}
    return ordered, np.array([rank[label] for label in labels], dtype=np.intp)[np.array(numbers, dtype=np.intp)]


def _ordered(labels: list[Any]) -> list[Any]:
    alike = all(isinstance(label, str) for label in labels) or all(isinstance(label, Real) for label in labels)
    return sorted(labels) if alike else labels


def _check_categories(categories: Iterable[Hashable], labels: Sequence[Hashable]) -> list[Hashable]:
    wanted = list(categories)
    if len(set(wanted)) < len(wanted):
        raise UsageError("categories= nomme deux fois la même catégorie.")
    known = set(wanted)
    if unknown := [label for label in labels if label not in known]:
        named = ", ".join(f"« {label} »" for label in unknown[:5])
        raise UsageError(f"categories= ne contient pas toutes les étiquettes des données : il manque {named}.")
    return wanted
