"""Sheets that judges fill in, the key kept in a file of its own, answers read back."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.files import atomic_write, read_file
from innovsoc_analysis.safe.sheets import csv_bytes
from innovsoc_analysis.topics.validation.tasks import KINDS, Solution, Task, Tasks
from innovsoc_analysis.topics.validation.workbook import COLUMNS, workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FORMAT = "innovsoc-taches-1"
_DELIMITERS = ";,\t"
_SUFFIXES = (".csv", ".xlsx")


class _Said(NamedTuple):
    """A row of a sheet."""

    file: str
    sheet: str
    row: int
    judge: str
    task_id: str
    answer: str
    digest: str

    @property
    def where(self) -> str:
        sheet = f", feuille « {self.sheet} »" if self.sheet else ""
        return f"{self.file}{sheet}, ligne {self.row}"


def save_answer_sheets(tasks: Tasks, folder: Path | str, *, judges: Sequence[str], locale: str = "fr") -> list[Path]:
    """Write for each judge a workbook to fill in and the same as CSV; the key is in neither.

    Parameters
    ----------
    tasks : Tasks
        What to ask.
    folder : Path
        Where ``taches-NAME.xlsx`` and ``.csv`` go.
    judges : sequence of str
        Their names, or any marks that tell them apart.
    locale : str
        Of the CSV files, see `csv_bytes`.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    UsageError
        If there is no judge, or two of them would have the same file.
    """
    folder = Path(folder)
    names = [re.sub(r"[^\w-]+", "-", judge).strip("-") for judge in judges]
    if not names or not all(names) or len({name.casefold() for name in names}) < len(names):
        raise UsageError("Donnez à chaque juge un nom qui lui soit propre, par exemple judges=['Ana', 'Luc'].")
    paths = []
    for judge, name in zip(judges, names, strict=True):
        table = pd.DataFrame([_row(task, judge=judge, digest=tasks.digest) for task in tasks]).fillna("")
        ordered = [*(name for name in COLUMNS if name not in _AFTER), *_letters(tasks), *_AFTER]
        contents = {
            "xlsx": workbook_bytes(tasks, judge=judge),
            "csv": csv_bytes(table[ordered], locale=locale),
        }
        for suffix, data in contents.items():
            paths.append(folder / f"taches-{name}.{suffix}")
            atomic_write(paths[-1], data)
    return paths


_AFTER = ("réponse", "remarque", "juge", "jeu")


def _letters(tasks: Tasks) -> str:
    return max((task.letters for task in tasks), key=len)


def _row(task: Task, *, judge: str, digest: str) -> dict[str, str]:
    options = dict(zip(task.letters, task.options, strict=True))
    fixed = {"tâche": task.task_id, "question": task.question, "à lire": task.shown}
    return {**fixed, **options, "réponse": "", "remarque": "", "juge": judge, "jeu": digest}


def save_tasks(tasks: Tasks, path: Path | str) -> None:
    """Write tasks and key to a JSON file, to score answers later; it is not for the judges.

    Parameters
    ----------
    tasks : Tasks
        What is asked, and the key.
    path : Path
        Of the file.
    """
    content = {
        "format": _FORMAT,
        "tasks": [asdict(task) for task in tasks.tasks],
        "solutions": [asdict(solution) for solution in tasks.solutions],
        "remarks": tasks.remarks,
    }
    atomic_write(path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")


def load_tasks(path: Path) -> Tasks:
    """Read tasks and key from the file that `save_tasks` wrote.

    Raises
    ------
    UsageError
        If it is another file, or damaged.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "cle.json"
    >>> task = Task("t1", "verbatim_fit", "Quel passage ?", "jardin", ("Un.", "Deux.", "Trois."))
    >>> save_tasks(Tasks((task,), (Solution("t1", 1, "B"),)), path)
    >>> load_tasks(path).key["right"].tolist()
    ['B']
    """
    content = read_json(path)
    try:
        if content["format"] != _FORMAT:
            raise KeyError
        tasks = tuple(Task(**{**one, "options": tuple(one["options"])}) for one in content["tasks"])
        solutions = tuple(Solution(**{**one, "shares": tuple(one["shares"])}) for one in content["solutions"])
        remarks = tuple(content["remarks"])
        sound = [task.task_id for task in tasks] == [solution.task_id for solution in solutions] and all(
            task.kind in KINDS and len(solution.right) == 1 and solution.right in task.letters
            for task, solution in zip(tasks, solutions, strict=True)
        )
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        raise UsageError(f"{path.name} : ce n'est pas une clé de tâches ; donnez le fichier écrit avec les feuilles.")
    return Tasks(tasks, solutions, remarks)


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    UsageError
        If it cannot be read or is not JSON; the message names it.
    """
    try:
        return json.loads(read_file(path))
    except RefusedFileError as error:
        raise UsageError(f"{path.name} : {error}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path.name} : le fichier n'est pas du JSON valide ; il est peut-être abîmé.") from None


