"""Topics and codes on the same sentences: which codes a topic speaks of, and what no code says.

Whether a topic holds more of a code than other topics do is told by the log-odds ratio with an
informative Dirichlet prior (Monroe, Colaresi & Quinn 2008): it takes fractions of sentences, and the
prior keeps a code of three sentences from looking like a finding. Sentences of one document resemble
each other, so that its z is a measure for ranking; an association is called clear only when it also
holds in several documents and stands the correction for the number of crossings (Bonferroni).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.counting.resampling import resampled_ratio
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

PRIOR = 10.0  # sentences that the prior weighs
_ALPHA = 0.05
_SMALLEST_LIFT = 1.5
_FEWEST_DOCUMENTS = 3
_LABEL_WORDS = 3
_SHORTEST = 40  # characters of a sentence that one can read by itself


def sentence_shares(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    units: pd.DataFrame,
    *,
    words: Sequence[str],
    word_weights: NDArray[np.float64],
    shares: NDArray[np.float64],
) -> pd.DataFrame:
    """Return the share of each topic in each sentence.

    A topic scores the mean weight of the sentence's words in it, times its share in the unit where
    the sentence starts; scores are then brought to a sum of 1.

    Parameters
    ----------
    sentences : DataFrame
        Columns ``doc_id, start, end``.
    tokens : DataFrame
        Content tokens, ``doc_id, start, lemma``.
    units : DataFrame
        What was modelled, ``doc_id, start, end``; units of a document do not overlap.
    words : sequence of str
        The vocabulary.
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    shares : array, shape (n_units, n_topics)
        Share of each topic in each unit.

    Returns
    -------
    DataFrame, shape (n_sentences, n_topics)
        On the index of `sentences`, columns from 1; rows sum to 1, or to 0 for a sentence without
        words of the vocabulary or outside every unit.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> spans = pd.DataFrame({"doc_id": ["a", "a"], "start": [0, 10], "end": [9, 19]})
    >>> tokens = pd.DataFrame({"doc_id": ["a", "a"], "start": [3, 12], "lemma": ["jardin", "loyer"]})
    >>> units = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [19]})
    >>> weights = np.array([[0.9, 0.1], [0.2, 0.8]])
    >>> found = sentence_shares(
    ...     spans, tokens, units, words=["jardin", "loyer"], word_weights=weights, shares=np.array([[0.5, 0.5]]))
    >>> found.round(3).values.tolist()
    [[0.818, 0.182], [0.111, 0.889]]
    """
    import numpy as np
    import pandas as pd

    n_topics = word_weights.shape[0]
    column = tokens["lemma"].map({word: number for number, word in enumerate(words)})
    known = tokens[column.notna()]
    owner = _holders(known, sentences)
    inside = owner >= 0
    scores = np.zeros((len(sentences), n_topics))
    np.add.at(scores, owner[inside], word_weights.T[column.dropna().to_numpy(dtype=np.int64)[inside]])
    unit = _holders(sentences, units)
    scores *= np.where((unit >= 0)[:, None], shares[unit], 0.0) if len(units) else 0.0
    total = np.broadcast_to(scores.sum(axis=1, keepdims=True), scores.shape)
    scores = np.divide(scores, total, out=np.zeros_like(scores), where=total > 0)
    return pd.DataFrame(scores, index=sentences.index, columns=pd.RangeIndex(1, n_topics + 1, name="topic"))


def cross(sentences: pd.DataFrame, shares: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Cross topics and codes on sentences.

    Parameters
    ----------
    sentences : DataFrame
        Columns ``doc_id, start, end``.
    shares : DataFrame, shape (n_sentences, n_topics)
        From `sentence_shares`; sentences of no topic are left out.
    codings : DataFrame
        Columns ``doc_id, start, end, code``; a sentence has the codes of all spans that touch it.

    Returns
    -------
    DataFrame
        One row per topic and code met. ``topic, code``; ``sentences``, how many sentences of the code
        are of the topic, fractions summed; ``share``, what part of the code's sentences that is;
        ``lift``, how many times more frequent the code is in the topic than in all; ``log_odds`` and
        ``z``, against the other topics together; ``n_documents`` where a sentence of the code is most
        of all of this topic; ``clear``, whether the association is beyond doubt.

    Examples
    --------
    >>> import pandas as pd
    >>> spans = pd.DataFrame({"doc_id": "a", "start": [0, 10, 20, 30], "end": [9, 19, 29, 39]})
    >>> shares = pd.DataFrame({1: [1.0, 1.0, 0.0, 0.0], 2: [0.0, 0.0, 1.0, 1.0]})
    >>> codings = pd.DataFrame({"doc_id": "a", "start": [0, 12, 25], "end": [9, 15, 29], "code": "lieu"})
    >>> cross(spans, shares, codings)[["topic", "code", "sentences", "share", "lift"]].round(2)
       topic  code  sentences  share  lift
    0      1  lieu        2.0   0.67  1.33
    1      2  lieu        1.0   0.33  0.67
    """
    import numpy as np
    import pandas as pd

    of_topic = shares.to_numpy(dtype=np.float64)
    carried = _carried(sentences, codings)
    carried[of_topic.sum(axis=1) == 0] = False
    codes = [code for code in carried.columns if carried[code].any()]
    held = carried[codes].to_numpy(dtype=np.float64)
    crossed = of_topic.T @ held
    size = of_topic.sum(axis=0)
    everywhere = held.sum(axis=0) / max(size.sum(), 1)
    log_odds, z = _monroe(crossed, size, everywhere=everywhere)
    documents = _documents(sentences, of_topic, held)
    here = np.divide(crossed, size[:, None], out=np.zeros_like(crossed), where=size[:, None] > 0)
    table = pd.DataFrame(
        {
            "topic": np.repeat(shares.columns.to_numpy(), len(codes)),
            "code": codes * len(size),
            "sentences": crossed.ravel(),
            "share": (crossed / held.sum(axis=0)).ravel(),
            "lift": (here / everywhere).ravel(),
            "log_odds": log_odds.ravel(),
            "z": z.ravel(),
            "n_documents": documents.ravel(),
        }
    )
    bound = _bound(len(table))
    clear = (table["z"] >= bound) & (table["lift"] >= _SMALLEST_LIFT) & (table["n_documents"] >= _FEWEST_DOCUMENTS)
    return table.assign(clear=clear)


