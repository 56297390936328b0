"""``--help`` answers at once, in French, and loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

import pytest

HEAVY = ["pandas", "numpy", "spacy", "sklearn", "matplotlib", "pydantic", "gensim", "yaml", "jinja2"]
TABLES = "segments.parquet tokens.parquet"
MATRICES = "code_document_01.csv code_document_counts.csv code_attribute.csv code_attribute_documents.csv code_code.csv"


def test_building_the_commands_imports_nothing_heavy():
    script = (
        "import sys; from innovsoc_analysis.cli.app import build_app; build_app();"
        f" print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("command", "written"),
    [
        ("ingest", ""),
        (
            "code",
            f"{TABLES} codings.xlsx codings.csv codings.parquet codes.svg codes.png to_reread.csv report.html {MATRICES}",
        ),
        ("topics", "topics.html topics.csv topics.xlsx topics.svg topics.png"),
    ],
)
def test_help_names_every_file_that_is_written(run, command, written, monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "200")
    names = {*written.split(), "documents.parquet", "sources.csv", "run.json"}
    outcome = run(command, "--help")
    assert outcome.status == 0
    for name in names:
        assert name in outcome.stdout, name
    (tmp_path / "textes").mkdir()
    for number, text in enumerate(["Le jardin du quartier.", "Un jardin.", "Un loyer.", "Le loyer."]):
        (tmp_path / "textes" / f"{number}.txt").write_text(text, "utf-8")
    options = ["--n-topics", "2"] if command == "topics" else []
    assert run(command, tmp_path / "textes", "--out", tmp_path / "r", *options).status == 0
    assert {path.name for path in (tmp_path / "r").rglob("*") if path.is_file()} == names


@pytest.mark.parametrize("arguments", ["--help", "-h", "code --help", "codebook -h", "codebook check --help"])
def test_help_speaks_french(run, arguments):
    outcome = run(*arguments.split())
    assert outcome.status == 0
    assert outcome.stderr == ""
    assert "Afficher cette aide." in outcome.stdout
    for word in ("Show this message", "required", "default:", "Commands"):
        assert word not in outcome.stdout


def test_all_commands_are_listed(run):
    shown = run("--help").stdout
    for name in ("ingest", "code", "topics", "concordance", "codebook"):
        assert f" {name} " in shown


def test_version(run):
    outcome = run("--version")
    assert (outcome.status, outcome.stdout, outcome.stderr) == (
        0,
        f"innovsoc_analysis {metadata.version('innovsoc_analysis')}\n",
        "",
    )
