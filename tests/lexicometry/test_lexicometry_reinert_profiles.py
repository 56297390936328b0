"""What is computed on classes: χ² of words, classes found again, corrected probabilities, trees."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from innovsoc_analysis.lexicometry.classes.classifying import Settings, branches, classify
from innovsoc_analysis.lexicometry.classes.profiles import signed_chi2
from innovsoc_analysis.lexicometry.classes.refinding import jaccard


def test_chi2_of_a_table_of_four_cells_is_that_worked_out_by_hand() -> None:
    # 30 of 40 units of the class hold the word, 10 of the 60 others: 100 (30·50 − 10·10)² / (40·60·40·60)
    assert signed_chi2(30, holding=40, size=40, total=100) == pytest.approx(100 * 1400**2 / (40 * 60 * 40 * 60))
    # as many as expected: nothing
    assert signed_chi2(4, holding=10, size=40, total=100) == 0
    # a word that all units hold, or none, and a class of all units: nothing to compare
    assert signed_chi2([40, 0, 10], holding=[100, 0, 10], size=[40, 40, 100], total=100).tolist() == [0, 0, 0]


@given(cells=st.lists(st.integers(1, 500), min_size=4, max_size=4))
def test_signed_chi2_is_pearsons_and_turns_its_sign_for_the_other_class(cells) -> None:
    a, b, c, d = cells
    found = float(signed_chi2(a, holding=a + c, size=a + b, total=sum(cells)))
    assert abs(found) == pytest.approx(chi2_contingency([[a, b], [c, d]], correction=False).statistic, abs=1e-9)
    assert float(signed_chi2(c, holding=a + c, size=c + d, total=sum(cells))) == pytest.approx(-found, abs=1e-9)
    assert np.sign(found) == np.sign(a * d - b * c)


@given(labels=st.lists(st.integers(0, 4), min_size=1, max_size=40), shift=st.integers(1, 4))
def test_a_partition_is_found_whole_in_itself_however_classes_are_numbered(labels, shift) -> None:
    one = np.array(labels)
    renumbered = np.where(one > 0, (one + shift) % 5 + 1, 0)
    found = jaccard(one, renumbered)
    assert np.array_equal(np.isnan(found), np.bincount(one, minlength=one.max() + 1)[1:] == 0)
    assert (found[~np.isnan(found)] == 1).all()


def test_a_class_that_no_class_meets_is_lost() -> None:
    assert jaccard(np.array([1, 1, 2]), np.array([0, 0, 1])).tolist() == [0, 1]
    assert jaccard(np.array([1, 1]), np.array([0, 0])).tolist() == [0]


def test_the_tree_above_fewer_classes_leaves_out_the_last_splits() -> None:
    units = sp.csr_array(np.repeat(np.eye(4), [40, 30, 20, 12], axis=0))
    made = classify(units, np.zeros(102, dtype=int), Settings(n_classes=4))
    four, two = branches(made, 4), branches(made, 2)
    assert two == [(0, 1, pytest.approx(made.heights[0]))]
    assert [height for _, _, height in four] == pytest.approx(np.cumsum(made.heights[::-1]))
    # each class and each branching but the last is joined once
    assert sorted(end for row in four for end in row[:2]) == list(range(6))
