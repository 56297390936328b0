"""The table of an agreement: one row per code, per family, and for all codes together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.agreement.alpha import krippendorff_alpha, krippendorff_alpha_many
from innovsoc_analysis.coding.agreement.chance import conger_kappa, percent_agreement
from innovsoc_analysis.coding.agreement.gwet import gwet_ac1
from innovsoc_analysis.coding.agreement.pairwise import cohen_kappa
from innovsoc_analysis.coding.agreement.resampling import Sampling
from innovsoc_analysis.coding.agreement.sets import masi_alpha

if TYPE_CHECKING:
    from innovsoc_analysis.coding.agreement.coders import Bools, SideBySide
    from innovsoc_analysis.coding.agreement.result import Coefficient

POSITIVES = "n."
"""Prefix of the columns that count the segments to which a coder gave the code."""
_PAIR = 2


class _Item(NamedTuple):
    """What a row is about: a code, a family, or all codes; the columns of the codes it holds."""

    level: str
    code: str
    label: str
    family: str
    columns: tuple[int, ...]


def agreement_table(side: SideBySide, groups: pd.Series | None, options: Sampling) -> pd.DataFrame:
    """Return one row per code, family and all together, for each group if there are groups.

    Parameters
    ----------
    side : SideBySide
        The codings.
    groups : Series or None
        Group of each segment, in the order of the segments.
    options : Sampling
        Of the intervals; documents are drawn.
    """
    doc_ids = side.segments["doc_id"].to_numpy()
    if groups is None:
        return pd.DataFrame(_rows(side, side.presence, doc_ids, options), columns=_columns(side))
    tables = []
    for group in sorted(set(groups)):
        inside = (groups == group).to_numpy()
        rows = _rows(side, tuple(one[inside] for one in side.presence), doc_ids[inside], options)
        tables.append(pd.DataFrame(rows, columns=_columns(side)).assign(group=group))
    columns = ["group", *_columns(side)]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _columns(side: SideBySide) -> list[str]:
    counts = [POSITIVES + name for name in side.names]
    values = ["percent", "kappa", "alpha", "alpha_low", "alpha_high", "ac1", "f1", "masi", "reason"]
    return ["level", "code", "label", "family", "units", *counts, *values]


def _items(side: SideBySide) -> list[_Item]:
    family_of = side.families
    codes = [
        _Item("code", code, side.labels.get(code, code), family_of.get(code, ""), (column,))
        for column, code in enumerate(side.codes)
    ]
    families = dict.fromkeys(item.family for item in codes if item.family)
    held = {name: tuple(item.columns[0] for item in codes if item.family == name) for name in families}
    return [*codes, *(_Item("family", "", name, name, columns) for name, columns in held.items())]


def _rows(side: SideBySide, presence: Sequence[Bools], doc_ids: Any, options: Sampling) -> list[dict[str, Any]]:
    items = _items(side)
    # a family is given where one of its codes is
    given = [
        np.stack([one[:, item.columns].any(axis=1) for item in items], axis=1) if items else one for one in presence
    ]
    options = {**options, "clusters": doc_ids}
    alphas = krippendorff_alpha_many(*given, **options) if items else {}
    rows = []
    for number, item in enumerate(items):
        row = _measures(side, np.stack([one[:, number] for one in given], axis=1), alphas[number])
        masi = _masi(side, presence, item.columns) if item.level == "family" else None
        rows.append({**item._asdict(), **row, "masi": masi})
    pooled = np.stack([one.ravel() for one in presence], axis=1)
    options["clusters"] = np.repeat(doc_ids, len(side.codes))
    row = _measures(side, pooled, krippendorff_alpha(pooled, **options))
    every = _Item("overall", "", "Ensemble", "", tuple(range(len(side.codes))))
    return [*rows, {**every._asdict(), **row, "masi": _masi(side, presence, every.columns)}]


def _measures(side: SideBySide, ratings: Bools, alpha: Coefficient) -> dict[str, Any]:
    kappa = cohen_kappa if len(side.names) == _PAIR else conger_kappa
    low, high = alpha.interval or (None, None)
    return {
        "units": len(ratings),
        **{POSITIVES + name: int(ratings[:, coder].sum()) for coder, name in enumerate(side.names)},
        "percent": percent_agreement(ratings, interval=None).value,
        "kappa": kappa(ratings, interval=None).value,
        "alpha": alpha.value,
        "alpha_low": low,
        "alpha_high": high,
        "ac1": gwet_ac1(ratings, interval=None).value,
        "f1": mean_f1(ratings),
        "reason": alpha.reason,
    }


def mean_f1(ratings: Bools) -> float | None:
    """Return F1 of one coder against the other, the mean over pairs that gave the code at all.

    Examples
    --------
    >>> mean_f1(np.array([[True, True], [True, False], [False, False]]))
    0.6666666666666666
    """
    found = []
    for first, second in combinations(ratings.T, 2):
        if positives := int(first.sum() + second.sum()):
            found.append(2 * int((first & second).sum()) / positives)
    return sum(found) / len(found) if found else None


def _masi(side: SideBySide, presence: Sequence[Bools], columns: tuple[int, ...]) -> float | None:
    """Return alpha on the sets of codes that each coder gave to each segment."""
    cells = np.empty((len(side.segments) if not presence else len(presence[0]), len(presence)), dtype=object)
    for coder, one in enumerate(presence):
        packed, of_segment = np.unique(np.packbits(one[:, columns], axis=1), axis=0, return_inverse=True)
        sets = np.empty(len(packed), dtype=object)
        for place, bits in enumerate(np.unpackbits(packed, axis=1)):
            sets[place] = frozenset(np.flatnonzero(bits).tolist())
        cells[:, coder] = sets[of_segment.ravel()]
    return masi_alpha(cells, interval=None).value
