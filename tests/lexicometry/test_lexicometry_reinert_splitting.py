"""One split of Reinert's classification against its definition, computed the long way."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry.classes.axis import first_axis, has_inertia
from innovsoc_analysis.lexicometry.classes.moving import move_units
from innovsoc_analysis.lexicometry.classes.splitting import best_cut, chi_square, keep_terms, split_units

SEEDS = range(25)


def drawn(seed, n_units=14, n_terms=9, share=0.35):
    """Return a table of presences without empty rows and columns."""
    table = np.random.default_rng(seed).random((n_units, n_terms)) < share
    table = table[table.any(axis=1)]
    return table[:, table.any(axis=0)].astype(float)


def chi2_of(table, first):
    """Return χ² of two parts × terms, cell by cell."""
    rows = [table[first].sum(axis=0), table[~first].sum(axis=0)]
    total = sum(map(sum, rows))
    return sum(
        (row[term] - sum(row) * (rows[0][term] + rows[1][term]) / total) ** 2
        / (sum(row) * (rows[0][term] + rows[1][term]) / total)
        for row in rows
        for term in range(table.shape[1])
    )


def moved_by_definition(table, first):
    """Move the best unit until none helps, all χ² being computed from the parts."""
    first = first.copy()
    while True:
        tried = []
        for unit in range(len(table)):
            other = first.copy()
            other[unit] = ~other[unit]
            if other.any() and not other.all():
                tried.append((chi2_of(table, other), table[unit].sum(), not first[unit], unit))
        best = max((value for value, *_ in tried), default=0)
        if best <= chi2_of(table, first) * (1 + 1e-10):
            return first
        unit = min((key for value, *key in tried if value >= best * (1 - 1e-10)))[-1]
        first[unit] = ~first[unit]


def axis_by_definition(table):
    """Return the first axis by the singular values of the standardised residuals."""
    share = table / table.sum()
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    expected = np.outer(rows, columns)
    left, values, _ = np.linalg.svd((share - expected) / np.sqrt(expected), full_matrices=False)
    return left[:, 0] / np.sqrt(rows), values


@pytest.mark.parametrize("seed", SEEDS)
def test_the_axis_is_that_of_the_singular_values(seed):
    table = drawn(seed, 30, 20)
    wanted, values = axis_by_definition(table)
    assert values[0] > values[1] + 1e-6
    found = first_axis(sp.csr_array(table))
    assert abs(np.corrcoef(found, wanted)[0, 1]) == pytest.approx(1, abs=1e-9)


def test_the_axis_of_two_thousand_units_is_that_of_the_singular_values():
    table = drawn(1, 2000, 600, 0.02)
    found, (wanted, _) = first_axis(sp.csr_array(table)), axis_by_definition(table)
    assert abs(np.corrcoef(found, wanted)[0, 1]) == pytest.approx(1, abs=1e-8)


def test_units_alike_have_no_axis():
    assert not has_inertia(sp.csr_array(np.ones((5, 3))))
    assert split_units(sp.csr_array(np.ones((5, 3))), tsj=1) is None


def test_one_unit_with_words_cannot_be_split():
    assert split_units(sp.csr_array(np.array([[1.0, 1], [0, 0]])), tsj=1) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_cut_is_the_best_of_all(seed):
    table = drawn(seed)
    values = [chi2_of(table, np.arange(len(table)) < cut) for cut in range(1, len(table))]
    assert values[best_cut(sp.csr_array(table)) - 1] == pytest.approx(max(values), rel=1e-9)


def test_of_equal_cuts_the_first_is_taken():
    # cutting after one or after three units of four leaves the same table of χ² = 4/3
    table = np.array([[1.0, 0], [0, 1], [1, 0], [0, 1]])
    assert [round(chi2_of(table, np.arange(4) < cut), 9) for cut in (1, 2, 3)] == [1.333333333, 0, 1.333333333]
    assert best_cut(sp.csr_array(table)) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_units_are_moved_as_the_definition_says(seed):
    table = drawn(seed)
    first = np.random.default_rng(seed + 100).random(len(table)) < 0.5
    first[:2] = True, False
    found = move_units(sp.csr_array(table), first)
    assert found.tolist() == moved_by_definition(table, first).tolist()


def test_units_are_moved_alike_when_many_share_few_terms():
    # so large a table that the units of each term are reached one by one, and not through the whole
    table = drawn(3, 4000, 60, 0.05)
    first = np.arange(len(table)) % 2 == 0
    found = move_units(sp.csr_array(table), first)
    counts = np.stack([table[found].sum(axis=0), table[~found].sum(axis=0)])
    best = chi_square(counts)
    assert best > chi_square(np.stack([table[first].sum(axis=0), table[~first].sum(axis=0)]))
    for unit in range(0, len(table), 37):
        step = np.array([-1, 1]) if found[unit] else np.array([1, -1])
        assert chi_square(counts + np.outer(step, table[unit])) <= best * (1 + 1e-10)


def test_moving_never_empties_a_part():
    table = np.ones((3, 2))
    table[0, 0] = 0
    found = move_units(sp.csr_array(table), np.array([True, False, False]))
    assert 0 < found.sum() < 3


def test_terms_are_kept_by_coefficient_and_frequency():
    counts = np.array([[30.0, 10, 2, 8, 0], [2, 10, 30, 6, 2]])
    # 100 presences, 50 in each part; χ² of term 1: (30 - 16)²/16 + (2 - 16)²/16 = 24.5, √(24.5/56.5) = 0.66;
    # terms 2 and 4: 0 and 2·1²/7 = 0.29, √(0.29/14.29) = 0.14; term 5: √(2/4) = 0.71, but too rare
    one, other = keep_terms(counts, cc_test=0.3, tsj=3)
    assert (one.tolist(), other.tolist()) == ([0, 1, 3], [1, 2, 3])
    one, other = keep_terms(counts, cc_test=1.0, tsj=2)
    assert (one.tolist(), other.tolist()) == ([0, 1, 2, 3], [0, 1, 2, 3, 4])


def test_chi_square_by_hand():
    # expected 8·10/16 = 5 and 3 twice: 1/5 + 1/3 + 1/5 + 1/3
    assert chi_square(np.array([[6, 2], [4, 4]])) == pytest.approx(16 / 15)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(2, 8))
def test_a_split_is_a_local_optimum_of_the_height_said(seed, n_units, n_terms):
    table = (np.random.default_rng(seed).random((n_units, n_terms)) < 0.4).astype(float)
    found = split_units(sp.csr_array(table), tsj=1)
    if found is None:
        # all that hold anything hold the same
        assert len({tuple(row) for row in table.tolist() if any(row)}) <= 1
        return
    filled = table.any(axis=1)
    assert (found.side[~filled] == 0).all()
    assert set(found.side[filled].tolist()) == {1, 2}
    used = table[filled][:, table.any(axis=0)]
    first = found.side[filled] == 1
    assert found.height == pytest.approx(chi2_of(used, first), rel=1e-9)
    assert moved_by_definition(used, first).tolist() == first.tolist()
    assert first.sum() * 2 > len(first) or (first.sum() * 2 == len(first) and first[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_split_is_hardly_under_the_best_of_all_splits(seed):
    table = drawn(seed, 9, 7)
    found = split_units(sp.csr_array(table), tsj=1)
    choices = itertools.product([True, False], repeat=len(table) - 1)
    best = max(chi2_of(table, np.array([True, *rest])) for rest in choices if not all(rest))
    assert found.height <= best * (1 + 1e-9)
    assert found.height >= 0.7 * best
    assert math.isfinite(found.height)
