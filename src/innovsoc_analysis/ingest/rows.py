"""Rows of a table: each is a document, its other columns are metadata."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT_COLUMNS = (
    "text",
    "texte",
    "contenu",
    "content",
    "verbatim",
    "description",
    "corps",
    "body",
    "réponse",
    "reponse",
    "transcription",
)
TITLE_COLUMNS = ("title", "titre", "intitulé", "intitule", "name", "nom")
ID_COLUMNS = ("id", "identifiant", "key", "clé")
_LONG_ENOUGH = 20


def documents_from_rows(rows: Sequence[Mapping[str, str]], *, warning: str | None = None) -> list[RawDocument]:
    """Return one document per row that has a text.

    The text column is the first named like one of `TEXT_COLUMNS`, otherwise the one with the
    longest cells. The key of a document is its identifier column, if there is one with
    distinct values, otherwise the number of the row. The first document carries `warning`
    and, if rows had to be left out, how many.

    Raises
    ------
    RefusedFileError
        If no column holds text.
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text_column = _text_column(rows, columns)
    title_column = _named(columns, TITLE_COLUMNS)
    keys = _keys(rows, _named(columns, ID_COLUMNS))
    documents = []
    empty = 0
    for key, row in zip(keys, rows, strict=True):
        text = row.get(text_column, "")
        if not text.strip():
            empty += 1
            continue
        meta = {name: value for name, value in row.items() if name not in {text_column, title_column} and value}
        title = row.get(title_column) if title_column else None
        documents.append(RawDocument(text, title=title or None, meta=meta, key=key))
    if not documents:
        raise RefusedFileError("empty", f"aucune ligne n'a de texte dans la colonne « {text_column} ».")
    warnings = [warning] if warning else []
    warnings += [f"{empty} ligne(s) sans texte dans la colonne « {text_column} »"] if empty else []
    return [replace(documents[0], warnings=tuple(warnings)), *documents[1:]]


def as_rows(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Return the rows below the header as dictionaries; a column without a name gets its number.

    Parameters
    ----------
    table : sequence of sequence of str
        Its first row that is not blank is the header.

    Raises
    ------
    RefusedFileError
        If the table is empty, or a row has more cells than the header.

    Examples
    --------
    >>> as_rows([["titre", ""], ["A", "b"]])
    [{'titre': 'A', 'colonne 2': 'b'}]
    """
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


def _text_column(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> str:
    if named := _named(columns, TEXT_COLUMNS):
        return named
    lengths = {name: sum(len(row.get(name, "")) for row in rows) / max(len(rows), 1) for name in columns}
    longest = max(lengths, key=lambda name: lengths[name], default=None)
    if longest is None or lengths[longest] < _LONG_ENOUGH:
        raise RefusedFileError("no-text-column", "aucune colonne ne contient de texte ; nommez-la « texte ».")
    return longest


def _named(columns: Sequence[str], names: Sequence[str]) -> str | None:
    lowered = {column.strip().lower(): column for column in reversed(columns)}
    return next((lowered[name] for name in names if name in lowered), None)


def _keys(rows: Sequence[Mapping[str, str]], id_column: str | None) -> list[str]:
    if id_column:
        values = [row.get(id_column, "") for row in rows]
        if all(values) and len(set(values)) == len(values):
            return values
    return [str(number) for number in range(1, len(rows) + 1)]