def label_from_codes(
    crossed: pd.DataFrame, labels: Mapping[str, str], words: Mapping[int, Sequence[str]]
) -> pd.DataFrame:
    """Propose a label for each topic: that of the code it is clearly about, otherwise its words.

    Parameters
    ----------
    crossed : DataFrame
        From `cross`.
    labels : mapping of str to str
        Code → its label in the codebook.
    words : mapping of int to sequence of str
        Topic → its words, the first three of which name it where no code does; they also tell apart
        topics that the same code names.

    Returns
    -------
    DataFrame
        Columns ``topic, label, origin`` (``code`` or ``words``), ``code`` (or empty), ``others`` (labels of
        the other codes clearly associated), ``reason`` in French.

    Examples
    --------
    >>> import pandas as pd
    >>> crossed = pd.DataFrame([
    ...     {"topic": 1, "code": "lieu", "share": 0.6, "lift": 3.0, "z": 7.0, "n_documents": 5, "clear": True}])
    >>> found = label_from_codes(crossed, {"lieu": "Lieux"}, {1: ["place", "rue"], 2: ["loyer", "bail"]})
    >>> found[["topic", "label", "origin"]].values.tolist()
    [[1, 'Lieux', 'code'], [2, 'loyer, bail', 'words']]
    """
    import pandas as pd

    clear = crossed[crossed["clear"].astype(bool)].sort_values(["z", "code"], ascending=[False, True])
    best = clear.drop_duplicates("topic").set_index("topic")
    shared = set(best["code"][best["code"].duplicated(keep=False)])
    rows = []
    for topic, listed in words.items():
        named = ", ".join(list(listed)[:_LABEL_WORDS])
        if topic not in best.index:
            rows.append((topic, named, "words", "", "", "aucun code ne lui est clairement associé"))
            continue
        row = best.loc[topic]
        label = labels.get(row["code"], row["code"])
        others = [labels.get(code, code) for code in clear.loc[clear["topic"] == topic, "code"] if code != row["code"]]
        reason = (
            f"code {row['lift']:.1f} fois plus fréquent dans ce thème que dans l'ensemble,"
            f" dans {row['n_documents']} documents (z = {row['z']:.1f})"
        ).replace(".", ",")
        shown = f"{label} ({named})" if row["code"] in shared else label
        rows.append((topic, shown, "code", row["code"], " ; ".join(others), reason))
    return pd.DataFrame(rows, columns=["topic", "label", "origin", "code", "others", "reason"])


