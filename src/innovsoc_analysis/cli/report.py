"""``innovsoc report``: the report of a study, as a page and as a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from innovsoc_analysis.cli.terminal import say

_MOST_VERBATIMS = 20

Results = Annotated[
    Path,
    typer.Argument(
        metavar="DOSSIER",
        help="Résultats d'innovsoc code ; ou dossier qui les contient dans code, avec peut-être topics et lexicon ;"
        " ou dossier d'une étude.",
        show_default=False,
    ),
]
Where = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="RAPPORT",
        help="Où écrire ; d'office, un dossier report à côté de code, ou dans DOSSIER ; report-a-part dans les"
        " résultats d'une étude.",
        show_default=False,
    ),
]
Title = Annotated[str, typer.Option(metavar="TITRE", help="Titre du rapport ; d'office, celui du codage.")]
CodebookFile = Annotated[
    str | None,
    typer.Option("--codebook", metavar="LIVRE", help="Livre de codes, s'il n'est ni fourni ni resté à sa place."),
]
By = Annotated[
    str,
    typer.Option(
        metavar="ATTRIBUT",
        help="Comparer les codes selon cet attribut, une colonne des métadonnées ; d'office, comme le codage, ou le"
        " genre.",
    ),
]
Verbatims = Annotated[
    int, typer.Option(metavar="N", min=0, max=_MOST_VERBATIMS, help="Verbatims de chaque code dans le document Word.")
]


def report(
    results: Results,
    out: Where = None,
    title: Title = "",
    codebook: CodebookFile = None,
    verbatims: Verbatims = 3,
    by: By = "",
) -> None:
    """Écrire le rapport d'une étude, à lire, à imprimer et à reprendre.

    Écrit dans RAPPORT : report.html (chaque nombre mène à ses verbatims), report.docx (profil des codes, verbatims,
    thèmes, vocabulaire, méthode et références, à modifier dans Word ou LibreOffice) et run.json.

    Rien n'est recalculé, et les résultats ne sont pas modifiés ; un rapport que vous avez repris est gardé, sous le
    nom report_modifie.docx. Ce qui n'a pas été fait (thèmes, lexicométrie) est laissé de côté, et le rapport le dit.
    Celui que tient innovsoc run dans une étude n'est pas touché.
    """
    from innovsoc_analysis.report.study import save_study_report

    say("rapport…")
    page, document = save_study_report(
        results,
        out,
        title=title,
        codebook=codebook,
        n_verbatims=verbatims,
        by=by,
        on_kept=lambda place: say(f"Vous aviez modifié ce rapport ; votre version est gardée : {place}"),
    )
    say(f"Rapport à ouvrir : {page}")
    say(f"Document à reprendre : {document}")
