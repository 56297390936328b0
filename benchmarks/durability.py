"""Kill ``innovsoc`` at moments drawn by lot and see what is left: whole files, and results that can be finished.

    python benchmarks/durability.py

120 small texts are made of paragraphs of ``corpus/``. Each command is run to its end twice, on two versions
of the texts: these are the only bytes that may ever stand in its folder. Then it is killed (SIGKILL, as by
a power cut for the process; half of the time its workers survive it for a moment) and run again, into the
same folder, until the kills are spent; half of the moments fall into the last third, where results are
written. After each kill every file must be one of the two versions and, where ``run.json`` stands, all of
one version; what is run to its end must be the same bytes as if nothing had happened, with no file besides.
Each run is a copy (fork) of this process, which has loaded what the commands load: only work is killed, not
the start of Python. POSIX only; results go to ``benchmarks/results/durability.json``.
"""

from __future__ import annotations

import json
import os
import platform
import random
import shutil
import signal
import tempfile
import time
from pathlib import Path

from innovsoc_analysis.cli import main as main_of_innovsoc

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "durability.json"
N_TEXTS = 120
SHORTEST_PARAGRAPH = 150
RECORD = "run.json"
KILLS = {"code": 12, "topics": 6, "run": 3, "lexicon": 4, "code --workers 2": 5}
_SETTINGS = 'title = ""\ngenres = []\nsteps = ["ingest", "code", "topics", "lexicon", "report"]\n'


def make_texts(folder: Path) -> None:
    """Write the texts: paragraphs of the corpus, one each."""
    paragraphs: dict[str, None] = {}
    for path in sorted([*(ROOT / "corpus").rglob("*.txt"), *(ROOT / "corpus").rglob("*.md")]):
        if path.stem.lower() != "readme":
            lines = path.read_bytes().decode("utf-8", "replace").splitlines()
            paragraphs |= dict.fromkeys(line.strip() for line in lines if len(line) > SHORTEST_PARAGRAPH)
    chosen = random.Random(0).sample(list(paragraphs), N_TEXTS)  # noqa: S311 - not for secrets
    folder.mkdir(parents=True)
    for number, paragraph in enumerate(chosen):
        (folder / f"{number:03}.txt").write_text(paragraph, "utf-8")


def switch(study: Path, version: int) -> None:
    """Give the last text one of its two versions."""
    (study / "sources" / f"{N_TEXTS:03}.txt").write_text(f"Le jardin partagé, version {version}.", "utf-8")


def arguments(command: str, out: Path) -> list[str]:
    """Return the command line that writes to `out`, from the folder of the study."""
    if command == "run":
        return ["run", str(out.parent)]
    return [*command.split(), "sources", "--out", str(out), "--no-cache"]


def begun(command: list[str], folder: Path) -> int:
    """Begin a command in a copy of this process and return its number."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    os.chdir(folder)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    status = 1
    try:
        main_of_innovsoc(command)
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        os._exit(status)


def ended(process: int, seconds: float | None = None) -> int | None:
    """Return the exit status of a process, nothing if it is still at work after some seconds."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        found, status = os.waitpid(process, 0 if end is None else os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if end is not None and time.monotonic() > end:
            return None
        time.sleep(0.005)


def finished(command: list[str], folder: Path) -> None:
    """Run a command to its end."""
    if status := ended(begun(command, folder)):
        raise SystemExit(f"{command[0]} : status {status}")


def content(out: Path) -> dict[str, bytes]:
    """Return the bytes of all files of results; records tell the time, and those of parts are derived data."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name != RECORD)
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not name.split("/")[-1].startswith(".innovsoc")}


def final(found: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out the derived data of an unfinished run."""
    return {name: data for name, data in found.items() if not name.startswith(".innovsoc/")}


def debris(out: Path) -> list[str]:
    """Return what should not be there once all is done."""
    return [path.relative_to(out).as_posix() for path in out.rglob(".innovsoc*")]


