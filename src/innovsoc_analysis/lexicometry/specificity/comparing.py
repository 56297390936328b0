"""Compare the words of each part of a corpus with those of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.specificity.dispersion import dispersion
from innovsoc_analysis.lexicometry.specificity.hypergeometric import cells_of, specificity_index
from innovsoc_analysis.lexicometry.specificity.result import BANAL, Specificities, check_threshold
from innovsoc_analysis.lexicometry.tables import lexical_table
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.tables import LexicalTable
    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus


_MOST_CELLS = 10_000_000


def specificities(
    corpus: Corpus,
    by: str | pd.DataFrame = "genre",
    *,
    word: str = "lemma",
    content: bool = False,
    terms: str | Iterable[Term | str] | None = None,
    min_count: int = 1,
    codings: Coded | pd.DataFrame | None = None,
) -> Specificities:
    """Find the words that are specific to each part of `corpus` (Lafon 1980).

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    by : str or DataFrame
        What the parts are: an attribute of documents, ``"speaker"``, ``"code"``, or spans, see `spans_by`.
        Each part is compared with all that is not in it, be it in other parts or in none; parts that
        overlap, such as codes, are each compared with the rest of the corpus.
    word, content, terms, min_count, codings
        As for `lexical_table`.

    Returns
    -------
    Specificities
        With a threshold of banality of 2; `Specificities.with_threshold` gives another.

    Raises
    ------
    UsageError
        If a choice is unknown, there is no word, or one part holds everything.
    UnknownNameError
        If no document has the attribute.

    Notes
    -----
    With T words in the corpus, t in the part, and a word that occurs F times in the corpus and f times in
    the part, the index is ±log10 of the probability of f or a more extreme count, were the part drawn at
    random from the corpus (P. Lafon, 1980, « Sur la variabilité de la fréquence des formes dans un
    corpus », *Mots* 1, 127-165); `specificity_index` tells which tail. Words are no random draws: one
    text that repeats a word makes it specific to its part, hence ``one_document``.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Le jardin, le jardin, le jardin.", "b": "Le guichet et la loi."})
    >>> found = specificities(corpus, "title")
    >>> found.of("jardin")[["part", "f", "F", "t", "T", "index"]].round(3).values.tolist()
    [['a', 3, 3, 6, 11, 0.916], ['b', 0, 3, 5, 11, -0.916]]
    """
    table = lexical_table(corpus, by, word=word, content=content, terms=terms, min_count=min_count, codings=codings)
    return specificities_of(table, corpus=corpus)


def specificities_of(table: LexicalTable, *, threshold: float = BANAL, corpus: Corpus | None = None) -> Specificities:
    """Find the words that are specific to each part of a lexical table.

    Parameters
    ----------
    table : LexicalTable
        From `lexical_table`.
    threshold : float
        A word whose index is nearer to 0 is banal.
    corpus : Corpus, optional
        What the table was made of: with it, `Specificities.places` leads back to the sentences.

    Raises
    ------
    UsageError
        If one part holds everything, words times parts are more than ten million, or `threshold` is not a
        positive number.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Le jardin.", "b": "Le guichet."})
    >>> specificities_of(lexical_table(corpus, "title")).matrix().round(3).loc["le"].tolist()
    [0.0, 0.0]
    """
    import numpy as np

    check_threshold(threshold)
    if not ((table.sizes > 0) & (table.sizes < table.size)).any():
        raise UsageError(
            f"Rien à comparer par « {table.by} » : une seule partie contient tous les mots ; choisissez un attribut "
            "qui distingue plusieurs parties."
        )
    n_words, n_parts = table.counts.shape
    if n_words * n_parts > _MOST_CELLS:
        raise UsageError(
            f"Trop de parties à comparer par « {table.by} » : {n_parts} parties et {n_words} mots ; choisissez un "
            "attribut qui a moins de valeurs, ou élevez min_count."
        )
    index = np.zeros(table.counts.shape)
    columns = table.counts.tocsc()
    # part by part: what is held meanwhile does not grow with their number
    for part, size in enumerate(table.sizes):
        counts = columns[:, [part]].toarray().ravel()
        index[:, part] = specificity_index(cells_of(counts, total=table.totals, part=size, size=table.size))
    return Specificities(table, index, dispersion(table), float(threshold), corpus)
