"""What spreadsheets open: exact values, and no cell that acts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.safe.sheets import csv_bytes, neutralise, xlsx_bytes

# OWASP's list for CSV injection, and what Excel also takes for the start of a formula
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")
CELL = st.text(alphabet=st.sampled_from("=+-@\t\r\n\0＝＋－＠;,\"'aé 1\u2028"), max_size=6) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), max_size=8
)


def parsed(data: bytes, *, french: bool = False) -> list[list[str]]:
    text = data.decode("utf-8-sig" if french else "utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if french else ","))


def column(*values: Any) -> pd.DataFrame:
    return pd.DataFrame({"v": pd.Series(values, dtype=object)})


@given(CELL)
def test_a_neutralised_cell_is_the_cell_and_cannot_act(cell: str) -> None:
    safe = neutralise(cell)
    assert not safe.startswith(DANGEROUS)
    assert safe == ("'" + cell if cell.startswith(DANGEROUS) else cell)


@given(st.lists(st.tuples(CELL, CELL), max_size=4), st.booleans())
def test_csv_comes_back_cell_by_cell(rows: list[tuple[str, str]], french: bool) -> None:
    table = pd.DataFrame(rows, columns=["=un", "deux"], dtype=object)
    found = parsed(csv_bytes(table, locale="fr" if french else ""), french=french)
    assert found == [["'=un", "deux"], *([neutralise(left), neutralise(right)] for left, right in rows)]
    assert not any(cell.startswith(DANGEROUS) for row in found for cell in row)


def test_french_csv_has_semicolons_decimal_commas_and_a_mark() -> None:
    table = pd.DataFrame({"forme": ["a;b", "l’été"], "n": [3, -4], "part": [0.5, -1.25]})
    assert csv_bytes(table, locale="fr") == b"\xef\xbb\xbf" + 'forme;n;part\n"a;b";3;0,5\nl’été;-4;-1,25\n'.encode()
    assert csv_bytes(table) == "forme,n,part\na;b,3,0.5\nl’été,-4,-1.25\n".encode()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (-3, "-3"),
        (np.int64(-3), "-3"),
        (np.float64(-1.5), "-1,5"),
        (np.float32(0.25), "0,25"),
        ("-3", "'-3"),
        (1e-7, "1e-07"),
        (True, "True"),
        ("a\ud800", "a?"),
        ((1, 2), "(1, 2)"),
    ],
)
def test_every_kind_of_value_is_written(value: Any, written: str) -> None:
    assert parsed(csv_bytes(column(value, "x"), locale="fr"), french=True)[1:] == [[written], ["x"]]


def test_nullable_columns_keep_their_numbers() -> None:
    table = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.array([None, 2.5], dtype="Float64")})
    assert csv_bytes(table) == b"a,b\n1,\n,2.5\n"


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "@SUM(A1)",
        "+33 1",
        "-3",
        "{=A1}",
        "http://exemple.org",
        "mailto:a@b",
        "é 😀",
        "  x ",
    ],
)
def test_text_in_a_workbook_stays_text(text: str) -> None:
    cell = opened(xlsx_bytes({"Un": column(text)}))["Un"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("value", [3, -1.5, np.int64(7), np.float64(0.25)])
def test_numbers_in_a_workbook_stay_numbers(value: Any) -> None:
    cell = opened(xlsx_bytes({"Un": column(value)}))["Un"]["A2"]
    assert (cell.value, cell.data_type) == (value, "n")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, None),
        (pd.NA, None),
        (math.nan, None),
        (math.inf, "inf"),
        (True, "True"),
        ("a\ud800", "a?"),
        ("a\x01", "a\x01"),
    ],
)
def test_odd_values_do_not_spoil_a_workbook(value: Any, read: str | None) -> None:
    found = opened(xlsx_bytes({"Un": column(value, "x")}))["Un"]
    assert found["A3"].value == "x"
    assert str(found["A2"].value).replace("_x0001_", "\x01") == str(read)


def test_a_cell_too_long_for_excel_is_cut() -> None:
    assert opened(xlsx_bytes({"Un": column("é" * 40_000)}))["Un"]["A2"].value == "é" * 32_767


def test_sheets_keep_order_headers_frozen_and_filters() -> None:
    table = pd.DataFrame({"=forme": ["a", "b"], "n": [1, 2]})
    book = opened(xlsx_bytes({"Deux": table, "Vide": table.iloc[:0]}))
    assert book.sheetnames == ["Deux", "Vide"]
    assert [cell.value for cell in book["Deux"][1]] == ["=forme", "n"]
    assert book["Deux"]["A1"].data_type == "s"
    assert (book["Deux"].freeze_panes, book["Deux"].auto_filter.ref) == ("A2", "A1:B3")
    assert (book["Vide"].max_row, book["Vide"].auto_filter.ref) == (1, "A1:B2")


def test_the_same_tables_give_the_same_bytes() -> None:
    table = pd.DataFrame({"forme": ["été", "=1"], "n": [1.5, None]})
    assert opened(xlsx_bytes({"Un": table})).properties.created == dt.datetime(2000, 1, 1)  # noqa: DTZ001
    assert xlsx_bytes({"Un": table}) == xlsx_bytes({"Un": table.set_index(pd.Index([5, 6]))})
