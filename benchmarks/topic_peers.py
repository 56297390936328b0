"""The topic models that `topics.py` compares, and the process that runs one of them.

    python benchmarks/topic_peers.py "NMF (scikit-learn)" folder --topics 8 --seeds 10 --draws 10

Each is a function (counts, number of topics, seed) → (word weights, shares). Counts are read from
``folder/*.npz``; figures and topics go to ``folder/out``. Linear algebra runs on one thread.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    Matrix = sp.csr_array[np.int64]
    Topics = tuple[NDArray[np.float64], NDArray[np.float64]]

OURS = "innovsoc"
DRAWN = 0.8
_TINY = sp.csr_array(np.kron(np.eye(3, dtype=np.int64), np.full((4, 5), 2)) + 1)


class Peer(NamedTuple):
    """A model, its package, up to how many documents it is worth waiting for, whether it stops after a few passes."""

    fit: Callable[[Matrix, int, int], Topics]
    module: str
    documents: int = 1_000_000
    few_passes: bool = False


def _ours(matrix: Matrix, n_topics: int, seed: int) -> Topics:
    from innovsoc_analysis.topics.consensus import fit_consensus
    from innovsoc_analysis.topics.models import Run

    fitted = fit_consensus(matrix, Run("nmf", n_topics, seed))
    return fitted.word_weights, fitted.shares


def _sklearn_nmf(init: str | None) -> Callable[[Matrix, int, int], Topics]:
    def fit(matrix: Matrix, n_topics: int, seed: int) -> Topics:
        from sklearn.decomposition import NMF
        from sklearn.feature_extraction.text import TfidfTransformer

        model = NMF(n_topics, init=init, random_state=seed)
        shares = model.fit_transform(TfidfTransformer().fit_transform(matrix))
        return model.components_, shares * model.components_.sum(axis=1)

    return fit


def _sklearn_lda(passes: int) -> Callable[[Matrix, int, int], Topics]:
    def fit(matrix: Matrix, n_topics: int, seed: int) -> Topics:
        from sklearn.decomposition import LatentDirichletAllocation

        model = LatentDirichletAllocation(n_topics, max_iter=passes, random_state=seed)
        shares = model.fit_transform(matrix)
        return model.components_, shares

    return fit


def _gensim_lda(passes: int) -> Callable[[Matrix, int, int], Topics]:
    def fit(matrix: Matrix, n_topics: int, seed: int) -> Topics:
        from gensim.models import LdaModel

        bags = _bags(matrix)
        names = {word: str(word) for word in range(matrix.shape[1])}
        model = LdaModel(bags, num_topics=n_topics, id2word=names, passes=passes, random_state=seed)
        return model.get_topics(), model.inference(bags)[0]

    return fit


def _gensim_ensemble(matrix: Matrix, n_topics: int, seed: int) -> Topics:
    from gensim.models import EnsembleLda

    logging.disable(logging.ERROR)  # that it finds no topic is told by what it returns
    bags = _bags(matrix)
    names = {word: str(word) for word in range(matrix.shape[1])}
    model = EnsembleLda(
        corpus=bags,
        id2word=names,
        num_topics=n_topics,
        passes=20,
        num_models=8,
        ensemble_workers=1,
        distance_workers=1,
        random_state=np.random.RandomState(seed),
    ).classic_model_representation
    if model is None:
        return np.zeros((0, matrix.shape[1])), np.zeros((matrix.shape[0], 0))
    return model.get_topics(), model.inference(bags)[0]


def _tomotopy_lda(passes: int) -> Callable[[Matrix, int, int], Topics]:
    def fit(matrix: Matrix, n_topics: int, seed: int) -> Topics:
        import tomotopy

        # its seed 0 is drawn from the clock
        model = tomotopy.LDAModel(k=n_topics, seed=seed + 1)
        for row in range(matrix.shape[0]):
            places = slice(matrix.indptr[row], matrix.indptr[row + 1])
            model.add_doc(np.repeat(matrix.indices[places], matrix.data[places]).astype(str).tolist())
        model.train(passes, workers=1)
        weights = np.zeros((n_topics, matrix.shape[1]))
        columns = [int(word) for word in model.used_vocabs]
        for topic in range(n_topics):
            weights[topic, columns] = model.get_topic_word_dist(topic)
        return weights, np.asarray([document.get_topic_dist() for document in model.docs])

    return fit


def _bags(matrix: Matrix) -> list[list[tuple[int, int]]]:
    limits = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
    return [
        list(zip(matrix.indices[start:end].tolist(), matrix.data[start:end].tolist(), strict=True))
        for start, end in limits
    ]


PEERS = {
    OURS: Peer(_ours, "innovsoc_analysis"),
    "NMF (scikit-learn)": Peer(_sklearn_nmf(None), "sklearn"),
    "NMF, NNDSVD (scikit-learn)": Peer(_sklearn_nmf("nndsvd"), "sklearn"),
    "NMF, hasard (scikit-learn)": Peer(_sklearn_nmf("random"), "sklearn"),
    "LDA (scikit-learn)": Peer(_sklearn_lda(10), "sklearn"),
    "LDA, 50 passes (scikit-learn)": Peer(_sklearn_lda(50), "sklearn", 600),
    "LDA (gensim)": Peer(_gensim_lda(1), "gensim", few_passes=True),
    "LDA, 20 passes (gensim)": Peer(_gensim_lda(20), "gensim"),
    "EnsembleLda (gensim)": Peer(_gensim_ensemble, "gensim", 100),
    "LDA (tomotopy)": Peer(_tomotopy_lda(10), "tomotopy", few_passes=True),
    # as in its documentation's first example
    "LDA, 100 passes (tomotopy)": Peer(_tomotopy_lda(100), "tomotopy"),
    "LDA, 1000 passes (tomotopy)": Peer(_tomotopy_lda(1000), "tomotopy"),
}


def absent() -> list[str]:
    """Return the packages that are not installed."""
    modules = {peer.module for peer in PEERS.values()}
    return sorted(module for module in modules if importlib.util.find_spec(module) is None)


def draw_rows(n_documents: int, seed: int) -> NDArray[np.int64]:
    """Draw four fifths of the documents."""
    generator = np.random.default_rng(seed)
    return np.sort(generator.choice(n_documents, round(DRAWN * n_documents), replace=False))


def _memory(field: str) -> float:
    """Return what the process holds (``VmRSS``) or has held at most (``VmHWM``), in megabytes."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024 / 1e6
    raise SystemExit("La mémoire ne se mesure que sous Linux.")


