"""The default model's weights and start, worked out by hand and held against full decompositions."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.topics import weighting
from innovsoc_analysis.topics.weighting import start_from_svd, weighted


def test_weights_are_log_counts_times_rarity_over_the_root_of_the_length():
    # two words; the first is in both units, the second in one of two
    found = weighted(sp.csr_array([[4, 1], [1, 0]])).toarray()
    common, rare = 1.0, math.log(3 / 2) + 1
    long = [(1 + math.log(4)) * common, rare]
    assert found[0] == pytest.approx(np.array(long) / math.hypot(*long) ** 0.5)
    assert found[1] == pytest.approx([1.0, 0.0])


def test_a_longer_unit_weighs_more_but_less_than_its_length():
    found = weighted(sp.csr_array([[1] * 16 + [0] * 4, [0] * 16 + [1] * 4])).toarray()
    lengths = np.linalg.norm(found, axis=1)
    # sixteen words against four, all as rare: four times as long, twice by the usual root of squares
    assert lengths[0] / lengths[1] == pytest.approx(2**0.5)


def test_a_unit_without_words_weighs_nothing():
    assert weighted(sp.csr_array([[0, 0], [1, 2]])).toarray()[0].tolist() == [0, 0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(6, 9), (9, 6), (7, 7)]))
def test_the_start_is_the_positive_part_of_the_svd(seed, shape):
    values = np.random.default_rng(seed).random(shape)
    left, right = start_from_svd(sp.csr_array(values), 2)
    assert (left >= 0).all()
    assert (right >= 0).all()
    # the first singular vectors of positive numbers are positive: their product is the best of rank one
    full_left, singular, full_right = np.linalg.svd(values)
    best = singular[0] * np.outer(full_left[:, 0], full_right[0])
    assert np.outer(left[:, 0], right[0]) == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("shape", [(40, 60), (60, 40)])
def test_large_and_small_matrices_start_alike(shape, monkeypatch):
    matrix = sp.csr_array(sp.random(*shape, density=0.3, random_state=0))
    small = start_from_svd(matrix, 5)
    monkeypatch.setattr(weighting, "_DENSE", 10)
    large = start_from_svd(matrix, 5)
    for one, other in zip(small, large, strict=True):
        assert one == pytest.approx(other, abs=1e-8)


def test_as_many_topics_as_units_and_units_alike():
    left, right = start_from_svd(sp.csr_array(np.ones((3, 5))), 3)
    # rank one: the other topics have nothing to start from
    assert left[:, :1] @ right[:1] == pytest.approx(np.ones((3, 5)))
    assert np.abs(left[:, 1:] @ right[1:]).max() < 1e-6
