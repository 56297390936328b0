"""Compare our default topic model with those of scikit-learn, gensim and tomotopy, on the same counts in one run.

    python benchmarks/topics.py

tomotopy is measured if it is installed (``pip install tomotopy``). Each model runs in a process of its
own, imports done, linear algebra on one thread, with its defaults and, where these are a toy, with more
passes. All get the counts of the same lemmas, and those that want tf-idf make it in the measured time.

- Seconds: processor time of a fit, median over the seeds; the ratio is to the fastest peer, the one
  with a star to the fastest of those that go on for more than the one or ten passes of gensim's and tomotopy's
  defaults. Memory: the most that the process held, libraries included (Linux).
- NPMI and diversity of the ten first words; NMI of each document's heaviest topic with its label; means
  over the seeds.
- Stability: mean Jaccard index of the ten first words of matched topics (Kuhn 1955), over all pairs of seeds,
  and over all pairs of draws of four fifths of the documents.

- Lead: how much more our NMI is, with the half-width of its 95 % interval over draws of the same corpora.

Of the small corpora, thirty passages of four domains, sixty draws are measured: means, and in the JSON the range.
Results go to ``benchmarks/results/topics.json``.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib import metadata
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import labelled
import numpy as np
import scipy.sparse as sp
import topic_peers
from sklearn.metrics import normalized_mutual_info_score

from innovsoc_analysis.topics.choosing.measures import diversity, first_words, npmi
from innovsoc_analysis.topics.matching import match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "topics.json"
SEEDS = DRAWS = 10
SMALL, SMALL_LABELS, SMALL_DOCUMENTS = 60, 4, 30
COLUMNS = {
    "cpu_s": "secondes",
    "times_fastest": "rapport",
    "times_fastest_full": "rapport*",
    "peak_mb": "Mo",
    "n_topics": "thèmes",
    "npmi": "NPMI",
    "diversity": "diversité",
    "nmi": "NMI",
    "nmi_lead": "avance",
    "nmi_lead_margin": "±",
    "stability_seeds": "graines",
    "stability_documents": "textes",
}
DECIMALS = {"times_fastest": 1, "times_fastest_full": 1, "peak_mb": 0, "n_topics": 1}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Task(NamedTuple):
    """Corpora on which the same number of topics is asked for."""

    title: str
    corpora: list[labelled.Labelled]
    n_topics: int


def tasks() -> Iterator[Task]:
    """Yield what to measure."""
    domains = labelled.domains()
    small = [
        labelled.draw(domains, n_labels=SMALL_LABELS, n_documents=SMALL_DOCUMENTS, seed=seed) for seed in range(SMALL)
    ]
    yield Task("corpus/gold, 30 passages de 4 domaines", small, SMALL_LABELS)
    yield Task("corpus/ par genre", [labelled.genres()], 8)
    yield Task("corpus/gold par domaine", [domains], len(set(domains.labels)))
    projects = labelled.projects()
    if projects is None:
        print("Les projets de beta.gouv.fr sont absents : non mesurés.")
    else:
        yield Task("projets de beta.gouv.fr", [projects], 15)


def measured(task: Task, name: str, folder: Path) -> dict[str, list[float]]:
    """Run one model in a process of its own; return its figures, one for each corpus of the task."""
    peers, out = HERE / "topic_peers.py", folder / "out"
    options = [f"--topics={task.n_topics}", f"--seeds={SEEDS}", f"--draws={DRAWS}"]
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(peers), name, str(folder), *options], check=True, env={**os.environ, **ONE_THREAD}
    )
    rows = json.loads((out / "figures.json").read_text("utf-8"))
    for number, (row, corpus) in enumerate(zip(rows, task.corpora, strict=True)):
        with np.load(out / f"{number:03}.npz") as arrays:
            row.update(_judged(dict(arrays), corpus))
    # one process: its peak is that of the first corpus on
    return {key: [row[key] for row in rows] for key in rows[0]}


def _judged(arrays: dict[str, NDArray[np.float64]], corpus: labelled.Labelled) -> dict[str, float]:
    fitted, shares, drawn = ([arrays[key] for key in sorted(arrays) if key.startswith(start)] for start in KINDS)
    tops = [first_words(weights, corpus.words) for weights in fitted]
    found = {
        "n_topics": float(np.mean([len(weights) for weights in fitted])),
        "npmi": _mean([npmi(top, corpus.matrix, corpus.words).mean() for top in tops if top]),
        "diversity": _mean([diversity(top) for top in tops if top]),
        "stability_seeds": _mean([alike(one, other) for one, other in combinations(fitted, 2)]),
        "stability_documents": _mean([alike(one, other) for one, other in combinations(drawn, 2)]),
    }
    if corpus.labels:
        heaviest = [one.argmax(axis=1) if one.shape[1] else np.zeros(len(one)) for one in shares]
        found["nmi"] = _mean([normalized_mutual_info_score(corpus.labels, one) for one in heaviest])
    return found


KINDS = ("weights_", "shares_", "drawn_")


def alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the mean likeness of matched topics; a topic without a partner counts as 0."""
    if not len(one) or not len(other):
        return 0.0
    return float(match(one, other)[1].sum() / max(len(one), len(other)))


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _with_ratios(models: dict[str, dict[str, list[float]]]) -> dict[str, dict[str, list[float]]]:
    seconds = {name: np.asarray(row["cpu_s"]) for name, row in models.items()}
    peers = {name: taken for name, taken in seconds.items() if name != topic_peers.OURS}
    fastest = np.min(list(peers.values()), axis=0)
    full = np.min([taken for name, taken in peers.items() if not topic_peers.PEERS[name].few_passes], axis=0)
    return {
        name: row
        | {"times_fastest": (seconds[name] / fastest).tolist(), "times_fastest_full": (seconds[name] / full).tolist()}
        for name, row in models.items()
    }


