"""``innovsoc topics``: find the topics of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import Cache, DropDuplicates, Genre, LimitsTold, Locale, Metadata, Out, Sources
from innovsoc_analysis.cli.places import places_of
from innovsoc_analysis.cli.reading import cache_beside, tell_outcome
from innovsoc_analysis.cli.terminal import Steps, say, show_table
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.topics.choosing import KChoice
    from innovsoc_analysis.topics.result import Topics

_WORDS = 8
_ENOUGH_PER_TOPIC = 5
TERMS = ("aucun", "domaine", "appris")
_UNITS = ("document", "paragraphe", "contexte")


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
    drop_duplicates: DropDuplicates = False,
    limits: LimitsTold = "",
) -> None:
    """Trouver les thèmes d'un ensemble de textes.

    Écrit dans DOSSIER : topics.html (à ouvrir : thèmes, mots, verbatims, carte, documents), topics.csv, topics.xlsx
    (mots, stabilité, verbatims exemplaires, parts par genre et par document), topics.svg, topics.png,
    documents.parquet, sources.csv et run.json. Avec --n-topics auto, aussi n_topics.xlsx, n_topics.svg et
    n_topics.png : ce que vaut chaque nombre essayé.

    Chaque thème est cherché à nouveau dans des tirages des documents : un thème qui ne s'y retrouve pas mieux que
    des mots battus au hasard est signalé.
    """
    from innovsoc_analysis.workflow.steps.texts import Texts
    from innovsoc_analysis.workflow.steps.topics import TopicsRequest, make_topics

    request = TopicsRequest(n_topics, model, seed, terms, unit, tuple(by or []))
    kept = cache_beside(out, wanted=cache)
    with Steps() as steps:
        places = places_of(sources, genre=genre, metadata=metadata)
        texts = Texts(
            places.sources, places.genre, places.metadata, locale, kept, places.ignore, drop_duplicates, limits
        )
        made = make_topics(texts, out, request, workers=workers, progress=steps.advance)
    choice, fitted = made.choice, made.fitted
    if choice:
        _show_choice(choice)
        if not fitted:
            say("Pour voir des thèmes malgré tout : --n-topics K.")
    if fitted:
        _show(fitted)
        _tell(fitted, fitted.asked)
    status = tell_outcome(made.corpus)
    say(f"Page à ouvrir : {out / 'topics.html'}" if fitted else f"Résultats : {out}")
    raise typer.Exit(status)


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
