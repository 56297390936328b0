"""How far topics hang on the texts one happens to have.

A deterministic model gives the same topics at every run, which says nothing of whether other
texts of the same kind would give them. So the model is fitted again to many draws of four fifths
of the documents, each with a seed of its own, and each topic is looked for there (Greene,
O'Callaghan & Cunningham 2014; Ben-Hur, Elisseeff & Guyon 2002 for the draws). What words shuffled
across the documents reach is the yardstick: a topic no more stable than that is none. A topic that one
long document carries is found again wherever that document is drawn, even among shuffled words; so a
topic is held against shuffled ones as widespread as it is.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.matching import first_words, match
from innovsoc_analysis.topics.models import Fitted, Run, one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray


_DRAWN = 0.8
_NOISE_TOPICS = 120  # topics of shuffled words, at least, that the yardstick rests on
_NOISE_PEERS = 40  # and at least as many of the most widespread
_NOISE_SHUFFLES = 3
_NOISE_DRAWS = 5
_NORMAL_95 = 1.96
_FEWEST_DRAWS = 2
_FEWEST_DOCUMENTS = 5  # below, four fifths of them are all of them or say nothing


@dataclass(frozen=True, eq=False)
class Stability:
    """How often each topic is found again.

    Attributes
    ----------
    values : array, shape (n_resamples, n_topics)
        Likeness of each topic to its partner in each draw: Jaccard's index of the ten first words.
    chance : array, shape (n_topics,)
        The most that topics of shuffled words, as widespread as this one, reached; there are at least forty.
    kept : array, shape (n_topics, n_words)
        In what share of the draws a word is among the first ten of the topic's partner.
    shares : array, shape (n_resamples, n_units, n_topics)
        Shares of the partners in the units of each draw; missing in the units left out.
    mean : float
        Mean score of the topics, each weighing its share of the units.
    mean_by_chance : float
        The most that this mean reached in shuffled words.
    """

    values: NDArray[np.float64]
    chance: NDArray[np.float64]
    kept: NDArray[np.float64]
    shares: NDArray[np.float64]
    mean: float = 1.0
    mean_by_chance: float = 0.0

    @property
    def scores(self) -> NDArray[np.float64]:
        """Mean likeness of each topic, from 0 (never found again) to 1 (always the same ten words)."""
        return self.values.mean(axis=0)

    @property
    def low(self) -> NDArray[np.float64]:
        """Lower bound of the 95 % interval of the scores: what the number of draws leaves unknown of them."""
        return (self.scores - self._half_width).clip(min=0)

    @property
    def high(self) -> NDArray[np.float64]:
        """Upper bound of the 95 % interval of the scores."""
        return (self.scores + self._half_width).clip(max=1)

    @property
    def stable(self) -> NDArray[np.bool_]:
        """Whether each topic is found again more than chance explains, its whole interval being above.

        None is where the topics together are no more stable than those of shuffled words.
        """
        return (self.low > self.chance) & (self.mean > self.mean_by_chance)

    @property
    def _half_width(self) -> NDArray[np.float64]:
        width: NDArray[np.float64] = _NORMAL_95 * self.values.std(axis=0, ddof=1) / len(self.values) ** 0.5
        return width


class _Draw(NamedTuple):
    matrix: sp.csr_array[np.int64]
    units: NDArray[np.int64]
    seed: int


def resampled_stability(
    matrix: sp.csr_array[np.int64],
    run: Run,
    *,
    fitted: Fitted | None = None,
    n_resamples: int = 20,
    groups: Sequence[object] | None = None,
    workers: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> Stability:
    """Measure the stability of topics over draws of documents.

    Parameters
    ----------
    matrix : sparse array, shape (n_units, n_words)
        Counts.
    run : Run
        The model, the number of topics asked for, and the seed that draws the documents, shuffles
        the words and seeds the runs.
    fitted : Fitted, optional
        The topics; by default what `run` gives on all the units.
    n_resamples : int
        Draws of documents, 2 at least.
    groups : sequence, optional
        The document of each unit: documents are drawn whole, if there are five at least. By default each
        unit is one.
    workers : int
        Threads; the result does not depend on their number.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Stability
        With as many topics as `fitted`.

    Raises
    ------
    UsageError
        If there are fewer than 2 draws, or no worker.

    Examples
    --------
    >>> import numpy as np
    >>> import scipy.sparse as sp
    >>> matrix = sp.csr_array(np.kron(np.eye(2, dtype=int), np.ones((10, 5), dtype=int)))
    >>> resampled_stability(matrix, Run("nmf", 2)).scores.tolist()
    [1.0, 1.0]
    """
    if n_resamples < _FEWEST_DRAWS:
        raise UsageError("La stabilité demande au moins 2 tirages.")
    if workers < 1:
        raise UsageError("Il faut au moins un calcul à la fois.")
    n_shuffles = max(_NOISE_SHUFFLES, -(-_NOISE_TOPICS // run.n_topics))
    counter = _Counter(progress, n_resamples + n_shuffles * (1 + _NOISE_DRAWS))
    with one_thread(), ThreadPoolExecutor(workers) as pool:
        runner = _Runner(run, pool, counter)
        fitted = fitted or run.fit_within(matrix)
        values, kept, shares = _found_again(
            runner, matrix, fitted, draws=_draws(matrix, groups, n_resamples, seed=run.seed)
        )
        noise, means = _noise(runner, matrix, groups, n_shuffles=n_shuffles)
    chance = _reached_by_chance(spread(fitted.shares), noise)
    return Stability(values, chance, kept, shares, _mean(values.mean(axis=0), fitted), max(means))


class _Runner(NamedTuple):
    """Fits the model to draws, some at once."""

    run: Run
    pool: ThreadPoolExecutor
    counter: _Counter

    def fit_all(self, draws: list[_Draw]) -> list[Fitted]:
        fitted = []
        for one in self.pool.map(lambda draw: self.run._replace(seed=draw.seed).fit_within(draw.matrix), draws):
            fitted.append(one)
            self.counter.next()
        return fitted


def _found_again(
    runner: _Runner, matrix: sp.csr_array[np.int64], fitted: Fitted, *, draws: list[_Draw]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Look for the topics in the draws; return what `Stability` holds of them."""
    import numpy as np

    n_found = len(fitted.word_weights)
    values = np.zeros((len(draws), n_found))
    kept = np.zeros(fitted.word_weights.shape)
    shares = np.full((len(draws), matrix.shape[0], n_found), np.nan)
    for number, (draw, again) in enumerate(zip(draws, runner.fit_all(draws), strict=True)):
        partners, values[number] = match(fitted.word_weights, again.word_weights)
        found = partners >= 0
        columns = first_words(again.word_weights)[partners[found]]
        kept[np.flatnonzero(found)[:, None], columns] += 1 / len(draws)
        shares[number][draw.units] = 0
        shares[number][np.ix_(draw.units, found)] = again.shares[:, partners[found]]
    return values, kept, shares


