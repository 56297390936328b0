"""Time Reinert's classification on growing tables, and compare its classes with those that were planted.

    python benchmarks/lexicometry.py

Tables are drawn at random: 5,000 terms, the frequency of the term of rank r as 1/(r + 8) (Zipf and
Mandelbrot), ten classes of units, each with a tenth of the terms of its own; a unit draws 20 terms on
average, a share of them among those of its class and the others among all. At the lowest share the classes
hardly show, which costs most time: many units waver between two parts. Each table is classified into ten
classes in a process of its own: seconds (wall and processor) of the fit alone, the most memory the process
held and what it held before the fit (libraries and table), and the adjusted Rand index of the classes
found with those planted. Results go to
``benchmarks/results/lexicometry.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from sklearn.metrics import adjusted_rand_score

from innovsoc_analysis.lexicometry.classes import ReinertClassifier

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESULTS = Path(__file__).parent / "results" / "lexicometry.json"
SIZES = (300, 1_000, 10_000, 100_000)
SHARES = (0.15, 0.35, 0.6)
TERMS, CLASSES, WORDS, FLATTENED = 5_000, 10, 20, 8


def draw(n_units: int, own_share: float) -> tuple[sp.csr_array, NDArray[np.int64]]:
    """Return a table of units × terms, and the class of each unit."""
    generator = np.random.default_rng(0)
    weights = 1 / (np.arange(TERMS) + FLATTENED)
    class_of_term = generator.permutation(TERMS) % CLASSES
    classes = generator.integers(0, CLASSES, n_units)
    rows = np.repeat(np.arange(n_units), 1 + generator.poisson(WORDS - 1, n_units))
    columns = _drawn(generator, np.arange(TERMS), weights, len(rows))
    own = generator.random(len(rows)) < own_share
    for number in range(CLASSES):
        terms, places = np.flatnonzero(class_of_term == number), np.flatnonzero(own & (classes[rows] == number))
        columns[places] = _drawn(generator, terms, weights[terms], len(places))
    return sp.coo_array((np.ones(len(rows)), (rows, columns)), shape=(n_units, TERMS)).tocsr(), classes


def _drawn(
    generator: np.random.Generator, terms: NDArray[np.int64], weights: NDArray[np.float64], n: int
) -> NDArray[np.int64]:
    return generator.choice(terms, size=n, p=weights / weights.sum())


def peak_mb() -> float:
    """Return the most memory this process has held (Linux: kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(n_units: int, own_share: float) -> dict[str, float]:
    """Classify one table in this process."""
    table, classes = draw(n_units, own_share)
    ReinertClassifier(2).fit(np.repeat(np.eye(2), 10, axis=0))  # what is imported at first use
    before, wall, cpu = peak_mb(), time.perf_counter(), time.process_time()
    found = ReinertClassifier(CLASSES).fit(table)
    return {
        "units": n_units,
        "terms": int(found.terms_.sum()),
        "presences": int(table.nnz),
        "own_share": own_share,
        "classes": found.n_classes_,
        "seconds": time.perf_counter() - wall,
        "cpu_seconds": time.process_time() - cpu,
        "peak_mb": peak_mb(),
        "peak_before_mb": before,
        "ari": adjusted_rand_score(classes, found.labels_),
        "classified": float((found.labels_ > 0).mean()),
    }


def apart(n_units: int, own_share: float) -> dict[str, float]:
    """Classify one table in a process of its own."""
    run = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, __file__, f"--units={n_units}", f"--own-share={own_share}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


def main() -> None:
    """Measure, print, write; or, given a size, measure that table alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int)
    parser.add_argument("--own-share", type=float, default=SHARES[0])
    options = parser.parse_args()
    if options.units:
        print(json.dumps(measure(options.units, options.own_share)))
        return
    print(f"{'unités':>10}{'termes':>8}{'part propre':>13}{'secondes':>10}{'CPU':>8}{'Mo':>7}{'ARI':>8}")
    rows = []
    for own_share in SHARES:
        for n_units in SIZES:
            row = apart(n_units, own_share)
            rows.append(row)
            print(
                f"{row['units']:10}{row['terms']:8}{row['own_share']:13.2f}{row['seconds']:10.2f}"
                f"{row['cpu_seconds']:8.2f}{row['peak_mb']:7.0f}{row['ari']:8.3f}"
            )
    written = {
        "reinert": rows,
        "cores": os.cpu_count(),
        "versions": {name: metadata.version(name) for name in ("numpy", "scipy", "scikit-learn")},
        "python": platform.python_version(),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
