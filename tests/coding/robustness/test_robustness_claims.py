"""Conclusions as they are written."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.robustness.claims import Claim, check_claims, parse_claims
from innovsoc_analysis.model.errors import UsageError


def test_a_comparison_of_groups_is_read_whatever_the_spaces() -> None:
    assert parse_claims("def.besoin:definition<project") == (Claim("def.besoin", "definition", "project", more=False),)
    assert parse_claims(" def.besoin :  prise de parole > fiche projet ") == (
        Claim("def.besoin", "prise de parole", "fiche projet"),
    )


def test_a_share_is_read_with_a_comma_and_any_space() -> None:
    (found,) = parse_claims("def.besoin : definition > 12,5\u202f%")
    assert (found.than, found.share, found.more) == ("", 12.5, True)
    assert str(found) == "def.besoin : definition > 12,5 %"
    assert parse_claims(str(found)) == (found,)


def test_a_claim_given_twice_counts_once() -> None:
    assert len(parse_claims(["a : x > y", "a:x>y", "a : x < y"])) == 2


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("def.besoin > definition", "une conclusion s'écrit"),
        ("def.besoin : a > b > c", "une conclusion s'écrit"),
        ("def.besoin : a > a", "compare un groupe à lui-même"),
        ("def.besoin : a > 0 %", "de 0 à 100 %"),
        ("def.besoin : a > 100 %", "de 0 à 100 %"),
    ],
)
def test_what_is_no_claim_is_refused_with_what_to_write(written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_claims(written)


def test_no_claim_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match="Aucune conclusion"):
        parse_claims([])


def test_a_group_or_a_code_that_there_is_not_is_named() -> None:
    book = load_codebook("bissib")
    with pytest.raises(UsageError, match=r"n'a pas de code « def\.rien »"):
        check_claims(parse_claims("def.rien : a > b"), codebook=book, groups=["a", "b"], by="genre")
    with pytest.raises(UsageError, match=r"« c » pour genre ; il y a : a, b\."):
        check_claims(parse_claims("def.besoin : a > c"), codebook=book, groups=["b", "a", ""], by="genre")


def test_people_read_genres_by_their_names_and_other_groups_between_quotes() -> None:
    book = load_codebook("bissib")
    more, less, country = parse_claims(
        ["def.besoin : definition > project", "def.besoin : project < 50 %", "def.besoin : Belgique > Suisse"]
    )
    assert more.wording(book).endswith("plus dans les définitions que dans les projets")
    assert less.wording(book).endswith("dans moins de 50\u202f% des projets")
    assert country.wording(book, by="country").endswith(
        "plus dans «\u202fBelgique\u202f» que dans «\u202fSuisse\u202f»"
    )
