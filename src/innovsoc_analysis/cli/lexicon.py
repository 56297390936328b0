"""``innovsoc lexicon``: the vocabulary of sources, by part and in classes."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import (
    Cache,
    CodebookName,
    DropDuplicates,
    Genre,
    LimitsTold,
    Locale,
    Metadata,
    Out,
    Sources,
)
from innovsoc_analysis.cli.places import places_of
from innovsoc_analysis.cli.reading import cache_beside, tell_outcome
from innovsoc_analysis.cli.terminal import Steps, say, show_table
from innovsoc_analysis.cli.topics import Terms
from innovsoc_analysis.pages.typography import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innovsoc_analysis.lexicometry.overview import Lexicon

_WORDS = 8
_PARTS = 12
_NAME, _LINE = 30, 44

By = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ATTRIBUT",
        help="Comparer selon genre, speaker (qui parle), title (texte), code, ou une colonne des métadonnées ; on peut"
        " répéter l'option. D'office : genre ; s'il n'y en a qu'un, title jusqu'à 30 textes.",
        show_default=False,
    ),
]
NumberOfClasses = Annotated[int, typer.Option(metavar="N", min=2, help="Nombre de mondes lexicaux (Reinert).")]


def lexicon(
    sources: Sources,
    out: Out,
    by: By = None,
    n_classes: NumberOfClasses = 6,
    terms: Terms = "aucun",
    codebook: CodebookName = "bissib",
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    cache: Cache = True,
    drop_duplicates: DropDuplicates = False,
    limits: LimitsTold = "",
) -> None:
    """Étudier le vocabulaire d'un ensemble de textes.

    Écrit dans DOSSIER : lexicon.html (à ouvrir : mots spécifiques avec leurs phrases, carte factorielle, mondes
    lexicaux, graphe de similitude, richesse) ; un classeur, un .svg et un .png par analyse : richness, specificities,
    correspondence (numérotés -2, -3… si l'on compare selon plusieurs attributs), classes, similarity ;
    similarity.graphml (pour Gephi), documents.parquet, sources.csv et run.json.

    Une analyse que les textes ne permettent pas est laissée de côté, et il est dit pourquoi.
    """
    from innovsoc_analysis.workflow.steps.lexicon import LexiconRequest, make_lexicon
    from innovsoc_analysis.workflow.steps.texts import Texts

    request = LexiconRequest(tuple(by or []), n_classes, terms, codebook)
    kept = cache_beside(out, wanted=cache)
    with Steps() as steps:
        places = places_of(sources, genre=genre, metadata=metadata)
        texts = Texts(
            places.sources, places.genre, places.metadata, locale, kept, places.ignore, drop_duplicates, limits
        )
        made = make_lexicon(texts, out, request, progress=steps.advance)
    _show(made.found)
    status = tell_outcome(made.corpus)
    say(f"Page à ouvrir : {out / 'lexicon.html'}")
    raise typer.Exit(status)


def _show(found: Lexicon) -> None:
    from innovsoc_analysis.ingest.metadata import attribute_label
    from innovsoc_analysis.lexicometry.overview.page import part_label

    for name, one in found.specificities.items():
        rows = [
            (shorten(part_label(name, part), _NAME, placeholder="…"), _listed(one.top(part, _WORDS)["word"]))
            for part in one.parts[:_PARTS]
        ]
        show_table(f"Mots spécifiques ; selon : {attribute_label(name)}", ("partie", "mots"), rows, numbers=False)
        if len(one.parts) > _PARTS:
            say(f"… et {len(one.parts) - _PARTS} autres parties : voir la page.")
    if found.classes:
        shares = [
            (f"{row['class']} ({percent(row['share'])})", _listed(row["words"].split(", ")[:_WORDS]))
            for row in found.classes.summary.to_dict("records")
        ]
        show_table("Mondes lexicaux (Reinert)", ("classe (part des segments)", "mots"), shares, numbers=False)
    for remark in found.remarks:
        say(remark)


def _listed(words: Iterable[str]) -> str:
    """Return as many words as a line of the terminal holds."""
    kept: list[str] = []
    for word in words:
        if len(", ".join([*kept, word])) > _LINE:
            break
        kept.append(word)
    return ", ".join(kept) or "–"
