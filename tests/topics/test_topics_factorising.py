"""Non-negative factorisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import NMF

from innovsoc_analysis.topics import factorising, weighting
from innovsoc_analysis.topics.factorising import factorise
from innovsoc_analysis.topics.weighting import start_from_svd

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _table(seed: int, shape: tuple[int, int] = (40, 60)) -> sp.csr_array:
    generator = np.random.default_rng(seed)
    return sp.csr_array(generator.poisson(0.6, shape) * generator.random(shape))


def _error(table: sp.csr_array, factors: tuple[NDArray[np.float64], NDArray[np.float64]]) -> float:
    return float(((table.toarray() - factors[0] @ factors[1]) ** 2).sum())


def test_a_table_of_two_blocks_is_given_back_exactly() -> None:
    table = np.zeros((5, 6))
    table[:2, :3] = np.outer([1, 2], [3, 1, 2])
    table[2:, 3:] = np.outer([1, 1, 4], [5, 1, 1])
    weights = sp.csr_array(table)
    units, words = factorise(weights, *start_from_svd(weights, 2))
    assert units @ words == pytest.approx(table, abs=1e-9)
    assert (words > 0).sum(axis=1).tolist() == [3, 3]


@settings(max_examples=30)
@given(seed=st.integers(0, 1000), n=st.integers(1, 6))
def test_factors_are_not_negative_and_fit_as_well_as_without_extrapolation(seed: int, n: int) -> None:
    table = _table(seed)
    start = start_from_svd(table, n)
    units, words = factorise(table, *start)
    plain = NMF(n, init="custom", max_iter=150, tol=0).fit(table, W=start[0].copy(), H=start[1].copy())
    assert (units >= 0).all()
    assert (words >= 0).all()
    # each may end in another hollow
    assert _error(table, (units, words)) <= 1.01 * plain.reconstruction_err_**2


def test_it_gets_where_plain_descent_does_in_fewer_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    improved = factorising._improved
    monkeypatch.setattr(factorising, "_improved", lambda *given: steps.append(1) or improved(*given))
    quicker, slower = 0, 0
    for seed in range(5):
        table = _table(seed)
        start = start_from_svd(table, 5)
        reached = _error(table, factorise(table, *start))
        quicker += len(steps) // 2
        steps.clear()
        slower += next(
            n
            for n in range(10, 1000, 10)
            if NMF(5, init="custom", max_iter=n, tol=0)
            .fit(table, W=start[0].copy(), H=start[1].copy())
            .reconstruction_err_
            ** 2
            <= reached
        )
    assert quicker < slower


def test_dense_and_sparse_tables_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    table = _table(3)
    start = start_from_svd(table, 4)
    dense = factorise(table, *start)
    monkeypatch.setattr(weighting, "_SMALL", 0)
    sparse = factorise(table, *start)
    for one, other in zip(dense, sparse, strict=True):
        assert one == pytest.approx(other, abs=1e-6)


def test_a_topic_without_weight_stays_without_and_leaves_the_others_alone() -> None:
    table = _table(1)
    left, right = start_from_svd(table, 3)
    with_dead = np.hstack([left, np.zeros((40, 1))]), np.vstack([right, np.zeros((1, 60))])
    units, words = factorise(table, *with_dead)
    assert not units[:, 3].any()
    assert not words[3].any()
    assert units[:, :3] @ words[:3] == pytest.approx(np.matmul(*factorise(table, left, right)), abs=1e-9)


def test_an_empty_table_has_no_topics() -> None:
    units, words = factorise(sp.csr_array((3, 4)), np.zeros((3, 2)), np.zeros((2, 4)))
    assert not units.any()
    assert not words.any()
