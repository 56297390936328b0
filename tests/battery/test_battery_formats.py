"""The same text in every format, and nothing lost on the way in."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from battery_formats import FORMATS, as_read, fitting

from innovsoc_analysis.ingest.reading import Intake, read_sources
from innovsoc_analysis.text.cleaning import clean

PARAGRAPHS = (
    "Où va l’épicerie solidaire ? « Chez nous », répond Noël : l’œuvre commune coûte 3 € (et 12 % de moins).",
    "Habitant·es & associations : <partage>, {outils} \\ clés ; a_b, 2 * 3 = 6, #quartier, [x](y), `z` ~ fin.",
    "Déjà 👩🏽‍🌾 trente-cinq jardinières ➜ un compost… — et l’hiver ?",
    "Un long paragraphe, pour que ses lignes se coupent : "
    + " ".join(f"la parcelle n° {number} revient à une famille du quartier ;" for number in range(1, 120))
    + " fin.",
    "Dernier mot.",
)


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    folder = tmp_path_factory.mktemp("formats")
    for number, (name, (suffix, make)) in enumerate(FORMATS.items()):
        (folder / f"{number:02}.{suffix}").write_bytes(make(fitting(name, PARAGRAPHS)))
    return read_sources([folder])


@pytest.mark.parametrize(("number", "name"), list(enumerate(FORMATS)), ids=list(FORMATS))
def test_every_character_is_found_in_every_format(intake: Intake, number: int, name: str) -> None:
    source = f"{number:02}.{FORMATS[name][0]}"
    found = [one.raw for one in intake.documents if one.source == source]
    read = "\n".join(clean(one.text, wrapped=one.wrapped).text for one in found)
    assert " ".join(read.split()) == clean(as_read(fitting(name, PARAGRAPHS))).text


def test_the_makers_make_what_their_names_say() -> None:
    made = {name: make(fitting(name, PARAGRAPHS)) for name, (_, make) in FORMATS.items()}
    assert len(set(map(zlib.crc32, made.values()))) == len(FORMATS) >= 20
    for name in ("docx", "odt", "xlsx", "epub"):
        assert made[name].startswith(b"PK\x03\x04")
    assert made["pdf"].startswith(b"%PDF-")
    assert made["pdf"].count(b"/Type/Page/") > 1
    assert made["txt MacRoman"].decode("mac_roman").startswith("Où va l’épicerie")
    assert made["rtf"].isascii()


def test_what_a_format_cannot_hold_is_left_out_before(tmp_path: Path) -> None:
    assert fitting("txt DOS 850", ["3 € — été", "€"]) == ["3   été"]
    assert fitting("docx", ["3 €"]) == ["3 €"]
