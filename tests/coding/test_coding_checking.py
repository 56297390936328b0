"""A codebook's examples try its own indicators."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.checking import CODED, MISSED, Mismatch, check_examples


def codebook(book, **keys):
    return book({"besoin": {"lemmes": ["besoin"], **keys}, "lieu": {"lemmes": ["quartier"]}})


def test_every_example_of_the_bundled_codebook_carries_its_code():
    bissib = load_codebook("bissib")
    result = check_examples(bissib)
    counter_examples = [one for code in bissib.codes for one in code.counter_examples]
    n_of_motifs = sum(len(motif.counter_examples) for code in bissib.codes for motif in code.motifs)
    assert result.mismatches == ()
    assert (
        result.n_examples
        == result.found
        == sum(len(code.examples) for code in bissib.codes)
        + sum(len(motif.examples) for code in bissib.codes for motif in code.motifs)
    )
    assert result.n_hard == sum(one.hard for one in counter_examples) == 5
    assert result.n_counter_examples == result.left_aside == len(counter_examples) - 5 + n_of_motifs


def test_a_planted_miss_and_a_planted_hit_are_found(book):
    planted = codebook(
        book,
        exemples=["Un besoin existe.", "Le quartier vit."],
        contre_exemples=[
            {"texte": "Il a besoin de pluie."},
            {"texte": "Il pleut."},
            {"texte": "Encore un besoin.", "difficile": True},
        ],
    )
    result = check_examples(planted)
    assert result.mismatches == (
        Mismatch("besoin", MISSED, "Le quartier vit."),
        Mismatch("besoin", CODED, "Il a besoin de pluie.", " (règle besoin/lemme:besoin)"),
    )
    assert (result.n_examples, result.found) == (2, 1)
    assert (result.n_counter_examples, result.left_aside, result.n_hard) == (2, 1, 1)


@pytest.mark.parametrize(
    "example", ["Il pleut. Un besoin existe.", "Il pleut.\nUn besoin existe.", "Un besoin existe. Un besoin existe."]
)
def test_an_example_of_several_sentences_counts_when_one_is_coded(book, example):
    assert check_examples(codebook(book, exemples=[example])).mismatches == ()


def test_the_same_words_may_be_an_example_of_one_code_and_a_counter_example_of_another(book):
    both = book(
        {
            "besoin": {"lemmes": ["besoin"], "exemples": ["Un besoin."]},
            "lieu": {"lemmes": ["quartier"], "contre_exemples": ["Un besoin."]},
        }
    )
    assert check_examples(both).mismatches == ()


def test_a_codebook_without_examples_has_nothing_to_check(book):
    result = check_examples(codebook(book))
    assert (result.n_examples, result.n_counter_examples, result.mismatches) == (0, 0, ())
