"""Where coders differ: the segments to read again together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innovsoc_analysis.coding.agreement.coders import SideBySide

CONTEXT = 80
"""Characters of context on each side of a segment."""
_NAMES_BETWEEN = ", "


def list_disagreements(side: SideBySide) -> pd.DataFrame:
    """Return one row per segment and code on which the coders differ.

    Parameters
    ----------
    side : SideBySide
        The codings.

    Returns
    -------
    DataFrame
        Columns ``doc_id, segment_id, start, end, before, quote, after, code, label, coded_by,
        not_coded_by`` and, for each coder, ``evidence.NAME`` and ``evidence_spans.NAME``; in the
        order of the segments, then of the codes. Without a corpus there is no text.
    """
    together = np.stack(side.presence, axis=2)
    segments, codes = np.nonzero(together.any(axis=2) & ~together.all(axis=2))
    chosen = together[segments, codes]
    names = np.array(side.names, dtype=object)
    table = side.segments.iloc[segments].reset_index(drop=True)
    for column in ("start", "end"):
        if column not in table.columns:
            table[column] = pd.array([pd.NA] * len(table), dtype="Int64")
    table = table[["doc_id", "segment_id", "start", "end"]]
    table = table.join(_texts(side, table))
    table["code"] = [side.codes[code] for code in codes]
    table["label"] = [side.labels.get(code, code) for code in table["code"]]
    table["coded_by"] = [_NAMES_BETWEEN.join(names[row]) for row in chosen]
    table["not_coded_by"] = [_NAMES_BETWEEN.join(names[~row]) for row in chosen]
    keys = list(zip(table["segment_id"], table["code"], strict=True))
    for name, codings in zip(side.names, side.tables, strict=True):
        for column, between in (("evidence", " | "), ("evidence_spans", " ")):
            found = _joined(codings, column, between)
            table[f"{column}.{name}"] = pd.Series([found.get(key, "") for key in keys], dtype="str")
    return table


def _texts(side: SideBySide, table: pd.DataFrame) -> pd.DataFrame:
    """Return the text of each segment and what stands before and after it."""
    texts: Mapping[str, str] = side.corpus.documents.set_index("doc_id")["text"].to_dict() if side.corpus else {}
    rows = []
    for row in table.itertuples(index=False):
        text = texts.get(row.doc_id, "")
        if not text or pd.isna(row.start) or pd.isna(row.end):
            rows.append(("", "", ""))
            continue
        start, end = int(row.start), int(row.end)
        rows.append((text[max(start - CONTEXT, 0) : start], text[start:end], text[end : end + CONTEXT]))
    return pd.DataFrame(rows, columns=["before", "quote", "after"], index=table.index, dtype="str")


def _joined(codings: pd.DataFrame, column: str, between: str) -> dict[tuple[str, str], str]:
    """Return (segment, code) → what all codings of the coder say there in this column."""
    if column not in codings.columns:
        return {}
    found: dict[tuple[str, str], list[str]] = {}
    for segment, code, said in zip(codings["segment_id"], codings["code"], codings[column], strict=True):
        if isinstance(said, str) and said:
            found.setdefault((segment, code), []).append(said)
    return {key: between.join(said) for key, said in found.items()}
