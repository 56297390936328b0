"""Run ``innovsoc`` in this process, and one small study coded twice into a folder inside its sources."""

from __future__ import annotations

import contextlib
import io
import socket
from pathlib import Path
from typing import NamedTuple

import pytest

from innovsoc_analysis.cli import _run

CANARY = "Le canari violet chante dans la cave"
GARDEN = f"Le jardin partagé répond à un besoin social du quartier. {CANARY}."
TALK = "Ana : Les habitants décident ensemble.\n\nLuc : On n'a aucun partenaire.\n\nAna : Notre service répond à un besoin social."
BROKEN_DOCX = b"PK\x03\x04 not a document"


class Outcome(NamedTuple):
    status: int
    stdout: str
    stderr: str

    @property
    def sentence(self) -> str:
        """The one line by which a failure is said; there is no other of the kind, and nothing after it."""
        lines = self.stderr.splitlines()
        assert [line.startswith("innovsoc : ") for line in lines].count(True) == 1, self.stderr
        assert lines[-1].startswith("innovsoc : "), self.stderr
        return lines[-1].removeprefix("innovsoc : ")


class Coded(NamedTuple):
    outcomes: list[Outcome]
    sources: Path
    out: Path
    files: list[dict[str, bytes]]
    connections: list[object]


def innovsoc(*arguments: object) -> Outcome:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = _run([str(argument) for argument in arguments])
    return Outcome(status, out.getvalue(), err.getvalue())


@pytest.fixture
def run():
    return innovsoc


@pytest.fixture(scope="session")
def sources(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("étude") / "Été à Liège, entretiens & fiches"
    (folder / "projets").mkdir(parents=True)
    (folder / "paroles").mkdir()
    (folder / "projets" / "l’été.txt").write_text(GARDEN, "utf-8")
    (folder / "paroles" / "réunion n° 1.md").write_text(TALK, "utf-8")
    return folder


@pytest.fixture(scope="session")
def coded(sources) -> Coded:
    """The study coded twice, its results inside its sources, with no way to the network."""
    connections: list[object] = []

    def refuse(_: object, *address: object) -> None:
        connections.append(address)
        raise OSError

    out = sources / "résultats"
    outcomes, files = [], []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        for _ in range(2):
            outcomes.append(innovsoc("code", sources, "--out", out, "--force"))
            written = [path for path in out.rglob("*") if path.is_file()]
            files.append({path.relative_to(out).as_posix(): path.read_bytes() for path in written})
        guarded = list(connections)
        with pytest.raises(OSError):  # noqa: PT011 - the guard does guard
            socket.create_connection(("127.0.0.1", 9))
        assert len(connections) == 1
    return Coded(outcomes, sources, out, files, guarded)
