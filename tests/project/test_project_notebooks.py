"""Notebooks call the public names only, say what they ask and conclude, and give the key figures they store."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = [path for path in sorted(FOLDER.glob("[0-9][0-9]_*.ipynb")) if re.fullmatch(r"\w+", path.stem)]
ALLOWED = {"import innovsoc_analysis as isa", "import pandas as pd", "import tempfile", "from pathlib import Path"}
NO_ANALYSIS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
LONGEST_CELL = 12
FEWEST_FIGURES, MOST_FIGURES = 3, 12
FRENCH = {"le", "la", "les", "des", "une", "est", "et", "que", "de", "qui", "dans", "pas", "du", "ce", "à"}
ENGLISH = {"the", "and", "of", "is", "to", "that", "with", "are", "this", "by"}


@pytest.fixture(scope="module")
def executer() -> Any:
    spec = importlib.util.spec_from_file_location("executer", FOLDER / "executer.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["executer"] = module
    spec.loader.exec_module(module)
    return module


def _cells(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def _only_sets_constants(source: str) -> bool:
    return all(isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) for node in ast.parse(source).body)


of_each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# the first one is to be filled in: it has parameters that show nothing, and no study of its own to conclude
of_each_study = pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if not path.stem.startswith("00_")], ids=lambda path: path.stem
)


@of_each_notebook
def test_code_cells_are_short_and_leave_the_analysis_to_the_package(path: Path) -> None:
    for cell in _cells(path, "code"):
        assert len(cell.source.splitlines()) <= LONGEST_CELL, cell.source
        nodes = list(ast.walk(ast.parse(cell.source)))
        imports = {ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)}
        assert imports <= ALLOWED, imports - ALLOWED
        assert [type(node).__name__ for node in nodes if isinstance(node, NO_ANALYSIS)] == [], cell.source
        private = [node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr.startswith("_")]
        assert private == [], cell.source


@of_each_notebook
def test_every_code_cell_shows_something_and_no_warning(path: Path) -> None:
    for cell in _cells(path, "code"):
        assert cell.outputs or _only_sets_constants(cell.source), cell.source
        assert [output for output in cell.outputs if output.get("name") == "stderr"] == [], cell.source


@of_each_notebook
def test_key_figures_are_marked(path: Path) -> None:
    marked = [cell for cell in _cells(path, "code") if "chiffres" in cell.metadata.get("tags", ())]
    assert FEWEST_FIGURES <= len(marked) <= MOST_FIGURES


@of_each_notebook
def test_prose_is_french(path: Path) -> None:
    for cell in _cells(path, "markdown"):
        words = re.findall(r"\w+", re.sub(r"`[^`]*`", "", cell.source).lower())
        french, english = (sum(word in known for word in words) for known in (FRENCH, ENGLISH))
        assert len(words) < 8 or french > english, cell.source


@of_each_study
def test_it_starts_with_its_question_and_ends_with_what_can_and_cannot_be_concluded(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == cells[-1].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert "?" in cells[0].source
    headings = [line for cell in cells for line in cell.get("source", "").splitlines() if line.startswith("## ")]
    assert "peut conclure" in headings[-1]
    assert "ne peut pas" in headings[-1]
    assert re.search(r"ne se conclut pas|ne peut pas conclure", cells[-1].source)


@pytest.mark.filterwarnings("ignore")  # the kernel's own
@of_each_notebook
def test_it_runs_and_gives_its_key_figures(path: Path, executer: Any) -> None:
    assert [str(change) for change in executer.run_notebook(path).changes] == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a notebook of which the second cell holds a key figure and the third a figure that does not matter."""
    figure = nbformat.v4.new_code_cell("print('Part :', part)", metadata={"tags": ["chiffres"]})
    figure.outputs = [nbformat.v4.new_output("stream", text="Part : 3\n")]
    other = nbformat.v4.new_code_cell("part + 1")
    other.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "99"})]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("part = 3"), figure, other])
    path = tmp_path / "essai.ipynb"
    nbformat.write(notebook, path)
    return path


@pytest.mark.filterwarnings("ignore")
def test_an_unchanged_figure_passes_and_other_outputs_are_written_anew(small: Path, executer: Any, capsys: Any) -> None:
    assert executer.main([str(small)]) == 0
    assert nbformat.read(small, 4).cells[2].outputs[0].data["text/plain"] == "4"
    said = capsys.readouterr().out
    assert re.search(r"essai\s+\d+ s", said)
    assert said.endswith("Les chiffres clés sont ceux qui étaient enregistrés.\n")
    first = small.read_bytes()
    assert executer.main([str(small)]) == 0
    assert small.read_bytes() == first


