"""The index of specificity equals exact arithmetic, whatever the size of the corpus."""

from __future__ import annotations

import math
import random
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from innovsoc_analysis.lexicometry.specificity.hypergeometric import LARGEST, cells_of, deviances, specificity_index
from innovsoc_analysis.lexicometry.specificity.measures import adjusted, bonferroni_index, log_likelihood, log_ratio
from innovsoc_analysis.model.errors import UsageError

MILLIONS = 10_000_000


def index_of(f, total, part, size):
    return float(specificity_index(cells_of(f, total=total, part=part, size=size)))


def exact_tail(f, total, part, size):
    """Return the probability of the tail as a fraction, by counting draws."""
    low, high = max(0, total + part - size), min(total, part)
    counts = range(f, high + 1) if f * size > total * part else range(low, f + 1)
    draws = sum(math.comb(total, k) * math.comb(size - total, part - k) for k in counts)
    return Fraction(draws, math.comb(size, part))


def exact_index(f, total, part, size):
    if f * size == total * part:
        return 0.0
    tail = exact_tail(f, total, part, size)
    with localcontext() as context:
        context.prec = 60
        index = abs(float((Decimal(tail.numerator) / Decimal(tail.denominator)).log10()))
    return math.copysign(index, f * size - total * part)


def falling(n, k):
    return math.prod(range(n - k + 1, n + 1))


def exact_index_of_rare(f, total, part, size):
    """Return the same where the corpus is large and the word is rare: its draws are counted one by one."""
    low, high = max(0, total + part - size), min(total, part)
    counts = range(f, high + 1) if f * size > total * part else range(low, f + 1)
    draws = sum(math.comb(total, k) * falling(part, k) * falling(size - part, total - k) for k in counts)
    with localcontext() as context:
        context.prec = 60
        index = abs(float((Decimal(draws) / Decimal(falling(size, total))).log10()))
    return math.copysign(index, f * size - total * part)


@st.composite
def tables(draw, most=60):
    size = draw(st.integers(2, most))
    total, part = draw(st.integers(1, size - 1)), draw(st.integers(1, size - 1))
    f = draw(st.integers(max(0, total + part - size), min(total, part)))
    return f, total, part, size


def test_a_word_found_only_in_one_half() -> None:
    # all three in five of ten words: C(7, 2) / C(10, 5) = 21 / 252
    assert index_of(3, 3, 5, 10) == pytest.approx(math.log10(12), abs=1e-14)
    # none of three: the same, as both halves are alike
    assert index_of(0, 3, 5, 10) == pytest.approx(-math.log10(12), abs=1e-14)


def test_both_tails_hold_the_count_itself() -> None:
    # P(X >= 2) = (C(3,2) C(7,3) + 21) / 252 = 126 / 252
    assert index_of(2, 3, 5, 10) == pytest.approx(math.log10(2), abs=1e-14)
    assert index_of(1, 3, 5, 10) == pytest.approx(-math.log10(2), abs=1e-14)


def test_a_word_exactly_as_frequent_as_expected_has_none() -> None:
    assert index_of(2, 4, 5, 10) == 0
    assert index_of(4, 8, 500, 1000) == 0


def test_a_thousand_tables_equal_rational_arithmetic() -> None:
    random_tables = random.Random(7)  # noqa: S311 - draws of tables
    for _ in range(1000):
        size = random_tables.choice([10, 60, 400, 1500])
        total, part = random_tables.randint(0, size), random_tables.randint(0, size)
        f = random_tables.randint(max(0, total + part - size), min(total, part))
        assert index_of(f, total, part, size) == pytest.approx(exact_index(f, total, part, size), abs=1e-9, rel=1e-12)


def test_a_corpus_of_ten_million_words_equals_integer_arithmetic() -> None:
    random_tables = random.Random(8)  # noqa: S311 - draws of tables
    for _ in range(150):
        total, part = random_tables.randint(1, 60), random_tables.choice([37_000, 2_500_000, 9_900_001])
        f = random_tables.randint(0, total)
        expected = exact_index_of_rare(f, total, part, MILLIONS)
        assert index_of(f, total, part, MILLIONS) == pytest.approx(expected, abs=1e-12, rel=1e-14)


@pytest.mark.parametrize("f", [0, 350, 410, 500, 4000])
def test_a_frequent_word_of_ten_million_equals_integer_arithmetic(f) -> None:
    total, part = 4000, 1_000_000  # 400 are expected
    with localcontext() as context:
        context.prec = 50
        term = Decimal(math.comb(total, f)) * falling(part, f) * falling(MILLIONS - part, total - f)
        term /= falling(MILLIONS, total)
        tail, k, step = term, f, 1 if f > 400 else -1
        while 0 <= k + step <= total and term > tail * Decimal("1e-40"):
            if step > 0:
                term = term * (total - k) * (part - k) / ((k + 1) * (MILLIONS - total - part + k + 1))
            else:
                term = term * k * (MILLIONS - total - part + k) / ((total - k + 1) * (part - k + 1))
            tail, k = tail + term, k + step
        expected = -step * float(tail.log10())
    assert index_of(f, total, part, MILLIONS) == pytest.approx(expected, abs=1e-12, rel=1e-14)


