"""Evidence of the learner: what words add is the score less what belongs to no word; the best run by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.coding.learning.explaining import LONGEST_EVIDENCE, Explainer, best_run
from innovsoc_analysis.coding.learning.features import WEIGHTS, lemmas_of
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.nlp.encoding import word_directions
from innovsoc_analysis.study.corpus import corpus_from_sentences

SENTENCES = [
    "La ville verse une subvention aux voisins.",
    "Aujourd'hui, qu'est-ce qu'on fait de l'atelier (s'il ferme) ?",
    "Les voisin·es manquent de 2 500 € : le budget, le budget et le budget !",
    "Xylofrage brumiteux.",
    "« Un atelier » / deux ateliers… trois ateliers",
    "Le potager pousse bien qu'il pleuve, parce que les bénévoles arrosent depuis le 3 mai à 10 h 30.",
]


@pytest.fixture(scope="module")
def units():
    return next(iter(units_of(corpus_from_sentences({"a": SENTENCES}), "phrase")))


@pytest.fixture(scope="module")
def explainer(mini_model):
    return Explainer(mini_model.space, mini_model.elements)


@pytest.mark.parametrize("number", range(len(SENTENCES)))
def test_what_words_add_is_the_score_less_what_belongs_to_no_word(mini_model, units, explainer, number):
    space, elements, unit = mini_model.space, mini_model.elements, units[number]
    features = space.transform([units], np.ones((len(units), 5), np.float32))
    score = elements(features)[number]
    widths = space.widths
    sparse = widths["words"] + widths["characters"]
    around = widths["sentence"] + widths["context"]
    weights = elements.weights[sparse:]
    row = features.dense[number]
    outside = row[:around] @ weights[:around] + row[-5:] @ weights[-5:] + elements.bias
    # the average sentence, from which meaning is measured
    lemmas = lemmas_of(unit)
    away = space.rarities(lemmas) @ word_directions(lemmas) - space.centre
    meaning = weights[around : around + widths["meaning"]]
    outside -= WEIGHTS["meaning"] ** 0.5 * space.centre @ meaning / np.linalg.norm(away)
    added = explainer.contributions(unit)
    assert added.shape == (len(unit.tokens), 5)
    np.testing.assert_allclose(added.sum(axis=0), score - outside, atol=2e-5)


def test_a_word_adds_most_to_the_code_that_it_was_seen_with(units, explainer, mini_model):
    added = explainer.contributions(units[0])
    argent, lien = mini_model.codes.index("argent"), mini_model.codes.index("lien")
    forms = [token.word.form for token in units[0].tokens]
    assert forms[added[:, argent].argmax()] == "subvention"
    assert forms[added[:, lien].argmax()] == "voisins"


def test_evidence_is_a_place_in_the_document_that_starts_and_ends_with_words(units, explainer):
    text = " ".join(SENTENCES)
    for unit in units:
        for start, end in explainer.evidence(unit, [0, 1, 2, 3, 4]):
            words = text[start:end]
            assert unit.start <= start < end <= unit.end
            assert words[0].isalnum()
            assert words[-1].isalnum() or words[-1] == "'"
            assert sum(start <= token.start < end for token in unit.tokens) <= LONGEST_EVIDENCE


def test_evidence_is_given_in_the_order_of_the_codes_asked_for(units, explainer):
    both = explainer.evidence(units[0], [1, 3])
    assert both == [explainer.evidence(units[0], [code])[0] for code in (1, 3)]
    assert explainer.evidence(units[0], [3, 1]) == both[::-1]
    assert explainer.evidence(units[0], []) == []


def test_a_segment_without_a_word_is_its_own_evidence(units, explainer):
    empty = units[0]._replace(tokens=())
    assert explainer.contributions(empty).shape == (0, 5)
    assert explainer.evidence(empty, [0]) == [(units[0].start, units[0].end)]


def test_the_contributions_of_a_word_said_three_times_are_shared_out(units, explainer, mini_model):
    forms = [token.word.form for token in units[2].tokens]
    places = [place for place, form in enumerate(forms) if form == "budget"]
    added = explainer._of_words(units[2])[places, mini_model.codes.index("argent")]
    # the first two stand in « le budget », the last too: each has the same neighbour before it
    assert len(places) == 3
    assert added.tolist() == pytest.approx([added[0]] * 3)
    assert added[0] > 0


def brute_force(values, wordy):
    """Return the best run of all: greatest sum, then shortest, then first."""
    runs = [
        (-sum(values[first:last]), last - first, first, last)
        for first in range(len(values))
        for last in range(first + 1, len(values) + 1)
        if last - first <= 8 and wordy[first] and wordy[last - 1]
    ]
    return min(runs)[2:] if runs else (0, len(values))


@given(st.lists(st.tuples(st.integers(-4, 4), st.booleans()), max_size=20))
def test_the_best_run_is_that_of_all_runs(pairs):
    values, wordy = [value for value, _ in pairs], [word for _, word in pairs]
    assert best_run(np.array(values, dtype=float), np.array(wordy, dtype=bool)) == brute_force(values, wordy)


@pytest.mark.parametrize(
    ("values", "wordy", "run"),
    [
        ([1] * 10, [True] * 10, (0, 8)),  # eight at most, the first eight of equals
        ([0, 2, 0], [True] * 3, (1, 2)),  # the shortest of equals
        ([5, 1, 5], [False, True, False], (1, 2)),  # no mark at either end
        ([2, -1, 2], [True, False, True], (0, 3)),  # a mark within
        ([-1, -3], [True, True], (0, 1)),  # nothing speaks for the code: what speaks least against it
        ([3, 3], [False, False], (0, 2)),
        ([], [], (0, 0)),
    ],
)
def test_best_runs_by_hand(values, wordy, run):
    assert best_run(np.array(values, dtype=float), np.array(wordy, dtype=bool)) == run
