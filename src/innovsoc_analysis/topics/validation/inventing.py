"""Invented answers, to see what scores look like before anyone has answered; they say nothing of the topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.topics.validation.tasks import Tasks


def invented_answers(
    tasks: Tasks, judges: Sequence[str] = ("juge inventé 1", "juge inventé 2"), *, right: float = 0.7, seed: int = 0
) -> pd.DataFrame:
    """Return answers that no one gave: right with a given probability, otherwise drawn among all options.

    Parameters
    ----------
    tasks : Tasks
        What would be asked.
    judges : sequence of str
        Names of the judges that do not exist.
    right : float
        Probability of knowing the answer, from 0 to 1.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        ``judge, task_id, answer``, as `score` takes them.

    Raises
    ------
    UsageError
        If `right` is no probability.

    Examples
    --------
    >>> from innovsoc_analysis.topics.validation.tasks import Solution, Task, Tasks
    >>> task = Task("t1", "verbatim_fit", "Quel passage ?", "jardin", ("Un.", "Deux.", "Trois."))
    >>> invented_answers(Tasks((task,), (Solution("t1", 1, "B"),)), ["A"], right=1).values.tolist()
    [['A', 't1', 'B']]
    """
    import numpy as np

    if not 0 <= right <= 1:
        raise UsageError(f"La probabilité de répondre juste est comprise entre 0 et 1 ; {right} ne l'est pas.")
    drawing = np.random.default_rng(seed)
    key = tasks.key.set_index("task_id")["right"]
    rows = [
        (
            judge,
            task.task_id,
            key[task.task_id] if drawing.random() < right else str(drawing.choice(list(task.letters))),
        )
        for judge in judges
        for task in tasks
    ]
    return pd.DataFrame(rows, columns=["judge", "task_id", "answer"])
