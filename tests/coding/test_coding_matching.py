"""The longest match wins."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.coding.matching import Word, find_matches
from innovsoc_analysis.coding.patterns import compile_patterns, token_keys

VOCABULARY = {
    "fracture": "NOUN",
    "numérique": "ADJ",
    "atelier": "NOUN",
    "de": "ADP",
    "vraiment": "ADV",
    "pas": "ADV",
    "du": "ADP",
    "un": "DET",
}
CODES = {
    "court": {"lemmes": ["numérique", "fracture", "atelier"]},
    "long": {"expressions": ["fracture numérique", "atelier de fracture", "atelier de fracture numérique"]},
    "autre": {"lemmes": ["atelier"], "sauf": ["atelier numérique"]},
}


@pytest.fixture(scope="module")
def root(book):
    return compile_patterns(book(CODES))


def words_of(forms):
    return [Word(form, VOCABULARY[form], frozenset(token_keys(form, form, VOCABULARY[form]))) for form in forms]


def found_in(forms, root):
    return [
        (match.pattern.rule, " ".join(forms[match.first : match.last])) for match in find_matches(words_of(forms), root)
    ]


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("fracture", [("court/lemme:fracture", "fracture")]),
        ("fracture numérique", [("long/expression:fracture numérique", "fracture numérique")]),
        ("fracture vraiment numérique", [("long/expression:fracture numérique", "fracture vraiment numérique")]),
        (
            "atelier vraiment de fracture numérique",
            [("long/expression:atelier de fracture numérique", "atelier vraiment de fracture numérique")],
        ),
        (
            "atelier vraiment de vraiment fracture numérique",
            [
                ("autre/lemme:atelier", "atelier"),
                ("court/lemme:atelier", "atelier"),
                ("long/expression:fracture numérique", "fracture numérique"),
            ],
        ),
        ("fracture pas numérique", [("court/lemme:fracture", "fracture"), ("court/lemme:numérique", "numérique")]),
        ("fracture vraiment", [("court/lemme:fracture", "fracture")]),
        (
            "atelier de fracture numérique",
            [("long/expression:atelier de fracture numérique", "atelier de fracture numérique")],
        ),
        # the other code keeps its word, and the word that the exception does not hold
        ("atelier numérique", [("court/lemme:atelier", "atelier"), ("court/lemme:numérique", "numérique")]),
        ("atelier", [("autre/lemme:atelier", "atelier"), ("court/lemme:atelier", "atelier")]),
        (
            "numérique fracture",
            [("court/lemme:numérique", "numérique"), ("court/lemme:fracture", "fracture")],
        ),
        ("", []),
    ],
)
def test_matches(root, text, matches):
    assert found_in(text.split(), root) == matches


def test_overlapping_matches_all_stay(book):
    root = compile_patterns(
        book({"a": {"expressions": ["atelier de fracture"]}, "b": {"expressions": ["fracture numérique"]}})
    )
    assert found_in(["atelier", "de", "fracture", "numérique"], root) == [
        ("a/expression:atelier de fracture", "atelier de fracture"),
        ("b/expression:fracture numérique", "fracture numérique"),
    ]


@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=9))
@settings(deadline=None)
def test_no_match_lies_strictly_inside_another(root, forms):
    matches = find_matches(words_of(forms), root)
    spans = [(match.first, match.last) for match in matches]
    for (first, last), (left, right) in product(spans, spans):
        assert not (left <= first and last <= right and right - left > last - first)
    assert spans == sorted(spans)
    assert not any(match.pattern.absorbs for match in matches)
    assert all(0 <= first < last <= len(forms) for first, last in spans)


@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=9))
@settings(deadline=None)
def test_every_known_word_is_matched_or_part_of_a_longer_match(root, forms):
    matches = find_matches(words_of(forms), root)
    for position, form in enumerate(forms):
        if form in {"numérique", "fracture", "atelier"}:
            assert any(match.first <= position < match.last for match in matches)
