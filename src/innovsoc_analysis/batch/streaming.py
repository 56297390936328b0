"""Put tables together without holding them: Parquet row group by row group, CSV part by part."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from innovsoc_analysis.model.tables import META_PREFIX
from innovsoc_analysis.safe.files import atomic_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa

    from innovsoc_analysis.model.tables import TableSchema

_GROUP_BYTES = 32_000_000
_NUMBER_BYTES = 8


def join_tables(schema: TableSchema, folders: Sequence[Path], path: Path) -> Path:
    """Write to `path` the rows of the table `schema` of each folder, in order; return `path`.

    Where row groups end depends on the rows alone: a corpus gives the same bytes however it was
    cut into folders, and one that fits in a row group those that it gives in one piece.
    """
    import pyarrow.parquet as pq

    sources = [folder / f"{schema.name}.parquet" for folder in folders]
    columns = _columns(schema, sources)
    with atomic_stream(path) as stream, pq.ParquetWriter(stream, columns, compression="zstd") as writer:
        groups = RowGroups(writer)
        for source in sources:
            groups.add(_widened(pq.read_table(source), columns))
        groups.close()
    return path


def join_csv(name: str, folders: Sequence[Path], path: Path) -> Path:
    """Write to `path` the lines of the file `name` of each folder, the header of the first alone; return `path`."""
    with atomic_stream(path) as stream:
        for number, folder in enumerate(folders):
            _copy(folder / name, stream, with_header=number == 0)
    return path


def _copy(source: Path, stream: IO[bytes], *, with_header: bool) -> None:
    with source.open("rb") as lines:
        header = lines.readline()  # names of columns hold no line break
        if with_header:
            stream.write(header)
        while block := lines.read(1 << 20):
            stream.write(block)


class RowGroups:
    """Rows on their way into a Parquet file, written when there are enough for a row group.

    Parameters
    ----------
    writer : ParquetWriter
        Where they go.
    n_bytes : int
        How much text and numbers make a row group.
    """

    def __init__(self, writer: Any, *, n_bytes: int = _GROUP_BYTES) -> None:
        self._writer = writer
        self._limit = n_bytes
        self._pending: list[pa.Table] = []
        self._held = 0
        self._empty = True

    def add(self, table: pa.Table) -> None:
        """Take the rows of `table`."""
        import numpy as np

        totals = self._held + np.cumsum(_row_bytes(table))
        start = 0
        while len(totals) and totals[-1] >= self._limit:
            length = int(np.searchsorted(totals, self._limit)) + 1
            self._pending.append(table.slice(start, length))
            self._write()
            start += length
            totals = totals[length:] - totals[length - 1]
        if len(totals):
            self._pending.append(table.slice(start))
            self._held = int(totals[-1])

    def close(self) -> None:
        """Write the rows that are left."""
        if self._pending or self._empty:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        # in one piece: the bytes must not tell how the rows came
        table = pa.concat_tables(self._pending).combine_chunks() if self._pending else self._writer.schema.empty_table()
        self._writer.write_table(table, row_group_size=max(len(table), 1))
        self._pending, self._held, self._empty = [], 0, False


def _row_bytes(table: pa.Table) -> np.ndarray:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    sizes = np.zeros(len(table), dtype=np.int64)
    for column in table.columns:
        if pa.types.is_string(column.type):
            sizes += pc.fill_null(pc.binary_length(column), 0).to_numpy()
        else:
            sizes += _NUMBER_BYTES
    return sizes


def _columns(schema: TableSchema, sources: Iterable[Path]) -> pa.Schema:
    """Return the columns of all the files together; those that are free come in the order in which they are met."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields: dict[str, pa.Field] = {
        name: schema.to_arrow(schema.conform([])).schema.field(name) for name in schema.columns
    }
    for source in sources:
        fields |= {one.name: one for one in pq.read_schema(source) if one.name.startswith(META_PREFIX)}
    return pa.schema(list(fields.values()))


def _widened(table: pa.Table, columns: pa.Schema) -> pa.Table:
    """Return `table` with the columns that other files have and it lacks, without values."""
    import pyarrow as pa

    arrays = [
        table.column(one.name) if one.name in table.column_names else pa.nulls(len(table), one.type) for one in columns
    ]
    return pa.table(arrays, schema=columns)
