"""A fragile reader may hang, crash or grow: its file is refused and the next one is read."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = "innovsoc_analysis.safe.worker_main:count_bytes"
READERS = """
import os, sys, time
from innovsoc_analysis.model.errors import RefusedFileError

def double(data, *, times): return {"été": data.decode() * times}
def hang(data): time.sleep(60)
def die(data): os._exit(3)
def leave(data): sys.exit(0)
def raise_bug(data): raise KeyError("bogue")
def refuse(data): raise RefusedFileError("scanned", "numérisé")
def grow(data): return len(bytearray(8 * 10**9))
def chat(data):
    print("bavardage"); os.write(1, b"encore"); sys.stderr.write("erreur")
    return os.getpid()
def not_json(data): return {1, 2}
"""


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "fragile_readers.py").write_text(READERS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    return "fragile_readers:"


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


def refusal(worker: Worker, target: str, **options: Any) -> str:
    with pytest.raises(RefusedFileError) as caught:
        worker.call(target, b"x", **options)
    return caught.value.code


def test_a_value_comes_back_and_the_process_lives_on(worker: Worker, readers: str) -> None:
    assert worker.call(COUNT, bytes(3_000_000)) == 3_000_000
    assert worker.call(readers + "double", "né".encode(), times=2) == {"été": "néné"}
    assert worker.call(readers + "chat", b"") == worker.call(readers + "chat", b"")


@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("die", "crash"),
        ("leave", "crash"),
        ("raise_bug", "crash"),
        ("not_json", "crash"),
        ("absent", "crash"),
        ("refuse", "scanned"),
        pytest.param("grow", "memory", marks=pytest.mark.skipif(sys.platform != "linux", reason="no bound there")),
    ],
)
def test_what_goes_wrong_is_refused_and_the_next_file_is_read(
    worker: Worker, readers: str, function: str, code: str
) -> None:
    assert refusal(worker, readers + function) == code
    assert worker.call(COUNT, b"abc") == 3


def test_a_reader_that_hangs_is_stopped(readers: str) -> None:
    with Worker(limits=Limits(seconds=1)) as worker:
        started = time.monotonic()
        assert refusal(worker, readers + "hang") == "timeout"
        assert 1 <= time.monotonic() - started < 5
        assert worker.call(COUNT, b"ab") == 2


def test_a_process_that_died_between_two_files_is_replaced(worker: Worker, readers: str) -> None:
    first = worker.call(readers + "chat", b"")
    process = worker._process
    assert process is not None
    process.kill()
    process.wait()
    assert worker.call(readers + "chat", b"") != first


def test_an_interruption_leaves_no_answer_for_the_next_file(
    worker: Worker, readers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("innovsoc_analysis.safe.worker.receive", interrupt)
        with pytest.raises(KeyboardInterrupt):
            worker.call(readers + "double", b"perdu", times=1)
    assert worker.call(COUNT, b"ab") == 2


def test_no_module_comes_from_the_folder_one_stands_in(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "piege.py").write_text("def lire(data): return 'piégé'", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert refusal(worker, "piege:lire") == "crash"


def test_closing_ends_the_process_and_may_be_repeated(readers: str) -> None:
    with Worker() as worker:
        worker.call(COUNT, b"")
        process = worker._process
    assert process is not None
    assert process.poll() is not None
    worker.close()
    assert worker.call(COUNT, b"abcd") == 4
    worker.close()
