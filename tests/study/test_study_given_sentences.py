"""A corpus of given sentences keeps exactly those, with their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.study.corpus import corpus_from_sentences

PASSAGES = {
    "deux phrases en une": ["Un jardin. Trois serres.", "On y vient."],
    "coupé ailleurs": ["Le comité", "décide de tout.", "et"],
    "deux fois la même": ["Oui.", "Oui.", "Oui."],
    "comme un transcript": ["Ana : bonjour.", "Luc : (rires) euh, salut. 00:12"],
    "blancs et lignes": ["  Un   titre ", "Un\n\nautre\tmot.", "- une puce\n- deux"],
    "ce que le nettoyage changerait": ["Un mot cou-\npé.", "« Guil­lemets »", "3", "…", "Page 12"],
    "hors du plan de base": ["Bravo 🎉👩‍🌾 !", "É́tat.", "\u200b"],
    "inclusif": ["Les habitant·e·s et les citoyen(ne)s.", "Toustes."],
}


def said(corpus):
    """Return, for each document, the wording of its sentences."""
    texts = corpus.documents.set_index("doc_id")["text"]
    found = {name: [] for name in corpus.documents["source"]}
    names = corpus.documents.set_index("doc_id")["source"]
    for row in corpus.sentences.itertuples():
        found[names[row.doc_id]].append(texts[row.doc_id][row.start : row.end])
    return found


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_sentences(PASSAGES, genres={"inclusif": "talk"})


def test_every_sentence_is_kept_as_it_was_given(corpus):
    assert said(corpus) == PASSAGES


def test_a_document_is_its_sentences_with_one_space_between(corpus):
    assert corpus.documents["text"].tolist() == [" ".join(one) for one in PASSAGES.values()]
    assert corpus.documents["source"].tolist() == list(PASSAGES)
    assert corpus.documents["genre"].fillna("").tolist() == [""] * 7 + ["talk"]


def test_places_worked_out_by_hand():
    corpus = corpus_from_sentences({"a": ["Un.", "Deux trois.", "É"]})
    assert corpus.segments[["unit", "start", "end"]].to_numpy().tolist() == [
        ["paragraph", 0, 17],
        ["sentence", 0, 3],
        ["sentence", 4, 15],
        ["sentence", 16, 17],
    ]
    assert corpus.segments["segment_id"].is_unique


def test_a_passage_is_one_paragraph_without_speaker(corpus):
    assert len(corpus.segments_of("paragraph")) == len(PASSAGES)
    assert corpus.segments_of("turn").empty
    assert corpus.segments["speaker"].isna().all()


def test_tokens_lie_inside_the_sentences_and_are_numbered_through(corpus):
    texts = corpus.documents.set_index("doc_id")["text"]
    for doc_id, tokens in corpus.tokens.groupby("doc_id", sort=False):
        spans = corpus.sentences.loc[corpus.sentences["doc_id"] == doc_id, ["start", "end"]].to_numpy().tolist()
        assert tokens["i"].tolist() == list(range(len(tokens)))
        for token in tokens.itertuples():
            assert token.form == texts[doc_id][token.start : token.end]
            assert sum(start <= token.start < token.end <= end for start, end in spans) == 1


def test_identifiers_depend_on_name_and_wording_alone():
    one = corpus_from_sentences({"a": ["Oui.", "Non."], "b": ["Oui.", "Non."]}, genres={"a": "x"})
    assert one.documents["doc_id"].nunique() == 2
    again = corpus_from_sentences({"b": ["Oui.", "Non."], "a": ["Oui.", "Non."]})
    assert set(again.segments["segment_id"]) == set(one.segments["segment_id"])
    other = corpus_from_sentences({"a": ["Oui.", "Non !"]})
    assert not set(other.documents["doc_id"]) & set(one.documents["doc_id"])


def test_a_corpus_of_nothing_is_a_corpus():
    assert len(corpus_from_sentences({})) == 0
    assert corpus_from_sentences({}).sentences.empty
    empty = corpus_from_sentences({"vide": [], "a": ["Oui."]})
    assert said(empty) == {"vide": [], "a": ["Oui."]}


PIECES = [
    "Ana : ",
    "le ",
    "jardin",
    ".",
    " ! ",
    "\n",
    "\n\n",
    "-",
    "·e·s",
    "12",
    "d'",
    "…",
    "« ",
    " »",
    "🎉",
    "É",
    "(",
    ")",
]
SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(str.strip)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_the_sentences_are_they_come_back(passages):
    named = {str(number): sentences for number, sentences in enumerate(passages)}
    assert said(corpus_from_sentences(named)) == named
