"""One answer from several runs of a model that depends on its seed.

The run that is most like the others is taken, and each of its topics is averaged with its
partners in them: words and units that only one seed put there fade (after the medoid of
replicates in Mäntylä, Claes & Farooq 2018, *Measuring LDA Topic Stability from Clusters of
Replicated Runs*).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.topics.matching import match
from innovsoc_analysis.topics.models import LARGEST_SEED, MODELS, Fitted, Run

if TYPE_CHECKING:
    import numpy as np
    import scipy.sparse as sp

N_RUNS = 5


def fit_consensus(matrix: sp.csr_array[np.int64], run: Run, *, n_runs: int = N_RUNS) -> Fitted:
    """Fit a model with several seeds and return what they agree on; once, if the seed plays no part.

    Parameters
    ----------
    matrix : sparse array, shape (n_units, n_words)
        Counts.
    run : Run
        Its seed is the first of the seeds, which follow each other.
    n_runs : int
        Seeds tried.

    Examples
    --------
    >>> import numpy as np
    >>> import scipy.sparse as sp
    >>> matrix = sp.csr_array(np.kron(np.eye(2, dtype=int), np.ones((6, 5), dtype=int)))
    >>> fit_consensus(matrix, Run("lda", 2)).word_weights.argmax(axis=1).tolist() in ([0, 5], [5, 0])
    True
    """
    if not MODELS[run.model].seeded:
        return run.fit(matrix)
    seeds = [(run.seed + number) % (LARGEST_SEED + 1) for number in range(n_runs)]
    return merge_runs([run._replace(seed=seed).fit(matrix) for seed in seeds])


def merge_runs(runs: list[Fitted]) -> Fitted:
    """Return the run most like the others, each of its topics averaged with its partners."""
    import numpy as np

    likeness = [sum(match(one.word_weights, other.word_weights)[1].sum() for other in runs) for one in runs]
    central = runs[int(np.argmax(likeness))]
    weights, shares = np.zeros(central.word_weights.shape), np.zeros(central.shares.shape)
    met = np.zeros(len(weights))
    for other in runs:
        partners, _ = match(central.word_weights, other.word_weights)
        found = partners >= 0
        weights[found] += other.word_weights[partners[found]]
        shares[:, found] += other.shares[:, partners[found]]
        met += found
    total = shares.sum(axis=1, keepdims=True)
    return Fitted(
        weights / np.maximum(met, 1)[:, None], np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    )
