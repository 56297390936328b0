"""All that the report shows, as one dictionary of plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.documents import IGNORED, REFUSED
from innovsoc_analysis.model.tables import TO_REREAD

if TYPE_CHECKING:
    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.study.corpus import Corpus

_EXPLAINED = {
    "accepté": "lu",
    "accepté avec avertissement": "lu, à vérifier",
    REFUSED: "refusé",
    IGNORED: "laissé de côté",
}


def summarise(codings: Codings, *, most: int | None = None) -> dict[str, Any]:
    """Return what the report says of `codings`, ready for JSON.

    Parameters
    ----------
    codings : Codings
        From :func:`innovsoc_analysis.code`.
    most : int, optional
        Show at most so many verbatims of each code: those whose identifiers, which are digests, come first.
        Counts are of all codings nevertheless.

    Returns
    -------
    dict
        ``figures`` (counts), ``learned`` (whether a model has coded), ``genres`` (documents, words),
        ``sources`` (files to look at),
        ``families`` (of codes, with counts), ``totals`` (of all codes), ``documents`` and ``segments`` (for the
        verbatims: each coded segment once, with the codes it carries, their evidence and those to re-read).
    """
    corpus = codings.corpus
    words = corpus.documents["text"].str.split().str.len()
    return {
        "unit_name": codings.unit_name,
        "figures": {
            "documents": len(corpus),
            "words": int(words.sum()),
            "sentences": len(corpus.sentences),
            "coded": int(codings.table["segment_id"].nunique()),
            "codings": len(codings),
            "to_reread": codings.n_to_reread,
        },
        "learned": codings.queue is not None,
        "genres": _genres(corpus, words.to_numpy()),
        "formats": {
            str(name): int(count) for name, count in corpus.documents["format"].value_counts().sort_index().items()
        },
        "sources": _sources_to_look_at(corpus),
        "remarks": list(corpus.remarks),
        "codebook": {"title": codings.codebook.title or codings.codebook.name, "reference": codings.codebook.reference},
        "genre_names": _genre_names(corpus),
        "families": _families(codings),
        "totals": _totals(codings),
        "documents": _documents(codings, words.tolist()),
        "segments": _segments(codings if most is None else _drawn(codings, most)),
    }


def _genre_names(corpus: Corpus) -> list[str]:
    return [genre_label(genre) for genre in sorted(corpus.attribute("genre").unique())]


def _genres(corpus: Corpus, words: Any) -> list[dict[str, Any]]:
    grouped = corpus.documents.assign(words=words, genre=corpus.documents["genre"].fillna("")).groupby("genre")
    return [
        {"label": genre_label(str(genre)), "documents": len(frame), "words": int(frame["words"].sum())}
        for genre, frame in grouped
    ]


def _sources_to_look_at(corpus: Corpus) -> list[dict[str, str]]:
    """Return the files to look at, those refused first: they are few, and not in the counts."""
    sources = corpus.sources[~corpus.sources["outcome"].isin(["accepté", IGNORED])]
    sources = sources.sort_values("outcome", key=lambda outcomes: outcomes != REFUSED, kind="stable")
    return [
        {"source": row.source, "outcome": _EXPLAINED[row.outcome], "message": row.message}
        for row in sources.itertuples()
    ]


def _families(codings: Codings) -> list[dict[str, Any]]:
    summary = codings.summary()
    by_genre = codings.matrix(by="genre", values="documents")
    families: dict[str, list[dict[str, Any]]] = {}
    for code, row in summary.iterrows():
        families.setdefault(row["family"], []).append(
            {
                "id": code,
                "label": row["label"],
                "definition": codings.codebook[str(code)].definition,
                "segments": int(row["segments"]),
                "documents": int(row["documents"]),
                "by_genre": [int(count) for count in by_genre.loc[code]],
            }
        )
    return [{"label": label or "Codes", "codes": codes} for label, codes in families.items()]


def _totals(codings: Codings) -> dict[str, Any]:
    """Return what a line below all codes says: documents with any code, by genre and in all, and segments."""
    groups = codings.corpus.attribute("genre")
    coded = groups[groups.index.isin(codings.table["doc_id"])]
    by_genre = coded.value_counts().reindex(sorted(groups.unique()), fill_value=0)
    return {
        "documents": len(coded),
        "segments": int(codings.table["segment_id"].nunique()),
        "by_genre": [int(count) for count in by_genre],
    }


def _documents(codings: Codings, words: list[int]) -> list[dict[str, Any]]:
    rows = codings.corpus.documents[["doc_id", "title", "source", "genre"]].fillna("")
    coded = codings.table.groupby("doc_id")["segment_id"].nunique()
    codes = codings.table.groupby("doc_id")["code"].nunique()
    return [
        {
            "title": row.title,
            "source": row.source,
            "genre": genre_label(row.genre),
            "words": n_words,
            "segments": int(coded.get(row.doc_id, 0)),
            "codes": int(codes.get(row.doc_id, 0)),
        }
        for row, n_words in zip(rows.itertuples(), words, strict=True)
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
