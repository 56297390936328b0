"""One run at a time writes to a folder; what killed ones left is taken over and swept."""

from __future__ import annotations

import errno
import json
import os
import platform
import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from innovsoc_analysis.model.errors import EXIT_USAGE, UsageError
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.locks import NAME, BusyError, hold
from innovsoc_analysis.safe.sweeping import sweep, sweep_derived

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDING = """\
import sys, time
from pathlib import Path
from innovsoc_analysis.safe.locks import hold
lock = hold(Path(sys.argv[1]), command="code")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder ``results``."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "results")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def told(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((path / NAME).read_text("utf-8"))
    return found


def leave(folder: Path, **changes: object) -> None:
    """Put a lock of this process into `folder`, with some of what it says changed."""
    with hold(folder, command="code"):
        content = told(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(json.dumps({**content, **changes}), "utf-8")


def test_the_second_is_told_who_writes_since_when_and_what_to_do(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    folder = tmp_path / "results"
    before = (folder / NAME).read_bytes()
    with pytest.raises(BusyError) as caught:
        hold(folder, command="topics")
    sentence = str(caught.value)
    assert caught.value.exit_status == EXIT_USAGE
    assert re.search(r"innovsoc code y écrit depuis le \d\d/\d\d/\d{4} à \d+ h \d\d", sentence)
    assert f"(processus {other.pid}, machine {platform.node()})" in sentence
    assert sentence.endswith("attendez qu'il finisse ou choisissez un autre dossier.")
    assert "\n" not in sentence
    assert (folder / NAME).read_bytes() == before


def test_it_names_no_person(tmp_path: Path) -> None:
    with hold(tmp_path, command="code"):
        assert set(told(tmp_path)) == {"command", "pid", "birth", "host", "boot", "space", "since"}


def test_who_was_killed_is_taken_over(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    other.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    other.wait()
    with hold(tmp_path / "results", command="code") as lock:
        assert lock.taken_over
        assert told(tmp_path / "results")["pid"] == os.getpid()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a process does not say when it began")
@pytest.mark.parametrize("changes", [{"birth": "1"}, {"boot": "an earlier one"}])
def test_a_number_of_process_given_again_holds_nothing(tmp_path: Path, changes: dict[str, object]) -> None:
    leave(tmp_path, **changes)
    with hold(tmp_path, command="code") as lock:
        assert lock.taken_over


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs spaces of processes")
@pytest.mark.parametrize("changes", [{"host": "poste-12"}, {"space": "of a container"}])
def test_of_another_machine_nothing_is_certain_and_the_file_to_remove_is_told(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    leave(tmp_path, pid=2**31 - 1, **changes)
    with pytest.raises(BusyError) as caught:
        hold(tmp_path, command="code")
    assert f"s'il a été interrompu, effacez d'abord « {tmp_path / NAME} »" in str(caught.value)
    (tmp_path / NAME).unlink()
    hold(tmp_path, command="code").release()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff" * 5000])
def test_a_lock_that_does_not_say_whose_it_is_is_waited_for_then_taken_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    started = time.monotonic()
    with hold(tmp_path, command="code") as lock:
        assert lock.taken_over
    assert time.monotonic() - started > 1.5
    assert list(tmp_path.iterdir()) == []


def test_the_same_thread_begins_anew_after_a_failure(tmp_path: Path) -> None:
    first = hold(tmp_path, command="code")
    with hold(tmp_path, command="code"):
        first.release()  # late, and of no effect
        assert (tmp_path / NAME).exists()
    assert not (tmp_path / NAME).exists()


def test_two_threads_exclude_each_other(tmp_path: Path) -> None:
    caught: list[BaseException] = []

    def second() -> None:
        try:
            hold(tmp_path, command="topics")
        except UsageError as error:
            caught.append(error)

    with hold(tmp_path, command="code"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert "innovsoc code y écrit" in str(caught[0])


def test_a_lock_that_someone_else_has_taken_meanwhile_is_left_alone(tmp_path: Path) -> None:
    lock = hold(tmp_path, command="code")
    (tmp_path / NAME).write_bytes(b"another's")
    lock.release()
    assert (tmp_path / NAME).read_bytes() == b"another's"


def test_folders_made_for_nothing_are_removed_and_others_stay(tmp_path: Path) -> None:
    with hold(tmp_path / "a" / "b", command="code"):
        pass
    assert list(tmp_path.iterdir()) == []
    with hold(tmp_path / "a" / "b", command="code"):
        (tmp_path / "a" / "results.csv").touch()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["results.csv"]


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"Impossible d'écrire dans .* \(un fichier porte le nom d'un dossier\)"):
        hold(tmp_path / "file" / "results", command="code")


def test_a_full_disk_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr("innovsoc_analysis.safe.locks.os.fdopen", full)
    with pytest.raises(UsageError, match=r"\(disque plein\)"):
        hold(tmp_path / "results", command="code")
    assert list(tmp_path.iterdir()) == []


RACING = """\
import sys, time
from pathlib import Path
from innovsoc_analysis.safe.locks import BusyError, hold
folder = Path(sys.argv[1])
while not (folder / "go").exists():
    time.sleep(0.001)
