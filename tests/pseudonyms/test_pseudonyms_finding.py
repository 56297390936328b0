"""A known name is found however it is written or said, and a word that only looks like it is not."""

from __future__ import annotations

import pytest

from innovsoc_analysis.pseudonyms.finding import Finder, parts_of
from innovsoc_analysis.pseudonyms.records import Entity


def person(number: int, *forms: str, kind: str = "personne") -> Entity:
    return Entity(f"P{number:03d}", kind, forms, f"[Personne {number}]")


def found(text: str, *entities: Entity, in_files: bool = False) -> list[str]:
    return [text[hit.start : hit.end] for hit in Finder(entities, in_files=in_files).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("avec AISSATA DIALLO.", ["AISSATA DIALLO"]),
        ("le vélo d’Aïssata", ["Aïssata"]),
        ("les copines d'aissata", ["aissata"]),
        ("Diallo·e·s et usager·ère·s", ["Diallo"]),
        ("Aïssata euh, Diallo", ["Aïssata euh, Diallo"]),
        ("Aï… Aïssata est là", ["Aï… Aïssata"]),
        ("dia- euh Diallo", ["dia- euh Diallo"]),
        ("ça s'écrit D-I-A-L-L-O", ["D-I-A-L-L-O"]),
        ("Aïssata et Diallo", ["Aïssata", "Diallo"]),
        ("Diallonké, aissatou", []),
    ],
)
def test_one_person_under_many_forms(text, expected):
    assert found(text, person(1, "Aïssata Diallo")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Je connais Petit depuis longtemps", ["Petit"]),
        ("Petit à petit, on y va", []),
        ("le petit jardin", []),
        ("monsieur petit est venu", ["petit"]),
        ("M. Petit est venu", ["Petit"]),
    ],
)
def test_a_surname_that_is_a_word_needs_its_capital_or_a_title(text, expected):
    assert found(text, person(1, "Jean Petit", "Petit")) == expected


def test_the_longest_form_wins_even_if_it_is_kept():
    shield = Entity("O001", "organisation", ("Université de Namur",), "[Organisation 1]", "garder")
    finder = Finder([person(1, "Namur", kind="lieu"), shield])
    hits = finder.find("À l'Université de Namur, à Namur.")
    assert [hit.number for hit in hits] == [1, 0]


def test_parts_that_two_persons_share_name_neither():
    assert parts_of([person(1, "Ana Diallo"), person(2, "Luc Diallo")]) == {("ana",): 0, ("luc",): 1}


def test_particles_and_common_words_are_no_parts():
    assert parts_of([person(1, "Ben Slimane"), person(2, "Paul Grand")]) == {("slimane",): 0, ("paul",): 1}


def test_an_abbreviation_is_found_in_capitals_only():
    assert found("L'AIR manque d'air.", person(1, "AIR", kind="organisation")) == ["AIR"]


def test_literals_are_found_letter_by_letter_with_any_blank():
    number = person(1, "0475 12 34 56", kind="téléphone")
    assert found("Au 0475\u00a012 34 56, pas au 0475 12 34 567.", number) == ["0475\u00a012 34 56"]


def test_in_files_underscores_separate_words():
    assert found("entretien_aissata_diallo_2", person(1, "Aïssata Diallo"), in_files=True) == ["aissata_diallo"]
