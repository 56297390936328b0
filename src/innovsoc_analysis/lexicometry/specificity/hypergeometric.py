"""The exact hypergeometric law of the words of a part, in logarithms, for tables of any size.

A word occurs F times among the T words of a corpus, f times among the t words of a part. If the part
were drawn at random, f would follow the hypergeometric law (Lafon 1980, « Sur la variabilité de la
fréquence des formes dans un corpus », *Mots* 1, 127-165).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

LARGEST = 2**32
"""Words of the largest corpus: beyond, products of counts would not fit in 64 bits."""
_STIRLING = (1 / 12, 1 / 360, 1 / 1260, 1 / 1680, 1 / 1188)
_SMALL = 16  # from here on five terms of Stirling's series leave less than 1e-16
_NEAR, _NEAR_TERMS = 0.1, 10  # |(o - e) / (o + e)| below which the series of a deviance is used
_NEGLIGIBLE = 2.0**-60
_COMPRESS_BELOW = 0.75


@dataclass(frozen=True, eq=False)
class Cells:
    """Tables of two rows and two columns, one for each word and part.

    Attributes
    ----------
    here : array of int
        f: occurrences of the word in the part.
    elsewhere : array of int
        F - f: its occurrences in the rest of the corpus.
    others : array of int
        t - f: the other words of the part.
    rest : array of int
        T - F - t + f: the other words of the rest.
    """

    here: Integers
    elsewhere: Integers
    others: Integers
    rest: Integers

    @property
    def size(self) -> Floats:
        """T, for each table."""
        return (self.here + self.elsewhere + self.others + self.rest).astype(float)

    @property
    def expected(self) -> Floats:
        """F t / T, for each table; 0 where there is no word."""
        import numpy as np

        product = (self.here + self.elsewhere).astype(float) * (self.here + self.others)
        return product / np.maximum(self.size, 1)

    @property
    def excess(self) -> Integers:
        """F T - F t, an integer without rounding: positive where the word is over-represented."""
        return self.here * self.rest - self.elsewhere * self.others


def cells_of(f: ArrayLike, *, total: ArrayLike, part: ArrayLike, size: ArrayLike) -> Cells:
    """Return the tables of words whose counts are given; arrays are broadcast.

    Parameters
    ----------
    f : array of int
        Occurrences in the part.
    total : array of int
        F: occurrences in the corpus.
    part : array of int
        t: words of the part.
    size : array of int
        T: words of the corpus, at most 2³².

    Raises
    ------
    UsageError
        If a number is not an integer, or the counts contradict each other.

    Examples
    --------
    >>> cells = cells_of(3, total=4, part=5, size=10)
    >>> int(cells.elsewhere), int(cells.others), int(cells.rest), float(cells.expected)
    (1, 2, 4, 2.0)
    """
    import numpy as np

    numbers = [_integers(value) for value in (f, total, part, size)]
    try:
        here, totals, parts, sizes = np.broadcast_arrays(*numbers)
    except ValueError as error:
        raise UsageError("Les effectifs f, F, t et T n'ont pas la même longueur.") from error
    if any(np.any(one > LARGEST) for one in (here, totals, parts, sizes)):
        raise UsageError(f"Trop de mots : un corpus en compte au plus {LARGEST}.")
    cells = Cells(here, totals - here, parts - here, sizes - totals - parts + here)
    if any(np.any(one < 0) for one in (cells.here, cells.elsewhere, cells.others, cells.rest)):
        raise UsageError(
            "Effectifs impossibles : un mot ne peut figurer dans une partie plus souvent que dans le corpus, "
            "ni une partie compter plus de mots que lui."
        )
    return cells


def specificity_index(cells: Cells) -> Floats:
    r"""Return the signed index of specificity of each table.

    Parameters
    ----------
    cells : Cells
        From `cells_of`.

    Returns
    -------
    array of float
        Where f exceeds F t / T, ``-log10 P(X >= f)``; where f is below, ``log10 P(X <= f)``; where it
        equals it, 0. An index of 3 says that chance alone gives as many occurrences or more once in a
        thousand draws.

    Notes
    -----
    Lafon compares f with the mode of the law, ⌊(F+1)(t+1)/(T+2)⌋. The mode is F t / T rounded down or up,
    so that both comparisons give the same sign wherever f is not the mode itself; there the tail is
    large and the word is banal either way. F t / T treats a part and its complement alike, where the
    mode does not. TXM's R package *textometry* compares with F t / T too; where f equals it, it gives
    the upper tail, which says nothing either.

    The probability of f is computed from deviances (C. Loader, 2000, *Fast and accurate computation of
    binomial probabilities*) rather than from logarithms of factorials, whose rounding alone would
    reach 1e-8 in a corpus of ten million words; the rest of the tail, by recurrence.

    Examples
    --------
    A word found only in the part, three times; the part is half of a corpus of ten words.
    P(X = 3) = C(3, 3) C(7, 2) / C(10, 5) = 21 / 252 = 1 / 12:

    >>> import math
    >>> abs(float(specificity_index(cells_of(3, total=3, part=5, size=10))) - math.log10(12)) < 1e-12
    True
    """
    import numpy as np

    shape = cells.here.shape
    excess = cells.excess.ravel()
    over = excess > 0
    a, b, c, d = (one.ravel() for one in (cells.here, cells.elsewhere, cells.others, cells.rest))
    # the lower tail of a word in a part is the upper tail of the word in the rest
    turned = (np.where(over, a, b), np.where(over, b, a), np.where(over, c, d), np.where(over, d, c))
    index = np.zeros(len(excess))
    tested = np.flatnonzero(excess)
    if len(tested):
        upper = Cells(*(one[tested] for one in turned))
        log_tail = np.minimum(_log_probability(upper) + np.log(_tail_over_first(upper)), 0.0)
        index[tested] = np.sign(excess[tested]) * np.abs(log_tail) / np.log(10)
    return index.reshape(shape)


def deviances(cells: Cells) -> Floats:
    """Return Σ o log(o / e) over the four cells of each table: half of the likelihood ratio G².

    Parameters
    ----------
    cells : Cells
        From `cells_of`.

    Returns
    -------
    array of float
        Zero where the word is exactly as frequent as expected.

    Examples
    --------
    Two cells of 5 where 2.5 is expected in each of the four: 2 · 5 log 2.

    >>> float(deviances(cells_of(5, total=5, part=5, size=10)).round(6))
    6.931472
    """
    import numpy as np

    size = np.maximum(cells.size, 1)
    difference = cells.excess / size
    words, no_words = cells.here + cells.elsewhere, cells.others + cells.rest
    within, without = cells.here + cells.others, cells.elsewhere + cells.rest
    summed = np.zeros(cells.here.shape)
    for observed, row, column, sign in (
        (cells.here, words, within, 1),
        (cells.elsewhere, words, without, -1),
        (cells.others, no_words, within, -1),
        (cells.rest, no_words, without, 1),
    ):
        summed += _deviance(observed.astype(float), row.astype(float) * column / size, sign * difference)
    return summed


def _integers(value: ArrayLike) -> Integers:
    import numpy as np

    numbers = np.asarray(value)
    if numbers.dtype.kind == "f" and np.all(np.isfinite(numbers)) and np.all(numbers == np.floor(numbers)):
        return numbers.clip(-1, LARGEST + 1).astype(np.int64)
    if numbers.dtype.kind not in "iu":
        raise UsageError("Les effectifs f, F, t et T sont des nombres entiers, sans valeur manquante.")
    return numbers.clip(-1, LARGEST + 1).astype(np.int64)


def _log_probability(cells: Cells) -> Floats:
    """Return log P(X = f): the deviance, and what is left of Stirling's formula for the nine factorials."""
    a, b, c, d = cells.here, cells.elsewhere, cells.others, cells.rest
    margins = _stirling_rest(a + b) + _stirling_rest(c + d) + _stirling_rest(a + c) + _stirling_rest(b + d)
    inside = _stirling_rest(a) + _stirling_rest(b) + _stirling_rest(c) + _stirling_rest(d)
    return margins - _stirling_rest(a + b + c + d) - inside - deviances(cells)


