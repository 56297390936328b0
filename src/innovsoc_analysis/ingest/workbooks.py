"""Workbooks (xlsx, ods, xls): the first sheet that is not empty, its cells as text."""

from __future__ import annotations

import io
from typing import Any

from innovsoc_analysis.ingest.rows import as_rows, documents_from_rows
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.xml import check_xml

_ZIPPED = b"PK"
_SHEETS = "content.xml"
_CELLS = 20_000_000


def read_xlsx(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[RawDocument]:
    """Read the first sheet of a workbook: each row below the header is a document."""
    return documents_from_table(workbook_table(data, limits=limits))


def documents_from_table(table: dict[str, Any]) -> list[RawDocument]:
    """Return the documents of a sheet.

    Parameters
    ----------
    table : dict
        From :func:`workbook_table`.

    Examples
    --------
    >>> [one.text for one in documents_from_table({"rows": [["texte"], ["Un jardin."]], "others": 0, "sheet": "A"})]
    ['Un jardin.']
    """
    others = f"seule la feuille « {table['sheet']} » est lue ; {table['others']} autre(s) n'est (ne sont) pas vide(s)"
    return documents_from_rows(as_rows(table["rows"]), warning=others if table["others"] else None)


def xlsx_rows(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[dict[str, str]]:
    """Return the rows of a workbook's first sheet as dictionaries of strings."""
    return as_rows(workbook_table(data, limits=limits)["rows"])


def workbook_table(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> dict[str, Any]:
    """Return ``{"rows": [[str, …], …], "sheet": str, "others": int}``: a sheet and how many others are not empty.

    Parameters
    ----------
    data : bytes
        The file, of any format that calamine reads.
    limits : Limits
        Bounds on what it unfolds to.

    Raises
    ------
    RefusedFileError
        If the workbook is damaged, protected or empty.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if data.startswith(_ZIPPED):
        archive = BoundedZip(data, limits=limits)
        for name in archive.names:  # inflates within bounds before calamine does so without
            content = archive.read(name)
            if name == _SHEETS:  # calamine goes round for ever in one that is cut
                check_xml(content, limits=limits)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_index(number) for number in range(len(workbook.sheet_names))]
        filled = [sheet for sheet in sheets if sheet.height]
        if filled and filled[0].height * filled[0].width > _CELLS:
            raise RefusedFileError("too-long", "la feuille est trop grande ; gardez-en les seules lignes utiles.")
        rows = filled[0].to_python() if filled else []
    except (CalamineError, OSError, ValueError, IndexError) as error:
        if "password" in str(error).lower():
            raise RefusedFileError("encrypted", "le classeur est protégé par un mot de passe ; retirez-le.") from None
        raise RefusedFileError(
            "corrupt", "le classeur est endommagé ; réenregistrez-le depuis Excel ou LibreOffice."
        ) from None
    if not rows:
        raise RefusedFileError("empty", "le tableau est vide.")
    return {
        "rows": [[cell_text(value) for value in row] for row in rows],
        "sheet": filled[0].name,
        "others": len(filled) - 1,
    }


def cell_text(value: Any) -> str:
    """Return a cell as text: whole numbers without decimals, dates as ``2021-03-14``.

    Examples
    --------
    >>> cell_text(3.0), cell_text(None)
    ('3', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
