"""Intervals of ratios over documents: how far they would move with other documents of the same kind.

Whole documents are drawn again with replacement, as Davison & Hinkley (1997) draw clusters, for the
sentences of one document are no independent observations. The percentiles are those of Hesterberg
(2015, section 5.3), farther out the fewer the documents: plain ones are too narrow for ten or twenty texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_DOCUMENTS = 5
RESAMPLES = 2000
FEWEST = 2  # to draw from
LEVEL = 0.95
_CHUNK = 2_000_000  # cells of the table of draws held at once


def resampled_ratio(
    parts: NDArray[np.float64], wholes: NDArray[np.float64], *, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return Σ parts / Σ wholes of each column and the bounds of its 95 % interval, rows being drawn again.

    Parameters
    ----------
    parts, wholes : array, shape (n_documents, n_columns)
        A ratio without whole is 0.
    rng : Generator
        Of the draws.

    Returns
    -------
    tuple of three arrays, shape (n_columns,)
        Ratio, low, high; the bounds of a single row are not known.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.ones((4, 1))
    >>> [bound.tolist() for bound in resampled_ratio(one, 2 * one, rng=np.random.default_rng(0))]
    [[0.5], [0.5], [0.5]]
    """
    import numpy as np

    n = len(parts)
    ratio = _ratio(parts.sum(axis=0), wholes.sum(axis=0))
    if n < FEWEST:
        unknown = np.full(ratio.shape, np.nan)
        return ratio, unknown, unknown
    drawn = []
    at_once = max(_CHUNK // n, 1)
    for start in range(0, RESAMPLES, at_once):
        times = rng.multinomial(n, np.full(n, 1 / n), size=min(at_once, RESAMPLES - start))
        drawn.append(_ratio(times @ parts, times @ wholes))
    low, high = bounds(np.concatenate(drawn), n)
    return ratio, low, high


def bounds(draws: NDArray[np.floating], n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds of the 95 % interval of draws of `n` documents, resamples along the first axis.

    Parameters
    ----------
    draws : array, shape (resamples, …)
        Not a number where a draw has no value; then neither have the bounds.
    n : int
        Documents drawn from: with fewer than two the bounds are not known.

    Examples
    --------
    >>> import numpy as np
    >>> low, high = bounds(np.linspace(0, 1, 1001), 1_000_000)
    >>> [round(float(bound), 3) for bound in (low, high)]
    [0.025, 0.975]
    """
    import numpy as np
    from scipy.stats import norm, t

    if n < FEWEST:
        unknown = np.full(draws.shape[1:], np.nan)
        return unknown, unknown
    tail = norm.cdf((n / (n - 1)) ** 0.5 * t.ppf((1 - LEVEL) / 2, n - 1))
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    return low, high


def _ratio(parts: NDArray[np.float64], wholes: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)
