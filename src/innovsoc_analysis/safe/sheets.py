"""Tables for spreadsheet programs, in which no cell can act as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same table gives the same bytes
_MAX_CELL = 32_767
_WIDEST = 80


def neutralise(cell: str) -> str:
    """Return `cell` with a leading apostrophe if a spreadsheet could run it (OWASP ASVS 1.2.10).

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("bonjour")
    ("'=1+1", 'bonjour')
    """
    return "'" + cell if cell.startswith(_DANGEROUS) else cell


def csv_bytes(table: pd.DataFrame, *, locale: str = "") -> bytes:
    """Return `table` as CSV for a spreadsheet.

    Parameters
    ----------
    table : DataFrame
        Its index is left out.
    locale : str
        ``"fr"`` gives ``;``, a decimal comma and a byte-order mark; otherwise ``,``, a point and none.

    Returns
    -------
    bytes
        UTF-8, one line feed a row, text cells neutralised.
    """
    french = locale == "fr"
    stream = _Lines(newline="")
    writer = csv.writer(stream, delimiter=";" if french else ",", lineterminator="\r\n")
    writer.writerow([neutralise(str(name)) for name in table.columns])
    for row in table.astype(object).itertuples(index=False, name=None):
        writer.writerow([_csv_cell(value, decimal="," if french else ".") for value in row])
    return stream.getvalue().encode("utf-8-sig" if french else "utf-8", "replace")


def xlsx_bytes(sheets: Mapping[str, pd.DataFrame], *, hidden: Collection[str] = ()) -> bytes:
    """Return a workbook, one sheet per table: header frozen and filterable, text never a formula or a link.

    Columns named in `hidden` are folded away. The same tables give the same bytes.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(stream, options)
    workbook.set_properties({"created": _EPOCH})
    header = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    for name, table in sheets.items():
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(table.columns):
            values = table.iloc[:, column].astype(object).tolist()
            sheet.set_column(column, column, _width(str(title), values), None, {"hidden": title in hidden})
            sheet.write_string(0, column, _encodable(str(title)), header)
            for row, value in enumerate(map(_plain, values), start=1):
                if _missing(value):
                    continue
                if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
                    sheet.write_number(row, column, value, body)
                else:
                    sheet.write_string(row, column, _encodable(str(value))[:_MAX_CELL], body)
        if len(table.columns):
            sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    workbook.close()
    return stream.getvalue()


class _Lines(io.StringIO):
    r"""Rows that end in ``\n``, though the writer is told ``\r\n`` so that it quotes cells that hold either."""

    def write(self, row: str) -> int:
        return super().write(row.removesuffix("\r\n") + "\n")


def _width(title: str, values: list[Any]) -> int:
    longest = max([len(title) + 3, *(len(str(value)) for value in values[:200] if not _missing(value))])
    return min(longest + 1, _WIDEST)


def _csv_cell(value: Any, *, decimal: str) -> str:
    value = _plain(value)
    if _missing(value):
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", decimal)
    return str(value) if isinstance(value, int) else neutralise(str(value))


def _missing(value: Any) -> bool:
    import pandas as pd

    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def _plain(value: Any) -> Any:
    """Return a NumPy number as Python's own."""
    import numpy as np

    return value.item() if isinstance(value, np.generic) else value


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def check_sheet_name(path: Path | str) -> None:
    """Refuse a name that `save_sheets` could not write.

    Raises
    ------
    UsageError
        If the suffix is neither ``.csv`` nor ``.xlsx``.
    """
    path = Path(path)
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise UsageError(f"« {path.name} » : choisissez un nom en .csv ou .xlsx.")


def save_sheets(sheets: Mapping[str, pd.DataFrame], path: Path | str, *, main: str, locale: str = "") -> None:
    """Write all `sheets` to a workbook, or the main one to a CSV file, as the suffix of `path` says.

    Parameters
    ----------
    sheets : mapping of str to DataFrame
        By name.
    path : Path
        Ends with ``.csv`` or ``.xlsx``.
    main : str
        Name of the sheet that a CSV file holds.
    locale : str
        As in `csv_bytes`.

    Raises
    ------
    UsageError
        If the suffix is neither, or the file cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import pandas as pd
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> save_sheets({"Mots": pd.DataFrame({"mot": ["jardin"]})}, path, main="Mots")
    >>> path.read_text("utf-8").split()
    ['mot', 'jardin']
    """
    path = Path(path)
    check_sheet_name(path)
    is_workbook = path.suffix.lower() == ".xlsx"
    atomic_write(path, xlsx_bytes(dict(sheets)) if is_workbook else csv_bytes(sheets[main], locale=locale))