class Trial:
    """One command, its two whole results, and what kills do to it."""

    def __init__(self, command: str, study: Path, draw: random.Random) -> None:
        self._command = command
        self._study = study
        self._draw = draw
        self._is_study = command == "run"
        self._wholes: list[dict[str, bytes]] = []
        self._seconds = 0.0
        for version in (0, 1):
            switch(study, version)
            out = self._folder(f"whole {version}")
            started = time.monotonic()
            finished(arguments(command, out), study)
            self._seconds = time.monotonic() - started
            self._wholes.append(content(out))
            if self._is_study:
                shutil.rmtree(out)

    def _folder(self, name: str) -> Path:
        return self._study / "results" if self._is_study else self._study / name

    def kill(self, n_kills: int) -> dict[str, object]:
        """Kill the command `n_kills` times; return what was found."""
        version, done, n_ends, faults = 0, 0, 0, []
        switch(self._study, version)
        out = self._folder("killed")
        while done < n_kills:
            if self._killed(out):
                done += 1
                faults += self._faults_after_kill(out)
                continue
            faults += self._faults_at_end(out, version)
            n_ends += 1
            version = 1 - version
            switch(self._study, version)
        finished(arguments(self._command, out), self._study)
        faults += self._faults_at_end(out, version)
        return {"kills": done, "finished": n_ends + 1, "seconds": round(self._seconds, 1), "faults": faults}

    def _killed(self, out: Path) -> bool:
        latest = self._draw.random() < 0.5  # noqa: PLR2004 - half of them
        moment = self._seconds * (self._draw.uniform(0.67, 1.05) if latest else self._draw.uniform(0, 0.9))
        process = begun(arguments(self._command, out), self._study)
        status = ended(process, moment)
        if status:
            raise SystemExit(f"{self._command} : status {status}")
        if status == 0:
            return False
        (os.killpg if self._draw.random() < 0.5 else os.kill)(process, signal.SIGKILL)  # noqa: PLR2004 - half of them
        ended(process)
        return True

    def _faults_after_kill(self, out: Path) -> list[str]:
        found = final(content(out)) if out.is_dir() else {}
        faults = [f"half: {name}" for name, data in found.items() if all(data != w.get(name) for w in self._wholes)]
        for record in out.glob(f"*/{RECORD}" if self._is_study else RECORD):
            below = record.parent.relative_to(out).as_posix()
            names = json.loads(record.read_text("utf-8"))["outputs"]
            own = [name if below == "." else f"{below}/{name}" for name in names]
            if not any(all(found.get(name) == whole.get(name) for name in own) for whole in self._wholes):
                faults.append(f"record of a mixture: {below}")
        return faults

    def _faults_at_end(self, out: Path, version: int) -> list[str]:
        time.sleep(1)  # for what a worker that has survived its leader might still write
        found, whole = content(out), self._wholes[version]
        faults = [f"other bytes: {name}" for name in {*found, *whole} if found.get(name) != whole.get(name)]
        return faults + [f"debris: {name}" for name in debris(out)]


def warm_up(folder: Path) -> None:
    """Load in this process what its copies need."""
    folder.mkdir()
    (folder / "a.txt").write_text("Un jardin partagé ouvre. On y vient le soir.", "utf-8")
    for command in (["code", "--no-cache"], ["lexicon", "--no-cache"]):
        try:
            main_of_innovsoc([*command, str(folder / "a.txt"), "--out", str(folder / command[0])])
        except SystemExit:  # a text is too little for some
            continue


def main() -> None:
    """Measure and write the results."""
    draw = random.Random(2026)  # noqa: S311 - not for secrets
    found = {}
    with tempfile.TemporaryDirectory() as place:
        warm_up(Path(place) / "warm")
        for number, (command, n_kills) in enumerate(KILLS.items()):
            study = Path(place) / str(number)
            make_texts(study / "sources")
            (study / "innovsoc.toml").write_text(_SETTINGS, "utf-8")
            found[command] = Trial(command, study, draw).kill(n_kills)
            print(command, found[command], flush=True)
    told = {"machine": f"{platform.system()} {platform.machine()}", "texts": N_TEXTS + 1, "commands": found}
    RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
