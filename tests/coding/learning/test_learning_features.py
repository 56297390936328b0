"""What the learner sees: windows by hand, blocks of the right length, tf-idf of three sentences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.coding.learning.features import (
    WEIGHTS,
    Features,
    FeatureSpace,
    lemmas_of,
    neighbour_means,
    window_sizes,
)
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.nlp.encoding import encode, word_directions
from innovsoc_analysis.study.corpus import corpus_from_sentences

PASSAGES = {"a": ["Le jardin fleurit.", "Le jardin dort.", "Un banc grince."], "b": ["Le pain lève."]}


@pytest.fixture(scope="module")
def documents():
    return list(units_of(corpus_from_sentences(PASSAGES), "phrase"))


@pytest.fixture(scope="module")
def space(documents):
    return FeatureSpace.fit(documents)


@pytest.fixture(scope="module")
def features(space, documents):
    return space.transform(documents, np.eye(4, 2, dtype=np.float32))


def blocks(space, features):
    """Return block → its columns."""
    table = np.hstack([features.sparse.toarray(), features.dense])
    ends = np.cumsum(list(space.widths.values()))
    return dict(zip([*space.widths, "indicators"], np.split(table, ends, axis=1), strict=True))


def averaged(values, lengths):
    import scipy.sparse as sp

    values = np.array(values, np.float32).reshape(-1, 1)
    found = Features(sp.csr_matrix(values), values).averaged(lengths)
    assert found.sparse.toarray().tolist() == found.dense.tolist()
    return found.dense.ravel().tolist()


def test_means_of_windows_by_hand():
    # two sentences on either side, itself included, never over the end of a passage
    assert averaged([3, 6, 0, 9, 12, 15], [5, 1]) == pytest.approx([3, 4.5, 6, 6.75, 7, 15])
    assert averaged([3, 6, 0, 9, 12, 15], [2, 2, 2]) == [4.5, 4.5, 4.5, 4.5, 13.5, 13.5]


def test_means_of_neighbours_leave_the_sentence_out():
    values = np.array([[3.0], [6], [0], [9], [12], [15]])
    assert neighbour_means(values, [5, 1]).ravel().tolist() == pytest.approx([3, 4, 7.5, 6, 4.5, 0])


def test_nothing_has_no_window():
    assert neighbour_means(np.zeros((0, 2), np.float32), []).shape == (0, 2)
    assert window_sizes([]).tolist() == window_sizes([0]).tolist() == []


@settings(max_examples=50, deadline=None)
@given(lengths=st.lists(st.integers(0, 7), min_size=1, max_size=5))
def test_windows_are_counted_and_averaged_within_their_passage(lengths):
    values = np.arange(1, sum(lengths) + 1, dtype=float) ** 2
    sizes, means, start = [], [], 0
    for length in lengths:
        passage = values[start : start + length].tolist()
        for place in range(length):
            around = passage[max(place - 2, 0) : place] + passage[place + 1 : place + 3]
            sizes.append(len(around) + 1)
            means.append(sum(around) / max(len(around), 1))
        start += length
    assert window_sizes(lengths).tolist() == sizes
    assert neighbour_means(values[:, None], lengths).ravel().tolist() == pytest.approx(means)


def test_words_and_pairs_of_words_that_stand_in_two_sentences_are_learned(space):
    assert space.vocabularies["words"] == [".", "jardin", "le", "le jardin"]
    assert " le " in space.vocabularies["characters"]
    assert not any("pain" in gram for grams in space.vocabularies.values() for gram in grams)


def test_rarity_is_the_smoothed_logarithm_of_the_share_of_sentences(space):
    # of four sentences: « . » in all, « jardin » in two, « le » in three; a word never met is as rare as the rarest
    assert space.rarities([".", "jardin", "le", "tuba"]).tolist() == pytest.approx(
        [1, math.log(5 / 3) + 1, math.log(5 / 4) + 1, math.log(5 / 3) + 1]
    )


def test_words_are_weighed_by_rarity_and_made_of_length_one(space, features):
    jardin, le = math.log(5 / 3) + 1, math.log(5 / 4) + 1
    first = np.array([1, jardin, le, jardin]) / math.sqrt(1 + le**2 + 2 * jardin**2)
    last = np.array([1, 0, le, 0]) / math.hypot(1, le)
    words = blocks(space, features)["words"]
    np.testing.assert_allclose(words[[0, 1, 3]], [first, first, last], atol=1e-6)
    assert words[2].tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize("name", ["words", "characters", "sentence", "meaning"])
def test_the_square_of_a_blocks_length_is_its_weight(space, features, name):
    lengths = np.linalg.norm(blocks(space, features)[name], axis=1)
    np.testing.assert_allclose(lengths**2, WEIGHTS[name], rtol=1e-5)


def test_context_is_the_mean_sentence_around_and_nothing_for_one_alone(space, features):
    first, second, third = encode(PASSAGES["a"])
    context = blocks(space, features)["context"] / math.sqrt(WEIGHTS["context"])
    np.testing.assert_allclose(context[0], (second + third) / 2, atol=1e-6)
    np.testing.assert_allclose(context[1], (first + third) / 2, atol=1e-6)
    assert not context[3].any()


def test_meaning_is_the_direction_of_the_weighted_words_from_the_average_sentence(space, features, documents):
    units = [unit for units in documents for unit in units]
    sums = [space.rarities(lemmas_of(unit)) @ word_directions(lemmas_of(unit)) for unit in units]
    np.testing.assert_allclose(space.centre, np.mean(sums, axis=0), atol=1e-5)
    away = sums - np.mean(sums, axis=0)
    meaning = away / np.linalg.norm(away, axis=1, keepdims=True)
    np.testing.assert_allclose(blocks(space, features)["meaning"], meaning, atol=1e-5)


def test_indicators_come_last_and_weigh_little(space, features):
    root = math.sqrt(WEIGHTS["indicators"])
    expected = [[root, 0], [0, root], [0, 0], [0, 0]]
    np.testing.assert_allclose(blocks(space, features)["indicators"], expected, rtol=1e-6)


def test_a_sentence_without_a_word_is_described(space, documents):
    unit = documents[0][0]._replace(text="", tokens=())
    found = space.transform([[unit]], np.zeros((1, 2), np.float32))
    assert found.sparse.nnz == 0
    assert np.isfinite(found.dense).all()


def test_lemmas_are_lower_case_and_hold_no_space(documents):
    unit = documents[0][0]
    token = unit.tokens[0]
    lemmas = [token._replace(lemma="Parce que"), token._replace(lemma="ÉCOLE")]
    assert lemmas_of(unit._replace(tokens=tuple(lemmas))) == ["parce_que", "école"]
