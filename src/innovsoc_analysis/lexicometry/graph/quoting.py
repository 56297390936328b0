"""The sentences in which two words are nearest to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.graph.words import Standing
    from innovsoc_analysis.study.corpus import Corpus

_COLUMNS = ["title", "speaker", "quote", "doc_id", "start", "end", "unit_id"]


def quotes(corpus: Corpus, standing: Standing, *, rows: NDArray[np.int64], numbers: list[int]) -> pd.DataFrame:
    """Return one quote per unit; `Similarity.places` tells how.

    Parameters
    ----------
    corpus : Corpus
        Where the units are from.
    standing : Standing
        Where the words stand.
    rows : array of int
        The units, by their rows.
    numbers : list of int
        The two words.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.graph.words import stand
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits. Un jardin et un puits.", "b": "Une serre."})
    >>> found = stand(corpus, unit="document", n_words=3, words=None, spans=None, counting={"min_count": 1})
    >>> quotes(corpus, found, rows=[0], numbers=[0, 1])["quote"].tolist()
    ['Un jardin et un puits.']
    """
    import pandas as pd

    tokens = standing.tokens[standing.tokens["row"].isin(rows) & standing.tokens["word"].isin(numbers)]
    documents = corpus.documents.set_index("doc_id")
    texts, titles = documents["text"].to_dict(), documents["title"].to_dict()
    sentences = corpus.sentences
    by_document = {
        doc_id: (group["start"].to_numpy(), group["end"].to_numpy()) for doc_id, group in sentences.groupby("doc_id")
    }
    found = []
    for row, group in tokens.groupby("row", sort=True):
        unit = standing.units.iloc[row]
        starts, ends = by_document[unit.doc_id]
        low, high = _nearest(group, numbers, starts)
        start = int(starts[max(starts.searchsorted(low, side="right") - 1, 0)])
        end = int(ends[min(ends.searchsorted(high), len(ends) - 1)])
        text = texts[unit.doc_id]
        found.append((titles[unit.doc_id], unit.speaker, text[start:end], unit.doc_id, start, end, unit.unit_id))
    return pd.DataFrame(found, columns=_COLUMNS)


def _nearest(tokens: pd.DataFrame, numbers: list[int], starts: NDArray[np.int64]) -> tuple[int, int]:
    """Return from where to where the words go: in the fewest sentences, then where they are nearest, then first."""
    ordered = tokens.sort_values("start", kind="stable")
    sentence = starts.searchsorted(ordered["start"].to_numpy(), side="right").tolist()
    last: dict[int, tuple[int, int]] = {}
    found = []
    for place, (word, start, end) in enumerate(ordered[["word", "start", "end"]].itertuples(index=False, name=None)):
        last[word] = (start, sentence[place])
        if len(last) == len(set(numbers)):
            low, first = min(last.values())
            found.append((sentence[place] - first, end - low, low, end))
    return min(found)[2:]
