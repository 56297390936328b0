"""``innovsoc concordance``: a word in its contexts."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import Genre, LimitsTold, Locale, Metadata
from innovsoc_analysis.cli.places import places_of
from innovsoc_analysis.cli.reading import reading, tell_outcome
from innovsoc_analysis.cli.terminal import harmless, say, show_table

if TYPE_CHECKING:
    from innovsoc_analysis.lexicometry.kwic import Concordance


_Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCES MOT",
        help="Dossiers, fichiers ou dossier d'une étude, puis le mot ou l'expression à chercher, entre guillemets.",
        show_default=False,
    ),
]
_Word = Annotated[
    str,
    typer.Option(
        metavar="both|form|lemma", help="Comparer aux formes et aux lemmes (both), aux formes ou aux lemmes seuls."
    ),
]
_IgnoreAccents = Annotated[bool, typer.Option("--ignore-accents", help="« econome » trouve aussi « économe ».")]
_Width = Annotated[int, typer.Option(metavar="N", help="Largeur du contexte de chaque côté.")]
_Unit = Annotated[str, typer.Option(metavar="characters|words", help="Compter cette largeur en caractères ou en mots.")]
_Context = Annotated[
    str,
    typer.Option(
        metavar="turn|sentence|document",
        help="Où s'arrête un contexte : à la prise de parole, à la phrase (citée entière) ou au document.",
    ),
]
_Sort = Annotated[
    str,
    typer.Option(
        metavar="CLÉS",
        help="Trier par left, right, pivot, place ou un mot voisin (1G, 2D) ; plusieurs clés : « 1D,pivot ».",
    ),
]
_By = Annotated[
    str | None,
    typer.Option(
        metavar="ATTRIBUT", help="Compter aussi par genre, speaker (locuteur·rice), title ou colonne des métadonnées."
    ),
]
_Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "--save",
        metavar="FICHIER",
        help="Écrire aussi la table dans un .csv ou .xlsx, ou une page .html à trier et filtrer.",
        show_default=False,
    ),
]


def concordance(
    sources: _Sources,
    word: _Word = "both",
    ignore_accents: _IgnoreAccents = False,
    width: _Width = 50,
    unit: _Unit = "characters",
    context: _Context = "turn",
    sort: _Sort = "place",
    by: _By = None,
    out: _Out = None,
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    limits: LimitsTold = "",
) -> None:
    """Chercher un mot (toutes ses formes) et le montrer dans ses contextes.

    MOT peut contenir : `innov*` (lettres quelconques), `besoin|demande` (l'un ou l'autre), `penser/NOUN` (ce mot comme
    nom ; ADJ, VERB…), `/innov.*/` (expression rationnelle sur un mot entier), `innovation … sociale` (jusqu'à trois
    mots entre les deux ; `…5`, `[]{1,2}`), `[]` (n'importe quel mot).
    """
    from innovsoc_analysis.counting.parts import SPEAKER
    from innovsoc_analysis.lexicometry.kwic import check_name
    from innovsoc_analysis.lexicometry.kwic import concordance as find
    from innovsoc_analysis.model.errors import UsageError
    from innovsoc_analysis.workflow.steps.attributes import check_attributes

    *places, query = sources
    if not places:
        raise UsageError("Indiquez les textes puis le mot : innovsoc concordance SOURCES MOT.")
    if out:
        check_name(out)
    found_at = places_of(places, genre=genre, metadata=metadata)
    ignore = (*found_at.ignore, *([out] if out else []))
    with reading(
        list(found_at.sources), genre=found_at.genre, metadata=found_at.metadata, ignore=ignore, limits=limits
    ) as (corpus, _):
        # a misspelt name is said before the texts are annotated
        check_attributes(corpus, [by] if by else [], besides=(SPEAKER, "title"))
        found = find(corpus, query, word=word, accents=not ignore_accents, width=width, unit=unit, context=context)
        found = found.sorted(*filter(None, sort.replace(",", " ").split()))
    _show(found, width=width if unit == "characters" and context != "sentence" else 0)
    if by:
        _show_parts(found, by)
    if out:
        found.save(out, by=by or "genre", locale=locale)
        say(f"{'Page' if out.suffix.lower() == '.html' else 'Table'} : {out}")
    say(f"« {query} » : {len(found)} occurrence(s) dans {found.n_documents} document(s) sur {len(corpus)}.")
    if found.remark:
        say(found.remark)
    raise typer.Exit(tell_outcome(corpus, briefly=True))


def _show(found: Concordance, *, width: int) -> None:
    for row in found.table.itertuples():
        pivot, title = (" ".join(text.split()) for text in (row.pivot, row.title))
        typer.echo(harmless(f"{row.left:>{width}}  {pivot}  {row.right:<{width}}  {title}"))


def _show_parts(found: Concordance, by: str) -> None:
    def french(rate: float) -> str:
        return "" if math.isnan(rate) else f"{rate:.1f}".replace(".", ",")

    from innovsoc_analysis.ingest.metadata import attribute_label, genre_label

    rows = [
        (
            genre_label(row.part) if by == "genre" else row.part,
            str(row.n),
            str(row.words),
            french(row.per_10000),
            french(row.low),
            french(row.high),
        )
        for row in found.by(by).itertuples()
    ]
    named = attribute_label(by)
    title = f"Occurrences selon : {named} (intervalle à 95\u202f% dès cinq documents)"
    show_table(title, [named, "n", "mots", "pour 10\u202f000", "de", "à"], rows)
