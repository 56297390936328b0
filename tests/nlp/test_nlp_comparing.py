"""The pipeline beside spaCy's own."""

from __future__ import annotations

import pandas as pd
import pytest

import innovsoc_analysis as isa
from innovsoc_analysis.model.errors import UsageError


def test_words_that_the_other_pipeline_cuts_are_set_beside_the_one_word() -> None:
    table = isa.nlp.compare_words("Les habitant(e)s votent.").set_index("word")
    assert table.loc["habitant(e)s", "lemma"] == "habitant"
    assert "".join(table.loc["habitant(e)s", "other_word"].split(" + ")) == "habitant(e)s"


def test_lemmas_are_counted_on_both_sides_and_inclusive_forms_apart() -> None:
    corpus = isa.corpus_from_texts({"a": "Les habitant·e·s décident. Un habitant décide."})
    table = isa.nlp.compare_lemmas(corpus.documents["text"], corpus.tokens, ["habitant", "décider", "absent"])
    assert table[["lemma", "here", "inclusive"]].to_numpy().tolist() == [
        ["habitant", 2, 1],
        ["décider", 2, 0],
        ["absent", 0, 0],
    ]
    assert table["other"].tolist() == [1, 2, 0]


def test_a_pipeline_that_is_not_installed_is_said() -> None:
    with pytest.raises(UsageError, match="« fr_absent » n'est pas installée"):
        isa.nlp.compare_words("Un mot.", other="fr_absent")


def test_the_rooms_tell_their_public_names() -> None:
    for room in (isa.nlp, isa.text):
        assert all(getattr(room, name) is not None for name in room.__all__)
        assert dir(room) == sorted(room.__all__)
        with pytest.raises(AttributeError, match="nothing"):
            _ = room.nothing
    assert isinstance(isa.nlp.compare_words("Un mot."), pd.DataFrame)
