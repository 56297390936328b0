"""Prediction of texts set aside."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.topics.choosing.heldout import HeldOut, held_out_fit
from innovsoc_analysis.topics.models import Run
from innovsoc_analysis.topics.stability import shuffled

TWO = sp.csr_array(np.array([[5, 5, 0, 0], [0, 0, 5, 5]] * 10))
KNOWN = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])


def by(model, n_topics=2):
    return lambda training: Run(model, n_topics).fit(training).word_weights


def found(fitted, unigram, n_words):
    return HeldOut(np.array(fitted, dtype=float), np.array(unigram, dtype=float), np.array(n_words))


def test_words_as_likely_as_each_other_cost_their_logarithm():
    held = held_out_fit(sp.csr_array(np.full((10, 2), 2)), lambda _: np.array([[0.5, 0.5], [0.5, 0.5]]))
    assert held.n_words.tolist() == [2] * 10
    assert held.fitted.tolist() == pytest.approx([2 * math.log(0.5)] * 10)
    assert held.per_word == pytest.approx(math.log(0.5))
    assert held.standard_error == pytest.approx(0, abs=1e-12)
    assert held.gain == pytest.approx(0, abs=1e-12)
    assert not held.beats_unigram


@pytest.mark.parametrize("learn", [lambda _: KNOWN, by("nmf"), by("lda")])
def test_planted_topics_predict_better_than_frequencies(learn):
    held = held_out_fit(TWO, learn)
    # two words of four are possible where there is a topic: at most twice as likely
    assert held.beats_unigram
    assert 0.3 < held.gain < math.log(2)
    assert held.per_word == pytest.approx(held.gain + held.unigram.sum() / held.n_words.sum())
    assert held.unigram.sum() / held.n_words.sum() == pytest.approx(math.log(0.25), abs=0.05)


def test_one_topic_of_all_words_is_no_better_than_frequencies():
    held = held_out_fit(TWO, lambda training: (training.sum(axis=0) / training.sum())[np.newaxis])
    assert held.gain == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("model", ["nmf", "lda"])
def test_topics_of_shuffled_words_do_not_predict(model):
    drawing = np.random.default_rng(1)
    noise = shuffled(sp.csr_array(drawing.poisson(0.7, size=(40, 60))), drawing)
    assert not held_out_fit(noise, by(model, 4)).beats_unigram


def test_topics_of_other_words_than_the_text_s_cost_no_more_than_smoothing():
    apart = sp.csr_array(np.array([[6, 6, 0, 0], [6, 6, 0, 0], [0, 0, 6, 6]]))
    held = held_out_fit(apart, lambda training: (training.sum(axis=0) / training.sum())[np.newaxis], n_folds=3)
    assert np.isfinite(held.fitted).all()


def test_the_same_seed_gives_the_same_halves_whatever_the_model():
    drawing = np.random.default_rng(0)
    matrix = sp.csr_array(drawing.poisson(0.8, size=(30, 25)))
    one, again, other = (held_out_fit(matrix, by("nmf"), seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.fitted, again.fitted)
    assert not np.array_equal(one.fitted, other.fitted)
    lda = held_out_fit(matrix, by("lda"), seed=3)
    assert np.array_equal(one.unigram, lda.unigram)
    assert not np.array_equal(one.fitted, lda.fitted)


def test_documents_are_set_aside_whole_and_each_once():
    # a word of its own for each of six documents of two paragraphs
    matrix = sp.csr_array(np.repeat(np.eye(6, dtype=np.int64) * 4, 2, axis=0))
    trained = []

    def learn(training):
        trained.append(training.sum(axis=0).tolist())
        return np.full((2, 6), 1 / 6)

    held = held_out_fit(matrix, learn, n_folds=3, groups=[number // 2 for number in range(12)])
    assert len(trained) == 3
    assert {count for fold in trained for count in fold} == {0, 8}
    assert np.sum(trained, axis=0).tolist() == [16] * 6
    assert held.n_words.tolist() == [4] * 6


def test_a_text_of_one_word_or_none_is_not_scored():
    matrix = sp.csr_array(np.array([[1, 0], [0, 0], [2, 1], [0, 4]]))
    assert held_out_fit(matrix, lambda _: np.eye(2)).n_words.tolist() == [1, 2]


def test_more_folds_than_documents_are_one_each_and_a_single_document_has_no_other():
    calls = []

    def learn(training):
        calls.append(training.shape[0])
        return np.eye(2)

    held_out_fit(sp.csr_array(np.array([[4, 0], [0, 4], [2, 2]])), learn, n_folds=9)
    assert calls == [2, 2, 2]
    alone = held_out_fit(sp.csr_array(np.array([[4, 4]])), learn)
    assert len(calls) == 3
    assert math.isnan(alone.per_word)
    assert not alone.beats_unigram


def test_the_error_is_that_of_a_ratio_over_documents():
    held = found([-2, -6], [-3, -9], [1, 2])
    assert held.per_word == pytest.approx(-8 / 3)
    # residuals 2/3 and −2/3: √(8/9 × 2/1) ÷ 3
    assert held.standard_error == pytest.approx(4 / 9)
    assert held.gain == pytest.approx(4 / 3)
    # residuals 1 − 4/3 and 3 − 8/3
    assert held.gain_error == pytest.approx(math.sqrt(2 / 9 * 2) / 3)
    assert held.beats_unigram


@pytest.mark.parametrize(("fitted", "n_words"), [([], []), ([-2.0], [1])])
def test_without_two_documents_there_is_no_error(fitted, n_words):
    held = found(fitted, fitted, n_words)
    assert math.isnan(held.standard_error)
    assert not held.beats_unigram
