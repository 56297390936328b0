"""Which coder is chosen where none is named, and which model."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding import coder as choosing
from innovsoc_analysis.coding.coder import CODERS, code, find_model
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts({"a": "Chez nous, les parents manquent de crèches. Il pleut."})


@pytest.fixture(scope="module")
def file(mini_model, tmp_path_factory):
    path = tmp_path_factory.mktemp("modèles") / "mini.model"
    mini_model.save(path)
    return path


@pytest.fixture
def other_book():
    return Codebook.model_validate(
        {"nom": "autre", "version": "1", "codes": [{"id": "x", "libelle": "X", "definition": "…"}]}
    )


@pytest.fixture
def bundled(monkeypatch, file):
    """Let the small model come with every codebook."""
    monkeypatch.setattr(choosing, "bundled_model", lambda codebook: file)


def coders_of(codings):
    return set(codings.table["coder"])


def test_without_a_model_rules_code_alone_and_queue_nothing(corpus, mini_book):
    codings = code(corpus, mini_book)
    assert coders_of(codings) == {"rules"}
    assert codings.queue is None
    assert codings.table["code"].tolist() == ["besoin"]


def test_with_a_model_rules_and_learner_code_together(corpus, mini_book, mini_model):
    codings = code(corpus, mini_book, model=mini_model)
    assert coders_of(codings) == {"combined"}
    assert codings.queue is not None
    assert codings.table["code"].tolist() == ["besoin"]


def test_with_the_model_that_comes_with_the_codebook_too(corpus, mini_book, bundled):
    assert coders_of(code(corpus, mini_book)) == {"combined"}


def test_the_model_of_a_file_codes_as_the_model_in_hand(corpus, mini_book, mini_model, file):
    read, held = (code(corpus, mini_book, model=model) for model in (file, mini_model))
    assert read.table.equals(held.table)
    assert coders_of(code(corpus, mini_book, model=str(file))) == {"combined"}


def test_the_coder_that_is_named_is_used(corpus, mini_book, mini_model):
    for name in CODERS:
        assert coders_of(code(corpus, mini_book, coder=name, model=mini_model)) == {name}


def test_rules_read_no_model(corpus, mini_book, tmp_path):
    codings = code(corpus, mini_book, coder="rules", model=tmp_path / "absent.model")
    assert coders_of(codings) == {"rules"}
    assert codings.queue is None


@pytest.mark.parametrize("name", ["combined", "learned"])
def test_a_learner_without_a_model_is_refused(corpus, mini_book, name):
    with pytest.raises(UsageError) as caught:
        code(corpus, mini_book, coder=name)
    assert str(caught.value) == (
        "Aucun modèle n'accompagne le livre « mini » : codez par règles (--coder rules),"
        " ou entraînez un modèle avec « innovsoc train » et donnez-le (--model)."
    )


def test_a_model_given_for_other_codes_is_refused(corpus, other_book, mini_model):
    with pytest.raises(UsageError, match="les codes d'un autre livre que « autre »"):
        code(corpus, other_book, model=mini_model)


def test_a_codebook_that_bears_a_bundled_name_but_has_other_codes_is_coded_by_rules(corpus, other_book, bundled):
    assert find_model(other_book) is None
    assert code(corpus, other_book).queue is None


def test_a_model_is_found_in_hand_in_a_file_or_with_the_codebook(mini_book, mini_model, file):
    assert find_model(mini_book, mini_model) is mini_model
    assert find_model(mini_book, file).record == mini_model.record
    assert find_model(mini_book) is None


def test_the_codebook_of_the_package_comes_with_its_model():
    book = load_codebook("bissib")
    found = find_model(book)
    assert found is not None
    assert found.codes == book.code_ids
    assert found.record["codebook"] == "bissib"
