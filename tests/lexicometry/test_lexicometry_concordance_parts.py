"""Occurrences by part of the corpus: counts, frequencies, intervals, figures."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.lexicometry import concordance
from innovsoc_analysis.lexicometry.kwic.parts import PART_COLUMNS, rate_interval
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TALK = "Ana : Le jardin pousse.\nLuc : Un jardin, le jardin !\nAna : Oui."


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts({"a": TALK, "b": "Ana : Un puits."}, genre="talk")


def test_counts_by_speaker(corpus):
    table = concordance(corpus, "jardin").by("speaker")
    assert list(table.columns) == PART_COLUMNS
    # Ana says « Le jardin pousse » and « Oui », Luc four words; « b » alone is no conversation
    assert table[["part", "n", "words", "documents", "documents_with"]].to_numpy().tolist() == [
        ["Ana", 1, 4, 1, 1],
        ["Luc", 2, 4, 1, 1],
    ]
    assert table["per_10000"].tolist() == pytest.approx([2500, 5000])
    assert table[["low", "high"]].isna().all(axis=None)


def test_counts_by_attribute_keep_natural_order():
    texts = {f"d{number}": "Un jardin." * (number % 2) + "Un puits." for number in (10, 9, 1)}
    table = concordance(corpus_from_texts(texts), "jardin").by("title")
    assert table[["part", "n"]].to_numpy().tolist() == [["d1", 1], ["d9", 1], ["d10", 0]]


def test_overlapping_spans_of_one_part_count_once(corpus):
    doc_id = corpus.documents["doc_id"].iloc[0]
    spans = pd.DataFrame(
        {"doc_id": doc_id, "start": [0, 4, 4, 24], "end": [16, 24, 24, 50], "part": ["x", "x", "y", "x"]}
    )
    table = concordance(corpus, "jardin").by(spans)
    # names of speakers are no words: 0 to 24 holds « Le jardin pousse », 24 to 50 « Un jardin, le jardin »
    assert table[["part", "n", "words"]].to_numpy().tolist() == [["x", 3, 7], ["y", 1, 3]]


def test_counts_by_code_need_codings(corpus):
    with pytest.raises(UsageError, match=r"^Pour comparer des codes, donnez les codages"):
        concordance(corpus, "jardin").by("code")
    with pytest.raises(UnknownNameError):
        concordance(corpus, "jardin").by("région")


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Garwood's exact bounds of a Poisson count of 10, and of none: 3.689 is -log(0.025)
        ([2, 2, 2, 2, 2], 4.795, 18.390),
        ([0, 0, 0, 0, 0], 0, -math.log(0.025)),
        # φ = Σ (x - 2)² / 2 / 4 with x = 10, 0, 0, 0, 0 is (64 + 4 × 4) / 2 / 4 = 10: the bounds are ten times
        # those of a count of 1, 0.0253 and 5.572
        ([10, 0, 0, 0, 0], 0.253, 55.716),
    ],
)
def test_interval_is_wider_where_documents_differ(counts, low, high):
    bounds = rate_interval(np.array(counts), np.full(5, 1000))
    assert [5000 * bound for bound in bounds] == pytest.approx([low, high], abs=1e-3)


def test_fewer_than_five_documents_with_words_have_no_interval():
    assert np.isnan(rate_interval(np.array([1, 2, 3, 4]), np.full(4, 100))).all()
    assert np.isnan(rate_interval(np.array([1, 2, 3, 4, 0]), np.array([9, 9, 9, 9, 0]))).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(51, 5000)), min_size=5, max_size=12))
def test_interval_holds_the_rate(documents):
    counts, sizes = (np.array(column) for column in zip(*documents, strict=True))
    low, high = rate_interval(counts, sizes)
    assert 0 <= low <= counts.sum() / sizes.sum() < high


def test_figure_by_part_shows_counts_and_says_what_cannot_be_told(corpus):
    axes = concordance(corpus, "jardin").plot("speaker")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Luc", "Ana"]
    assert {text.get_text() for text in axes.texts} == {"n / mots", "2 / 4", "1 / 4"}
    figure = axes.figure
    assert figure.get_suptitle() == "« jardin » par locuteur·rice, occurrences pour 10\u202f000 mots"
    assert "sous 5 documents, aucun (rond vide)" in figure.get_supxlabel()
    assert png_bytes(figure).startswith(b"\x89PNG")


def test_figure_by_part_folds_many_parts_without_occurrence():
    texts = {f"d{number}": "Un jardin." if number < 2 else "Un puits." for number in range(12)}
    found = concordance(corpus_from_texts(texts), "jardin")
    axes = found.plot("title")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["d0", "d1"]
    assert "10 autres parties (20 mots en tout) n'en ont aucune occurrence." in axes.figure.get_supxlabel()


def test_figure_by_part_of_a_word_that_is_nowhere_can_be_drawn(corpus):
    axes = concordance(corpus, "loyer").plot("genre")
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["paroles"]


def test_figure_of_places_has_a_line_per_document_that_holds_the_word(corpus):
    axes = concordance(corpus, "jardin").plot_places()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["a"]
    # Le jardin pousse Un jardin le jardin Oui: occurrences after 1, 4 and 6 of 8 words
    ticks = axes.collections[1].get_segments()
    assert [segment[0][0] for segment in ticks] == pytest.approx([1 / 8, 4 / 8, 6 / 8], abs=1 / 2000)
    assert "3 occurrences dans 1 document sur 2" in axes.figure.get_supxlabel()


def test_figure_of_places_needs_an_occurrence(corpus):
    with pytest.raises(UsageError, match=r"^Aucun mot des textes ne répond à « loyer »"):
        concordance(corpus, "loyer").plot_places()
