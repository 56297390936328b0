"""How good topics are, from their first words: coherence, exclusivity, diversity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.topics import matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

FIRST = 10
_WINDOW = 110
_NEVER = 1e-12  # Röder, Both & Hinneburg's ε, which keeps the logarithm of a pair that never meets finite
_STRETCHES_AT_ONCE = 8192


def first_words(word_weights: NDArray[np.float64], words: Sequence[str], *, n: int = FIRST) -> list[list[str]]:
    """Return the `n` heaviest words of each topic; words decide between equal weights.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        Not negative; words of weight 0 are in no list.
    words : sequence of str
        The columns.
    n : int
        At most so many.

    Returns
    -------
    list of list of str
        One list a topic, the heaviest first.

    Examples
    --------
    >>> import numpy as np
    >>> first_words(np.array([[0.2, 0.5, 0.3], [0, 0.5, 0.5]]), ["bail", "jardin", "haie"], n=2)
    [['jardin', 'haie'], ['haie', 'jardin']]
    """
    import numpy as np

    by_name = np.argsort(np.asarray(words, dtype=object), kind="stable")
    heaviest = by_name[matching.first_words(np.asarray(word_weights)[:, by_name], n)]
    return [
        [words[column] for column in columns if weights[column] > 0]
        for weights, columns in zip(word_weights, heaviest, strict=True)
    ]


def npmi(
    top_words: Sequence[Sequence[str]], matrix: sp.csr_array[np.int64], words: Sequence[str]
) -> NDArray[np.float64]:
    """Coherence: how much more often a topic's first words share a document than by chance.

    The normalised pointwise mutual information of two words (Bouma 2009) is −1 if no document
    holds both, 0 if they are independent, 1 if each document that holds one holds the other. A
    topic's coherence is the mean over all pairs (Lau, Newman & Baldwin 2014).

    Parameters
    ----------
    top_words : sequence of sequence of str
        First words of each topic; 10 by custom, see `first_words`.
    matrix : sparse array, shape (n_units, n_words)
        Counts, of which only presence is used; units without any word do not count.
    words : sequence of str
        The columns. A word that is not among them, or is in no unit, meets no other: its pairs are −1.

    Returns
    -------
    array, shape (n_topics,)
        NaN for a topic of fewer than two words.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> matrix = sp.csr_array(np.array([[2, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 3]]))
    >>> npmi([["haie", "jardin"], ["bail", "haie"]], matrix, ["haie", "jardin", "bail"]).tolist()
    [1.0, -1.0]
    """
    import numpy as np

    column = {word: number for number, word in enumerate(words)}
    used = sorted({word for listed in top_words for word in listed if word in column})
    present = (matrix[:, [column[word] for word in used]] > 0).astype(np.float64)
    n_units = int((matrix.sum(axis=1) > 0).sum())
    together = (present.T @ present).toarray() / max(n_units, 1)
    index = {word: number for number, word in enumerate(used)}
    found = []
    for listed in top_words:
        known = [index[word] for word in listed if word in index]
        pairs = len(listed) * (len(listed) - 1) // 2
        values = _npmi_of_pairs(together[np.ix_(known, known)])
        below = values[np.triu_indices(len(known), k=1)]
        found.append((below.sum() - (pairs - len(below))) / pairs if pairs else np.nan)
    return np.asarray(found)


def _npmi_of_pairs(together: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the NPMI of each pair from how likely both words are; the diagonal says how likely each is."""
    import numpy as np

    alone = np.diag(together)
    meets, everywhere = together > 0, together >= 1
    chance = np.log(np.outer(alone, alone), out=np.zeros_like(together), where=meets)
    both = np.log(together, out=np.zeros_like(together), where=meets)
    values = np.divide(both - chance, -both, out=np.full_like(together, -1.0), where=meets & ~everywhere)
    # two words in every unit: 0/0, of which the limit is that of words which always go together
    values[everywhere] = 1.0
    return values


def c_v(
    top_words: Sequence[Sequence[str]], texts: Iterable[Sequence[str]], *, window: int = _WINDOW
) -> NDArray[np.float64]:
    """Coherence C_V (Röder, Both & Hinneburg 2015): whether a topic's words keep the same company.

    Words meet in a window that slides over the text word by word. Each first word becomes the
    vector of its NPMI with all first words of the topic, which is compared (cosine) with the sum
    of these vectors; the mean is the topic's coherence, mostly between 0 and 1. It agrees best
    with people's judgement among known measures, but is generous where words are rare: read it
    beside `npmi`. gensim's ``CoherenceModel(coherence="c_v")`` gives the same numbers as long as no
    word comes twice in a window; where one does, gensim forgets the second when the first leaves
    the window, which this does not.

    Parameters
    ----------
    top_words : sequence of sequence of str
        First words of each topic.
    texts : iterable of sequence of str
        The words of each document, in order.
    window : int
        Words in a window; a shorter text is one window.

    Returns
    -------
    array, shape (n_topics,)
        NaN for a topic of fewer than two words. A word that is in no text keeps no company: its
        cosine is 0.

    Examples
    --------
    >>> texts = [["haie", "jardin"], ["haie", "jardin"], ["bail", "loyer"]]
    >>> c_v([["haie", "jardin"]], texts).round(3).tolist()
    [1.0]
    """
    import numpy as np

    used = sorted({word for listed in top_words for word in listed})
    index = {word: number for number, word in enumerate(used)}
    together = _share_of_windows(texts, index, window=window)
    found = []
    for listed in top_words:
        places = [index[word] for word in listed]
        found.append(_one_set_cosine(together[np.ix_(places, places)]) if len(places) > 1 else np.nan)
    return np.asarray(found, dtype=np.float64)


