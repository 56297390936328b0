"""The French pipeline: what is loaded, and that faster look-ups give the same lemmas."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from spacy.lookups import Lookups
from spacy.tokens import Doc

from innovsoc_analysis.nlp.pipeline import MODEL, load

SAMPLE = (
    "Les habitantes ont réparé les vieux vélos, puis elles les ont prêtés aux écoliers du quartier."
    " Des coopératives locales répondent à des besoins sociaux mal couverts ; l'évaluation, elle, tarde."
    " Faute de moyens, nous n'avons pas pu essaimer : il eût fallu que la Région nous soutînt davantage."
    " Chacune participe, mutualise, expérimente, finit et rend ce qu'elle a pris aux plus démunis."
)


@pytest.fixture(scope="module")
def shipped_lists():
    """Return the lemmatizer's word lists as the model ships them."""
    package = import_module(MODEL)
    folder = Path(package.__file__).parent / f"{MODEL}-{package.__version__}"
    return Lookups().from_disk(folder / "lemmatizer" / "lookups")


def test_the_pipeline_is_loaded_once_and_only_with_what_is_needed():
    assert load() is load()
    assert {"tok2vec", "morphologizer", "lemmatizer", "senter"} <= set(load().pipe_names)
    assert not {"parser", "ner"} & set(load().pipe_names)


def test_the_sets_hold_the_words_of_the_lists(shipped_lists):
    shipped = shipped_lists.get_table("lemma_index")
    used = load().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    assert set(used.keys()) == set(shipped.keys())
    for part_of_speech, words in shipped.items():
        assert isinstance(used[part_of_speech], frozenset)
        assert used[part_of_speech] == set(words)


def test_sets_give_the_lemmas_that_lists_give(shipped_lists, monkeypatch):
    nlp = load()
    lemmatizer = nlp.get_pipe("lemmatizer")
    with_sets = nlp(SAMPLE)
    bare = Doc(nlp.vocab, words=[token.text for token in with_sets], pos=[token.pos_ for token in with_sets])
    monkeypatch.setattr(lemmatizer, "lookups", shipped_lists)
    monkeypatch.setattr(lemmatizer, "cache", {})
    with_lists = lemmatizer(bare)
    assert [token.lemma_ for token in with_lists] == [token.lemma_ for token in with_sets]
    assert "réparer" in {token.lemma_ for token in with_lists}


@pytest.mark.parametrize(
    ("sentence", "lemmas"),
    [
        ("Elles ouvrent des crèches.", ["lui", "ouvrir", "un", "crèche", "."]),
        ("Les besoins sociaux changent.", ["le", "besoin", "social", "changer", "."]),
    ],
)
def test_lemmas(sentence, lemmas):
    assert [token.lemma_ for token in load()(sentence)] == lemmas
