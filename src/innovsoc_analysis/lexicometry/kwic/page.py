"""A concordance as one page: sorted and filtered in the browser, without network."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.lexicometry.kwic.contexts import LIMITS, UNITS, cut_contexts
from innovsoc_analysis.lexicometry.kwic.index import index_tokens
from innovsoc_analysis.lexicometry.kwic.sorting import alphabetical, neighbour_ranks, ranks
from innovsoc_analysis.pages.rendering import render
from innovsoc_analysis.pages.typography import unbroken

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.lexicometry.kwic.result import Concordance

MOST_LINES = 20_000
_MOST_PARTS = 30
SORTS = ("1G", "2G", "3G", "1D", "2D", "3D")
_LETTER, _PIVOT_MARGIN, _WIDEST_PIVOT = 0.66, 1.6, 32
_TEMPLATES = resources.files(__package__) / "templates"


def concordance_page(found: Concordance, *, by: str = "genre") -> str:
    """Return a concordance as an HTML page in which every text is escaped and which loads nothing.

    Parameters
    ----------
    found : Concordance
        In the order in which the page first shows it; at most 20,000 lines.
    by : str
        The parts by which occurrences are counted, where there are several.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry import concordance
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> page = concordance_page(concordance(corpus_from_texts({"a": "Un <puits>."}), "puits"))
    >>> "Un <puits>" in page, "default-src 'none'" in page
    (False, True)
    """
    lines = _lines(found)
    values = {
        "remark": unbroken(found.remark),
        "n": len(found),
        "n_documents": found.n_documents,
        "n_all": len(found.corpus),
        "n_left_out": len(found) - len(lines),
        "per_10000": _rate(found),
        "context": _context(found),
        "whole": found.context.within == "sentence",
        "by_place": bool((found.first[1:] > found.first[:-1]).all()),
        "parts": _parts(found, by),
    }
    return render(_TEMPLATES, values, title=f"« {found.query} »", kind="Concordance", data=_data(found, lines))


def _lines(found: Concordance) -> pd.DataFrame:
    if len(found) <= MOST_LINES:
        return found.table
    first, last = found.first[:MOST_LINES], found.last[:MOST_LINES]
    return cut_contexts(found.corpus, index_tokens(found.corpus), first=first, last=last, context=found.context)


def _data(found: Concordance, lines: pd.DataFrame) -> dict[str, Any]:
    """Return what the script shows: documents, and per line its texts and its rank by each key."""
    import numpy as np

    index = index_tokens(found.corpus)
    first, last = found.first[: len(lines)], found.last[: len(lines)]
    keys = [neighbour_ranks(index, first=first, last=last, key=key) for key in SORTS]
    place = np.argsort(np.argsort(first, kind="stable"), kind="stable")
    columns = [
        place.tolist(),
        ranks([alphabetical(pivot) for pivot in lines["pivot"]]),
        *(key.tolist() for key in keys),
    ]
    documents = list(dict.fromkeys(lines["doc_id"]))
    rows = {doc_id: row for row, doc_id in enumerate(documents)}
    known = found.corpus.documents.set_index("doc_id").loc[documents]
    return {
        "pivot": _pivot_width(lines),
        "documents": [
            [_text(row.title), genre_label(_text(row.genre)), _text(row.source)]
            for row in known.itertuples(index=False)
        ],
        "lines": [
            [rows[line.doc_id], _text(line.speaker), line.left, line.pivot, line.right, list(sort)]
            for line, sort in zip(lines.itertuples(index=False), zip(*columns, strict=True), strict=True)
        ],
    }


def _parts(found: Concordance, by: str) -> list[dict[str, Any]]:
    """Return the counts by part, where there are several; the largest of many."""
    counts = found.counts_by(by).nlargest(_MOST_PARTS, "n", keep="first").sort_index()
    return [
        {"name": genre_label(row.part) if by == "genre" else row.part, "n": row.n, "per_10000": _french(row.per_10000)}
        for row in counts.itertuples()
    ]


def _context(found: Concordance) -> str:
    context = found.context
    if context.within == "sentence":
        return LIMITS["sentence"]
    within = "" if context.within == "document" else ", sans sortir de la prise de parole"
    return f"{context.width} {UNITS[context.unit]} de chaque côté{within}"


def _rate(found: Concordance) -> str:
    words = len(index_tokens(found.corpus).counted)
    return _french(10_000 * len(found) / words) if words else "0"


def _pivot_width(lines: pd.DataFrame) -> float:
    """Return how wide the column of pivots is, in letter sizes: nine in ten fit, the others wrap."""
    longest = min(float(lines["pivot"].str.len().quantile(0.9)), _WIDEST_PIVOT) if len(lines) else 0.0
    return round(_PIVOT_MARGIN + _LETTER * longest, 1)


def _french(rate: float) -> str:
    return f"{rate:.1f}".replace(".", ",")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
