"""Training: what teaches what, the same bytes twice, too little refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from innovsoc_analysis.coding.gold import Gold
from innovsoc_analysis.coding.learning.model import Model
from innovsoc_analysis.coding.learning.scoring import Firings
from innovsoc_analysis.coding.learning.training import Material, _draw_folds, _reliability, material_of, train
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.encoding import encoder_version


def saved(model: Model, path) -> bytes:
    model.save(path)
    return path.read_bytes()


def uncoded(gold: Gold) -> Gold:
    """Return the passages of `gold` without the codes of their sentences."""
    passages = []
    for passage in gold.passages:
        sentences = [sentence.model_copy(update={"codes": {}}) for sentence in passage.sentences]
        passages.append(passage.model_copy(update={"sentences": sentences}))
    return Gold(tuple(passages))


def test_training_twice_gives_the_same_bytes_and_another_seed_others(mini_gold, mini_book, mini_model, tmp_path):
    training, validation = mini_gold.part("train"), mini_gold.part("dev")
    again = train(training, mini_book, validation=validation)
    other = train(training, mini_book, validation=validation, random_state=1)
    first = saved(mini_model, tmp_path / "a.model")
    assert saved(again, tmp_path / "b.model") == first
    assert saved(other, tmp_path / "c.model") != first
    # folds serve calibration; what is learned from all sentences is the same
    np.testing.assert_array_equal(other.elements.weights, mini_model.elements.weights)
    assert (other.calibration != mini_model.calibration).any()


def test_validation_sets_thresholds_and_trust_and_teaches_nothing(mini_gold, mini_book, mini_model):
    blank = train(mini_gold.part("train"), mini_book, validation=uncoded(mini_gold.part("dev")))
    for name in ("elements", "gate"):
        for ours, theirs in zip(getattr(blank, name), getattr(mini_model, name), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(blank.calibration, mini_model.calibration)
    assert blank.space.vocabularies == mini_model.space.vocabularies
    assert (blank.reliability < mini_model.reliability).all()
    assert (blank.stack != mini_model.stack).any()


def test_the_model_knows_no_word_of_the_validation(mini_gold, mini_model):
    texts = [sentence.text for sentence in mini_gold.part("dev", "test").sentences]
    assert any("gare" in text for text in texts)
    assert not any("gare" in word for word in mini_model.space.vocabularies["words"])


def test_the_learner_tells_the_codes_of_sentences_it_has_not_seen(mini_gold, mini_model):
    from innovsoc_analysis.coding.learning.scoring import evidence_of, learned_probabilities

    test = mini_gold.part("test")
    documents = material_of(test, _book_of(mini_model)).documents
    silent = np.zeros((len(test), 5), np.float32)
    likely = learned_probabilities(evidence_of(mini_model, documents, Firings(silent, silent)))
    labels = test.labels(mini_model.codes) > 0
    assert likely[labels].min() > likely[~labels].max()


def _book_of(model):
    from innovsoc_analysis.model.codebook import Codebook

    codes = [{"id": code, "libelle": code, "definition": "…"} for code in model.codes]
    return Codebook.model_validate({"nom": "muet", "version": "1", "codes": codes})


def test_the_record_says_what_the_model_was_trained_on(mini_gold, mini_book, mini_model):
    assert mini_model.record == {
        "codebook": "mini",
        "codebook_fingerprint": mini_book.fingerprint,
        "gold": mini_gold.part("train").digest,
        "validation": mini_gold.part("dev").digest,
        "n_sentences": 144,
        "n_validation": 36,
        "encoder": encoder_version(),
        "random_state": 0,
    }
    assert mini_model.reference == f"mini-{mini_gold.part('train').digest}"
    assert mini_model.codes == mini_book.code_ids


def test_progress_is_told_step_by_step(mini_gold, mini_book):
    told = []
    train(
        mini_gold.part("train"), mini_book, validation=mini_gold.part("dev"), progress=lambda *step: told.append(step)
    )
    assert told == [("apprentissage", done, 4) for done in (1, 2, 3, 4)]


def test_too_little_is_refused(mini_gold, mini_book):
    training, validation = mini_gold.part("train"), mini_gold.part("dev")
    few = Gold(training.passages[:19])  # 19 passages of five sentences
    with pytest.raises(UsageError, match=r": 95 \(il en faut 100 au moins\), et 36 de mise au point"):
        train(few, mini_book, validation=validation)
    with pytest.raises(UsageError, match=r": 144 \(.+ et 0 de mise au point \(split « dev »\)\.$"):
        train(training, mini_book, validation=Gold(()))
    long = training.passages[0].model_copy(update={"sentences": list(training.sentences)})
    with pytest.raises(UsageError, match=r"^Trop peu de passages codés pour apprendre : il en faut 2 au moins\.$"):
        train(Gold((long,)), mini_book, validation=validation)


def test_material_has_a_row_per_sentence_and_says_where_rules_fire(mini_gold, mini_book):
    two = mini_gold.select(lambda passage: passage.passage in {"À Liège 2", "À Liège off"})
    material = material_of(two, mini_book)
    assert material.lengths == [5, 3]
    assert material.passages.tolist() == [0] * 5 + [1] * 3
    assert material.off.ravel().tolist() == [0] * 5 + [1] * 3
    assert material.labels.tolist() == [*np.eye(4, 5).tolist(), *np.zeros((4, 5)).tolist()]
    # « restent sans » is a motif, « cuisinent ensemble » nothing, « atelier du peintre » an exception
    rules = np.diag([1, 1, 1, 0, 0]).tolist()
    assert material.firings.rules.tolist() == [*rules, *np.zeros((3, 5)).tolist()]
    assert material.firings.indicators.tolist() == [[0] * 5, *rules[1:], *np.zeros((3, 5)).tolist()]


@pytest.mark.parametrize("n_passages", [2, 3, 7])
def test_a_few_passages_never_fall_all_into_one_fold(n_passages):
    for seed in range(40):
        folds = _draw_folds(n_passages, seed)
        assert len(folds) == n_passages
        assert len(set(folds.tolist())) > 1
        assert folds.tolist() == _draw_folds(n_passages, seed).tolist()


def test_trust_in_rules_by_hand():
    # the first code's rules were right 3 times of 3, the second's never of 1, the third's never fired; all: 3 of 4
    fired = np.array([[1, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 0]], np.float32)
    labels = np.array([[1, 0, 1], [1, 0, 0], [1, 0, 0], [1, 1, 0]], np.float32)
    held = Material([], Firings(fired, fired), labels, np.zeros((4, 1)), np.zeros(4, dtype=int))
    shares = [(3 + 5 * 0.75) / 8, (0 + 5 * 0.75) / 6, 0.75]
    expected = [math.log(share / (1 - share)) for share in shares]
    assert _reliability(held).tolist() == pytest.approx(expected, rel=1e-5)
