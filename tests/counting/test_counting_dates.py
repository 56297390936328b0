"""Dates as people write them."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.counting.dates import read_dates


@pytest.mark.parametrize(
    ("written", "year", "month"),
    [
        ("2024", 2024, None),
        ("2024-03-15", 2024, 3),
        ("2024-03-15 00:00:00", 2024, 3),
        ("2024-03-15T10:30:00+01:00", 2024, 3),
        ("2024/3", 2024, 3),
        ("15/03/2024", 2024, 3),
        ("5.3.2024", 2024, 3),
        ("03/2024", 2024, 3),
        ("03/04/2019", 2019, 4),  # the day first
        ("15 mars 2024", 2024, 3),
        ("vendredi 15 mars 2024", 2024, 3),
        ("1er août 2014", 2014, 8),
        ("FÉVRIER  2020", 2020, 2),
        ("fe\u0301vrier 2020", 2020, 2),
        ("15 févr. 2020", 2020, 2),
        ("29/02/2024", 2024, 2),
        ("29/02/2023", None, None),
        ("31-04-2024", None, None),
        ("13/2024", None, None),
        ("2024-13-01", None, None),
        ("12 brumaire 2024", None, None),
        ("vers 2024", None, None),
        ("avant mars 2024", None, None),
        ("après mars 2024", None, None),
        ("2019-2021", None, None),
        ("24", None, None),
        ("", None, None),
    ],
)
def test_dates_are_read_as_people_write_them(written, year, month):
    found = read_dates(pd.Series([written]))
    assert [None if pd.isna(value) else int(value) for value in found.iloc[0]] == [year, month]


def test_a_megabyte_that_is_no_date_is_passed_over():
    assert read_dates(pd.Series(["1" * 1_000_000, "2024-01-01 " + ":" * 1_000_000])).isna().all(axis=None)


def test_dates_keep_the_index_of_what_was_written():
    found = read_dates(pd.Series({"a": "mars 2021", "b": ""}))
    assert found.index.tolist() == ["a", "b"]
    assert found.dtypes.astype(str).tolist() == ["Int64", "Int64"]
