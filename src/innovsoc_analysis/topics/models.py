"""Topic models behind one function each: counts in, (topic × word, document × topic) out."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.topics.vocabulary import Counts

_NMF_ITERATIONS = 2000
_NMF_TOLERANCE = 1e-5
_LDA_PASSES = 20


class Fitted(NamedTuple):
    """What a model learned.

    Attributes
    ----------
    word_weights : array, shape (n_topics, n_words)
        Rows sum to 1.
    shares : array, shape (n_documents, n_topics)
        Rows sum to 1, or to 0 for a document without words.
    """

    word_weights: NDArray[np.float64]
    shares: NDArray[np.float64]


def fit_nmf(counts: Counts, *, n_topics: int, seed: int) -> Fitted:
    """Non-negative matrix factorisation of sublinear tf-idf (Lee & Seung 1999), started from an SVD.

    The start (NNDSVD, Boutsidis & Gallopoulos 2008) is deterministic and the run goes on to
    convergence, so that the seed hardly matters.
    """
    import numpy as np
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer

    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts.matrix)
    model = NMF(n_topics, init="nndsvd", max_iter=_NMF_ITERATIONS, tol=_NMF_TOLERANCE, random_state=seed)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # a start that is already a solution never « converges », for progress is measured against the first
        # step; and the error that is left, rounded below zero, has no square root
        warnings.simplefilter("ignore", ConvergenceWarning)
        shares = model.fit_transform(weights)
    # each topic's scale is arbitrary: put it on the side of the documents
    scale = model.components_.sum(axis=1)
    return Fitted(_normalised(model.components_), _normalised(shares * scale))


def fit_lda(counts: Counts, *, n_topics: int, seed: int) -> Fitted:
    """Latent Dirichlet allocation (Blei, Ng & Jordan 2003) by gensim's online variational Bayes."""
    import numpy as np
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel

    bags = Sparse2Corpus(counts.matrix.tocsc(), documents_columns=False)
    model = LdaModel(
        bags,
        num_topics=n_topics,
        id2word=dict(enumerate(counts.words)),
        passes=_LDA_PASSES,
        random_state=np.random.RandomState(seed),
        alpha="auto",
        eta="auto",
        dtype=np.float64,
    )
    shares = np.zeros((len(counts.doc_ids), n_topics))
    for row, topics in enumerate(model.get_document_topics(bags, minimum_probability=0)):
        for topic, share in topics:
            shares[row, topic] = share
    shares[np.asarray(counts.matrix.sum(axis=1)).ravel() == 0] = 0
    return Fitted(_normalised(model.get_topics()), _normalised(shares))


def _normalised(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    sums = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights, dtype=np.float64), where=sums > 0)


MODELS: dict[str, Callable[..., Fitted]] = {"nmf": fit_nmf, "lda": fit_lda}
