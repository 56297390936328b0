"""Bytes become text: a mark decides, then UTF-8, then the most French of the old encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.model.errors import RefusedFileError

NAMES = {"cp1252": "Windows-1252", "iso8859_15": "Latin-9", "mac_roman": "MacRoman", "cp850": "DOS 850"}

WORDS = (
    "été", "élève", "à", "où", "même", "être", "forêt", "naïf", "Noël", "français", "reçu", "âge", "île",
    "hôpital", "août", "sûr", "bientôt", "aiguë", "Éducation", "le", "jardin,", "partagé.",
)  # fmt: skip
# one letter in twelve or so of French is accented, and most often it is é
FRENCH = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30).map(
    lambda words: "\n".join(["été", *words, "créé à"])
)


@given(FRENCH, st.sampled_from(["cp1252", "mac_roman", "cp850"]))
def test_french_in_an_old_encoding_is_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, f"encodage deviné ({NAMES[encoding]}) : vérifiez les accents")


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=30))
def test_utf_8_is_never_guessed(text: str) -> None:
    assert decode(text.encode("utf-8")) == (text, None)
    assert decode(text.encode("utf-8-sig")) == (text, None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_decides(encoding: str) -> None:
    assert decode("L’été « là »".encode(encoding)) == ("L’été « là »", None)


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe\0\0", "utf-32-le")]
)
def test_a_mark_decides_in_any_byte_order(mark: bytes, encoding: str) -> None:
    assert decode(mark + "été".encode(encoding)) == ("été", None)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("« L’œuvre — 5 € »", "cp1252"),
        ("“Où ?” dit-elle…", "cp1252"),
        ("« L’œuvre — déjà »", "mac_roman"),
        ("créé", "cp850"),
        ("ÉTÉ À LA PLAGE", "cp1252"),
        ("Ça coûte des gaufres…", "cp1252"),
        ("Étudiant : quel badge ?", "mac_roman"),
        ("Enquêtrice : et la suite ?", "cp850"),
        ("Le cœur du marché, 5 €", "iso8859_15"),
    ],
)
def test_quotes_and_capitals_help_the_guess(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, f"encodage deviné ({NAMES[encoding]}) : vérifiez les accents")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", b"a\0b", b"\xff\xfea\0b", bytes(range(1, 32)) * 9 + b"\xe9"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFileError) as caught:
        decode(data)
    assert caught.value.code == "binary"


def test_a_plain_file_is_one_document_that_tells_a_guess() -> None:
    (document,) = read_text("Été\r\nà Liège".encode("cp1252"))
    assert (document.text, document.wrapped, document.warnings) == (
        "Été\r\nà Liège",
        True,
        ("encodage deviné (Windows-1252) : vérifiez les accents",),
    )
    (document,) = read_text("\ufeffÉté".encode())
    assert (document.text, document.warnings) == ("Été", ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_zeros_every_other_byte_are_utf_16_or_32_without_its_mark(encoding: str) -> None:
    text = "L’été « là »\nUn marché 📈"
    assert decode(text.encode(encoding)) == (
        text, f"encodage deviné (UTF-{encoding[4:6]}) : vérifiez les accents",
    )  # fmt: skip


def test_a_few_zeros_in_a_text_are_taken_out_and_told() -> None:
    text = "Un jardin partagé au village. " * 10
    assert decode((text + "\0" + text).encode()) == (
        text + text,
        "1 caractère(s) nul(s) retiré(s) : le fichier a peut-être été abîmé",
    )


def test_a_stray_byte_does_not_spoil_the_accents_of_the_rest() -> None:
    data = "été à Liège, où l’on crée déjà ".encode() + b"l\x92\xe9t\xe9"
    with_strays, warning = decode(data * 1 + "é".encode() * 9)
    assert with_strays == "été à Liège, où l’on crée déjà l’été" + "é" * 9
    assert warning == "3 octet(s) hors d'UTF-8, lu(s) en Windows-1252 : vérifiez les accents"


def test_bytes_without_meaning_are_counted() -> None:
    assert decode("créé à l’été, déjà ".encode("cp1252") + b"\x81") == (
        "créé à l’été, déjà \ufffd",
        "encodage deviné (Windows-1252) : vérifiez les accents ; 1 caractère(s) illisible(s)",
    )
