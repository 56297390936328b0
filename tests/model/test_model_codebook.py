"""Codebooks: what they hold together, refuse, and how their fingerprint follows the meaning."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from innovsoc_analysis.model.codebook import Codebook, error_places
from innovsoc_analysis.model.errors import (
    CodebookError,
    InnovsocError,
    NothingToReadError,
    RefusedFileError,
    UsageError,
)


def content(**changes: Any) -> dict[str, Any]:
    """Return a codebook of three codes in two families, with `changes`."""
    codes = [{"id": name, "libelle": name.title(), "definition": f"Dit {name}."} for name in ("lieu", "but", "qui")]
    families = [
        {"id": "A", "libelle": "Un", "groupes": [{"id": "A1", "libelle": "g", "codes": ["qui"]}]},
        {"id": "B", "libelle": "Deux", "groupes": [{"id": "B1", "libelle": "h", "codes": ["lieu", "but"]}]},
    ]
    return {"nom": "mini", "version": "1", "familles": families, "codes": codes} | changes


def book(**changes: Any) -> Codebook:
    return Codebook.model_validate(content(**changes))


def test_codes_are_found_by_identifier_and_ordered_by_family() -> None:
    mini = book()
    assert mini["but"].label == "But"
    assert mini.code_ids == ("qui", "lieu", "but")
    assert book(familles=[]).code_ids == ("lieu", "but", "qui")
    assert [mini.family_of(code) for code in ("qui", "but", "absent")] == ["Un", "Deux", ""]
    with pytest.raises(KeyError, match="absent"):
        mini["absent"]


def test_a_codebook_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        book().version = "2"  # type: ignore[misc]


def test_a_counter_example_is_a_sentence_or_says_why() -> None:
    examples = ["Il pleut.", {"texte": "Bravo !", "raison": "ironie", "difficile": True}]
    code = {"id": "lieu", "libelle": "L", "definition": "D", "contre_exemples": examples}
    plain, reasoned = book(codes=[code], familles=[])["lieu"].counter_examples
    assert (plain.text, plain.reason, plain.hard) == ("Il pleut.", "", False)
    assert (reasoned.text, reasoned.reason, reasoned.hard) == ("Bravo !", "ironie", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"regles": {"R1": "Lire."}},
        {"titre": "Autre"},
        {"unite": "tour"},
        {"codes": [{**code, "definition": "Autre."} for code in content()["codes"]]},
        {"codes": content()["codes"][::-1]},
        {"codes": [{**code, "indicateurs": {"lemmes": ["jardin"]}} for code in content()["codes"]]},
    ],
)
def test_the_fingerprint_changes_with_the_meaning(changes: dict[str, Any]) -> None:
    assert book(**changes).fingerprint != book().fingerprint


def test_the_fingerprint_ignores_name_version_and_the_order_of_keys() -> None:
    reordered = dict(reversed(content().items()))
    assert Codebook.model_validate(reordered).fingerprint == book().fingerprint
    assert book(nom="autre", version="9").fingerprint == book().fingerprint
    assert book(nom="autre", version="9").reference == f"autre 9 ({book().fingerprint})"
    assert len(book().fingerprint) == 12


def one_place(changes: dict[str, Any]) -> tuple[tuple[str | int, ...], str]:
    with pytest.raises(ValidationError) as caught:
        book(**changes)
    ((loc, kind, _),) = error_places([dict(error) for error in caught.value.errors()])
    return loc, kind


CODES = content()["codes"]
FAMILIES = content()["familles"]


@pytest.mark.parametrize(
    ("changes", "loc", "words"),
    [
        ({"codes": [*CODES, CODES[1]]}, ("codes", 3, "id"), "« but » est défini deux fois"),
        ({"codes": CODES[:2]}, ("familles", 0, "groupes", 0, "codes", 0), "« qui » n'est défini nulle part"),
        ({"familles": [*FAMILIES, FAMILIES[0]]}, ("familles", 2, "groupes", 0, "codes", 0), "dans deux groupes"),
        ({"familles": FAMILIES[:1]}, ("codes", 0, "id"), "« lieu » n'est rangé dans aucune famille"),
        ({"approches": {"a": ["qui", "x"]}}, ("approches", "a", 1), "« x » n'est défini nulle part"),
        ({"unite": "mot"}, ("unite",), "literal_error"),
        ({"bidule": 1}, ("bidule",), "extra_forbidden"),
        ({"nom": "deux mots"}, ("nom",), "string_pattern_mismatch"),
    ],
)
def test_a_mistake_is_told_with_its_path(changes: dict[str, Any], loc: tuple[str | int, ...], words: str) -> None:
    found, kind = one_place(changes)
    assert found == loc
    assert words in kind


def test_exit_statuses_tell_a_wrong_request_from_nothing_to_read() -> None:
    assert [error.exit_status for error in (UsageError, CodebookError, NothingToReadError)] == [2, 2, 4]
    refused = RefusedFileError("corrupt", "abîmé")
    assert (refused.code, str(refused), isinstance(refused, InnovsocError)) == ("corrupt", "abîmé", True)
