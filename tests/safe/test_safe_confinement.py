"""A confined process can neither reach the network, start programs nor write; one that is left alone ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEDS = """
import os, pathlib, socket, subprocess, tempfile, time, urllib.request

def tried(deed):
    try:
        deed()
    except PermissionError:
        return "refusé"
    except Exception as error:
        return type(error).__name__
    return "fait"

def all_deeds(data):
    place = data.decode()
    return {
        "lire": tried(lambda: open(__file__).close()),
        "écrire": tried(lambda: open(place, "w")),
        "ajouter": tried(lambda: open(place, "ab")),
        "modifier": tried(lambda: open(place, "r+b")),
        "écrire autrement": tried(lambda: os.open(place, os.O_WRONLY | os.O_CREAT)),
        "fichier temporaire": tried(tempfile.mkstemp),
        "effacer": tried(lambda: os.remove(__file__)),
        "renommer": tried(lambda: os.rename(__file__, place)),
        "dossier": tried(lambda: os.mkdir(place)),
        "lien": tried(lambda: os.symlink("/etc", place)),
        "programme": tried(lambda: subprocess.run(["true"])),
        "commande": tried(lambda: os.system("true")),
        "réseau": tried(lambda: socket.create_connection(("127.0.0.1", 9))),
        "page": tried(lambda: urllib.request.urlopen("http://127.0.0.1:9/")),
    }

def hang(data):
    while True:
        time.sleep(1)
"""


@pytest.fixture
def deeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "confined_deeds.py").write_text(DEEDS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    return "confined_deeds:"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "écrit"
    assert not (tmp_path / "écrit").exists()


def test_a_confined_reader_may_only_read(deeds: str, place: Path) -> None:
    with Worker(confined=True) as worker:
        told = worker.call(deeds + "all_deeds", str(place).encode())
    assert told.pop("lire") == "fait"
    # these two wrap what they meet
    assert told.pop("fichier temporaire") in {"refusé", "FileNotFoundError"}
    assert told.pop("page") in {"refusé", "URLError"}
    assert set(told.values()) == {"refusé"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarms")
def test_a_confined_process_whose_parent_was_killed_ends_by_itself(deeds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker(limits=Limits(seconds=1), confined=True) as worker:
        process = worker._running()
        assert process.stdin is not None
        # asked as a parent would that then dies
        from innovsoc_analysis.safe.worker import send

        send(process.stdin, f'{{"target": "{deeds}hang", "options": {{}}}}'.encode())
        send(process.stdin, b"")
        started = time.monotonic()
        assert process.wait(timeout=20) == -signal.SIGALRM
        assert time.monotonic() - started < 15


def test_an_answer_beyond_the_limit_is_refused() -> None:
    from innovsoc_analysis.model.errors import RefusedFileError

    with Worker(limits=Limits(expanded_bytes=100), confined=True) as worker:
        with pytest.raises(RefusedFileError) as caught:
            worker.call("innovsoc_analysis.ingest.isolated:read_there", b"jardin " * 50, name="txt", limits={})
        assert caught.value.code == "memory"
        assert worker.call("innovsoc_analysis.safe.worker_main:count_bytes", b"abc") == 3


def test_importing_in_a_confined_process_keeps_what_is_compiled_as_it_is() -> None:
    code = "from innovsoc_analysis.safe.confinement import confine; confine(); import innovsoc_analysis.ingest.registry"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
