"""Ratios over documents and their intervals."""

from __future__ import annotations

import numpy as np

from innovsoc_analysis.counting.resampling import resampled_ratio


def drawn(parts, wholes, seed=0):
    columns = [np.array(one, dtype=float)[:, None] for one in (parts, wholes)]
    return [bound.item() for bound in resampled_ratio(*columns, rng=np.random.default_rng(seed))]


def test_the_ratio_is_that_of_the_sums():
    assert drawn([1, 0, 5], [10, 10, 10])[0] == 0.2


def test_two_documents_span_their_own_ratios():
    # drawn twice among 0 and 1, the ratio is 0 or 1 one time in four each
    assert drawn([0, 4], [4, 4]) == [0.5, 0.0, 1.0]


def test_one_document_has_no_interval():
    ratio, low, high = drawn([1], [4])
    assert ratio == 0.25
    assert np.isnan([low, high]).all()


def test_draws_are_the_same_at_every_call_and_in_chunks(monkeypatch):
    whole = drawn([1, 0, 1, 3], [4, 5, 6, 7])
    monkeypatch.setattr("innovsoc_analysis.counting.resampling._CHUNK", 12)  # three draws at once
    assert drawn([1, 0, 1, 3], [4, 5, 6, 7]) == whole


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        wholes = rng.integers(50, 150, size=15)
        low, high = drawn(rng.binomial(wholes, rng.beta(4, 16, size=15)), wholes)[1:]
        held += low <= 0.2 <= high
    assert 0.9 <= held / 200 <= 0.99


def test_nothing_of_nothing_is_zero():
    assert drawn([0, 0], [0, 0]) == [0.0, 0.0, 0.0]
