"""Whether topics learned from some texts help to predict the words of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray

    Matrix: TypeAlias = sp.csr_array[np.int64]

_FOLDS = 5
_FEWEST_DOCUMENTS = 2
_MOST_STEPS = 100
_STILL = 1e-4
_TRACE = 0.01
_OF_A_UNIT = 1.0  # a unit's shares are mixed with the mean shares as with so many words more
_UNSEEN = 0.5
_SURE = 2.0


@dataclass(frozen=True, eq=False)
class HeldOut:
    """How well the words of texts that were set aside are predicted.

    Attributes
    ----------
    fitted : array, shape (n_documents,)
        Log-likelihood of each document's hidden words under the topics.
    unigram : array, shape (n_documents,)
        The same under word frequencies alone, as if there were no topics.
    n_words : array, shape (n_documents,)
        How many words of each document were hidden.
    """

    fitted: NDArray[np.float64]
    unigram: NDArray[np.float64]
    n_words: NDArray[np.int64]

    @property
    def per_word(self) -> float:
        """Log-likelihood per hidden word, in nats; NaN if no word was hidden."""
        return _ratio(self.fitted, self.n_words)[0]

    @property
    def standard_error(self) -> float:
        """Standard error of `per_word` over documents."""
        return _ratio(self.fitted, self.n_words)[1]

    @property
    def gain(self) -> float:
        """How much more likely topics make a word than its frequency does, in nats."""
        return _ratio(self.fitted - self.unigram, self.n_words)[0]

    @property
    def gain_error(self) -> float:
        """Standard error of `gain` over documents, each compared with itself."""
        return _ratio(self.fitted - self.unigram, self.n_words)[1]

    @property
    def beats_unigram(self) -> bool:
        """Whether the gain is above zero by two standard errors."""
        return self.gain > _SURE * self.gain_error


class _Halves(NamedTuple):
    seen: Matrix
    hidden: Matrix


def held_out_fit(
    matrix: Matrix,
    learn: Callable[[Matrix], NDArray[np.float64]],
    *,
    seed: int = 0,
    n_folds: int = _FOLDS,
    groups: Sequence[object] | None = None,
) -> HeldOut:
    """Predict half the words of each document from the other half, with topics learned from other documents.

    This is document completion (Wallach, Murray, Salakhutdinov & Mimno 2009; Asuncion, Welling,
    Smyth & Teh 2009). Each fold of the documents is set aside once. The words of a unit that is set
    aside are dealt into two halves; the unit's shares are estimated from one by
    expectation-maximisation on fixed topics, and the other half is scored.

    So that models compare whatever their weights are (counts for LDA, tf-idf for NMF), a topic's
    words are first counted in the texts it was learned from: each occurrence is given to the topics
    in proportion to what they explain of it. They are then mixed with the frequencies of the corpus
    as with as many words more as the vocabulary has (Dirichlet smoothing, Zhai & Lafferty 2004):
    topics of few words have little to say that the corpus does not.

    Parameters
    ----------
    matrix : sparse array, shape (n_units, n_words)
        Counts.
    learn : callable
        From the counts of the training units to word weights, shape (n_topics, n_words).
    seed : int
        Draws the folds and the halves; they do not depend on the model.
    n_folds : int
        At least 2; no more than there are documents.
    groups : sequence, optional
        The document of each unit: a document is set aside whole. By default each unit is one.

    Returns
    -------
    HeldOut
        One entry per document of which at least one word was hidden: a unit of a single word has none. None
        for a single document, which has no others to learn from.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp
    >>> matrix = sp.csr_array(np.array([[4, 4, 0, 0], [0, 0, 4, 4]] * 10))
    >>> known = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])
    >>> found = held_out_fit(matrix, lambda training: known)
    >>> found.beats_unigram, round(float(np.exp(found.gain)), 1)
    (True, 1.8)
    """
    import numpy as np

    drawing = np.random.default_rng(seed)
    _, owner = np.unique(np.arange(matrix.shape[0]) if groups is None else np.asarray(groups), return_inverse=True)
    n_documents = int(owner.max(initial=-1)) + 1
    if n_documents < _FEWEST_DOCUMENTS:
        return HeldOut(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64))
    fold_of = drawing.permutation(n_documents) % min(n_folds, n_documents)
    halves = _halved(matrix, drawing)
    scores = np.zeros((2, matrix.shape[0]))
    for fold in np.unique(fold_of):
        aside = fold_of[owner] == fold
        training = matrix[~aside]
        unigram = _frequencies(training)
        learned = learn(training)
        # a model that finds no topic says no more than the frequencies do
        topics, prior = _counted(learned if len(learned) else unigram[np.newaxis], training, unigram)
        shares = _shares(halves.seen[aside], topics, prior)
        for row, likely in enumerate((shares @ topics, np.broadcast_to(unigram, (aside.sum(), len(unigram))))):
            scores[row, aside] = halves.hidden[aside].multiply(np.log(likely)).sum(axis=1)
    n_words = np.bincount(owner, weights=halves.hidden.sum(axis=1), minlength=n_documents).astype(np.int64)
    by_document = np.array([np.bincount(owner, weights=row, minlength=n_documents) for row in scores], dtype=np.float64)
    scored = n_words > 0
    return HeldOut(by_document[0, scored], by_document[1, scored], n_words[scored])


def _halved(matrix: Matrix, drawing: np.random.Generator) -> _Halves:
    """Deal the words of each unit into a half that is seen, the larger one, and a half that is hidden."""
    import numpy as np
    import scipy.sparse as sp

    parts = matrix.tocoo()
    units, words = (np.repeat(axis, parts.data) for axis in parts.coords)
    order = np.lexsort((drawing.random(len(units)), units))
    units, words = units[order], words[order]
    place = np.arange(len(units)) - np.searchsorted(units, units)
    halves = []
    for chosen in (place % 2 == 0, place % 2 == 1):
        ones = np.ones(int(chosen.sum()), dtype=np.int64)
        halves.append(sp.csr_array((ones, (units[chosen], words[chosen])), shape=matrix.shape))
    return _Halves(*halves)


def _frequencies(training: Matrix) -> NDArray[np.float64]:
    counted = training.sum(axis=0) + _UNSEEN
    return counted / counted.sum()


def _counted(
    word_weights: NDArray[np.float64], training: Matrix, unigram: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smoothed topics, shape (n_topics, n_words), and their shares of the training texts."""
    import numpy as np

    # a word that no topic weighs would have no likelihood: a trace of the corpus's frequencies holds it
    rough = (1 - _TRACE) * word_weights + _TRACE * unigram
    shares = _shares(training, rough, np.full(len(rough), 1 / len(rough)))
    given = rough * (_explained(training, shares, rough).T @ shares).T
    sizes = given.sum(axis=1)
    n_words = len(unigram)
    topics = (given + n_words * unigram) / (sizes + n_words)[:, np.newaxis]
    return topics, (sizes + _UNSEEN) / (sizes + _UNSEEN).sum()


