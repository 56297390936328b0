"""How far the parts of a map hang on the documents one happens to have.

Documents, not words, are drawn again: the words of one text are no independent observations. Ellipses
come from the partial bootstrap (Lebart, Salem & Berry 1998; Greenacre 2017): the axes are held, and the
parts made of other draws of their documents are projected. They say how far a part would move, not
whether two parts differ: axes are chosen so as to draw the parts asunder, which they do even where
documents were dealt to parts at random. That question is for a permutation test (Good 2005), in which
documents change parts and the χ² distance between the parts is measured again, all axes together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_DOCUMENTS = 5
LEVEL = 0.95
_CHUNK = 4_000_000  # cells of the table of draws held at once
_MOST_PRODUCTS = 1000


@dataclass(frozen=True, eq=False)
class Blocks:
    """What each document says in each part.

    Attributes
    ----------
    counts : sparse array, shape (n_blocks, n_words)
        Words of the analysis, one row per document and part; every row holds something.
    parts : array of int, shape (n_blocks,)
        To which part each row belongs.
    """

    counts: sp.csr_array[np.float64]
    parts: NDArray[np.int64]


@dataclass(frozen=True)
class Ellipse:
    """Where a part would be with other documents.

    Attributes
    ----------
    centre : tuple of float
        The part on the map.
    semi_axes : tuple of float
        Half lengths, the longer first.
    angle : float
        Of the longer one with the first axis, in degrees.
    half_widths : tuple of float
        Of the interval on each axis alone.
    """

    centre: tuple[float, ...]
    semi_axes: tuple[float, ...]
    angle: float
    half_widths: tuple[float, ...]


def drawn_positions(blocks: Blocks, part: int, standard: Floats, *, n_draws: int, seed: int) -> Floats:
    """Return where a part falls when its documents are drawn again, with replacement.

    Parameters
    ----------
    blocks : Blocks
        Of all parts.
    part : int
        Which one.
    standard : array, shape (n_words, n_axes)
        Standard coordinates of the words: the axes are held.
    n_draws, seed : int
        How many draws, and the seed of their generator.

    Returns
    -------
    array, shape (n_draws, n_axes)
        Principal coordinates.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> blocks = Blocks(sp.csr_array(np.array([[1.0, 1.0], [1.0, 1.0]])), np.array([0, 0]))
    >>> drawn_positions(blocks, 0, np.array([[1.0], [-1.0]]), n_draws=2, seed=0).tolist()
    [[0.0], [0.0]]
    """
    import numpy as np

    counts = blocks.counts[np.flatnonzero(blocks.parts == part)]
    sizes, moments = counts.sum(axis=1), counts @ standard
    n_blocks = counts.shape[0]
    generator = np.random.default_rng([seed, part])
    positions = np.empty((n_draws, standard.shape[1]))
    step = max(_CHUNK // n_blocks, 1)
    for first in range(0, n_draws, step):
        size = min(step, n_draws - first)
        times = generator.multinomial(n_blocks, np.full(n_blocks, 1 / n_blocks), size=size)
        positions[first : first + size] = (times @ moments) / (times @ sizes)[:, None]
    return positions


def ellipse(positions: Floats, centre: Floats, *, n_blocks: int) -> Ellipse:
    """Return the 95 % ellipse of a part from its draws on one or two axes.

    The covariance of the draws is multiplied by n/(n − 1) and the ellipse is that of Hotelling's T²,
    2(n − 1)/(n − 2) F(2, n − 2): a bootstrap of a few documents alone is too narrow.

    Parameters
    ----------
    positions : array, shape (n_draws, 1 or 2)
        From `drawn_positions`.
    centre : array, shape (1 or 2,)
        The part.
    n_blocks : int
        How many documents were drawn from, at least 3.
    """
    import numpy as np
    from scipy.special import fdtri, stdtrit

    n_axes = positions.shape[1]
    covariance = np.atleast_2d(np.cov(positions, rowvar=False)) * n_blocks / (n_blocks - 1)
    radius2 = n_axes * (n_blocks - 1) / (n_blocks - n_axes) * fdtri(n_axes, n_blocks - n_axes, LEVEL)
    variances, directions = np.linalg.eigh(covariance)
    lengths = np.sqrt(np.maximum(variances, 0)[::-1] * radius2)
    longest = directions[:, -1]
    angle = float(np.degrees(np.arctan2(longest[1], longest[0])) % 180) if n_axes > 1 else 0.0
    widths = stdtrit(n_blocks - 1, (1 + LEVEL) / 2) * np.sqrt(np.maximum(np.diag(covariance), 0))
    return Ellipse(tuple(centre.tolist()), tuple(lengths.tolist()), angle, tuple(widths.tolist()))


def permuted(blocks: Blocks, pair: tuple[int, int], masses: Floats, *, n_draws: int, seed: int) -> tuple[float, float]:
    """Return the χ² distance between two parts and how often chance gives as much.

    Parameters
    ----------
    blocks : Blocks
        Of all parts.
    pair : tuple of two int
        The parts that are compared.
    masses : array, shape (n_words,)
        Of the words, which weigh the distance.
    n_draws, seed : int
        How many times the documents of both are dealt again, each part keeping its number of them.

    Returns
    -------
    distance, p : float
        p is (1 + draws at least as far apart) / (1 + draws).

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> blocks = Blocks(sp.csr_array(np.array([[2.0, 2.0], [1.0, 1.0]])), np.array([0, 1]))
    >>> permuted(blocks, (0, 1), np.array([0.5, 0.5]), n_draws=9, seed=0)
    (0.0, 1.0)
    """
    import numpy as np

    rows = np.concatenate([np.flatnonzero(blocks.parts == part) for part in pair])
    n_first = int((blocks.parts == pair[0]).sum())
    distances = _measure(blocks.counts[rows], masses)
    inside = np.zeros((1, len(rows)))
    inside[:, :n_first] = 1
    observed = float(distances(inside)[0])
    generator = np.random.default_rng([seed, *pair])
    reached, step = 0, max(_CHUNK // len(rows), 1)
    for first in range(0, n_draws, step):
        dealt = generator.random((min(step, n_draws - first), len(rows))).argsort(axis=1, kind="stable") < n_first
        # a deal that only mirrors the parts gives the same distance up to rounding
        reached += int((distances(dealt.astype(float)) >= observed * (1 - 1e-9) - 1e-15).sum())
    return max(observed, 0.0) ** 0.5, (1 + reached) / (1 + n_draws)


def _measure(counts: sp.csr_array[np.float64], masses: Floats) -> Callable[[Floats], Floats]:
    """Return what gives the squared χ² distance between documents inside (1) and outside (0), one deal per row."""
    import numpy as np

    sizes = counts.sum(axis=1)
    scaled = counts.multiply(1 / np.sqrt(masses)[None, :]).tocsr()

    def by_profiles(inside: Floats) -> Floats:
        whole = scaled.sum(axis=0)
        found = np.empty(len(inside))
        for first in range(0, len(inside), step):
            deal = inside[first : first + step]
            summed, size = (scaled.T @ deal.T).T, (deal @ sizes)[:, None]
            found[first : first + step] = ((summed / size - (whole - summed) / (sizes.sum() - size)) ** 2).sum(axis=1)
        return found

    step = max(_CHUNK // scaled.shape[1], 1)
    if len(sizes) > _MOST_PRODUCTS:
        return by_profiles
    # of few documents, all distances follow from their products with each other
    products = (scaled @ scaled.T).toarray()
    whole = products.sum(axis=0)

    def by_products(inside: Floats) -> Floats:
        shared, both = ((inside @ products) * inside).sum(axis=1), inside @ whole
        first = inside @ sizes
        second = sizes.sum() - first
        outside = whole.sum() - 2 * both + shared
        return shared / first**2 - 2 * (both - shared) / (first * second) + outside / second**2

    return by_products
