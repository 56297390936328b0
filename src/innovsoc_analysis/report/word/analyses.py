"""Topics and vocabulary in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.pages.typography import grouped, percent
from innovsoc_analysis.report.prose import counted, typeset
from innovsoc_analysis.report.word.styles import SOURCE_STYLE
from innovsoc_analysis.report.word.writing import Cell
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from innovsoc_analysis.report.results import Part
    from innovsoc_analysis.report.word.writing import Writer

# stem of the file -> caption, what the picture is for those who do not see it
_FIGURES = {
    "specificities": (
        "Mots spécifiques de chaque partie",
        "Barres : les mots les plus spécifiques de chaque partie, selon leur indice.",
    ),
    "correspondence": (
        "Carte factorielle des mots et des parties",
        "Plan des deux premiers axes de l'analyse des correspondances : mots et parties.",
    ),
    "classes": (
        "Mondes lexicaux",
        "Dendrogramme de la classification de Reinert, avec la taille et les mots de chaque classe.",
    ),
    "similarity": ("Graphe de similitude", "Graphe des mots qui apparaissent ensemble, par communautés."),
}


def write_topics(writer: Writer, found: dict[str, Any], part: Part) -> None:
    """Write the topics: words, share, stability, and a verbatim each.

    Parameters
    ----------
    writer : Writer
        The document.
    found : dict
        From :func:`~innovsoc_analysis.report.saved_tables.topics_summary`.
    part : Part
        Where the figure is.
    """
    topics = found["topics"]
    writer.heading("Thèmes", 2)
    several = found["n_stable"] > 1
    writer.add(
        typeset(
            f"{counted(len(topics), 'thème')}, dont {grouped(found['n_stable'])} plus stable{'s' if several else ''}"
            " que le hasard ; « ? » marque les autres."
        )
    )
    rows = [[Cell("Thème"), Cell("Mots"), Cell("part", right=True), Cell("stabilité", right=True)]]
    rows += [
        [
            Cell(f"{one['number']}. {one['label']}"),
            Cell(one["words"]),
            Cell(percent(one["share"]), right=True),
            Cell(typeset(f"{percent(one['stability'])}{'' if one['stable'] else ' ?'}"), right=True),
        ]
        for one in topics
    ]
    writer.table("Thèmes, leur part moyenne dans les textes et leur stabilité", rows, widths=(3, 6, 1, 1.3))
    for path in part.files("topics", ".png")[:1]:
        alt = f"Les mots de plus grand poids de chacun des {len(topics)} thèmes."
        writer.figure(read_file(path), "Mots des thèmes", alt=alt)
    for one in topics:
        for quote in one["quotes"][:1]:
            writer.add([(f"Thème {one['number']}. ", True), (f"«\u00a0{quote['quote']}\u00a0»", False)], "Quote")
            writer.add(", ".join(name for name in (quote["by"], quote["title"]) if name), SOURCE_STYLE)


def write_lexicon(writer: Writer, found: dict[str, Any], part: Part) -> None:
    """Write the vocabulary: specific words of each part, lexical worlds, figures.

    Parameters
    ----------
    writer : Writer
        The document.
    found : dict
        From :func:`~innovsoc_analysis.report.saved_tables.lexicon_summary`.
    part : Part
        Where the figures are.
    """
    writer.heading("Vocabulaire", 2)
    for one in found["specific"]:
        rows = [[Cell("Partie"), Cell("Mots, les plus spécifiques d'abord")]]
        rows += [[Cell(each["label"]), Cell(_words(each["words"]))] for each in one["parts"]]
        writer.table(f"Mots spécifiques, par {one['by']}", rows, widths=(1, 4))
        if one["single"]:
            writer.add(typeset("* : le mot tient à un seul texte."), SOURCE_STYLE)
    if found["classes"]:
        heading = [Cell("Classe"), Cell("part", right=True), Cell("textes", right=True), Cell("Mots")]
        rows = [heading]
        rows += [
            [
                Cell(str(one["number"])),
                Cell(percent(one["share"]), right=True),
                Cell(grouped(one["documents"]), right=True),
                Cell(one["words"]),
            ]
            for one in found["classes"]
        ]
        writer.table("Mondes lexicaux (classification de Reinert)", rows, widths=(0.9, 0.9, 0.9, 6))
    for stem, (caption, alt) in _FIGURES.items():
        for path in part.files(stem, ".png"):
            writer.figure(read_file(path), caption, alt=alt)


def _words(words: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['word']}{'*' if one['single'] else ''}" for one in words) or "–"
