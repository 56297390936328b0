"""A small study of seven files, one of them damaged, and a job that cuts it into many partitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from innovsoc_analysis.batch.coding import Job
from innovsoc_analysis.batch.plan import Size
from innovsoc_analysis.codebooks.loading import parse_codebook

BOOK = b"""\
version: "1"
codes:
  - {id: jardin, libelle: Jardin, definition: Un lieu., indicateurs: {lemmes: [jardin]}}
  - {id: voisin, libelle: Voisin, definition: Quelqu'un., indicateurs: {lemmes: [voisin]}}
  - {id: loyer, libelle: Loyer, definition: Une somme., indicateurs: {lemmes: [loyer]}}
"""
TEXTS = {
    "paroles/a.txt": "Ana : Le jardin accueille les voisins.\n\nLuc : Le voisin plante. Le jardin est grand.",
    "paroles/b.txt": "Un jardin, deux jardins, trois voisins.",
    "projets/c.txt": "Le loyer baisse. Les voisins paient un loyer.",
    "projets/d.csv": "texte,lieu\nUn jardin ouvre.,Mons\nRien ici.,Liège\n",
    "projets/e.txt": "Le temps passe.",
    "projets/f.docx": "PK\x03\x04 damaged",
    "projets/g.txt": "Encore un loyer pour un voisin.",
}
METADATA = "file,ville\na.txt,Namur\nc.txt,Mons\nabsent.txt,Arlon\n"


@pytest.fixture(scope="session")
def book():
    return parse_codebook(BOOK, name="lieux", where="lieux.yaml")


@pytest.fixture
def study(tmp_path) -> Path:
    folder = tmp_path / "Étude" / "textes"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "metadata.csv").write_text(METADATA, "utf-8")
    return folder


@pytest.fixture
def job(study, book):
    """Return what makes the job of coding the study into a folder of that name, beside the study."""

    def make(name: str, **options: object) -> Job:
        options.setdefault("size", Size(files=2))
        return Job([study], study.parent / name, book, **options)

    return make


@pytest.fixture
def content():
    """Return what gives the bytes of all files below a folder, but for the record, which tells the time."""

    def read(folder: Path) -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    return read


@pytest.fixture
def spying(tmp_path, monkeypatch):
    """Have workers write down the files that they are given, and die of those that hold a poison.

    Returns what reads the list.
    """
    log = tmp_path / "log"
    log.touch()
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "spying.py").write_text(
        "import os, signal\n"
        "from innovsoc_analysis.batch import work\n\n\n"
        "def answer(data, *, files, **options):\n"
        f"    with open({str(log)!r}, 'a') as log:\n"
        "        print(*(file['name'] for file in files), file=log)\n"
        "    if b'POISON' in data:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    if b'BUG' in data:\n"
        "        work.write_part = None\n"
        "    return work.answer(data, files=files, **options)\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(modules))
    monkeypatch.setattr("innovsoc_analysis.batch.running.TARGET", "spying:answer")
    return lambda: [line.split() for line in log.read_text("utf-8").splitlines()]
