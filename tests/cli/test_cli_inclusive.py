"""``innovsoc inclusive``: what it shows and writes, and what it refuses."""

from __future__ import annotations

import csv

import openpyxl
import pytest

BROKEN_DOCX = b"PK\x03\x04 not a document"
# 11, 3 and 4 words, a doublet being one
MARKED = "Les habitant·e·s et les usager-ère-s votent. Celles et ceux qui aident sont là."
PLAIN = "Un jardin pousse."
SPOKEN = "Les habitant·e·s partent. Toustes."


@pytest.fixture
def folder(tmp_path):
    """Two sheets and an interview, under names with accents; two of the three have an author."""
    folder = tmp_path / "Été à Liège"
    for name, text in {
        "projets/œuvre n° 1.txt": MARKED,
        "projets/l’été.txt": PLAIN,
        "paroles/l’été.txt": SPOKEN,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "metadata.csv").write_text("file,author\nœuvre n° 1.txt,Zoé\nparoles/l’été.txt,Zoé\n", "utf-8")
    return folder


KINDS = [
    "    2  point médian : habitant·e·s",
    "    1  trait d'union : usager-ère-s",
    "    1  doublet : celles et ceux",
    "    1  mot-valise : toustes",
]


def test_groups_come_by_their_rate_then_kinds_with_their_forms(folder, run):
    outcome = run("inclusive", folder)
    assert outcome.status == 0
    assert outcome.stdout.splitlines() == [
        "    2 formes, 500,0 pour 1 000 mots  paroles (1 document(s) sur 1)",
        "    3 formes, 214,3 pour 1 000 mots  projets (1 document(s) sur 2)",
        *KINDS,
    ]
    assert outcome.stderr.splitlines() == [
        "lecture : 4 fichiers…",
        "annotation : 3 textes…",
        "5 forme(s) inclusive(s) dans 2 document(s) sur 3.",
    ]


def test_each_document_may_be_a_group_even_of_the_same_title(folder, run):
    outcome = run("inclusive", folder, "--by", "document")
    assert outcome.status == 0
    assert outcome.stdout.splitlines() == [
        "    2 formes, 500,0 pour 1 000 mots  l’été (paroles/l’été.txt) (1 document(s) sur 1)",
        "    3 formes, 272,7 pour 1 000 mots  œuvre n° 1 (1 document(s) sur 1)",
        "    0 formes,   0,0 pour 1 000 mots  l’été (projets/l’été.txt) (0 document(s) sur 1)",
        *KINDS,
    ]


def test_a_column_of_the_metadata_may_make_the_groups(folder, run):
    outcome = run("inclusive", folder, "--by", "author")
    assert outcome.status == 0
    assert outcome.stdout.splitlines()[:2] == [
        "    5 formes, 333,3 pour 1 000 mots  Zoé (2 document(s) sur 2)",
        "    0 formes,   0,0 pour 1 000 mots  non renseigné (0 document(s) sur 1)",
    ]


def test_an_unknown_column_is_refused_before_the_texts_are_annotated(folder, run, tmp_path):
    outcome = run("inclusive", folder, "--by", "auteure", "--out", tmp_path / "r.csv")
    assert outcome.status == 2
    assert (
        outcome.sentence
        == "Aucun document n'a d'attribut « auteure » ; vouliez-vous dire « author » ? Il y a : genre, author."
    )
    assert "annotation" not in outcome.stderr
    assert outcome.stdout == ""
    assert not (tmp_path / "r.csv").exists()


def test_csv_lists_every_form_and_its_place(folder, run, tmp_path):
    out = tmp_path / "résultats de l'été" / "formes.csv"
    outcome = run("inclusive", folder, "--out", out)
    assert outcome.status == 0
    assert outcome.stderr.splitlines()[-2] == f"Table : {out}"
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert [(row["source"], row["group"], row["start"], row["end"], row["form"], row["kind"]) for row in rows] == [
        ("paroles/l’été.txt", "talk", "4", "16", "habitant·e·s", "median_point"),
        ("paroles/l’été.txt", "talk", "26", "33", "Toustes", "portmanteau"),
        ("projets/œuvre n° 1.txt", "project", "4", "16", "habitant·e·s", "median_point"),
        ("projets/œuvre n° 1.txt", "project", "24", "36", "usager-ère-s", "hyphen"),
        ("projets/œuvre n° 1.txt", "project", "45", "59", "Celles et ceux", "doublet"),
    ]


def test_french_csv(folder, run, tmp_path):
    assert run("inclusive", folder, "--out", tmp_path / "f.csv", "--locale", "fr").status == 0
    assert (tmp_path / "f.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id;source;title;group;")


def test_workbook_holds_counts_and_forms(folder, run, tmp_path):
    assert run("inclusive", folder, "--by", "author", "--out", tmp_path / "f.xlsx").status == 0
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book.sheetnames == ["Effectifs", "Formes"]
    counts = list(book["Effectifs"].iter_rows(values_only=True, max_col=5))
    assert counts == [
        ("author", "documents", "documents qui en ont", "mots", "formes"),
        ("non renseigné", 1, 0, 3, 0),
        ("Zoé", 2, 2, 15, 5),
    ]
    assert book["Formes"].max_row == 6