def uncoded(sentences: pd.DataFrame, shares: pd.DataFrame, codings: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Return how much of each topic carries no code: what the codebook does not see.

    Parameters
    ----------
    sentences, shares, codings
        As in `cross`.
    seed : int
        Of the draws of documents for the interval.

    Returns
    -------
    DataFrame
        Columns ``topic, sentences`` (of the topic, fractions summed), ``uncoded`` (of them without any
        code), ``share, low, high`` (from 0 to 1, 95 % interval by document), ``lift`` (against all
        topics together).

    Raises
    ------
    UsageError
        If no sentence is of any topic.

    Examples
    --------
    >>> import pandas as pd
    >>> spans = pd.DataFrame({"doc_id": "a", "start": [0, 10, 20], "end": [9, 19, 29]})
    >>> shares = pd.DataFrame({1: [1.0, 0.5, 0.0], 2: [0.0, 0.5, 1.0]})
    >>> codings = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [5], "code": ["lieu"]})
    >>> uncoded(spans, shares, codings)[["topic", "sentences", "uncoded", "share"]].round(2).values.tolist()
    [[1.0, 1.5, 0.5, 0.33], [2.0, 1.5, 1.5, 1.0]]
    """
    import numpy as np
    import pandas as pd

    of_topic = shares.to_numpy(dtype=np.float64)
    if not of_topic.any():
        raise UsageError("Aucune phrase ne contient de mot des thèmes : il n'y a rien à croiser.")
    bare = ~_carried(sentences, codings).to_numpy(dtype=bool).any(axis=1)
    places, found = pd.factorize(sentences["doc_id"])
    wholes = np.zeros((len(found), of_topic.shape[1]))
    parts = wholes.copy()
    np.add.at(wholes, places, of_topic)
    np.add.at(parts, places[bare], of_topic[bare])
    share, low, high = resampled_ratio(parts, wholes, rng=np.random.default_rng(seed))
    missed = parts.sum(axis=0)
    overall = missed.sum() / wholes.sum()
    return pd.DataFrame(
        {
            "topic": shares.columns.to_numpy(),
            "sentences": wholes.sum(axis=0),
            "uncoded": missed,
            "share": share,
            "low": low,
            "high": high,
            "lift": share / overall if overall else np.zeros_like(share),
        }
    )


def uncoded_sentences(
    sentences: pd.DataFrame,
    shares: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    scores: pd.DataFrame | None = None,
    n: int = 3,
) -> pd.DataFrame:
    """Return the sentences that best show what each topic says without any code, from different documents.

    Parameters
    ----------
    sentences, shares, codings
        As in `cross`.
    scores : DataFrame, optional
        How well each sentence shows each topic, shaped as `shares`; by default its share.
    n : int
        How many sentences a topic, at most.

    Returns
    -------
    DataFrame
        Columns of `sentences` after ``topic, score``; only sentences of 40 characters or more, of which
        the topic is the first.

    Examples
    --------
    >>> import pandas as pd
    >>> spans = pd.DataFrame({"doc_id": ["a", "a", "b"], "start": [0, 50, 0], "end": [49, 99, 49]})
    >>> shares = pd.DataFrame({1: [1.0, 0.7, 0.9], 2: [0.0, 0.3, 0.1]})
    >>> codings = pd.DataFrame({"doc_id": ["b"], "start": [0], "end": [9], "code": ["lieu"]})
    >>> uncoded_sentences(spans, shares, codings)[["topic", "doc_id", "start", "score"]].values.tolist()
    [[1, 'a', 0, 1.0]]
    """
    import pandas as pd

    bare = ~_carried(sentences, codings).to_numpy(dtype=bool).any(axis=1)
    bare &= (sentences["end"] - sentences["start"]).to_numpy() >= _SHORTEST
    ranking = shares if scores is None else scores
    first = shares.to_numpy().argmax(axis=1)
    frames = []
    for place, topic in enumerate(shares.columns):
        kept = bare & (first == place) & (shares.iloc[:, place].to_numpy() > 0)
        found = sentences[kept].assign(score=ranking.iloc[:, place].to_numpy()[kept])
        ranked = found.sort_values("score", ascending=False, kind="stable").drop_duplicates("doc_id").head(n)
        frames.append(ranked.assign(topic=topic))
    columns = ["topic", "score", *sentences.columns]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _carried(sentences: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return whether each sentence carries each code."""
    import numpy as np
    import pandas as pd

    codes = sorted(set(codings["code"]))
    column = {code: place for place, code in enumerate(codes)}
    table = np.zeros((len(sentences), len(codes)), dtype=bool)
    rows_of = {doc_id: np.sort(rows) for doc_id, rows in sentences.groupby("doc_id", sort=False).indices.items()}
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    for doc_id, found in codings.groupby("doc_id", sort=False):
        rows = rows_of.get(doc_id)
        if rows is None:
            continue
        first = np.searchsorted(ends[rows], found["start"].to_numpy(), side="right")
        after = np.searchsorted(starts[rows], found["end"].to_numpy(), side="left")
        for low, high, code in zip(first, after, found["code"], strict=True):
            table[rows[low:high], column[code]] = True
    return pd.DataFrame(table, columns=codes)


