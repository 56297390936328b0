"""Names of files that we write: every system takes them, and they trick nobody."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.pseudonyms.copies import make_copies
from innovsoc_analysis.pseudonyms.records import Text
from innovsoc_analysis.safe.names import safe_name

DEVICES = ["CON", "prn", "Aux", "NUL", "COM1", "com9", "COM¹", "LPT0", "lpt³", "CONIN$", "conout$"]


@pytest.mark.parametrize("device", DEVICES)
def test_devices_of_windows_are_no_names_whatever_follows_them(device: str) -> None:
    assert safe_name(device, otherwise="x") == f"{device}-"
    assert safe_name(f"{device}.2021", otherwise="x") == f"{device}-.2021"
    assert safe_name(f"{device} .2021", otherwise="x") == f"{device}-.2021"
    assert safe_name(f"{device}. ", otherwise="x") == f"{device}-"


@pytest.mark.parametrize("name", ["CONSEIL", "com10", "LPT", "nuls", "aux jardins", "mon.con", "COM1a", "l'été", "戸"])
def test_names_that_only_resemble_them_stay(name: str) -> None:
    assert safe_name(name, otherwise="x") == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("ligne\nsuite\x7f\x85", "ligne-suite--"),
        ("\u202etxt.exe", "-txt.exe"),
        ("a\u2066b\u2069c\u200bd\u2028e\ufefff", "a-b-c-d-e-f"),
        ("point. . ", "point"),
        (".caché", "caché"),
        ("...", "x"),
        ("e\u0301te\u0301", "été"),
        ("moitié \ud83d", "moitié -"),
    ],
)  # fmt: skip
def test_what_a_system_refuses_or_a_reader_misreads_is_left_out(said: str, name: str) -> None:
    assert safe_name(said, otherwise="x") == name


@given(st.text())
def test_any_text_gives_a_name_that_stays_one(said: str) -> None:
    name = safe_name(said, otherwise="x")
    assert name
    assert name == safe_name(name, otherwise="x") == name.strip(". ") == unicodedata.normalize("NFC", name)
    assert not set(name) & set('<>:"/\\|?*\n\t\0\u202e\u2067')
    assert name.split(".")[0].rstrip().upper() not in {*map(str.upper, DEVICES)}


def test_copies_of_texts_bear_such_names_and_each_its_own() -> None:
    sources = ["CON.txt", "dossier./nul.2021.txt", "con .md", "\u202efin.txt", "ÉTÉ.txt", "e\u0301te\u0301.md"]
    texts = [Text(f"d{number}", source, f"Un jardin {number}.") for number, source in enumerate(sources)]
    names = [copy.name for copy in make_copies(texts, [])]
    assert names == ["CON-.txt", "dossier/nul-.2021.txt", "con--2.txt", "-fin.txt", "ÉTÉ.txt", "été-2.txt"]
