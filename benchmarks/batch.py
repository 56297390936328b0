"""Measure ``innovsoc code`` on hundreds and thousands of files: time, and the most memory that it holds.

    python benchmarks/batch.py

The files are made in a temporary folder: sentences of ``corpus/`` drawn by lot, so that hardly a
paragraph comes twice. Nothing is kept from one run to the next (``--no-cache``). Memory is what the
processes hold (resident), looked up ten times a second: of the one that leads, of the largest of the
others, of all together. Processor time is that of all of them, loading of models included: a machine
that is busy otherwise makes a run longer, but hardly costs it more processor time. Linux only;
results go to ``benchmarks/results/batch.json``.
"""

from __future__ import annotations

import hashlib
import json
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "batch.json"
RUNS = ((500, 1), (2000, 1), (2000, 2))
PARAGRAPHS, SENTENCES = 5, 4
SHORTEST_LINE = 100  # paragraphs, not titles
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences_of_corpus() -> list[str]:
    """Return the sentences of the texts of ``corpus/`` that are plain text."""
    found: dict[str, None] = {}
    for path in sorted([*(ROOT / "corpus").rglob("*.txt"), *(ROOT / "corpus").rglob("*.md")]):
        if path.stem.lower() == "readme":
            continue
        for line in path.read_bytes().decode("utf-8", "replace").splitlines():
            if len(line) > SHORTEST_LINE and "\ufffd" not in line:
                found |= dict.fromkeys(_SENTENCE_END.split(line.strip()))
    return list(found)


def make_texts(folder: Path, n_files: int) -> int:
    """Write `n_files` texts, the same at every call; return how many words they hold."""
    draw = random.Random(0)  # noqa: S311 - not for secrets
    sentences = sentences_of_corpus()
    n_words = 0
    for number in range(n_files):
        genre = ("definitions", "projets", "paroles")[number % 3]
        text = "\n\n".join(" ".join(draw.sample(sentences, SENTENCES)) for _ in range(PARAGRAPHS))
        n_words += len(text.split())
        path = folder / genre / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return n_words


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/statm").read_text("ascii")
    except OSError:  # it has just ended
        return 0
    return int(status.split()[1]) * 4096


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(one) for one in task.read_text("ascii").split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_below(child)]
    return found


def measured(folder: Path, *, workers: int) -> dict[str, float]:
    """Code the texts of `folder`; return seconds and megabytes."""
    command = [sys.executable, "-m", "innovsoc_analysis", "code", "textes", "--out", f"r{workers}"]
    lead = largest = together = 0
    started, spent = time.perf_counter(), _cpu_seconds()
    with subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--workers", str(workers), "--no-cache"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            held = [_resident(process.pid), *(_resident(pid) for pid in _below(process.pid))]
            lead, largest, together = max(lead, held[0]), max([largest, *held[1:]]), max(together, sum(held))
            time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"exit status {process.returncode}")
    record = json.loads((folder / f"r{workers}" / "run.json").read_text("utf-8"))
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(_cpu_seconds() - spent, 1),
        "lead_mb": round(lead / 1e6),
        "largest_worker_mb": round(largest / 1e6),
        "together_mb": round(together / 1e6),
        "codings": record["counts"]["codings"],
    }


def _cpu_seconds() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "run.json":
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Measure, print, write."""
    rows = []
    digests: dict[int, set[str]] = {}
    for n_files, workers in RUNS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            words = make_texts(folder / "textes", n_files)
            row = {"files": n_files, "words": words, "workers": workers, **measured(folder, workers=workers)}
            digests.setdefault(n_files, set()).add(_digest(folder / f"r{workers}"))
        rows.append(row)
        print(json.dumps(row))
    same = all(len(found) == 1 for found in digests.values())
    written = {
        "python": platform.python_version(),
        "texts": f"{PARAGRAPHS} paragraphs of {SENTENCES} sentences of corpus/ drawn by lot",
        "same_bytes_for_any_number_of_workers": same,
        "runs": rows,
    }
    RESULTS.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
