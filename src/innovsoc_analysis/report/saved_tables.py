"""What a report says of topics and of the vocabulary, read from the workbooks that those commands wrote."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from innovsoc_analysis.report.results import Part

_QUOTES, _WORDS, _PARTS = 2, 10, 12
_SPECIFIC = 2.0  # the index from which a word is called specific, as TXM has it
_YES = "oui"
_KINDS = ("specificities", "correspondence", "classes", "similarity", "richness")

Rows = list[dict[str, Any]]


def read_workbook(path: Path) -> dict[str, Rows]:
    """Return the sheets of a workbook, each as rows under its heading.

    Raises
    ------
    RefusedFileError
        If it is no workbook, or is damaged.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    data = read_file(path)
    archive = BoundedZip(data)
    for name in archive.names:  # inflates within bounds before calamine does so without
        archive.read(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError, ValueError, IndexError):
        raise RefusedFileError("corrupt", "le classeur est endommagé ; relancez la commande qui l'a écrit.") from None
    return {
        name: [dict(zip(map(str, rows[0]), row, strict=False)) for row in rows[1:]] if rows else []
        for name, rows in tables.items()
    }


def topics_summary(part: Part) -> dict[str, Any]:
    """Return the topics of a saved result.

    Parameters
    ----------
    part : Part
        Results of ``innovsoc topics``.

    Returns
    -------
    dict
        ``topics``: number, label, words, share and stability (0 to 1), whether more stable than chance, quotes;
        ``n_stable``.

    Raises
    ------
    RefusedFileError, KeyError, ValueError
        If the workbook is not what that command writes.
    """
    sheets = read_workbook(part.folder / "topics.xlsx")
    quotes: dict[int, Rows] = {}
    for row in sheets["Verbatims"]:
        quotes.setdefault(int(row["thème"]), []).append(
            {"quote": str(row["verbatim"]), "by": str(row["locuteur·rice"]), "title": str(row["titre"])}
        )
    topics = [
        {
            "number": int(row["thème"]),
            "label": str(row["libellé"]),
            "words": str(row["mots"]),
            "share": _number(row["% du corpus"]) / 100,
            "stability": _number(row["stabilité"]),
            "stable": row["plus stable que le hasard"] == _YES,
            "quotes": quotes.get(int(row["thème"]), [])[:_QUOTES],
        }
        for row in sheets["Thèmes"]
    ]
    return {"topics": topics, "n_stable": sum(one["stable"] for one in topics)}


def lexicon_summary(part: Part) -> dict[str, Any]:
    """Return the vocabulary of a saved result.

    Parameters
    ----------
    part : Part
        Results of ``innovsoc lexicon``.

    Returns
    -------
    dict
        ``kinds``: the analyses that are there; ``specific``: by attribute, the words of each part, most specific
        first, and whether each hangs on one document; ``classes``: lexical worlds.

    Raises
    ------
    RefusedFileError, KeyError, ValueError
        If a workbook is not what that command writes.
    """
    specific = []
    for path in part.files("specificities", ".xlsx"):
        sheets = read_workbook(path)
        found = _specific(sheets)
        single = any(word["single"] for one in found for word in one["words"])
        specific.append({"by": _compared(sheets["Lisez-moi"]), "parts": found, "single": single})
    classes: Rows = []
    for path in part.files("classes", ".xlsx"):
        classes += list(_classes(read_workbook(path)["Classes"]))
    return {
        "kinds": [kind for kind in _KINDS if part.files(kind, ".xlsx")],
        "specific": specific,
        "classes": classes,
    }


def _compared(notes: Rows) -> str:
    """Return what the parts are told by, as the workbook's own note says it: « 3, par genre ; chacune… »."""
    told = next((str(list(row.values())[1]) for row in notes if next(iter(row.values())) == "Parties"), "")
    return told.partition(", par ")[2].rpartition(" ; ")[0].strip()


def _specific(sheets: Mapping[str, Rows]) -> Rows:
    words: dict[str, Rows] = {}
    for row in sheets["Spécificités"]:
        if _number(row["indice"]) >= _SPECIFIC:
            one = {"word": str(row["mot"]), "single": row["tient à un seul document"] == _YES}
            words.setdefault(_name(row["partie"]), []).append({**one, "index": _number(row["indice"])})
    for found in words.values():
        found.sort(key=lambda one: -one["index"])
    parts = [_name(row["partie"]) for row in sheets["Parties"]]
    return [{"label": part, "words": words.get(part, [])[:_WORDS]} for part in parts[:_PARTS]]


def _classes(rows: Rows) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            "number": int(row["classe"]),
            "units": int(row["unités de contexte"]),
            "share": _number(row["part des unités classées"]),
            "documents": int(row["documents"]),
            "words": str(row["mots"]),
        }


def _name(cell: Any) -> str:
    """Return the name of a part: a year comes back from a workbook as a number."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _number(cell: Any) -> float:
    value = float(cell or 0)
    return value if math.isfinite(value) else 0.0
