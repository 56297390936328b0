"""Correspondence analysis in arrays: a published example, and what holds for any table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innovsoc_analysis.lexicometry.factors import CorrespondenceAnalysis, computing
from innovsoc_analysis.model.errors import UsageError

# smoking habits of staff groups: Greenacre (1984), Theory and Applications of Correspondence Analysis, p. 55
STAFF = [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]]


@st.composite
def tables(draw):
    shape = draw(st.integers(2, 7)), draw(st.integers(2, 6))
    counts = draw(arrays(np.int64, shape, elements=st.integers(0, 40)))
    # every row and column holds something, and the first rows are not proportional
    return counts + np.eye(*shape, dtype=np.int64) * 7 + (np.arange(shape[0])[:, None] == 0) + 1


def fitted(table, n_components=10):
    return CorrespondenceAnalysis(n_components).fit(table)


def same(one, other, tolerance=1e-8):
    np.testing.assert_allclose(one, other, atol=tolerance, rtol=1e-6)


def test_principal_inertias_are_those_published_for_the_smoking_data():
    analysis = fitted(STAFF)
    assert analysis.eigenvalues_.round(4).tolist() == [0.0748, 0.0100, 0.0004]
    assert round(analysis.inertia_, 4) == 0.0852
    assert (100 * analysis.shares_).round(1).tolist() == [87.8, 11.8, 0.5]


def test_coordinates_are_those_published_for_the_smoking_data_up_to_the_sign_of_axis_1():
    analysis = fitted(STAFF)
    rows = [[0.066, 0.194], [-0.259, 0.243], [0.381, 0.011], [-0.233, -0.058], [0.201, -0.079]]
    columns = [[0.393, 0.030], [-0.099, -0.141], [-0.196, -0.007], [-0.294, 0.198]]
    assert analysis.rows_.coordinates[:, :2].round(3).tolist() == rows
    assert analysis.columns_.coordinates[:, :2].round(3).tolist() == columns


def test_contributions_and_squared_cosines_are_those_published_for_the_smoking_data():
    analysis = fitted(STAFF)
    assert (1000 * analysis.rows_.contributions[:, 0]).round().tolist() == [3, 84, 512, 331, 70]
    assert (1000 * analysis.rows_.contributions[:, 1]).round().tolist() == [214, 551, 3, 152, 81]
    assert (1000 * analysis.columns_.contributions[:, 0]).round().tolist() == [654, 31, 166, 150]
    assert (1000 * analysis.rows_.cos2[:, :2].sum(axis=1)).round().tolist() == [893, 991, 1000, 1000, 999]


def test_two_groups_without_a_word_in_common_are_at_one_and_minus_one():
    analysis = fitted([[5, 0], [0, 5]])
    assert analysis.eigenvalues_.tolist() == pytest.approx([1.0])
    same(analysis.columns_.coordinates, [[1.0], [-1.0]])
    same(analysis.rows_.coordinates, [[1.0], [-1.0]])


@settings(deadline=None, max_examples=60)
@given(tables())
def test_the_inertia_is_chi_squared_by_n_and_the_axes_share_all_of_it(table):
    analysis = fitted(table)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    chi2 = ((table - expected) ** 2 / expected).sum()
    assert analysis.inertia_ == pytest.approx(chi2 / table.sum())
    assert analysis.spectrum_.sum() == pytest.approx(analysis.inertia_)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_the_transition_formulas_lead_from_rows_to_columns_and_back(table):
    analysis = fitted(table)
    profiles = table / table.sum(axis=1, keepdims=True)
    same(profiles @ analysis.columns_.standard, analysis.rows_.coordinates, 1e-6)
    profiles = (table / table.sum(axis=0)).T
    same(profiles @ analysis.rows_.standard, analysis.columns_.coordinates, 1e-6)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_contributions_sum_to_one_on_each_axis_and_squared_cosines_over_all_axes(table):
    analysis = fitted(table)
    for cloud in (analysis.rows_, analysis.columns_):
        same(cloud.contributions.sum(axis=0), 1)
        same(cloud.masses @ cloud.coordinates, 0, 1e-7)
        far = cloud.distances > 1e-9
        same(cloud.cos2[far].sum(axis=1), 1, 1e-5)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_a_supplementary_copy_of_an_active_point_falls_on_it(table):
    analysis = fitted(table)
    same(analysis.transform(table), analysis.rows_.coordinates, 1e-6)
    projected = analysis.project(3 * table, as_columns=True)
    same(projected.coordinates, analysis.columns_.coordinates, 1e-6)
    same(projected.distances, analysis.columns_.distances)


@settings(deadline=None, max_examples=60)
@given(tables(), st.integers(2, 1000))
def test_multiplying_the_table_changes_nothing(table, times):
    one, other = fitted(table), fitted(table * times)
    same(one.spectrum_, other.spectrum_)
    same(one.rows_.distances, other.rows_.distances)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_splitting_a_row_into_proportional_ones_changes_no_axis(table):
    split = np.vstack([table, 2 * table[:1]])
    merged = np.vstack([3 * table[:1], table[1:]])
    one, other = fitted(merged), fitted(split)
    same(one.inertia_, other.inertia_)
    same(one.columns_.distances, other.columns_.distances)
    same(one.spectrum_, other.spectrum_[: len(one.spectrum_)])
    same(other.rows_.coordinates[0], other.rows_.coordinates[-1], 1e-6)


@settings(deadline=None, max_examples=40)
@given(tables())
def test_the_column_that_contributes_most_to_an_axis_is_on_its_positive_side(table):
    columns = fitted(table).columns_
    largest = columns.contributions.argmax(axis=0)
    places = columns.contributions.max(axis=0)
    tied = (columns.contributions >= places * (1 - 1e-8)).sum(axis=0) > 1
    positive = columns.coordinates[largest, np.arange(len(largest))] > 0
    assert (positive | tied).all()


def test_rows_and_columns_of_zeros_are_left_out():
    table = np.zeros((7, 5))
    table[np.ix_([0, 1, 3, 4, 6], [0, 1, 3, 4])] = STAFF
    analysis = fitted(table)
    assert analysis.rows_.kept.tolist() == [0, 1, 3, 4, 6]
    assert analysis.columns_.kept.tolist() == [0, 1, 3, 4]
    same(analysis.rows_.coordinates, fitted(STAFF).rows_.coordinates)


def test_a_point_at_the_centre_has_no_squared_cosine_rather_than_a_missing_one():
    analysis = fitted([[4, 0], [0, 4], [3, 3]])
    assert analysis.rows_.cos2.round(9).tolist() == [[1], [1], [0]]


def test_more_axes_than_there_are_give_those_there_are_and_fewer_keep_the_inertia_of_all():
    assert fitted(STAFF, 40).rows_.coordinates.shape == (5, 3)
    one = fitted(STAFF, 1)
    assert one.rows_.coordinates.shape == (5, 1)
    assert len(one.spectrum_) == 3
    assert one.shares_[0] == pytest.approx(0.8776, abs=1e-4)


def test_arrays_tables_and_sparse_arrays_give_the_same():
    expected = fitted(STAFF).rows_.coordinates
    for given_table in (pd.DataFrame(STAFF), sp.csr_array(np.array(STAFF)), sp.coo_matrix(np.array(STAFF))):
        assert fitted(given_table).rows_.coordinates.tolist() == expected.tolist()


def test_a_large_table_whose_first_axes_alone_are_computed_has_the_same_ones(monkeypatch):
    rng = np.random.default_rng(3)
    table = rng.poisson(rng.gamma(0.4, 2, (300, 40)))
    exact = fitted(table, 4)
    monkeypatch.setattr(computing, "_MOST_CELLS", 0)
    first = fitted(table, 4)
    assert len(exact.spectrum_) == 39
    assert len(first.spectrum_) == 4
    assert first.n_axes_ == 39
    assert first.inertia_ == exact.inertia_
    same(first.rows_.coordinates, exact.rows_.coordinates)
    same(first.columns_.standard, exact.columns_.standard)
    assert fitted(table, 4).rows_.coordinates.tobytes() == first.rows_.coordinates.tobytes()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([[1, 2]], "au moins deux lignes et deux colonnes"),
        ([[1], [2]], "au moins deux lignes et deux colonnes"),
        ([[0, 0], [0, 0]], "au moins deux lignes et deux colonnes"),
        (np.zeros((0, 3)), "au moins deux lignes et deux colonnes"),
        ([[1, 2], [2, 4]], "même profil"),
        ([[1, np.nan], [2, 4]], "vides ou infinies"),
        ([[1, np.inf], [2, 4]], "vides ou infinies"),
        ([[1, -1], [2, 4]], "négatifs"),
        ([["a", "b"], ["c", "d"]], "autre chose que des nombres"),
        ([1, 2, 3], "deux dimensions"),
        ([[1e300, 1], [2, 1e300]], "démesurés"),
    ],
)
def test_a_table_that_cannot_be_analysed_is_refused_in_one_sentence(table, said):
    with pytest.raises(UsageError, match=said):
        fitted(table)


def test_fewer_than_one_axis_is_refused():
    with pytest.raises(UsageError, match="au moins un axe"):
        fitted(STAFF, 0)


def test_supplementary_points_that_do_not_fit_are_refused():
    analysis = fitted(STAFF)
    with pytest.raises(UsageError, match="4 nombres attendus, 3 donnés"):
        analysis.transform([[1, 2, 3]])
    with pytest.raises(UsageError, match="retirez-le"):
        analysis.transform([[0, 0, 0, 0]])


def test_a_supplementary_point_is_where_its_profile_says():
    analysis = fitted(STAFF)
    profile = np.array([0.42, 0.29, 0.20, 0.09])
    same(analysis.transform([[42, 29, 20, 9]])[0], profile @ analysis.columns_.standard)
    masses = np.array([61, 45, 62, 25]) / 193
    same(analysis.project([[42, 29, 20, 9]]).distances, [((profile - masses) ** 2 / masses).sum()])
