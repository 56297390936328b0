"""Attributes of documents as numbers that a regression can take: levels against a reference, numbers as they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.model.tables import META_PREFIX
from innovsoc_analysis.study.attributes import CATEGORY, DATE, kind_of
from innovsoc_analysis.study.written import WrittenDate, read_date, read_number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

_FEWEST_NUMBERS = 3  # two values are two groups
_YEARS = frozenset({"year", "date", "année", "annee", "an"})
_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Contrast:
    """What one row of effects compares.

    Attributes
    ----------
    attribute : str
        Its name.
    level, reference : str
        Two levels; for a number, « par an » or « par unité » and nothing.
    column : int
        Of the design.
    group : tuple of int
        The columns of all levels of the attribute; empty for a number.
    scale : float
        What one unit of the column is, in units of the attribute.
    n : int
        Documents of the level; for a number, all.
    """

    attribute: str
    level: str
    reference: str
    column: int
    group: tuple[int, ...] = ()
    scale: float = 1.0
    n: int = 0


@dataclass(frozen=True, eq=False)
class Design:
    """The matrix of a regression and what its columns mean.

    Attributes
    ----------
    matrix : array, shape (n_documents, n_columns)
        The first column is 1.
    kept : array of bool
        Which of the documents given are in it: those without a missing value.
    contrasts : tuple of Contrast
        One per column after the first.
    remarks : tuple of str
        What is compared to what, in French.
    """

    matrix: NDArray[np.float64]
    kept: NDArray[np.bool_]
    contrasts: tuple[Contrast, ...]
    remarks: tuple[str, ...]


def make_design(attributes: pd.DataFrame, names: Sequence[str], *, categorical: Collection[str] = ()) -> Design:
    """Return the design of a regression on attributes.

    Numbers (three different ones at least), years and dates count as numbers, if all values are: see
    :func:`~innovsoc_analysis.study.attributes.kind_of`; everything else as levels, compared to the most frequent one.

    Parameters
    ----------
    attributes : DataFrame
        One row per document; a metadata column may be named without its prefix.
    names : sequence of str
        Which attributes.
    categorical : collection of str
        Attributes whose numbers are names of levels.

    Returns
    -------
    Design
        Of the documents that have all attributes.

    Raises
    ------
    UnknownNameError
        If there is no such attribute.
    UsageError
        If an attribute does not vary, or attributes say the same.

    Examples
    --------
    >>> frame = pd.DataFrame({"genre": ["talk", "talk", "project", "project", "talk", ""]})
    >>> design = make_design(frame, ["genre"])
    >>> design.matrix[:, 1].tolist(), design.kept.tolist()
    ([0.0, 0.0, 1.0, 1.0, 0.0], [True, True, True, True, True, False])
    >>> design.remarks
    ('genre : comparé à « talk », la valeur la plus fréquente (3 documents).',)
    """
    names = list(dict.fromkeys(names))
    if not names:
        raise UsageError("Nommez au moins un attribut, par exemple ['genre'].")
    values = {name: _values(attributes, name) for name in names}
    kept = np.array([all(row) for row in zip(*values.values(), strict=True)], dtype=bool)
    if not kept.any():
        raise UsageError(f"Aucun document n'a une valeur pour {_listed(names)}.")
    columns = [np.ones(int(kept.sum()))]
    contrasts: list[Contrast] = []
    remarks = []
    for name in names:
        of_kept = [value for value, keep in zip(values[name], kept, strict=True) if keep]
        if len(set(of_kept)) == 1:
            raise UsageError(f"« {name} » a la même valeur dans tous les documents : il n'y a rien à comparer.")
        numbers = None if name in categorical else _numbers(of_kept)
        # 1999 may be a year or a number of people: the name tells
        in_years = name.casefold() in _YEARS or any(read_number(value) is None for value in of_kept)
        make = (
            _levels(name, of_kept, len(columns))
            if numbers is None
            else _number(name, numbers, len(columns), in_years=in_years)
        )
        columns += make[0]
        contrasts += make[1]
        remarks.append(make[2])
    matrix = np.column_stack(columns)
    if len(matrix) < matrix.shape[1] + 2:
        raise UsageError(
            f"{len(matrix)} documents pour {matrix.shape[1]} paramètres : ajoutez des documents, ou regroupez les "
            f"valeurs de {_listed(names)}."
        )
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        raise UsageError(f"Les attributs {_listed(names)} se confondent : retirez-en un.")
    return Design(matrix, kept, tuple(contrasts), tuple(remarks))


def _values(attributes: pd.DataFrame, name: str) -> list[str]:
    column = META_PREFIX + name if META_PREFIX + name in attributes.columns else name
    if column not in attributes.columns:
        known = ", ".join(str(one).removeprefix(META_PREFIX) for one in attributes.columns if one != "text")
        raise UnknownNameError(f"Aucun document n'a d'attribut « {name} » ; il y a : {known}.")
    return [_text(value) for value in attributes[column].astype(object)]


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _numbers(values: list[str]) -> NDArray[np.float64] | None:
    kind = kind_of(values)
    if len(set(values)) < _FEWEST_NUMBERS or kind == CATEGORY:
        return None
    numbers = np.array([_year_of(value) if kind == DATE else read_number(value) for value in values], dtype=np.float64)
    return numbers if np.ptp(numbers) > 0 else None


def _year_of(value: str) -> float:
    """Return a date in years; of one that says no day or month, the first."""
    year, month, day = read_date(value) or WrittenDate(0)
    return year + (dt.date(year, month or 1, day or 1).timetuple().tm_yday - 1) / _DAYS


def _number(
    name: str, numbers: NDArray[np.float64], first: int, *, in_years: bool
) -> tuple[list[NDArray[np.float64]], list[Contrast], str]:
    # in standard deviations from the mean: as the fit likes it; effects are told per unit all the same
    scale = float(numbers.std())
    unit = "par an" if in_years else "par unité"
    contrast = Contrast(name, unit, "", first, scale=scale, n=len(numbers))
    low, high = (f"{value:.6g}".replace(".", ",") for value in (numbers.min(), numbers.max()))
    return [(numbers - numbers.mean()) / scale], [contrast], f"{name} : effet {unit}, de {low} à {high}."


def _levels(name: str, values: list[str], first: int) -> tuple[list[NDArray[np.float64]], list[Contrast], str]:
    counts = {level: values.count(level) for level in sorted(set(values))}
    reference, *levels = sorted(counts, key=lambda level: (-counts[level], level))
    group = tuple(range(first, first + len(levels)))
    columns = [np.array([value == level for value in values], dtype=float) for level in levels]
    contrasts = [
        Contrast(name, level, reference, column, group, n=counts[level])
        for level, column in zip(levels, group, strict=True)
    ]
    remark = f"{name} : comparé à « {reference} », la valeur la plus fréquente ({counts[reference]} documents)."
    return columns, contrasts, remark


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} et {last}" if most else last
