"""Measures of lexical diversity, worked out by hand and by brute force."""

from __future__ import annotations

import math
import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry.diversity.measures import (
    expected_types,
    mtld_factors,
    spectrum,
    window_types,
    yule_k,
)
from innovsoc_analysis.model.errors import UsageError

TEXTS = st.lists(st.integers(0, 4), min_size=1, max_size=9)
# the example of McCarthy & Jarvis (2010): « of the people by the people for the people »
PEOPLE = [0, 1, 2, 3, 1, 2, 4, 1, 2]


def of(text):
    return spectrum(np.bincount(text))


def test_the_spectrum_counts_the_words_of_each_frequency():
    assert spectrum([5, 1, 0, 1, 2]).tolist() == [0, 2, 1, 0, 0, 1]
    assert spectrum([]).tolist() == [0, 0]


@given(TEXTS)
def test_expected_types_are_the_mean_over_all_samples(text):
    for size in range(len(text) + 1):
        samples = [len(set(sample)) for sample in combinations(text, size)]
        assert expected_types(of(text), [size])[0] == pytest.approx(np.mean(samples))


def test_a_sample_of_all_words_holds_all_and_one_of_a_word_holds_one():
    frequencies = spectrum([100_000, 7, 7, 1, 1, 1])
    assert expected_types(frequencies, [0, 1, 100_017]).tolist() == pytest.approx([0, 1, 6])


def test_expected_types_of_ten_million_words_are_close_to_the_law_of_poisson():
    # 100,000 words a hundred times each; one in a hundred is drawn: a word is missed with probability near 1/e
    frequencies = np.zeros(101)
    frequencies[100] = 100_000
    found = expected_types(frequencies, [100_000])[0]
    exact = 100_000 * (1 - math.prod((10_000_000 - 100_000 - k) / (10_000_000 - k) for k in range(100)))
    assert found == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("size", [-1, 4])
def test_a_sample_larger_than_the_text_is_refused(size):
    with pytest.raises(UsageError, match="de 0 à 3 mots"):
        expected_types([0, 1, 1], [size])


@pytest.mark.parametrize(
    ("frequencies", "expected"),
    [
        ([0, 5], 0.0),
        ([0, 1, 1], 1e4 * 2 / 9),
        ([0, 0, 0, 2], 1e4 * 12 / 36),
        ([0, 3, 2, 1], 1e4 * (3 + 8 + 9 - 10) / 100),
    ],
)
def test_yule_k_is_that_of_its_formula(frequencies, expected):
    assert yule_k(frequencies) == pytest.approx(expected)


def test_yule_k_of_nothing_is_missing():
    assert math.isnan(yule_k([0, 0]))


@given(TEXTS, st.integers(1, 6))
def test_windows_hold_as_many_words_as_counted_one_by_one(text, window):
    windows = [text[start : start + window] for start in range(len(text) - window + 1)]
    assert window_types(text, window) == (sum(len(set(one)) for one in windows), len(windows))


def test_the_example_of_mccarthy_and_jarvis_makes_one_factor():
    # 1, 1, 1, 1, .8, .667: a factor; « for the people »: 1, 1, 1
    assert mtld_factors(PEOPLE) == 1
    assert mtld_factors(PEOPLE[:5]) == pytest.approx((1 - 0.8) / (1 - 0.72))
    assert mtld_factors(PEOPLE[::-1]) == 1


def test_a_ratio_of_the_threshold_itself_ends_no_factor():
    assert mtld_factors([0, 1, 2, 0], threshold=0.75) == pytest.approx(1.0)
    assert mtld_factors([0, 1, 2, 0, 3], threshold=0.75) == pytest.approx((1 - 0.8) / 0.25)


def test_words_that_never_come_back_make_no_factor():
    assert mtld_factors(list(range(50))) == 0
    assert mtld_factors([]) == 0


def test_a_million_words_take_little_time():
    text = np.random.default_rng(0).zipf(1.3, size=1_000_000) % 50_000
    start = time.perf_counter()
    window_types(text, 500)
    mtld_factors(text.tolist())
    expected_types(of(text), np.arange(0, 1_000_000, 20_000))
    assert time.perf_counter() - start < 20