def _run(peer: Peer, folder: Path, *, n_topics: int, seeds: int, draws: int) -> None:
    peer.fit(_TINY, 3, 0)  # what is imported on first use is not timed
    before = _memory("VmRSS")
    figures = []
    for path in sorted(folder.glob("*.npz")):
        matrix = sp.load_npz(path)
        peak, times, fitted = 0.0, [], []
        for seed in range(seeds):
            wall, cpu = time.perf_counter(), time.process_time()
            fitted.append(peer.fit(matrix, n_topics, seed))
            times.append((time.perf_counter() - wall, time.process_time() - cpu))
            peak = peak or _memory("VmHWM")
        drawn = [peer.fit(matrix[draw_rows(matrix.shape[0], seed)], n_topics, seed)[0] for seed in range(draws)]
        wall_s, cpu_s = np.median(np.asarray(times), axis=0).tolist()
        figures.append({"wall_s": wall_s, "cpu_s": cpu_s, "peak_mb": peak, "more_mb": peak - before})
        _write(folder / "out" / path.name, fitted, drawn)
    (folder / "out" / "figures.json").write_text(json.dumps(figures), "utf-8")


def _write(path: Path, fitted: Iterable[Topics], drawn: Iterable[NDArray[np.float64]]) -> None:
    arrays = {}
    for seed, (weights, shares) in enumerate(fitted):
        arrays |= {f"weights_{seed:02}": weights, f"shares_{seed:02}": shares}
    for number, weights in enumerate(drawn):
        arrays[f"drawn_{number:02}"] = weights
    path.parent.mkdir(exist_ok=True)
    np.savez(path, **arrays)


def main() -> None:
    """Fit one model as often as asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=PEERS)
    parser.add_argument("folder", type=Path)
    for option in ("--topics", "--seeds", "--draws"):
        parser.add_argument(option, type=int, required=True)
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # peers say that their few iterations did not converge
    _run(PEERS[given.model], given.folder, n_topics=given.topics, seeds=given.seeds, draws=given.draws)


if __name__ == "__main__":
    main()
