"""All that the report shows, as one dictionary of plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.counting.words import words_by_document
from innovsoc_analysis.ingest.attributes import value_label
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.documents import IGNORED, REFUSED
from innovsoc_analysis.model.tables import TO_REREAD
from innovsoc_analysis.report.grouping import GENRE, grouped_rows, grouping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.report.grouping import Grouping
    from innovsoc_analysis.study.corpus import Corpus

_EXPLAINED = {
    "accepté": "lu",
    "accepté avec avertissement": "lu, à vérifier",
    REFUSED: "refusé",
    IGNORED: "laissé de côté",
}


def summarise(
    codings: Codings, *, most: int | None = None, by: str = GENRE, words: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Return what the report says of `codings`, ready for JSON.

    Parameters
    ----------
    codings : Codings
        From :func:`innovsoc_analysis.code`.
    most : int, optional
        Show at most so many verbatims of each code: those whose identifiers, which are digests, come first.
        Counts are of all codings nevertheless.
    by : str
        Attribute of the documents that codes are compared by.
    words : mapping of str to int, optional
        How many words each document has, if that is known: the tokens are not read then.

    Returns
    -------
    dict
        ``figures`` (counts), ``learned`` (whether a model has coded), ``genres`` (documents, words), ``by`` (name
        and label of the attribute), ``groups`` (documents and words of each of its values),
        ``sources`` (files to look at),
        ``families`` (of codes, with counts), ``totals`` (of all codes), ``documents`` and ``segments`` (for the
        verbatims: each coded segment once, with the codes it carries, their evidence and those to re-read).

    Raises
    ------
    UnknownNameError
        If no document has the attribute `by`.
    UsageError
        If it has too many values.
    """
    corpus = codings.corpus
    by = by or GENRE
    found = grouping(by, codings.matrix(by=by).columns)
    if words is None:
        words = words_by_document(corpus.tokens, corpus.documents["doc_id"])
    return {
        "unit_name": codings.unit_name,
        "figures": {
            "documents": len(corpus),
            "words": sum(words.get(doc_id, 0) for doc_id in corpus.documents["doc_id"]),
            "sentences": len(corpus.sentences),
            "coded": int(codings.table["segment_id"].nunique()),
            "codings": len(codings),
            "to_reread": codings.n_to_reread,
        },
        "learned": codings.queue is not None,
        "by": {"name": found.by, "label": found.label, "is_genre": found.is_genre},
        "genres": _sizes(corpus, grouping(GENRE, sorted(corpus.attribute(GENRE).unique())), words),
        "groups": _sizes(corpus, found, words),
        "formats": {
            str(name): int(count) for name, count in corpus.documents["format"].value_counts().sort_index().items()
        },
        "sources": _sources_to_look_at(corpus),
        "remarks": list(corpus.remarks),
        "codebook": {"title": codings.codebook.title or codings.codebook.name, "reference": codings.codebook.reference},
        "genre_names": _genre_names(corpus),
        "group_names": found.names,
        "families": _families(codings, found),
        "totals": _totals(codings, found),
        "documents": _documents(codings, found, words),
        "segments": _segments(codings if most is None else _drawn(codings, most)),
    }


def _genre_names(corpus: Corpus) -> list[str]:
    return [genre_label(genre) for genre in sorted(corpus.attribute("genre").unique())]


def _sizes(corpus: Corpus, found: Grouping, words: Mapping[str, int]) -> list[dict[str, Any]]:
    values = corpus.attribute(found.by)
    documents = dict.fromkeys(found.values, 0)
    n_words = dict.fromkeys(found.values, 0)
    for doc_id, value in values.items():
        documents[value] += 1
        n_words[value] += words.get(str(doc_id), 0)
    return grouped_rows(found, list(documents.values()), list(n_words.values()))


