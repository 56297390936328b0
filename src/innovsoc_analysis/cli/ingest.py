"""``innovsoc ingest``: read sources and say what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from innovsoc_analysis.cli.options import DropDuplicates, Genre, LimitsTold, Locale, Metadata, Sources
from innovsoc_analysis.cli.reading import tell_outcome
from innovsoc_analysis.cli.terminal import Steps, say, show_table


def ingest(
    sources: Sources,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DOSSIER", help="Où écrire ; sans elle, dire seulement ce qui est lu."),
    ] = None,
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    drop_duplicates: DropDuplicates = False,
    limits: LimitsTold = "",
) -> None:
    """Lire des textes de tous formats, les réunir en une table et dire ce qu'est devenu chaque fichier.

    Écrit dans DOSSIER : documents.parquet (un texte par ligne), sources.csv (ce qu'est devenu chaque fichier),
    duplicates.csv (si des textes figurent deux fois) et run.json.
    """
    from innovsoc_analysis.ingest.metadata import genre_label
    from innovsoc_analysis.workflow.steps.ingesting import make_ingest
    from innovsoc_analysis.workflow.steps.texts import Texts

    texts = Texts(tuple(sources), genre, metadata, locale, drop_duplicates=drop_duplicates, limits=limits)
    with Steps() as steps:
        corpus = make_ingest(texts, out, progress=steps.advance) if out else texts.read(None, progress=steps.advance)
    counts = corpus.documents.assign(genre=corpus.documents["genre"].fillna("")).groupby(["genre", "format"]).size()
    rows = [(f"{genre_label(str(kind))}, {form}", str(count)) for (kind, form), count in counts.items()]
    show_table(f"{len(corpus)} document(s) lu(s)", ("genre et format", "documents"), rows)
    status = tell_outcome(corpus)
    if out:
        say(f"Résultats : {out}")
    raise typer.Exit(status)
