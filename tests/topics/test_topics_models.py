"""All models give distributions, the same for the same seed, and zeros for what has no words."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.topics.models import MODELS, Run

FAST = ["nmf", "lda", "gensim-lda"]


@pytest.fixture(scope="module")
def matrix():
    """Two groups of twelve documents that share no word, and one empty document."""
    drawing = np.random.default_rng(0)
    counts = np.zeros((25, 16), dtype=np.int64)
    for number in range(24):
        np.add.at(counts[number], 8 * (number % 2) + drawing.integers(0, 8, 20), 1)
    return sp.csr_array(counts)


@pytest.mark.parametrize("name", [*FAST, "gensim-ensemble"])
def test_words_and_shares_are_distributions_and_the_empty_unit_has_none(matrix, name):
    fitted = Run(name, 2, 0).fit(matrix)
    assert fitted.word_weights.shape == (len(fitted.word_weights), 16)
    assert fitted.word_weights.sum(axis=1) == pytest.approx(np.ones(len(fitted.word_weights)))
    assert fitted.shares[24].tolist() == [0.0] * fitted.shares.shape[1]
    if len(fitted.word_weights):
        assert fitted.shares[:24].sum(axis=1) == pytest.approx(np.ones(24))


@pytest.mark.parametrize("name", FAST)
def test_two_groups_without_a_word_in_common_are_two_topics(matrix, name):
    fitted = Run(name, 2, 0).fit(matrix)
    dominant = fitted.shares[:24].argmax(axis=1)
    assert len(set(dominant[::2])) == len(set(dominant[1::2])) == 1
    assert dominant[0] != dominant[1]


@pytest.mark.parametrize("name", FAST)
def test_the_same_seed_gives_the_same_bytes(matrix, name):
    runs = [Run(name, 3, 7).fit(matrix) for _ in range(2)]
    assert runs[0].word_weights.tobytes() == runs[1].word_weights.tobytes()
    assert runs[0].shares.tobytes() == runs[1].shares.tobytes()


def test_the_seed_plays_no_part_in_the_default(matrix):
    assert not MODELS["nmf"].seeded
    runs = [Run("nmf", 3, seed).fit(matrix) for seed in (0, 99)]
    assert runs[0].word_weights.tobytes() == runs[1].word_weights.tobytes()
