"""Bytes become text: a mark decides, then UTF-8, then the most French of the old encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.model.errors import RefusedFileError

NAMES = {"cp1252": "Windows-1252", "mac_roman": "MacRoman", "cp850": "DOS 850"}

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
    ],
)
def test_quotes_and_capitals_help_the_guess(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, f"encodage deviné ({NAMES[encoding]}) : vérifiez les accents")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", b"a\0b", "été".encode("utf-16-le"), b"\xff\xfea\0b"])
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
