"""``innovsoc concordance``: a word in its contexts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from innovsoc_analysis.cli.options import Genre, Locale, Metadata
from innovsoc_analysis.cli.reading import reading, tell_outcome
from innovsoc_analysis.cli.terminal import harmless, say


def concordance(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES MOT",
            help="Dossiers ou fichiers, puis le mot ou l'expression à chercher.",
            show_default=False,
        ),
    ],
    width: Annotated[int, typer.Option(metavar="N", help="Caractères de contexte de chaque côté.")] = 50,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FICHIER", help="Écrire aussi la table dans un .csv ou .xlsx.", show_default=False
        ),
    ] = None,
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
) -> None:
    """Chercher un mot (toutes ses formes) et le montrer dans ses contextes."""
    from innovsoc_analysis.lexicometry.concordance import concordance as find
    from innovsoc_analysis.model.errors import UsageError
    from innovsoc_analysis.safe.sheets import check_sheet_name

    *places, word = sources
    if not places:
        raise UsageError("Indiquez les textes puis le mot : innovsoc concordance SOURCES MOT.")
    if out:
        check_sheet_name(out)
    ignore = (out,) if out else ()
    with reading(places, genre=genre, metadata=metadata, ignore=ignore) as (corpus, _):
        found = find(corpus, word, width=width)
    for row in found.table.itertuples():
        typer.echo(harmless(f"{row.left:>{width}}  {row.pivot}  {row.right:<{width}}  {' '.join(row.title.split())}"))
    if out:
        found.save(out, locale=locale)
        say(f"Table : {out}")
    say(
        f"« {word} » : {len(found)} occurrence(s) dans {found.table['doc_id'].nunique()} document(s) sur {len(corpus)}."
    )
    raise typer.Exit(tell_outcome(corpus, briefly=True))