def _noise(
    runner: _Runner, matrix: sp.csr_array[np.int64], groups: Sequence[object] | None, *, n_shuffles: int
) -> tuple[NDArray[np.float64], list[float]]:
    """Return how widespread topics of shuffled words are and their scores, shape (2, n); mean scores by shuffle."""
    import numpy as np

    shuffling = np.random.default_rng([runner.run.seed, 2])
    found, means = [np.zeros((2, 0))], []
    for _ in range(n_shuffles):
        noise = shuffled(matrix, shuffling)
        base = runner.run.fit_within(noise)
        runner.counter.next()
        runs = runner.fit_all(_draws(noise, groups, _NOISE_DRAWS, seed=int(shuffling.integers(2**32))))
        scores = np.mean([match(base.word_weights, again.word_weights)[1] for again in runs], axis=0)
        found.append(np.stack([spread(base.shares), scores]))
        means.append(_mean(scores, base))
    return np.concatenate(found, axis=1), means


def _mean(scores: NDArray[np.float64], fitted: Fitted) -> float:
    """Return the mean of the topics' scores, each weighing its share of the units."""
    total = fitted.shares.sum()
    return float(fitted.shares.sum(axis=0) @ scores / total) if total else 0.0


def spread(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many units carry each topic: the inverse of Simpson's index of its squared shares.

    Squares, because a topic that is most of one unit and a trace in all others is carried by the one.

    Examples
    --------
    >>> import numpy as np
    >>> spread(np.array([[0.5, 0.9], [0.5, 0.0], [0.0, 0.1]])).round(2).tolist()
    [2.0, 1.02]
    """
    import numpy as np

    squares = shares**2
    among = (squares**2).sum(axis=0)
    return np.divide(squares.sum(axis=0) ** 2, among, out=np.zeros(len(among)), where=among > 0)


def _reached_by_chance(spreads: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each topic, the most that noise topics as widespread reached; `noise`: spreads, scores.

    The most and not a percentile: several topics are held against it, and one must not pass by chance.
    """
    import numpy as np

    if not noise.shape[1]:
        return np.zeros(len(spreads))
    noise = noise[:, np.argsort(-noise[0], kind="stable")]
    peers = [max(int((noise[0] >= one).sum()), _NOISE_PEERS) for one in spreads]
    return np.array([noise[1, :n].max() for n in peers])


def shuffled(matrix: sp.csr_array[np.int64], drawing: np.random.Generator) -> sp.csr_array[np.int64]:
    """Return counts of the same units and words, each unit as long, each word as frequent, dealt out by chance."""
    import numpy as np
    import scipy.sparse as sp

    parts = matrix.tocoo()
    units, words = (np.repeat(axis, parts.data) for axis in parts.coords)
    drawing.shuffle(words)
    dealt = sp.coo_array((np.ones(len(words), dtype=np.int64), (units, words)), shape=matrix.shape).tocsr()
    dealt.sum_duplicates()
    return dealt


def _draws(matrix: sp.csr_array[np.int64], groups: Sequence[object] | None, n: int, *, seed: int) -> list[_Draw]:
    """Draw four fifths of the documents `n` times, or of the units where documents are few; in the corpus' order."""
    import numpy as np

    drawing = np.random.default_rng([seed, 1])
    _, owner = np.unique(np.arange(matrix.shape[0]) if groups is None else np.asarray(groups), return_inverse=True)
    if owner.max(initial=-1) + 1 < _FEWEST_DOCUMENTS:
        owner = np.arange(matrix.shape[0])
    n_drawn = owner.max(initial=-1) + 1
    draws = []
    for _ in range(n):
        chosen = np.zeros(n_drawn, dtype=bool)
        chosen[drawing.permutation(n_drawn)[: max(round(_DRAWN * n_drawn), 1)]] = True
        units = np.flatnonzero(chosen[owner])
        draws.append(_Draw(matrix[units], units, int(drawing.integers(2**32))))
    return draws


class _Counter:
    """Tells how many runs are done."""

    def __init__(self, progress: Callable[[str, int, int], None] | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def next(self) -> None:
        """Count one more run as done."""
        self._done += 1
        if self._progress:
            self._progress("stabilité", self._done, self._total)
