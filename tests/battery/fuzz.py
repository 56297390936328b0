"""Damage files of every format for as long as one likes: ``python tests/battery/fuzz.py --seconds 3600``.

What fails is written beside, with its format, and told at the end; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from battery_mutations import KINDS, LIMITS, PIECES, SOUND, Damage, check_document, read_damaged

from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.worker import Worker


def drawn(draws: random.Random) -> Damage:
    """Return a damage of one to twelve steps."""
    pieces = [draws.choice(PIECES) if draws.random() < 0.7 else draws.randbytes(4) for _ in range(draws.randint(1, 12))]
    steps = tuple((draws.choice(KINDS), draws.randrange(10_000), piece) for piece in pieces)
    return Damage(draws.randrange(10) if draws.random() < 0.8 else None, steps)


def main() -> int:
    """Read damaged files until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("fuzz"))
    told = parser.parse_args()
    draws = random.Random(told.seed)  # noqa: S311 - nothing is kept secret
    end = time.monotonic() + told.seconds
    counts: Counter[str] = Counter()
    failures: list[str] = []
    with Worker(limits=LIMITS, confined=True) as worker:
        while time.monotonic() < end:
            name = draws.choice(sorted(SOUND))
            data = drawn(draws).done_to(name)
            try:
                documents = read_damaged(name, data, worker)
                for document in documents:
                    check_document(document)
                counts["lus" if documents else "refusés"] += 1
            except Exception as error:  # noqa: BLE001 - it is what one looks for
                failures.append(f"{name} : {type(error).__name__} : {error}")
                atomic_write(told.out / f"{len(failures):04}.{name}", data)
    sys.stdout.write("\n".join([str(dict(counts)), *failures, ""]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