def _shares(seen: Matrix, topics: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Estimate each unit's shares of fixed topics from its words, by expectation-maximisation."""
    import numpy as np

    length = seen.sum(axis=1)[:, np.newaxis] + _OF_A_UNIT
    shares = np.broadcast_to(prior, (seen.shape[0], len(topics)))
    for _ in range(_MOST_STEPS):
        before = shares
        shares = (shares * (_explained(seen, shares, topics) @ topics.T) + _OF_A_UNIT * prior) / length
        if np.abs(shares - before).max(initial=0) < _STILL:
            break
    return shares


def _explained(counts: Matrix, shares: NDArray[np.float64], topics: NDArray[np.float64]) -> sp.csr_array[np.float64]:
    """Return each count divided by how likely the word is in its unit."""
    import numpy as np
    import scipy.sparse as sp

    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    likely = np.zeros(len(rows))
    for share, topic in zip(shares.T, topics, strict=True):
        likely += share[rows] * topic[counts.indices]
    return sp.csr_array((counts.data / likely, counts.indices, counts.indptr), shape=counts.shape)


def _ratio(of_documents: NDArray[np.float64], n_words: NDArray[np.int64]) -> tuple[float, float]:
    """Return a sum per word and its standard error, documents being drawn whole (Cochran 1977, ratio estimator)."""
    import numpy as np

    n_documents, total = len(n_words), int(n_words.sum())
    if not total:
        return float("nan"), float("nan")
    ratio = float(of_documents.sum() / total)
    if n_documents == 1:
        return ratio, float("nan")
    spread = np.square(of_documents - ratio * n_words).sum() * n_documents / (n_documents - 1)
    return ratio, float(np.sqrt(spread) / total)
