"""Codes in the document: their profile, each number of which leads to the verbatims, and the verbatims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.pages.typography import grouped
from innovsoc_analysis.report.excerpts import chosen, evidence, marked
from innovsoc_analysis.report.prose import counted, listed, share, typeset
from innovsoc_analysis.report.word.styles import SOURCE_STYLE
from innovsoc_analysis.report.word.writing import Cell

if TYPE_CHECKING:
    from innovsoc_analysis.report.word.writing import Writer

MOST_GROUPS = 4
_NONE = "·"


def anchor(number: int) -> str:
    """Return the bookmark of the verbatims of a code, by its place in the codebook."""
    return f"code_{number}"


def write_profile(writer: Writer, summary: dict[str, Any]) -> None:
    """Write the table of codes: documents and segments, in all and by genre.

    Parameters
    ----------
    writer : Writer
        The document.
    summary : dict
        What the report shows.
    """
    writer.heading("Profil des codes", 2)
    n_documents, unit = summary["figures"]["documents"], summary["unit_name"]
    shown = _shown_groups(summary)
    names = [summary["group_names"][n] for n in shown]
    writer.add(
        typeset(
            f"Textes qui portent le code, et leur part des {counted(n_documents, 'texte')} ; nombre de {unit}"
            f" ; textes par {summary['by']['label']}. Un nombre mène aux verbatims du code."
        )
    )
    right = [Cell(name, right=True) for name in ("textes", "%", unit, *names)]
    rows: list[list[Cell]] = [[Cell("Code"), *right]]
    number = 0
    for family in summary["families"]:
        rows.append([Cell(family["label"], bold=True, span=1 + len(right))])
        for code in family["codes"]:
            number += 1
            rows.append(_row(code, shown, n_documents, anchor(number)))
    totals = summary["totals"]
    total = [totals["documents"], totals["segments"], *(totals["by_group"][n] for n in shown)]
    cells = [Cell(grouped(count), right=True, bold=True) for count in total]
    part = Cell(share(totals["documents"], n_documents), right=True, bold=True)
    rows.append([Cell("Au moins un code", bold=True), cells[0], part, *cells[1:]])
    writer.table("Profil des codes", rows, widths=(4.0, 1.15, 1.1, 1.55, *[2] * len(names)))
    if len(names) < len(summary["group_names"]):
        some = "Seuls les {} genres" if summary["by"]["is_genre"] else "Seules les {} valeurs"
        every = "tous" if summary["by"]["is_genre"] else "toutes"
        writer.add(
            typeset(
                f"{some.format(MOST_GROUPS)} qui ont le plus de textes ont une colonne ; report.html les a {every}."
            )
        )


def _shown_groups(summary: dict[str, Any]) -> list[int]:
    """Return the places of the groups that have a column: as many as a page is wide, in their order."""
    sizes = [one["documents"] for one in summary["groups"]]
    return sorted(sorted(range(len(sizes)), key=lambda n: -sizes[n])[:MOST_GROUPS])


def _row(code: dict[str, Any], shown: list[int], n_documents: int, target: str) -> list[Cell]:
    counts = [code["documents"], code["segments"], *(code["by_group"][n] for n in shown)]
    cells = [Cell(grouped(n) if n else _NONE, target if n else "", right=True) for n in counts]
    part = Cell(share(code["documents"], n_documents), target, right=True) if code["documents"] else cells[0]
    return [Cell(code["label"]), cells[0], part, *cells[1:]]


def write_verbatims(writer: Writer, summary: dict[str, Any], *, most: int) -> None:
    """Write each code that was met: definition, counts and verbatims.

    Parameters
    ----------
    writer : Writer
        The document.
    summary : dict
        What the report shows.
    most : int
        Verbatims of each code, at most.
    """
    writer.heading("Codes et verbatims", 1)
    never = []
    number = 0
    for family in summary["families"]:
        if any(code["segments"] for code in family["codes"]):
            writer.heading(family["label"], 2)
        for code in family["codes"]:
            number += 1
            if code["segments"]:
                _code(writer, summary, code, target=anchor(number), most=most)
            else:
                never.append(code["label"])
    if never:
        writer.heading("Codes jamais rencontrés", 2)
        writer.add(typeset(f"{listed(never)}."))


def _code(writer: Writer, summary: dict[str, Any], code: dict[str, Any], *, target: str, most: int) -> None:
    writer.heading(code["label"], 3, anchor=target)
    writer.add(typeset(code["definition"])).paragraph_format.keep_with_next = True
    unit = summary["unit_name"].removesuffix("s")
    n_documents = summary["figures"]["documents"]
    segments = chosen(summary, code["id"], most=most)
    said = (
        f"{counted(code['segments'], unit)} dans {counted(code['documents'], 'texte')}"
        f" ({share(code['documents'], n_documents)}) ; {counted(len(segments), 'verbatim')} ici."
    )
    writer.add(typeset(said), SOURCE_STYLE).paragraph_format.keep_with_next = True
    for segment in segments:
        pieces = marked(segment["quote"], evidence(segment, code["id"]))
        writer.add([("«\u00a0", False), *pieces, ("\u00a0»", False)], "Quote")
        writer.add(_source(summary, segment, code["id"]), SOURCE_STYLE)


def _source(summary: dict[str, Any], segment: dict[str, Any], code: str) -> str:
    document = summary["documents"][segment["doc"]]
    parts = [segment["by"], document["title"], segment["at"].replace("p. ", "p.\u00a0"), document["genre"]]
    doubt = typeset(" ; codage à relire") if code in segment["reread"] else ""
    return f"{', '.join(part for part in parts if part)}{doubt}"
