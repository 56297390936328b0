"""``innovsoc lexicon``: the vocabulary of sources, by part and in classes."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any

import typer

from innovsoc_analysis.cli.options import Cache, CodebookName, Genre, Locale, Metadata, Out, Sources
from innovsoc_analysis.cli.reading import cache_beside, reading, tell_outcome
from innovsoc_analysis.cli.terminal import say, show_table
from innovsoc_analysis.cli.topics import TERMS, Terms
from innovsoc_analysis.counting.parts import CODE, SPEAKER
from innovsoc_analysis.pages.typography import percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from innovsoc_analysis.lexicometry.overview import Lexicon
    from innovsoc_analysis.study.corpus import Corpus

_WORDS = 8
_PARTS = 12
_MOST_TITLES = 30
_NAME, _LINE = 30, 44
_MOST_NAMES = 20
_KINDS = ("richness", "specificities", "correspondence", "classes", "similarity")

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
) -> None:
    """Étudier le vocabulaire d'un ensemble de textes.

    Écrit dans DOSSIER : lexicon.html (à ouvrir : mots spécifiques avec leurs phrases, carte factorielle, mondes
    lexicaux, graphe de similitude, richesse) ; un classeur, un .svg et un .png par analyse : richness, specificities,
    correspondence (numérotés -2, -3… si l'on compare selon plusieurs attributs), classes, similarity ;
    similarity.graphml (pour Gephi), documents.parquet, sources.csv et run.json.

    Une analyse que les textes ne permettent pas est laissée de côté, et il est dit pourquoi.
    """
    from innovsoc_analysis.lexicometry.overview import lexicon as study
    from innovsoc_analysis.lexicometry.overview.result import write_all
    from innovsoc_analysis.study.manifest import Run
    from innovsoc_analysis.study.saving import save_documents

    parameters = {
        "by": by,
        "n_classes": n_classes,
        "terms": terms,
        "codebook": codebook if CODE in (by or []) else None,
        "genre": genre,
        "metadata": metadata.name if metadata else None,
        "locale": locale,
    }
    run = Run("lexicon", out, sources=sources, parameters=parameters)
    kept = cache_beside(out, wanted=cache)
    with reading(sources, genre=genre, metadata=metadata, ignore=(out,), cache=kept) as (corpus, steps):
        names = _names(corpus, by)
        codings = _codings(corpus, codebook) if CODE in names else None
        found = study(corpus, names, n_classes=n_classes, terms=TERMS[terms], codings=codings, progress=steps.advance)
        steps.advance("page", 0, 1)
        made = found.files(locale=locale)
        steps.advance("page", 1, 1)
        run.begin_writing()
        _remove_stale(out)
        written = [*save_documents(corpus, out, locale=locale), *write_all(made, out)]
        counts = {"documents": len(corpus), "words": found.n_words}
        run.finish(corpus, counts=counts, outputs=written)
    _show(found)
    status = tell_outcome(corpus)
    say(f"Page à ouvrir : {written[0].parent / 'lexicon.html'}")
    raise typer.Exit(status)


def _names(corpus: Corpus, by: list[str] | None) -> list[str]:
    """Return what to compare by; a name that is none is said before anything is computed."""
    if by:
        for name in by:
            if name not in {SPEAKER, CODE}:
                corpus.attribute(name)
        return list(dict.fromkeys(by))
    genres = corpus.attribute("genre")
    if genres[genres != ""].nunique() > 1:
        return ["genre"]
    return ["title"] if len(corpus) <= _MOST_TITLES else []


def _codings(corpus: Corpus, codebook: str) -> Any:
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.coding.coder import code

    return code(corpus, load_codebook(codebook))


def _remove_stale(out: Path) -> None:
    """Remove what an earlier run into the same folder left and this one may not write."""
    from innovsoc_analysis.lexicometry.overview.result import file_name

    # a number that no run writes is of a file that someone else has put there
    names = [file_name(kind, number) for kind in _KINDS for number in range(_MOST_NAMES)]
    for name in names:
        for suffix in ("xlsx", "svg", "png", "graphml"):
            (out / f"{name}.{suffix}").unlink(missing_ok=True)


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
