"""Planted topics are found again in other draws of documents; shuffled words are not."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.topics import stability
from innovsoc_analysis.topics.models import Run
from innovsoc_analysis.topics.stability import Stability, resampled_stability, shuffled

N_TOPICS, WORDS_EACH, COMMON = 4, 20, 40
FREQUENCIES = 1 / np.arange(2, WORDS_EACH + 2) / (1 / np.arange(2, WORDS_EACH + 2)).sum()
RUN = Run("nmf", N_TOPICS)


def planted(n_documents=80, seed=0):
    """Documents of one topic each, half of their words common to all: counts and the topics."""
    drawing = np.random.default_rng(seed)
    topic = np.arange(n_documents) % N_TOPICS
    counts = np.zeros((n_documents, N_TOPICS * WORDS_EACH + COMMON), dtype=np.int64)
    for row, own in zip(counts, topic, strict=True):
        # some words of a topic come more often, as they do in texts: its first ten are not drawn by lot
        np.add.at(row, own * WORDS_EACH + drawing.choice(WORDS_EACH, 30, p=FREQUENCIES), 1)
        np.add.at(row, N_TOPICS * WORDS_EACH + drawing.integers(0, COMMON, 30), 1)
    return sp.csr_array(counts), topic


@pytest.fixture(scope="module")
def matrix():
    return planted()[0]


@pytest.fixture(scope="module")
def found(matrix):
    return resampled_stability(matrix, RUN, n_resamples=8)


def test_planted_topics_are_stable(found):
    assert found.stable.all()
    assert (found.low > found.chance).all()
    assert found.scores.min() > 0.5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_topic_of_shuffled_words_is_stable(matrix, seed):
    noise = shuffled(matrix, np.random.default_rng(seed))
    assert not resampled_stability(noise, RUN, n_resamples=8).stable.any()


def test_shuffling_keeps_how_long_units_and_how_frequent_words_are(matrix):
    noise = shuffled(matrix, np.random.default_rng(0))
    assert noise.sum(axis=0).tolist() == matrix.sum(axis=0).tolist()
    assert noise.sum(axis=1).tolist() == matrix.sum(axis=1).tolist()
    assert (noise != matrix).sum() > 1000


def test_more_workers_give_the_same(matrix, found):
    again = resampled_stability(matrix, RUN, n_resamples=8, workers=2)
    for name in ("values", "kept", "shares"):
        assert getattr(again, name).tobytes() == getattr(found, name).tobytes()
    assert again.chance.tolist() == found.chance.tolist()


def test_another_seed_draws_other_documents_and_finds_the_same_topics(matrix, found):
    other = resampled_stability(matrix, RUN._replace(seed=1), n_resamples=8)
    assert (np.isnan(other.shares) != np.isnan(found.shares)).any()
    assert np.abs(other.scores - found.scores).max() < 0.2


def test_documents_are_drawn_whole_and_four_fifths_of_them(matrix):
    owners = np.repeat(np.arange(40), 2)
    found = resampled_stability(matrix, RUN, n_resamples=6, groups=owners.tolist())
    drawn = ~np.isnan(found.shares).any(axis=2)
    assert (drawn[:, ::2] == drawn[:, 1::2]).all()
    assert (drawn.sum(axis=1) == 64).all()


def test_shares_of_a_draw_are_those_of_the_partners(matrix, found):
    drawn = ~np.isnan(found.shares).any(axis=2)
    assert found.shares[drawn].sum(axis=1) == pytest.approx(np.ones(drawn.sum()))
    base = RUN.fit(matrix).shares.argmax(axis=1)
    dominant = np.nan_to_num(found.shares[0]).argmax(axis=1)
    assert (dominant == base)[drawn[0]].mean() > 0.95


def test_kept_words_are_the_first_words_of_the_draws(found):
    # ten words of each partner, all topics being found in each draw
    assert found.kept.sum(axis=1) == pytest.approx([10] * N_TOPICS)
    assert found.kept.max() <= 1 + 1e-9


def test_the_interval_is_that_of_a_mean():
    values = np.array([[0.2, 1.0], [0.4, 1.0], [0.6, 1.0], [0.8, 1.0]])
    measured = Stability(values, np.array([0.3, 0.3]), np.zeros((2, 1)), np.zeros((4, 1, 2)))
    # standard deviation 0.2582, over the root of 4, times 1.96: 0.2530
    assert measured.scores.tolist() == [0.5, 1.0]
    assert measured.low == pytest.approx([0.2470, 1.0], abs=1e-4)
    assert measured.high == pytest.approx([0.7530, 1.0], abs=1e-4)
    assert measured.stable.tolist() == [False, True]


def test_progress_counts_every_run(matrix):
    steps = []
    resampled_stability(matrix, RUN, n_resamples=3, progress=lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == list(range(1, steps[-1][2] + 1))


def test_a_topic_that_one_document_carries_is_held_against_all_noise_others_against_the_widespread():
    # eighty noise topics: forty widespread and seldom found again, forty of one document and mostly found
    noise = np.array([[30.0] * 40 + [1.0] * 40, [0.1] * 39 + [0.2] + [0.8] * 39 + [0.9]])
    assert stability._reached_by_chance(np.array([25.0, 1.0]), noise).tolist() == [0.2, 0.9]


def test_a_topic_more_widespread_than_noise_is_held_against_the_forty_most_widespread():
    noise = np.array([np.arange(60.0), np.linspace(0.59, 0, 60)])
    assert stability._reached_by_chance(np.array([100.0]), noise) == pytest.approx([0.39])


def test_no_topic_is_stable_where_all_together_are_no_more_than_noise():
    values = np.full((4, 2), 0.9)
    options = {"chance": np.array([0.3, 0.3]), "kept": np.zeros((2, 1)), "shares": np.zeros((4, 1, 2))}
    assert Stability(values, **options, mean=0.5, mean_by_chance=0.4).stable.tolist() == [True, True]
    assert Stability(values, **options, mean=0.4, mean_by_chance=0.4).stable.tolist() == [False, False]


def test_the_mean_of_the_topics_weighs_them_by_their_shares(matrix, found):
    shares = RUN.fit(matrix).shares.sum(axis=0)
    assert found.mean == pytest.approx((shares * found.scores).sum() / shares.sum())
    assert 0 < found.mean_by_chance < found.mean
