"""Sentences and tokens with their places."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from innovsoc_analysis.nlp import annotate as module
from innovsoc_analysis.nlp.annotate import Stretch, annotate
from innovsoc_analysis.nlp.pipeline import load

WORDS = ("L’atelier", "aide", "l'école", "«\u00a0oui\u00a0»", "12,5", "M.", "(etc.)", "è", "1", "»1.", *"?!.–", "...")
SPACES = (" ", "  ", "\u00a0", "\u202f", "\u2009", "\n")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), min_size=1, max_size=12).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


def annotated(text):
    return list(annotate([text], [Stretch(0, 0, len(text))]))


def wordings(text):
    return [text[one.start : one.end] for one in annotated(text)]


class Counted:
    """The pipeline, writing down the texts it is given."""

    def __init__(self):
        self.texts = []

    def pipe(self, texts, **options):
        self.texts += texts
        return load().pipe(texts, **options)


def holds_its_places(text, sentences):
    """Assert all that a place promises: wording, order, no overlap, nothing left out."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    assert all(text[token.start : token.end] == token.form for token in tokens)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    assert all(left.end <= right.start for left, right in pairwise(sentences))
    for sentence in sentences:
        assert sentence.start == sentence.tokens[0].start
        assert sentence.end == sentence.tokens[-1].end
    visible = {position for position, character in enumerate(text) if not character.isspace()}
    assert {position for token in tokens for position in range(token.start, token.end)} == visible


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_tokens_and_sentences_tell_their_places(text):
    holds_its_places(text, annotated(text))


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=60)
def test_any_text_at_all_keeps_its_places(text):
    holds_its_places(text, annotated(text))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un jardin. L’État aide.", ["Un jardin.", "L’État aide."]),
        ("Elles ouvrent un lieu. »1.", ["Elles ouvrent un lieu. »1."]),
        ("On ouvre ! ! ?", ["On ouvre ! ! ?"]),
        ("  Un lieu.  ", ["Un lieu."]),
        ("Un jardin ouvre.  L’État aide.", ["Un jardin ouvre.", "L’État aide."]),
        ("Un jardin ouvre.\u2009L’État aide.", ["Un jardin ouvre.", "L’État aide."]),
        ("12 13 14", ["12 13 14"]),
        ("   ", []),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert wordings(text) == sentences


def test_no_sentence_runs_over_the_end_of_its_stretch():
    texts = ["Marie : Nous avons ouvert un lieu et\nPaul : il répond à un besoin.", "Un jardin."]
    stretches = [Stretch(0, 8, 36), Stretch(0, 44, 65), Stretch(1, 0, 10)]
    found = [(one.stretch, texts[one.stretch.position][one.start : one.end]) for one in annotate(texts, stretches)]
    assert found == [
        (stretches[0], "Nous avons ouvert un lieu et"),
        (stretches[1], "il répond à un besoin"),
        (stretches[2], "Un jardin."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "L'État finance l'innovation sociale.",
        "Aujourd'hui, j'ai l'idée qu'elle n'a pas d'argent.",
        "C'est l'aînée d'entre elles qui s'occupe de l'école.",
        "Jusqu'ici, quelqu'un l'avait dit : « qu'on l'aide ! »",
    ],
)
def test_a_typographic_apostrophe_changes_nothing(sentence):
    def analysis(text):
        return [(token.lemma, token.upos, token.morph, token.start) for one in annotated(text) for token in one.tokens]

    assert analysis(sentence.replace("'", "’")) == analysis(sentence)


def test_no_break_spaces_are_not_words():
    tokens = [token.form for one in annotated("Il dit\u00a0: «\u202fnon\u202f».") for token in one.tokens]
    assert tokens == ["Il", "dit", ":", "«", "non", "»", "."]


@pytest.mark.parametrize(
    "run",
    ["l'" * 10_000, "(" * 10_000, "a" * 50_000, "a-" * 4_000, "«" * 5_000, "1." * 10_000, "😀" * 5_000, " " * 50_000],
)
def test_an_endless_run_is_annotated_in_no_time(run):
    text = "Un lieu " + run + " ouvre."
    started = time.perf_counter()
    sentences = annotated(text)
    assert time.perf_counter() - started < 10
    holds_its_places(text, sentences)