def _one_set_cosine(together: NDArray[np.float64]) -> float:
    """Return the mean cosine of each word's NPMI vector with the sum of all, as Röder's S-one-set and m-cos do."""
    import numpy as np

    alone = np.diag(together)
    chance = np.outer(alone, alone)
    seen = chance > 0
    both = together + _NEVER
    vectors = np.log(np.divide(both, chance, out=np.ones_like(both), where=seen)) / -np.log(both)
    # a word in every window is as likely as anything: −log 1 is 0, and its company says nothing
    vectors[together >= 1] = 0
    whole = vectors.sum(axis=0)
    norms = np.linalg.norm(vectors, axis=1) * np.linalg.norm(whole)
    cosines = np.divide(vectors @ whole, norms, out=np.zeros(len(vectors)), where=norms > 0)
    return float(cosines.mean())


def _share_of_windows(texts: Iterable[Sequence[str]], index: dict[str, int], *, window: int) -> NDArray[np.float64]:
    """Return the share of all windows that hold both of two words.

    A word at one place is in a run of windows; between two places where a run starts or ends,
    nothing changes: what is counted are these stretches, each as many times as it has windows.
    """
    import numpy as np

    columns, starts, ends, n_windows = _runs(texts, index, window=window)
    together = np.zeros((len(index), len(index)))
    edges = np.unique(np.concatenate([starts, ends]))
    lengths = np.diff(edges).astype(np.float64)
    first, last = np.searchsorted(edges, starts), np.searchsorted(edges, ends)
    for low in range(0, len(lengths), _STRETCHES_AT_ONCE):
        high = min(low + _STRETCHES_AT_ONCE, len(lengths))
        # runs are in the order of their starts and, being in the order of words, of their ends
        inside = slice(np.searchsorted(last, low, side="right"), np.searchsorted(first, high))
        steps = np.zeros((high - low + 1, len(index)))
        np.add.at(steps, (np.maximum(first[inside], low) - low, columns[inside]), 1)
        np.add.at(steps, (np.minimum(last[inside], high) - low, columns[inside]), -1)
        holds = (steps.cumsum(axis=0)[:-1] > 0).astype(np.float64)
        together += holds.T @ (holds * lengths[low:high, np.newaxis])
    return together / max(n_windows, 1)


def _runs(
    texts: Iterable[Sequence[str]], index: dict[str, int], *, window: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:
    """Return, for each occurrence of a word of `index`, its column and the run of windows that hold it."""
    import numpy as np

    columns: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    before = 0
    for text in texts:
        n_windows = max(len(text) - window + 1, 1 if len(text) else 0)
        for place, word in enumerate(text):
            column = index.get(word)
            if column is not None:
                columns.append(column)
                starts.append(before + max(place - window + 1, 0))
                ends.append(before + min(place + 1, n_windows))
        before += n_windows
    return np.asarray(columns, np.int64), np.asarray(starts, np.int64), np.asarray(ends, np.int64), before


def exclusivity(word_weights: NDArray[np.float64], *, n: int = FIRST) -> NDArray[np.float64]:
    """How much a topic's first words are its own: their weight in it over their weight in all topics.

    The share of a word's weight that a topic holds is the exclusivity of Bischof & Airoldi (2012),
    by which Roberts et al. (2014) judge topics next to coherence; the mean over the first words
    is 1 if no other topic uses them and 1 / n_topics if all use them alike.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        Rows sum to 1.
    n : int
        How many first words.

    Returns
    -------
    array, shape (n_topics,)
        NaN for a topic without words.

    Examples
    --------
    >>> import numpy as np
    >>> exclusivity(np.array([[0.75, 0.25, 0.0], [0.25, 0.25, 0.5]]), n=2).tolist()
    [0.625, 0.625]
    """
    import numpy as np

    total = word_weights.sum(axis=0)
    own = np.divide(word_weights, total, out=np.zeros_like(word_weights), where=total > 0)
    found = []
    for weights, shares in zip(word_weights, own, strict=True):
        heaviest = np.argsort(-weights.round(12), kind="stable")[:n]
        kept = heaviest[weights[heaviest] > 0]
        found.append(shares[kept].mean() if len(kept) else np.nan)
    return np.asarray(found, dtype=np.float64)


def diversity(top_words: Sequence[Sequence[str]]) -> float:
    """Return the share of distinct words among the first words of all topics (Dieng, Ruiz & Blei 2020).

    Parameters
    ----------
    top_words : sequence of sequence of str
        First words of each topic; 25 by custom, see `first_words`.

    Returns
    -------
    float
        1 if no word is in two topics; NaN without words.

    Examples
    --------
    >>> diversity([["haie", "jardin"], ["bail", "jardin"]])
    0.75
    """
    listed = [word for words in top_words for word in words]
    return len(set(listed)) / len(listed) if listed else float("nan")
