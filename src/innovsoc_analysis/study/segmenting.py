"""From clean documents to the segments and tokens tables."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from innovsoc_analysis.model.identifiers import segment_id
from innovsoc_analysis.model.tables import SEGMENTS, TOKENS
from innovsoc_analysis.nlp.annotate import Sentence, Stretch, annotate
from innovsoc_analysis.text.transcripts import Paragraph, find_paragraphs, find_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from innovsoc_analysis.model.documents import Place
    from innovsoc_analysis.text.cleaning import CleanText

_UNITS = ("turn", "paragraph", "sentence")


class Placed(NamedTuple):
    """A clean document and the places its reader found in the source."""

    doc_id: str
    cleaned: CleanText
    places: tuple[Place, ...]


def segment_documents(
    documents: Sequence[Placed], *, progress: Callable[[str, int, int], None] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the segments and tokens of `documents`.

    Returns
    -------
    tuple of DataFrame and DataFrame
        Schemas ``segments`` (by document, place, then turn, paragraph, sentence) and ``tokens``.
    """
    texts = [document.cleaned.text for document in documents]
    paragraphs = [find_paragraphs(text) for text in texts]
    stretches = [
        Stretch(position, paragraph.start, paragraph.end)
        for position, found in enumerate(paragraphs)
        for paragraph in found
    ]
    sentences: list[list[Sentence]] = [[] for _ in documents]
    if progress:
        progress("annotation", 0, len(documents))
    for sentence in annotate(texts, stretches):
        position = sentence.stretch.position
        if progress and not sentences[position]:
            progress("annotation", position, len(documents))
        sentences[position].append(sentence)
    if progress:
        progress("annotation", len(documents), len(documents))
    segments = [
        row
        for document, found, said in zip(documents, paragraphs, sentences, strict=True)
        for row in _segments(document, found, said)
    ]
    return SEGMENTS.conform(pd.DataFrame(segments, columns=list(SEGMENTS.columns))), _tokens(documents, sentences)


def _segments(document: Placed, paragraphs: list[Paragraph], sentences: list[Sentence]) -> list[dict[str, object]]:
    speakers = {paragraph.start: paragraph.speaker for paragraph in paragraphs}
    spans: list[tuple[str, int, int, str | None]] = []
    spans += [("turn", *turn) for turn in find_turns(paragraphs)]
    spans += [("paragraph", *paragraph) for paragraph in paragraphs]
    spans += [("sentence", one.start, one.end, speakers[one.stretch.start]) for one in sentences]
    spans.sort(key=lambda span: (span[1], _UNITS.index(span[0]), span[2]))
    locate = _Locator(document)
    return [
        {
            "segment_id": segment_id(document.doc_id, unit, start, end),
            "doc_id": document.doc_id,
            "start": start,
            "end": end,
            "unit": unit,
            "speaker": speaker,
            **locate(start, end),
        }
        for unit, start, end, speaker in spans
    ]


class _Locator:
    """Finds page and times of clean spans, from places given on the source text."""

    def __init__(self, document: Placed) -> None:
        self._map = document.cleaned.places
        self._places = document.places
        self._starts = [place.start for place in document.places]

    def __call__(self, start: int, end: int) -> dict[str, object]:
        if not self._places:
            return {}
        source_start, source_end = self._map.to_source(start, end)
        first = self._places[max(bisect_right(self._starts, source_start) - 1, 0)]
        last = self._places[max(bisect_right(self._starts, max(source_end - 1, 0)) - 1, 0)]
        return {"page": first.page, "t_start": first.t_start, "t_end": last.t_end}


def _tokens(documents: Sequence[Placed], sentences: list[list[Sentence]]) -> pd.DataFrame:
    # columns rather than rows: a corpus has millions of tokens
    columns: dict[str, list[object]] = {name: [] for name in TOKENS.columns if name != "inclusive"}
    for document, found in zip(documents, sentences, strict=True):
        tokens = [token for sentence in found for token in sentence.tokens]
        columns["doc_id"] += [document.doc_id] * len(tokens)
        columns["i"] += range(len(tokens))
        for name in ("start", "end", "form", "lemma", "upos", "morph"):
            columns[name] += [getattr(token, name) for token in tokens]
    return TOKENS.conform(pd.DataFrame(columns))
