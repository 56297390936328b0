"""From clean documents to the segments and tokens tables."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from innovsoc_analysis.model.identifiers import segment_id
from innovsoc_analysis.model.tables import SEGMENTS, TOKENS
from innovsoc_analysis.nlp.annotate import Sentence, Stretch, Token, annotate
from innovsoc_analysis.text.disfluencies import Disfluency, find_disfluencies
from innovsoc_analysis.text.transcripts import Paragraph, find_paragraphs, find_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from innovsoc_analysis.model.documents import Place
    from innovsoc_analysis.study.annotations import Annotations
    from innovsoc_analysis.text.cleaning import CleanText

_UNITS = ("turn", "paragraph", "sentence")


class Placed(NamedTuple):
    """A clean document and the places its reader found in the source.

    ``sentences`` holds the places of its sentences where they are given rather than found.
    """

    doc_id: str
    cleaned: CleanText
    places: tuple[Place, ...]
    speakers: frozenset[str] = frozenset()
    sentences: tuple[tuple[int, int], ...] = ()


def segment_documents(
    documents: Sequence[Placed],
    *,
    progress: Callable[[str, int, int], None] | None = None,
    annotations: Annotations | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the segments and tokens of `documents`.

    Parameters
    ----------
    documents : sequence of Placed
        Clean texts.
    progress : callable, optional
        Called with (step, done, total).
    annotations : Annotations, optional
        Where what was annotated before is found again.

    Returns
    -------
    tuple of DataFrame and DataFrame
        Schemas ``segments`` (by document, place, then turn, paragraph, sentence) and ``tokens``.
    """
    texts = [document.cleaned.text for document in documents]
    paragraphs = [
        [Paragraph(0, len(document.cleaned.text), None)]
        if document.sentences
        else find_paragraphs(document.cleaned.text, known=document.speakers)
        for document in documents
    ]
    stretches = [
        [Stretch(position, start, end) for start, end in document.sentences or [(one.start, one.end) for one in found]]
        for position, (document, found) in enumerate(zip(documents, paragraphs, strict=True))
    ]
    spoken = {position for position, one in enumerate(documents) if _is_spoken(one, paragraphs[position])}
    sentences = _annotated(texts, stretches, spoken=spoken, progress=progress, annotations=annotations)
    sentences = [
        _whole(said) if document.sentences else said for document, said in zip(documents, sentences, strict=True)
    ]
    segments = [
        row
        for document, found, said in zip(documents, paragraphs, sentences, strict=True)
        for row in _segments(document, found, said)
    ]
    disfluencies = [
        _disfluencies(text, paragraphs[position]) if position in spoken else [] for position, text in enumerate(texts)
    ]
    table = SEGMENTS.conform(pd.DataFrame(segments, columns=list(SEGMENTS.columns)))
    return table, _tokens(documents, sentences, disfluencies)


def _annotated(
    texts: list[str],
    stretches: list[list[Stretch]],
    *,
    spoken: set[int],
    progress: Callable[[str, int, int], None] | None,
    annotations: Annotations | None,
) -> list[list[Sentence]]:
    """Return the sentences of each text: those kept from before, and the others annotated and kept."""
    sentences: list[list[Sentence]] = [[] for _ in texts]
    unknown = []
    for position, text in enumerate(texts):
        known = annotations.get(text, stretches[position], spoken=position in spoken) if annotations else None
        sentences[position] = known or []
        if known is None:
            unknown.append(position)
    done = len(texts) - len(unknown)
    if progress:
        progress("annotation", done, len(texts))
    found = annotate(texts, (one for position in unknown for one in stretches[position]), spoken=spoken)
    for position, said in groupby(found, key=lambda sentence: sentence.stretch.position):
        sentences[position] = list(said)
        if annotations:
            annotations.put(texts[position], stretches[position], sentences[position], spoken=position in spoken)
        done += 1
        if progress:
            progress("annotation", done, len(texts))
    if progress:
        progress("annotation", len(texts), len(texts))
    return sentences


def _whole(found: list[Sentence]) -> list[Sentence]:
    """Put back together what the pipeline cut of a sentence that was given."""
    whole = []
    for stretch, group in groupby(found, key=lambda sentence: sentence.stretch):
        tokens = tuple(token for sentence in group for token in sentence.tokens)
        whole.append(Sentence(stretch, stretch.start, stretch.end, tokens))
    return whole


def _is_spoken(document: Placed, paragraphs: list[Paragraph]) -> bool:
    """Return whether a document is a transcript: it has speakers, or times."""
    timed = any(place.t_start is not None for place in document.places)
    return timed or any(paragraph.speaker is not None for paragraph in paragraphs)


def _disfluencies(text: str, paragraphs: list[Paragraph]) -> list[Disfluency]:
    return [found for one in paragraphs for found in find_disfluencies(text, one.start, one.end)]


def _segments(document: Placed, paragraphs: list[Paragraph], sentences: list[Sentence]) -> list[dict[str, object]]:
    starts = [paragraph.start for paragraph in paragraphs]
    spans: list[tuple[str, int, int, str | None]] = []
    spans += [("turn", *turn) for turn in find_turns(paragraphs)]
    spans += [("paragraph", *paragraph) for paragraph in paragraphs]
    for one in sentences:
        around = paragraphs[bisect_right(starts, one.stretch.start) - 1]
        spans.append(("sentence", one.start, one.end, around.speaker))
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


def _tokens(
    documents: Sequence[Placed],
    sentences: list[list[Sentence]],
    disfluencies: list[list[Disfluency]],
) -> pd.DataFrame:
    # columns rather than rows: a corpus has millions of tokens
    columns: dict[str, list[object]] = {name: [] for name in TOKENS.columns}
    for document, found, marked in zip(documents, sentences, disfluencies, strict=True):
        tokens = [token for sentence in found for token in sentence.tokens]
        columns["doc_id"] += [document.doc_id] * len(tokens)
        columns["i"] += range(len(tokens))
        for name in ("start", "end", "form", "lemma", "upos", "morph"):
            columns[name] += [getattr(token, name) for token in tokens]
        columns["inclusive"] += [bool(token.inclusive) for token in tokens]
        columns["inclusive_kind"] += [token.inclusive or None for token in tokens]
        columns["disfluency"] += _kinds_by_token(tokens, marked)
    return TOKENS.conform(pd.DataFrame(columns))


def _kinds_by_token(tokens: Sequence[Token], marked: list[Disfluency]) -> list[str | None]:
    kinds: list[str | None] = []
    waiting = iter(marked)
    current = next(waiting, None)
    for token in tokens:
        while current and current.end <= token.start:
            current = next(waiting, None)
        kinds.append(current.kind if current and current.start <= token.start else None)
    return kinds