def read_answers(tasks: Tasks, *sources: Path | str) -> pd.DataFrame:
    """Read sheets that judges have filled in.

    An answer is a letter or the wording of an option. A blank one counts as not answered, and yields
    where the same judge has answered in another file. Rows may stand in any order.

    Parameters
    ----------
    tasks : Tasks
        What was asked.
    *sources : Path or str
        Files, or folders in which all ``.xlsx`` and ``.csv`` files are sheets of answers.

    Returns
    -------
    DataFrame
        One row per judge and task that stands in the judge's sheet: ``judge, task_id, answer``, a letter
        or an empty string.

    Raises
    ------
    UsageError
        If a file is no sheet of these tasks or an answer is not possible; the message names file,
        sheet and row.
    """
    files = [file for source in sources for file in _files(Path(source))]
    if not files:
        raise UsageError("Aucune feuille de réponses : donnez des fichiers .xlsx ou .csv, ou leur dossier.")
    known = {task.task_id: task for task in tasks}
    given: dict[tuple[str, str], tuple[str, str]] = {}
    for file in files:
        for said in _read_file(file):
            letter = _check(said, known, tasks.digest)
            before, where = given.get((said.judge, said.task_id), ("", ""))
            if before and letter and before != letter:
                raise UsageError(
                    f"{said.where} : {said.judge} a déjà répondu autrement à {said.task_id} ({where}) ; gardez l'un."
                )
            given[said.judge, said.task_id] = (before or letter, where if before else said.where)
    order = {task_id: place for place, task_id in enumerate(known)}
    rows = [(judge, task_id, letter) for (judge, task_id), (letter, _) in given.items()]
    rows.sort(key=lambda row: (row[0], order[row[1]]))
    return pd.DataFrame(rows, columns=["judge", "task_id", "answer"], dtype=str)


def _check(said: _Said, known: dict[str, Task], digest: str) -> str:
    if said.task_id not in known:
        raise UsageError(f"{said.where} : il n'y a pas de tâche « {said.task_id} » dans ce jeu.")
    if said.digest != digest:
        raise UsageError(f"{said.where} : la feuille est d'un autre jeu de tâches ; donnez la clé écrite avec elle.")
    if not said.judge:
        raise UsageError(f"{said.where} : la colonne « juge » est vide ; remettez-y le nom.")
    try:
        return known[said.task_id].letter(said.answer)
    except UsageError as error:
        raise UsageError(f"{said.where} : {str(error).rstrip('.')}, ou laissez vide.") from None


def _files(source: Path) -> list[Path]:
    if source.is_dir():
        # a lock file of a spreadsheet program that is still open
        return sorted(
            one for one in source.iterdir() if one.suffix.lower() in _SUFFIXES and not one.name.startswith((".", "~"))
        )
    return [source]


def _read_file(path: Path) -> Iterator[_Said]:
    try:
        data = read_file(path)
        sheets = {"": _csv_table(data)} if path.suffix.lower() == ".csv" else _xlsx_tables(data)
    except RefusedFileError as error:
        raise UsageError(f"{path.name} : {error}") from None
    found = False
    for sheet, table in sheets.items():
        places = _columns(table)
        if places is None:
            continue
        found = True
        header, column = places
        for number, row in enumerate(table[header + 1 :], start=header + 2):
            cells = {name: row[place].strip() if place < len(row) else "" for name, place in column.items()}
            if not any(row) or not (cells["tâche"] or cells["réponse"]):
                continue
            yield _Said(path.name, sheet, number, cells["juge"], cells["tâche"], cells["réponse"], cells["jeu"])
    if not found:
        raise UsageError(f"{path.name} : aucune feuille n'a les colonnes « tâche », « réponse », « juge » et « jeu ».")


def _columns(table: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """Return which row is the header and where the columns stand."""
    for number, row in enumerate(table):
        names = [unicodedata.normalize("NFC", cell).strip().casefold() for cell in row]
        if "tâche" in names:
            wanted = ("tâche", "réponse", "juge", "jeu")
            return (number, {name: names.index(name) for name in wanted}) if set(wanted) <= set(names) else None
    return None


def _csv_table(data: bytes) -> list[list[str]]:
    text, _ = decode(data)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise RefusedFileError(
            "corrupt", "le tableau est illisible ; un guillemet y manque ou y est de trop."
        ) from None


def _xlsx_tables(data: bytes) -> dict[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    archive = BoundedZip(data)
    for name in archive.names:  # inflates within bounds before calamine does so without
        archive.read(name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
    except (CalamineError, OSError, ValueError):
        raise RefusedFileError(
            "corrupt", "le classeur est endommagé ; réenregistrez-le depuis Excel ou LibreOffice."
        ) from None
    return {
        name: [["" if cell is None else str(cell) for cell in row] for row in table] for name, table in tables.items()
    }
