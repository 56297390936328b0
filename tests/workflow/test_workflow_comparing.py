"""Two tables: rows more or less, cells that differ, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.safe.sheets import csv_bytes, xlsx_bytes
from innovsoc_analysis.workflow.comparing import compare_files, compare_tables


def table(**columns):
    return pd.DataFrame({name: list(values) for name, values in columns.items()})


def test_rows_are_matched_by_what_tells_them_apart():
    old = table(code="abcd", n="1234", share="5678")
    new = table(code="bcde", n="2940", share="6780")
    found = compare_tables(old, new)
    assert (found.added, found.removed, found.cells, found.columns) == (1, 1, 1, ("n",))
    assert found.sentence == "1 ligne ajoutée, 1 ligne retirée, 1 cellule différente (n)"


def test_two_columns_together_may_tell_rows_apart():
    old = table(doc=["a", "a", "b"], code=["x", "y", "x"], score=["1", "2", "3"])
    new = table(doc=["a", "a", "b"], code=["x", "y", "x"], score=["1", "5", "6"])
    found = compare_tables(old, new)
    assert (found.added, found.removed, found.cells, found.columns) == (0, 0, 2, ("score",))


def test_a_column_of_values_that_happen_to_be_unique_is_no_key():
    old = table(share=["0.1", "0.2", "0.3"], topic=["1", "2", "3"])
    new = table(share=["0.4", "0.5", "0.6"], topic=["1", "2", "3"])
    found = compare_tables(old, new)
    assert (found.added, found.removed, found.cells, found.columns) == (0, 0, 3, ("share",))


def test_rows_that_nothing_tells_apart_are_counted():
    found = compare_tables(table(word=["a", "a", "b"]), table(word=["a", "b", "b", "b"]))
    assert (found.added, found.removed, found.cells) == (2, 1, 0)


def test_the_same_rows_in_another_order_are_said():
    found = compare_tables(table(a="12", b="34"), table(a="21", b="43"))
    assert found.reordered
    assert found.sentence == "mêmes lignes, dans un autre ordre"


def test_columns_more_or_less_are_named():
    found = compare_tables(table(a="12", b="34"), table(a="12", c="56"))
    assert found.sentence == "colonne en plus : c, colonne en moins : b"


def test_equal_tables_have_nothing_to_say():
    assert compare_tables(table(a="11"), table(a="11")).sentence == ""


@pytest.mark.parametrize("locale", ["", "fr"])
def test_csv_files_are_read_in_either_spelling(tmp_path, locale):
    for name, n in (("old.csv", 1.5), ("new.csv", 2.5)):
        data = csv_bytes(pd.DataFrame({"mot": ["a; b", "c"], "n": [0.5, n]}), locale=locale)
        (tmp_path / name).write_bytes(data)
    (found,) = compare_files(tmp_path / "old.csv", tmp_path / "new.csv")
    assert (found.cells, found.columns) == (1, ("n",))


def test_only_sheets_that_differ_are_told(tmp_path):
    same = pd.DataFrame({"mot": ["a"]})
    for name, n in (("old.xlsx", 1), ("new.xlsx", 2)):
        (tmp_path / name).write_bytes(xlsx_bytes({"Mots": same, "Parts": pd.DataFrame({"mot": ["a"], "n": [n]})}))
    (found,) = compare_files(tmp_path / "old.xlsx", tmp_path / "new.xlsx")
    assert found.sentence == "feuille « Parts » : 1 cellule différente (n)"


def test_the_same_values_in_other_bytes_are_no_difference(tmp_path):
    frame = pd.DataFrame({"mot": ["a", None], "n": [1, 2]})
    frame.to_parquet(tmp_path / "old.parquet", compression="zstd")
    frame.to_parquet(tmp_path / "new.parquet", compression="gzip")
    assert (tmp_path / "old.parquet").read_bytes() != (tmp_path / "new.parquet").read_bytes()
    assert compare_files(tmp_path / "old.parquet", tmp_path / "new.parquet") == ()


@pytest.mark.parametrize("name", ["a.png", "damaged.parquet", "damaged.xlsx"])
def test_what_is_no_table_is_not_compared(tmp_path, name):
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(folder.encode())
    assert compare_files(tmp_path / "old" / name, tmp_path / "new" / name) is None


def test_columns_beyond_the_fourth_are_counted():
    old = {name: ["1", "2"] for name in "abcdef"}
    new = {name: ["8", "9"] for name in "abcdef"}
    found = compare_tables(table(key=["x", "y"], **old), table(key=["x", "y"], **new))
    assert found.sentence == "12 cellules différentes (a, b, c, d et 2 autres)"
    del old["f"], new["f"]
    found = compare_tables(table(key=["x", "y"], **old), table(key=["x", "y"], **new))
    assert found.sentence == "10 cellules différentes (a, b, c, d et 1 autre)"
