"""A small coded study, and one whose every text, name and title is hostile."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from innovsoc_analysis.batch.coding import Job, code_files
from innovsoc_analysis.codebooks.loading import load_codebook, parse_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.report.results import read_results
from innovsoc_analysis.report.study import save_study_report
from innovsoc_analysis.safe.sheets import xlsx_bytes
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


TITLE = '« Étude » <b>"n° 1"</b> & suites'
RIGHT_TO_LEFT = "גן"
SUBTITLES = f"1\n00:01:15,000 --> 00:01:18,000\nCe jardin, {RIGHT_TO_LEFT} 🌱, est un potager.\n"


@pytest.fixture(scope="session")
def coded(tmp_path_factory):
    """Results of ``innovsoc code`` on four short texts, one of which cannot be read, by a codebook of their own."""
    folder = tmp_path_factory.mktemp("étude")
    texts = folder / "sources"
    for name, content in {
        "paroles/entretien.txt": TALK,
        "paroles/film.srt": SUBTITLES,
        "projets/fiche.txt": PROJECT,
        "divers/autre.txt": OTHER,
        "divers/abîmé.docx": "PK\x03\x04",
    }.items():
        (texts / name).parent.mkdir(parents=True, exist_ok=True)
        (texts / name).write_text(content, "utf-8")
    (folder / "mini.yaml").write_text(BOOK, "utf-8")
    job = Job(
        [texts],
        folder / "results" / "code",
        load_codebook(folder / "mini.yaml"),
        codebook_file=folder / "mini.yaml",
        title=TITLE,
    )
    code_files(job)
    return folder / "results"


@pytest.fixture
def results(coded, tmp_path):
    """A copy of these results that a test may change, the codebook at its place."""
    shutil.copytree(coded, tmp_path / "results")
    shutil.copy(coded.parent / "mini.yaml", tmp_path / "mini.yaml")
    return tmp_path / "results"


@pytest.fixture(scope="session")
def study(coded):
    return read_results(coded)


@pytest.fixture(scope="session")
def written(coded, tmp_path_factory):
    """The report of these results."""
    return save_study_report(coded, tmp_path_factory.mktemp("rapport"))


def add_topics(results, *, words="jardin, ville", stable="oui", n_topics="1"):
    """Write the smallest results of ``innovsoc topics``, and a page."""
    sheets = {
        "Thèmes": pd.DataFrame(
            {
                "thème": [1, 2],
                "libellé": ["jardin", "enfants"],
                "mots": [words, "enfants"],
                "% du corpus": [61.5, 38.5],
                "stabilité": [0.75, 0.2],
                "stabilité, borne basse": [0.5, 0.1],
                "stabilité, borne haute": [0.9, 0.3],
                "plus stable que le hasard": [stable, "non"],
            }
        ),
        "Verbatims": pd.DataFrame(
            {
                "thème": [1],
                "verbatim": ["Un <b>jardin</b>."],
                "titre": ["fiche"],
                "source": ["x"],
                "locuteur·rice": ["Ana"],
            }
        ),
    }
    parameters = {"n_topics": n_topics, "model": "nmf", "seed": 7, "terms": "aucun", "unit": "document"}
    counts = {"documents": 4, "topics": 2, "words": 17}
    _add(results / "topics", "topics", {"topics.xlsx": xlsx_bytes(sheets), "topics.html": b"x"}, parameters, counts)


def add_lexicon(results):
    """Write the smallest results of ``innovsoc lexicon``: specific words and classes."""
    specific = {
        "Lisez-moi": pd.DataFrame({"rubrique": ["Parties"], "note": ["2, par année ; chacune est comparée au reste."]}),
        "Spécificités": pd.DataFrame(
            {
                "partie": [2019, 2019, 2020, 2020],
                "mot": ["ville", "jardin", "enfant", "le"],
                "indice": [2.5, 9.0, 3.0, -4.0],
                "tient à un seul document": ["oui", "non", "non", "non"],
            }
        ),
        "Parties": pd.DataFrame({"partie": [2019, 2020], "mots (t)": [10, 20]}),
    }
    classes = {
        "Classes": pd.DataFrame(
            {
                "classe": [1],
                "unités de contexte": [12],
                "part des unités classées": [0.4],
                "documents": [3],
                "part du premier document": [0.5],
                "mots": ["jardin, potager"],
            }
        )
    }
    files = {
        "specificities.xlsx": xlsx_bytes(specific),
        "classes.xlsx": xlsx_bytes(classes),
        "lexicon.html": b"x",
    }
    parameters = {"by": ["année"], "n_classes": 5, "terms": "domaine"}
    _add(results / "lexicon", "lexicon", files, parameters, {"documents": 4, "words": 40})


def _add(folder, command, files, parameters, counts):
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    versions = json.loads((folder.parent / "code" / "run.json").read_text("utf-8"))["versions"]
    record = {"command": command, "parameters": parameters, "versions": versions, "counts": counts}
    text = json.dumps(record | {"outputs": dict.fromkeys(files, "")})
    (folder / "run.json").write_text(text, "utf-8")
