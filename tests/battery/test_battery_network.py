"""No command connects to anything: each is run with the network closed and watched, programs that it starts included."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import typer
from battery_formats import FORMATS, fitting

from innovsoc_analysis.cli.app import build_app

TEXTS = (
    "Le jardin partagé répond à un besoin social du quartier. Les habitants décident ensemble de ce qu'ils sèment.",
    "Notre épicerie solidaire propose des prix doux. Les bénévoles ouvrent le samedi, avec le soutien de la commune.",
    "L'atelier vélo forme des jeunes sans emploi. Il a trouvé des partenaires et une subvention pour trois ans.",
    "La crèche coopérative accueille des familles du quartier. Les parents y décident avec les professionnelles.",
    "Mme Nadia Kessab a lancé le four à pain commun, qui rassemble les voisins. Les habitants l'ont construit, la ville a prêté le terrain.",
    "La maison de santé invente une autre façon de soigner. Les patients et les soignants décident ensemble.",
)
BOOK = """
nom: essai
version: "1"
codes:
  - {id: besoin, libelle: "Besoin", definition: "Ce qui manque.", indicateurs: {lemmes: [manquer]}}
  - {id: lieu, libelle: "Lieu", definition: "Où cela se passe.", indicateurs: {lemmes: [atelier]}}
