"""Documents drawn again with replacement, the same ones for all that is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

RESAMPLES = 1000


def times_drawn(n: int, *, seed: int, resamples: int = RESAMPLES) -> Floats:
    """Return how often each of `n` documents is drawn in each resample, shape (resamples, n).

    Examples
    --------
    >>> times_drawn(3, seed=0, resamples=2).sum(axis=1).tolist()
    [3.0, 3.0]
    """
    rng = np.random.default_rng(seed)
    return rng.multinomial(n, np.full(n, 1 / n), size=resamples).astype(float)
