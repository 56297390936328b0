"""Measures of lexical diversity: what they are made of, and how much each owes to the length of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

MTLD_THRESHOLD = 0.72
_NOTHING = 750  # exp(-750) is zero


def spectrum(counts: ArrayLike) -> NDArray[np.int64]:
    """Return the frequency spectrum: how many words occur m times.

    Parameters
    ----------
    counts : array of int, shape (n_words,)
        Occurrences of each word; zeros are words that do not occur.

    Returns
    -------
    array of int, shape (highest count + 1,)
        V(m) at place m; place 0 is zero.

    Examples
    --------
    >>> spectrum([3, 1, 1, 0]).tolist()
    [0, 2, 0, 1]
    """
    import numpy as np

    found = np.bincount(np.asarray(counts, dtype=np.int64), minlength=2)
    found[0] = 0
    return found


def expected_types(frequencies: ArrayLike, sizes: ArrayLike) -> NDArray[np.float64]:
    """Return how many distinct words random samples of a text hold, on average and exactly.

    Parameters
    ----------
    frequencies : array of int
        The spectrum of the text.
    sizes : array of int
        Words of each sample, drawn without replacement; at most as many as the text has.

    Returns
    -------
    array of float
        E[V(n)] = Σ V(m) [1 - C(N - m, n) / C(N, n)], m running over the spectrum of a text of N words: the
        rarefaction of Hurlbert (1971, *Ecology* 52) and Baayen (2001, *Word Frequency Distributions*).
        Words are drawn one by one: those of one passage, which repeat each other, are taken apart.

    Raises
    ------
    UsageError
        If a sample is larger than the text.

    Examples
    --------
    Two words of « a a b »: the pairs aa, ab, ab hold 1, 2 and 2 words.

    >>> expected_types([0, 1, 1], [2]).round(6).tolist()
    [1.666667]
    """
    import numpy as np

    present = np.asarray(frequencies, dtype=np.float64)
    times = np.flatnonzero(present)
    size = int(times @ present[times])
    drawn = np.atleast_1d(np.asarray(sizes, dtype=np.int64))
    if (drawn > size).any() or (drawn < 0).any():
        raise UsageError(f"Une taille commune va de 0 à {size} mots, la longueur du texte.")
    return np.array([float((1 - _absent(times, n, size)) @ present[times]) for n in drawn.tolist()])


def _absent(times: NDArray[np.int64], n: int, size: int) -> NDArray[np.float64]:
    """Return C(N - m, n) / C(N, n): the probability that n words drawn from N are none of m."""
    import numpy as np

    if not n or not len(times):
        return np.ones(len(times))
    # the product of (N - n - i) / (N - i), i < m, each at most 1 - n / N: from some m on, nothing is left of it
    steps = min(int(times.max()), int(_NOTHING * size / n) + 1, size - n)
    logs = np.cumsum(np.log1p(-n / (size - np.arange(steps, dtype=np.float64))))
    products = np.exp(np.concatenate([[0.0], logs]))
    return np.where(times <= steps, products[np.minimum(times, steps)], 0.0)


def yule_k(frequencies: ArrayLike) -> float:
    """Return Yule's K of a spectrum (Yule 1944): 10⁴ (Σ m² V(m) - N) / N².

    Parameters
    ----------
    frequencies : array of int
        The spectrum.

    Returns
    -------
    float
        Ten thousand times the probability that two words drawn from the text are the same, or nearly;
        high where few words come back often. Its mean does not depend on the length. Missing for a
        text without words.

    Examples
    --------
    « a a b »: (4 + 1 - 3) / 9.

    >>> round(yule_k([0, 1, 1]), 3)
    2222.222
    """
    import numpy as np

    present = np.asarray(frequencies, dtype=np.float64)
    times = np.flatnonzero(present)
    size = float(times @ present[times])
    return 1e4 * (float((times * times) @ present[times]) - size) / size**2 if size else float("nan")


def window_types(words: ArrayLike, window: int) -> tuple[int, int]:
    """Return how many distinct words all the windows of a text hold, added up, and how many windows there are.

    Parameters
    ----------
    words : array of int, shape (n_words,)
        The text, each word as a number.
    window : int
        Consecutive words of a window.

    Returns
    -------
    tuple of int and int
        Their quotient, divided by `window`, is the moving-average type-token ratio, MATTR (Covington &
        McFall 2010, *Journal of Quantitative Linguistics* 17). A text shorter than a window has none.

    Examples
    --------
    Windows of two of « a a b »: « a a » and « a b ».

    >>> window_types([0, 0, 1], 2)
    (3, 2)
    """
    import numpy as np

    text = np.asarray(words, dtype=np.int64)
    n_windows = len(text) - window + 1
    if n_windows < 1:
        return 0, 0
    order = np.argsort(text, kind="stable")
    previous = np.full(len(text), -1, dtype=np.int64)
    again = text[order[1:]] == text[order[:-1]]
    previous[order[1:][again]] = order[:-1][again]
    rows = np.arange(len(text))
    # a word is new in the windows that start after the last time it came, and hold it
    first = np.maximum(previous + 1, rows - window + 1)
    last = np.minimum(rows, n_windows - 1)
    return int(np.maximum(last - first + 1, 0).sum()), n_windows


def mtld_factors(words: Sequence[int], threshold: float = MTLD_THRESHOLD) -> float:
    """Return how many times the type-token ratio of a text, read from its start, falls to the threshold.

    Parameters
    ----------
    words : sequence of int
        The text, each word as a number.
    threshold : float
        A factor ends at the word by which the ratio falls below it, and the next starts anew.

    Returns
    -------
    float
        Whole factors, and the part of one that the rest makes: (1 - ratio) / (1 - threshold). Words per
        factor, read forwards and backwards, are the measure of textual lexical diversity, MTLD
        (McCarthy & Jarvis 2010, *Behavior Research Methods* 42).

    Examples
    --------
    « a a b »: 1, then 1/2 ends a factor; « b » makes nothing of another.

    >>> mtld_factors([0, 0, 1])
    1.0
    """
    factors, length, ratio = 0.0, 0, 1.0
    seen: set[int] = set()
    for word in words:
        seen.add(word)
        length += 1
        ratio = len(seen) / length
        if ratio < threshold:
            factors, length, ratio = factors + 1, 0, 1.0
            seen.clear()
    return factors + (1 - ratio) / (1 - threshold)
