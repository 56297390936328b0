"""Topics of two runs are paired by the words that a reader sees."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.topics.matching import first_words, match, similarities


def topics(*lists, n_words=40):
    """Topics whose words weigh less and less, in the order given."""
    weights = np.zeros((len(lists), n_words))
    for row, words in zip(weights, lists, strict=True):
        row[list(words)] = np.linspace(1, 0.1, len(words))
        row[:] = row / row.sum()
    return weights


def test_likeness_is_the_shared_words_among_all_first_words():
    one = topics(range(10))
    other = topics(range(5, 15), range(20, 30))
    assert similarities(one, other).tolist() == [[5 / 15, 0.0]]


def test_only_the_ten_first_words_count():
    one = topics([*range(10), 30, 31])
    other = topics([*range(10), 35, 36])
    assert similarities(one, other).tolist() == [[1.0]]


def test_words_of_no_weight_are_no_first_words():
    one, other = topics([0, 1, 2]), topics([0, 1, 3])
    assert similarities(one, other).tolist() == [[2 / 4]]


def test_a_topic_without_words_is_like_none():
    assert similarities(np.zeros((1, 12)), np.zeros((1, 12))).tolist() == [[0.0]]


def test_weights_equal_to_twelve_figures_come_in_the_order_of_the_vocabulary():
    weights = np.array([[0.3, 0.3 + 1e-15, 0.4]])
    assert first_words(weights, 2).tolist() == [[2, 0]]


def test_topics_are_paired_for_the_best_in_all_not_each_for_itself():
    one = topics(range(10), range(4, 14))
    other = topics(range(2, 12), range(20, 30))
    # both would take the first; the one that gains most from it has it
    partners, alike = match(one, other)
    assert partners.tolist() == [0, 1]
    assert alike.tolist() == [8 / 12, 0.0]


def test_a_topic_too_many_has_no_partner():
    partners, alike = match(topics(range(10), range(10, 20)), topics(range(10, 20)))
    assert partners.tolist() == [-1, 0]
    assert alike.tolist() == [0.0, 1.0]


def test_between_equal_words_the_weights_decide():
    one = topics(range(10))
    other = np.concatenate([one[:, ::-1], one])
    other[0] = topics(range(9, -1, -1))[0]
    assert match(one, other)[0].tolist() == [1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_the_pairing_is_the_best_of_all(seed, n_topics):
    drawing = np.random.default_rng(seed)
    one, other = drawing.random((2, n_topics, 25)) ** 4
    best = max(
        sum(similarities(one, other)[row, column] for row, column in enumerate(order))
        for order in itertools.permutations(range(n_topics))
    )
    assert match(one, other)[1].sum() == pytest.approx(best, abs=2e-2)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_a_run_is_itself_in_whatever_order(seed):
    drawing = np.random.default_rng(seed)
    one = drawing.random((5, 60))
    order = drawing.permutation(5)
    partners, alike = match(one, one[order])
    assert order[partners].tolist() == [0, 1, 2, 3, 4]
    assert alike.tolist() == [1.0] * 5