def _holders(spans: pd.DataFrame, holders: pd.DataFrame) -> NDArray[np.int64]:
    """Return for each span the row of the holder in which it starts, or -1."""
    import numpy as np

    found = np.full(len(spans), -1, dtype=np.int64)
    begins, starts, ends = (one.to_numpy() for one in (spans["start"], holders["start"], holders["end"]))
    rows_of = holders.groupby("doc_id", sort=False).indices
    for doc_id, places in spans.groupby("doc_id", sort=False).indices.items():
        rows = rows_of.get(doc_id)
        if rows is None:
            continue
        rows = rows[np.argsort(starts[rows], kind="stable")]
        at = np.searchsorted(starts[rows], begins[places], side="right") - 1
        candidate = rows[np.maximum(at, 0)]
        inside = (at >= 0) & (begins[places] < ends[candidate])
        found[places[inside]] = candidate[inside]
    return found


def _monroe(
    crossed: NDArray[np.float64], size: NDArray[np.float64], *, everywhere: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log-odds ratio of each code in each topic against the other topics, and its z."""
    import numpy as np

    # half a sentence more on each side, so that a code that all sentences carry has odds too
    said, unsaid = PRIOR * everywhere + 0.5, PRIOR * (1 - everywhere) + 0.5
    elsewhere = crossed.sum(axis=0) - crossed
    with_code, without = crossed + said, np.maximum(size[:, None] - crossed, 0) + unsaid
    others, others_without = elsewhere + said, np.maximum((size.sum() - size)[:, None] - elsewhere, 0) + unsaid
    log_odds = np.log(with_code / without) - np.log(others / others_without)
    variance = 1 / with_code + 1 / without + 1 / others + 1 / others_without
    return log_odds, log_odds / np.sqrt(variance)


def _documents(sentences: pd.DataFrame, of_topic: NDArray[np.float64], held: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count the documents in which a sentence of the code is most of all of the topic."""
    import numpy as np
    import pandas as pd

    places, _ = pd.factorize(sentences["doc_id"])
    first = of_topic.argmax(axis=1)
    row, code = np.nonzero(held)
    met = np.unique(np.stack([places[row], first[row], code]), axis=1)
    counts = np.zeros((of_topic.shape[1], held.shape[1]), dtype=np.int64)
    np.add.at(counts, (met[1], met[2]), 1)
    return counts


def _bound(crossings: int) -> float:
    from scipy.stats import norm

    return float(norm.isf(_ALPHA / max(crossings, 1)))
