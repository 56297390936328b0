"""Time Krippendorff's alpha of many codes with its bootstrap, and compare it with going through the units.

    python benchmarks/agreement.py

Ratings are drawn at random: each code in one unit out of twenty, each coder wrong in one out of
fifty, units in documents of fifty. The bootstrap on patterns is timed as a whole; the one that draws
units and counts them again is timed on a few resamples of one code and multiplied. The last lines
are written to ``benchmarks/results/agreement.json``.
"""

from __future__ import annotations

import json
import os
import platform
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from innovsoc_analysis.coding.agreement import krippendorff_alpha, krippendorff_alpha_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RESULTS = Path(__file__).parent / "results" / "agreement.json"
UNITS, CODES, RESAMPLES, PER_DOCUMENT = 100_000, 40, 1_000, 50
SHARE, WRONG = 0.05, 0.02
NAIVE_RESAMPLES = 20
TOLERANCE = 1e-12


def draw_coders(n_coders: int) -> list[NDArray[np.bool_]]:
    """Return what each coder gave, units × codes."""
    generator = np.random.default_rng(0)
    true = generator.random((UNITS, CODES)) < SHARE
    return [true ^ (generator.random(true.shape) < WRONG) for _ in range(n_coders)]


def timed(run: Callable[..., object], *given: Any, **options: Any) -> tuple[float, float]:
    """Return wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    run(*given, **options)
    return time.perf_counter() - wall, time.process_time() - cpu


def naive_alpha(ratings: NDArray[np.bool_]) -> float:
    """Return the alpha of present or absent from the units themselves, all coders having seen all."""
    n_coders = ratings.shape[1]
    positives = ratings.sum(axis=1)
    n, ones = ratings.size, positives.sum()
    observed = (2 * positives * (n_coders - positives)).sum() / (n_coders - 1)
    return float(1 - (n - 1) * observed / (2 * ones * (n - ones)))


def naive_bootstrap(ratings: NDArray[np.bool_], n_resamples: int) -> None:
    """Draw units again and count anew each time."""
    generator = np.random.default_rng(0)
    for _ in range(n_resamples):
        naive_alpha(ratings[generator.integers(0, len(ratings), len(ratings))])


def largest_difference(coders: list[NDArray[np.bool_]]) -> float:
    """Return how far values of all codes are from those of the units."""
    found = krippendorff_alpha_many(*coders, interval=None)
    columns = (np.stack([one[:, code] for one in coders], axis=1) for code in range(CODES))
    return max(abs(found[code].value - naive_alpha(column)) for code, column in enumerate(columns))


def main() -> None:
    """Measure, print, write."""
    documents = np.arange(UNITS) // PER_DOCUMENT
    rows: dict[str, dict[str, float]] = {}
    print(f"{UNITS:,} unités × {CODES} codes × {RESAMPLES:,} tirages".replace(",", "\u202f"))
    print(f"{'':40}{'secondes':>10}{'CPU':>10}")
    for n_coders in (2, 3):
        coders = draw_coders(n_coders)
        column = np.stack([one[:, 0] for one in coders], axis=1)
        for name, clusters in (("unités", None), ("documents", documents)):
            wall, cpu = timed(krippendorff_alpha_many, *coders, clusters=clusters, n_resamples=RESAMPLES)
            rows[f"{n_coders} codeurs, par {name}"] = {"wall_s": wall, "cpu_s": cpu}
        wall, cpu = timed(naive_bootstrap, column, NAIVE_RESAMPLES)
        scale = RESAMPLES / NAIVE_RESAMPLES * CODES
        rows[f"{n_coders} codeurs, unité par unité (extrapolé)"] = {"wall_s": wall * scale, "cpu_s": cpu * scale}
        wall, cpu = timed(krippendorff_alpha, column, n_resamples=RESAMPLES)
        rows[f"{n_coders} codeurs, un seul code"] = {"wall_s": wall, "cpu_s": cpu}
        difference = largest_difference(coders)
        if difference > TOLERANCE:
            raise SystemExit(f"Les deux calculs diffèrent de {difference}.")
        rows[f"{n_coders} codeurs, unité par unité (extrapolé)"]["largest_difference"] = difference
    for name, row in rows.items():
        print(f"{name:40}{row['wall_s']:10.2f}{row['cpu_s']:10.2f}")
    RESULTS.parent.mkdir(exist_ok=True)
    written = {
        "units": UNITS,
        "codes": CODES,
        "resamples": RESAMPLES,
        "cores": os.cpu_count(),
        "times": rows,
        "versions": {name: metadata.version(name) for name in ("numpy", "pandas")},
        "python": platform.python_version(),
    }
    RESULTS.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