"""
# what each command is given, in this order, in the folder of the study
TRIED: dict[str, list[list[str]]] = {
    "init": [["init", "étude", "--genres", "projets"]],
    "doctor": [["doctor", "étude"]],
    "ingest": [["ingest", "textes", "formats", "--out", "lus"]],
    "code": [["code", "textes", "--out", "codes", "--workers", "2"]],
    "topics": [["topics", "textes", "--out", "themes", "--n-topics", "2"]],
    "lexicon": [["lexicon", "textes", "--out", "mots"]],
    "report": [["report", "codes", "--out", "rapport"]],
    "concordance": [["concordance", "textes", "habitant", "--out", "habitant.html"]],
    "inclusive": [["inclusive", "textes", "--out", "formes.csv"]],
    "pseudonymise": [
        ["pseudonymise", "textes", "--propose", "prive/noms.csv"],
        ["pseudonymise", "textes", "--table", "prive/noms.csv", "--out", "copies"],
        ["pseudonymise", "--check", "copies", "--key", "prive/clef.json"],
    ],
    "train": [["train", "etalon", "--codebook", "livre.yaml", "--out", "essai.model"]],
    "evaluate": [["evaluate", "etalon", "--codebook", "livre.yaml", "--model", "essai.model", "--out", "mesures"]],
    "agreement": [["agreement", "--gold", "etalon", "--codebook", "livre.yaml", "--out", "accord"]],
    "codebook show": [["codebook", "show", "bissib"]],
    "codebook check": [["codebook", "check", "livre.yaml"]],
    # their other steps are those of the commands above
    "run": [["run", "étude", "--only", "ingest"]],
    "reproduce": [["reproduce", "lus"]],
}

# Python tells before it connects, asks for an address or sends (PEP 578); the parent says where to write that down
HOOK = """
import os, sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}:
        family = getattr(arguments[0], "family", None)
        if family is None or int(family) != 1:  # AF_UNIX stays within the machine
            place = os.open(os.environ["WATCHED_INTO"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(place, (event + "\\n").encode())
            os.close(place)
            raise PermissionError(event)
sys.addaudithook(refuse)
"""
LEAVING = ["unshare", "--map-root-user", "--net"]
CALLS = "connect,sendto,sendmsg,sendmmsg"


@dataclass(frozen=True)
class Tried:
    """How a command ended, and what it tried to reach."""

    status: int
    said: str
    connections: list[str]


class Watch:
    """Runs commands where there is no network, as far as the machine lets us, and sees what they try.

    Python is always watched, in all processes. Where ``unshare`` may be used, there is no network at all; where
    ``strace`` may be used, the calls of every process to the system are seen, of native code too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._python = folder / "python.log"
        self._calls = folder / "calls.log"
        (folder / "sitecustomize.py").write_text(HOOK, "utf-8")
        self.closed = _works(LEAVING)
        # stopped at these calls alone, a command takes hardly longer
        self._tracing = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", f"trace={CALLS}", "-o", str(self._calls)]
        self.traced = _works(self._tracing)

    def run(self, command: list[str], *, folder: Path) -> Tried:
        for log in (self._python, self._calls):
            log.unlink(missing_ok=True)
        closing = LEAVING if self.closed else []
        tracing = self._tracing if self.traced else []
        environment = {**os.environ, "PYTHONPATH": str(self._folder), "WATCHED_INTO": str(self._python)}
        done = subprocess.run(
            [*closing, *tracing, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        return Tried(done.returncode, done.stdout + done.stderr, [*self._seen_by_python(), *self._seen_by_system()])

    def _seen_by_python(self) -> list[str]:
        return self._python.read_text("utf-8").splitlines() if self._python.exists() else []

    def _seen_by_system(self) -> list[str]:
        calls = self._calls.read_text("utf-8", "replace").splitlines() if self._calls.exists() else []
        return [call for call in calls if "sa_family=AF_INET" in call]


def _works(prefix: list[str]) -> bool:
    if sys.platform != "linux" or shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0


def commands_of(group: click.Command, name: str = "") -> Iterator[str]:
    """Yield the names of all commands of the application."""
    below = getattr(group, "commands", None)
    if below is None:
        yield name
        return
    for one, command in below.items():
        yield from commands_of(command, f"{name} {one}".strip())


def make_study(folder: Path) -> None:
    (folder / "textes").mkdir(parents=True)
    for number, text in enumerate(TEXTS):
        (folder / "textes" / f"{number}.txt").write_text(text, "utf-8")
    (folder / "formats").mkdir()
    for number, (name, (suffix, make)) in enumerate(FORMATS.items()):
        (folder / "formats" / f"{number}.{suffix}").write_bytes(make(fitting(name, [TEXTS[number % len(TEXTS)]])))
    (folder / "livre.yaml").write_text(BOOK, "utf-8")
    (folder / "etalon").mkdir()
    lines = [json.dumps(passage(number), ensure_ascii=False) for number in range(60)]
    (folder / "etalon" / "essai.gold.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def passage(number: int) -> dict[str, object]:
    """Return a passage of which two people have coded three sentences."""
    opening = ["Ici", "Cet hiver", "Au village", "Chez nous", "Près du canal"][number % 5]
    said = {
        "besoin": f"{opening}, les familles manquent de {('crèches', 'logements', 'visites')[number % 3]}",
        "lieu": f"{opening}, un atelier {('ouvre', 'pousse')[number % 2]} dans la gare {number}",
        "": f"{opening}, il pleut depuis le {number}",
    }
    sentences = [
        {"text": f"{text}.", "codes": {code: text} if code else {}, "first": [code] if code else [], "second": [code] if code and number % 7 else []}
        for code, text in said.items()
    ]  # fmt: skip
    return {
        "passage": str(number),
        "split": ("train", "train", "train", "dev", "test")[number % 5],
        "sentences": sentences,
    }


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    return Watch(tmp_path_factory.mktemp("watch"))


@pytest.fixture(scope="module")
def tried(watch: Watch, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Tried]]:
    folder = tmp_path_factory.mktemp("study")
    make_study(folder)
    found: dict[str, list[Tried]] = {}
    for name, calls in TRIED.items():
        found[name] = [watch.run([sys.executable, "-m", "innovsoc_analysis", *one], folder=folder) for one in calls]
        if name == "init":
            for text in (folder / "textes").iterdir():
                shutil.copy(text, folder / "étude" / "sources" / "projets")
    return found


def test_the_watch_sees_connections_of_python_and_of_programs(watch: Watch, tmp_path: Path) -> None:
    connecting = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
    python = watch.run([sys.executable, "-c", connecting], folder=tmp_path)
    assert python.status != 0
    assert any("socket." in one for one in python.connections)
    below = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {connecting!r}])"
    assert watch.run([sys.executable, "-c", below], folder=tmp_path).connections
    assert watch.run([sys.executable, "-c", "pass"], folder=tmp_path).connections == []
    if watch.traced and shutil.which("bash"):
        program = watch.run(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"], folder=tmp_path)
        assert [call for call in program.connections if "connect(" in call and "127.0.0.1" in call]


def test_where_it_can_be_closed_the_network_is_closed(watch: Watch, tmp_path: Path) -> None:
    if not watch.closed:
        pytest.skip("this machine does not let us leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        reaching = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})))"
        asking = [sys.executable, "-c", reaching]
        inside = subprocess.run([*LEAVING, *asking], capture_output=True, text=True, check=True, cwd=tmp_path)
        outside = subprocess.run(asking, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert outside.stdout.strip() == "0"
    assert inside.stdout.strip() != "0"


def test_every_command_there_is_is_tried() -> None:
    assert set(TRIED) == set(commands_of(typer.main.get_command(build_app())))
    assert all(call[: len(name.split())] == name.split() for name, calls in TRIED.items() for call in calls)


@pytest.mark.parametrize("name", TRIED)
def test_a_command_does_its_work_and_connects_to_nothing(name: str, tried: dict[str, list[Tried]]) -> None:
    for one in tried[name]:
        assert one.status == 0, one.said
        assert one.connections == []
