"""Intervals of shares: so many among n."""

from __future__ import annotations

from statistics import NormalDist

from innovsoc_analysis.counting.resampling import LEVEL


def wilson(count: float, n: int, *, level: float = LEVEL) -> tuple[float, float]:
    """Return Wilson's (1927) interval of the share `count` / `n`; it is not known if `n` is 0.

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)
    """
    if n == 0:
        return float("nan"), float("nan")
    square = NormalDist().inv_cdf((1 + level) / 2) ** 2
    centre = count + square / 2
    half = (square * (count * (n - count) / n + square / 4)) ** 0.5
    return max((centre - half) / (n + square), 0.0), min((centre + half) / (n + square), 1.0)


def wilson_percent(count: float, n: int, *, level: float = LEVEL) -> tuple[float, float]:
    """Return Wilson's interval in %.

    Examples
    --------
    >>> [round(bound, 1) for bound in wilson_percent(8, 10)]
    [49.0, 94.3]
    """
    low, high = wilson(count, n, level=level)
    return 100 * low, 100 * high
