"""The parts of a corpus: whole documents, turns, codes, or given spans."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.counting.parts import spans_by
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TALK = "Enquêtrice : Et le jardin ?\n\nOdile : Le jardin va bien.\n\nEnquêtrice : Et le puits ?"


def quotes(corpus, spans):
    texts = corpus.documents.set_index("doc_id")["text"]
    return [(row.part, texts[row.doc_id][row.start : row.end]) for row in spans.itertuples()]


def test_documents_with_an_attribute_are_whole():
    corpus = corpus_from_texts({"a": "Un puits.", "b": "Deux puits."})
    assert quotes(corpus, spans_by(corpus, "title")) == [("a", "Un puits."), ("b", "Deux puits.")]


def test_documents_without_a_value_belong_to_no_part():
    corpus = corpus_from_texts({"a": "Un puits."}, genre="")
    with pytest.raises(UsageError, match="« genre »"):
        spans_by(corpus, "genre")


def test_speakers_are_parts_by_their_turns():
    corpus = corpus_from_texts({"a": TALK}, genre="talk")
    spans = spans_by(corpus, "speaker")
    assert spans["part"].tolist() == ["Enquêtrice", "Odile", "Enquêtrice"]
    assert quotes(corpus, spans)[1] == ("Odile", "Le jardin va bien.")


def test_codes_are_parts_by_what_they_code_and_may_overlap():
    corpus = corpus_from_texts({"a": "Un puits. Un jardin."})
    doc_id = corpus.documents["doc_id"].iloc[0]
    codings = pd.DataFrame(
        {"doc_id": doc_id, "start": [0, 0, 10], "end": [9, 9, 20], "code": ["x.eau", "x.bien", "x.eau"]}
    )
    assert quotes(corpus, spans_by(corpus, "code", codings=codings)) == [
        ("x.eau", "Un puits."),
        ("x.bien", "Un puits."),
        ("x.eau", "Un jardin."),
    ]


def test_codes_without_codings_are_asked_for():
    with pytest.raises(UsageError, match="codings="):
        spans_by(corpus_from_texts({"a": "Un puits."}), "code")


def test_given_spans_are_taken_as_they_are():
    corpus = corpus_from_texts({"a": "Un puits. Un jardin."})
    given = pd.DataFrame({"doc_id": corpus.documents["doc_id"].iloc[0], "start": [10], "end": [20], "part": [3]})
    assert quotes(corpus, spans_by(corpus, given)) == [("3", "Un jardin.")]


def test_an_unknown_attribute_lists_those_there_are():
    with pytest.raises(UnknownNameError, match="genre"):
        spans_by(corpus_from_texts({"a": "Un puits."}), "commune")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (pd.DataFrame({"doc_id": ["x"], "start": [0], "part": ["a"]}), "il manque end"),
        (pd.DataFrame({"doc_id": ["x"], "start": [0.0], "end": [None], "part": ["a"]}), "nombres entiers"),
    ],
)
def test_spans_that_are_none_are_refused(given, sentence):
    corpus = corpus_from_texts({"a": "Un puits."})
    with pytest.raises(UsageError, match=sentence):
        spans_by(corpus, given)
    with pytest.raises(UsageError, match=sentence):
        spans_by(corpus, "code", codings=given.rename(columns={"part": "code"}))
