"""Programs that the user has installed run bounded, and leave nothing behind."""

from __future__ import annotations

import os
import sys
import time

import pytest

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.tools import find_program, private_folder, run_program

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")


def python(code: str, *, limits: Limits | None = None, data: bytes = b"") -> bytes:
    return run_program([sys.executable, "-c", code], data=data, limits=limits or Limits())


def test_what_goes_in_comes_out() -> None:
    assert python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])", data=b"abc\0") == b"\0cba"


def test_a_failure_is_a_refusal() -> None:
    with pytest.raises(RefusedFileError) as caught:
        python("raise SystemExit(3)")
    assert caught.value.code == "tool"


def test_a_program_that_hangs_is_stopped_with_its_children() -> None:
    code = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)"
    started = time.monotonic()
    with pytest.raises(RefusedFileError) as caught:
        python(code, limits=Limits(seconds=1))
    assert caught.value.code == "timeout"
    assert time.monotonic() - started < 20


@linux
def test_a_program_cannot_take_all_memory() -> None:
    with pytest.raises(RefusedFileError) as caught:
        python("b'x' * 2_000_000_000", limits=Limits(memory_bytes=400_000_000))
    assert caught.value.code == "tool"


def test_little_of_the_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MON_SECRET", "x")
    assert python("import os; print('MON_SECRET' in os.environ, 'PYTHONPATH' in os.environ)").split() == [
        b"False",
        b"False",
    ]


def test_a_private_folder_is_ours_alone_and_goes_with_its_content() -> None:
    with private_folder() as folder:
        (folder / "a").mkdir()
        (folder / "a" / "b").write_text("x")
        assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_the_first_program_that_exists_is_found() -> None:
    assert find_program("ce-programme-n-existe-pas", sys.executable) == sys.executable
