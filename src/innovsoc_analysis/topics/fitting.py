"""Fit topics to a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Unpack

from innovsoc_analysis.counting.units import counted_units
from innovsoc_analysis.counting.vocabulary import Choices, Counts, Vocabulary, chosen, count_words, place_terms
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.consensus import fit_consensus
from innovsoc_analysis.topics.models import Fitted, Run, check_request
from innovsoc_analysis.topics.result import Topics

if TYPE_CHECKING:
    from innovsoc_analysis.study.corpus import Corpus

_FEWEST_TOPICS = 2


def fit(
    corpus: Corpus,
    *,
    n_topics: int | Literal["auto"] = 8,
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
    n_topics : int or "auto"
        At least 2 and at most the number of units; ``"auto"`` takes what `choose_k` recommends.
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
        If the numbers do not fit the corpus, no number can be recommended, a choice is not known, or no words are left.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({
    ...     "a": "Le jardin donne des légumes.", "b": "Des légumes du jardin.",
    ...     "c": "Le logement coûte un loyer.", "d": "Un loyer pour le logement."})
    >>> fit(corpus, n_topics=2).top_words(2)
    {1: ['jardin', 'légume'], 2: ['logement', 'loyer']}
    """
    check_request(model, seed)
    vocabulary = chosen(vocabulary or Vocabulary(), choices)
    if n_topics == "auto":
        n_topics = _recommended(corpus, vocabulary, model=model, seed=seed)
    if not isinstance(n_topics, int):
        raise UsageError(f"« {n_topics} » n'est pas un nombre de thèmes ; donnez un entier, ou « auto ».")
    if n_topics < _FEWEST_TOPICS:
        raise UsageError("Demandez au moins 2 thèmes.")
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


def _recommended(corpus: Corpus, vocabulary: Vocabulary, *, model: str, seed: int) -> int:
    from innovsoc_analysis.topics.choosing import choose_k

    choice = choose_k(corpus, vocabulary=vocabulary, model=model, seed=seed)
    if choice.recommended is None:
        raise UsageError(" ".join(choice.reasons))
    return choice.recommended


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