@pytest.mark.parametrize("name", ["formes.txt", "formes", "formes.csv.gz"])
def test_another_suffix_is_refused_before_the_sources_are_read(folder, run, tmp_path, name):
    outcome = run("inclusive", folder, "--out", tmp_path / name)
    assert outcome.status == 2
    assert outcome.sentence == f"« {name} » : choisissez un nom en .csv ou .xlsx."
    assert "lecture" not in outcome.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["formes.csv", "formes.xlsx"])
def test_a_table_written_among_the_sources_is_not_read_at_the_next_run(folder, run, name):
    outcomes, tables = [], []
    for _ in range(2):
        outcomes.append(run("inclusive", folder, "--out", folder / name))
        tables.append((folder / name).read_bytes())
    assert outcomes[0] == outcomes[1]
    assert outcomes[1].status == 0
    assert tables[0] == tables[1]


@pytest.mark.parametrize("by", ["genre", "document"])
def test_texts_without_inclusive_forms_are_no_trouble(folder, run, tmp_path, by):
    outcome = run("inclusive", folder / "projets" / "l’été.txt", "--by", by, "--out", tmp_path / "f.xlsx")
    assert outcome.status == 0
    name = {"genre": "sans genre", "document": "l’été"}[by]
    assert outcome.stdout == f"    0 formes,   0,0 pour 1 000 mots  {name} (0 document(s) sur 1)\n"
    assert outcome.stderr.splitlines()[-1] == "0 forme(s) inclusive(s) dans 0 document(s) sur 1."
    assert openpyxl.load_workbook(tmp_path / "f.xlsx")["Formes"].max_row == 1


def test_broken_files_are_told_and_the_rest_is_done(folder, run):
    (folder / "cassé.docx").write_bytes(BROKEN_DOCX)
    outcome = run("inclusive", folder)
    assert outcome.status == 3
    assert outcome.stdout.splitlines()[-4:] == KINDS
    assert outcome.stderr.splitlines()[-1] == (
        "1 remarque(s) sur les fichiers, dont 1 refus : voir innovsoc ingest SOURCES."
    )
    assert "Traceback" not in outcome.stderr


def test_only_broken_files_are_named(run, tmp_path):
    (tmp_path / "cassé.docx").write_bytes(BROKEN_DOCX)
    outcome = run("inclusive", tmp_path)
    assert outcome.status == 4
    assert outcome.stderr.splitlines()[-2:] == [
        "innovsoc : Aucun texte n'a pu être lu :",
        "  cassé.docx : le fichier est endommagé ou incomplet ; redemandez-en une copie.",
    ]


def test_twenty_groups_are_shown_and_the_others_counted(run, tmp_path):
    for number in range(22):
        (tmp_path / f"{number:02}.txt").write_text(f"Texte {number}.", "utf-8")
    lines = run("inclusive", tmp_path, "--by", "document").stdout.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "      … et 2 autre(s) ; tout est dans la table de --out (.xlsx)."


def test_the_four_commonest_forms_of_a_kind_are_shown_on_one_line(run, tmp_path):
    forms = ["élu·es", "habitant·es", "Élu·es", "adhérent·es", "étudiant·es", "habitant·es", "élu·es", "voisin·es"]
    (tmp_path / "a.txt").write_text("".join(f"Les {form} votent.\n" for form in forms), "utf-8")
    (line,) = run("inclusive", tmp_path).stdout.splitlines()[1:]
    assert line == "    8  point médian : élu·es, habitant·es, adhérent·es, étudiant·es"


def test_names_neither_break_the_line_nor_act_in_the_terminal(run, tmp_path):
    (tmp_path / "a\x1b[31m\nb.txt").write_text(PLAIN, "utf-8")
    outcome = run("inclusive", tmp_path, "--by", "document")
    (line,) = outcome.stdout.splitlines()
    assert line.endswith("a�[31m b (0 document(s) sur 1)")


def test_neither_stream_quotes_more_than_the_forms(folder, run):
    outcome = run("inclusive", folder, "--by", "document")
    for word in ("votent", "jardin", "partent"):
        assert word not in outcome.stdout + outcome.stderr


def test_help_is_in_french_and_names_the_groups(run):
    outcome = run("inclusive", "--help")
    assert (outcome.status, outcome.stderr) == (0, "")
    shown = " ".join(outcome.stdout.replace("│", " ").split())
    assert "Relever l'écriture inclusive" in shown
    assert "Compter par : genre, document, ou colonne des métadonnées." in shown
    assert "[par défaut : genre]" in shown
    assert "Afficher cette aide." in shown
    for word in ("Show this message", "required", "default:"):
        assert word not in shown
    assert " inclusive " in run("--help").stdout
