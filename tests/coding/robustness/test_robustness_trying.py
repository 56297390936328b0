"""A conclusion in every universe: sizes, intervals, influence, chance, shares of variance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.coding.robustness.claims import parse_claims
from innovsoc_analysis.coding.robustness.decomposing import variance_shares
from innovsoc_analysis.coding.robustness.trying import Trial

_GROUPS = np.array(["x"] * 4 + ["y"] * 4, dtype=object)


def _trial(written: str, parts: list[float], *, measure: str = "ratio", wholes: list[float] | None = None) -> Trial:
    (claim,) = parse_claims(written)
    return Trial(
        claim,
        measure,  # type: ignore[arg-type]
        np.array([parts], dtype=float),
        np.array([wholes or [1.0] * 8]),
        np.array([1.0]),
        _GROUPS,
    )


def test_a_ratio_has_half_a_unit_more_on_either_side() -> None:
    found = _trial("c : x > y", [1, 1, 1, 0, 1, 0, 0, 0])
    # 3.5 of 5 against 1.5 of 5
    assert found.scores.tolist() == pytest.approx([np.log2(3.5 / 1.5)])
    assert [share.tolist() for share in found.shares] == [[75], [25]]


def test_a_difference_is_in_points_and_signed() -> None:
    assert _trial("c : y > x", [1, 1, 1, 0, 1, 0, 0, 0], measure="difference").scores.tolist() == [-50]


def test_a_share_is_compared_with_the_smoothed_share() -> None:
    found = _trial("c : x > 50 %", [1, 1, 1, 0, 0, 0, 0, 0])
    assert found.scores.tolist() == pytest.approx([np.log2(0.7 / 0.5)])
    assert found.by_chance.size == 0


def test_without_a_document_the_score_is_that_of_the_others() -> None:
    found = _trial("c : x > y", [1, 1, 1, 0, 1, 0, 0, 0], measure="difference").without_each[0]
    # x without a document that carries the code: 2 of 3; without the one that does not: 3 of 3
    assert found[:4].tolist() == pytest.approx([100 * 2 / 3 - 25] * 3 + [75])
    assert found[4:].tolist() == pytest.approx([75] + [75 - 100 / 3] * 3)


def test_a_document_that_is_not_compared_has_no_influence() -> None:
    (claim,) = parse_claims("c : x > 50 %")
    trial = Trial(claim, "difference", np.ones((1, 8)), np.ones((1, 8)), np.ones(1), _GROUPS)
    assert np.isnan(trial.without_each[0, 4:]).all()


def test_where_all_documents_of_a_group_are_alike_the_interval_is_a_point() -> None:
    low, high = _trial("c : x > y", [1, 1, 1, 1, 0, 0, 0, 0], measure="difference").intervals
    assert (low[0], high[0]) == (100, 100)


def test_the_interval_is_that_of_documents_drawn_again() -> None:
    parts = [1.0] * 50 + [0.0] * 50 + [0.0] * 100
    (claim,) = parse_claims("c : x > y")
    groups = np.array(["x"] * 100 + ["y"] * 100, dtype=object)
    trial = Trial(claim, "difference", np.array([parts]), np.ones((1, 200)), np.ones(1), groups)
    low, high = trial.intervals
    # a share of one half of 100 has a standard error of 5 points
    assert (low[0], high[0]) == (pytest.approx(50 - 1.98 * 5, abs=1.5), pytest.approx(50 + 1.98 * 5, abs=1.5))


def test_a_universe_that_leaves_a_document_out_draws_the_others_alone() -> None:
    trial = _trial("c : x > y", [1, 1, 1, 0, 0, 0, 0, 0], measure="difference", wholes=[1, 1, 1, 0, 1, 1, 1, 1])
    low, high = trial.intervals
    assert (trial.scores[0], low[0], high[0]) == (100, 100, 100)


def test_dealing_out_the_groups_anew_centres_on_no_difference() -> None:
    drawn = _trial("c : x > y", [1, 1, 1, 1, 0, 0, 0, 0], measure="difference").by_chance[0]
    assert abs(drawn.mean()) < 5
    # 2 of the 70 ways to deal out eight documents part them as they were, or the other way round
    assert (np.abs(drawn) == 100).mean() == pytest.approx(2 / 70, abs=0.02)


def test_the_variance_of_choices_that_only_add_up_is_shared_between_them() -> None:
    grid = pd.DataFrame([(a, b, "same") for a in "pq" for b in "rs"], columns=["a", "b", "c"])
    found = variance_shares(grid, np.array([0.0, 1.0, 3.0, 4.0]))
    # effects of 3 and 1: variances 9/4 and 1/4
    assert found["alone"].to_dict() == pytest.approx({"a": 90, "b": 10})
    assert found["total"].to_dict() == pytest.approx({"a": 90, "b": 10})


def test_what_two_choices_do_together_counts_in_the_total_of_both() -> None:
    grid = pd.DataFrame([(a, b) for a in "pq" for b in "rs"], columns=["a", "b"])
    found = variance_shares(grid, np.array([1.0, 0.0, 0.0, 1.0]))
    assert found["alone"].to_dict() == {"a": 0, "b": 0}
    assert found["total"].to_dict() == {"a": 100, "b": 100}


def test_where_nothing_varies_no_choice_has_a_share() -> None:
    grid = pd.DataFrame({"a": ["p", "q"]})
    assert variance_shares(grid, np.array([2.0, 2.0])).loc["a"].tolist() == [0, 0]