def _with_leads(models: dict[str, dict[str, list[float]]]) -> dict[str, dict[str, list[float]]]:
    """Add how much more our NMI is on each corpus."""
    ours = models[topic_peers.OURS].get("nmi")
    if ours is None:
        return models
    leads = {name: (np.asarray(ours) - np.asarray(row["nmi"])).tolist() for name, row in models.items()}
    return {name: row if name == topic_peers.OURS else row | {"nmi_lead": leads[name]} for name, row in models.items()}


def _summary(row: dict[str, list[float]]) -> dict[str, float | list[float]]:
    """Return means, and where there are several corpora, the range."""
    means: dict[str, float | list[float]] = {}
    for key, values in row.items():
        mean = float(np.mean(values))
        means[key] = round(mean, 4) if np.isfinite(mean) else []
        if len(values) > 1 and np.isfinite(mean):
            means[f"{key}_range"] = [round(min(values), 4), round(max(values), 4)]
        if key == "nmi_lead" and len(values) > 1:
            means["nmi_lead_margin"] = round(1.96 * float(np.std(values, ddof=1)) / len(values) ** 0.5, 4)
    return {key: value for key, value in means.items() if value != []}


def _print(task: Task, models: dict[str, dict[str, float | list[float]]]) -> None:
    sizes = [corpus.matrix.shape for corpus in task.corpora]
    documents, words = (round(float(np.mean(one))) for one in zip(*sizes, strict=True))
    n_labels = len(set(task.corpora[0].labels))
    print(f"\n{task.title} : {documents} textes, {words} mots, {n_labels} étiquettes, {task.n_topics} thèmes")
    width = max(map(len, topic_peers.PEERS)) + 2
    print(" " * width + "".join(f"{title:>11}" for title in COLUMNS.values()))
    for name, row in models.items():
        cells = (_cell(row.get(key), DECIMALS.get(key, 3)) for key in COLUMNS)
        print(f"{name:{width}}" + "".join(f"{cell:>11}" for cell in cells))


def _cell(value: object, decimals: int) -> str:
    if not isinstance(value, float):
        return "–"
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def _written(task: Task, models: dict[str, dict[str, float | list[float]]]) -> dict[str, object]:
    return {
        "corpora": len(task.corpora),
        "documents": [corpus.matrix.shape[0] for corpus in task.corpora],
        "words": [corpus.matrix.shape[1] for corpus in task.corpora],
        "labels": {
            str(label): int(n)
            for label, n in zip(
                *np.unique([label for corpus in task.corpora for label in corpus.labels], return_counts=True),
                strict=True,
            )
        },
        "n_topics": task.n_topics,
        "models": models,
    }


def measure(task: Task) -> dict[str, object]:
    """Measure all models that are installed and worth waiting for; print a table."""
    without, n_documents = topic_peers.absent(), sum(corpus.matrix.shape[0] for corpus in task.corpora)
    models = {}
    for name, peer in topic_peers.PEERS.items():
        if peer.module in without or n_documents > peer.documents:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for number, corpus in enumerate(task.corpora):
                sp.save_npz(Path(folder) / f"{number:03}.npz", corpus.matrix)
            models[name] = measured(task, name, Path(folder))
    summaries = {name: _summary(row) for name, row in _with_leads(_with_ratios(models)).items()}
    _print(task, summaries)
    return _written(task, summaries)


def main() -> None:
    """Measure, print, write."""
    without = topic_peers.absent()
    if without:
        print(f"Absents, donc non mesurés : {', '.join(without)}.")
    corpora = {task.title: measure(task) for task in tasks()}
    written = {
        "python": platform.python_version(),
        "versions": {
            name: metadata.version(name)
            for name in ("numpy", "scipy", "scikit-learn", "gensim", "tomotopy")
            if name not in without
        },
        "absent": without,
        "seeds": SEEDS,
        "draws": DRAWS,
        "corpora": corpora,
    }
    RESULTS.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
