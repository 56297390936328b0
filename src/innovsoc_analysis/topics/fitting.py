"""Fit topics to a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.term_learning import learn_terms
from innovsoc_analysis.nlp.terms import Term, field_terms, find_terms
from innovsoc_analysis.topics.models import MODELS, Fitted
from innovsoc_analysis.topics.result import Topics
from innovsoc_analysis.topics.vocabulary import Counts, count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus

_FEWEST_TOPICS = 2
_LARGEST_SEED = 2**32 - 1


def fit(
    corpus: Corpus,
    *,
    n_topics: int = 8,
    model: str = "nmf",
    seed: int = 0,
    min_documents: int = 2,
    max_share: float = 0.6,
    terms: str | Iterable[Term | str] | None = None,
) -> Topics:
    """Find `n_topics` topics in the documents of `corpus`.

    Parameters
    ----------
    corpus : Corpus
        The unit is the document.
    n_topics : int
        At least 2 and at most the number of documents.
    model : {"nmf", "lda"}
        scikit-learn's NMF on tf-idf, or gensim's LDA.
    seed : int
        The same seed gives the same topics.
    min_documents, max_share
        Bounds on the number and the share of documents a word occurs in.
    terms : {"field", "learned"} or iterable of Term or str, optional
        Terms of several words that are counted as one word: those of the field (`field_terms`),
        those learned from the corpus (`learn_terms`), or a list. By default, none.

    Returns
    -------
    Topics
        The most widespread topic first.

    Raises
    ------
    UsageError
        If the numbers do not fit the corpus, `terms` is not known, or no words are left.

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
        raise UsageError(f"Modèle de thèmes inconnu : « {model} » ; choisissez {' ou '.join(MODELS)}.")
    if not 0 <= seed <= _LARGEST_SEED:
        raise UsageError(f"La graine est un entier de 0 à {_LARGEST_SEED}.")
    if n_topics < _FEWEST_TOPICS:
        raise UsageError("Demandez au moins 2 thèmes.")
    if n_topics > len(corpus):
        raise UsageError(
            f"{n_topics} thèmes pour {len(corpus)} document(s) : demandez-en moins, ou ajoutez des textes."
        )
    found = _find(corpus, terms)
    counts = count_words(corpus, min_documents=min_documents, max_share=max_share, found=found)
    if n_topics > min(counts.matrix.shape):
        raise UsageError(f"{n_topics} thèmes pour {len(counts.words)} mots retenus : demandez-en moins.")
    fitted = MODELS[model](counts, n_topics=n_topics, seed=seed)
    return Topics(corpus, model, seed, counts, _ordered(fitted, counts), found)


def _find(corpus: Corpus, terms: str | Iterable[Term | str] | None) -> pd.DataFrame | None:
    if terms is None:
        return None
    if terms == "field":
        terms = field_terms()
    elif terms == "learned":
        terms = learn_terms(corpus.tokens, segments=corpus.segments)["term"]
    elif isinstance(terms, str):
        raise UsageError(f"Termes inconnus : « {terms} » ; choisissez field, learned ou une liste de termes.")
    return find_terms(corpus.tokens, terms, segments=corpus.segments)


def _ordered(fitted: Fitted, counts: Counts) -> Fitted:
    """Sort topics by their share of the corpus, words deciding between equals; leave out those without words."""
    total = fitted.shares.sum(axis=0).round(5)
    first_word = [counts.words[row.argmax()] for row in fitted.word_weights]
    found = [topic for topic in range(len(total)) if fitted.word_weights[topic].any()]
    order = sorted(found, key=lambda topic: (-total[topic], first_word[topic]))
    return Fitted(fitted.word_weights[order], fitted.shares[:, order])