try:
    hold(folder, command="code")
    print("held", flush=True)
    time.sleep(1)
except BusyError:
    print("busy", flush=True)
"""


def test_of_several_that_find_a_dead_lock_at_once_one_takes_it(tmp_path: Path) -> None:
    leave(tmp_path, pid=2**31 - 1, birth="1")
    command = [sys.executable, "-c", RACING, str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    time.sleep(1)
    (tmp_path / "go").touch()
    said = sorted(process.communicate(timeout=60)[0].strip() for process in processes)
    assert said == ["busy", "busy", "busy", "held"]


def old(path: Path, *, hours: float = 2) -> None:
    then = time.time() - 3600 * hours
    os.utime(path, (then, then))


def test_only_our_own_forgotten_temporary_files_are_swept(tmp_path: Path) -> None:
    names = [
        ".innovsoc-abcd1234.tmp",
        "matrices/.innovsoc-zz_z9999.tmp",
        "held/.innovsoc-zz_z9999.tmp",
        ".hidden/.innovsoc-zz_z9999.tmp",
        "matrices/deep/.innovsoc-zz_z9999.tmp",
        ".innovsoc-my notes.tmp",
        "innovsoc-abcd1234.tmp",
        "held/.innovsoc.lock",
    ]
    for name in names:
        atomic_write(tmp_path / name, b"")
        old(tmp_path / name)
    (tmp_path / ".innovsoc-recent00.tmp").touch()
    (tmp_path / ".innovsoc-afolder0.tmp").mkdir()
    if os.name == "posix":
        (tmp_path / ".innovsoc-alink000.tmp").symlink_to(tmp_path / "matrices")
    assert sweep(tmp_path) == 2
    gone = [name for name in names if not (tmp_path / name).exists()]
    assert gone == names[:2]
    assert sweep(tmp_path, idle=0) == 1
    assert not (tmp_path / ".innovsoc-recent00.tmp").exists()


def test_results_made_again_by_a_run_that_is_gone_are_swept(tmp_path: Path) -> None:
    dead, alive, idle, recent, mine = (tmp_path / f"reproduce-{name}" for name in ("d", "a", "i", "r", "notes"))
    leave(dead / "results" / "code", pid=2**31 - 1, birth="1")
    for folder in (idle, recent):
        atomic_write(folder / "results" / "a.csv", b"")
    old(idle / "results")
    old(idle)
    mine.touch()
    kept = tmp_path / "annotations" / "v1" / "ab"
    atomic_write(kept / "x.annotation", b"")
    (kept / ".innovsoc-abcd1234.tmp").touch()
    old(kept / ".innovsoc-abcd1234.tmp")
    with hold(alive / "results", command="run"):
        for folder in (alive, alive / "results"):
            old(folder)
        assert sweep_derived(tmp_path) == 3
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "annotations",
            "reproduce-a",
            "reproduce-notes",
            "reproduce-r",
        ]
    assert [path.name for path in kept.iterdir()] == ["x.annotation"]
