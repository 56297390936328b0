"""From evidence to probabilities: which rules fired, and nothing coded out of the field."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from innovsoc_analysis.coding.learning.scoring import (
    Evidence,
    combined_probabilities,
    firings_of,
    learned_probabilities,
)
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.study.corpus import corpus_from_sentences

IN, OUT = -9.0, 9.0  # scores of being out of the field, far from any threshold


def evidence_of_two(off):
    """Return the evidence of two sentences and codes: log-odds 0 and ln 3, then -ln 3 and 0."""
    odds = np.array([[0, math.log(3)], [-math.log(3), 0]])
    return Evidence(None, odds, np.zeros((2, 2)), np.zeros((2, 2)), np.array(off).reshape(-1, 1))


def test_motifs_count_as_rules_and_not_as_indicators(mini_book):
    sentences = ["Ils restent sans toit.", "Ils manquent d'un atelier.", "On reste sans voix, on manque d'air."]
    units = next(iter(units_of(corpus_from_sentences({"a": sentences}), "phrase")))
    firings = firings_of(RuleCoder(mini_book).matches_of(units), mini_book.code_ids)
    assert mini_book.code_ids[:3] == ("besoin", "argent", "lieu")
    assert firings.rules.tolist() == [[1, 0, 0, 0, 0], [1, 0, 1, 0, 0], [1, 0, 0, 0, 0]]
    assert firings.indicators.tolist() == [[0, 0, 0, 0, 0], [1, 0, 1, 0, 0], [1, 0, 0, 0, 0]]


def test_no_sentence_has_no_firing(mini_book):
    assert [table.shape for table in firings_of([], mini_book.code_ids)] == [(0, 5), (0, 5)]


def test_the_learner_says_its_calibrated_odds_within_the_field_and_nothing_outside():
    likely = learned_probabilities(evidence_of_two([IN, OUT]))
    assert likely[0].tolist() == pytest.approx([0.5, 0.75])
    assert (likely[1] < 1e-6).all()


def test_the_combined_coder_says_nothing_outside_the_field(mini_model):
    inside, outside = (combined_probabilities(mini_model, evidence_of_codes(off)) for off in (IN, OUT))
    assert (outside < 1e-6).all()
    assert (inside > 1e-6).all()


def test_the_combined_coder_believes_the_learner_and_the_rules(mini_model):
    # the same sentence, likelier for the learner; then with a rule fired too
    model = replace(mini_model, stack=np.array([1, math.log(2), 0, 0, 0, 0, 0]))
    unlikely, likely, ruled = (
        combined_probabilities(model, evidence_of_codes(IN, odds=odds, fired=fired))
        for odds, fired in ((0, 0), (math.log(3), 0), (math.log(3), 1))
    )
    assert unlikely.ravel().tolist() == pytest.approx([1 / 2] * 5)
    assert likely.ravel().tolist() == pytest.approx([3 / 4] * 5)
    assert ruled.ravel().tolist() == pytest.approx([6 / 7] * 5)


def evidence_of_codes(off, *, odds=0.0, fired=0):
    shape = (1, 5)
    return Evidence(None, np.full(shape, odds), np.full(shape, fired), np.zeros(shape), np.full((1, 1), off))
