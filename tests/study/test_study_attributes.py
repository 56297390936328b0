"""Attributes are dates, numbers or categories by their values, sorted so, and described without telling persons."""

from __future__ import annotations

import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.lexicometry.tables import lexical_table
from innovsoc_analysis.study.attributes import (
    ALL_DIFFERENT,
    CATEGORY,
    DATE,
    MASKED,
    NUMBER,
    describe_attributes,
    in_order,
    kind_of,
)
from innovsoc_analysis.study.corpus import read_corpus
from innovsoc_analysis.study.written import read_date, read_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("9", 9.0),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 250", 1250.0),
        ("1\u202f250\u202f000,75", 1250000.75),
        ("-3", -3.0),
        ("\u22123", -3.0),
        ("0,5", 0.5),
        (" 7 ", 7.0),
        ("01000", None),  # a postal code
        ("09", None),
        ("12 50", None),
        ("1e3", None),
        ("nan", None),
        ("12 ans", None),
        ("٣", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_french_people_write_them(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", (2024, None, None)),
        ("15/03/2024", (2024, 3, 15)),
        ("2024-03-15T10:00", (2024, 3, 15)),
        ("vendredi 1er mars 2024", (2024, 3, 1)),
        ("févr. 2024", (2024, 2, None)),
        ("29/02/2023", None),
        ("13/2024", None),
        ("vers 1990", None),
        ("1499", None),
    ],
)
def test_dates_are_read_with_the_day_before_the_month(written, date):
    assert read_date(written) == date


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["9", "10,5", ""], NUMBER),
        (["1800", "25000"], NUMBER),  # inhabitants: one is no year
        (["2019", "mars 2021", "02/04/2023"], DATE),
        (["9", "ne sait pas"], CATEGORY),
        (["01", "75", "2A"], CATEGORY),
        (["", " "], CATEGORY),
    ],
)
def test_a_kind_is_one_that_all_values_have(values, kind):
    assert kind_of(values) == kind


def test_numbers_are_sorted_by_size_dates_by_time_and_names_by_the_numbers_in_them():
    assert in_order(["10", "", "9", "-1", "9,25", "9,5", "1 000"]) == ["-1", "9", "9,25", "9,5", "10", "1 000", ""]
    assert in_order(["02/04/2024", "15/03/2023", "mars 2023", "2023"]) == [
        "2023",
        "mars 2023",
        "15/03/2023",
        "02/04/2024",
    ]
    assert in_order(["lot 10", "lot 9", "", "lot 9"]) == ["", "lot 9", "lot 10"]
    assert in_order(["b", "a", ""], key=lambda value: (not value, value)) == ["a", "b", ""]


def test_a_description_counts_values_and_hides_what_tells_a_person():
    table = describe_attributes(
        {
            "âge": ["9", "10", "10", ""],
            "recueil": ["15 mars 2024", "2019", "02/04/2023", "2020"],
            "lieu": ["Mons", "Mons", " Mons ", "Liège"],
            "métier": ["maire", "boulangère", "facteur", ""],
            "Prénom de l'enquêtée": ["Ana", "Ana", "Ana", "Luc"],
            "e-mail": ["a", "a", "a", "a"],
            "joindre": ["ana@exemple.be", "ana@exemple.be", "", ""],
            "rappel": ["0470 12 34 56", "0470 12 34 56", "", ""],
            "date de naissance": ["1970", "1980", "1990", "2000"],
            "rien": ["", "", "", ""],
        }
    ).set_index("name")
    assert table["kind"].to_dict() == {
        **dict.fromkeys(table.index, CATEGORY),
        "âge": NUMBER,
        "recueil": DATE,
        "date de naissance": DATE,
    }
    assert table.loc["âge"].to_list() == [NUMBER, 2, 1, "de 9 à 10"]
    assert table.loc["recueil", "examples"] == "de 2019 à 2024"
    assert table.loc["lieu"].to_list() == [CATEGORY, 2, 0, "Mons…"]
    assert table.loc["métier", "examples"] == ALL_DIFFERENT
    hidden = ["Prénom de l'enquêtée", "e-mail", "joindre", "rappel", "date de naissance"]
    assert table.loc[hidden, "examples"].to_list() == [MASKED] * 5
    assert table.loc["rien"].to_list() == [CATEGORY, 0, 4, ""]


@pytest.fixture
def corpus(tmp_path):
    for number in (10, 9, 100):
        (tmp_path / f"{number}.txt").write_text("Un jardin partagé.", "utf-8")
    rows = "file;âge\n10.txt;10\n9.txt;9\n100.txt;1 000,5\n"
    (tmp_path / "metadata.csv").write_text(rows, "utf-8")
    return read_corpus(tmp_path)


def test_a_corpus_tells_the_kinds_and_keeps_what_was_written(corpus):
    assert corpus.attribute_table[["name", "kind", "n_values"]].to_numpy().tolist() == [
        ["genre", CATEGORY, 0],
        ["âge", NUMBER, 3],
    ]
    assert sorted(corpus.attribute("âge")) == ["1 000,5", "10", "9"]
    assert corpus.documents["meta.âge"].map(type).eq(str).all()


def test_tables_by_a_number_have_nine_before_ten(corpus):
    assert lexical_table(corpus, "âge").parts == ("9", "10", "1 000,5")
    codings = code(corpus, load_codebook(), coder="rules")
    assert codings.matrix(by="âge").columns.tolist() == ["9", "10", "1 000,5"]
