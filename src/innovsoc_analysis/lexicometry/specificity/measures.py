"""What stands beside the index of specificity: size of the difference, and correction for many tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.specificity.hypergeometric import deviances
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.specificity.hypergeometric import Cells

    Floats = NDArray[np.float64]

_FOR_ZERO = 0.5


def log_likelihood(cells: Cells) -> Floats:
    """Return G² of each table, negative where the word is under-represented.

    Parameters
    ----------
    cells : Cells
        From `cells_of`.

    Returns
    -------
    array of float
        2 Σ o log(o / e) over the four cells (Dunning 1993, *Computational Linguistics* 19(1)).

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.specificity.hypergeometric import cells_of
    >>> log_likelihood(cells_of([5, 0], total=5, part=5, size=10)).round(3).tolist()
    [13.863, -13.863]
    """
    import numpy as np

    # rounding may leave a deviance of nothing just below zero
    return np.sign(cells.excess) * np.maximum(2 * deviances(cells), 0.0)


def log_ratio(cells: Cells) -> Floats:
    """Return how many times more frequent the word is in the part than in the rest, as a power of two.

    Parameters
    ----------
    cells : Cells
        From `cells_of`.

    Returns
    -------
    array of float
        The binary logarithm of (f / t) / ((F - f) / (T - t)) (Hardie 2014, *Log Ratio*): 1 is twice as
        frequent, -2 four times less. A count of zero is taken to be 0.5. Missing where the part or the
        rest holds no word.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.specificity.hypergeometric import cells_of
    >>> log_ratio(cells_of([4, 4], total=[5, 4], part=10, size=20)).tolist()
    [2.0, 3.0]
    """
    import numpy as np

    part, rest = cells.here + cells.others, cells.elsewhere + cells.rest
    compared = (part > 0) & (rest > 0)
    within = np.maximum(cells.here, _FOR_ZERO) / np.maximum(part, 1)
    without = np.maximum(cells.elsewhere, _FOR_ZERO) / np.maximum(rest, 1)
    return np.where(compared, np.log2(within / without), np.nan)


def p_values(index: Floats) -> Floats:
    """Return the probability of the tail that each index was made of: 10 to the power of -|index|.

    Parameters
    ----------
    index : array of float
        From `specificity_index`.

    Returns
    -------
    array of float
        From 0 to 1; beyond an index of about 320, too small for a number and given as 0.

    Examples
    --------
    >>> import numpy as np
    >>> p_values(np.array([-2.0, 0.0])).tolist()
    [0.01, 1.0]
    """
    import numpy as np

    return np.power(10.0, -np.abs(index))


def adjusted(index: Floats) -> Floats:
    """Return p-values corrected for the number of tests (Benjamini & Hochberg 1995).

    Parameters
    ----------
    index : array of float, shape (n_tests,)
        From `specificity_index`.

    Returns
    -------
    array of float, shape (n_tests,)
        Among the words whose corrected value is at most 0.05, 5 % at most are expected to owe their
        index to chance. Each probability is first doubled: which tail to look at was chosen after
        having seen the count.

    Examples
    --------
    Doubled: 0.02 and 0.2; the first of two tests counts twice.

    >>> import numpy as np
    >>> adjusted(np.array([2.0, -1.0])).round(12).tolist()
    [0.04, 0.2]
    """
    import numpy as np

    n_tests = len(index)
    if not n_tests:
        return np.zeros(0)
    order = np.argsort(-np.abs(index), kind="stable")
    log_p = np.minimum(np.log10(2) - np.abs(index[order]), 0.0)
    stepped = log_p + np.log10(n_tests) - np.log10(np.arange(1, n_tests + 1))
    lowest = np.minimum.accumulate(stepped[::-1])[::-1]
    result = np.empty(n_tests)
    result[order] = np.power(10.0, np.minimum(lowest, 0.0))
    return result


def bonferroni_index(n_tests: int, *, alpha: float = 0.05) -> float:
    """Return the index from which a word is specific even if all tests are to be right at once.

    Parameters
    ----------
    n_tests : int
        How many words and parts were tested, at least 1.
    alpha : float
        Accepted probability that one of them, or more, is wrong; both tails are looked at.

    Raises
    ------
    UsageError
        If `alpha` is not between 0 and 1.

    Examples
    --------
    >>> round(bonferroni_index(1000, alpha=0.02), 6)
    5.0
    """
    import math

    if not 0 < alpha < 1:
        raise UsageError(f"Le risque alpha est un nombre entre 0 et 1, et non {alpha:g}.")
    return math.log10(2 * n_tests / alpha)
