"""CSV and JSON Lines: tables whose rows are documents."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.mending import decode_mended, shown
from innovsoc_analysis.ingest.rows import as_rows, documents_from_rows
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from innovsoc_analysis.model.documents import RawDocument

_DELIMITERS = (",", ";", "\t", "|")
_SIGNS = "".join(_DELIMITERS) + '"\r\n'
_NO_DELIMITER = "\x1f"
_SNIFFED_ROWS = 50
_LONGEST_CELL = 2**31 - 1
# what Excel writes above the header for itself
_TOLD_DELIMITER = re.compile(r"\ufeff?sep=([,;|\t])\r?\n", re.IGNORECASE)


def read_csv(data: bytes) -> list[RawDocument]:
    """Read a delimited table: each row below the header is a document."""
    text, warning = decode_mended(data, hidden=_SIGNS)
    table = [[shown(cell) for cell in row] for row in _table(text)]
    return documents_from_rows(as_rows(table), warning=warning)


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
    return as_rows(_table(decode(data)[0]))


def _table(text: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)  # the file's own size is bounded already
    told = _TOLD_DELIMITER.match(text)
    text = text[told.end() :] if told else text
    # strict: an opening quote without its twin would otherwise swallow the rows that follow
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(text), strict=True)
    try:
        return list(reader)
    except csv.Error:
        reason = f"le tableau est illisible vers la ligne {reader.line_num} ; un guillemet y manque ou y est de trop."
        raise RefusedFileError("corrupt", reason) from None


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
