"""Tables conform to their schema whatever comes in, and Arrow gets the same columns."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.model.tables import CODINGS, DOCUMENTS, SCHEMAS, SEGMENTS, SOURCES, TOKENS, TableSchema

SEGMENT = {"segment_id": "d1:turn:0-4", "doc_id": "d1", "start": 0, "end": 4, "unit": "turn", "page": 2, "t_start": 1}


def test_conform_orders_columns_fills_what_is_missing_and_types() -> None:
    table = SEGMENTS.conform([SEGMENT])
    assert table.columns.tolist() == [
        "segment_id", "doc_id", "start", "end", "unit", "speaker", "page", "t_start", "t_end",
    ]  # fmt: skip
    assert table.loc[0, ["start", "end", "page", "t_start"]].tolist() == [0, 4, 2, 1.0]
    assert table[["speaker", "t_end"]].isna().all(axis=None)
    assert [str(table[name].dtype) for name in ("start", "page", "t_start")] == ["int64", "Int64", "Float64"]


COLUMNS = {
    "documents": "doc_id source key sha256 format title genre text",
    "segments": "segment_id doc_id start end unit speaker page t_start t_end",
    "tokens": "doc_id i start end form lemma upos morph inclusive inclusive_kind disfluency",
    "codings": "coding_id doc_id segment_id start end code coder origin score rule evidence evidence_spans codebook status",
    "sources": "source outcome code message reader sha256 n_bytes n_documents n_pages n_characters",
}


def test_the_tables_that_rooms_and_files_rely_on_keep_their_columns() -> None:
    assert {schema.name: " ".join(schema.columns) for schema in SCHEMAS} == COLUMNS


def test_a_count_that_no_row_has_is_zero() -> None:
    assert SOURCES.conform([{"source": "a.txt"}])["n_documents"].tolist() == [0]


def test_conform_leaves_its_input_alone_and_numbers_rows_anew() -> None:
    given = pd.DataFrame([SEGMENT, SEGMENT], index=[7, 3])
    before = given.copy(deep=True)
    assert SEGMENTS.conform(given).index.tolist() == [0, 1]
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_an_empty_table_has_all_columns_and_types(schema: TableSchema) -> None:
    table = schema.conform([])
    assert table.columns.tolist() == list(schema.columns)
    assert len(table) == 0
    assert schema.to_arrow(table).schema.names == list(schema.columns)
    assert table.dtypes.equals(schema.conform(table).dtypes)


@pytest.mark.parametrize(
    ("schema", "row", "unknown"),
    [
        (SEGMENTS, {"doc_id": "d", "genre": "talk"}, "genre"),
        (SEGMENTS, {"meta.lieu": "Mons"}, "meta.lieu"),
        (DOCUMENTS, {"lieu": "Mons"}, "lieu"),
    ],
)
def test_unknown_columns_are_refused_by_name(schema: TableSchema, row: dict[str, str], unknown: str) -> None:
    with pytest.raises(ValueError, match=unknown) as caught:
        schema.conform([row])
    assert schema.name in str(caught.value)


def test_documents_are_open_to_metadata_which_is_text() -> None:
    table = DOCUMENTS.conform([{"doc_id": "a", "meta.année": 2024}, {"doc_id": "b", "meta.lieu": "Mons"}])
    assert table.columns.tolist()[-2:] == ["meta.année", "meta.lieu"]
    assert table["meta.lieu"].tolist()[1] == "Mons"
    assert table["meta.lieu"].isna().tolist() == [True, False]
    assert DOCUMENTS.to_arrow(table).schema.field("meta.lieu").type == "string"


def test_arrow_types_follow_the_schema_and_carry_no_pandas_metadata() -> None:
    arrow = TOKENS.to_arrow(TOKENS.conform([{"doc_id": "d", "i": 0, "inclusive": True}]))
    types = {field.name: str(field.type) for field in arrow.schema}
    assert types == {
        "doc_id": "string", "i": "int64", "start": "int64", "end": "int64", "form": "string",
        "lemma": "string", "upos": "string", "morph": "string", "inclusive": "bool",
        "inclusive_kind": "string", "disfluency": "string",
    }  # fmt: skip
    assert arrow.schema.metadata is None


def test_missing_values_survive_arrow_as_missing() -> None:
    rows = [{"coding_id": "c", "score": 0.5, "rule": "lemme"}, {"coding_id": "e"}]
    columns = CODINGS.to_arrow(CODINGS.conform(rows)).to_pydict()
    assert columns["score"] == [0.5, None]
    assert columns["rule"] == ["lemme", None]


def test_a_count_that_is_no_number_is_refused() -> None:
    with pytest.raises((ValueError, TypeError)):
        SOURCES.conform([{"source": "a.txt", "n_bytes": "beaucoup"}])
