"""Notebooks run from top to bottom, and show what is stored in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def _shown(notebook: Any) -> list[tuple[str, ...]]:
    """Return, for each code cell, its outputs as text, pictures by their kind only."""
    shown = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        outputs = []
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                outputs.append("image/png")
            elif "text/plain" in data and "Styler" not in data["text/plain"]:
                outputs.append(data["text/plain"])
            else:
                outputs.append(output.get("text", output.output_type))
        shown.append(tuple(outputs))
    return shown


@pytest.mark.filterwarnings("ignore")  # the kernel's own
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_gives_its_stored_outputs(path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    assert all(cell.outputs for cell in stored.cells if cell.cell_type == "code"), "outputs are not stored"
    fresh = nbformat.read(path, as_version=4)
    NotebookClient(fresh, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    assert _shown(fresh) == _shown(stored)