def test_the_name_that_pandas_draws_for_a_styled_table_is_not_stored(executer: Any) -> None:
    def of(name: str) -> Any:
        html = f'<style>#T_{name}_row0_col0 {{color: red}}</style><table id="T_{name}"><td id="T_{name}_row0_col0">'
        cell = nbformat.v4.new_code_cell("", id="a")
        cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": html})]
        return nbformat.v4.new_notebook(cells=[cell])

    one, other = of("0a1b2"), of("ff93c")
    executer.tidy(one)
    executer.tidy(other)
    assert one == other
    assert '<td id="T_00101_row0_col0">' in one.cells[0].outputs[0].data["text/html"]


@pytest.mark.filterwarnings("ignore")
def test_a_changed_figure_is_named_and_refused_until_it_is_accepted(small: Path, executer: Any, capsys: Any) -> None:
    small.write_text(small.read_text("utf-8").replace("part = 3", "part = 5"), "utf-8")
    before = small.read_bytes()
    assert executer.main([str(small)]) == 1
    said = capsys.readouterr().out
    assert "essai.ipynb, cellule 2, « print('Part :', part) » : Part : 3 → Part : 5" in said
    assert small.read_bytes() == before
    assert executer.main([str(small), "--accept"]) == 0
    assert executer.main([str(small)]) == 0


@pytest.mark.filterwarnings("ignore")
def test_a_cell_that_fails_is_said_and_nothing_is_written(small: Path, executer: Any, capsys: Any) -> None:
    small.write_text(small.read_text("utf-8").replace("part = 3", "part = 1 / 0"), "utf-8")
    before = small.read_bytes()
    assert executer.main([str(small)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert small.read_bytes() == before


@pytest.mark.filterwarnings("ignore")
def test_copies_that_someone_made_of_a_notebook_are_left_alone_and_named(
    small: Path, executer: Any, capsys: Any, monkeypatch: Any
) -> None:
    own = [small.with_name(name) for name in ("00_mon_corpus-Copy1.ipynb", "1_essai.ipynb", "mon_corpus.ipynb")]
    for path in own:
        path.write_text("not even a notebook", "utf-8")
    ours = small.rename(small.with_name("01_essai.ipynb"))
    monkeypatch.setattr(executer, "_HERE", small.parent)
    assert executer.notebooks_of(small.parent) == ([ours], own)
    assert executer.main([]) == 0
    said = capsys.readouterr().out
    assert (
        "Laissés de côté, car ils ne sont pas du projet : 00_mon_corpus-Copy1.ipynb, 1_essai.ipynb, mon_corpus.ipynb"
        in said
    )
    assert [path.read_text("utf-8") for path in own] == ["not even a notebook"] * 3


def test_the_notebooks_of_the_project_are_those_that_are_checked_and_numbered_without_a_gap(executer: Any) -> None:
    assert executer.notebooks_of(FOLDER)[0] == NOTEBOOKS
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{number:02}" for number in range(len(NOTEBOOKS))]
    assert len(NOTEBOOKS) >= 8


def test_tables_are_compared_by_what_is_read_in_them(executer: Any) -> None:
    def shown(html: str) -> Any:
        output = nbformat.v4.new_output("display_data", data={"text/html": html, "text/plain": "<Styler at 0x7f10>"})
        return nbformat.v4.new_code_cell("", outputs=[output], metadata={"tags": ["chiffres"]})

    old = shown("<style>#T_1 {}</style><table id='T_1'><tr><th>mot</th></tr><tr><td>l&#x27;eau</td></tr></table>")
    same = shown("<table id='T_2'>\n<tr><th>mot</th></tr> <tr><td>l'eau</td></tr></table>")
    assert executer.figures(old) == executer.figures(same) == ["mot", "l'eau"]


def test_places_in_memory_are_no_figures(executer: Any) -> None:
    cells = [
        nbformat.v4.new_code_cell(
            "", outputs=[nbformat.v4.new_output("execute_result", data={"text/plain": f"<Chose at {place}>"})]
        )
        for place in ("0x7f10", "0x7f99")
    ]
    assert executer.figures(cells[0]) == executer.figures(cells[1]) == ["<Chose>"]
