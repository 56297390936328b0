"""Measures of topics, on values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.sparse as sp

from innovsoc_analysis.topics.choosing import measures
from innovsoc_analysis.topics.choosing.measures import c_v, diversity, exclusivity, first_words, npmi

WORDS = ("bail", "haie", "jardin", "loyer")
# haie: 1 2; jardin: 2 3; bail: 2; loyer: 4
MATRIX = sp.csr_array(np.array([[0, 3, 0, 0], [1, 1, 2, 0], [0, 0, 1, 0], [0, 0, 0, 5]]))


def test_first_words_are_the_heaviest_and_names_decide_between_equals():
    weights = np.array([[0.1, 0.4, 0.4, 0.1], [0, 0, 1, 0], [0.25, 0.25 + 1e-15, 0.25, 0.25]])
    assert first_words(weights, WORDS, n=3) == [["haie", "jardin", "bail"], ["jardin"], ["bail", "haie", "jardin"]]
    assert first_words(weights[:1], ("d", "c", "b", "a"), n=3) == [["b", "c", "a"]]


def test_npmi_of_independent_words_is_zero():
    # each in half of the four texts, together in one: 1/4 = 1/2 × 1/2
    assert npmi([["haie", "jardin"]], MATRIX, WORDS).tolist() == pytest.approx([0])


def test_npmi_of_a_word_that_always_comes_with_another():
    # log(1/4 ÷ (1/4 × 1/2)) ÷ −log(1/4) = log 2 ÷ log 4
    assert npmi([["bail", "haie"]], MATRIX, WORDS).tolist() == pytest.approx([0.5])


def test_npmi_of_words_that_never_meet_is_minus_one_even_if_unknown():
    assert npmi([["bail", "loyer"], ["haie", "zinc"], ["zinc", "or"]], MATRIX, WORDS).tolist() == [-1, -1, -1]


def test_npmi_is_the_mean_over_all_pairs():
    # bail-haie 1/2, bail-jardin 1/2, haie-jardin 0, and three pairs with loyer, −1 each
    found = npmi([["bail", "haie", "jardin"], ["loyer", "jardin", "haie", "bail"]], MATRIX, WORDS)
    assert found.tolist() == pytest.approx([1 / 3, (1 - 3) / 6])


def test_npmi_of_words_of_every_text_is_one_and_of_a_single_word_is_missing():
    everywhere = sp.csr_array(np.array([[1, 2], [3, 1]]))
    found = npmi([["a", "b"], ["a"], []], everywhere, ("a", "b"))
    assert found[0] == 1
    assert np.isnan(found[1:]).all()


def test_npmi_leaves_texts_without_words_out():
    padded = sp.csr_array(np.vstack([MATRIX.toarray(), np.zeros((9, 4), dtype=int)]))
    tops = [["haie", "jardin"], ["bail", "haie", "loyer"]]
    assert npmi(tops, padded, WORDS).tolist() == npmi(tops, MATRIX, WORDS).tolist()


def test_npmi_without_topics_is_empty():
    assert npmi([], MATRIX, WORDS).shape == c_v([], [["a"]]).shape == (0,)


def test_c_v_of_independent_words():
    # four windows, each word in two, both in one: vectors (1, 0) and (0, 1), sum (1, 1)
    texts = [["a", "b"], ["a", "x"], ["b"], ["x"]]
    assert c_v([["a", "b"]], texts).tolist() == pytest.approx([1 / math.sqrt(2)])


def test_c_v_of_words_that_never_meet():
    value = math.log(1e-12 / 0.25) / -math.log(1e-12)
    assert c_v([["a", "b"]], [["a"], ["b"]]).tolist() == pytest.approx(
        [(1 + value) / math.sqrt(2 * (1 + value**2))], rel=1e-6
    )


def test_c_v_of_words_that_always_meet_is_one():
    assert c_v([["a", "b"]], [["a", "b"], ["b", "a", "x"], ["x"]]).tolist() == pytest.approx([1])


def test_c_v_of_a_word_in_no_text_is_zero_and_of_a_single_word_is_missing():
    found = c_v([["a", "zinc"], ["a"]], [["a"], ["b"]])
    assert found[0] == pytest.approx(0.5)
    assert np.isnan(found[1])


def test_c_v_of_words_of_every_window_and_without_texts_is_zero():
    assert c_v([["a", "b"]], [["a", "b"], ["b", "a"]]).tolist() == [0]
    assert c_v([["a", "b"]], []).tolist() == c_v([["a", "b"]], [[], []]).tolist() == [0]


def _texts(*, repeated: bool) -> list[list[str]]:
    drawing = np.random.default_rng(0)
    words = [f"m{number}" for number in range(40)]
    sizes = drawing.integers(0, 35, size=40)
    return [drawing.choice(words, size=size, replace=repeated).tolist() for size in sizes]


@pytest.mark.parametrize("at_once", [8192, 7, 1])
def test_windows_are_counted_as_by_sliding_one_by_one(monkeypatch, at_once):
    monkeypatch.setattr(measures, "_STRETCHES_AT_ONCE", at_once)
    texts, index = _texts(repeated=True), {f"m{number}": number for number in range(12)}
    windows = [
        [word in text[start : start + 7] for word in index]
        for text in texts
        if text
        for start in range(max(len(text) - 6, 1))
    ]
    held = np.array(windows, dtype=float)
    assert np.array_equal(measures._share_of_windows(texts, index, window=7), held.T @ held / len(held))


def test_c_v_is_gensim_s_where_no_word_repeats_in_a_window():
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    texts = [text for text in _texts(repeated=False) if text]
    tops = [["m1", "m5", "m9", "m30"], ["m2", "m3", "m17", "m39"]]
    theirs = CoherenceModel(
        topics=tops, texts=texts, dictionary=Dictionary(texts), coherence="c_v", window_size=9, processes=1
    )
    assert c_v(tops, texts, window=9).tolist() == pytest.approx(theirs.get_coherence_per_topic(), abs=1e-12)


def test_exclusivity_is_the_share_of_the_first_words_weight():
    weights = np.array([[0.6, 0.4, 0.0, 0.0], [0.2, 0.0, 0.8, 0.0], [0.2, 0.0, 0.0, 0.8]])
    assert exclusivity(weights, n=1).tolist() == pytest.approx([0.6, 1, 1])
    assert exclusivity(weights).tolist() == pytest.approx([(0.6 + 1) / 2, (1 + 0.2) / 2, (1 + 0.2) / 2])


def test_exclusivity_of_equal_topics_is_one_over_their_number_and_of_an_empty_one_missing():
    assert exclusivity(np.full((4, 3), 1 / 3)).tolist() == pytest.approx([0.25] * 4)
    assert np.isnan(exclusivity(np.array([[0.5, 0.5], [0.0, 0.0]]))[1])


def test_diversity_is_the_share_of_distinct_words():
    assert diversity([["a", "b"], ["b", "a"]]) == 0.5
    assert diversity([["a", "b"], ["c", "d"]]) == 1
    assert math.isnan(diversity([]))
