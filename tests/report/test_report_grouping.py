"""Codes by another attribute than the genre: table, filter, figure, document; and names that are none."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile

import pytest

from innovsoc_analysis.coding.drawing import left_out
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.report.grouping import grouping
from innovsoc_analysis.report.page import report_page
from innovsoc_analysis.report.study import save_study_report
from innovsoc_analysis.report.summary import summarise


def described(codings, **columns):
    documents = codings.corpus.documents.assign(**columns)
    return dataclasses.replace(codings, corpus=dataclasses.replace(codings.corpus, documents=documents))


@pytest.fixture(scope="module")
def placed(codings):
    """The interview and the project are of Mons, of the third text nothing is known."""
    return described(codings, **{"meta.territoire": ["Mons", "Mons", None]})


def test_codes_are_counted_by_the_attribute(placed):
    summary = summarise(placed, by="territoire")
    assert summary["by"] == {"name": "territoire", "label": "territoire", "is_genre": False}
    assert summary["group_names"] == ["non renseigné", "Mons"]
    assert summary["groups"] == [
        {"label": "non renseigné", "documents": 1, "words": 3},
        {"label": "Mons", "documents": 2, "words": 19},
    ]
    counts = {one["id"]: one["by_group"] for family in summary["families"] for one in family["codes"]}
    assert counts == {"jardin": [0, 2], "ville": [0, 1], "enfant": [1, 1]}
    assert summary["totals"]["by_group"] == [1, 2]
    assert [one["group"] for one in summary["documents"]] == ["Mons", "Mons", "non renseigné"]


def test_genres_stay_what_they_are(placed, codings):
    by_attribute, by_genre = summarise(placed, by="meta.territoire"), summarise(codings)
    assert by_attribute["genres"] == by_genre["genres"]
    assert by_attribute["genre_names"] == by_genre["genre_names"]
    assert "group" not in by_genre["documents"][0]


def test_the_page_has_columns_links_and_a_filter_of_the_attribute(placed, codings):
    page = report_page(placed, title="T", by="territoire")
    assert (
        '<select id="f-group"><option value="">tout</option><option>non renseigné</option><option>Mons</option>' in page
    )
    assert 'href="#code=jardin&amp;group=Mons" title="Jardin, Mons">2</a>' in page
    assert "Nombre de documents qui portent le code, par territoire" in page
    assert "Mons (n = 2)" in page
    assert 'id="f-group"' not in report_page(codings, title="T")


def test_many_values_leave_the_figure_readable_and_the_table_whole():
    assert left_out(8) == ""
    assert left_out(9) == " ; les 8 groupes les plus nombreux, sur 9"
    found = grouping("lieu", [str(number) for number in range(30)])
    assert len(found.names) == 30
    with pytest.raises(UsageError, match="« lieu » a plus de 30 valeurs"):
        grouping("lieu", [str(number) for number in range(31)])


def test_a_misspelt_attribute_is_told_with_the_nearest_and_all(placed):
    with pytest.raises(
        UnknownNameError, match=r"« teritoire » ; vouliez-vous dire « territoire » .* genre, territoire"
    ):
        summarise(placed, by="teritoire")


@pytest.fixture
def described_results(results):
    """The results, of which the texts have a metadata column: those of « paroles » are of Mons, the others of Ath."""
    import pandas as pd

    path = results / "code" / "documents.parquet"
    documents = pd.read_parquet(path)
    documents["meta.territoire"] = ["Mons" if genre == "talk" else "Ath" for genre in documents["genre"]]
    documents.to_parquet(path)
    return results


def test_the_report_of_a_study_takes_the_attribute_and_records_it(described_results):
    page, document = save_study_report(described_results, by="territoire")
    assert "<option>Ath</option><option>Mons</option>" in page.read_text("utf-8")
    assert json.loads((page.parent / "run.json").read_text("utf-8"))["parameters"]["by"] == "territoire"
    with zipfile.ZipFile(document) as archive:
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    assert "Textes lus, par territoire" in text
    assert "Part des textes qui portent chaque code, par territoire" in text
    assert "Les codes sont comparés par territoire." in text


def test_the_report_of_a_study_compares_as_the_coding_did(described_results):
    path = described_results / "code" / "run.json"
    record = json.loads(path.read_text("utf-8"))
    record["parameters"]["by"] = "territoire"
    path.write_text(json.dumps(record), "utf-8")
    page, _ = save_study_report(described_results)
    assert '<select id="f-group">' in page.read_text("utf-8")


def test_the_report_that_run_keeps_is_left_alone(results):
    (results.parent / "innovsoc.toml").write_text("", "utf-8")
    kept = results / "report"
    kept.mkdir()
    (kept / "report.docx").write_bytes(b"of the study")
    page, _ = save_study_report(results.parent)
    assert page == results / "report-a-part" / "report.html"
    assert (kept / "report.docx").read_bytes() == b"of the study"
    assert [path.name for path in kept.iterdir()] == ["report.docx"]
    with pytest.raises(UsageError, match="est le rapport que tient innovsoc run"):
        save_study_report(results, kept)
