"""Documents drawn again with replacement, and the interval that the draws give.

Whole documents are drawn, as Davison & Hinkley (1997) draw clusters; the percentiles are those of
Hesterberg (2015, section 5.3), farther out the fewer the documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from innovsoc_analysis.counting.resampling import LEVEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

RESAMPLES = 1000
FEWEST = 2


def times_drawn(n: int, *, seed: int, resamples: int = RESAMPLES) -> Floats:
    """Return how often each of `n` documents is drawn in each resample, shape (resamples, n).

    Examples
    --------
    >>> times_drawn(3, seed=0, resamples=2).sum(axis=1).tolist()
    [3.0, 3.0]
    """
    rng = np.random.default_rng(seed)
    return rng.multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)


def bounds(draws: Floats, n: int) -> tuple[Floats, Floats]:
    """Return the bounds of the 95 % interval of draws of `n` documents, resamples along the first axis.

    Parameters
    ----------
    draws : array, shape (resamples, …)
        Not a number where a draw has no value; then neither have the bounds.
    n : int
        Documents drawn from: with fewer than two the bounds are not known.

    Examples
    --------
    >>> low, high = bounds(np.linspace(0, 1, 1001), 1_000_000)
    >>> [round(float(bound), 3) for bound in (low, high)]
    [0.025, 0.975]
    """
    from scipy.stats import norm, t

    if n < FEWEST:
        unknown = np.full(draws.shape[1:], np.nan)
        return unknown, unknown
    tail = norm.cdf((n / (n - 1)) ** 0.5 * t.ppf((1 - LEVEL) / 2, n - 1))
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    return low, high
