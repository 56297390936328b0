"""``innovsoc topics``: find the topics of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import Cache, Genre, Locale, Metadata, Out, Sources
from innovsoc_analysis.cli.reading import cache_beside, reading, tell_outcome
from innovsoc_analysis.cli.terminal import say, show_table
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from innovsoc_analysis.cli.terminal import Steps
    from innovsoc_analysis.counting.vocabulary import Vocabulary
    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.topics.choosing import KChoice
    from innovsoc_analysis.topics.result import Topics

_WORDS = 8
_ENOUGH_PER_TOPIC = 5
TERMS = {"aucun": None, "domaine": "field", "appris": "learned"}
_UNITS = {"document": "document", "paragraphe": "paragraph", "contexte": "context"}


def _known_terms(terms: str) -> str:
    if terms not in TERMS:
        raise UsageError(f"« {terms} » n'est pas un réglage connu de --terms ; choisissez {', '.join(TERMS)}.")
    return terms


def _known_unit(unit: str) -> str:
    if unit not in _UNITS:
        raise UsageError(f"« {unit} » n'est pas un réglage connu de --unit ; choisissez {', '.join(_UNITS)}.")
    return unit


NumberOfTopics = Annotated[
    str,
    typer.Option(
        "--n-topics",
        metavar="K|auto",
        help="Nombre de thèmes ; « auto » en essaie plusieurs, en recommande un et dit pourquoi (c'est plus long).",
    ),
]
ModelName = Annotated[str, typer.Option(metavar="nmf|lda|…", help="NMF ou LDA ; gensim-lda et gensim-ensemble aussi.")]
Seed = Annotated[int, typer.Option(metavar="N", help="Graine : la même donne les mêmes thèmes.")]
Terms = Annotated[
    str,
    typer.Option(
        metavar="aucun|domaine|appris",
        callback=_known_terms,
        help="Termes de plusieurs mots comptés comme un mot : ceux du domaine (« innovation sociale »),"
        " ou ceux que les textes emploient.",
    ),
]
Unit = Annotated[
    str,
    typer.Option(
        metavar="document|paragraphe|contexte",
        callback=_known_unit,
        help="Unité dont les mots sont comptés ensemble ; « contexte » : des phrases qui se suivent.",
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ATTRIBUT", help="Comparer la place des thèmes selon cet attribut ; on peut répéter l'option."
    ),
]
Workers = Annotated[
    int, typer.Option(metavar="N", min=1, help="Calculs menés en même temps. Les résultats sont les mêmes.")
]


def topics(
    sources: Sources,
    out: Out,
    n_topics: NumberOfTopics = "8",
    model: ModelName = "nmf",
    seed: Seed = 0,
    terms: Terms = "aucun",
    unit: Unit = "document",
    by: By = None,
    workers: Workers = 1,
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    cache: Cache = True,
) -> None:
    """Trouver les thèmes d'un ensemble de textes.

    Écrit dans DOSSIER : topics.html (à ouvrir : thèmes, mots, verbatims, carte, documents), topics.csv, topics.xlsx
    (mots, stabilité, verbatims exemplaires, parts par genre et par document), topics.svg, topics.png,
    documents.parquet, sources.csv et run.json. Avec --n-topics auto, aussi n_topics.xlsx, n_topics.svg et
    n_topics.png : ce que vaut chaque nombre essayé.

    Chaque thème est cherché à nouveau dans des tirages des documents : un thème qui ne s'y retrouve pas mieux que
    des mots battus au hasard est signalé.
    """
    from innovsoc_analysis.counting.vocabulary import Vocabulary
    from innovsoc_analysis.study.manifest import Run
    from innovsoc_analysis.study.saving import save_documents
    from innovsoc_analysis.topics.fitting import fit
    from innovsoc_analysis.topics.models import check_request

    asked = _number(n_topics)
    check_request(model, seed)
    parameters = {
        "n_topics": n_topics,
        "model": model,
        "seed": seed,
        "terms": terms,
        "unit": unit,
        "by": by,
        "genre": genre,
        "metadata": metadata.name if metadata else None,
        "locale": locale,
    }
    run = Run("topics", out, sources=sources, parameters=parameters)
    kept = cache_beside(out, wanted=cache)
    vocabulary = Vocabulary(unit=_UNITS[unit], terms=TERMS[terms])
    with reading(sources, genre=genre, metadata=metadata, ignore=(out,), cache=kept) as (corpus, steps):
        _check_attributes(corpus, by or [])
        choice = _choose(corpus, vocabulary, model=model, seed=seed, steps=steps) if asked is None else None
        number = choice.recommended if choice else asked
        fitted = None
        if number is not None:
            fitted = fit(corpus, n_topics=number, model=model, seed=seed, vocabulary=vocabulary)
        if fitted:
            fitted.measure_stability(workers=workers, progress=steps.advance)
        run.begin_writing()
        _remove_stale(out)
        written = save_documents(corpus, out, locale=locale)
        if choice:
            written += _save_choice(choice, out)
        if fitted:
            written += [
                *fitted.save(out, locale=locale),
                fitted.save_page(out / "topics.html", by=list(dict.fromkeys(["genre", *(by or [])]))),
            ]
        counts = {"documents": len(corpus), "topics": fitted.n_topics if fitted else 0}
        if fitted:
            counts["words"] = len(fitted.counts.words)
        run.finish(corpus, counts=counts, outputs=written)
    if choice:
        _show_choice(choice)
        if not fitted:
            say("Pour voir des thèmes malgré tout : --n-topics K.")
    if fitted:
        _show(fitted)
        _tell(fitted, fitted.asked)
    status = tell_outcome(corpus)
    say(f"Page à ouvrir : {out / 'topics.html'}" if fitted else f"Résultats : {out}")
    raise typer.Exit(status)


def _remove_stale(out: Path) -> None:
    """Remove what an earlier run into the same folder left and this one may not write."""
    for name in ("topics", "n_topics"):
        for suffix in ("html", "csv", "xlsx", "svg", "png"):
            (out / f"{name}.{suffix}").unlink(missing_ok=True)


def _number(n_topics: str) -> int | None:
    """Return the number of topics asked for, ``None`` if it is to be chosen."""
    if n_topics == "auto":
        return None
    if not n_topics.removeprefix("-").isdecimal():
        raise UsageError(f"« {n_topics} » n'est pas un nombre de thèmes ; donnez un entier, ou « auto ».")
    return int(n_topics)


def _check_attributes(corpus: Corpus, names: list[str]) -> None:
    for name in names:
        corpus.attribute(name)


def _choose(corpus: Corpus, vocabulary: Vocabulary, *, model: str, seed: int, steps: Steps) -> KChoice:
    from innovsoc_analysis.topics.choosing import choose_k

    return choose_k(corpus, vocabulary=vocabulary, model=model, seed=seed, progress=steps.advance)


def _show_choice(choice: KChoice) -> None:
    """Print what each number of topics is worth, and say why one is recommended or none."""
    from innovsoc_analysis.topics.choosing.recommending import decimal

    measures = ("stability", "chance", "gain", "npmi")
    rows = [
        (str(row.Index), f"{row.n_stable:.0f} sur {row.Index}", *(decimal(getattr(row, name)) for name in measures))
        for row in choice.table.itertuples()
    ]
    if rows:
        columns = ("nombre", "stables", "stabilité", "hasard", "prédiction", "cohérence")
        show_table("Combien de thèmes ?", columns, rows)
    for reason in choice.reasons:
        say(reason)


def _save_choice(choice: KChoice, out: Path) -> list[Path]:
    from innovsoc_analysis.figures.style import png_bytes, svg_bytes
    from innovsoc_analysis.safe.files import atomic_write

    table = out / "n_topics.xlsx"
    choice.save(table)
    if choice.table.empty:
        return [table]
    figure = choice.plot().flat[0].figure
    atomic_write(out / "n_topics.svg", svg_bytes(figure))
    atomic_write(out / "n_topics.png", png_bytes(figure))
    return [table, out / "n_topics.svg", out / "n_topics.png"]


def _tell(fitted: Topics, asked: int) -> None:
    """Say what tempers the topics."""
    from innovsoc_analysis.counting.units import counted_units

    if fitted.n_topics < asked:
        say(f"{asked} thèmes demandés, {fitted.n_topics} trouvés : les textes n'en portent pas davantage.")
    if fitted.n_without_words:
        say(f"{fitted.n_without_words} document(s) sans mot retenu, ou qu'aucun thème ne décrit, hors des moyennes.")
    n_units = len(fitted.counts.units)
    if n_units < _ENOUGH_PER_TOPIC * asked:
        say(
            f"{counted_units(n_units, fitted.counts.unit)} sont peu pour {asked} thèmes :"
            " demandez-en moins, ou lisez-les avec prudence."
        )
    stable = int(fitted.stability.stable.sum())
    if not stable:
        say("Aucun thème ne se retrouve mieux que des mots battus au hasard : lisez-les avec méfiance.")
    elif stable < fitted.n_topics:
        say(f"{fitted.n_topics - stable} thème(s) instable(s), marqué(s) ? : pas mieux retrouvés que par hasard.")


def _show(fitted: Topics) -> None:
    from innovsoc_analysis.figures.style import percent
    from innovsoc_analysis.ingest.metadata import genre_label

    by_genre = fitted.by("genre")
    words = fitted.top_words(_WORDS)
    shares = fitted.table.set_index("topic")["share"]
    stability = fitted.stability_table.set_index("topic")
    rows = [
        (
            f"{topic}. {', '.join(words[topic])}",
            f"{percent(100 * stability['stability'][topic])}{'' if stability['stable'][topic] else ' ?'}",
            *(percent(share) for share in by_genre.loc[topic]),
            percent(shares[topic]),
        )
        for topic in words
    ]
    columns = ("thème", "stabilité", *(genre_label(str(name)) for name in by_genre.columns), "ensemble")
    show_table(f"{fitted.n_topics} thèmes ; part moyenne dans les documents", columns, rows)