def test_all_words_are_finite_up_to_the_largest_corpus() -> None:
    for size in (MILLIONS, LARGEST):
        f = np.array([0, 1, size // 4, size // 4 + 1000, size // 2])
        total = np.array([1, 1, size // 2, size // 2, size // 2])
        index = specificity_index(cells_of(f, total=total, part=size // 2, size=size))
        assert np.isfinite(index).all()
        # all of one half in the other: 1 / C(size, size / 2), about 2 to the power of size
        assert index[-1] == pytest.approx(size * math.log10(2) - 0.5 * math.log10(math.pi * size / 2), rel=1e-9)


def test_scipy_agrees_where_it_is_precise() -> None:
    f, total, part, size = 25, 120, 900, 9000
    assert index_of(f, total, part, size) == pytest.approx(-hypergeom.logsf(f - 1, size, total, part) / math.log(10))
    assert index_of(3, total, part, size) == pytest.approx(hypergeom.logcdf(3, size, total, part) / math.log(10))


@given(tables())
def test_a_part_and_its_complement_have_opposite_indexes(table) -> None:
    f, total, part, size = table
    assert index_of(total - f, total, size - part, size) == pytest.approx(-index_of(*table), abs=1e-12)


@given(tables())
def test_words_and_parts_may_change_places(table) -> None:
    f, total, part, size = table
    assert index_of(f, part, total, size) == pytest.approx(index_of(*table), abs=1e-12)


@given(tables())
def test_one_occurrence_more_raises_the_index(table) -> None:
    f, total, part, size = table
    if f < min(total, part):
        assert index_of(f + 1, total, part, size) > index_of(*table)


@given(tables())
def test_the_sign_is_that_of_the_comparison_with_the_mode(table) -> None:
    f, total, part, size = table
    ratio = Fraction((total + 1) * (part + 1), size + 2)
    modes = {math.floor(ratio), math.ceil(ratio) - 1}
    if f not in modes:
        assert np.sign(index_of(*table)) == (1 if f > max(modes) else -1)


@given(tables())
def test_at_the_mode_a_word_is_banal(table) -> None:
    _, total, part, size = table
    mode = (total + 1) * (part + 1) // (size + 2)
    assert abs(index_of(mode, total, part, size)) < 0.7


@given(tables())
def test_the_deviance_is_never_negative(table) -> None:
    f, total, part, size = table
    cells = cells_of(f, total=total, part=part, size=size)
    observed = np.array([[f, total - f], [part - f, size - total - part + f]], dtype=float)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / size
    plain = sum(o * math.log(o / e) for o, e in zip(observed.ravel(), expected.ravel(), strict=True) if o)
    assert float(deviances(cells)) == pytest.approx(plain, abs=1e-11)


def test_arrays_give_what_numbers_give() -> None:
    found = specificity_index(cells_of([[3, 0], [2, 1]], total=3, part=5, size=10))
    assert found.tolist() == [
        [index_of(3, 3, 5, 10), index_of(0, 3, 5, 10)],
        [index_of(2, 3, 5, 10), index_of(1, 3, 5, 10)],
    ]


def test_no_word_gives_no_index() -> None:
    assert specificity_index(cells_of([], total=3, part=5, size=10)).tolist() == []
    assert index_of(0, 0, 0, 0) == 0


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), 1.5, "un", None])
def test_what_is_no_whole_number_is_refused(wrong) -> None:
    with pytest.raises(UsageError, match="nombres entiers"):
        cells_of(wrong, total=3, part=5, size=10)


@pytest.mark.parametrize("counts", [(4, 3, 5, 10), (6, 8, 5, 10), (-1, 3, 5, 10), (0, 8, 5, 10), (1, 11, 1, 10)])
def test_counts_that_contradict_each_other_are_refused(counts) -> None:
    f, total, part, size = counts
    with pytest.raises(UsageError, match="impossibles"):
        cells_of(f, total=total, part=part, size=size)


def test_arrays_that_do_not_fit_and_corpora_beyond_measure_are_refused() -> None:
    with pytest.raises(UsageError, match="même longueur"):
        cells_of([1, 2], total=[3, 3, 3], part=5, size=10)
    with pytest.raises(UsageError, match="Trop de mots"):
        cells_of(1, total=3, part=5, size=2**62)


def test_log_likelihood_has_the_sign_of_the_index() -> None:
    cells = cells_of([10, 0], total=[20, 20], part=100, size=1000)
    observed, expected = [10, 10, 90, 890], [2, 18, 98, 882]
    by_hand = 2 * sum(o * math.log(o / e) for o, e in zip(observed, expected, strict=True))
    assert log_likelihood(cells)[0] == pytest.approx(by_hand)
    assert log_likelihood(cells)[1] < 0


def test_log_ratio_counts_half_an_occurrence_for_none() -> None:
    # 10 in 100 against 10 in 900: nine times; 0.5 in 100 against 20 in 900
    cells = cells_of([10, 0], total=[20, 20], part=100, size=1000)
    assert log_ratio(cells).tolist() == pytest.approx([math.log2(9), math.log2(0.005 / (20 / 900))])


def test_log_ratio_is_missing_where_there_is_no_rest() -> None:
    assert np.isnan(log_ratio(cells_of([3, 0], total=3, part=[10, 0], size=10))).all()


def test_adjusted_values_are_those_of_benjamini_and_hochberg() -> None:
    # doubled: 0.002, 0.02, 0.04, 1; times 4 / rank: 0.008, 0.04, 0.0533, 1
    index = -np.log10([0.01, 0.001, 0.9, 0.02])
    assert adjusted(index * [1, -1, 1, 1]).tolist() == pytest.approx([0.04, 0.008, 1, 0.16 / 3])


@given(st.lists(st.floats(-400, 400), min_size=1, max_size=30))
def test_adjusted_values_keep_the_order_and_stay_probabilities(values) -> None:
    index = np.array(values)
    found = adjusted(index)
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found[np.argsort(-np.abs(index), kind="stable")]) >= 0).all()


def test_bonferroni_divides_the_risk_among_both_tails_of_all_tests() -> None:
    assert 10 ** -bonferroni_index(50, alpha=0.05) == pytest.approx(0.0005)
    with pytest.raises(UsageError, match="alpha"):
        bonferroni_index(50, alpha=1.0)
