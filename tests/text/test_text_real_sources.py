"""Cleaning on the sources it was made for: the project's PDFs, and texts people have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.text.cleaning import clean

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PROJECTS = ROOT / "corpus" / "projets"


def paged(name):
    raw = read_sources([PROJECTS / name]).documents[0].raw
    return clean(raw.text, wrapped=raw.wrapped, page_starts=[place.start for place in raw.places]).text


def test_a_row_of_page_numbers_leaves_the_pdf_and_its_list_stays():
    text = paged("ancien-guichet.pdf")
    assert "1 / 2" not in text
    assert "2 / 2" not in text
    assert "\n- Quatre postes informatiques, un scanner, une imprimante (20 pages offertes par visite).\n" in text
    assert "sur l’exercice 2020-2021." in text


def test_a_running_header_no_longer_cuts_a_sentence():
    text = paged("la-loge.pdf")
    assert text.count("Fondation Littoral Commun – LA LOGE") == 1
    assert "y a demandé si quelqu’un pouvait d’abord" in text
    assert "Chaque habitant·e détient" in text


def test_bare_page_numbers_leave_the_pdf():
    assert not {"1", "2"} & set(paged("la-varangue.pdf").split("\n"))


def test_a_text_from_a_pdf_reads_as_its_author_wrote_it():
    source = SHARED / "seed" / "argumentaire_bissib.txt"
    if not source.exists():
        pytest.skip("the text is not here")
    text = clean(source.read_text("utf-8"), wrapped=True).text
    assert len(text.split("\n\n")) == 6
    assert "grands défis sociétaux. »." in text
    assert "des acteurices qui s’en emparent (entrepreneur.es, chercheur.es, citoyen.nes, pouvoirs publics)" in text
    assert text.endswith("http://www.unipso.be/IMG/pdf/Guide_Innovation_Sociale.pdf.")


def test_sheets_of_real_projects_lose_no_letter():
    source = SHARED / "data" / "betagouv_projects.jsonl"
    if not source.exists():
        pytest.skip("the sheets of real projects are not here")
    for line in source.read_text("utf-8").split("\n")[:300]:
        text = (json.loads(line)["text"] or "") if line else ""
        done = clean(text, without={"composed-characters", "bullets"}).text
        assert sum(map(str.isalpha, done)) == sum(map(str.isalpha, text))
        assert sum(map(str.isdecimal, done)) == sum(map(str.isdecimal, text))
