"""From scores to probabilities and thresholds: shares, slopes and F1 worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from innovsoc_analysis.coding.learning.calibration import choose_thresholds, fit_logistic, logit, sigmoid


def column(*values):
    return np.array(values, dtype=float).reshape(-1, 1)


def thresholds(positives, negatives):
    """Return the thresholds of one code, from the probabilities of sentences with it and without."""
    labels = column(*[1] * len(positives), *[0] * len(negatives))
    return [round(float(value[0]), 6) for value in choose_thresholds(column(*positives, *negatives), labels)]


def test_log_odds_and_probabilities_by_hand():
    assert logit(np.array([0.5, 0.75, 0.1])) == pytest.approx([0, math.log(3), -math.log(9)])
    assert sigmoid(np.array([0.0, math.log(3), -math.log(9)])) == pytest.approx([0.5, 0.75, 0.1])


def test_certainty_has_bounded_log_odds_and_no_overflow():
    most = math.log((1 - 1e-6) / 1e-6)
    assert logit(np.array([0.0, 1.0])) == pytest.approx([-most, most])
    low, high = sigmoid(np.array([-1e9, 1e9]))
    assert 0 < low < 1e-12 < 1 - 1e-12 < high <= 1


def test_unpenalised_regression_finds_the_shares_of_both_groups():
    # of four sentences at 0, one carries the code; of four at 1, three do
    labels = np.array([0, 0, 0, 1, 0, 1, 1, 1])
    slope, constant = fit_logistic(column(0, 0, 0, 0, 1, 1, 1, 1), labels, strength=1e6)
    assert (slope, constant) == pytest.approx((2 * math.log(3), -math.log(3)), abs=1e-3)


def test_the_penalty_shortens_the_slope_to_where_the_gradient_is_nil():
    scores, labels = column(0.1, 0.2, 0.3, 0.9, 0.7, 0.8), np.array([0, 0, 1, 0, 1, 1])
    weights = fit_logistic(scores, labels)
    miss = sigmoid(scores[:, 0] * weights[0] + weights[1]) - labels
    assert miss.sum() == pytest.approx(0, abs=1e-3)  # the constant is free
    assert miss @ scores[:, 0] + weights[0] == pytest.approx(0, abs=1e-3)  # the slope is not
    assert weights[0] < fit_logistic(scores, labels, strength=100)[0]


@pytest.mark.parametrize(("label", "odds"), [(0, 0.5 / 4.5), (1, 4.5 / 0.5)])
def test_a_code_that_no_or_each_sentence_carries_has_no_slope_and_a_smoothed_share(label, odds):
    weights = fit_logistic(np.arange(8.0).reshape(4, 2), np.full(4, label))
    assert weights.tolist() == pytest.approx([0, 0, math.log(odds)])


def test_the_cut_is_the_middle_of_the_thresholds_that_part_all_sentences():
    # F1 is 1 at 0.22, 0.24 … 0.70, the last of the grid
    low, cut, sure = thresholds([0.9, 0.8], [0.21, 0.1])
    assert (low, cut, sure) == (0.23, 0.46, 0.46)


def test_sure_is_the_lowest_threshold_of_85_percent_precision():
    # up to 0.31: 5 right, 1 wrong, F1 10/11 but precision 5/6; above 0.37: 2 right, F1 4/7
    low, cut, sure = thresholds([0.65, 0.55, 0.35, 0.33, 0.31], [0.37, 0.11, 0.09])
    assert (low, cut, sure) == (0.105, 0.21, 0.38)


def test_a_code_that_is_never_precise_is_sure_from_90_percent_on():
    # below 0.5 one right and two wrong, above none is right
    assert thresholds([0.5], [0.61, 0.65, 0.05]) == [0.14, 0.28, 0.9]


def test_a_code_without_example_takes_the_thresholds_of_the_average_code():
    one = column(0.65, 0.55, 0.35, 0.33, 0.31, 0.37, 0.11, 0.09)
    labels = column(1, 1, 1, 1, 1, 0, 0, 0)
    both = choose_thresholds(np.hstack([one, 0 * one]), np.hstack([labels, 0 * labels]))
    for values, alone in zip(both, choose_thresholds(one, labels), strict=True):
        assert values.tolist() == [alone[0], alone[0]]


def test_two_sentences_weigh_less_than_the_average_of_all_codes():
    # alone, the rare code is cut between its sentences, at 0.62 … 0.70; with twice the average added,
    # 22 right and 2 wrong of 22 up to 0.31 (F1 44/46) are better than 2 right of 22 above (F1 4/24)
    common = column(*[0.31] * 20, *[0.11] * 5, 0)
    rare = column(0.9, 0.61, *[0] * 24)
    labels = np.hstack([common > 0.2, rare > 0.7]).astype(float)
    assert thresholds([0.9], [0.61, 0])[1] == 0.66
    assert choose_thresholds(np.hstack([common, rare]), labels).cut.tolist() == pytest.approx([0.21, 0.21])
