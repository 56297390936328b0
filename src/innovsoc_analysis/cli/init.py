"""``innovsoc init``: make the folder of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from innovsoc_analysis.cli.options import listed
from innovsoc_analysis.cli.terminal import harmless


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Dossier de l'étude ; il est créé s'il n'existe pas.")
    ],
    genres: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GENRES",
            help="Genres des textes, séparés par des virgules : un sous-dossier de sources pour chacun. D'office :"
            " definitions, projets, paroles.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str, typer.Option(metavar="TITRE", help="Titre de l'étude, en tête de ses pages.")] = "",
) -> None:
    """Créer le dossier d'une étude.

    Écrit dans DOSSIER : sources (où poser les textes), innovsoc.toml (tous les réglages, expliqués) et .gitignore.
    Une étude qui existe déjà n'est pas touchée.
    """
    from innovsoc_analysis.workflow.folder import init_study

    study = init_study(folder, genres=listed(genres) or None, title=title)
    names = sorted(path.name for path in (study.folder / "sources").iterdir() if path.is_dir())
    told = f" (un sous-dossier par genre : {', '.join(names)})" if names else ""
    print(harmless(f"Étude prête : {folder}"))
    print(harmless(f"  1. Posez vos textes dans {folder / 'sources'}{told}."))
    print(harmless(f"  2. Changez ce qu'il faut dans {folder / 'innovsoc.toml'} : chaque réglage y est expliqué."))
    print(harmless(f'  3. Lancez : innovsoc run "{folder}"'))
