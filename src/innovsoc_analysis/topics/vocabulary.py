"""The words that topics are made of: content lemmas, neither rare nor everywhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.terms import fluent, merge_terms

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import scipy.sparse as sp

    from innovsoc_analysis.study.corpus import Corpus

CONTENT = frozenset({"NOUN", "ADJ", "VERB"})
# light verbs, vague nouns and fillers of speech: frequent anywhere, and about nothing
_EMPTY_LEMMAS = frozenset(
    """
    être avoir faire aller pouvoir vouloir devoir falloir dire voir savoir venir mettre prendre donner passer tenir
    rester trouver parler penser croire arriver appeler demander regarder sembler paraître connaître comprendre
    commencer finir laisser rendre porter servir suivre
    chose truc fois fait façon manière cas moment an année mois jour semaine heure minute temps gens personne
    monsieur madame côté partie part sorte exemple bout coup
    petit grand bon autre même tout premier dernier deuxième nouveau vrai seul certain plein tel
    euh hein ben bah ouais oui non voilà bon quoi ok
    """.split()  # noqa: SIM905 - a paragraph reads better than a list
)
_SHORTEST = 3
# said of the lemma, for the form of an inclusive word may hold brackets and spaces; a lemma with spaces is a term
_WORD = r"[^\W\d_][\w'’·-]*"
_EMPTY_TERMS = frozenset(
    {"mise en place", "mise en œuvre", "mise en oeuvre", "mise à disposition", "prise en compte", "point de vue"}
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each word occurs in each document.

    Attributes
    ----------
    matrix : sparse array, shape (n_documents, n_words)
        Counts.
    words : tuple of str
        Lemmas, sorted.
    doc_ids : tuple of str
        Documents, in the order of the corpus; those without any word are kept as empty rows.
    tokens : DataFrame
        What was counted and more: all content tokens, those of a term merged into one.
    """

    matrix: sp.csr_array[np.int64]
    words: tuple[str, ...]
    doc_ids: tuple[str, ...]
    tokens: pd.DataFrame


def count_words(
    corpus: Corpus, *, min_documents: int = 2, max_share: float = 0.6, found: pd.DataFrame | None = None
) -> Counts:
    """Count content lemmas by document.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    min_documents : int
        A word must occur in at least as many documents.
    max_share : float
        And in at most this share of them.
    found : DataFrame, optional
        Terms of the corpus, see `find_terms`: each is one word.

    Raises
    ------
    UsageError
        If no word is left.
    """
    import numpy as np
    import scipy.sparse as sp

    doc_ids = tuple(corpus.documents["doc_id"])
    kept = content_tokens(corpus.tokens if found is None else merge_terms(corpus.tokens, found))
    by_document = {doc_id: Counter(lemmas) for doc_id, lemmas in kept.groupby("doc_id", sort=False)["lemma"]}
    frequency = Counter(lemma for counter in by_document.values() for lemma in counter)
    ceiling = max(max_share * len(doc_ids), min_documents)
    words = tuple(sorted(word for word, documents in frequency.items() if min_documents <= documents <= ceiling))
    if not words:
        raise UsageError(
            f"Aucun mot ne figure dans au moins {min_documents} documents et au plus {max_share:.0%} d'entre eux ;"
            " ajoutez des textes ou élargissez ces bornes."
        )
    index = {word: column for column, word in enumerate(words)}
    matrix = sp.lil_array((len(doc_ids), len(words)), dtype=np.int64)
    for row, doc_id in enumerate(doc_ids):
        for word, count in by_document.get(doc_id, Counter()).items():
            if word in index:
                matrix[row, index[word]] = count
    return Counts(matrix.tocsr(), words, doc_ids, kept)


def content_tokens(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return the tokens that can be about something, their lemmas in lower case; disfluent ones cannot."""
    from innovsoc_analysis.nlp.language import stop_words

    tokens = fluent(tokens)
    lemma = tokens["lemma"].str.lower()
    meant = (
        tokens["upos"].isin(CONTENT)
        & (lemma.str.len() >= _SHORTEST)
        & (lemma.str.fullmatch(_WORD) | lemma.str.contains(" ", regex=False))
        & ~lemma.isin(_EMPTY_LEMMAS | _EMPTY_TERMS | stop_words())
    )
    return tokens[meant].assign(lemma=lemma[meant])
