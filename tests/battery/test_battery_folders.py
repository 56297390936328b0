"""Odd things in folders: pipes, links, names of other systems; each is listed, the rest is read."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata
from pathlib import Path

import pytest
from battery_builders import SENTENCE, xlsx, zipped

from innovsoc_analysis.cli import _run
from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.model.errors import NothingToReadError, UsageError
from innovsoc_analysis.study.corpus import read_corpus

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


def became(folder: Path) -> dict[str, str]:
    return {one.source: one.code or one.outcome for one in read_sources([folder]).outcomes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sources"
    made.mkdir()
    (made / "z.txt").write_text(SENTENCE, "utf-8")
    return made


@posix
def test_pipes_sockets_and_devices_are_refused_without_waiting(folder: Path) -> None:
    os.mkfifo(folder / "tuyau.txt")
    with socket.socket(socket.AF_UNIX) as server:
        place = os.open(folder, os.O_RDONLY)
        try:
            server.bind(f"/proc/self/fd/{place}/prise.txt" if sys.platform == "linux" else str(folder / "prise.txt"))
        finally:
            os.close(place)
        assert became(folder) == {"tuyau.txt": "not-a-file", "prise.txt": "unreadable", "z.txt": "accepté"}


@posix
def test_a_device_named_directly_is_refused(folder: Path) -> None:
    (outcome,) = read_sources([Path("/dev/null")]).outcomes
    assert outcome.refused
    (folder / "zeros.txt").symlink_to("/dev/zero")
    assert became(folder) == {"zeros.txt": "link", "z.txt": "accepté"}


@posix
def test_links_are_never_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Un secret.", "utf-8")
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "b.txt").write_text("Ailleurs.", "utf-8")
    for name, target in {"mort": "absent.txt", "dehors": "../secret.txt", "lui-même": "lui-même.txt"}.items():
        (folder / f"{name}.txt").symlink_to(target)
    (folder / "dossier").symlink_to("../ailleurs")
    (folder / "boucle").symlink_to(".")
    found = became(folder)
    assert found.pop("z.txt") == "accepté"
    assert set(found.values()) == {"link"}
    assert len(found) == 5


def test_empty_folders_hold_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(NothingToReadError):
        read_corpus(tmp_path)


def test_a_thousand_folders_one_in_the_other_are_walked(folder: Path) -> None:
    inner = folder
    for _ in range(1_200):
        inner = inner / "d"
        inner.mkdir()
    (inner / "fond.txt").write_text(SENTENCE, "utf-8")
    try:
        assert [name.rpartition("/")[2] for name in became(folder)] == ["fond.txt", "z.txt"]
    finally:  # what tidies up after tests would not get to the bottom of it
        (inner / "fond.txt").unlink()
        while inner != folder:
            inner.rmdir()
            inner = inner.parent


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all")
def test_what_one_may_not_open_is_refused_and_the_rest_is_read(folder: Path) -> None:
    (folder / "a.txt").write_text(SENTENCE, "utf-8")
    (folder / "a.txt").chmod(0)
    (folder / "b").mkdir()
    (folder / "b").chmod(0)
    assert became(folder) == {"a.txt": "unreadable", "b": "unreadable", "z.txt": "accepté"}


def test_a_folder_that_cannot_be_listed_is_refused_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b").mkdir()
    listed = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "b":
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert became(folder) == {"b": "unreadable", "z.txt": "accepté"}
    with pytest.raises(UsageError):
        read_sources([folder / "b"])


NAMES = [
    "retour\nligne.txt",
    "sonnerie\x07\x1b[31m.txt",
    "<script>alert(1)<script>.txt",
    "\u202etxt.exe.txt",
    "jardin-🌱.txt",
    "حي.txt",
    "-rf.txt",
    "=cmd()|calc.txt",
    "CON.txt",
    "point..txt",
    "a" * 240 + ".txt",
    "espace .txt",
    "%00%2e%2e.txt",
    "$(touch x).txt",
    "'; drop.txt",
]


@posix
def test_names_that_trap_are_only_names(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_text(SENTENCE, "utf-8")
    assert became(tmp_path) == {unicodedata.normalize("NFC", name): "accepté" for name in NAMES}


@posix
def test_names_that_no_encoding_reads_are_shown_with_marks(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xe9t\xe9.txt")).write_text(SENTENCE, "utf-8")
    except OSError:
        pytest.skip("this disk takes UTF-8 alone")
    assert became(folder) == {"\ufffdt\ufffd.txt": "accepté", "z.txt": "accepté"}


def test_decomposed_names_and_their_twins_are_both_read(folder: Path) -> None:
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "été.txt")).write_text(SENTENCE, "utf-8")
    documents = read_corpus(folder).documents
    assert set(documents["source"]) == {"été.txt", "été (2).txt", "z.txt"}
    assert documents["doc_id"].is_unique


def test_a_metadata_workbook_that_is_a_trap_is_one_sentence(folder: Path) -> None:
    (folder / "metadata.xlsx").write_bytes(b"PK\x03\x04" + bytes(5_000))
    with pytest.raises(UsageError, match=r"metadata\.xlsx"):
        read_sources([folder])
    (folder / "metadata.xlsx").write_bytes(zipped({"xl/workbook.xml": bytes(30_000_000)}))
    with pytest.raises(UsageError, match=r"metadata\.xlsx"):
        read_sources([folder])
    (folder / "metadata.xlsx").write_bytes(xlsx([]))
    with pytest.raises(UsageError, match=r"metadata\.xlsx"):
        read_sources([folder])


@posix
def test_the_command_lists_what_it_refuses_and_writes_only_where_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "a.txt").write_text(SENTENCE, "utf-8")
    (sources / "sonnerie\x07\x1b[31m\nsuite.pdf").write_bytes(b"%PDF-1.7\nsecret")
    (sources / "<b onclick=x>.pdf").write_bytes(b"%PDF-1.7\nsecret")
    (sources / "\u202efdp.exe\u2066.pdf").write_bytes(b"%PDF-1.7\nsecret")
    (sources / "=HYPERLINK(0).zip").write_bytes(zipped({"../../dehors.txt": SENTENCE}))
    before = sorted(tmp_path.rglob("*"))
    status = _run(["ingest", str(sources), "--out", str(tmp_path / "out")])
    said = "".join(capsys.readouterr())
    assert status == 3
    assert "Traceback" not in said
    assert "secret" not in said
    assert not {"\x1b", "\x07", "\u202e", "\u2066"} & set(said)
    assert not any(line.startswith("suite") for line in said.splitlines())
    assert "  sonnerie��[31m�suite.pdf : " in said
    written = [path for path in sorted(tmp_path.rglob("*")) if path not in before]
    assert all(tmp_path / "out" in {path, *path.parents} for path in written)
    table = (tmp_path / "out" / "sources.csv").read_text("utf-8")
    assert "'=HYPERLINK(0).zip/../../dehors.txt" in table
    assert ",refusé,zip-path," in table
