"""``innovsoc code`` on many files, killed midway: the same command finishes it, with the same bytes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

N_FILES = 230  # a partition holds a hundred
COMMAND = [sys.executable, "-m", "innovsoc_analysis", "code", "textes", "--codebook", "lieux.yaml", "--no-cache"]
BOOK = 'version: "1"\ncodes: [{id: jardin, libelle: Jardin, definition: Un lieu., indicateurs: {lemmes: [jardin]}}]\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lot")
    (folder / "textes").mkdir()
    (folder / "lieux.yaml").write_text(BOOK, "utf-8")
    for number in range(N_FILES):
        text = f"Le jardin numéro {number} ouvre. On y vient le soir."
        (folder / "textes" / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


def finished_parts(out: Path) -> list[Path]:
    return sorted((out / ".innovsoc").rglob("part.json"))


def content(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def coded(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *options], cwd=folder, capture_output=True, text=True, check=True)


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_a_killed_run_is_finished_by_the_same_command_without_coding_anything_twice(folder):
    killed = folder / "tué"
    with subprocess.Popen(
        [*COMMAND, "--out", "tué"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        end = time.monotonic() + 60
        while not finished_parts(killed) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    kept = finished_parts(killed)
    assert 1 <= len(kept) <= 2
    assert not (killed / "run.json").exists()
    assert not (killed / "codings.csv").exists()
    again = coded(folder, "--out", "tué", "--resume")
    told = re.search(r"^(\d+) fichier\(s\) repris d'un codage interrompu\.$", again.stderr, re.MULTILINE)
    assert int(told[1]) == 100 * len(kept)
    assert (killed / "run.json").exists()
    whole = coded(folder, "--out", "entier", "--workers", "2")
    assert "repris" not in whole.stderr
    assert whole.stderr.splitlines()[:2] == ["fichiers : 0 sur 230", "fichiers : 230 sur 230"]
    assert whole.stdout == again.stdout
    assert content(killed) == content(folder / "entier")


def test_resume_says_when_there_is_nothing_to_resume(folder, run):
    outcome = run("code", folder / "textes" / "000.txt", "--out", folder / "un", "--resume", "--no-cache")
    assert outcome.status == 0
    assert "Aucun codage interrompu à reprendre : tout a été codé." in outcome.stderr.splitlines()


@pytest.mark.parametrize("workers", [0, -1, "deux"])
def test_the_number_of_workers_is_a_positive_number(folder, run, workers):
    outcome = run("code", folder / "textes", "--out", folder / "r", "--workers", workers)
    assert outcome.status == 2
    assert "--workers" in outcome.sentence
