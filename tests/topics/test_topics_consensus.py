"""Several runs of a seeded model give one answer, that of the run most like the others."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.topics.consensus import fit_consensus, merge_runs
from innovsoc_analysis.topics.models import Fitted, Run


def run(weights, shares):
    return Fitted(np.array(weights, dtype=float), np.array(shares, dtype=float))


GARDEN, HOME, ODD = [0.5, 0.5, 0, 0, 0, 0], [0, 0, 0.5, 0.5, 0, 0], [0, 0, 0, 0, 0.5, 0.5]


def test_topics_are_averaged_with_their_partners_whatever_their_order():
    merged = merge_runs(
        [
            run([GARDEN, HOME], [[1, 0], [0, 1]]),
            run([[0, 0, 0.7, 0.3, 0, 0], [0.7, 0.3, 0, 0, 0, 0]], [[0, 1], [0.5, 0.5]]),
        ]
    )
    assert merged.word_weights.tolist() == [
        pytest.approx([0.6, 0.4, 0, 0, 0, 0]),
        pytest.approx([0, 0, 0.6, 0.4, 0, 0]),
    ]
    assert merged.shares.tolist() == [pytest.approx([1, 0]), pytest.approx([0.25, 0.75])]


def test_the_run_most_like_the_others_is_the_base():
    odd, usual = run([GARDEN, ODD], [[1, 0]]), run([GARDEN, HOME], [[1, 0]])
    merged = merge_runs([odd, usual, usual])
    # the topic of one run only, paired for want of better, weighs a third
    assert merged.word_weights[1].tolist() == pytest.approx([0, 0, 1 / 3, 1 / 3, 1 / 6, 1 / 6])


def test_a_unit_without_words_keeps_no_share():
    merged = merge_runs([run([GARDEN, HOME], [[0, 0], [1, 0]])] * 2)
    assert merged.shares.tolist() == [[0, 0], [1, 0]]


def test_a_model_without_seed_is_fitted_once():
    matrix = sp.csr_array(np.kron(np.eye(2, dtype=int), np.ones((6, 5), dtype=int)))
    once, consensus = Run("nmf", 2).fit(matrix), fit_consensus(matrix, Run("nmf", 2))
    assert consensus.word_weights.tobytes() == once.word_weights.tobytes()


def test_the_consensus_of_seeds_changes_less_with_the_seed_than_one_run():
    drawing = np.random.default_rng(0)
    matrix = sp.csr_array(drawing.poisson(0.3, (40, 60)))
    singles = [Run("lda", 4, seed).fit(matrix) for seed in (0, 50)]
    agreed = [fit_consensus(matrix, Run("lda", 4, seed)) for seed in (0, 50)]

    def change(pair):
        first, second = (np.sort(one.word_weights, axis=0) for one in pair)
        return np.abs(first - second).sum()

    assert change(agreed) < change(singles)
