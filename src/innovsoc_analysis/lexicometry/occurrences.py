"""Where queries are found in a corpus: what counts around words, or over time, starts from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from innovsoc_analysis.study.corpus import Corpus


def occurrences(corpus: Corpus, queries: Sequence[str]) -> pd.DataFrame:
    """Return every occurrence of one of `queries`.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    queries : sequence of str
        As in `concordance`.

    Returns
    -------
    DataFrame
        Columns ``doc_id, start, end``, in the order of the corpus; what two queries find counts once.

    Raises
    ------
    UsageError
        If there is no query, one cannot be read, or nothing is found; the message names near words.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un jardin, des jardins."})
    >>> occurrences(corpus, ["jardins", "jardin"])[["start", "end"]].values.tolist()
    [[3, 9], [15, 22]]
    """
    import numpy as np
    import pandas as pd

    from innovsoc_analysis.lexicometry.kwic import concordance

    if not len(queries):
        raise UsageError("Indiquez au moins un mot à chercher.")
    found = [concordance(corpus, query) for query in queries]
    pairs = np.concatenate([np.column_stack([one.first, one.last]) for one in found])
    if not len(pairs):
        named = ", ".join(f"« {query} »" for query in queries)
        raise UsageError(f"{named} : introuvable. {found[0].remark}".strip())
    first, last = np.unique(pairs.astype(np.int64), axis=0).T
    tokens = corpus.tokens
    return pd.DataFrame(
        {
            "doc_id": tokens["doc_id"].to_numpy()[first],
            "start": tokens["start"].to_numpy()[first],
            "end": tokens["end"].to_numpy()[last],
        }
    ).astype({"doc_id": "str"})
