"""Topic models behind one interface: counts in, (topic × word, unit × topic) out.

Each model is a function of the counts, the number of topics and a seed. Linear algebra runs on
one thread, so that the answer does not depend on the machine's cores.
"""

from __future__ import annotations

import functools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    import scipy.sparse as sp
    from numpy.typing import NDArray
    from threadpoolctl import ThreadpoolController


_NOTHING = 1e-6  # share of the largest sum
LARGEST_SEED = 2**32 - 1
_LDA_PASSES = 20
_ENSEMBLE = 8


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep linear algebra on one thread, so that sums are made in the same order everywhere.

    It is a setting of the whole process.
    """
    with _libraries().limit(limits=1):
        yield


@functools.cache
def _libraries() -> ThreadpoolController:
    """Return what sets the threads of linear algebra; to find its libraries takes longer than a small model."""
    import numpy as np  # noqa: F401 - it is found if it is loaded
    import scipy.linalg  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


class Fitted(NamedTuple):
    """What a model learned.

    Attributes
    ----------
    word_weights : array, shape (n_topics, n_words)
        Rows sum to 1.
    shares : array, shape (n_units, n_topics)
        Rows sum to 1, or to 0 for a unit without words.
    """

    word_weights: NDArray[np.float64]
    shares: NDArray[np.float64]


class Model(NamedTuple):
    """A topic model and what to know of it.

    Attributes
    ----------
    title : str
        As people read it.
    function : callable
        (matrix, n_topics, seed) → Fitted.
    seeded : bool
        Whether another seed gives other topics.
    """

    title: str
    function: Callable[[sp.csr_array[np.int64], int, int], Fitted]
    seeded: bool

    def fit(self, matrix: sp.csr_array[np.int64], *, n_topics: int, seed: int) -> Fitted:
        """Fit the model to counts, shape (n_units, n_words); `Run.fit` sees to the threads."""
        fitted = self.function(matrix, n_topics, seed)
        shares = fitted.shares
        shares[matrix.sum(axis=1) == 0] = 0
        return Fitted(_normalised(fitted.word_weights), _normalised(shares))


class Run(NamedTuple):
    """What is asked of a model.

    Attributes
    ----------
    model : str
        A key of `MODELS`.
    n_topics : int
    seed : int
    """

    model: str
    n_topics: int
    seed: int = 0

    def fit(self, matrix: sp.csr_array[np.int64]) -> Fitted:
        """Fit the model to counts, shape (n_units, n_words); where they hold fewer topics, ask for fewer."""
        with one_thread():
            return self.fit_within(matrix)

    def fit_within(self, matrix: sp.csr_array[np.int64]) -> Fitted:
        """Do as `fit`, linear algebra being on one thread already: the limit is one for the whole process."""
        return MODELS[self.model].fit(matrix, n_topics=min(self.n_topics, *matrix.shape), seed=self.seed)


def check_request(model: str, seed: int) -> None:
    """Raise `UsageError` if there is no such model, or the seed is none."""
    if model not in MODELS:
        *names, last = MODELS
        raise UsageError(f"Modèle de thèmes inconnu : « {model} » ; choisissez {', '.join(names)} ou {last}.")
    if not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        raise UsageError(f"La graine est un entier de 0 à {LARGEST_SEED}.")


def _nmf(matrix: sp.csr_array[np.int64], n_topics: int, seed: int) -> Fitted:  # noqa: ARG001 - all take a seed
    """Non-negative matrix factorisation of weighted counts (Lee & Seung 1999), started from their exact SVD.

    The start is deterministic: the seed plays no part.
    """
    import numpy as np

    from innovsoc_analysis.topics.factorising import factorise
    from innovsoc_analysis.topics.weighting import start_from_svd, weighted

    weights = weighted(matrix)
    shares, words = factorise(weights, *start_from_svd(weights, n_topics))
    # each topic's scale is arbitrary: put it on the side of the units
    shares = shares * words.sum(axis=1)
    # what rounding leaves is no weight: brought to a sum of 1, it would be a topic
    shares[shares.sum(axis=1) < _NOTHING * shares.sum(axis=1).max(initial=0)] = 0
    return Fitted(np.where(words < _NOTHING**2 * words.max(initial=0), 0, words), shares)


def _lda(matrix: sp.csr_array[np.int64], n_topics: int, seed: int) -> Fitted:
    """Latent Dirichlet allocation (Blei, Ng & Jordan 2003) by scikit-learn's batch variational Bayes.

    Random numbers are dealt to the units in their order: another order gives other topics.
    """
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(
        n_topics, learning_method="batch", max_iter=_LDA_PASSES, random_state=seed, n_jobs=1
    )
    shares = model.fit_transform(matrix)
    return Fitted(model.components_, shares)


def _gensim_lda(matrix: sp.csr_array[np.int64], n_topics: int, seed: int) -> Fitted:
    """Latent Dirichlet allocation by gensim's online variational Bayes (Hoffman, Blei & Bach 2010)."""
    import numpy as np
    from gensim.models import LdaModel

    bags, words = _gensim(matrix)
    model = LdaModel(
        bags,
        num_topics=n_topics,
        id2word=words,
        passes=_LDA_PASSES,
        random_state=np.random.RandomState(seed),
        alpha="auto",
        eta="auto",
        dtype=np.float64,
    )
    return Fitted(model.get_topics(), _gensim_shares(model, bags, matrix.shape[0]))


def _gensim_ensemble(matrix: sp.csr_array[np.int64], n_topics: int, seed: int) -> Fitted:
    """Topics that several LDA runs agree on (Brigl 2019, gensim's EnsembleLda); there may be fewer than asked for."""
    import logging

    import numpy as np
    from gensim.models import EnsembleLda

    bags, words = _gensim(matrix)
    logger = logging.getLogger("gensim.models.ensemblelda")
    level = logger.level
    logger.setLevel(logging.ERROR)  # that it found few topics is told by what it returns
    try:
        model = EnsembleLda(
            corpus=list(bags),
            id2word=words,
            num_topics=n_topics,
            passes=_LDA_PASSES,
            num_models=_ENSEMBLE,
            ensemble_workers=1,
            distance_workers=1,
            random_state=np.random.RandomState(seed),
        )
    finally:
        logger.setLevel(level)
    found = model.classic_model_representation
    if found is None:
        return Fitted(np.zeros((0, matrix.shape[1])), np.zeros((matrix.shape[0], 0)))
    return Fitted(found.get_topics(), _gensim_shares(found, bags, matrix.shape[0]))


def _gensim(matrix: sp.csr_array[np.int64]) -> tuple[Any, dict[int, str]]:
    from gensim.matutils import Sparse2Corpus

    return Sparse2Corpus(matrix.tocsc(), documents_columns=False), {word: str(word) for word in range(matrix.shape[1])}


def _gensim_shares(model: Any, bags: Any, n_units: int) -> NDArray[np.float64]:
    import numpy as np

    shares = np.zeros((n_units, model.num_topics))
    for row, topics in enumerate(model.get_document_topics(bags, minimum_probability=0)):
        for topic, share in topics:
            shares[row, topic] = share
    return shares


def _normalised(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    weights = np.asarray(weights, dtype=np.float64)
    sums = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)


MODELS = {
    "nmf": Model("NMF", _nmf, seeded=False),
    "lda": Model("LDA (scikit-learn)", _lda, seeded=True),
    "gensim-lda": Model("LDA (gensim)", _gensim_lda, seeded=True),
    "gensim-ensemble": Model("EnsembleLda (gensim)", _gensim_ensemble, seeded=True),
}
