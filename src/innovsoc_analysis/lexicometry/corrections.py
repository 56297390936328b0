"""Corrections of probabilities for how many of them are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def false_discoveries(p_values: Floats) -> Floats:
    """Return probabilities corrected for their number (Benjamini & Hochberg 1995); missing ones stay so.

    Parameters
    ----------
    p_values : array
        From 0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> false_discoveries(np.array([0.01, np.nan, 0.04])).tolist()
    [0.02, nan, 0.04]
    """
    import numpy as np
    from scipy.stats import false_discovery_control

    result = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    if len(known):
        result[known] = false_discovery_control(p_values[known])
    return result
