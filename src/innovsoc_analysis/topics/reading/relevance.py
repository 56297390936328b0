"""Words by which a topic is read: relevant ones, and those that are its own.

The heaviest words of a topic are often those of every topic. Relevance (Sievert & Shirley 2014,
LDAvis) weighs a word's probability in the topic against its lift, which is how many times more
probable it is there than in the corpus; FREX (Airoldi & Bischof 2016; Roberts et al. 2014) is the
harmonic mean of a word's ranks by frequency and by exclusivity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

LAMBDA = 0.6  # what readers found best in Sievert & Shirley's study
OMEGA = 0.5
_DIGITS = 9  # beyond them two weights are the same, on any machine


def marginal(word_weights: ArrayLike, topic_shares: ArrayLike) -> NDArray[np.float64]:
    """Return p(w), how probable each word is in the corpus as the model sees it: Σ p(t) p(w|t).

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t); rows sum to 1.
    topic_shares : array, shape (n_topics,)
        Weight of each topic in the corpus, on any scale.

    Returns
    -------
    array, shape (n_words,)
        On the scale of `word_weights`, be it of counts or of tf-idf, so that lifts are of one kind.

    Examples
    --------
    >>> marginal([[0.5, 0.5], [0.0, 1.0]], [1, 3]).tolist()
    [0.125, 0.875]
    """
    import numpy as np

    sizes = np.asarray(topic_shares, dtype=np.float64)
    total = sizes.sum()
    return (sizes / total if total else sizes) @ np.asarray(word_weights, dtype=np.float64)


def lift(word_weights: ArrayLike, frequencies: ArrayLike) -> NDArray[np.float64]:
    """Return p(w|t) / p(w): how many times more probable each word is in each topic than in the corpus.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    frequencies : array, shape (n_words,)
        Frequency of each word in the corpus, on any scale: counts, or `marginal`.

    Returns
    -------
    array, shape (n_topics, n_words)
        0 for a word of no frequency.

    Examples
    --------
    >>> lift([[0.5, 0.5], [0.25, 0.75]], [3, 5]).round(3).tolist()
    [[1.333, 0.8], [0.667, 1.2]]
    """
    import numpy as np

    weights = np.asarray(word_weights, dtype=np.float64)
    counts = np.asarray(frequencies, dtype=np.float64)
    total = counts.sum()
    expected = np.broadcast_to(counts / total if total else counts, weights.shape)
    return np.divide(weights, expected, out=np.zeros_like(weights), where=expected > 0)


def relevance(word_weights: ArrayLike, frequencies: ArrayLike, *, lam: float = LAMBDA) -> NDArray[np.float64]:
    """Return λ log p(w|t) + (1 - λ) log lift, for each word in each topic.

    Parameters
    ----------
    word_weights, frequencies
        As in `lift`.
    lam : float
        λ: 1 ranks words by their weight in the topic, 0 by what sets it apart.

    Returns
    -------
    array, shape (n_topics, n_words)
        Minus infinity for a word that has no weight in the topic.

    Raises
    ------
    UsageError
        If `lam` is not between 0 and 1.

    Examples
    --------
    >>> relevance([[0.5, 0.5]], [1, 3], lam=1.0).round(3).tolist()
    [[-0.693, -0.693]]
    >>> relevance([[0.5, 0.5]], [1, 3], lam=0.0).round(3).tolist()
    [[0.693, -0.405]]
    """
    import numpy as np

    _check(lam, "λ")
    weights = np.asarray(word_weights, dtype=np.float64)
    lifts = lift(weights, frequencies)
    counted = (weights > 0) & (lifts > 0)
    scores = np.full(weights.shape, -np.inf)
    scores[counted] = lam * np.log(weights[counted]) + (1 - lam) * np.log(lifts[counted])
    return scores


def exclusivity(word_weights: ArrayLike) -> NDArray[np.float64]:
    """Return the share of each word's weight that each topic holds: p(w|t) / Σ p(w|t').

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t).

    Returns
    -------
    array, shape (n_topics, n_words)
        Columns sum to 1, or to 0 for a word of no topic.

    Examples
    --------
    >>> exclusivity([[0.5, 0.5], [0.5, 0.0]]).tolist()
    [[0.5, 1.0], [0.5, 0.0]]
    """
    import numpy as np

    weights = np.asarray(word_weights, dtype=np.float64)
    total = np.broadcast_to(weights.sum(axis=0), weights.shape)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def frex(word_weights: ArrayLike, *, omega: float = OMEGA) -> NDArray[np.float64]:
    """Return the harmonic mean of each word's ranks, by exclusivity and by frequency, in each topic.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    omega : float
        Weight of exclusivity; that of frequency is ``1 - omega``.

    Returns
    -------
    array, shape (n_topics, n_words)
        From 0 to 1. A rank is the share of the words of the topic that do not stand above; a word
        without weight in the topic is none of its words and has 0.

    Raises
    ------
    UsageError
        If `omega` is not between 0 and 1.

    Examples
    --------
    >>> frex([[0.5, 0.3, 0.2], [0.1, 0.0, 0.9]]).round(3).tolist()
    [[0.8, 0.8, 0.333], [0.5, 0.0, 1.0]]
    """
    import numpy as np
    from scipy.stats import rankdata

    _check(omega, "ω")
    weights = np.asarray(word_weights, dtype=np.float64)
    exclusive = exclusivity(weights)
    scores = np.zeros_like(weights)
    for topic, row in enumerate(weights):
        held = row > 0
        if not held.any():
            continue
        by_frequency = rankdata(row[held].round(_DIGITS), method="max") / held.sum()
        by_exclusivity = rankdata(exclusive[topic][held].round(_DIGITS), method="max") / held.sum()
        scores[topic][held] = 1 / (omega / by_exclusivity + (1 - omega) / by_frequency)
    return scores


def words_by_relevance(
    word_weights: ArrayLike, words: Sequence[str], frequencies: ArrayLike, *, lam: float = LAMBDA, n: int = 12
) -> pd.DataFrame:
    """List the most relevant words of each topic.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    words : sequence of str
        The words.
    frequencies : array, shape (n_words,)
        As in `lift`.
    lam : float
        As in `relevance`.
    n : int
        How many words a topic, at most.

    Returns
    -------
    DataFrame
        Columns ``topic`` (from 1), ``rank, word, weight, lift, relevance``; words in the order of
        the alphabet where they are equal.

    Examples
    --------
    >>> words_by_relevance([[0.5, 0.5]], ["commun", "propre"], [3, 1], n=1)[["topic", "rank", "word", "lift"]]
       topic  rank    word  lift
    0      1     1  propre   2.0
    """
    scores = relevance(word_weights, frequencies, lam=lam)
    columns = {"weight": word_weights, "lift": lift(word_weights, frequencies), "relevance": scores}
    return _listed(scores, words, columns, n=n)


def words_by_frex(word_weights: ArrayLike, words: Sequence[str], *, omega: float = OMEGA, n: int = 12) -> pd.DataFrame:
    """List the words of each topic that are both frequent in it and its own.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    words : sequence of str
        The words.
    omega : float
        As in `frex`.
    n : int
        How many words a topic, at most.

    Returns
    -------
    DataFrame
        Columns ``topic`` (from 1), ``rank, word, weight, exclusivity, frex``.

    Examples
    --------
    >>> words_by_frex([[0.6, 0.4], [0.9, 0.1]], ["commun", "propre"], n=1)[["topic", "rank", "word"]]
       topic  rank    word
    0      1     1  commun
    1      2     1  commun
    """
    scores = frex(word_weights, omega=omega)
    columns = {"weight": word_weights, "exclusivity": exclusivity(word_weights), "frex": scores}
    return _listed(scores, words, columns, n=n)


def _listed(
    scores: NDArray[np.float64], words: Sequence[str], columns: dict[str, ArrayLike], *, n: int
) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    weights = np.asarray(columns["weight"], dtype=np.float64)
    alphabet = np.argsort(np.argsort(np.asarray(words, dtype=object)))
    frames = []
    for topic, row in enumerate(scores):
        with np.errstate(invalid="ignore"):
            # the heavier of two equal words first, then the alphabet
            order = np.lexsort((alphabet, -weights[topic].round(_DIGITS), -row.round(_DIGITS)))
        kept = [place for place in order if weights[topic][place] > 0 and np.isfinite(row[place])][:n]
        values = {name: np.asarray(table, dtype=np.float64)[topic][kept] for name, table in columns.items()}
        listed = [words[place] for place in kept]
        frames.append(pd.DataFrame({"topic": topic + 1, "rank": range(1, len(kept) + 1), "word": listed, **values}))
    names = ["topic", "rank", "word", *columns]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=names)


def _check(value: float, name: str) -> None:
    if not 0 <= value <= 1:
        raise UsageError(f"{name} est un nombre entre 0 et 1, et non {value:g}.")
