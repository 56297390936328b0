"""Answer tasks in a notebook: each answer is on disk as soon as it is given."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pandas as pd

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.topics.validation.sheets import read_json
from innovsoc_analysis.topics.validation.tasks import Task, Tasks

_FORMAT = "innovsoc-reponses-1"


class Sitting:
    """One judge's answers to tasks, kept in a file; show it in a cell to see the next question.

    Parameters
    ----------
    tasks : Tasks
        What is asked.
    path : Path or str
        JSON file of the answers; if it exists, the sitting goes on where it stopped.
    judge : str
        Who answers.

    Raises
    ------
    UsageError
        If the file holds answers of another judge or to other tasks.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.topics.validation.tasks import Solution
    >>> task = Task("t1", "verbatim_fit", "Quel passage ?", "jardin", ("Un semis.", "Un bail.", "Un bus."))
    >>> tasks = Tasks((task,), (Solution("t1", 1, "A"),))
    >>> path = Path(tempfile.mkdtemp()) / "ana.json"
    >>> Sitting(tasks, path, judge="Ana").answer("t1", "un semis.")
    <Sitting : Ana, 1 réponse sur 1>
    >>> Sitting(tasks, path, judge="Ana").answers["answer"].tolist()
    ['A']
    """

    def __init__(self, tasks: Tasks, path: Path | str, *, judge: str) -> None:
        if not judge.strip():
            raise UsageError("Dites qui répond : judge='Ana'.")
        self._tasks = tasks
        self._path = Path(path)
        self._judge = judge.strip()
        self._given = self._load() if self._path.exists() else {}

    def answer(self, task_id: str, answer: str) -> Sitting:
        """Answer a task by the letter or the wording of an option; a blank answer takes the former one back.

        Parameters
        ----------
        task_id : str
            Which task.
        answer : str
            In any case.

        Returns
        -------
        Sitting
            This one: at the end of a cell it shows the next question.

        Raises
        ------
        UsageError
            If there is no such task or option, or the file cannot be written; nothing is changed then.
        """
        letter = self._tasks[task_id].letter(answer)
        given = {**self._given, task_id: letter}
        if not letter:
            del given[task_id]
        content = {"format": _FORMAT, "tasks": self._tasks.digest, "judge": self._judge, "answers": given}
        atomic_write(self._path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
        self._given = given
        return self

    @property
    def next(self) -> Task | None:
        """The first task without an answer, or ``None``."""
        return next((task for task in self._tasks if task.task_id not in self._given), None)

    @property
    def answers(self) -> pd.DataFrame:
        """One row per task: ``judge, task_id, answer``, a letter or an empty string; as `read_answers` gives them."""
        rows = [(self._judge, task.task_id, self._given.get(task.task_id, "")) for task in self._tasks]
        return pd.DataFrame(rows, columns=["judge", "task_id", "answer"], dtype=str)

    def _load(self) -> dict[str, str]:
        content = read_json(self._path)
        name = self._path.name
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise UsageError(f"{name} : ce n'est pas un fichier de réponses ; choisissez un autre nom.")
        if content.get("tasks") != self._tasks.digest:
            raise UsageError(f"{name} : ces réponses sont d'un autre jeu de tâches ; choisissez un autre nom.")
        if content.get("judge") != self._judge:
            raise UsageError(f"{name} : ces réponses sont d'un autre juge ; un fichier par juge.")
        try:
            given = {task_id: self._tasks[task_id].letter(answer) for task_id, answer in content["answers"].items()}
        except (KeyError, AttributeError, TypeError):
            raise UsageError(f"{name} : le fichier est abîmé ; reprenez-en une copie, ou un autre nom.") from None
        except UsageError as error:
            raise UsageError(f"{name} : {error}") from None
        return {task_id: letter for task_id, letter in given.items() if letter}

    def __repr__(self) -> str:
        """Return counts only."""
        n = len(self._given)
        return f"<Sitting : {self._judge}, {n} réponse{'s' if n > 1 else ''} sur {len(self._tasks)}>"

    def _repr_html_(self) -> str:
        done = f"<p>{escape(self._judge)} : {len(self._given)} sur {len(self._tasks)}</p>"
        if self.next is None:
            return f"{done}<p>Tout est répondu, merci.</p>"
        how = f'<p>Répondez par <code>.answer("{escape(self.next.task_id)}", "A")</code>.</p>'
        return f"{done}{self.next._repr_html_()}{how}"
