"""What coders code: segments with the words that lie in them."""

from __future__ import annotations

import pytest

from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.study.corpus import corpus_from_sentences, corpus_from_texts

TALK = "Ana : On manque de lits. Ça dure.\n\nAna : Voilà.\n\nLuc : Oui."
PLAIN = "Un jardin. Une serre.\n\nIl pleut."


def texts(corpus, unit):
    return [[unit.text for unit in units] for units in units_of(corpus, unit)]


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts({"talk": TALK, "plain": PLAIN})


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("phrase", [["On manque de lits.", "Ça dure.", "Voilà.", "Oui."], ["Un jardin.", "Une serre.", "Il pleut."]]),
        ("paragraphe", [["On manque de lits. Ça dure.", "Voilà.", "Oui."], ["Un jardin. Une serre.", "Il pleut."]]),
        # two paragraphs of the same speaker are one turn; a text without speakers is coded by paragraph
        ("tour", [["On manque de lits. Ça dure.\n\nAna : Voilà.", "Oui."], ["Un jardin. Une serre.", "Il pleut."]]),
    ],
)
def test_the_unit_says_what_is_coded(corpus, unit, expected):
    assert texts(corpus, unit) == expected


@pytest.mark.parametrize("unit", ["phrase", "paragraphe", "tour"])
def test_every_unit_holds_its_place_and_the_tokens_in_it(corpus, unit):
    whole = corpus.documents.set_index("doc_id")["text"]
    seen = 0
    for units in units_of(corpus, unit):
        assert len({one.doc_id for one in units}) == 1
        for one in units:
            assert one.text == whole[one.doc_id][one.start : one.end]
            assert one.tokens
            assert all(one.start <= token.start < token.end <= one.end for token in one.tokens)
            forms = [whole[one.doc_id][token.start : token.end] for token in one.tokens]
            assert [word.form for word in one.words] == [form.lower() for form in forms]
            seen += len(one.tokens)
    assert seen == len(corpus.tokens)


def test_a_word_can_be_asked_for_by_form_lemma_part_of_speech_and_capital():
    ((unit,),) = units_of(corpus_from_texts({"a": "L’École ouvre."}), "phrase")
    article, school, opens, _ = unit.tokens
    assert article.word.form == "l'"  # the typographic apostrophe is levelled
    assert (school.lemma, school.word.form, school.word.upos) == ("école", "école", "NOUN")
    assert {"école", "école/NOUN", "=École", "/NOUN"} <= school.word.keys
    assert "=école" not in school.word.keys
    assert {"ouvre", "ouvrir", "ouvre/VERB", "ouvrir/VERB", "/VERB"} <= opens.word.keys


def test_given_sentences_are_the_units():
    corpus = corpus_from_sentences({"p": ["Un jardin. Une serre.", "Il", "pleut."], "q": ["Oui."]})
    assert texts(corpus, "phrase") == [["Un jardin. Une serre.", "Il", "pleut."], ["Oui."]]
    assert texts(corpus, "tour") == texts(corpus, "paragraphe") == [["Un jardin. Une serre. Il pleut."], ["Oui."]]


def test_a_document_without_words_has_no_unit():
    assert list(units_of(corpus_from_sentences({}), "phrase")) == []
    assert texts(corpus_from_sentences({"vide": [], "p": ["Oui."]}), "phrase") == [["Oui."]]
