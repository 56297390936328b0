"""How sure a coefficient is: the bootstrap and the delta method, on patterns of ratings.

Units that all coders rated alike are one *pattern*; a coefficient depends on the units only through
how many there are of each pattern. To draw units again with replacement is to draw the numbers of
the patterns from a multinomial law: the same bootstrap, at a cost that no longer grows with the units.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal, NamedTuple, TypedDict

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from innovsoc_analysis.coding.agreement.ratings import MISSING, Floats, Ints
from innovsoc_analysis.model.errors import UsageError

Statistic = Callable[[Floats], Floats]
"""Numbers of each pattern, one row per sample, to the coefficient of each sample, NaN where undefined."""
_BLOCK = 2_000_000  # cells of the tables of weights that are in memory at a time
_FEWEST_DEFINED = 0.5  # of the resamples, for an interval
_STEP = 1e-5  # of the number of units, for derivatives


class Sampling(TypedDict, total=False):
    """Options that all coefficients share.

    Attributes
    ----------
    interval : {"bootstrap", "analytic"} or None
        How the confidence interval is made; by default by bootstrap.
    confidence : float
        0.95 by default.
    n_resamples : int
        Of the bootstrap; 1,000 by default.
    clusters : sequence
        A label per unit, such as its document: clusters are drawn instead of units.
    random_state : int
        Seed of the bootstrap; 0 by default.
    """

    interval: Literal["bootstrap", "analytic"] | None
    confidence: float
    n_resamples: int
    clusters: Any
    random_state: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The options of `Sampling`, checked."""

    interval: Literal["bootstrap", "analytic"] | None = "bootstrap"
    confidence: float = 0.95
    n_resamples: int = 1000
    clusters: Any = None
    random_state: int = 0

    def __post_init__(self) -> None:
        """Refuse what makes no interval.

        Raises
        ------
        UsageError
            If an option has a value it cannot have.
        """
        if self.interval not in ("bootstrap", "analytic", None):
            raise UsageError(f"interval= vaut « bootstrap », « analytic » ou None, pas « {self.interval} ».")
        if not 0 < self.confidence < 1:
            raise UsageError(f"confidence= est compris entre 0 et 1, pas {self.confidence}.")
        if self.n_resamples < 1:
            raise UsageError(f"n_resamples= est au moins 1, pas {self.n_resamples}.")


class Patterns(NamedTuple):
    """The different rows of a table of ratings.

    Attributes
    ----------
    codes : array of int, shape (n_patterns, n_columns)
        One row per pattern.
    table : array, shape (n_patterns,) or (n_clusters, n_patterns)
        How many units of each there are, in each cluster if there are any.
    """

    codes: Ints
    table: Floats

    @property
    def counts(self) -> Floats:
        """How many units of each pattern there are."""
        return self.table if self.table.ndim == 1 else self.table.sum(axis=0)


class Spread(NamedTuple):
    """An interval, the standard error, how they were made, and how many resamples were of no use."""

    interval: tuple[float, float] | None = None
    standard_error: float | None = None
    method: str = ""
    n_undefined: int = 0


def find_patterns(codes: Ints, clusters: Ints | None = None) -> Patterns:
    """Return the different rows of `codes` and how many there are of each.

    Parameters
    ----------
    codes : array of int, shape (n_units, n_columns)
        As in `Ratings`; rows without any rating are left out.
    clusters : array of int, optional
        Number of the cluster of each unit, from 0.

    Examples
    --------
    >>> patterns = find_patterns(np.array([[0, 1], [1, 1], [0, 1]]))
    >>> patterns.codes.tolist(), patterns.counts.tolist()
    ([[0, 1], [1, 1]], [2.0, 1.0])
    """
    rated = (codes != MISSING).any(axis=1)
    n_clusters = 0 if clusters is None or not len(clusters) else int(clusters.max()) + 1
    kept = codes[rated]
    base = int(kept.max(initial=0)) + 2
    if base ** kept.shape[1] < 2**62:
        # one number per row is sorted faster than rows are
        keys = (kept + 1) @ (base ** np.arange(kept.shape[1], dtype=np.intp))
        _, first, of_unit = np.unique(keys, return_index=True, return_inverse=True)
        rows = kept[first]
    else:
        rows, of_unit = np.unique(kept, axis=0, return_inverse=True)
    n = len(rows)
    if clusters is None:
        return Patterns(rows, np.bincount(of_unit, minlength=n).astype(float))
    cells = np.bincount(clusters[rated] * n + of_unit, minlength=n_clusters * n)
    return Patterns(rows, cells.reshape(n_clusters, n).astype(float))


def number_clusters(clusters: Any, n_units: int) -> Ints | None:
    """Return the number of the cluster of each unit, or ``None`` if there are no clusters.

    Raises
    ------
    UsageError
        If there are not as many as units, or one is missing.
    """
    if clusters is None:
        return None
    labels = clusters.to_numpy() if hasattr(clusters, "to_numpy") else np.asarray(clusters)
    if labels.shape != (n_units,):
        raise UsageError(f"clusters= doit donner un groupe à chacune des {n_units} unités ; il y en a {labels.size}.")
    numbers, _ = pd.factorize(labels)
    if (numbers == MISSING).any():
        raise UsageError("clusters= laisse des unités sans groupe.")
    return np.asarray(numbers, dtype=np.intp)


