"""The Word document: the same content as the page, in the order of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import png_bytes, unshown
from innovsoc_analysis.report.grouping import GENRE
from innovsoc_analysis.report.prose import counted, listed, typeset
from innovsoc_analysis.report.word.analyses import write_lexicon, write_topics
from innovsoc_analysis.report.word.coding import write_profile, write_verbatims
from innovsoc_analysis.report.word.styles import REFERENCE_STYLE
from innovsoc_analysis.report.word.writing import Cell, Writer
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from innovsoc_analysis.report.results import Study

_CONFIDENTIAL = "Ce document cite des verbatims : il est aussi confidentiel que les textes."
_PROFILE = "codes.png"
_CROSSED = "heatmap*.png"  # codes crossed with attributes, if someone has saved such figures with the codings
_MOST_FILES = 30


def word_report(study: Study, summary: dict[str, Any], *, title: str, n_verbatims: int = 3) -> bytes:
    """Return the report of a study as a Word document.

    Parameters
    ----------
    study : Study
        From :func:`~innovsoc_analysis.report.results.read_results`: its figures are shown.
    summary : dict
        From :func:`~innovsoc_analysis.report.study.summarise_study`: what is said.
    title : str
        Title of the document.
    n_verbatims : int
        Verbatims of each code, at most.

    Returns
    -------
    bytes
        A ``.docx``, the same bytes for the same study.
    """
    writer = Writer(title)
    _front(writer, summary, title=title)
    _corpus(writer, summary)
    writer.heading("Méthode", 1)
    for paragraph in summary["methods"]:
        writer.add(paragraph)
    writer.heading("Résultats", 1)
    write_profile(writer, summary)
    _figures(writer, study, summary)
    if summary["topics"]:
        write_topics(writer, summary["topics"], study.parts["topics"])
    if summary["lexicon"]:
        write_lexicon(writer, summary["lexicon"], study.parts["lexicon"])
    write_verbatims(writer, summary, most=n_verbatims)
    writer.heading("Limites", 1)
    for limit in summary["limits"]:
        writer.add(limit, "List Bullet")
    writer.heading("Références", 1)
    for reference in summary["references"]:
        writer.add(reference, REFERENCE_STYLE, italic=True)
    return writer.finish()


def _front(writer: Writer, summary: dict[str, Any], *, title: str) -> None:
    figures = summary["figures"]
    said = [counted(figures["documents"], "texte"), counted(figures["words"], "mot")]
    said.append(counted(figures["codings"], "codage"))
    writer.add(typeset(title), "Title")
    writer.add(typeset(f"Rapport d'étude : {listed(said)}"), "Subtitle")
    book = summary["codebook"]
    writer.add(typeset(f"Livre de codes : {book['title']} ({book['reference']})."))
    writer.add(typeset(_CONFIDENTIAL))
    writer.contents()


def _corpus(writer: Writer, summary: dict[str, Any]) -> None:
    writer.heading("Corpus", 1)
    figures = summary["figures"]
    _sizes(writer, "genre", summary["genres"], figures)
    if not summary["by"]["is_genre"]:
        _sizes(writer, summary["by"]["label"], summary["groups"], figures)
    formats = listed([f"{name} ({n})" for name, n in summary["formats"].items()])
    writer.add(typeset(f"Formats : {formats}. {counted(figures['sentences'], 'phrase')}."))
    files = summary["sources"]
    if files:
        writer.add(typeset(f"{counted(len(files), 'fichier')} à vérifier :"))
    for file in files[:_MOST_FILES]:
        writer.add(typeset(f"{file['source']} : {file['outcome']} ; {file['message']}"), "List Bullet")
    if len(files) > _MOST_FILES:
        writer.add(typeset(f"… et {counted(len(files) - _MOST_FILES, 'autre')} : voir sources.csv."))
    for remark in summary["remarks"]:
        writer.add(typeset(remark))


def _sizes(writer: Writer, label: str, groups: list[dict[str, Any]], figures: dict[str, int]) -> None:
    rows = [[Cell(label[:1].upper() + label[1:]), Cell("Textes", right=True), Cell("Mots", right=True)]]
    rows += [[Cell(one["label"]), _count(one["documents"]), _count(one["words"])] for one in groups]
    total = [Cell("Ensemble", bold=True), _count(figures["documents"], bold=True), _count(figures["words"], bold=True)]
    writer.table(f"Textes lus, par {label}", [*rows, total], widths=(3, 1, 1))


def _count(number: int, *, bold: bool = False) -> Cell:
    return Cell(counted(number, "").strip(), right=True, bold=bold)


def _figures(writer: Writer, study: Study, summary: dict[str, Any]) -> None:
    """Add the profile, and codes crossed with attributes if that was drawn."""
    by = summary["by"]
    path = study.code.folder / _PROFILE
    is_drawn = path.is_file() and (study.code.parameters.get("by") or GENRE) == by["name"]
    data = read_file(path) if is_drawn else png_bytes(unshown(study.codings.plot(by=by["name"])))
    groups = listed(summary["group_names"])
    met = sum(code["segments"] > 0 for family in summary["families"] for code in family["codes"])
    alt = (
        f"Points : pour chacun des {met} codes rencontrés, la part des textes de chaque groupe ({groups}) qui le"
        " portent. Les nombres sont dans le tableau du profil."
    )
    writer.figure(data, f"Part des textes qui portent chaque code, par {by['label']}", alt=alt)
    for path in sorted(study.code.folder.glob(_CROSSED)):
        writer.figure(
            read_file(path),
            "Codes selon les attributs des textes",
            alt="Carte de chaleur : les codes en lignes, les valeurs des attributs en colonnes.",
        )
