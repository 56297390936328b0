"""Records that readers hand over cannot be changed and know what became of a file."""

from __future__ import annotations

import dataclasses

import pytest

from innovsoc_analysis.model.documents import ACCEPTED, ACCEPTED_WITH_WARNING, IGNORED, REFUSED, Place, RawDocument
from innovsoc_analysis.model.documents import SourceOutcome as Outcome


@pytest.mark.parametrize(
    ("outcome", "word", "refused"),
    [
        (ACCEPTED, "accepté", False),
        (ACCEPTED_WITH_WARNING, "accepté avec avertissement", False),
        (IGNORED, "ignoré", False),
        (REFUSED, "refusé", True),
    ],
)
def test_only_a_refusal_reads_nothing(outcome: str, word: str, refused: bool) -> None:
    assert (outcome, Outcome("a.txt", outcome).refused) == (word, refused)


@pytest.mark.parametrize(
    ("record", "field"),
    [(Place(0, 3), "start"), (RawDocument("texte"), "text"), (Outcome("a.txt", ACCEPTED), "code")],
)
def test_records_cannot_be_changed(record: object, field: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, field, "autre")


def test_a_document_says_nothing_that_its_source_did_not() -> None:
    document = RawDocument("texte")
    assert (document.title, dict(document.meta), document.places) == (None, {}, ())
    assert (document.key, document.wrapped, document.warnings) == ("", False, ())