def spread(statistic: Statistic, patterns: Patterns, plan: Plan, *, small_sample: bool = True) -> Spread:
    """Return the interval of a coefficient as `plan` wants it.

    Parameters
    ----------
    statistic : callable
        The coefficient.
    patterns : Patterns
        What it is computed on.
    plan : Plan
        The options.
    small_sample : bool
        For the analytic interval: Student's law and n - 1, as Gwet (2014); otherwise the normal law
        and n, as Fleiss, Cohen and Everitt (1969).
    """
    drawn = len(patterns.table) if patterns.table.ndim > 1 else patterns.counts.sum()
    if plan.interval is None or drawn < 2:  # noqa: PLR2004 - one unit tells nothing of its variation
        return Spread()
    if plan.interval == "analytic":
        return _by_delta_method(statistic, patterns, plan, small_sample=small_sample)
    return summarise(resample([(statistic, patterns)], plan)[0], patterns, plan)


def resample(cases: Sequence[tuple[Statistic, Patterns]], plan: Plan) -> list[Floats]:
    """Return the values of each coefficient in the resamples of the bootstrap.

    Parameters
    ----------
    cases : sequence of (Statistic, Patterns)
        Coefficients; if there are clusters they have them in common, and the same are drawn for all.
    plan : Plan
        The options; the values of a case do not depend on the others.

    Returns
    -------
    list of array of float
        One per case, NaN where undefined.
    """
    if not cases:
        return []
    values: list[list[Floats]] = [[] for _ in cases]
    if cases[0][1].table.ndim == 1:
        for place, (statistic, patterns) in enumerate(cases):
            values[place] = [statistic(weights) for weights in _draw(patterns.table, plan)]
    else:
        tables = np.hstack([patterns.table for _, patterns in cases])
        ends = np.cumsum([patterns.table.shape[1] for _, patterns in cases])[:-1]
        for drawn in _draw(np.ones(len(tables)), plan, widest=tables.shape[1]):
            for place, weights in enumerate(np.split(drawn @ tables, ends, axis=1)):
                values[place].append(cases[place][0](weights))
    return [np.concatenate(blocks) for blocks in values]


def _draw(counts: Floats, plan: Plan, *, widest: int = 0) -> Iterator[Floats]:
    """Yield the resamples, a block of rows at a time; the blocks do not change what is drawn."""
    generator = np.random.default_rng(plan.random_state)
    total = counts.sum()
    rows = max(_BLOCK // max(len(counts), widest, 1), 1)
    for start in range(0, plan.n_resamples, rows):
        size = min(rows, plan.n_resamples - start)
        yield generator.multinomial(int(total), counts / total, size=size).astype(float)


def summarise(values: Floats, patterns: Patterns, plan: Plan) -> Spread:
    """Return the percentile interval of the values of resamples; none if most of them are undefined."""
    defined = values[~np.isnan(values)]
    n_undefined = len(values) - len(defined)
    what = "unités" if patterns.table.ndim == 1 else f"{len(patterns.table)} groupes"
    if len(defined) < _FEWEST_DEFINED * len(values) or len(defined) < 2:  # noqa: PLR2004
        return Spread(n_undefined=n_undefined)
    tail = (1 - plan.confidence) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    left_out = f", dont {n_undefined} sans valeur" if n_undefined else ""
    method = f"bootstrap, {plan.n_resamples} tirages ({what}){left_out}, percentiles"
    return Spread((float(low), float(high)), float(defined.std(ddof=1)), method, n_undefined)


def _by_delta_method(statistic: Statistic, patterns: Patterns, plan: Plan, *, small_sample: bool) -> Spread:
    counts = patterns.counts
    value = float(statistic(counts[None, :])[0])
    slopes = _slopes(statistic, counts)
    if math.isnan(value) or np.isnan(slopes).any():
        return Spread()
    slopes -= float(slopes @ counts / counts.sum())
    clustered = patterns.table.ndim > 1
    squares = (patterns.table @ slopes) ** 2 if clustered else counts * slopes**2
    n = float(len(patterns.table) if clustered else counts.sum())
    error = math.sqrt(squares.sum() * (n / (n - 1) if small_sample else 1))
    level = (1 + plan.confidence) / 2
    quantile = float(stdtrit(n - 1, level)) if small_sample else NormalDist().inv_cdf(level)
    method = "analytic (méthode delta, loi de Student)" if small_sample else "analytic (méthode delta, loi normale)"
    interval = (value - quantile * error, min(value + quantile * error, 1.0))
    return Spread(interval, error, method)


def _slopes(statistic: Statistic, counts: Floats) -> Floats:
    """Return the derivative of the coefficient by the number of each pattern."""
    step = _STEP * counts.sum()
    slopes = np.empty(len(counts))
    rows = max(_BLOCK // len(counts), 1)
    for start in range(0, len(counts), rows):
        stop = min(start + rows, len(counts))
        moved = np.zeros((stop - start, len(counts)))
        moved[np.arange(stop - start), np.arange(start, stop)] = step
        slopes[start:stop] = (statistic(counts + moved) - statistic(counts - moved)) / (2 * step)
    return slopes
