"""Codes by an attribute of the documents, in small batches and in those too large for a report of everything."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from innovsoc_analysis.batch.coding import code_files
from innovsoc_analysis.batch.results import Bounds
from innovsoc_analysis.model.errors import UnknownNameError, UsageError


def sheet(out, name):
    return CalamineWorkbook.from_path(str(out / "codings.xlsx")).get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("bounds", [None, Bounds(codings=1)])
def test_table_filter_and_workbook_are_by_the_attribute(job, bounds):
    code_files(job("r", by="ville", bounds=bounds))
    out = job("r").out
    page = (out / "report.html").read_text("utf-8")
    # a.txt is of Namur and says it in two sentences, c.txt is of Mons; of nowhere are b.txt and a row of d.csv
    assert (
        '<option value="">tout</option><option>non renseigné</option><option>Mons</option><option>Namur</option>'
        in page
    )
    assert 'title="Jardin, Namur">1</a>' in page
    assert 'title="Jardin, non renseigné">2</a>' in page
    head, first = sheet(out, "Codes par attribut")[:2]
    assert head == ["code", "libellé", "non renseigné", "Mons", "Namur"]
    assert first == ["jardin", "Jardin", 2, 0, 2]
    assert sheet(out, "Codes par genre")[0] == ["code", "libellé", "projets", "paroles"]


def test_a_misspelt_attribute_is_told_before_anything_is_written_and_what_was_coded_is_kept(job):
    with pytest.raises(
        UnknownNameError, match=r"« vile » ; vouliez-vous dire « ville » \? Il y a : genre, lieu, ville"
    ):
        code_files(job("r", by="vile"))
    assert not (job("r").out / "codings.csv").exists()
    assert code_files(job("r", by="ville")).taken_over == 8


def test_an_attribute_that_tells_every_text_apart_is_refused(job, study):
    rows = "".join(f"{number};texte {number};{number}\n" for number in range(31))
    (study / "projets" / "h.csv").write_text(f"id;texte;numéro\n{rows}", "utf-8")
    with pytest.raises(UsageError, match="« numéro » a plus de 30 valeurs"):
        code_files(job("r", by="numéro"))


def test_the_attribute_is_recorded_where_there_is_one(job):
    assert "by" not in job("r").parameters
    assert job("r", by="ville").parameters["by"] == "ville"


@pytest.mark.parametrize(("locale", "name", "separator"), [("", "key", ","), ("fr", "ligne", ";")])
def test_a_coding_of_a_row_names_the_row(job, study, locale, name, separator):
    (study / "projets" / "d.csv").write_text("id,texte\nX7,Un jardin ouvre.\nX8,Un jardin ferme.\n", "utf-8")
    code_files(job("r", locale=locale))
    data = (job("r").out / "codings.csv").read_bytes()
    rows = pd.read_csv(io.BytesIO(data), sep=separator, dtype=str, keep_default_na=False)
    assert sorted(rows.loc[rows["source"].str.endswith("d.csv"), name]) == ["X7", "X8"]
    assert set(rows.loc[rows["source"].str.endswith("b.txt"), name]) == {""}
