"""Krippendorff's alpha, for one variable or for many codes at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Literal, Unpack

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.agreement.levels import STATISTICS, nominal_statistic
from innovsoc_analysis.coding.agreement.measuring import NO_VARIATION, describe, measure, no_pairs, patterns_of
from innovsoc_analysis.coding.agreement.ratings import MISSING, Ints, Ratings, read_cells, read_ratings
from innovsoc_analysis.coding.agreement.resampling import (
    Patterns,
    Plan,
    Sampling,
    Statistic,
    find_patterns,
    number_clusters,
    resample,
    spread,
    summarise,
)
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.agreement.result import Coefficient

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = {"nominal": "nominal", "ordinal": "ordinal", "interval": "intervalle", "ratio": "rapport"}
"""French names of the levels of measurement."""
_NAME = "Alpha de Krippendorff"


def krippendorff_alpha(
    data: Any,
    *,
    level: Level = "nominal",
    categories: Iterable[Hashable] | None = None,
    **options: Unpack[Sampling],
) -> Coefficient:
    """Return Krippendorff's alpha: any number of coders, missing values, any level of measurement.

    Parameters
    ----------
    data : DataFrame, array or sequence of sequences, shape (n_units, n_coders)
        Labels of any kind, numbers for ``"interval"`` and ``"ratio"``; ``None``, NaN and
        ``pandas.NA`` are missing. Units with fewer than two ratings are left out.
    level : {"nominal", "ordinal", "interval", "ratio"}
        What the distance of two labels is.
    categories : iterable, optional
        All possible labels, in the order of the scale: needed for ``"ordinal"`` if they are no numbers.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    Coefficient
        Undefined if all values are the same.

    Raises
    ------
    UsageError
        If the data is no table of ratings, or its labels have not the level.

    References
    ----------
    Krippendorff, K. (2011). *Computing Krippendorff's Alpha-Reliability*. University of Pennsylvania.

    Examples
    --------
    >>> result = krippendorff_alpha([["a", "a"], ["b", "b"], ["b", "b"], ["a", "b"]], interval=None)
    >>> result.value
    0.5333333333333333
    """
    if level not in LEVELS:
        raise UsageError(f"« {level} » : choisissez le niveau de mesure parmi {', '.join(LEVELS)}.")
    plan = Plan(**options)
    ratings = read_ratings(data, categories=categories)
    patterns = patterns_of(ratings, plan)
    statistic = STATISTICS[level](patterns.codes, ratings)
    return measure(f"{_NAME} ({LEVELS[level]})", ratings, statistic, patterns=patterns, plan=plan)


def krippendorff_alpha_many(
    first: Any, second: Any, *more: Any, **options: Unpack[Sampling]
) -> dict[Hashable, Coefficient]:
    """Return the nominal alpha of many codes, each present or absent in a unit, in one go.

    Parameters
    ----------
    first, second, *more : DataFrame or array, shape (n_units, n_codes)
        For each coder, the units in the same order: true where the unit carries the code. In a
        DataFrame, missing values are allowed and the columns name the codes.
    **options
        As in `Sampling`: interval, confidence, n_resamples, clusters, random_state.

    Returns
    -------
    dict
        Code → what `krippendorff_alpha` gives for it with the same options; without DataFrames, the
        codes are 0, 1, 2…

    Raises
    ------
    UsageError
        If the tables have not the same shape and columns, or other values than true and false.

    Examples
    --------
    >>> import pandas as pd
    >>> ana = pd.DataFrame({"lieu": [1, 0, 0, 1], "lien": [1, 1, 0, 0]})
    >>> luc = pd.DataFrame({"lieu": [1, 0, 0, 1], "lien": [1, 0, 0, 0]})
    >>> {code: round(found.value, 3) for code, found in krippendorff_alpha_many(ana, luc).items()}
    {'lieu': 1.0, 'lien': 0.533}
    """
    plan = Plan(**options)
    tables = [first, second, *more]
    names = _code_names(tables)
    read = [_read_presence(table) for table in tables]
    if len({table.shape for table in read}) > 1:
        raise UsageError("Les tables des codeurs n'ont pas les mêmes unités ou les mêmes codes.")
    clusters = number_clusters(plan.clusters, len(read[0]))
    presence = np.stack(read, axis=1)
    all_ratings = [Ratings(presence[:, :, number], (False, True), is_scale=True) for number in range(len(names))]
    cases: list[tuple[Statistic, Patterns]] = []
    for ratings in all_ratings:
        patterns = find_patterns(ratings.codes, clusters)
        cases.append((nominal_statistic(patterns.codes, ratings), patterns))
    by_bootstrap = plan.interval == "bootstrap" and len(presence) > 1 and (clusters is None or clusters.max() > 0)
    samples = resample([case for case in cases if len(case[1].codes)], plan) if by_bootstrap else []
    waiting = iter(samples)
    results: dict[Hashable, Coefficient] = {}
    for name, ratings, (statistic, patterns) in zip(names, all_ratings, cases, strict=True):
        values = next(waiting) if by_bootstrap and len(patterns.codes) else None
        value = float(statistic(patterns.counts[None, :])[0])
        reason = no_pairs(ratings) or (NO_VARIATION if np.isnan(value) else "")
        title = f"{_NAME} ({LEVELS['nominal']})"
        if reason:
            results[name] = describe(title, ratings, plan=plan, reason=reason)
            continue
        found = spread(statistic, patterns, plan) if values is None else summarise(values, patterns, plan)
        results[name] = describe(title, ratings, plan=plan, value=value, found=found)
    return results


def _code_names(tables: list[Any]) -> list[Hashable]:
    named = [list(table.columns) for table in tables if isinstance(table, pd.DataFrame)]
    if any(columns != named[0] for columns in named):
        raise UsageError("Les tables des codeurs n'ont pas les mêmes codes, dans le même ordre.")
    names: list[Hashable] = named[0] if named else list(range(read_cells(tables[0]).shape[1]))
    if len(set(names)) < len(names):
        raise UsageError("Deux colonnes portent le même code.")
    return names


def _read_presence(table: Any) -> Ints:
    cells = read_cells(table)
    if cells.dtype.kind == "b":
        return cells.astype(np.intp)
    numbers = pd.DataFrame(cells).apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    missing = pd.isna(cells)
    if not (missing | (numbers == 0) | (numbers == 1)).all():
        raise UsageError("Une table de codes contient 0 ou 1, faux ou vrai, ou une valeur manquante.")
    return np.where(missing, MISSING, np.nan_to_num(numbers)).astype(np.intp)