def _tail_over_first(cells: Cells) -> Floats:
    """Return P(X >= f) / P(X = f), each term from the one before."""
    import numpy as np

    a, b, c, d = (one.astype(float) for one in (cells.here, cells.elsewhere, cells.others, cells.rest))
    result = np.ones(len(a))
    rows = np.arange(len(a))
    term, summed = np.ones(len(a)), np.ones(len(a))
    step = 0
    while len(rows):
        term = term * (b - step) * (c - step) / ((a + step + 1) * (d + step + 1))
        summed += term
        step += 1
        going = term > _NEGLIGIBLE * summed
        if np.count_nonzero(going) < _COMPRESS_BELOW * len(rows):
            result[rows] = summed
            rows, term, summed = rows[going], term[going], summed[going]
            a, b, c, d = a[going], b[going], c[going], d[going]
    return result


def _stirling_rest(n: Integers) -> Floats:
    """Return log n! - n log n + n: small, and known without cancellation."""
    import math

    import numpy as np

    table = np.array([math.log(math.factorial(k)) - k * math.log(k) + k if k else 0.0 for k in range(_SMALL)])
    large = np.maximum(n, _SMALL).astype(float)
    inverse = 1 / large
    square = inverse * inverse
    s0, s1, s2, s3, s4 = _STIRLING
    series = inverse * (s0 - square * (s1 - square * (s2 - square * (s3 - square * s4))))
    return np.where(n < _SMALL, table[np.minimum(n, _SMALL - 1)], 0.5 * np.log(2 * np.pi * large) + series)


def _deviance(observed: Floats, expected: Floats, difference: Floats) -> Floats:
    """Return o log(o / e) + e - o, by its series where o is near e."""
    import numpy as np

    both = observed + expected
    ratio = np.divide(difference, both, out=np.zeros_like(both), where=both > 0)
    near = np.abs(ratio) < _NEAR
    square = ratio * ratio
    series = difference * ratio
    power = 2 * observed * ratio
    for j in range(1, _NEAR_TERMS + 1):
        power = power * square
        series = series + power / (2 * j + 1)
    quotient = np.divide(observed, expected, out=np.ones_like(both), where=(observed > 0) & (expected > 0))
    return np.where(near, series, observed * np.log(quotient) - difference)
