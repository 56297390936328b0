"""A run that is killed, or finds the disk full, leaves whole files; the next one finishes with the same bytes."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from innovsoc_analysis.batch.coding import Job, code_files
from innovsoc_analysis.batch.plan import Size
from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.locks import NAME, BusyError, hold

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
MOST_WRITES = 60
BOOK = 'version: "1"\ncodes: [{id: jardin, libelle: Jardin, definition: Un lieu., indicateurs: {lemmes: [jardin]}}]\n'


@pytest.fixture
def whole(job, content) -> dict[str, bytes]:
    """The bytes of results that nothing has disturbed."""
    made = job("entier", size=Size(), title="T")
    code_files(made)
    return content(made.out)


def below(folder: Path) -> list[str]:
    """Return the files that are not part of unfinished work, which is kept on purpose."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if not path.startswith(".innovsoc/"))


def killed_at(job: Job, n_writes: int) -> bool:
    """Run `job` in a copy of this process that is killed when it has written, but not put into place, its n-th file."""
    child = os.fork()
    if not child:
        flush, seen = os.fsync, []

        def fsync(descriptor: int) -> None:
            flush(descriptor)
            seen.append(descriptor)
            if len(seen) == n_writes:
                os.kill(os.getpid(), signal.SIGKILL)

        os.fsync = fsync
        try:
            code_files(job)
        except BaseException:  # noqa: BLE001 - the copy must not go on with the tests
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in {0, signal.SIGKILL}
    return status != 0


@posix_only
def test_killed_at_every_third_write_and_resumed_each_time_it_ends_with_the_same_bytes(job, content, whole):
    made = job("tué", size=Size(), title="T")
    n_kills = 0
    while killed_at(made, 3 * n_kills + 1):
        n_kills += 1
        assert n_kills < MOST_WRITES
        assert not (made.out / "run.json").exists()
        assert (made.out / NAME).exists()
        for name in set(below(made.out)) & set(whole):
            assert (made.out / name).read_bytes() == whole[name], name
    assert 3 * n_kills > len(whole)
    assert content(made.out) == whole
    assert below(made.out) == sorted([*whole, "run.json"])


def told_by(job: Job) -> str:
    """Run `job` and return what it says when it fails."""
    try:
        code_files(job)
    except UsageError as error:
        return str(error)
    return ""


def full_at(monkeypatch: pytest.MonkeyPatch, n_writes: int) -> list[int]:
    """Have the disk be full from the n-th write on; return a list that grows with each."""
    seen: list[int] = []
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        seen.append(descriptor)
        if len(seen) >= n_writes:
            raise OSError(errno.ENOSPC, "")
        flush(descriptor)

    monkeypatch.setattr("innovsoc_analysis.safe.files.os.fsync", fsync)
    return seen


def test_on_a_disk_that_is_full_at_every_second_write_each_file_is_the_old_one_or_the_new_one(
    job, study, content, whole, monkeypatch
):
    made = job("plein", size=Size(), title="T")
    changed = study / "projets" / "e.txt"
    before = changed.read_text("utf-8")
    changed.write_text("Le jardin passe.", "utf-8")
    code_files(made)
    old = content(made.out)
    changed.write_text(before, "utf-8")
    for n_writes in range(1, MOST_WRITES, 2):
        with monkeypatch.context() as patch:
            seen = full_at(patch, n_writes)
            full = told_by(made)
        if not full:
            assert n_writes - 2 <= len(seen) < n_writes
            break
        assert "disque plein" in full
        found = below(made.out)
        assert set(found) <= {*old, *whole, "run.json"}
        for name in set(found) - {"run.json"}:
            assert (made.out / name).read_bytes() in {old.get(name), whole.get(name)}, name
        if "run.json" in found:
            assert content(made.out).items() >= old.items()
    assert content(made.out) == whole
    assert n_writes > len(whole)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a file system in memory")
def test_a_disk_that_is_really_full_is_told_and_nothing_is_half_written(job, tmp_path):
    disk = tmp_path / "petit disque"
    disk.mkdir()
    mount = shutil.which("mount")
    asked = [mount or "mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)]
    if mount is None or subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a file system")
    try:
        made = Job(job("r").sources, disk / "r", job("r").codebook, size=Size(), cache=tmp_path / ".innovsoc")
        with pytest.raises(UsageError, match=r"Impossible d'écrire .* \(disque plein\)"):
            code_files(made)
        assert list(disk.rglob(".innovsoc*")) == []
        assert not (disk / "r" / "run.json").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_is_told_before_the_work(job, tmp_path):
    made = job("r")
    made.out.mkdir()
    made.out.chmod(0o500)
    with pytest.raises(UsageError, match=r"Impossible d'écrire dans .* \(accès refusé\)"):
        code_files(made)


def test_a_second_run_into_the_same_folder_is_turned_away_and_touches_nothing(job, content, whole):
    made = job("entier", size=Size(), title="T")
    folder = hold(made.out, command="topics")
    folder._thread = type("Other", (), {"is_alive": lambda _: True})()  # as if another thread of this process held it
    record = (made.out / "run.json").read_bytes()
    with pytest.raises(BusyError, match="innovsoc topics y écrit depuis le"):
        code_files(made)
    folder.release()
    assert (made.out / "run.json").read_bytes() == record
    assert content(made.out) == whole


CODING = """\
import sys
from pathlib import Path
from innovsoc_analysis.batch.coding import Job, code_files
from innovsoc_analysis.batch.plan import Size
from innovsoc_analysis.codebooks.loading import load_codebook

texts, book, out = map(Path, sys.argv[1:])
code_files(Job([texts], out, load_codebook(str(book)), workers=2, size=Size(files=4), title="T"))
"""


@posix_only
def test_killed_with_workers_that_survive_for_a_moment_it_ends_with_the_same_bytes(study, content, tmp_path):
    for number in range(16):
        (study / "paroles" / f"{number}.txt").write_text(f"Le jardin numéro {number} a un voisin.", "utf-8")
    book = tmp_path / "lieux.yaml"
    book.write_text(BOOK, "utf-8")
    whole, out = tmp_path / "entier", tmp_path / "tué"
    code_files(Job([study], whole, load_codebook(str(book)), size=Size(), title="T"))
    command = [sys.executable, "-c", CODING, str(study), str(book), str(out)]
    for n_parts in (1, 4):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            end = time.monotonic() + 60
            while len(list(out.rglob("part.json"))) < n_parts and process.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            process.kill()
        assert process.returncode == -signal.SIGKILL
        assert below(out) == [NAME]
    subprocess.run(command, check=True)
    time.sleep(1)  # what an orphan might still write
    assert content(out) == content(whole)
    assert below(out) == sorted([*content(whole), "run.json"])
