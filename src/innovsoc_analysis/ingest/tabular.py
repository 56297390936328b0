"""CSV, Excel and JSON Lines: tables whose rows are documents."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.rows import documents_from_rows
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.model.documents import RawDocument

_DELIMITERS = (",", ";", "\t", "|")
_NO_DELIMITER = "\x1f"
_SNIFFED_ROWS = 50


def read_csv(data: bytes) -> list[RawDocument]:
    """Read a delimited table: each row below the header is a document."""
    text, warning = decode(data)
    return documents_from_rows(_csv_rows(text), warning=warning)


def read_xlsx(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[RawDocument]:
    """Read the first sheet of a workbook: each row below the header is a document."""
    return documents_from_rows(xlsx_rows(data, limits=limits))


def read_jsonl(data: bytes) -> list[RawDocument]:
    """Read JSON Lines: each line is an object with a text field."""
    text, warning = decode(data)
    rows = []
    # not splitlines(): JSON strings may hold U+2028 and other separators
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise RefusedFileError("corrupt", f"la ligne {number} n'est pas du JSON valide.") from None
        if not isinstance(row, dict):
            raise RefusedFileError("corrupt", f"la ligne {number} n'est pas un objet JSON ({{…}}).")
        rows.append({str(name): _cell(value) for name, value in row.items()})
    return documents_from_rows(rows, warning=warning)


def csv_rows(data: bytes) -> list[dict[str, str]]:
    r"""Return the rows of a delimited table as dictionaries of strings; the delimiter is found out.

    Examples
    --------
    >>> csv_rows("titre;texte\nA;Un, deux".encode())
    [{'titre': 'A', 'texte': 'Un, deux'}]
    """
    return _csv_rows(decode(data)[0])


def _csv_rows(text: str) -> list[dict[str, str]]:
    csv.field_size_limit(DEFAULT_LIMITS.file_bytes)
    # strict: an opening quote without its twin would otherwise swallow the rows that follow
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        table = list(reader)
    except csv.Error:
        reason = f"le tableau est illisible vers la ligne {reader.line_num} ; un guillemet y manque ou y est de trop."
        raise RefusedFileError("corrupt", reason) from None
    return _as_rows(table)


def xlsx_rows(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[dict[str, str]]:
    """Return the rows of a workbook's first sheet as dictionaries of strings."""
    from python_calamine import CalamineError, CalamineWorkbook

    archive = BoundedZip(data, limits=limits)
    for name in archive.names:  # inflates within bounds before calamine does so without
        archive.read(name)
    try:
        table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError, IndexError):
        raise RefusedFileError(
            "corrupt", "le classeur est endommagé ; réenregistrez-le depuis Excel ou LibreOffice."
        ) from None
    return _as_rows([[_cell(value) for value in row] for row in table])


def _as_rows(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    rows = [row for row in table if any(cell.strip() for cell in row)]
    if not rows:
        raise RefusedFileError("empty", "le tableau est vide.")
    names: list[str] = []
    for number, cell in enumerate(rows[0], start=1):
        name = cell.strip() or f"colonne {number}"
        names.append(name if name not in names else f"{name} (colonne {number})")
    for number, row in enumerate(rows[1:], start=1):
        if any(cell.strip() for cell in row[len(names) :]):
            reason = f"la ligne {number} sous l'en-tête a plus de cellules que lui ; un texte y manque de guillemets."
            raise RefusedFileError("corrupt", reason)
    return [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in rows[1:]]


def _delimiter(text: str) -> str:
    def regularity(delimiter: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(lines, range(_SNIFFED_ROWS), strict=False) if row]
        width = widths[0] if widths else 1
        return (sum(other == width for other in widths) if width > 1 else 0, width)

    best = max(_DELIMITERS, key=regularity)
    # a table of one column: its commas are those of its texts
    return best if regularity(best)[0] else _NO_DELIMITER


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")  # JSON may hold halves of characters
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
