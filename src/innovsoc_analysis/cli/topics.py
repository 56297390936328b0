"""``innovsoc topics``: find the topics of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import Cache, Genre, Locale, Metadata, Out, Sources
from innovsoc_analysis.cli.reading import cache_beside, reading, tell_outcome
from innovsoc_analysis.cli.terminal import say, show_table
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.topics.result import Topics

_WORDS = 8
_ENOUGH_PER_TOPIC = 5
_TERMS = {"aucun": None, "domaine": "field", "appris": "learned"}


def _known_terms(terms: str) -> str:
    if terms not in _TERMS:
        raise UsageError(f"« {terms} » n'est pas un réglage connu de --terms ; choisissez {', '.join(_TERMS)}.")
    return terms


def topics(
    sources: Sources,
    out: Out,
    n_topics: Annotated[int, typer.Option("--n-topics", metavar="K", help="Nombre de thèmes.")] = 8,
    model: Annotated[str, typer.Option(metavar="nmf|lda", help="NMF (scikit-learn) ou LDA (gensim).")] = "nmf",
    seed: Annotated[int, typer.Option(metavar="N", help="Graine : la même donne les mêmes thèmes.")] = 0,
    terms: Annotated[
        str,
        typer.Option(
            metavar="aucun|domaine|appris",
            callback=_known_terms,
            help="Termes de plusieurs mots comptés comme un mot : ceux du domaine (« innovation sociale »),"
            " ou ceux que les textes emploient.",
        ),
    ] = "aucun",
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    cache: Cache = True,
) -> None:
    """Trouver les thèmes d'un ensemble de textes.

    Écrit dans DOSSIER : topics.csv, topics.xlsx (mots, verbatims exemplaires, parts par genre et par document),
    topics.svg, topics.png, documents.parquet, sources.csv et run.json.
    """
    from innovsoc_analysis.study.manifest import Run
    from innovsoc_analysis.study.saving import save_documents
    from innovsoc_analysis.topics.fitting import fit

    parameters = {
        "n_topics": n_topics,
        "model": model,
        "seed": seed,
        "terms": terms,
        "genre": genre,
        "metadata": metadata.name if metadata else None,
        "locale": locale,
    }
    run = Run("topics", out, sources=sources, parameters=parameters)
    kept = cache_beside(out, wanted=cache)
    with reading(sources, genre=genre, metadata=metadata, ignore=(out,), cache=kept) as (corpus, _):
        fitted = fit(corpus, n_topics=n_topics, model=model, seed=seed, terms=_TERMS[terms])
        run.begin_writing()
        written = [*save_documents(corpus, out, locale=locale), *fitted.save(out, locale=locale)]
        run.finish(corpus, counts={"documents": len(corpus), "words": len(fitted.counts.words)}, outputs=written)
    _show(fitted)
    if fitted.n_topics < n_topics:
        say(f"{n_topics} thèmes demandés, {fitted.n_topics} trouvés : les textes n'en portent pas davantage.")
    if fitted.n_without_words:
        say(f"{fitted.n_without_words} document(s) sans mot retenu, hors des moyennes.")
    if len(corpus) < _ENOUGH_PER_TOPIC * n_topics:
        say(f"{len(corpus)} documents sont peu pour {n_topics} thèmes : demandez-en moins, ou lisez-les avec prudence.")
    status = tell_outcome(corpus)
    say(f"Résultats : {out}")
    raise typer.Exit(status)


def _show(fitted: Topics) -> None:
    from innovsoc_analysis.figures.style import percent
    from innovsoc_analysis.ingest.metadata import genre_label

    by_genre = fitted.by("genre")
    words = fitted.top_words(_WORDS)
    shares = fitted.table.set_index("topic")["share"]
    rows = [
        (
            f"{topic}. {', '.join(words[topic])}",
            *(percent(share) for share in by_genre.loc[topic]),
            percent(shares[topic]),
        )
        for topic in words
    ]
    columns = ("thème", *(genre_label(str(name)) for name in by_genre.columns), "ensemble")
    show_table(f"{fitted.n_topics} thèmes ; part moyenne dans les documents", columns, rows)
