"""How often a query occurs in each part of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.counting.parts import spans_by

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.kwic.index import TokenIndex
    from innovsoc_analysis.study.corpus import Corpus

    Rows = NDArray[np.int64]

PER = 10_000
FEWEST_DOCUMENTS = 5
_CONFIDENCE = 0.95
PART_COLUMNS = ["part", "n", "words", "documents", "documents_with", "per_10000", "low", "high"]


def count_by(
    corpus: Corpus, index: TokenIndex, *, first: Rows, by: str | pd.DataFrame, codings: Coded | pd.DataFrame | None
) -> pd.DataFrame:
    """Count occurrences by part.

    Parameters
    ----------
    corpus : Corpus
        Of the index.
    index : TokenIndex
        Of the corpus.
    first : array
        First token of each occurrence, in the order of the corpus: an occurrence is where it starts.
    by, codings
        As for `spans_by`.

    Returns
    -------
    DataFrame
        Columns `PART_COLUMNS`, one row per part, in natural order.
    """
    import numpy as np
    import pandas as pd

    from innovsoc_analysis.study.attributes import in_order

    spans = spans_by(corpus, by, codings=codings)
    parts = in_order(spans["part"].unique())
    spans = _merged(spans, corpus, parts=parts, stride=index.stride)
    words, hits = index.places[index.counted], index.places[first]
    per_span = spans.assign(
        words=_within(words, spans["low"].to_numpy(), spans["high"].to_numpy()),
        n=_within(hits, spans["low"].to_numpy(), spans["high"].to_numpy()),
    )
    by_document = per_span.groupby(["part", "document"], sort=True)[["n", "words"]].sum().reset_index()
    rows = []
    for number, part in enumerate(parts):
        inside = by_document[by_document["part"] == number]
        n, size = inside["n"].to_numpy(dtype=np.int64), inside["words"].to_numpy(dtype=np.int64)
        low, high = rate_interval(n, size)
        rate = PER * n.sum() / size.sum() if size.sum() else np.nan
        rows.append((part, n.sum(), size.sum(), len(n), (n > 0).sum(), rate, PER * low, PER * high))
    return pd.DataFrame(rows, columns=PART_COLUMNS)


def rate_interval(counts: NDArray[np.int64], sizes: NDArray[np.int64]) -> tuple[float, float]:
    """Return a 95 % interval of a rate, from the counts of documents.

    Parameters
    ----------
    counts, sizes : array, shape (n_documents,)
        Occurrences and words of each document.

    Returns
    -------
    tuple of float
        Bounds of occurrences per word; NaN for fewer than five documents that hold words, of which
        the spread between documents cannot be told.

    Notes
    -----
    Garwood's exact interval of a Poisson count (1936, Biometrika 28), widened by how much documents
    differ more than chance would have them: the count is divided by Pearson's dispersion
    φ = max(1, Σ (x − e)² / e / (d − 1)), e = words × rate, and the bounds multiplied by it
    (McCullagh and Nelder, 1989, Generalized Linear Models). A word is repeated within a document:
    bounds that took each occurrence for independent would be too narrow.

    Examples
    --------
    >>> import numpy as np
    >>> low, high = rate_interval(np.array([2, 2, 2, 2, 2]), np.full(5, 1000))
    >>> round(5000 * low, 3), round(5000 * high, 3)
    (4.795, 18.39)
    """
    import numpy as np
    from scipy.stats import chi2

    filled = sizes > 0
    counts, sizes = counts[filled], sizes[filled]
    if len(counts) < FEWEST_DOCUMENTS:
        return np.nan, np.nan
    total, size = int(counts.sum()), int(sizes.sum())
    expected = sizes * total / size
    spread = float(((counts - expected) ** 2 / expected).sum()) / (len(counts) - 1) if total else 1.0
    dispersion = max(1.0, spread)
    tail = (1 - _CONFIDENCE) / 2
    scaled = total / dispersion
    low = float(chi2.ppf(tail, 2 * scaled)) / 2 if total else 0.0
    high = float(chi2.ppf(1 - tail, 2 * scaled + 2)) / 2
    return dispersion * low / size, dispersion * high / size


def _merged(spans: pd.DataFrame, corpus: Corpus, *, parts: list[str], stride: int) -> pd.DataFrame:
    """Join the spans of each part that overlap: columns ``part, document, low, high``, numbers and places."""
    import numpy as np
    import pandas as pd

    documents = {doc_id: row for row, doc_id in enumerate(corpus.documents["doc_id"])}
    spans = spans[spans["doc_id"].isin(list(documents))]
    part = pd.Index(parts).get_indexer(spans["part"])
    document = spans["doc_id"].map(documents).to_numpy(dtype=np.int64)
    low = document * stride + spans["start"].to_numpy(dtype=np.int64)
    high = document * stride + np.minimum(spans["end"].to_numpy(dtype=np.int64), stride - 1)
    order = np.lexsort((low, part))
    part, document, low, high = part[order], document[order], low[order], high[order]
    beyond = len(documents) * stride  # parts one after another, so that one running maximum serves them all
    reach = np.maximum.accumulate(high + part * beyond)
    apart = np.ones(len(low), dtype=bool)
    apart[1:] = (low + part * beyond)[1:] >= reach[:-1]
    last = np.concatenate([np.flatnonzero(apart)[1:] - 1, [len(low) - 1]]) if len(low) else np.zeros(0, dtype=int)
    return pd.DataFrame(
        {
            "part": part[apart],
            "document": document[apart],
            "low": low[apart],
            "high": reach[last] - part[apart] * beyond,
        }
    )


def _within(places: Rows, low: Rows, high: Rows) -> Rows:
    import numpy as np

    return np.searchsorted(places, high) - np.searchsorted(places, low)
