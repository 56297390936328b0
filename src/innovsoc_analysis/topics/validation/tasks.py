"""Tasks that show whether people see in the topics what the model puts there.

Word intrusion and topic intrusion follow Chang, Boyd-Graber, Gerrish, Wang & Blei (2009), with an
intruder as frequent as the words around it (Lau, Newman & Baldwin 2014); verbatim fit asks which of
three passages goes with the words of a topic. Hoyle et al. (2021) tell why no coherence measured by
a program stands in for these answers.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from functools import cached_property
from html import escape
from string import ascii_uppercase
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

KINDS = {"word_intrusion": "Mot intrus", "topic_intrusion": "Thème intrus", "verbatim_fit": "Passage qui convient"}
"""Kinds of tasks and their French names."""
QUESTIONS = {
    "word_intrusion": "Quel mot n'a rien à voir avec les autres ?",
    "topic_intrusion": "Lequel de ces thèmes le passage n'aborde-t-il pas ?",
    "verbatim_fit": "Quel passage correspond le mieux à ces mots ?",
}
"""What each kind asks."""
_LONGEST_ECHO = 40


@dataclass(frozen=True, slots=True)
class Task:
    """A question with its options; the right one is not in it.

    Attributes
    ----------
    task_id : str
        ``"t1"``, ``"t2"``…
    kind : str
        One of `KINDS`.
    question : str
        In French.
    shown : str
        The passage or the words that the question is about; may be empty.
    options : tuple of str
        Shown as A, B, C…
    """

    task_id: str
    kind: str
    question: str
    shown: str
    options: tuple[str, ...]

    @property
    def letters(self) -> str:
        """Letters of the options.

        Examples
        --------
        >>> Task("t1", "verbatim_fit", "Quel passage ?", "jardin", ("Un.", "Deux.", "Trois.")).letters
        'ABC'
        """
        return ascii_uppercase[: len(self.options)]

    def letter(self, answer: str) -> str:
        """Return the letter that an answer means, a blank one if nothing is answered.

        Parameters
        ----------
        answer : str
            A letter or the wording of an option, in any case.

        Raises
        ------
        UsageError
            If it is neither.

        Examples
        --------
        >>> task = Task("t1", "word_intrusion", "Quel mot ?", "", ("loyer", "Compost", "semis"))
        >>> task.letter("compost"), task.letter(" c "), task.letter("")
        ('B', 'C', '')
        """
        said = _plain(answer)
        if not said:
            return ""
        for letter, option in zip(self.letters, self.options, strict=True):
            if said in {letter.casefold(), _plain(option)}:
                return letter
        *most, last = list(self.letters)
        shown = answer.strip()[:_LONGEST_ECHO]
        raise UsageError(
            f"« {shown} » n'est pas une réponse à {self.task_id} ; choisissez {', '.join(most)} ou {last}."
        )

    def __str__(self) -> str:
        """Return the task as plain text."""
        lines = [f"{self.task_id} – {self.question}", *([self.shown] if self.shown else [])]
        return "\n".join(
            [*lines, *(f"  {letter}. {one}" for letter, one in zip(self.letters, self.options, strict=True))]
        )

    def _repr_html_(self) -> str:
        shown = f"<blockquote>{escape(self.shown)}</blockquote>" if self.shown else ""
        options = "".join(f"<li>{escape(option)}</li>" for option in self.options)
        return (
            f"<p><b>{escape(self.task_id)}</b> – {escape(self.question)}</p>{shown}"
            f'<ol style="list-style-type:upper-alpha">{options}</ol>'
        )


@dataclass(frozen=True, slots=True)
class Solution:
    """The right answer to a task.

    Attributes
    ----------
    task_id : str
        Of the task.
    topic : int
        The topic that is tried; for topic intrusion, the one that the passage carries most.
    right : str
        Letter of the right option.
    shares : tuple of float
        For topic intrusion, the share of each option's topic in the passage; otherwise empty.
    """

    task_id: str
    topic: int
    right: str
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, repr=False)
class Tasks:
    """Tasks, and their key apart from them.

    Attributes
    ----------
    tasks : tuple of Task
        In the order in which people are asked.
    solutions : tuple of Solution
        In the same order.
    remarks : tuple of str
        What could not be asked and why, in French.
    """

    tasks: tuple[Task, ...]
    solutions: tuple[Solution, ...]
    remarks: tuple[str, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """One row per task, without the key: ``task_id, kind, question, shown, A, B…``."""
        return pd.DataFrame([_row(task) for task in self.tasks])

    @property
    def key(self) -> pd.DataFrame:
        """One row per task: ``task_id, kind, topic, right``; not for those who answer."""
        rows = [
            (task.task_id, task.kind, solution.topic, solution.right)
            for task, solution in zip(self.tasks, self.solutions, strict=True)
        ]
        return pd.DataFrame(rows, columns=["task_id", "kind", "topic", "right"])

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits of what is asked: answers to other tasks are told apart by it."""
        asked = json.dumps([astuple(task) for task in self.tasks], ensure_ascii=False)
        return hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:8]

    def __getitem__(self, task_id: str) -> Task:
        """Return a task by its identifier.

        Raises
        ------
        UsageError
            If there is none.
        """
        for task in self.tasks:
            if task.task_id == task_id:
                return task
        raise UsageError(f"Il n'y a pas de tâche « {task_id} » ; elles vont de t1 à t{len(self)}.")

    def __iter__(self) -> Iterator[Task]:
        """Go through the tasks."""
        return iter(self.tasks)

    def __len__(self) -> int:
        """Return the number of tasks."""
        return len(self.tasks)

    def __repr__(self) -> str:
        """Return counts only: the passages may be confidential, the key is."""
        counts = self.table["kind"].value_counts(sort=False) if self.tasks else {}
        return f"<Tasks : {', '.join(f'{n} « {KINDS[kind]} »' for kind, n in counts.items()) or 'aucune tâche'}>"

    def _repr_html_(self) -> str:
        return "".join(task._repr_html_() for task in self.tasks)


