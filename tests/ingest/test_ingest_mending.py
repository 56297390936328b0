"""Texts encoded twice and entities of pages are mended where that is sure, and told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.ingest.mending import decode_mended, mend_double_encoding, mend_entities
from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.ingest.tabular import read_csv

FRENCH = "L’œuvre « d’été » — déjà là, où l’on crée : 5 €…"


@pytest.mark.parametrize("misread", ["latin-1", "cp1252", "mac_roman", "cp850"])
def test_french_that_was_encoded_twice_is_restored(misread: str) -> None:
    twice = "".join(_misread(byte, misread) for byte in FRENCH.encode())
    text, warning = decode_mended(twice.encode())
    assert text == FRENCH
    assert warning == "16 caractère(s) encodé(s) deux fois (« Ã© » pour « é »), rétabli(s)"


def _misread(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def test_three_times_is_restored_too_and_pictograms_with_it() -> None:
    thrice = "été 📈".encode().decode("latin-1").encode().decode("latin-1")
    assert mend_double_encoding(thrice)[0] == "été 📈"


def test_a_no_break_space_that_became_a_space_leaves_the_word_apart() -> None:
    assert mend_double_encoding("DÃ©jÃ\u00a0 lÃ  : Ã LiÃ¨ge")[0] == "Déjà là  : à Liège"


def test_a_line_that_quotes_the_fault_among_true_accents_is_left() -> None:
    text = "« Ã© » s’écrit là où « é » était.\nDu cafÃ©"
    mended, warning = mend_double_encoding(text)
    assert mended == "« Ã© » s’écrit là où « é » était.\nDu café"
    assert warning == (
        "1 caractère(s) encodé(s) deux fois (« Ã© » pour « é »), rétabli(s) ; "
        "1 suite(s) de caractères peut-être mal encodée(s), laissée(s) : vérifiez les accents"
    )


WORDS = (
    "L’été",
    "«\u00a0là\u00a0»",
    "âge",
    "ÂGÉ·E·S",
    "Î",
    "— où",
    "forêt…",
    "5 €",
    "œuvre",
    "À",
    "Ça",
    "naïf",
    "l’âne",
    "\n",
)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_french_as_it_is_written_is_never_mended(text: str) -> None:
    assert mend_double_encoding(text) == (text, None)


def test_entities_become_characters_and_what_looks_like_them_stays() -> None:
    text, warning = mend_entities("R&amp;D, &laquo;&nbsp;&eacute;t&#233;&nbsp;&raquo; &rsquo; AT&T; &rien; a & b;")
    assert text == "R&D, «\u00a0été\u00a0» ’ AT&T; &rien; a & b;"
    assert warning == "8 entité(s) HTML (« &eacute; ») remplacée(s) par leur caractère"
    assert mend_entities("rien & tout") == ("rien & tout", None)


def test_plain_texts_and_tables_are_mended() -> None:
    (text,) = read_text("CafÃ© &amp; thé".encode())
    assert (text.text, len(text.warnings)) == ("CafÃ© & thé", 1)
    (row,) = read_csv("texte;lieu\nUn caf&eacute; ouvert;LiÃ¨ge\n".encode())
    assert (row.text, row.meta) == ("Un café ouvert", {"lieu": "Liège"})
    assert len(row.warnings) == 1
    assert "entité(s)" in row.warnings[0]
    assert "deux fois" in row.warnings[0]


def test_the_head_of_a_plain_text_becomes_metadata() -> None:
    (text,) = read_text("---\ntitre: Le jardin\nannée: 2021\n---\nOn y vient.".encode())
    assert (text.text, text.title, text.meta, text.wrapped) == ("On y vient.", "Le jardin", {"année": "2021"}, True)
    (text,) = read_text(b"---\nUn texte entre deux traits.\n---\nSuite.")
    assert text.text.startswith("---")
