"""Score people's answers: right ones by topic, kind and judge, with intervals, against chance."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.counting.proportions import wilson
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.validation.scores import Scores
from innovsoc_analysis.topics.validation.tasks import KINDS, Solution, Task, Tasks

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALLEST_SHARE = 0.001
"""A share below it counts as this much in the log odds: a model may say zero, which has no logarithm."""


class Range(NamedTuple):
    """An interval."""

    low: float
    high: float


def score(
    tasks: Tasks, *answers: pd.DataFrame, seed: int = 0, n_resamples: int = 2000, confidence: float = 0.95
) -> Scores:
    """Score answers against the key.

    Parameters
    ----------
    tasks : Tasks
        What was asked.
    *answers : DataFrame
        ``judge, task_id, answer``, from `read_answers` or `Sitting.answers`; a blank answer is not
        counted as a wrong one.
    seed, n_resamples : int
        Of the bootstrap, which draws tasks.
    confidence : float
        Of the intervals.

    Returns
    -------
    Scores
        Tables, figure and summary.

    Raises
    ------
    UsageError
        If there is no answer, an answer is not possible, or a judge answers a task twice.

    Examples
    --------
    >>> task = Task("t1", "verbatim_fit", "Quel passage ?", "jardin", ("Un.", "Deux.", "Trois."))
    >>> tasks = Tasks((task,), (Solution("t1", 1, "B"),))
    >>> answers = pd.DataFrame({"judge": ["Ana", "Luc"], "task_id": "t1", "answer": ["b", "C"]})
    >>> found = score(tasks, answers)
    >>> found
    <Scores : 2 réponses, 2 juges, 1 tâche>
    >>> found.topics[["topic", "n", "right", "share"]].values.tolist()
    [[1.0, 2.0, 1.0, 0.5]]
    """
    if not 0 < confidence < 1:
        raise UsageError("confidence= est un nombre entre 0 et 1, par exemple 0.95.")
    given = _checked(tasks, answers)
    judged = _judged(tasks, given)
    by_task = _by_task(tasks, judged)
    rng = np.random.default_rng(seed)
    kinds = [
        _of_kind(
            by_task[by_task["kind"] == kind],
            judged[judged["kind"] == kind],
            rng=rng,
            n=n_resamples,
            confidence=confidence,
        )
        for kind in KINDS
        if (by_task["kind"] == kind).any()
    ]
    answered = judged[judged["answer"] != ""]
    topics = _with_wilson(answered.groupby(["kind", "topic"], sort=False), confidence)
    judges = _with_wilson(answered.groupby(["judge", "kind"], sort=False), confidence)
    blanks = judged.assign(blank=judged["answer"] == "").groupby(["judge", "kind"])["blank"].sum().reset_index()
    judges = blanks.merge(judges, how="left", on=["judge", "kind"]).fillna({"tasks": 0, "n": 0, "right": 0})
    judges = judges.astype({"tasks": int, "n": int, "right": int})
    return Scores(
        pd.DataFrame(kinds),
        _sorted(topics, ["kind", "topic"]),
        _sorted(judges, ["judge", "kind"]),
        by_task.drop(columns="chance"),
        given,
        confidence,
    )


def _checked(tasks: Tasks, answers: tuple[pd.DataFrame, ...]) -> pd.DataFrame:
    """Return all answers as letters, refusing what cannot be."""
    columns = ["judge", "task_id", "answer"]
    if any(not set(columns) <= set(table.columns) for table in answers):
        raise UsageError("Les réponses ont les colonnes judge, task_id et answer ; read_answers les donne.")
    given = pd.concat([pd.DataFrame(columns=columns), *(table[columns] for table in answers)], ignore_index=True)
    given = given.astype(object).where(given.notna(), "").astype(str)
    twice = given[given.duplicated(["judge", "task_id"])]
    if len(twice):
        judge, task_id = twice.iloc[0][["judge", "task_id"]]
        raise UsageError(f"{judge} répond deux fois à {task_id} ; gardez une réponse.")
    given["answer"] = [tasks[row.task_id].letter(row.answer) for row in given.itertuples()]
    if not (given["answer"] != "").any():
        raise UsageError("Aucune réponse à compter : les feuilles sont vides.")
    return given


def _judged(tasks: Tasks, given: pd.DataFrame) -> pd.DataFrame:
    """Add to each answer what its task tries, and whether it is right."""
    solutions = {
        solution.task_id: (task, solution) for task, solution in zip(tasks.tasks, tasks.solutions, strict=True)
    }
    rows = [
        {
            "judge": row.judge,
            "task_id": row.task_id,
            "answer": row.answer,
            "kind": solutions[row.task_id][0].kind,
            "topic": solutions[row.task_id][1].topic,
            "is_right": row.answer == solutions[row.task_id][1].right,
            "chance": 1 / len(solutions[row.task_id][0].options),
            "log_odds": _log_odds(*solutions[row.task_id], row.answer),
        }
        for row in given.itertuples()
    ]
    return pd.DataFrame(rows)


def _log_odds(task: Task, solution: Solution, answer: str) -> float:
    """Return how much less of the true intruder than of the topic chosen is in the passage, as a difference of logs."""
    if not solution.shares or not answer:
        return float("nan")
    logs = np.log(np.maximum(solution.shares, SMALLEST_SHARE))
    return float(logs[task.letters.index(solution.right)] - logs[task.letters.index(answer)])


def _by_task(tasks: Tasks, judged: pd.DataFrame) -> pd.DataFrame:
    answered = judged[judged["answer"] != ""].groupby("task_id")
    table = tasks.key[["task_id", "kind", "topic"]].set_index("task_id")
    table["n"] = answered.size().reindex(table.index, fill_value=0)
    table["right"] = answered["is_right"].sum().reindex(table.index, fill_value=0).astype(int)
    table["share"] = table["right"] / table["n"].where(table["n"] > 0)
    table["log_odds"] = answered["log_odds"].mean().reindex(table.index)
    table["chance"] = [1 / len(task.options) for task in tasks]
    return table.reset_index()


def _of_kind(
    by_task: pd.DataFrame, judged: pd.DataFrame, *, rng: np.random.Generator, n: int, confidence: float
) -> dict[str, object]:
    asked = by_task[by_task["n"] > 0]
    right, given = asked["right"].to_numpy(), asked["n"].to_numpy()
    row: dict[str, object] = {
        "kind": by_task["kind"].iloc[0],
        "tasks": len(asked),
        "n": int(given.sum()),
        "blank": int((judged["answer"] == "").sum()),
        "right": int(right.sum()),
        "share": right.sum() / given.sum() if len(asked) else float("nan"),
    }
    row["low"], row["high"] = _bootstrap(right, given, rng=rng, n=n, confidence=confidence)
    row["chance"] = by_task["chance"].mean()
    row["agreement"] = _agreement(judged)
    if by_task["log_odds"].notna().any():
        sums = (asked["log_odds"] * asked["n"]).to_numpy()
        row["log_odds"] = sums.sum() / given.sum()
        row["log_odds_low"], row["log_odds_high"] = _drawn(sums, given, rng=rng, n=n, confidence=confidence)
    return row


def _bootstrap(
    right: NDArray[np.int64], given: NDArray[np.int64], *, rng: np.random.Generator, n: int, confidence: float
) -> Range:
    """Return the interval of the share of right answers, tasks drawn with replacement.

    Where every task has the same share there is nothing to draw from: Wilson's interval on the
    number of tasks stands in, for certainty would be too much to claim.
    """
    if len(right) == 0:
        return Range(float("nan"), float("nan"))
    shares = right / given
    if np.ptp(shares) == 0:
        return Range(*wilson(shares[0] * len(shares), len(shares), level=confidence))
    return _drawn(right, given, rng=rng, n=n, confidence=confidence)


def _drawn(
    sums: NDArray[np.float64] | NDArray[np.int64],
    given: NDArray[np.int64],
    *,
    rng: np.random.Generator,
    n: int,
    confidence: float,
) -> Range:
    weights = rng.multinomial(len(given), np.full(len(given), 1 / len(given)), size=n)
    tail = 100 * (1 - confidence) / 2
    low, high = np.percentile((weights @ sums) / (weights @ given), [tail, 100 - tail])
    return Range(float(low), float(high))


def _agreement(judged: pd.DataFrame) -> float:
    """Return the share of pairs of judges of a task that chose the same option."""
    answered = judged[judged["answer"] != ""]
    same = [
        first == second
        for _, letters in answered.groupby("task_id", sort=False)["answer"]
        for first, second in combinations(letters, 2)
    ]
    return sum(same) / len(same) if same else float("nan")


def _with_wilson(groups: pd.api.typing.DataFrameGroupBy, confidence: float) -> pd.DataFrame:
    table = groups.agg(
        tasks=("task_id", "nunique"), n=("is_right", "size"), right=("is_right", "sum"), chance=("chance", "mean")
    )
    table["share"] = table["right"] / table["n"]
    intervals = [wilson(row.right, row.n, level=confidence) for row in table.itertuples()]
    table["low"], table["high"] = zip(*intervals, strict=True)
    return table[["tasks", "n", "right", "share", "low", "high", "chance"]].reset_index()


def _sorted(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    order = {kind: place for place, kind in enumerate(KINDS)}
    return table.sort_values(
        by, key=lambda column: column.map(order) if column.name == "kind" else column, ignore_index=True
    )
