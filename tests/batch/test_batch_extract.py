"""Beyond the bounds, workbook and report tell all the counts, show some verbatims and say where the others are."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.batch.coding import code_files
from innovsoc_analysis.batch.extract import draw
from innovsoc_analysis.batch.plan import Size
from innovsoc_analysis.batch.results import Bounds

SMALL = Bounds(codings=11)
WHERE = "Ce corpus est trop grand pour montrer ici tous les verbatims"


@pytest.fixture
def coded(job):
    made = job("r", size=Size(files=100), bounds=SMALL)
    return made.out, code_files(made).merged


def test_bounds_are_inclusive(job):
    made = job("r", size=Size(files=100), bounds=Bounds(codings=12, documents=7))
    code_files(made)
    assert WHERE not in (made.out / "report.html").read_text("utf-8")


def test_report_and_workbook_tell_all_the_counts(coded):
    out, merged = coded
    page = (out / "report.html").read_text("utf-8")
    assert WHERE in page
    assert "<dt>documents</dt><dd>7</dd>" in page
    assert "<dt>phrases</dt><dd>10</dd>" in page
    assert "12 codages automatiques" in page
    book = openpyxl.load_workbook(out / "codings.xlsx")
    assert book.sheetnames == ["À lire", "Verbatims (tirage)", "Codes", "Codes par genre"]
    assert book["À lire"]["A2"].value.startswith(WHERE)
    rows = [[cell.value for cell in row] for row in book["Codes"].iter_rows(min_row=2)]
    assert [row[0:1] + row[3:5] for row in rows] == [["jardin", 4, 3], ["voisin", 5, 4], ["loyer", 3, 2]]
    assert merged.tally.codings == 12


def test_the_extract_is_bounded_and_the_codings_drawn_are_those_whose_identifiers_come_first(coded):
    out, merged = coded
    codings = draw(merged, out, per_code=1)
    table = pd.read_parquet(out / "codings.parquet")
    first = {table.loc[table["code"] == one, "coding_id"].min() for one in ("jardin", "voisin", "loyer")}
    assert first <= set(codings.table["coding_id"])
    segments = set(table.loc[table["coding_id"].isin(first), "segment_id"])
    assert len(segments) <= 3
    assert set(codings.table["segment_id"]) == segments
    assert set(codings.corpus.documents["doc_id"]) == set(codings.table["doc_id"])
    assert len(codings.verbatims()) == len(table[table["segment_id"].isin(segments)])


def test_all_codings_stay_in_the_tables(coded):
    out, _ = coded
    assert len(pd.read_csv(out / "codings.csv")) == len(pd.read_parquet(out / "codings.parquet")) == 12
