"""Fit topics to a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.consensus import fit_consensus
from innovsoc_analysis.topics.models import MODELS, Fitted, Run
from innovsoc_analysis.topics.result import Topics
from innovsoc_analysis.topics.units import counted_units
from innovsoc_analysis.topics.vocabulary import Choices, Counts, Vocabulary, among, chosen, count_words, place_terms

if TYPE_CHECKING:
    from innovsoc_analysis.study.corpus import Corpus

_FEWEST_TOPICS = 2
_LARGEST_SEED = 2**32 - 1


def fit(
    corpus: Corpus,
    *,
    n_topics: int = 8,
    model: str = "nmf",
    seed: int = 0,
    vocabulary: Vocabulary | None = None,
    **choices: Unpack[Choices],
) -> Topics:
    """Find `n_topics` topics in the documents of `corpus`, or in smaller units of them.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    n_topics : int
        At least 2 and at most the number of units.
    model : str
        A key of `MODELS`: ``"nmf"``, ``"lda"``…
    seed : int
        The same seed gives the same topics.
    vocabulary : Vocabulary, optional
        Which words are counted, and in what; by default ``Vocabulary()``.
    **choices
        Choices of the vocabulary that are other than in `vocabulary`, by their names:
        ``unit="paragraph"``, ``terms="field"``, ``min_documents=3``…

    Returns
    -------
    Topics
        The most widespread topic first.

    Raises
    ------
    UsageError
        If the numbers do not fit the corpus, a choice is not known, or no words are left.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({
    ...     "a": "Le jardin donne des légumes.", "b": "Des légumes du jardin.",
    ...     "c": "Le logement coûte un loyer.", "d": "Un loyer pour le logement."})
    >>> fit(corpus, n_topics=2).top_words(2)
    {1: ['jardin', 'légume'], 2: ['logement', 'loyer']}
    """
    if model not in MODELS:
        raise UsageError(f"Modèle de thèmes inconnu : « {model} » ; choisissez {among(MODELS)}.")
    if not 0 <= seed <= _LARGEST_SEED:
        raise UsageError(f"La graine est un entier de 0 à {_LARGEST_SEED}.")
    if n_topics < _FEWEST_TOPICS:
        raise UsageError("Demandez au moins 2 thèmes.")
    vocabulary = chosen(vocabulary or Vocabulary(), choices)
    _check_size(corpus, n_topics, vocabulary)
    found = place_terms(corpus, vocabulary.terms)
    counts = count_words(corpus, vocabulary, found=found)
    if n_topics > len(counts.units):
        raise UsageError(_too_many(n_topics, len(counts.units), vocabulary.unit))
    if n_topics > len(counts.words):
        raise UsageError(f"{n_topics} thèmes pour {len(counts.words)} mots retenus : demandez-en moins.")
    fitted = _ordered(fit_consensus(counts.matrix, Run(model, n_topics, seed)), counts)
    if not len(fitted.word_weights):
        raise UsageError("Le modèle n'a trouvé aucun thème : demandez-en moins, ou choisissez un autre modèle.")
    return Topics(corpus, model, seed, counts, fitted, found, n_topics)


def _check_size(corpus: Corpus, n_topics: int, vocabulary: Vocabulary) -> None:
    """Say what cannot be before the corpus is annotated."""
    if not len(corpus):
        raise UsageError("Aucun texte : des thèmes demandent plusieurs documents.")
    if vocabulary.unit != "document":
        return
    if len(corpus) == 1:
        raise UsageError(
            "Un seul document : des thèmes demandent plusieurs documents, ou une unité plus petite (--unit paragraphe)."
        )
    if n_topics > len(corpus):
        raise UsageError(_too_many(n_topics, len(corpus), vocabulary.unit))


def _too_many(n_topics: int, n_units: int, unit: str) -> str:
    return f"{n_topics} thèmes pour {counted_units(n_units, unit)} : demandez-en moins, ou ajoutez des textes."


def _ordered(fitted: Fitted, counts: Counts) -> Fitted:
    """Sort topics by their share of the corpus, words deciding between equals; leave out those without words."""
    total = counts.by_document(fitted.shares).sum(axis=0).round(5)
    first_word = [counts.words[row.argmax()] for row in fitted.word_weights]
    found = [topic for topic in range(len(total)) if fitted.word_weights[topic].any()]
    order = sorted(found, key=lambda topic: (-total[topic], first_word[topic]))
    return Fitted(fitted.word_weights[order], fitted.shares[:, order])
