"""The command as a process of its own: another folder, another hash seed, pipes and old encodings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

INNOVSOC = str(Path(sys.executable).with_name("innovsoc"))
CANARY = "Le canari violet chante dans la cave"


@pytest.fixture
def environment():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INNOVSOC", "PYTHON"))}
    return {**kept, "PYTHONHASHSEED": "12345", "PYTHONUTF8": "1"}


def test_another_process_gives_the_same_bytes(coded, tmp_path, environment):
    """Another hash seed, two relative sources with spaces and accents, a results folder elsewhere."""
    study = tmp_path / "mon étude"
    for name in ("projets/l’été.txt", "paroles/réunion n° 1.md"):
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_bytes((coded.sources / name).read_bytes())
    command = [INNOVSOC, "code", "projets", "paroles", "--out", "résultats d’hier"]
    done = subprocess.run(command, cwd=study, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == coded.outcomes[0].stdout
    assert CANARY not in done.stderr
    for name in ("codings.csv", "codings.parquet", "codings.xlsx", "report.html", "codes.svg", "tokens.parquet"):
        assert (study / "résultats d’hier" / name).read_bytes() == coded.files[0][name], name


def test_a_failure_of_the_process_is_one_sentence(tmp_path, environment):
    command = [INNOVSOC, "code", "absent", "--out", "r"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "innovsoc : « absent » n'existe pas ; vérifiez le chemin.\n"


def test_a_reader_that_leaves_early_is_no_failure(environment):
    with subprocess.Popen(
        [INNOVSOC, "codebook", "show"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_an_output_that_lacks_a_letter_gets_a_question_mark(tmp_path, environment):
    """Windows gives files and pipes its code page 1252, which has « é » but no « ж »."""
    (tmp_path / "a.txt").write_text("Un été.", "utf-8")
    command = [INNOVSOC, "ingest", "a.txt", "--out", "r", "--genre", "été ж"]
    environment |= {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "été ?, txt" in done.stdout.decode("cp1252")
    assert done.stderr.decode("cp1252").splitlines()[-1] == "Résultats : r"
