"""Relevance, lift, exclusivity and FREX on weights small enough to work out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.reading.relevance import (
    exclusivity,
    frex,
    lift,
    marginal,
    relevance,
    words_by_frex,
    words_by_relevance,
)

WORDS = ("association", "commune", "loyer")
WEIGHTS = np.array([[0.5, 0.3, 0.2], [0.1, 0.0, 0.9]])
COUNTS = np.array([2, 1, 1])


def listed(table, topic):
    return table.loc[table["topic"] == topic, "word"].tolist()


def test_lift_compares_the_topic_with_the_corpus():
    assert lift(WEIGHTS, COUNTS) == pytest.approx(np.array([[1.0, 1.2, 0.8], [0.2, 0.0, 3.6]]))


def test_lift_of_a_word_that_the_corpus_lacks_is_nought():
    assert lift(WEIGHTS, [0, 1, 1])[:, 0].tolist() == [0, 0]
    assert lift(WEIGHTS, [0, 0, 0]).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_relevance_weighs_probability_against_lift():
    scores = relevance(WEIGHTS, COUNTS, lam=0.6)
    assert scores[0] == pytest.approx(
        [0.6 * math.log(0.5), 0.6 * math.log(0.3) + 0.4 * math.log(1.2), 0.6 * math.log(0.2) + 0.4 * math.log(0.8)]
    )
    assert scores[0, 1] == pytest.approx(-0.64945, abs=1e-5)


def test_a_word_without_weight_in_the_topic_has_no_relevance_whatever_lambda():
    assert [relevance(WEIGHTS, COUNTS, lam=lam)[1, 1] for lam in (0.0, 0.6, 1.0)] == [-math.inf] * 3


def test_relevance_does_not_depend_on_the_scale_of_the_frequencies():
    assert relevance(WEIGHTS, COUNTS) == pytest.approx(relevance(WEIGHTS, COUNTS / 4))


@pytest.mark.parametrize(
    ("lam", "words"),
    [
        (1.0, ["association", "commune", "loyer"]),  # by weight: .5, .3, .2
        (0.0, ["commune", "association", "loyer"]),  # by lift: 1.2, 1, .8
    ],
)
def test_lambda_leads_from_the_words_of_its_own_to_the_frequent_ones(lam, words):
    assert listed(words_by_relevance(WEIGHTS, WORDS, COUNTS, lam=lam), 1) == words


def test_marginal_is_the_mean_of_topics_by_their_size():
    assert marginal(WEIGHTS, [1, 3]) == pytest.approx([0.2, 0.075, 0.725])
    assert marginal(WEIGHTS, [0, 0]).tolist() == [0, 0, 0]


def test_exclusivity_is_the_part_of_the_word_that_the_topic_holds():
    assert exclusivity(WEIGHTS) == pytest.approx(np.array([[5 / 6, 1, 2 / 11], [1 / 6, 0, 9 / 11]]))
    assert exclusivity([[1.0, 0.0], [1.0, 0.0]])[:, 1].tolist() == [0, 0]


def test_frex_is_the_harmonic_mean_of_the_two_ranks():
    # by frequency 3/3, 2/3, 1/3; by exclusivity 2/3, 3/3, 1/3; the second topic has two words
    assert frex(WEIGHTS) == pytest.approx(np.array([[0.8, 0.8, 1 / 3], [0.5, 0, 1]]))


@pytest.mark.parametrize(("omega", "first"), [(1.0, [2 / 3, 1, 1 / 3]), (0.0, [1, 2 / 3, 1 / 3])])
def test_omega_leads_from_frequency_to_exclusivity(omega, first):
    assert frex(WEIGHTS, omega=omega)[0] == pytest.approx(first)


def test_frex_of_words_that_are_equal_is_equal():
    assert frex([[0.25, 0.25, 0.25, 0.25]]).tolist() == [[1, 1, 1, 1]]


def test_a_topic_without_words_lists_none():
    weights = np.array([[0.0, 0.0, 0.0], [0.1, 0.0, 0.9]])
    assert listed(words_by_frex(weights, WORDS), 1) == []
    assert listed(words_by_relevance(weights, WORDS, COUNTS), 1) == []
    assert listed(words_by_frex(weights, WORDS), 2) == ["loyer", "association"]


def test_tables_say_rank_and_values_of_at_most_n_words():
    table = words_by_relevance(WEIGHTS, WORDS, COUNTS, n=1)
    assert table.columns.tolist() == ["topic", "rank", "word", "weight", "lift", "relevance"]
    assert table[["topic", "rank", "word", "weight", "lift"]].to_numpy().tolist() == [
        [1, 1, "association", 0.5, 1.0],
        [2, 1, "loyer", 0.9, pytest.approx(3.6)],
    ]
    frequent = words_by_frex(WEIGHTS, WORDS, n=2)
    assert frequent.columns.tolist() == ["topic", "rank", "word", "weight", "exclusivity", "frex"]
    assert frequent["rank"].tolist() == [1, 2, 1, 2]


def test_of_equal_words_the_heavier_stands_first_and_then_the_alphabet_decides():
    assert listed(words_by_frex(WEIGHTS, WORDS), 1) == ["association", "commune", "loyer"]
    even = np.array([[1 / 3, 1 / 3, 1 / 3]])
    assert listed(words_by_frex(even, ("c", "a", "b")), 1) == ["a", "b", "c"]
    assert listed(words_by_relevance(even, ("c", "a", "b"), [1, 1, 1]), 1) == ["a", "b", "c"]


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_a_weight_outside_nought_to_one_is_refused(value):
    with pytest.raises(UsageError, match="λ est un nombre entre 0 et 1"):
        relevance(WEIGHTS, COUNTS, lam=value)
    with pytest.raises(UsageError, match="ω est un nombre entre 0 et 1"):
        frex(WEIGHTS, omega=value)
