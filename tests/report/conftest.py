"""A small coded study, and one whose every text, name and title is hostile."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import parse_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus

BOOK = """
version: "1"
titre: Deux choses
familles:
  - id: lieux
    libelle: Lieux
    groupes: [{id: g, libelle: Groupe, codes: [jardin, ville]}]
  - id: gens
    libelle: Gens
    groupes: [{id: h, libelle: Groupe, codes: [enfant]}]
codes:
  - {id: jardin, libelle: Jardin, definition: Un lieu cultivé., indicateurs: {lemmes: [jardin, potager]}}
  - {id: ville, libelle: Ville, definition: Un lieu bâti., indicateurs: {lemmes: [ville]}}
  - {id: enfant, libelle: Enfants, definition: Des enfants., indicateurs: {expressions: [les enfants]}}
"""
# six sentences, four coded; the emoji makes UTF-16 units differ from code points
TALK = "Ana : Les enfants aiment le jardin.\nLuc : Il pleut.\nAna : Ce 🌱🌱 jardin est un potager."
PROJECT = "Un jardin en ville. Il fait beau."
OTHER = "Les enfants jouent."

CLOSING = "</script><script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
QUOTES = "\"&'</title><b onclick=alert(1)>"
HOSTILE_BOOK = f"""
version: "1"
titre: '{CLOSING}'
familles:
  - id: f
    libelle: '{IMAGE}'
    groupes: [{{id: g, libelle: G, codes: [jardin]}}]
codes:
  - id: jardin
    libelle: '{CLOSING}'
    definition: '" onmouseover="alert(1)" {IMAGE}'
    indicateurs: {{lemmes: [jardin]}}
"""


@pytest.fixture(scope="session")
def codings() -> Codings:
    corpus = corpus_from_texts({"entretien.txt": TALK, "fiche.txt": PROJECT, "autre.txt": OTHER})
    corpus.documents["genre"] = ["talk", "project", ""]
    return code(corpus, parse_codebook(BOOK.encode(), name="mini", where="mini.yaml"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Codings:
    folder = tmp_path_factory.mktemp("hostile")
    genre = folder / IMAGE
    genre.mkdir()
    (genre / f"{IMAGE}.txt").write_text(f"Le jardin {CLOSING} de {IMAGE} et {QUOTES} pousse.", "utf-8")
    (folder / f"{IMAGE}.docx").write_bytes(b"PK\x03\x04 not a document")
    described = f"file,title\n{IMAGE}/{IMAGE}.txt,{CLOSING}\n<b onclick=alert(1)>.txt,x\n"
    (folder / "metadata.csv").write_text(described, "utf-8")
    book = parse_codebook(HOSTILE_BOOK.encode(), name="hostile", where="hostile.yaml")
    return code(read_corpus(folder), book)
