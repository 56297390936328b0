"""What the documents say is what the project does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from innovsoc_analysis.model.tables import SCHEMAS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SHELL_LINES = [
    line.partition("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def test_data_model_page_lists_exactly_the_columns_of_every_schema() -> None:
    page = (ROOT / "docs" / "data-model.md").read_text("utf-8")
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n## ")[1:]}
    assert set(sections) == {schema.name for schema in SCHEMAS}
    for schema in SCHEMAS:
        listed = dict(re.findall(r"^\| `([a-z_0-9.*]+)` \| ([a-z]+\??) \|", sections[schema.name], re.MULTILINE))
        expected = dict(schema.columns)
        if schema.open_prefix:
            expected[schema.open_prefix + "*"] = "text"
        assert listed == expected


def test_readme_links_lead_to_files() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert len(links) >= 6
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_readme_names_every_command() -> None:
    from innovsoc_analysis.cli.app import build_app

    names = {command.name for command in build_app().registered_commands} | {"codebook show", "codebook check"}
    assert {name for name in names if f"innovsoc {name}" not in README} == set()


@pytest.mark.parametrize("line", [line for line in SHELL_LINES if line.startswith(".venv/bin/innovsoc")])
def test_readme_commands_run(line: str, tmp_path: Path) -> None:
    _prepare(line, tmp_path)
    done = _run(line, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or done.stderr.strip()


def _prepare(line: str, folder: Path) -> None:
    """Put into `folder` what the lines before this one leave there; texts are few, so that it does not take minutes."""
    if "innovsoc train" in line:
        (folder / "corpus" / "gold").mkdir(parents=True)
        for path in (ROOT / "corpus" / "gold").glob("*.jsonl"):
            lines = path.read_text("utf-8").splitlines(keepends=True)[:150]
            (folder / "corpus" / "gold" / path.name).write_text("".join(lines), "utf-8")
        return
    (folder / "corpus").symlink_to(ROOT / "corpus")
    if "innovsoc report" in line:
        _run(".venv/bin/innovsoc code corpus/definitions --out results/etude", folder)
    elif "mon-etude" in line and "innovsoc init" not in line:
        _run(".venv/bin/innovsoc init mon-etude", folder)
        study = folder / "mon-etude"
        for path in sorted((ROOT / "corpus" / "definitions").glob("*.md"))[:4]:
            shutil.copy(path, study / "sources" / "definitions")
        settings = (study / "innovsoc.toml").read_text("utf-8")
        few = re.sub(r"(?m)^steps = .*", 'steps = ["ingest", "code", "report"]', settings)
        assert few != settings
        (study / "innovsoc.toml").write_text(few, "utf-8")
        if "innovsoc reproduce" in line:
            _run(".venv/bin/innovsoc run mon-etude", folder)


def _run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = line.replace(".venv/bin/innovsoc", f'"{sys.executable}" -m innovsoc_analysis')
    return subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S602


@pytest.mark.parametrize("line", [line for line in SHELL_LINES if line.startswith("make ")])
def test_readme_make_targets_exist(line: str) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    done = subprocess.run([*line.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif("CI" not in os.environ, reason="installs everything anew: only where CI is set")
def test_readme_plain_pip_lines_install(tmp_path: Path) -> None:
    folder = tmp_path / "dossier d'été"
    wanted = ("src", "corpus", "pyproject.toml", "requirements.lock", "README.md", "LICENSE", "CHANGELOG.md")
    for name in wanted:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    start = SHELL_LINES.index("python3 -m venv .venv")
    lines = [f'"{sys.executable}" -m venv .venv', *SHELL_LINES[start + 1 : start + 4]]
    assert all(line.startswith(".venv/bin/") for line in lines[1:])
    for line in lines:
        done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S602
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (folder / "results" / "demo" / "report.html").stat().st_size > 100_000


def test_lock_names_no_host_and_no_path_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert not re.search(r"(^|\s)(/|file:|-i |--index|--find|--extra)", lock)
    requirements = [entry for entry in re.split(r"\n(?=[a-z])", lock) if entry.strip()]
    assert len(requirements) > 100
    assert [entry.split()[0] for entry in requirements if "--hash=sha256:" not in entry] == []
