"""Lexical tables: counts of words by part, the sizes of parts, and the way back to the texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry.tables import lexical_table, tokens_within, words_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts({"a": "Un puits, un jardin.", "b": "Deux jardins.", "partie 10": "Le puits !"})


def test_lemmas_are_counted_by_part_and_punctuation_is_no_word(corpus):
    found = lexical_table(corpus, "title")
    assert found.table.loc["jardin"].to_dict() == {"a": 1, "b": 1, "partie 10": 0}
    assert found.sizes.tolist() == [4, 2, 2]
    assert (found.size, found.totals[found.words.index("puits")]) == (8, 2)
    assert not {",", ".", "!"} & set(found.words)


def test_forms_are_words_as_written_in_lower_case(corpus):
    found = lexical_table(corpus, "title", word="form")
    assert {"jardin", "jardins", "un", "le"} <= set(found.words)


def test_persons_are_told_apart_though_treebanks_give_them_one_lemma():
    corpus = corpus_from_texts({"a": "J'ai dit que je garde mes clés et que nos voisins me croient. M'entend-il ?"})
    words = words_of(corpus)["word"].tolist()
    assert [words.count(word) for word in ("je", "me", "mon", "notre", "il", "moi")] == [2, 2, 1, 1, 1, 0]


def test_numbers_are_no_words():
    assert words_of(corpus_from_texts({"a": "En 2018, 22 puits."}))["word"].tolist() == ["en", "puits"]


def test_rare_words_are_no_rows_but_count_in_the_sizes(corpus):
    found = lexical_table(corpus, "title", min_count=2)
    assert set(found.words) == {"un", "puits", "jardin"}
    assert found.sizes.tolist() == [4, 2, 2]


def test_parts_are_in_natural_order():
    corpus = corpus_from_texts({"année 10": "Un puits.", "année 9": "Un puits.", "²": "Un puits."})
    assert lexical_table(corpus, "title").parts == ("année 9", "année 10", "²")


def test_overlapping_spans_of_one_part_count_a_word_once(corpus):
    doc_id = corpus.documents["doc_id"].iloc[0]
    spans = pd.DataFrame({"doc_id": doc_id, "start": [0, 3], "end": [8, 20], "part": "x"})
    found = lexical_table(corpus, spans)
    assert found.table["x"].to_dict() == {"deux": 0, "jardin": 1, "le": 0, "puits": 1, "un": 2}
    assert (found.sizes.tolist(), found.size, found.by) == ([4], 8, "part")


def test_a_word_leads_back_to_its_place(corpus):
    tokens = words_of(corpus)
    texts = corpus.documents.set_index("doc_id")["text"]
    places = tokens[tokens["word"] == "jardin"]
    assert [texts[row.doc_id][row.start : row.end] for row in places.itertuples()] == ["jardin", "jardins"]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [({"word": "racine"}, "lemma"), ({"min_count": 9}, "au moins 9 fois"), ({"by": "genre"}, "« genre »")],
)
def test_what_leaves_nothing_is_one_sentence(corpus, choices, sentence):
    with pytest.raises(UsageError, match=sentence):
        lexical_table(corpus, **{"by": "title", **choices})


def test_texts_without_words_are_said():
    with pytest.raises(UsageError, match="aucun mot"):
        lexical_table(corpus_from_texts({"a": "… !"}), "title")


@given(
    starts=st.lists(st.integers(0, 40), min_size=1, max_size=20, unique=True),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from("ab")), max_size=6),
)
def test_tokens_within_spans_are_those_that_start_in_one(starts, spans):
    tokens = pd.DataFrame([(doc, start) for doc in "ab" for start in sorted(starts)], columns=["doc_id", "start"])
    frame = pd.DataFrame(
        [(doc, start, start + length) for start, length, doc in spans], columns=["doc_id", "start", "end"]
    )
    expected = [
        row
        for row, (doc, start) in enumerate(zip(tokens["doc_id"], tokens["start"], strict=True))
        if any(doc == other and first <= start < first + length for first, length, other in spans)
    ]
    assert tokens_within(tokens, frame).tolist() == expected
    assert tokens_within(tokens, frame).dtype == np.int64
