"""Tables put together part by part have the bytes that they have in one piece."""

from __future__ import annotations

import io
from itertools import pairwise

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from innovsoc_analysis.batch.streaming import RowGroups, join_csv, join_tables
from innovsoc_analysis.model.tables import DOCUMENTS, TOKENS
from innovsoc_analysis.safe.files import write_parquet


def tokens(n, *, first=0):
    numbers = range(first, first + n)
    return TOKENS.conform(
        pd.DataFrame(
            {
                "doc_id": [f"d{number // 7}" for number in numbers],
                "i": list(numbers),
                "start": list(numbers),
                "end": list(numbers),
                "form": [f"mot{number % 50}" for number in numbers],
                "inclusive": [number % 3 == 0 for number in numbers],
            }
        )
    )


def in_groups(tables, n_bytes):
    sink = io.BytesIO()
    schema = TOKENS.to_arrow(tokens(1)).schema
    with pq.ParquetWriter(sink, schema) as writer:
        groups = RowGroups(writer, n_bytes=n_bytes)
        for table in tables:
            groups.add(TOKENS.to_arrow(table))
        groups.close()
    return sink.getvalue()


@pytest.mark.parametrize("cuts", [(0, 3000), (0, 1, 3000), (0, 700, 701, 2500, 3000), (0, 0, 1500, 1500, 3000)])
def test_the_way_rows_come_does_not_change_a_byte(cuts):
    parts = [tokens(end - start, first=start) for start, end in pairwise(cuts)]
    whole = in_groups([tokens(3000)], 20_000)
    assert in_groups(parts, 20_000) == whole
    assert pq.read_table(io.BytesIO(whole)).equals(TOKENS.to_arrow(tokens(3000)))


def test_a_row_group_ends_with_the_row_that_fills_it():
    # a row holds 2 characters of doc_id, 4 or 5 of form, and 4 numbers of 8 bytes: 38 or 39 in all
    file = pq.ParquetFile(io.BytesIO(in_groups([tokens(7)], 100)))
    assert [file.metadata.row_group(one).num_rows for one in range(file.num_row_groups)] == [3, 3, 1]


def test_no_rows_make_a_table_without_rows():
    assert pq.read_table(io.BytesIO(in_groups([], 100))).num_rows == 0
    assert in_groups([tokens(0), tokens(0)], 100) == in_groups([], 100)


def documents(**columns):
    return DOCUMENTS.conform(pd.DataFrame({"doc_id": columns.pop("doc_id"), **columns}))


def test_joined_documents_have_the_columns_of_all_as_in_one_piece(tmp_path):
    rows = [
        {"doc_id": "d1", "text": "un", "meta.ville": "Mons"},
        {"doc_id": "d2", "text": "deux"},
        {"doc_id": "d3", "text": "trois", "meta.année": "2020", "meta.ville": "Liège"},
    ]
    folders = []
    for row in rows:
        folder = tmp_path / row["doc_id"]
        write_parquet(DOCUMENTS.conform([row]), DOCUMENTS, folder / "documents.parquet")
        folders.append(folder)
    write_parquet(DOCUMENTS.conform(rows), DOCUMENTS, tmp_path / "whole.parquet")
    joined = join_tables(DOCUMENTS, folders, tmp_path / "joined.parquet")
    assert joined.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert pq.read_schema(joined).names[-2:] == ["meta.ville", "meta.année"]
    assert pa.types.is_string(pq.read_schema(joined).field("meta.année").type)


def test_joined_csv_has_one_header_and_one_mark(tmp_path):
    for name, rows in {"a": b"1;2\n", "b": b"", "c": b'"x\ny";4\n'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.csv").write_bytes(b"\xef\xbb\xbfp;q\n" + rows)
    joined = join_csv("t.csv", [tmp_path / name for name in "abc"], tmp_path / "t.csv")
    assert joined.read_bytes() == b'\xef\xbb\xbfp;q\n1;2\n"x\ny";4\n'
