"""Concordances as files and in a notebook: nothing in them can act."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from innovsoc_analysis.lexicometry import concordance
from innovsoc_analysis.lexicometry.kwic import COLUMNS
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

HOSTILE = {
    '=HYPERLINK("http://exemple.be")': "+33 appelle le jardin =2+2 vite.",
    "<script>alert(1)</script>": "@SUM(1) & <img src=x onerror=alert(1)> jardin -1+1",
}


@pytest.fixture(scope="module")
def found():
    return concordance(corpus_from_texts(HOSTILE, genre="-project"), "jardin")


def test_csv_neutralises_what_a_spreadsheet_could_run(found, tmp_path):
    path = tmp_path / "jardin.csv"
    found.save(path)
    header, *rows = csv.reader(path.read_text("utf-8").splitlines())
    assert header == COLUMNS
    assert [row[:7] for row in rows] == [
        [
            '\'=HYPERLINK("http://exemple.be")',
            '\'=HYPERLINK("http://exemple.be")',
            "'-project",
            "",
            "'+33 appelle le",
            "jardin",
            "'=2+2 vite.",
        ],
        [
            "<script>alert(1)</script>",
            "<script>alert(1)</script>",
            "'-project",
            "",
            "'@SUM(1) & <img src=x onerror=alert(1)>",
            "jardin",
            "'-1+1",
        ],
    ]
    assert [row[8:] for row in rows] == [["15", "21"], ["39", "45"]]


def test_french_csv(found, tmp_path):
    found.save(tmp_path / "jardin.csv", locale="fr")
    data = (tmp_path / "jardin.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsource;title;genre;speaker;left;pivot;right;doc_id;start;end\n")


@pytest.mark.parametrize("name", ["jardin.xlsx", "Jardin.XLSX"])
def test_workbook_holds_texts_not_formulas(found, tmp_path, name):
    found.save(tmp_path / name)
    sheet = openpyxl.load_workbook(tmp_path / name)["Concordance"]
    rows = list(sheet.rows)
    assert [cell.value for cell in rows[0]] == [
        *("source", "titre", "genre", "locuteur·rice", "contexte gauche", "pivot", "contexte droit"),
        *("doc_id", "début", "fin"),
    ]
    assert rows[1][0].value == '=HYPERLINK("http://exemple.be")'
    assert {cell.data_type for row in rows for cell in row} == {"s", "n"}
    assert not any(cell.hyperlink for row in rows for cell in row)


@pytest.mark.parametrize("name", ["jardin.txt", "jardin", "jardin.csv.gz"])
def test_another_suffix_is_refused_and_writes_nothing(found, tmp_path, name):
    with pytest.raises(UsageError) as raised:
        found.save(tmp_path / name)
    assert str(raised.value) == f"« {name} » : choisissez un nom en .csv, .xlsx ou .html."
    assert list(tmp_path.iterdir()) == []


def test_a_concordance_without_occurrence_still_has_its_header(tmp_path):
    empty = concordance(corpus_from_texts({"a": "Un jardin."}), "loyer")
    empty.save(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8") == ",".join(COLUMNS) + "\n"


def test_notebook_view_escapes_texts_and_query(found):
    html = found._repr_html_()
    assert html.startswith("<p>« jardin » : 2 occurrence(s)</p><table>")
    assert "<b>jardin</b>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
    query = concordance(corpus_from_texts({"a": "Un jardin."}), "<b>x</b>")
    assert "« &lt;b&gt;x&lt;/b&gt; » : 0 occurrence(s)" in query._repr_html_()
