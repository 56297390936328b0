"""From a number back to the sentences it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.counting.units import unit_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus

PLACES = ["quote", "n", "title", "source", "speaker", "doc_id", "start", "end"]


def sentences_with(corpus: Corpus, tokens: pd.DataFrame, words: Collection[str]) -> pd.DataFrame:
    """Return the sentences that hold the occurrences of words.

    Parameters
    ----------
    corpus : Corpus
        Where the sentences are.
    tokens : DataFrame
        The occurrences that count: columns ``doc_id, start, word``.
    words : collection of str
        Which words.

    Returns
    -------
    DataFrame
        One row per word and sentence: ``word``, then ``quote`` (the sentence), ``n`` (how many of `tokens` it
        holds), ``title, source, speaker, doc_id, start, end``; words in the order of the alphabet, sentences
        in that of the corpus.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.tables import words_of
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits. Un jardin, deux jardins."})
    >>> sentences_with(corpus, words_of(corpus), ["jardin"])[["quote", "n"]].values.tolist()
    [['Un jardin, deux jardins.', 2]]
    """
    tokens = tokens[tokens["word"].isin(words)]
    sentences = corpus.sentences
    rows = tokens[["word"]].assign(row=unit_rows(sentences, tokens))
    counts = rows.groupby(["word", "row"], sort=True).size().reset_index(name="n")
    found = sentences.iloc[counts["row"]].reset_index(drop=True)
    documents = corpus.documents.set_index("doc_id")
    texts = documents["text"].to_dict()
    spans = zip(found["doc_id"], found["start"], found["end"], strict=True)
    named = {name: found["doc_id"].map(documents[name]) for name in ("title", "source")}
    quotes = [texts[doc_id][start:end] for doc_id, start, end in spans]
    return found.assign(word=counts["word"], n=counts["n"], quote=quotes, **named)[["word", *PLACES]]
