"""Read a thousand files of some twenty formats by ``innovsoc ingest``: time, memory, and what is lost of each text.

    python benchmarks/ingestion.py [betagouv_projects.jsonl] [--files N]

The texts are halves of the sheets of French public digital services (``../shared/data``; not part of the repository),
each in one file, tables with two rows. The files come from the makers of ``tests/battery`` and, where LibreOffice is
installed, from LibreOffice too. What was read is compared with what was written: blanks levelled on both sides, both
cleaned by the same rules, characters counted that stand in the same order in both; then letters and digits alone,
against the text as it was before any cleaning (entities of pages, which some sheets hold, count for their character).
Fifty files of the battery that must be refused are then put among them:
as many texts must be read, and each of the fifty listed with its reason. Memory is what the processes hold together
(resident), looked up ten times a second. Linux only; results go to ``benchmarks/results/ingestion.json``.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import math
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from batch import _below, _resident

from innovsoc_analysis.ingest.mending import mend_entities
from innovsoc_analysis.model.documents import REFUSED
from innovsoc_analysis.text.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "battery"))

from battery_formats import FORMATS, fitting, word  # noqa: E402
from test_battery_files import CASES  # noqa: E402

SHEETS = ROOT.parent / "shared" / "data" / "betagouv_projects.jsonl"
RESULTS = ROOT / "benchmarks" / "results" / "ingestion.json"
N_HOSTILE = 50
SHORTEST = 60
TABLES = {"csv": 2, "xlsx": 2, "jsonl": 2}
# what LibreOffice writes, and the filter that it needs
BY_LIBREOFFICE = {"odt": "odt", "rtf": "rtf", "pdf": "pdf", "html": "html:XHTML Writer File", "docx": "docx"}
FEW_REFUSED = 3  # the exit status


@dataclass(frozen=True)
class Made:
    """A file that was made: its kind, and the paragraphs that it holds."""

    kind: str
    paragraphs: list[str]


def halves(sheets: Path) -> list[list[str]]:
    """Return the two halves of each sheet, as paragraphs, cut at the line end next to its middle; each text once."""
    found: dict[str, list[str]] = {}
    for line in sheets.read_text("utf-8").split("\n"):
        text = json.loads(line)["text"] if line else ""
        paragraphs = [one for one in text.split("\n") if one.strip()]
        middle = _middle(paragraphs)
        for half in (paragraphs[:middle], paragraphs[middle:]):
            if len("".join(half)) >= SHORTEST:
                found.setdefault("\n".join(half), half)
    return list(found.values())


def _middle(paragraphs: Sequence[str]) -> int:
    whole = sum(map(len, paragraphs))
    ends = range(len(paragraphs) + 1)
    return min(ends, key=lambda end: abs(2 * sum(map(len, paragraphs[:end])) - whole))


def make_files(folder: Path, texts: Sequence[list[str]], n_files: int) -> dict[str, Made]:
    """Write `n_files` files, each kind as often as the others; return what each holds."""
    kinds = [*FORMATS, *(f"{suffix} (LibreOffice)" for suffix in BY_LIBREOFFICE if shutil.which("soffice"))]
    made: dict[str, Made] = {}
    waiting: dict[str, dict[str, list[str]]] = defaultdict(dict)
    draw = iter(texts)
    for number in range(n_files):
        kind = kinds[number % len(kinds)]
        suffix, make = FORMATS.get(kind, (kind.split(" ", maxsplit=1)[0], word))
        rows = [next(draw) for _ in range(TABLES.get(kind, 1))]
        paragraphs = fitting(kind, rows[0] if kind not in TABLES else ["\n".join(row) for row in rows])
        name = f"{number:04}.{suffix}"
        made[name] = Made(kind, paragraphs)
        if kind in FORMATS:
            (folder / name).write_bytes(make(paragraphs))
        else:
            waiting[suffix][name] = paragraphs
    for suffix, files in waiting.items():
        _convert(files, folder, suffix)
    return made


def _convert(files: dict[str, list[str]], folder: Path, suffix: str) -> None:
    """Let LibreOffice write files from Word documents of the same paragraphs."""
    with tempfile.TemporaryDirectory() as place:
        sources = [Path(place) / f"{Path(name).stem}.docx" for name in files]
        for source, paragraphs in zip(sources, files.values(), strict=True):
            source.write_bytes(word(paragraphs))
        own = f"-env:UserInstallation=file://{place}/profile"
        # told to write where the source stands, it would not write a .docx
        target = ["--convert-to", BY_LIBREOFFICE[suffix], "--outdir", f"{place}/out"]
        subprocess.run(  # noqa: S603 - no shell
            [str(shutil.which("soffice")), own, "--headless", *target, *map(str, sources)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for source in sources:
            shutil.copy(Path(place) / "out" / f"{source.stem}.{suffix}", folder / f"{source.stem}.{suffix}")


def put_hostile(folder: Path) -> dict[str, frozenset[str]]:
    """Write files of the battery that must be refused, drawn evenly; return the reasons allowed for each source."""
    fit = [
        case
        for case in CASES
        if case.limits is None
        and len(case.expected) == 1
        and all(not {"", "warning", "ignoré"} & one.codes for one in case.expected.values())
    ]
    expected = {}
    for number in range(N_HOSTILE):
        case = fit[number * len(fit) // N_HOSTILE]
        for name, content in case.files.items():
            place = folder / f"hostile-{number:02}" / name
            place.parent.mkdir()
            place.write_bytes(content if isinstance(content, bytes) else content())
        expected |= {f"hostile-{number:02}/{source}": one.codes for source, one in case.expected.items()}
    return expected


def measured(folder: Path, out: Path) -> dict[str, float]:
    """Read the files of `folder` by the command; return seconds and megabytes."""
    command = [sys.executable, "-m", "innovsoc_analysis", "ingest", folder.name, "--out", str(out)]
    lead = largest = together = 0
    started, spent = time.perf_counter(), _cpu_seconds()
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=folder.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            held = [_resident(process.pid), *(_resident(pid) for pid in _below(process.pid))]
            lead, largest, together = max(lead, held[0]), max([largest, *held[1:]]), max(together, sum(held))
            time.sleep(0.1)
    if process.returncode not in {0, FEW_REFUSED}:
        raise SystemExit(f"exit status {process.returncode}")
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(_cpu_seconds() - spent, 1),
        "lead_mb": round(lead / 1e6),
        "largest_reader_mb": round(largest / 1e6),
        "together_mb": round(together / 1e6),
    }


def _cpu_seconds() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def compared(made: dict[str, Made], out: Path) -> dict[str, Any]:
    """Return, for each kind of file, how many were read and the shares of their characters that were found."""
    documents = pd.read_parquet(out / "documents.parquet")
    texts = documents.groupby("source", sort=False)["text"].agg("\n".join).to_dict()
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    for name, file in made.items():
        written, read = "\n".join(file.paragraphs), texts.get(name, "")
        counts = tally[file.kind]
        counts.update(files=1, read=name in texts)
        for what, level in LEVELS.items():
            wanted, found = level(written), level(read)
            pieces = list(_differences(wanted, found))
            missing, added = (sum(len(pair[side]) for pair in pieces) for side in (0, 1))
            counts.update({what: len(wanted), f"{what} missing": missing, f"{what} added": added})
            lost[file.kind].update(f"{before!r} > {after!r}"[:60] for before, after in pieces)
    kinds = {kind: _shares(counts, lost[kind]) for kind, counts in sorted(tally.items())}
    return {"all": _shares(sum(tally.values(), Counter()), Counter()), "kinds": kinds}


def _shares(counts: Counter[str], lost: Counter[str]) -> dict[str, Any]:
    told: dict[str, Any] = {"files": counts["files"], "read": counts["read"]}
    for what in LEVELS:
        told[what] = counts[what]
        # rounded down: 100 is said only where nothing is missing
        told[f"{what}_found_percent"] = math.floor(1e5 * (1 - counts[f"{what} missing"] / counts[what])) / 1e3
        told[f"{what}_added"] = counts[f"{what} added"]
    return told | ({"differences": dict(lost.most_common(8))} if lost else {})


def _cleaned(text: str) -> str:
    return " ".join(clean(mend_entities(text)[0]).text.split())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", mend_entities(text)[0])))


LEVELS: dict[str, Callable[[str], str]] = {"characters": _cleaned, "letters": _letters}


def _differences(wanted: str, found: str) -> Iterator[tuple[str, str]]:
    """Yield what stands at the same place in one text and the other, where they differ."""
    start = _alike(wanted, found)
    end = _alike(wanted[start:][::-1], found[start:][::-1])
    wanted, found = wanted[start : len(wanted) - end], found[start : len(found) - end]
    for kind, a, b, c, d in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind != "equal":
            yield wanted[a:b], found[c:d]


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their starts."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def listed(expected: dict[str, frozenset[str]], out: Path) -> dict[str, Any]:
    """Return the reasons that were told for the hostile files, and those that were not expected."""
    with (out / "sources.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["source"]: row for row in csv.DictReader(stream) if row["source"].startswith("hostile-")}
    codes = {name: row["code"] for name, row in rows.items() if row["outcome"] == REFUSED}
    wrong = [f"{name}: {codes.get(name)}" for name, allowed in expected.items() if codes.get(name) not in allowed]
    reasons = dict(sorted(Counter(codes.values()).items(), key=lambda one: (-one[1], one[0])))
    return {"files": len(expected), "listed": len(codes), "not_as_expected": wrong, "codes": reasons}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Time, memory and losses of innovsoc ingest.")
    parser.add_argument("sheets", nargs="?", type=Path, default=SHEETS)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "textes"
        folder.mkdir()
        made = make_files(folder, halves(asked.sheets), asked.files)
        size = round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6, 1)
        alone = {**measured(folder, Path(name) / "r"), **compared(made, Path(name) / "r")}
        print(json.dumps(alone, ensure_ascii=False, indent=1), flush=True)
        expected = put_hostile(folder)
        among = measured(folder, Path(name) / "h")
        told = compared(made, Path(name) / "h")
        hostile = {**among, "read": told["all"]["read"], "same_texts": told["kinds"] == alone["kinds"]}
        hostile |= {"hostile": listed(expected, Path(name) / "h")}
        print(json.dumps(hostile, ensure_ascii=False, indent=1))
    written = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "files": asked.files,
        "megabytes": size,
        "alone": alone,
        "with_hostile": hostile,
    }
    asked.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
