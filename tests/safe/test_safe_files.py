"""Files are read within bounds and replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.model.tables import SOURCES
from innovsoc_analysis.safe import files
from innovsoc_analysis.safe.files import atomic_write, make_private, read_file, write_parquet
from innovsoc_analysis.safe.limits import Limits

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def refusal(path: Path, limits: Limits = Limits()) -> RefusedFileError:  # noqa: B008 - frozen
    with pytest.raises(RefusedFileError) as caught:
        read_file(path, limits=limits)
    return caught.value


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert read_file(tmp_path / "a.txt", limits=Limits(file_bytes=5)) == b"12345"
    assert refusal(tmp_path / "a.txt", Limits(file_bytes=4)).code == "too-large"


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent.txt").code == "unreadable"
    assert "introuvable" in str(refusal(tmp_path / "absent.txt"))
    assert refusal(tmp_path).code == "not-a-file"


@posix_only
def test_a_pipe_or_a_device_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.txt")
    assert refusal(tmp_path / "tube.txt").code == "not-a-file"
    assert refusal(Path("/dev/zero")).code == "not-a-file"


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all")
def test_a_file_without_rights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)
    assert "accès refusé" in str(refusal(tmp_path / "a.txt"))


def test_writing_makes_folders_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "résultats" / "2024" / "a.txt"
    atomic_write(path, b"un")
    atomic_write(path, b"")
    assert path.read_bytes() == b""
    assert [file.name for file in path.parent.iterdir()] == ["a.txt"]


@posix_only
def test_rights_follow_the_mask_then_the_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    before = os.umask(0o027)
    try:
        atomic_write(path, b"un")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o600)
        atomic_write(path, b"deux")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def full_disk(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupt(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


STEPS = {"fsync": (os, "fsync"), "chmod": (Path, "chmod"), "replace": (Path, "replace")}


@pytest.mark.parametrize("step", STEPS)
@settings(max_examples=10, deadline=None)
@given(old=st.none() | st.binary(max_size=30), new=st.binary(max_size=30))
def test_a_full_disk_leaves_the_old_file_and_nothing_else(step: str, old: bytes | None, new: bytes) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        path = Path(name, "a.txt")
        if old is not None:
            path.write_bytes(old)
        patch.setattr(*STEPS[step], full_disk)
        with pytest.raises(UsageError, match=r"disque plein.*rien n'a été modifié"):
            atomic_write(path, new)
        assert {file.name: file.read_bytes() for file in Path(name).iterdir()} == (
            {} if old is None else {"a.txt": old}
        )


@pytest.mark.parametrize("step", STEPS)
def test_an_interruption_leaves_the_old_file_and_nothing_else(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"ancien")
    monkeypatch.setattr(*STEPS[step], interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(tmp_path / "a.txt", b"nouveau")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"ancien"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a bound on the size of files")
def test_a_write_that_stops_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.txt"
    atomic_write(path, b"ancien")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(UsageError, match="rien n'a été modifié"):
            atomic_write(path, bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"ancien"]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"x")
    (tmp_path / "dossier").mkdir()
    with pytest.raises(UsageError, match=r"fichier.*choisissez un autre dossier"):
        atomic_write(tmp_path / "fichier" / "a.txt", b"y")
    with pytest.raises(UsageError, match="un dossier porte ce nom"):
        atomic_write(tmp_path / "dossier", b"y")
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["dossier", "fichier"]


def test_the_same_rows_give_the_same_parquet(tmp_path: Path) -> None:
    rows = pd.DataFrame([{"source": "a.txt", "n_bytes": 3}, {"source": "é.txt", "n_bytes": 0, "message": "abîmé"}])
    write_parquet(rows, SOURCES, tmp_path / "un.parquet")
    write_parquet(SOURCES.conform(rows).set_index(pd.Index([9, 4])), SOURCES, tmp_path / "deux.parquet")
    assert (tmp_path / "un.parquet").read_bytes() == (tmp_path / "deux.parquet").read_bytes()
    back = pq.read_table(tmp_path / "un.parquet").to_pydict()
    assert (back["source"], back["n_bytes"], back["message"]) == (["a.txt", "é.txt"], [3, 0], [None, "abîmé"])


@posix_only
def test_a_private_folder_is_never_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    folder = tmp_path / "a" / "privé"
    write = files.atomic_write

    def look_then_write(path: Path, data: bytes) -> None:
        seen.append(stat.S_IMODE(folder.stat().st_mode))
        write(path, data)

    monkeypatch.setattr(files, "atomic_write", look_then_write)
    before = os.umask(0)
    try:
        make_private(folder)
    finally:
        os.umask(before)
    assert (seen, stat.S_IMODE(folder.stat().st_mode)) == ([0o700], 0o700)
    assert (folder / ".gitignore").read_bytes() == b"*\n"


@posix_only
def test_a_folder_that_is_there_keeps_its_mode_and_its_content(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path)
    assert (stat.S_IMODE(tmp_path.stat().st_mode), list(tmp_path.iterdir())) == (0o755, [])


def test_a_private_folder_that_git_would_take_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "atomic_write", full_disk)
    with pytest.raises(OSError, match="No space"):
        make_private(tmp_path / "privé")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_a_private_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "privé").touch()
    with pytest.raises(UsageError, match="un fichier porte ce nom"):
        make_private(tmp_path / "privé")
