"""The tokeniser of the pipeline: nothing of the text is lost, inclusive units are one token that says what it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from innovsoc_analysis.nlp.shadow import inclusive_units, shadow_forms
from innovsoc_analysis.nlp.tokenizer import FrenchTokenizer

TOKENIZER = FrenchTokenizer(Vocab())
PIECES = (
    "citoyen·ne·s",
    "Celles et ceux",
    "étudiantEs",
    "projet(s)",
    "l’",
    "a-t-il",
    "«\u00a0oui\u00a0»",
    " ",
    "  ",
    "\n",
    "\t",
    "\u00ad",
)
PIECES += ("e\u0301lu·e·s", "...", "‑", "--", "\0", "😀", "(", "www.exemple.be")


def tokens(text):
    return [token.text for token in TOKENIZER(text)]


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=300)
def test_the_tokens_and_spaces_are_the_text(text):
    assert TOKENIZER(text).text == text


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
@settings(deadline=None, max_examples=300)
def test_they_are_around_inclusive_units_and_odd_spaces_too(text):
    doc = TOKENIZER(text)
    assert doc.text == text
    assert all(
        doc[place].text == text[doc[place].idx : doc[place].idx + len(doc[place])] for place in inclusive_units(doc)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qu’a-t-il fait ?", ["Qu’", "a", "-t-il", "fait", "?"]),
        ("Rendez-vous à 10h30.", ["Rendez-vous", "à", "10", "h", "30", "."]),
        ("« Oui », dit-elle.", ["«", "Oui", "»", ",", "dit", "-elle", "."]),
        ("«\u00a0Oui\u00a0»", ["«", "\u00a0", "Oui", "\u00a0", "»"]),
        ("un  lieu", ["un", " ", "lieu"]),
        (" un lieu", [" ", "un", "lieu"]),
        ("un\n\nlieu", ["un", "\n\n", "lieu"]),
        ("", []),
    ],
)
def test_words_and_the_spaces_between_them(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’habitant·e vote.", ["L’", "habitant·e", "vote", "."]),
        ("Les citoyen(ne)s, votent", ["Les", "citoyen(ne)s", ",", "votent"]),
        ("Celles et ceux d’ici", ["Celles et ceux", "d’", "ici"]),
        ("«habitant·e·s»", ["«", "habitant·e·s", "»"]),
    ],
)
def test_an_inclusive_unit_is_one_token(text, expected):
    assert tokens(text) == expected


def test_an_inclusive_unit_says_its_lemma_number_kind_and_masculine():
    doc = TOKENIZER("Les habitant·e·s du projet")
    assert [token._.inclusive for token in doc] == [
        None,
        {"kind": "median_point", "lemma": "habitant", "number": "Plur", "masculine": "habitants"},
        None,
        None,
    ]
    assert inclusive_units(doc) == {1: doc[1]._.inclusive}


def test_a_document_without_units_has_none():
    assert inclusive_units(TOKENIZER("Un projet(s).")) == {}


def test_words_are_analysed_under_a_plain_spelling():
    doc = TOKENIZER("L’État aide‑t‑il le(s) projet(s) des citoyen·ne·s ?")
    assert shadow_forms(doc) == ["L'", "État", "aide", "-t-il", "les", "projets", "des", "citoyens", "?"]


def test_units_survive_a_round_trip_of_the_document():
    doc = TOKENIZER("Les citoyen·ne·s et celles et ceux d’ici")
    again = Doc(Vocab()).from_bytes(doc.to_bytes())
    assert inclusive_units(again) == inclusive_units(doc) != {}


def test_the_tokeniser_has_no_state_to_keep(tmp_path):
    TOKENIZER.to_disk(tmp_path / "tokenizer")
    assert list(tmp_path.iterdir()) == []
    assert TOKENIZER.from_disk(tmp_path) is TOKENIZER
    assert TOKENIZER.from_bytes(TOKENIZER.to_bytes()) is TOKENIZER


@pytest.mark.parametrize(
    "run",
    [
        "(",
        "l'",
        "a",
        "a-",
        "«",
        "1.",
        ".a",
        "-t-il",
        "é·e",
        "a(e)",
        "(a",
        "…",
        "AÉ",
        "'",
        "‑",
        "/a",
        "@a",
        " ",
        "\n",
        "M. ",
        "citoyen·ne·s ",
    ],
)
def test_time_grows_with_length_and_no_faster(run):
    def seconds(length):
        text = (run * length)[:length]
        started = time.perf_counter()
        assert TOKENIZER(text).text == text
        return time.perf_counter() - started

    assert seconds(200_000) < 20 * max(seconds(20_000), 0.05)
