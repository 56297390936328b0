"""``innovsoc code``: code sources and report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import Cache, CodebookName, Genre, Locale, Metadata, Out, Sources
from innovsoc_analysis.cli.reading import cache_beside, reading, tell_outcome
from innovsoc_analysis.cli.terminal import say, show_table

if TYPE_CHECKING:
    from innovsoc_analysis.coding.codings import Codings

_SHOWN = 15
_MOST_GENRES = 4


def code(
    sources: Sources,
    out: Out,
    codebook: CodebookName = "bissib",
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    cache: Cache = True,
    title: Annotated[str, typer.Option(metavar="TITRE", help="Titre du rapport ; sans lui, le nombre de textes.")] = "",
) -> None:
    """Coder des textes : chaque code avec les mots qui le justifient.

    Écrit dans DOSSIER : report.html (à ouvrir), codings.xlsx et codings.csv (un verbatim codé par ligne),
    codings.parquet, documents.parquet, segments.parquet, tokens.parquet, sources.csv, codes.svg, codes.png et run.json.
    """
    from innovsoc_analysis.codebooks.loading import load_codebook

    # a wrong codebook is said before the texts are read
    book = load_codebook(codebook)

    from innovsoc_analysis.coding.coder import code as code_corpus
    from innovsoc_analysis.report.saving import save_report
    from innovsoc_analysis.study.manifest import Run
    from innovsoc_analysis.study.saving import save_annotations, save_documents

    parameters = {
        "codebook": book.name,
        "genre": genre,
        "metadata": metadata.name if metadata else None,
        "locale": locale,
        "title": title,
    }
    run = Run("code", out, sources=sources, parameters=parameters)
    kept = cache_beside(out, wanted=cache)
    with reading(sources, genre=genre, metadata=metadata, ignore=(out,), cache=kept) as (corpus, steps):
        codings = code_corpus(corpus, book, progress=steps.advance)
        run.begin_writing()
        steps.advance("rapport", 0, 1)
        written = [*save_documents(corpus, out, locale=locale), *save_annotations(corpus, out)]
        written += codings.save(out, locale=locale)
        written += save_report(codings, out, title=title or f"Codage de {len(corpus)} document(s)")
        counts = {"documents": len(corpus), "sentences": len(corpus.sentences), "codings": len(codings)}
        run.finish(corpus, counts=counts, outputs=written, codebook=book.reference)
        steps.advance("rapport", 1, 1)
    _show(codings)
    status = tell_outcome(corpus)
    say(f"Rapport à ouvrir : {out / 'report.html'}")
    raise typer.Exit(status)


def _show(codings: Codings) -> None:
    from innovsoc_analysis.ingest.metadata import genre_label

    summary = codings.summary()
    by_genre = codings.matrix(by="genre", values="documents")
    if len(by_genre.columns) > _MOST_GENRES:  # more columns than a terminal is wide: the report has them
        by_genre = by_genre.iloc[:, :0]
    most = summary.sort_values("segments", ascending=False, kind="stable").head(_SHOWN)
    rows = [
        (
            row["label"],
            *(str(count or "·") for count in by_genre.loc[code]),
            str(row["documents"]),
            str(row["segments"]),
        )
        for code, row in most.iterrows()
        if row["segments"]
    ]
    columns = ("code", *(genre_label(str(name)) for name in by_genre.columns), "documents", codings.unit_name)
    title = f"{len(codings)} codages sur {len(codings.corpus)} document(s) ; documents qui portent chaque code"
    show_table(title, columns, rows)
    if (others := int((summary["segments"] > 0).sum()) - len(rows)) > 0:
        say(f"… et {others} autres codes : voir le rapport.")
