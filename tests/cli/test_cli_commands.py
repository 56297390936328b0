"""What each command shows, and that hostile names neither break the terminal nor act in it."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

GARDEN = "Un jardin partagé, un compost, des semences et des légumes."
HOME = "Un immeuble rénové, un logement, un locataire et un loyer modéré."
BOOK = """\
version: "1"
titre: Deux lieux
codes:
  - id: jardin
    libelle: "{label}"
    definition: Un lieu cultivé.
    exemples: [Un jardin ouvre.]
    contre_exemples: [{{texte: Un compost., raison: pas un lieu}}]
    indicateurs: {{lemmes: [jardin]}}
  - id: maison
    libelle: Maison
    definition: Un lieu bâti.
    indicateurs: {{lemmes: [logement]}}
"""


@pytest.fixture
def folder(tmp_path):
    places = {"projets/a.txt": GARDEN, "projets/b.txt": GARDEN, "paroles/c.txt": HOME, "paroles/d.txt": HOME + " Oui."}
    for name, text in places.items():
        path = tmp_path / "textes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "textes"


def cells(stdout: str) -> list[list[str]]:
    """The words of a table, its lines without rules and blanks."""
    return [re.split(r"  +", line.strip()) for line in stdout.splitlines() if re.search(r"\w", line)]


def test_ingest_counts_documents_by_genre_and_format(folder, run, tmp_path):
    (folder / "notes.md").write_text("# Notes\n\nUn texte.", "utf-8")
    outcome = run("ingest", folder, "--out", tmp_path / "r")
    assert outcome.status == 0
    assert cells(outcome.stdout) == [
        ["5 document(s) lu(s)"],
        ["genre et format", "documents"],
        ["sans genre, md", "1"],
        ["projets, txt", "2"],
        ["paroles, txt", "2"],
    ]


def test_topics_shows_shares_by_genre(folder, run, tmp_path):
    outcome = run("topics", folder, "--out", tmp_path / "r", "--n-topics", "2", "--seed", "5")
    assert outcome.status == 0
    table = cells(outcome.stdout)
    assert table[0] == ["2 thèmes ; part moyenne dans les documents"]
    assert table[1] == ["thème", "stabilité", "projets", "paroles", "ensemble"]
    row = next(row for row in table if row[0].startswith("1. compost, jardin,"))
    assert row[2:] == ["100\u202f%", "0\u202f%", "50\u202f%"]
    record = json.loads((tmp_path / "r" / "run.json").read_text("utf-8"))
    assert record["counts"] == {"documents": 4, "topics": 2, "words": 11}
    assert record["parameters"]["seed"] == 5
    assert record["parameters"]["sources"] == ["../textes"]


def test_concordance_shows_contexts_and_writes_the_table(folder, run, tmp_path):
    outcome = run("concordance", folder / "projets", "légume", "--width", "12", "--out", tmp_path / "légume.csv")
    assert outcome.status == 0
    assert outcome.stdout.splitlines() == [f"{'et des':>12}  légumes  {'.':<12}  {title}" for title in "ab"]
    assert outcome.stderr.splitlines()[-2:] == [
        f"Table : {tmp_path / 'légume.csv'}",
        "« légume » : 2 occurrence(s) dans 2 document(s) sur 2.",
    ]
    rows = list(csv.DictReader((tmp_path / "légume.csv").read_text("utf-8").splitlines()))
    assert [(row["source"], row["left"], row["pivot"], row["right"]) for row in rows] == [
        ("a.txt", "et des", "légumes", "."),
        ("b.txt", "et des", "légumes", "."),
    ]


def test_concordance_reads_several_sources_and_an_expression(folder, run, tmp_path):
    places = (folder / "projets", folder / "paroles" / "c.txt")
    outcome = run("concordance", *places, "loyer modéré", "--out", tmp_path / "l.xlsx")
    assert outcome.status == 0
    assert "« loyer modéré » : 1 occurrence(s) dans 1 document(s) sur 3." in outcome.stderr
    sheet = openpyxl.load_workbook(tmp_path / "l.xlsx")["Concordance"]
    assert [row[5].value for row in sheet.rows] == ["pivot", "loyer modéré"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_codebook_show_tells_each_bundled_code_in_a_line(run):
    outcome = run("codebook", "show")
    lines = outcome.stdout.splitlines()
    assert outcome.status == 0
    assert len([line for line in lines if line.startswith("  ")]) == 45
    assert lines[0].endswith(", 45 codes")
    assert "  def.defi             Défis sociétaux : Grand enjeu de société (climat" in outcome.stdout
    assert "innovsoc codebook show CODE" in outcome.stderr


def test_codebook_show_cuts_its_lines_at_the_width_of_a_terminal(run, monkeypatch):
    whole = run("codebook", "show").stdout.splitlines()
    monkeypatch.setattr(io, "StringIO", _Terminal)
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("codebook", "show").stdout.splitlines()
    assert len(lines) == len(whole)
    assert max(map(len, lines[2:])) <= 60
    cut = [line for line in lines if line.endswith("…")]
    assert len(cut) > 30
    assert all(any(one.startswith(line.removesuffix("…")) for one in whole) for line in cut)


def test_codebook_show_takes_a_code_of_the_bundled_book_by_its_name(run):
    outcome = run("codebook", "show", "def.besoin")
    assert outcome.status == 0
    assert outcome.stdout == run("codebook", "show", "bissib", "--code", "def.besoin").stdout
    assert outcome.stdout.startswith("def.besoin : Réponse à un besoin social\n")
    assert "\nMotifs, avec une phrase que chacun trouve\n  - pas_de_service : " in outcome.stdout
    assert max(map(len, outcome.stdout.splitlines())) < 300


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("def.besion",), 2, "Le livre « bissib » n'a pas de code « def.besion »"),
        (("absent.yaml",), 2, "Livre de codes introuvable : « absent.yaml »"),
        (("def.besoin", "--yaml"), 2, "« --yaml » montre le livre entier"),
    ],
)
def test_codebook_show_says_what_it_cannot_show(run, arguments, status, sentence):
    outcome = run("codebook", "show", *arguments)
    assert (outcome.status, outcome.stdout) == (status, "")
    assert sentence in outcome.sentence


def test_codebook_show_gives_the_file_as_it_stands(run, tmp_path):
    written = "# à nous\n" + BOOK.format(label="Jardin à soi")
    (tmp_path / "lieux.yaml").write_text(written, "utf-8")
    assert run("codebook", "show", tmp_path / "lieux.yaml", "--yaml").stdout == written
    (tmp_path / "copie.yaml").write_text(run("codebook", "show", "--yaml").stdout, "utf-8")
    assert run("codebook", "show", tmp_path / "copie.yaml").stdout == run("codebook", "show").stdout


def test_codebook_show_tells_all_of_one_code(run, tmp_path):
    (tmp_path / "lieux.yaml").write_text(BOOK.format(label="Jardin"), "utf-8")
    outcome = run("codebook", "show", tmp_path / "lieux.yaml", "--code", "jardin")
    assert outcome.stdout.splitlines() == [
        "jardin : Jardin",
        "Un lieu cultivé.",
        "",
        "Exemples",
        "  - Un jardin ouvre.",
        "",
        "Contre-exemples",
        "  - Un compost. (pas un lieu)",
        "",
        "Indicateurs",
        "  jardin",
    ]


@pytest.mark.parametrize(
    ("example", "status", "found", "mismatch"),
    [("Un jardin ouvre.", 0, "1 sur 1", None), ("Un verger ouvre.", 3, "0 sur 1", "Un verger ouvre.")],
)
def test_codebook_check_tries_the_examples(run, tmp_path, example, status, found, mismatch):
    path = tmp_path / "lieux.yaml"
    path.write_text(BOOK.format(label="Jardin").replace("Un jardin ouvre.", example), "utf-8")
    outcome = run("codebook", "check", path)
    assert outcome.status == status
    assert f"Exemples retrouvés : {found}." in outcome.stdout
    assert "Contre-exemples laissés de côté : 1 sur 1." in outcome.stdout
    told = [line for line in outcome.stderr.splitlines() if line.startswith("  jardin : ")]
    assert [f"« {mismatch} »" in line for line in told] == ([True] if mismatch else [])


def test_metadata_gives_genre_and_a_missing_file_is_remarked(folder, run, tmp_path):
    (tmp_path / "m.csv").write_text("fichier,genre\nprojets/a.txt,Définitions\nabsent.txt,projet\n", "utf-8")
    outcome = run("ingest", folder, "--out", tmp_path / "r", "--metadata", tmp_path / "m.csv")
    assert outcome.status == 0
    assert ["définitions, txt", "1"] in cells(outcome.stdout)
    assert "m.csv décrit « absent.txt », qui n'a pas été trouvé." in outcome.stderr.splitlines()


@pytest.mark.parametrize("label", ["[/b]", "[red]Lieu[/red]", ":cat: $x$"])
def test_labels_are_not_markup(folder, run, tmp_path, label):
    (tmp_path / "lieux.yaml").write_text(BOOK.format(label=label), "utf-8")
    (folder / "z.txt").write_text("Un jardin. Un logement.", "utf-8")
    (folder / "metadata.csv").write_text("file,genre\nz.txt,definition\n", "utf-8")
    outcome = run("code", folder, "--out", tmp_path / "r", "--codebook", tmp_path / "lieux.yaml", "--genre", label)
    assert outcome.status == 0
    table = {row[0]: row[1:] for row in cells(outcome.stdout)}
    assert set(table["code"]) == {label, "définitions", "documents", "phrases"}
    assert table[label][-2:] == ["3", "3"]
    assert table["Maison"][-2:] == ["3", "3"]


def test_control_characters_of_names_do_not_reach_the_terminal(run, tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a\x1b[31m\x07b\nc.txt").write_text("Un jardin.", "utf-8")
    (tmp_path / "t" / "x\x1b[2Jy.docx").write_bytes(b"PK\x03\x04")
    outcome = run("concordance", tmp_path / "t", "jardin")
    assert outcome.status == 3
    assert outcome.stdout.splitlines() == [f"{'Un':>50}  jardin  {'.':<50}  a�[31m�b c"]
    assert outcome.stderr.endswith("1 remarque(s) sur les fichiers, dont 1 refus : voir innovsoc ingest SOURCES.\n")
    listed = run("ingest", tmp_path / "t")
    assert "  x�[2Jy.docx : le fichier est endommagé ou incomplet ; redemandez-en une copie." in listed.stderr
    assert "\x1b" not in outcome.stdout + outcome.stderr + listed.stdout + listed.stderr
