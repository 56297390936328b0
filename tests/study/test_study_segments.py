"""Segments: units, speakers, places, and what encloses what."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.ingest.pdf import assemble_pages
from innovsoc_analysis.ingest.registry import Reading, reader_for
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.study.segmenting import Placed, segment_documents
from innovsoc_analysis.text.cleaning import clean

SUBTITLES = """1
00:00:01,000 --> 00:00:03,000
Élodie : On a ouvert un atelier.

2
00:00:03,000 --> 00:00:05,500
Il répond à un besoin
du quartier.

3
00:01:10,000 --> 00:01:12,000
Luc : Et les voisins ?

4
00:01:12,500 --> 00:01:15,250
Élodie : Ils participent.
"""
LINES = st.sampled_from(
    ["Ana : Un jardin. Il pousse !", "Luc : Oui", "Une voix : Non.", "Public : tous", "« Et ? »", "", "1."]
)


def segmented(raw):
    """Return (text, segments) of one document as a reader hands it over."""
    cleaned = clean(raw.text, wrapped=raw.wrapped)
    segments, _ = segment_documents([Placed("d0", cleaned, raw.places)])
    return cleaned.text, segments


def read_subtitles():
    return reader_for("a.srt").read(SUBTITLES.encode(), Reading(DEFAULT_LIMITS, None))[0]


def said(text, segments, unit, *columns):
    frame = segments[segments["unit"] == unit]
    return [(text[row.start : row.end], *(getattr(row, name) for name in columns)) for row in frame.itertuples()]


def test_turns_paragraphs_and_sentences_of_subtitles_carry_speaker_and_times():
    text, segments = segmented(read_subtitles())
    columns = ("speaker", "t_start", "t_end")
    turns = [
        ("On a ouvert un atelier. Il répond à un besoin du quartier.", "Élodie", 1.0, 5.5),
        ("Et les voisins ?", "Luc", 70.0, 72.0),
        ("Ils participent.", "Élodie", 72.5, 75.25),
    ]
    assert said(text, segments, "turn", *columns) == turns
    assert said(text, segments, "paragraph", *columns) == turns
    assert said(text, segments, "sentence", *columns) == [
        ("On a ouvert un atelier.", "Élodie", 1.0, 3.0),
        ("Il répond à un besoin du quartier.", "Élodie", 3.0, 5.5),
        *turns[1:],
    ]
    assert segments["page"].isna().all()


def test_segments_of_a_pdf_carry_the_page_on_which_they_start():
    pages = [
        "Un jardin ouvre.\r\nIl est grand et accueillant, puis\r\nplein de promesses pour les",
        "familles du quartier. Une école ferme.\r\n",
        "Fin.",
    ]
    (raw,) = assemble_pages({"title": "", "pages": pages, "scanned": []})
    text, segments = segmented(raw)
    assert said(text, segments, "sentence", "page") == [
        ("Un jardin ouvre.", 1),
        ("Il est grand et accueillant, puis plein de promesses pour les familles du quartier.", 1),
        ("Une école ferme.", 2),
        ("Fin.", 3),
    ]
    assert segments["t_start"].isna().all()
    assert segments["speaker"].isna().all()


def test_a_text_without_places_has_neither_page_nor_time():
    segments = corpus_from_texts({"a": "Un jardin."}).segments
    assert segments[["speaker", "page", "t_start", "t_end"]].isna().all(axis=None)


def test_segments_stand_in_the_order_of_the_text_the_larger_before_the_smaller():
    corpus = corpus_from_texts({"a": "Ana : Un. Deux.\nTrois.\nLuc : Quatre.\nAna : Cinq."})
    text = corpus.documents["text"][0]
    assert [(row.unit, text[row.start : row.end]) for row in corpus.segments.itertuples()][:6] == [
        ("turn", "Un. Deux.\nTrois."),
        ("paragraph", "Un. Deux."),
        ("sentence", "Un."),
        ("sentence", "Deux."),
        ("paragraph", "Trois."),
        ("sentence", "Trois."),
    ]


def test_identifiers_name_document_unit_and_place():
    segments = corpus_from_texts({"a": "Un jardin."}).segments
    doc_id = segments["doc_id"][0]
    assert segments["segment_id"].tolist() == [f"{doc_id}:paragraph:0-10", f"{doc_id}:sentence:0-10"]


@pytest.mark.parametrize(
    ("texts", "forms"),
    [
        ({"a": "Un. Deux.", "b": "Trois."}, [["Un", ".", "Deux", "."], ["Trois", "."]]),
        ({"a": "", "b": "L’eau."}, [[], ["L’", "eau", "."]]),
    ],
)
def test_tokens_are_numbered_within_each_document(texts, forms):
    corpus = corpus_from_texts(texts)
    for doc_id, expected in zip(corpus.documents["doc_id"], forms, strict=True):
        tokens = corpus.tokens[corpus.tokens["doc_id"] == doc_id]
        assert tokens["i"].tolist() == list(range(len(expected)))
        assert tokens["form"].tolist() == expected


@given(st.lists(LINES, min_size=1, max_size=8))
@settings(deadline=None, max_examples=40)
def test_sentences_lie_in_paragraphs_paragraphs_in_turns_and_nothing_overlaps(lines):
    cleaned = clean("\n".join(lines))
    text = cleaned.text
    segments, tokens = segment_documents([Placed("d0", cleaned, ())])
    spans = {unit: _spans(segments, unit) for unit in ("turn", "paragraph", "sentence")}
    assert all(left[1] <= right[0] for unit in spans for left, right in pairwise(spans[unit]))
    assert all(_around(sentence, spans["paragraph"]) == 1 for sentence in spans["sentence"])
    assert all(_around(turn, [(0, len(text))]) == 1 for turn in spans["turn"])
    covered = {place for start, end in spans["sentence"] for place in range(start, end)}
    for start, end in spans["paragraph"]:
        assert _around((start, end), [(0, len(text))]) == 1
        assert _around((start, end), spans["turn"]) <= 1
        assert all(place in covered for place in range(start, end) if not text[place].isspace())
    assert [text[row.start : row.end] for row in tokens.itertuples()] == tokens["form"].tolist()
    assert len(set(segments["segment_id"])) == len(segments)


def _around(span: tuple[int, int], others: list[tuple[int, int]]) -> int:
    """Return how many of `others` enclose `span`."""
    return sum(start <= span[0] and span[1] <= end for start, end in others)


def _spans(segments: pd.DataFrame, unit: str) -> list[tuple[int, int]]:
    frame = segments[segments["unit"] == unit]
    return list(zip(frame["start"], frame["end"], strict=True))