def test_a_long_paragraph_is_cut_between_words(monkeypatch):
    text = " ".join(f"Le lieu {number} ouvre." for number in range(200))
    whole = [token.form for one in annotated(text) for token in one.tokens]
    monkeypatch.setattr(module, "_LONGEST_PIECE", 700)
    cut = annotated(text)
    holds_its_places(text, cut)
    assert [token.form for one in cut for token in one.tokens] == whole


@pytest.mark.parametrize("closing", ["»", "”.", "!", "12", "…", "* * *"])
def test_a_sentence_without_letters_ends_the_one_before(closing):
    text = f"Le lieu ouvre. {closing}"
    assert wordings(text) == [text]


@pytest.mark.parametrize("opening", ["1.", "…", "* * *"])
def test_signs_at_the_start_of_a_stretch_hide_nothing(opening):
    text = f"{opening} Le lieu ouvre."
    sentences = wordings(text)
    assert "".join(sentences).replace(" ", "") == text.replace(" ", "")
    assert sentences[-1].endswith("Le lieu ouvre.")


def test_a_stretch_that_comes_back_is_annotated_once(monkeypatch):
    counted = Counted()
    monkeypatch.setattr(module, "load", lambda **_: counted)
    texts = ["Le lieu ouvre.\nMerci.\nLe lieu ouvre.", "Merci.\nLe lieu ouvre."]
    stretches = [Stretch(0, 0, 14), Stretch(0, 15, 21), Stretch(0, 22, 36), Stretch(1, 0, 6), Stretch(1, 7, 21)]
    sentences = list(annotate(texts, stretches))
    assert sorted(counted.texts) == ["Le lieu ouvre.", "Merci."]
    assert [sentence.stretch for sentence in sentences] == stretches
    assert [sentence.tokens[0].start for sentence in sentences] == [0, 15, 22, 0, 7]


def test_texts_are_annotated_as_they_are_asked_for(monkeypatch):
    counted = Counted()
    monkeypatch.setattr(module, "load", lambda **_: counted)
    monkeypatch.setattr(module, "_WINDOW_CHARACTERS", 10)
    texts = [f"Le lieu {number} ouvre." for number in range(5)]
    sentences = annotate(texts, [Stretch(position, 0, 16) for position in range(5)])
    assert next(sentences).stretch.position == 0
    assert counted.texts == texts[:1]
    assert [sentence.stretch.position for sentence in sentences] == [1, 2, 3, 4]


def test_the_size_of_a_window_changes_nothing(monkeypatch):
    texts = ["Le lieu ouvre. Les habitant·e·s viennent.", "Merci.", "", "Le lieu ouvre."]
    stretches = [Stretch(position, 0, len(text)) for position, text in enumerate(texts)]
    at_once = list(annotate(texts, stretches))
    monkeypatch.setattr(module, "_WINDOW_CHARACTERS", 1)
    monkeypatch.setattr(module, "_BATCH_CHARACTERS", 1)
    assert list(annotate(texts, stretches)) == at_once


def test_an_inclusive_unit_is_one_token_that_tells_its_kind():
    (sentence,) = annotated("Les habitant·e·s, celles et ceux d’ici, votent.")
    units = {token.form: (token.lemma, token.inclusive) for token in sentence.tokens if token.inclusive}
    assert units == {"habitant·e·s": ("habitant", "median_point"), "celles et ceux": ("celui", "doublet")}
    assert "Gender=Fem,Masc" in sentence.tokens[1].morph


def test_a_unit_with_a_no_break_space_keeps_its_wording():
    (sentence,) = annotated("Celles\u00a0et\u00a0ceux d’ici votent.")
    assert (sentence.tokens[0].form, sentence.tokens[0].lemma) == ("Celles\u00a0et\u00a0ceux", "celui")


def test_spaces_are_no_tokens():
    (sentence,) = annotated("  Un\tlieu   ouvre \n")
    assert [token.form for token in sentence.tokens] == ["Un", "lieu", "ouvre"]


def test_a_sentence_that_starts_with_spaces_is_found(monkeypatch):
    class Spaced:
        def pipe(self, texts, **options):
            words, spaces = ["Oui", ".", "  ", "Non", "."], [False, True, False, False, False]
            return [Doc(load().vocab, words=words, spaces=spaces, sent_starts=[True, False, True, False, False])]

    monkeypatch.setattr(module, "load", lambda **_: Spaced())
    assert wordings("Oui.   Non.") == ["Oui.", "Non."]
