"""``innovsoc ingest``: read sources and say what became of each."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import DropDuplicates, Genre, LimitsTold, Locale, Metadata, Sources
from innovsoc_analysis.cli.reading import tell_outcome
from innovsoc_analysis.cli.terminal import Steps, say, show_table

if TYPE_CHECKING:
    from innovsoc_analysis.study.corpus import Corpus

_SHOWN = 15
_NAME = 24


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

    Ce que les métadonnées disent des textes est résumé : dates, nombres ou catégories, combien de valeurs, combien de
    textes sans valeur. Les noms de personnes et ce qu'un seul texte porte ne sont pas montrés.
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
    _show_attributes(corpus)
    status = tell_outcome(corpus)
    if out:
        say(f"Résultats : {out}")
    raise typer.Exit(status)


def _show_attributes(corpus: Corpus) -> None:
    """Print what the metadata tell of the texts: dates, numbers or categories, and how often."""
    from innovsoc_analysis.ingest.metadata import attribute_label

    table = corpus.attribute_table.iloc[1:]  # the genre is in the table above
    rows = [
        (
            shorten(attribute_label(row.name), _NAME, placeholder="…"),
            row.kind,
            str(row.n_values),
            str(row.n_missing or "·"),
            row.examples,
        )
        for row in table.head(_SHOWN).itertuples(index=False)
    ]
    if rows:
        columns = ("attribut", "nature", "valeurs", "vides", "exemples")
        show_table("Attributs des documents", columns, rows, numbers=False)
    if len(table) > _SHOWN:
        say(f"… et {len(table) - _SHOWN} autre(s) attribut(s).")
