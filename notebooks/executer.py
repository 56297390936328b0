"""Run the notebooks again, and refuse key figures that are no longer those that are stored.

A cell tagged ``chiffres`` holds figures that the prose relies on: what it shows must stay equal, but for
places in memory. Other outputs may change and are written anew.

    python notebooks/executer.py              # all those of the project; your own copies are left alone
    python notebooks/executer.py --accept     # with their new figures
    python notebooks/executer.py notebooks/01_premiere_etude.ipynb
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

TAG = "chiffres"
_HERE = Path(__file__).parent
_OURS = re.compile(r"[0-9]{2}_\w+")
_CELL_SECONDS = 600
_PLACE = re.compile(r" at 0x[0-9a-f]+")
_TABLE = re.compile(r"\bT_[0-9a-f]{5}(?=[_\" ])")
_COST = "import resource\nused = resource.getrusage(resource.RUSAGE_SELF)\nprint(used.ru_maxrss, used.ru_utime + used.ru_stime)"
_LONGEST_FIGURE = 160


class Change(NamedTuple):
    """A key figure that is no longer what is stored.

    Attributes
    ----------
    cell : int
        Number of the cell in the notebook, markdown included, from 1.
    code : str
        Its last line.
    old, new : str
        What it showed and shows, from the first line on that differs.
    """

    cell: int
    code: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return it as people read it."""
        return f"cellule {self.cell}, « {self.code} » : {self.old} → {self.new}"


class Run(NamedTuple):
    """A notebook that was run.

    Attributes
    ----------
    notebook : NotebookNode
        With its new outputs.
    seconds : float
        From the start of the kernel on.
    peak_mb, processor : float or None
        Most memory that the kernel held, and seconds of computing, whatever else the machine was doing; none
        where the system does not tell.
    changes : tuple of Change
        Key figures that differ from those stored.
    """

    notebook: Any
    seconds: float
    peak_mb: float | None
    processor: float | None
    changes: tuple[Change, ...]


def notebooks_of(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the project's notebooks in `folder`, named like ``01_premiere_etude``, and the others: someone's own."""
    found = sorted(folder.glob("*.ipynb"))
    ours = [path for path in found if _OURS.fullmatch(path.stem)]
    return ours, [path for path in found if path not in ours]


def run_notebook(path: Path) -> Run:
    """Run the notebook at `path` in its own folder and compare its key figures; nothing is written.

    Raises
    ------
    CellExecutionError
        If a cell fails.
    """
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    fresh.cells.append(nbformat.v4.new_code_cell(_COST if sys.platform != "win32" else ""))
    start = time.monotonic()
    client = NotebookClient(
        fresh,
        timeout=_CELL_SECONDS,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # a kernel on a machine of one's own needs no encryption
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    seconds = time.monotonic() - start
    cost = "".join(output.get("text", "") for output in fresh.cells.pop().outputs).split()
    per_mb = 1024**2 if sys.platform == "darwin" else 1024
    peak, processor = (int(cost[0]) / per_mb, float(cost[1])) if cost else (None, None)
    tidy(fresh)
    return Run(fresh, seconds, peak, processor, compare(stored, fresh))


def compare(stored: Any, fresh: Any) -> tuple[Change, ...]:
    """Return the key figures that differ between two notebooks of the same cells."""
    changes = []
    for number, (before, after) in enumerate(zip(stored.cells, fresh.cells, strict=True), start=1):
        if TAG not in after.metadata.get("tags", ()):
            continue
        old, new = figures(before), figures(after)
        if old != new:
            changes.append(Change(number, after.source.rstrip().splitlines()[-1], *_first_difference(old, new)))
    return tuple(changes)


def figures(cell: Any) -> list[str]:
    """Return what a code cell shows, line by line: printed text, tables row by row, other values."""
    lines: list[str] = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if "<table" in data.get("text/html", ""):
            lines += _rows(data["text/html"])
        else:
            text = data.get("text/plain", output.get("text", output.output_type))
            lines += _PLACE.sub("", text).splitlines()
    return [line.strip() for line in lines if line.strip()]


def tidy(notebook: Any) -> None:
    """Take out what differs from one run to the next: places in memory, names of tables, times, the interpreter's."""
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.pop("execution", None)
        for place, output in enumerate(cell.get("outputs", ()), start=1):
            data = output.get("data", {})
            if "text/plain" in data:
                data["text/plain"] = _PLACE.sub("", data["text/plain"])
            if "text/html" in data:
                data["text/html"] = _TABLE.sub(f"T_{number:03}{place:02}", data["text/html"])


def _rows(table: str) -> list[str]:
    """Return the text of an HTML output, a line for each row of a table, its cells between bars."""
    table = re.sub(r"(?s)<style.*?</style>|\s+", " ", table)
    table = re.sub(r"</t[dh]>", " | ", table)
    table = re.sub(r"</(tr|p|li|div|caption)>", "\n", table)
    lines = html.unescape(re.sub(r"<[^>]*>", "", table)).splitlines()
    return [" ".join(line.split()).removesuffix(" |") for line in lines]


def _first_difference(old: list[str], new: list[str]) -> tuple[str, str]:
    place = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    place = min(len(old), len(new)) if place is None else place
    shown = [lines[place] if place < len(lines) else "(rien)" for lines in (old, new)]
    return tuple(one if len(one) <= _LONGEST_FIGURE else one[:_LONGEST_FIGURE] + "…" for one in shown)


def write(notebook: Any, path: Path) -> None:
    """Replace the notebook at `path`, in one step."""
    beside = path.with_suffix(".partial")
    beside.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    beside.replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Run notebooks and say what became of each; 1 if a figure changed or a cell failed.

    Without names, those of the project; the others of the folder are said to be left out.
    """
    parser = argparse.ArgumentParser(description="Réexécuter les carnets et vérifier leurs chiffres clés.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="par défaut, ceux du projet (00_… à 99_…)")
    parser.add_argument("--accept", action="store_true", help="enregistrer les nouveaux chiffres")
    asked = parser.parse_args(arguments)
    failed, changed, total = 0, 0, 0.0
    chosen, others = (asked.notebooks, []) if asked.notebooks else notebooks_of(_HERE)
    for path in chosen:
        try:
            run = run_notebook(path)
        except CellExecutionError as error:
            print(f"  {path.stem} : une cellule échoue, {error.ename} : {error.evalue}", flush=True)
            failed += 1
            continue
        total += run.seconds
        cost = f"{run.processor:4.0f} s de calcul{run.peak_mb:7.0f} Mo" if run.peak_mb else ""
        print(f"  {path.stem:32}{run.seconds:5.0f} s  {cost}", flush=True)
        changed += len(run.changes)
        for change in run.changes:
            print(f"    {path.name}, {change}", flush=True)
        if run.changes and not asked.accept:
            failed += 1
        else:
            write(run.notebook, path)
    print(f"  Total : {total:.0f} s")
    if others:
        print(f"Laissés de côté, car ils ne sont pas du projet : {', '.join(path.name for path in others)}")
    if failed:
        print("Des chiffres ont changé, ou une cellule échoue : ces carnets sont restés tels quels.")
        print("Relisez leur prose ; pour enregistrer de nouveaux chiffres : make notebooks ACCEPT=1")
    elif not changed:
        print("Les chiffres clés sont ceux qui étaient enregistrés.")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
