"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from innovsoc_analysis.model.errors import UsageError


def _known_locale(locale: str) -> str:
    if locale not in {"", "fr"}:
        raise UsageError(f"« {locale} » n'est pas un réglage connu de --locale ; le seul est « fr ».")
    return locale


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCES", help="Dossiers, fichiers, motifs (« entretiens/*.pdf ») ou zips.", show_default=False
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="DOSSIER", help="Où écrire les résultats.", show_default=False)]
Genre = Annotated[
    str | None,
    typer.Option(metavar="GENRE", help="Genre des textes dont rien d'autre ne le dit (définition, projet, parole…)."),
]
Metadata = Annotated[
    Path | None,
    typer.Option(
        metavar="TABLE",
        help="Table .csv ou .xlsx, une ligne par fichier (colonne file). D'office : metadata.csv du dossier.",
    ),
]
CodebookName = Annotated[
    str, typer.Option("--codebook", metavar="LIVRE", help="Livre de codes fourni, ou fichier YAML.")
]
Locale = Annotated[
    str,
    typer.Option(
        metavar="fr",
        callback=_known_locale,
        help="« fr » : csv avec point-virgule, virgule décimale et BOM, pour Excel en français.",
    ),
]
Cache = Annotated[
    bool,
    typer.Option(
        "--cache/--no-cache",
        help="Garder les annotations dans .innovsoc, à côté de DOSSIER, pour ne pas les refaire. Ce dossier contient"
        " les mots des textes ; on peut l'effacer à tout moment.",
    ),
]
DropDuplicates = Annotated[
    bool,
    typer.Option(
        "--drop-duplicates",
        help="Laisser de côté les textes dont un autre, lu avant, a tous les mots (même fichier, ou même texte dans un"
        " autre format) ; sources.csv dit lesquels. Sans elle, ils sont signalés et gardés.",
    ),
]
LimitsTold = Annotated[
    str,
    typer.Option(
        "--limits",
        metavar="NOM=N,…",
        envvar="INNOVSOC_LIMITS",
        help="Ce qu'un fichier peut coûter, par exemple « file_mb=200,seconds=120 ». Noms : file_mb, expanded_mb,"
        " ratio, zip_entries, zip_depth, pdf_pages, characters, xml_depth, seconds, memory_mb.",
        show_default=False,
    ),
]


def listed(names: list[str] | None) -> list[str]:
    """Return what an option lists, be it repeated or separated by commas.

    Examples
    --------
    >>> listed(["code,topics", " report "])
    ['code', 'topics', 'report']
    """
    return [name.strip() for one in names or [] for name in one.split(",") if name.strip()]
