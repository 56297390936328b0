"""Wilson's interval: published values, and what holds of all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.counting.proportions import wilson, wilson_percent


def test_intervals_are_those_published():
    # Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_nothing_is_known_of_none():
    assert all(math.isnan(bound) for bound in wilson(0, 0))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_an_interval_holds_the_share_and_is_mirrored_for_the_rest(counted: tuple[int, int], level: float) -> None:
    count, n = counted
    low, high = wilson(count, n, level=level)
    assert 0 <= low <= count / n + 1e-12
    assert count / n - 1e-12 <= high <= 1
    assert wilson(n - count, n, level=level) == pytest.approx((1 - high, 1 - low), abs=1e-9)
    assert wilson_percent(count, n, level=level) == (100 * low, 100 * high)
