"""Ridge regression against the closed form in the space of features, and scores of examples left out."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.coding.learning.features import Features
from innovsoc_analysis.coding.learning.ridge import Linear, fit_ridge, out_of_fold

TABLE = np.array([[1, 0, 2, 0.5], [0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 3, 2], [2, 0, 0, 1], [0, 0, 1, 0]], np.float32)
LABELS = np.array([[1, 0], [0, 0.25], [1, 1], [0, 1], [1, 0], [0, 0]], np.float32)
FOLDS = np.array([0, 0, 1, 1, 2, 2])


def features_of(table):
    """Return the first two columns as sparse features, the others as dense ones."""
    return Features(sp.csr_matrix(table[:, :2]), table[:, 2:])


def closed_form(table, labels, penalty):
    """Return the weights (XᵀX + λI)⁻¹ Xᵀ(y - ȳ) and the constant ȳ."""
    table, labels = table.astype(float), labels.astype(float)
    square = table.T @ table + penalty * np.eye(table.shape[1])
    return np.linalg.inv(square) @ table.T @ (labels - labels.mean(axis=0)), labels.mean(axis=0)


@pytest.mark.parametrize("penalty", [0.1, 1.0, 3.5, 100.0])
def test_weights_are_those_of_the_closed_form(penalty):
    weights, bias = closed_form(TABLE, LABELS, penalty)
    model = fit_ridge(features_of(TABLE), LABELS, penalty=penalty)
    np.testing.assert_allclose(model.weights, weights, atol=1e-5)
    np.testing.assert_allclose(model.bias, bias, atol=1e-6)


def test_two_examples_by_hand():
    # labels less their mean: ½ and -½; the only feature sees the first: w = (1² + 1)⁻¹ · ½
    model = fit_ridge(features_of(np.array([[1, 0, 0], [0, 0, 0]], np.float32)), np.array([[1.0], [0.0]]), penalty=1)
    assert model.weights.ravel().tolist() == pytest.approx([0.25, 0, 0])
    assert model.bias.tolist() == [0.5]
    others = features_of(np.array([[1, 0, 0], [0, 9, 9], [-2, 0, 0]], np.float32))
    assert model(others).ravel().tolist() == pytest.approx([0.75, 0.5, 0], abs=1e-6)


def test_a_linear_function_adds_its_constant_to_sparse_and_dense_products():
    linear = Linear(np.array([[1, 0], [2, 0], [4, 1], [8, 1]], np.float32), np.array([100, 0], np.float32))
    assert linear(features_of(TABLE))[:2].tolist() == [[1 + 8 + 4 + 100, 2.5], [2 + 8 + 100, 1]]


def test_products_and_sums_of_rows_are_those_of_the_whole_table():
    features = features_of(TABLE)
    np.testing.assert_allclose(features.products(), TABLE @ TABLE.T)
    np.testing.assert_allclose(features.combine(LABELS), TABLE.T @ LABELS)
    np.testing.assert_allclose(features.apply(TABLE.T), TABLE @ TABLE.T)


def test_out_of_fold_scores_are_those_of_regressions_on_the_other_folds():
    scores = out_of_fold(features_of(TABLE), LABELS, FOLDS, penalty=0.7)
    for fold in range(3):
        weights, bias = closed_form(TABLE[fold != FOLDS], LABELS[fold != FOLDS], 0.7)
        np.testing.assert_allclose(scores[fold == FOLDS], TABLE[fold == FOLDS] @ weights + bias, atol=1e-5)


@pytest.mark.parametrize("fold", [0, 1, 2])
def test_the_labels_of_a_fold_change_no_score_within_it_and_those_of_the_others(fold):
    changed = LABELS.copy()
    changed[fold == FOLDS] = 1 - changed[fold == FOLDS]
    before, after = (out_of_fold(features_of(TABLE), one, FOLDS, penalty=0.7) for one in (LABELS, changed))
    np.testing.assert_array_equal(before[fold == FOLDS], after[fold == FOLDS])
    assert (np.abs(before - after)[fold != FOLDS].max(axis=1) > 0.001).all()


def test_folds_may_come_in_any_order_and_have_any_number():
    order = np.array([5, 0, 3, 2, 4, 1])
    scores = out_of_fold(features_of(TABLE), LABELS, FOLDS, penalty=0.7)
    shuffled = out_of_fold(features_of(TABLE[order]), LABELS[order], 10 * FOLDS[order], penalty=0.7)
    np.testing.assert_allclose(shuffled, scores[order], atol=1e-6)