def _sources_to_look_at(corpus: Corpus) -> list[dict[str, str]]:
    """Return the files to look at, those refused first: they are few, and not in the counts."""
    sources = corpus.sources[~corpus.sources["outcome"].isin(["accepté", IGNORED])]
    sources = sources.sort_values("outcome", key=lambda outcomes: outcomes != REFUSED, kind="stable")
    return [
        {"source": row.source, "outcome": _EXPLAINED[row.outcome], "message": row.message}
        for row in sources.itertuples()
    ]


def _families(codings: Codings, found: Grouping) -> list[dict[str, Any]]:
    summary = codings.summary()
    by_group = codings.matrix(by=found.by, values="documents")
    families: dict[str, list[dict[str, Any]]] = {}
    for code, row in summary.iterrows():
        families.setdefault(row["family"], []).append(
            {
                "id": code,
                "label": row["label"],
                "definition": codings.codebook[str(code)].definition,
                "segments": int(row["segments"]),
                "documents": int(row["documents"]),
                "by_group": [int(count) for count in by_group.loc[code]],
            }
        )
    return [{"label": label or "Codes", "codes": codes} for label, codes in families.items()]


def _totals(codings: Codings, found: Grouping) -> dict[str, Any]:
    """Return what a line below all codes says: documents with any code, by group and in all, and segments."""
    groups = codings.corpus.attribute(found.by)
    coded = groups[groups.index.isin(codings.table["doc_id"])]
    by_group = coded.value_counts().reindex(list(found.values), fill_value=0)
    return {
        "documents": len(coded),
        "segments": int(codings.table["segment_id"].nunique()),
        "by_group": [int(count) for count in by_group],
    }


def _documents(codings: Codings, found: Grouping, words: Mapping[str, int]) -> list[dict[str, Any]]:
    rows = codings.corpus.documents[["doc_id", "title", "source", "genre"]].fillna("")
    coded = codings.table.groupby("doc_id")["segment_id"].nunique()
    codes = codings.table.groupby("doc_id")["code"].nunique()
    values = codings.corpus.attribute(found.by)
    return [
        {
            "title": row.title,
            "source": row.source,
            "genre": genre_label(row.genre),
            **({} if found.is_genre else {"group": value_label(found.by, values[row.doc_id])}),
            "words": words.get(row.doc_id, 0),
            "segments": int(coded.get(row.doc_id, 0)),
            "codes": int(codes.get(row.doc_id, 0)),
        }
        for row in rows.itertuples()
    ]


def _drawn(codings: Codings, most: int) -> Codings:
    first = codings.table.sort_values("coding_id", kind="stable").groupby("code").head(most)
    kept = codings.table["segment_id"].isin(first["segment_id"])
    return replace(codings, table=codings.table[kept])


def _segments(codings: Codings) -> list[dict[str, Any]]:
    position = {doc_id: number for number, doc_id in enumerate(codings.corpus.documents["doc_id"])}
    segments: dict[str, dict[str, Any]] = {}
    for row in codings.verbatims().itertuples():
        segment = segments.setdefault(
            row.segment_id,
            {
                "doc": position[row.doc_id],
                "quote": row.quote,
                "by": _speaker(row),
                "at": _place(row),
                "codes": [],
                "reread": [],
            },
        )
        spans = [[int(edge) - row.start for edge in span.split("-")] for span in row.evidence_spans.split()]
        segment["codes"].append([row.code, spans])
        if row.status == TO_REREAD:
            segment["reread"].append(row.code)
    return list(segments.values())


def _speaker(row: Any) -> str:
    return row.speaker if pd.notna(row.speaker) else ""


def _place(row: Any) -> str:
    """Where the segment stands in its source, as people say it: a time or a page."""
    if pd.notna(row.t_start):
        return clock(row.t_start)
    return f"p. {row.page}" if pd.notna(row.page) else ""


def clock(seconds: float) -> str:
    """Return a time as ``h:mm:ss`` or ``m:ss``.

    Examples
    --------
    >>> clock(75.4), clock(3675)
    ('1:15', '1:01:15')
    """
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
