"""Precision, recall, F1 and their intervals against what naive loops over sentences give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.coding.evaluation.counting import (
    Counts,
    draw_weights,
    f1,
    interval,
    macro_f1,
    macro_precision,
    macro_recall,
    micro_f1,
    precision,
    recall,
)

# two passages, of three sentences and one; three codes, the last of which nobody uses
LABELS = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [1, 0, 0]], bool)
CODED = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 0]], bool)
PASSAGES = np.array([0, 0, 0, 1])
COUNTS = Counts.of(LABELS, CODED, PASSAGES)
NAN = float("nan")


def counts_of(right, wrong, missed):
    return Counts(*(np.array([row], dtype=float) for row in (right, wrong, missed)))


def values(array):
    return pytest.approx(array, nan_ok=True)


def naive_macro_f1(labels, coded):
    """Return the mean over codes of F1, codes that nobody uses left out."""
    scores = []
    for truth, said in zip(zip(*labels, strict=True), zip(*coded, strict=True), strict=True):
        right = sum(a and b for a, b in zip(truth, said, strict=True))
        if sum(truth) + sum(said):
            scores.append(2 * right / (sum(truth) + sum(said)))
    return sum(scores) / len(scores) if scores else NAN


def test_codings_are_counted_by_passage_and_code():
    assert COUNTS.right.tolist() == [[1, 1, 0], [1, 0, 0]]
    assert COUNTS.wrong.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert COUNTS.missed.tolist() == [[1, 1, 0], [0, 0, 0]]
    assert [table.tolist() for table in COUNTS.total()] == [[[2, 1, 0]], [[1, 1, 0]], [[1, 1, 0]]]
    assert [table.tolist() for table in COUNTS.only([1]).total()] == [[[1]], [[1]], [[1]]]
    assert COUNTS.weighted(np.array([[0.0, 3.0], [2.0, 1.0]])).right.tolist() == [[3, 0, 0], [3, 2, 0]]


def test_figures_by_hand_and_not_a_number_where_there_is_nothing_to_find():
    total = COUNTS.total()
    assert precision(total)[0].tolist() == values([2 / 3, 1 / 2, NAN])
    assert recall(total)[0].tolist() == values([2 / 3, 1 / 2, NAN])
    assert f1(total)[0].tolist() == values([2 / 3, 1 / 2, NAN])
    assert macro_f1(total).tolist() == values([7 / 12])
    assert micro_f1(total).tolist() == values([6 / 10])


def test_precision_recall_and_f1_differ_as_they_should():
    # two right; then six wrong and none missed, or the reverse
    counts = counts_of([2, 2], [6, 0], [0, 6])
    assert precision(counts)[0].tolist() == [0.25, 1]
    assert recall(counts)[0].tolist() == [1, 0.25]
    assert f1(counts)[0].tolist() == [0.4, 0.4]


def test_a_code_that_is_never_given_though_it_should_be_has_no_precision_and_lowers_the_mean():
    counts = counts_of([3, 0, 0], [1, 0, 0], [0, 2, 0])
    assert precision(counts)[0].tolist() == values([0.75, NAN, NAN])
    assert macro_precision(counts).tolist() == [0.375]
    assert macro_recall(counts).tolist() == [0.5]
    assert f1(counts)[0].tolist() == values([6 / 7, 0, NAN])


def test_a_code_that_is_only_given_wrongly_has_no_recall_and_an_f1_of_nothing():
    counts = counts_of([1, 0], [0, 4], [0, 0])
    assert recall(counts)[0].tolist() == values([1, NAN])
    assert f1(counts)[0].tolist() == [1, 0]
    assert macro_f1(counts).tolist() == [0.5]
    assert micro_f1(counts).tolist() == values([1 / 3])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.booleans()] * 4), min_size=1, max_size=12))
def test_macro_and_micro_f1_are_those_of_naive_loops(rows):
    labels, coded = [row[:2] for row in rows], [row[2:] for row in rows]
    total = Counts.of(np.array(labels), np.array(coded), np.zeros(len(rows), dtype=int)).total()
    assert macro_f1(total).tolist() == values([naive_macro_f1(labels, coded)])
    flat = [[(cell,) for row in table for cell in row] for table in (labels, coded)]
    assert micro_f1(total).tolist() == values([naive_macro_f1(*flat)])


def test_each_resample_draws_as_many_passages_as_there_are():
    weights = draw_weights(7, random_state=3, n=200)
    assert weights.shape == (200, 7)
    assert set(weights.sum(axis=1)) == {7}
    assert weights.mean() == 1
    assert len(np.unique(weights, axis=0)) > 150
    np.testing.assert_array_equal(weights, draw_weights(7, random_state=3, n=200))
    assert (weights != draw_weights(7, random_state=4, n=200)).any()


def test_the_interval_is_that_of_sentences_drawn_passage_by_passage():
    rng = np.random.default_rng(1)
    labels, coded = rng.random((30, 3)) < 0.4, rng.random((30, 3)) < 0.5
    passages = np.repeat(np.arange(8), [1, 2, 3, 4, 5, 6, 7, 2])
    drawn = np.random.default_rng(5).integers(0, 8, (1000, 8))
    naive = []
    for sample in drawn:
        rows = [row for passage in sample for row in np.flatnonzero(passages == passage)]
        naive.append(naive_macro_f1(labels[rows].tolist(), coded[rows].tolist()))
    found = interval(Counts.of(labels, coded, passages), macro_f1, draw_weights(8, random_state=5))
    assert found.tolist() == pytest.approx(np.percentile(naive, [2.5, 97.5]).tolist())


def test_of_what_there_is_none_of_there_is_no_interval_and_no_warning():
    bounds = interval(COUNTS, f1, draw_weights(2, n=50))
    assert np.isnan(bounds[:, 2]).all()
    assert (bounds[0, :2] <= bounds[1, :2]).all()


def test_no_sentence_counts_nothing():
    nothing = np.zeros((0, 2), bool)
    total = Counts.of(nothing, nothing, np.zeros(0, dtype=int)).total()
    assert [table.tolist() for table in total] == [[[0, 0]]] * 3
    assert np.isnan(macro_f1(total)).all()
