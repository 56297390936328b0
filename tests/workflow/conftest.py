"""A small study: eight texts on two subjects, a codebook of its own, every step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from innovsoc_analysis.workflow.folder import init_study
from innovsoc_analysis.workflow.running import run_study

GARDEN = "Le jardin donne des légumes au quartier. Les voisins arrosent le jardin et cueillent des légumes. "
OFFICE = "Le guichet distribue des formulaires aux familles. Les agents du guichet lisent les formulaires. "
BOOK = """\
version: "1"
codes:
  - {id: jardin, libelle: Jardin, definition: Un lieu., indicateurs: {lemmes: [jardin]}}
  - {id: guichet, libelle: Guichet, definition: Un lieu., indicateurs: {lemmes: [guichet]}}
"""


def change(folder: Path, old: str, new: str) -> None:
    """Change a setting."""
    path = folder / "innovsoc.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def setting():
    return change


@pytest.fixture(scope="session")
def unmade(tmp_path_factory) -> Path:
    """A study that has not been run."""
    folder = tmp_path_factory.mktemp("atelier") / "mon étude"
    init_study(folder, genres=["projets", "paroles"])
    for n in range(4):
        (folder / "sources" / "projets" / f"jardin {n}.txt").write_text(GARDEN * 3, "utf-8")
        (folder / "sources" / "paroles" / f"guichet {n}.txt").write_text(OFFICE * 3, "utf-8")
    (folder / "livre.yaml").write_text(BOOK, "utf-8")
    change(folder, 'codebook = "bissib"', 'codebook = "livre.yaml"')
    change(folder, "n_topics = 8", "n_topics = 2")
    change(folder, "n_classes = 6", "n_classes = 2")
    return folder


@pytest.fixture(scope="session")
def made(unmade, tmp_path_factory) -> Path:
    """A study that has been run; tests copy it."""
    folder = tmp_path_factory.mktemp("fait") / "étude faite"
    shutil.copytree(unmade, folder)
    run_study(folder)
    return folder


@pytest.fixture
def study(made, tmp_path) -> Path:
    """A copy of the study that has been run, in a folder of its own."""
    return shutil.copytree(made, tmp_path / "copie d'été")


@pytest.fixture
def fresh(unmade, tmp_path) -> Path:
    """A copy of the study that has not been run."""
    return shutil.copytree(unmade, tmp_path / "neuve")
