"""What a word is: the same everywhere."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import parse_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.counting.words import words_by_document
from innovsoc_analysis.lexicometry import concordance, inclusive_use, lexical_table
from innovsoc_analysis.report.summary import summarise
from innovsoc_analysis.study.corpus import corpus_from_texts

# L' / entraide / des / habitant·e·s / : / 12 / jardins / en / 2011 / … / € : six words
TEXT = "L'entraide des habitant·e·s : 12 jardins en 2011 … €"
BOOK = b'version: "1"\ncodes:\n  - {id: j, libelle: J, definition: Un lieu., indicateurs: {lemmes: [jardin]}}\n'


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts({"a": TEXT, "b": "12 + 30."}, genre="talk")


def test_punctuation_signs_and_numbers_in_digits_are_no_words(corpus):
    assert list(words_by_document(corpus.tokens, corpus.documents["doc_id"]).values()) == [6, 0]


def test_every_view_of_a_corpus_says_the_same_number(corpus):
    summary = summarise(code(corpus, parse_codebook(BOOK, name="j", where="j.yaml")))
    assert summary["figures"]["words"] == 6
    assert lexical_table(corpus, by="genre", word="form", min_count=1).size == 6
    assert inclusive_use(corpus).table["words"].tolist() == [6]
    assert concordance(corpus, "jardin").by("genre")["words"].tolist() == [6]
