"""How much each topic is spoken of, by genre, speaker, year or any attribute, with intervals.

An interval says how far the mean would move with other documents of the same kind: whole documents
are drawn again with replacement, as Davison & Hinkley (1997) draw clusters, for the paragraphs of one
document are no independent observations. The percentiles are those of Hesterberg (2015, section 5.3),
farther out the fewer the documents: plain ones are too narrow for the ten or twenty texts of a group.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from innovsoc_analysis.counting.dates import read_dates
from innovsoc_analysis.counting.resampling import FEWEST_DOCUMENTS, resampled_ratio
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.attributes import in_order
from innovsoc_analysis.topics.reading.compared import Evolution, Prevalence, plot_evolution, plot_prevalence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Evolution", "Prevalence", "evolution", "plot_evolution", "plot_prevalence", "prevalence"]
_COLUMNS = ["topic", "attribute", "value", "share", "low", "high", "n_documents", "few"]


def prevalence(
    shares: pd.DataFrame,
    groups: pd.Series,
    *,
    attribute: str,
    documents: Sequence[str] | None = None,
    weights: ArrayLike | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the mean share of each topic in each group, with its 95 % interval.

    Parameters
    ----------
    shares : DataFrame, shape (n_units, n_topics)
        Share of each topic in each unit (document, paragraph), indexed by its identifier; a unit
        without words, whose shares are all 0, is left out.
    groups : Series
        Value of the attribute, by the same identifiers; missing ones form the group ``""``.
    attribute : str
        Its name, for the table.
    documents : sequence of str, optional
        Document of each unit; by default every unit is one.
    weights : array, optional
        Weight of each unit in the mean, such as its number of counted words; by default 1.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        Columns ``topic, attribute, value, share, low, high, n_documents, few``: shares from 0 to 1;
        no interval for a single document; ``few`` where there are fewer than 5, whose interval is
        too narrow to be believed.

    Raises
    ------
    UsageError
        If no unit has a share.

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({1: [1.0, 0.5, 0.0], 2: [0.0, 0.5, 1.0]}, index=["a", "b", "c"])
    >>> groups = pd.Series({"a": "projet", "b": "projet", "c": "parole"})
    >>> table = prevalence(shares, groups, attribute="genre")
    >>> table[["topic", "value", "share", "low", "high", "n_documents"]].head(2)
       topic   value  share  low  high  n_documents
    0      1  parole   0.00  NaN   NaN            1
    1      1  projet   0.75  0.5   1.0            2
    """
    import numpy as np
    import pandas as pd

    values = shares.to_numpy(dtype=np.float64)
    counted = values.sum(axis=1) > 0
    if not counted.any():
        raise UsageError("Aucun texte ne contient de mot des thèmes : il n'y a pas de part à comparer.")
    weight = np.ones(len(shares)) if weights is None else np.asarray(weights, dtype=np.float64)
    owner = np.asarray(shares.index if documents is None else documents, dtype=object)
    group = groups.reindex(shares.index).fillna("").astype(str).to_numpy(dtype=object)
    rng = np.random.default_rng(seed)
    rows = []
    for value in in_order(group[counted], key=_alphabetic):
        held = counted & (group == value)
        places, found = pd.factorize(owner[held])
        parts = _summed(values[held] * weight[held, None], places, len(found))
        wholes = _summed(np.repeat(weight[held, None], values.shape[1], axis=1), places, len(found))
        share, low, high = resampled_ratio(parts, wholes, rng=rng)
        rows += [
            (topic, attribute, value, *one, len(found), len(found) < FEWEST_DOCUMENTS)
            for topic, *one in zip(shares.columns, share, low, high, strict=True)
        ]
    return pd.DataFrame(rows, columns=_COLUMNS).sort_values("topic", kind="stable", ignore_index=True)


def evolution(
    shares: pd.DataFrame,
    dates: pd.Series,
    *,
    period: str = "year",
    documents: Sequence[str] | None = None,
    weights: ArrayLike | None = None,
    seed: int = 0,
) -> Evolution:
    """Return the mean share of each topic by year or by month, with its 95 % interval.

    Parameters
    ----------
    shares, documents, weights, seed
        As in `prevalence`.
    dates : Series
        Dates as people write them, by the identifiers of `shares`; see `read_dates`.
    period : {"year", "month"}
        A date that gives no month is undated by month.

    Returns
    -------
    Evolution
        The table and what is undated.

    Raises
    ------
    UsageError
        If the period is unknown or no date can be read.

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({1: [1.0, 0.5, 0.0], 2: [0.0, 0.5, 1.0]}, index=["a", "b", "c"])
    >>> found = evolution(shares, pd.Series({"a": "2021-03-02", "b": "mars 2021", "c": "sans date"}))
    >>> found.table[["topic", "value", "share", "n_documents"]].values.tolist()
    [[1, '2021', 0.75, 2], [2, '2021', 0.25, 2]]
    >>> found.remark
    "1 document sans date lisible n'est pas compté : « sans date »."
    """
    import numpy as np

    if period not in {"year", "month"}:
        raise UsageError(f"Période inconnue : « {period} » ; choisissez year ou month.")
    written = dates.reindex(shares.index).fillna("").astype(str)
    read = read_dates(written)
    periods = read["year"].astype("string")
    if period == "month":
        periods = periods + "-" + read["month"].astype("string").str.zfill(2)
    dated = periods.notna().to_numpy(dtype=bool)
    owner = np.asarray(shares.index if documents is None else documents, dtype=object)
    undated = set(owner[~dated]) - set(owner[dated])
    if not dated.any():
        raise UsageError(
            "Aucune date lisible : donnez à chaque document une date comme 2024, 2024-03-15 ou 15 mars 2024."
        )
    table = prevalence(
        shares[dated],
        periods[dated].astype(object),
        attribute=period,
        documents=owner[dated].tolist(),
        weights=None if weights is None else np.asarray(weights)[dated],
        seed=seed,
    )
    return Evolution(table, len(undated), _undated(written[~dated], len(undated)))


def _summed(values: NDArray[np.float64], places: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    import numpy as np

    total = np.zeros((size, values.shape[1]))
    np.add.at(total, places, values)
    return total


def _folded(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def _alphabetic(value: str) -> tuple[bool, str, str]:
    """Sort as a French reader does, what is missing last."""
    return not value, _folded(value), value


def _undated(written: pd.Series, count: int) -> str:
    if not count:
        return ""
    unread = sorted({one for one in written if one.strip()})
    shown = ", ".join(f"« {one[:30]} »" for one in unread[:3])
    few = f" : {shown}{'…' if len(unread) > 3 else ''}" if unread else ""  # noqa: PLR2004
    plural = count > 1
    said = (
        "documents sans date lisible ne sont pas comptés" if plural else "document sans date lisible n'est pas compté"
    )
    return f"{count} {said}{few}."
