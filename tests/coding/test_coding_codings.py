"""What one asks of codings: counts worked out by hand on four documents."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.coding.coder import code as code_corpus
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.study.corpus import corpus_from_texts, read_corpus

FILES = {
    "a.txt": "Le besoin existe. Un autre besoin reste.",
    "b.txt": "Le quartier a un besoin.",
    "c.txt": "Le quartier vit. Le quartier change. Il pleut.",
    "d.txt": "Il pleut <b>.",
    "metadata.csv": "file,genre,pays\na.txt,definition,Belgique\nb.txt,project,Belgique\nc.txt,project,\nd.txt,talk,France\n",
}
BOOK = Codebook.model_validate(
    {
        "nom": "essai",
        "version": "1",
        "familles": [
            {"id": "F", "libelle": "Éléments", "groupes": [{"id": "F1", "libelle": "Un", "codes": ["lieu", "besoin"]}]},
            {"id": "G", "libelle": "Autres", "groupes": [{"id": "G1", "libelle": "Deux", "codes": ["rare"]}]},
        ],
        "codes": [
            {"id": "besoin", "libelle": "Besoin", "definition": "…", "indicateurs": {"lemmes": ["besoin"]}},
            {"id": "lieu", "libelle": "Lieu", "definition": "…", "indicateurs": {"lemmes": ["quartier"]}},
            {"id": "rare", "libelle": "Rare", "definition": "…", "indicateurs": {"lemmes": ["licorne"]}},
        ],
    }
)
CODES = ["lieu", "besoin", "rare"]  # in the order of the families


@pytest.fixture(scope="module")
def codings(tmp_path_factory):
    """Return the codings of four documents."""
    folder = tmp_path_factory.mktemp("sources")
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return code_corpus(read_corpus(folder), BOOK)


def test_the_table_has_one_row_per_segment_and_code_in_the_order_of_the_codebook(codings):
    quotes = codings.verbatims()
    assert list(zip(quotes["source"], quotes["code"], quotes["quote"], quotes["evidence"], strict=True)) == [
        ("a.txt", "besoin", "Le besoin existe.", "besoin"),
        ("a.txt", "besoin", "Un autre besoin reste.", "besoin"),
        ("b.txt", "lieu", "Le quartier a un besoin.", "quartier"),
        ("b.txt", "besoin", "Le quartier a un besoin.", "besoin"),
        ("c.txt", "lieu", "Le quartier vit.", "quartier"),
        ("c.txt", "lieu", "Le quartier change.", "quartier"),
    ]
    assert len(codings) == 6
    assert set(codings.table["origin"]) == set(codings.table["coder"]) == {"rules"}
    assert set(codings.table["score"]) == {1.0}
    assert set(codings.table["codebook"]) == {BOOK.reference}
    assert codings.table["coding_id"].is_unique


def test_summary(codings):
    summary = codings.summary()
    assert summary.index.tolist() == CODES
    assert summary["family"].tolist() == ["Éléments", "Éléments", "Autres"]
    assert summary["segments"].tolist() == [3, 3, 0]
    assert summary["documents"].tolist() == [2, 2, 0]
    assert summary["share"].tolist() == [50.0, 50.0, 0.0]


@pytest.mark.parametrize(
    ("by", "values", "columns", "rows"),
    [
        ("genre", "segments", ["definition", "project", "talk"], [[0, 3, 0], [2, 1, 0], [0, 0, 0]]),
        ("genre", "documents", ["definition", "project", "talk"], [[0, 2, 0], [1, 1, 0], [0, 0, 0]]),
        ("genre", "share", ["definition", "project", "talk"], [[0, 100, 0], [100, 50, 0], [0, 0, 0]]),
        ("pays", "segments", ["", "Belgique", "France"], [[2, 1, 0], [0, 3, 0], [0, 0, 0]]),
        ("pays", "documents", ["", "Belgique", "France"], [[1, 1, 0], [0, 2, 0], [0, 0, 0]]),
        ("pays", "share", ["", "Belgique", "France"], [[100, 50, 0], [0, 100, 0], [0, 0, 0]]),
    ],
)
def test_matrix(codings, by, values, columns, rows):
    matrix = codings.matrix(by=by, values=values)
    assert matrix.index.tolist() == CODES
    assert matrix.columns.tolist() == columns
    assert matrix.to_numpy().tolist() == rows


def test_matrix_by_document(codings):
    source = codings.corpus.documents.set_index("doc_id")["source"]
    matrix = codings.matrix(by="doc_id").rename(columns=source)
    assert {name: matrix[name].tolist() for name in sorted(matrix)} == {
        "a.txt": [0, 2, 0],
        "b.txt": [1, 1, 0],
        "c.txt": [2, 0, 0],
        "d.txt": [0, 0, 0],
    }


def test_what_is_not_known_is_refused(codings):
    with pytest.raises(KeyError):
        codings.matrix(by="inconnu")
    with pytest.raises(KeyError):
        codings.verbatims("inconnu")


def test_verbatims_of_one_code(codings):
    lieu = codings.verbatims("lieu")
    assert lieu["source"].tolist() == ["b.txt", "c.txt", "c.txt"]
    assert lieu["label"].unique().tolist() == ["Lieu"]
    assert lieu["family"].unique().tolist() == ["Éléments"]
    assert lieu["genre"].unique().tolist() == ["project"]
    assert codings.verbatims("rare").empty


def test_a_notebook_shows_one_verbatim_of_each_document_before_a_second(codings):
    assert codings.show("lieu", n=2).table["quote"].tolist() == ["Le quartier a un besoin.", "Le quartier vit."]
    spread = codings.show("besoin", n=2, by="pays").table
    assert spread["source"].tolist() == ["a.txt", "b.txt"]
    html = codings.show("lieu", n=1)._repr_html_()
    assert "« Le <mark>quartier</mark> a un besoin. »" in html
    assert html.count("<li") == 1
    assert "quartier" not in repr(codings)
    assert "6 codages, 2 codes rencontrés" in codings._repr_html_()


def test_a_corpus_in_which_nothing_is_coded_gives_empty_tables_and_whole_files(tmp_path):
    none = code_corpus(corpus_from_texts({"a": "Il pleut."}, genre="x"), BOOK)
    assert len(none) == 0
    assert none.verbatims().empty
    assert none.matrix(values="share").to_numpy().tolist() == [[0.0], [0.0], [0.0]]
    assert none.summary()["segments"].tolist() == [0, 0, 0]
    assert [path.name for path in none.save(tmp_path)] == ["codings.parquet", "codings.csv", "codings.xlsx"]
    assert len(pd.read_parquet(tmp_path / "codings.parquet")) == 0


@pytest.mark.parametrize(("unit", "segments"), [("phrase", 2), ("paragraphe", 1), ("tour", 1)])
def test_the_codebook_says_which_segments_are_coded(unit, segments):
    corpus = corpus_from_texts({"a": FILES["a.txt"]})
    assert len(code_corpus(corpus, BOOK.model_copy(update={"unit": unit}))) == segments


def test_a_workbook_holds_verbatims_counts_and_both_matrices(codings, tmp_path):
    codings.to_excel(tmp_path / "codages.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "codages.xlsx")
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook}
    assert list(sheets) == ["Verbatims", "Codes", "Codes par genre", "Codes par document"]
    assert sheets["Verbatims"][0][4:10] == ("famille", "chemin", "code", "libellé", "verbatim", "indices")
    assert len(sheets["Verbatims"]) == 1 + 6
    assert sheets["Codes"][1] == ("lieu", "Éléments", "Lieu", 3, 2, 50)
    assert sheets["Codes par genre"][2] == ("besoin", "Besoin", 2, 1, 0)
    assert sheets["Codes par document"][0] == ("source", "titre", "genre", "pays", *CODES)
    assert {row[0]: row[4:] for row in sheets["Codes par document"][1:]}["c.txt"] == (2, 0, 0)


def test_csv_for_a_french_spreadsheet(codings, tmp_path):
    codings.to_csv(tmp_path / "fr.csv", locale="fr")
    codings.to_csv(tmp_path / "en.csv")
    french, plain = (tmp_path / "fr.csv").read_bytes(), (tmp_path / "en.csv").read_bytes()
    assert french.startswith(b"\xef\xbb\xbfsource;ligne;titre;genre;")
    assert b";1,0;" in french
    assert plain.startswith(b"source,key,title,genre,")
    assert b",1.0," in plain
    assert french.count(b"\n") == plain.count(b"\n") == 1 + 6


def test_the_figure_shows_each_code_and_the_size_of_each_group(codings):
    axes = codings.plot()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Lieu", "Besoin", "Rare"]
    groups = [text.get_text() for text in axes.get_legend().get_texts()]
    assert groups == ["définitions (n = 1)", "projets (n = 2)", "paroles (n = 1)"]
    assert [line.get_xdata().tolist() for line in axes.get_lines()] == [[0, 100, 0], [100, 50, 0], [0, 0, 0]]
    assert "4 documents" in axes.figure.get_supxlabel()


def test_codes_of_the_same_name_have_each_their_row():
    twins = [
        {"id": name, "libelle": "Autre", "definition": "…", "indicateurs": {"lemmes": [word]}}
        for name, word in (("un", "besoin"), ("deux", "quartier"))
    ]
    book = Codebook.model_validate({"nom": "essai", "version": "1", "codes": twins})
    axes = code_corpus(corpus_from_texts({"a": "Un besoin."}), book).plot()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Autre (un)", "Autre (deux)"]
    assert axes.get_lines()[0].get_xdata().tolist() == [100, 0]