@dataclass(frozen=True, eq=False)
class Material:
    """What tasks are made from: a fitted model as arrays and tables.

    Attributes
    ----------
    words : sequence of str
        The vocabulary.
    word_weights : array, shape (n_topics, n_words)
        Weight of each word in each topic.
    frequencies : array, shape (n_words,)
        How often each word occurs in the corpus.
    shares : DataFrame
        Share of each topic (columns, from 1) in each unit, indexed by ``unit_id``.
    verbatims : DataFrame
        Wording of the units that people may be shown: ``unit_id, quote``.
    exemplars : DataFrame
        The passages that best show each topic, best first: ``topic, quote`` and, if known, ``doc_id``.
    """

    words: Sequence[str]
    word_weights: NDArray[np.float64]
    frequencies: NDArray[np.float64]
    shares: pd.DataFrame
    verbatims: pd.DataFrame
    exemplars: pd.DataFrame

    def __post_init__(self) -> None:
        n_topics, n_words = self.word_weights.shape
        if not len(self.words) == n_words == len(self.frequencies) or self.shares.shape[1] != n_topics:
            raise UsageError("Les mots, leurs poids, leurs fréquences et les parts ne sont pas du même modèle.")

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return len(self.word_weights)

    @cached_property
    def ranked(self) -> list[list[int]]:
        """For each topic, the columns of its words, the heaviest first; words without weight are left out."""
        return [
            [
                column
                for column in sorted(range(len(row)), key=lambda one: (-round(row[one], 12), self.words[one]))
                if row[column] > 0
            ]
            for row in self.word_weights.tolist()
        ]

    def first_words(self, topic: int, n: int) -> str:
        """Return the `n` heaviest words of topic `topic` (from 1), as people read them."""
        return ", ".join(self.words[column] for column in self.ranked[topic - 1][:n])


def _row(task: Task) -> dict[str, str]:
    options = dict(zip(task.letters, task.options, strict=True))
    return {"task_id": task.task_id, "kind": task.kind, "question": task.question, "shown": task.shown, **options}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
