"""The tables every room exchanges: their columns, types and meaning.

One schema per table, documented for readers in ``docs/data-model.md`` (a test holds the
two together). ``meta.*`` columns of *documents* are free and always text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    import pyarrow as pa

META_PREFIX = "meta."
SURE, TO_REREAD = "sure", "reread"  # status of a coding that a model gave

# logical type -> (pandas dtype, arrow type name)
_TYPES = {
    "text": ("str", "string"),
    "count": ("int64", "int64"),
    "count?": ("Int64", "int64"),
    "number?": ("Float64", "float64"),
    "flag?": ("boolean", "bool_"),
}


@dataclass(frozen=True, slots=True)
class TableSchema:
    """Name, columns (in order) and logical types of one table."""

    name: str
    columns: Mapping[str, str]
    open_prefix: str = ""

    def conform(self, rows: pd.DataFrame | Iterable[Mapping[str, object]]) -> pd.DataFrame:
        """Return `rows` as a table with exactly this schema's columns and types.

        Parameters
        ----------
        rows : DataFrame or iterable of mappings
            Missing columns are filled with missing values; unknown ones are refused.

        Returns
        -------
        DataFrame
            A new table; the index is 0, 1, 2…

        Raises
        ------
        ValueError
            If a column is not part of the schema.

        Examples
        --------
        >>> SEGMENTS.conform([{"segment_id": "a", "doc_id": "d", "start": 0, "end": 3,
        ...                    "unit": "sentence"}])["speaker"].isna().all()
        np.True_
        """
        import pandas as pd

        frame = pd.DataFrame(rows if isinstance(rows, pd.DataFrame) else list(rows))
        extra = [name for name in frame.columns if name not in self.columns]
        if unknown := [name for name in extra if not (self.open_prefix and name.startswith(self.open_prefix))]:
            msg = f"columns {unknown} are not part of table {self.name!r}"
            raise ValueError(msg)
        types = {**self.columns, **dict.fromkeys(extra, "text")}
        data = {name: _column(frame, name, kind) for name, kind in types.items()}
        return pd.DataFrame(data).reset_index(drop=True)

    def to_arrow(self, table: pd.DataFrame) -> pa.Table:
        """Return the Arrow table that is written to Parquet: same columns, no pandas metadata."""
        import pyarrow as pa

        conformed = self.conform(table)
        types = {name: self.columns.get(name, "text") for name in conformed.columns}
        schema = pa.schema([(name, getattr(pa, _TYPES[kind][1])()) for name, kind in types.items()])
        return pa.Table.from_pandas(conformed, schema=schema, preserve_index=False).replace_schema_metadata(None)


def _column(frame: pd.DataFrame, name: str, kind: str) -> pd.Series:
    import pandas as pd

    dtype = _TYPES[kind][0]
    if name not in frame.columns:
        fill = 0 if dtype == "int64" else pd.NA
        return pd.Series([fill] * len(frame), index=frame.index, dtype=dtype)
    return frame[name].astype(dtype)


DOCUMENTS = TableSchema(
    "documents",
    {
        "doc_id": "text",
        "source": "text",
        "key": "text",
        "sha256": "text",
        "format": "text",
        "title": "text",
        "genre": "text",
        "text": "text",
    },
    open_prefix=META_PREFIX,
)
SEGMENTS = TableSchema(
    "segments",
    {
        "segment_id": "text",
        "doc_id": "text",
        "start": "count",
        "end": "count",
        "unit": "text",
        "speaker": "text",
        "page": "count?",
        "t_start": "number?",
        "t_end": "number?",
    },
)
TOKENS = TableSchema(
    "tokens",
    {
        "doc_id": "text",
        "i": "count",
        "start": "count",
        "end": "count",
        "form": "text",
        "lemma": "text",
        "upos": "text",
        "morph": "text",
        "inclusive": "flag?",
        "inclusive_kind": "text",
        "disfluency": "text",
    },
)
CODINGS = TableSchema(
    "codings",
    {
        "coding_id": "text",
        "doc_id": "text",
        "segment_id": "text",
        "start": "count",
        "end": "count",
        "code": "text",
        "coder": "text",
        "origin": "text",
        "score": "number?",
        "rule": "text",
        "evidence": "text",
        "evidence_spans": "text",
        "codebook": "text",
        "status": "text",
    },
)
SOURCES = TableSchema(
    "sources",
    {
        "source": "text",
        "outcome": "text",
        "code": "text",
        "message": "text",
        "reader": "text",
        "sha256": "text",
        "n_bytes": "count",
        "n_documents": "count",
        "n_pages": "count",
        "n_characters": "count",
    },
)
SCHEMAS = (DOCUMENTS, SEGMENTS, TOKENS, CODINGS, SOURCES)
