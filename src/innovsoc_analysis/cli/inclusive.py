"""``innovsoc inclusive``: the inclusive forms of texts, counted and listed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from innovsoc_analysis.cli.options import Genre, LimitsTold, Locale, Metadata, Sources
from innovsoc_analysis.cli.reading import reading, tell_outcome
from innovsoc_analysis.cli.terminal import harmless, say

_SHOWN = 20


def inclusive(
    sources: Sources,
    by: Annotated[
        str, typer.Option("--by", metavar="COLONNE", help="Compter par : genre, document, ou colonne des métadonnées.")
    ] = "genre",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FICHIER",
            help="Écrire aussi chaque forme et sa place dans un .csv ou .xlsx.",
            show_default=False,
        ),
    ] = None,
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    limits: LimitsTold = "",
) -> None:
    """Relever l'écriture inclusive : combien de formes, de quelles sortes, dans quels textes."""
    from innovsoc_analysis.ingest.metadata import genre_label
    from innovsoc_analysis.lexicometry.inclusive import KINDS, inclusive_use
    from innovsoc_analysis.safe.sheets import check_sheet_name

    if out:
        check_sheet_name(out)
    ignore = (out,) if out else ()
    with reading(sources, genre=genre, metadata=metadata, ignore=ignore, limits=limits) as (corpus, _):
        use = inclusive_use(corpus, by=by)
    groups = use.table.sort_values("per_1000_words", ascending=False, kind="stable")
    for name, row in groups.head(_SHOWN).iterrows():
        rate = f"{row['per_1000_words']:.1f}".replace(".", ",") if row["words"] else "–"
        label = genre_label(str(name)) if by == "genre" else str(name) or "non renseigné"
        line = f"{int(row['forms']):>5} formes, {rate:>5} pour 1 000 mots  {' '.join(label.split())}"
        typer.echo(harmless(f"{line} ({int(row['with_any'])} document(s) sur {int(row['documents'])})"))
    if len(groups) > _SHOWN:
        typer.echo(f"      … et {len(groups) - _SHOWN} autre(s) ; tout est dans la table de --out (.xlsx).")
    for kind, label in KINDS.items():
        if kind in use.table:
            commonest = use.forms.loc[use.forms["kind"] == kind, "form"].str.lower().value_counts()
            shown = ", ".join(" ".join(form.split()) for form in commonest.index[:4])
            typer.echo(harmless(f"{int(use.table[kind].sum()):>5}  {label.partition(' (')[0]} : {shown}"))
    if out:
        use.save(out, locale=locale)
        say(f"Table : {out}")
    say(
        f"{len(use.forms)} forme(s) inclusive(s) dans {int(use.table['with_any'].sum())} document(s) sur {len(corpus)}."
    )
    raise typer.Exit(tell_outcome(corpus, briefly=True))
