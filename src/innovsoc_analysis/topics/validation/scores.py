"""Scores of people's answers, as a researcher reads them: tables, sentences, a figure, a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.topics.validation.tasks import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

HEADINGS = {
    "kind": "tâche",
    "task_id": "numéro",
    "topic": "thème",
    "judge": "juge",
    "tasks": "tâches",
    "n": "réponses",
    "blank": "sans réponse",
    "right": "justes",
    "share": "justes (%)",
    "low": "bas (%)",
    "high": "haut (%)",
    "chance": "hasard (%)",
    "agreement": "accord entre juges (%)",
    "log_odds": "log-cotes",
    "log_odds_low": "log-cotes (bas)",
    "log_odds_high": "log-cotes (haut)",
}
"""French names of the columns."""
_PERCENT = ("share", "low", "high", "chance", "agreement")


@dataclass(frozen=True, repr=False)
class Scores:
    """How people's answers compare with the key.

    Shares run from 0 to 1. The answers of several judges to one task are not independent: the
    interval of a kind draws tasks; that of a topic, mostly of one task, takes answers as independent
    and is somewhat too narrow.

    Attributes
    ----------
    kinds : DataFrame
        One row per kind: ``kind, tasks, n`` (answers), ``blank, right, share, low, high, chance,
        agreement`` (share of pairs of judges that chose the same option) and, for topic intrusion,
        ``log_odds`` (0 at best, Chang et al. 2009) with its interval.
    topics : DataFrame
        One row per kind and topic: ``kind, topic, tasks, n, right, share, low, high`` (Wilson), ``chance``.
    judges : DataFrame
        One row per judge and kind, with the same columns and ``blank``.
    tasks : DataFrame
        One row per task: ``task_id, kind, topic, n, right, share, log_odds``.
    answers : DataFrame
        ``judge, task_id, answer``, blank ones included.
    confidence : float
        Of the intervals.
    """

    kinds: pd.DataFrame
    topics: pd.DataFrame
    judges: pd.DataFrame
    tasks: pd.DataFrame
    answers: pd.DataFrame
    confidence: float

    def ratings(self, kind: str | None = None) -> pd.DataFrame:
        """Return answers as a table of tasks × judges, the form that coefficients of agreement take.

        Measure kind by kind: the number of options, and with it agreement by chance, differs.

        Parameters
        ----------
        kind : {"word_intrusion", "topic_intrusion", "verbatim_fit"}, optional
            By default all tasks.

        Returns
        -------
        DataFrame
            Letters; ``None`` where a judge has not answered.
        """
        tasks = self.tasks if kind is None else self.tasks[self.tasks["kind"] == kind]
        given = self.answers[self.answers["answer"] != ""]
        wide = given.pivot_table(index="task_id", columns="judge", values="answer", aggfunc="first")
        wide = wide.reindex(index=tasks["task_id"], columns=sorted(self.answers["judge"].unique())).astype(object)
        return wide.where(wide.notna(), None)

    def summary(self) -> str:
        """Return in French, a sentence a kind, what was found."""
        lines = []
        for row in self.kinds.to_dict("records"):
            name = KINDS[row["kind"]]
            if not row["n"]:
                lines.append(f"{name} : aucune réponse.")
                continue
            chance = f"le hasard en donnerait {100 * row['chance']:.0f} %"
            verdict = "mieux que le hasard" if row["low"] > row["chance"] else "pas distinct du hasard"
            interval = f"[{100 * row['low']:.0f} ; {100 * row['high']:.0f}]"
            counts = f"{_counted(row['n'], 'réponse')}, {_counted(row['tasks'], 'tâche')}"
            lines.append(
                f"{name} : {100 * row['share']:.0f} % de réponses justes {interval}, {chance} : {verdict} ({counts})."
            )
        return "\n".join(lines)

    def plot(self, *, labels: Mapping[int, str] | None = None) -> NDArray[np.object_]:
        """Draw the share of right answers of each topic with its interval, a panel per kind.

        Parameters
        ----------
        labels : mapping of int to str, optional
            Topic → what is written beside it; by default « thème 1 ».

        Returns
        -------
        array of Axes
            One per kind.
        """
        from innovsoc_analysis.topics.validation.drawing import draw_scores

        return draw_scores(self.topics, labels=labels or {}, confidence=self.confidence)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (all tables) or ``.csv`` (topics), as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        sheets = {
            "Thèmes": readable(self.topics),
            "Ensemble": readable(self.kinds),
            "Juges": readable(self.judges),
            "Tâches": readable(self.tasks),
            "Réponses": readable(self.answers.rename(columns={"answer": "réponse"})),
        }
        save_sheets(sheets, path, main="Thèmes", locale=locale)

    def __repr__(self) -> str:
        """Return counts only."""
        n, judges = int(self.kinds["n"].sum()), self.answers["judge"].nunique()
        counts = (_counted(n, "réponse"), _counted(judges, "juge"), _counted(len(self.tasks), "tâche"))
        return f"<Scores : {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        def shown(value: float) -> str:
            return f"{value:.1f}".replace("-", "−").replace(".", ",")

        return readable(self.kinds).to_html(index=False, float_format=shown, na_rep="–")


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of `Scores` with French headings, shares as percentages.

    Parameters
    ----------
    table : DataFrame
        One of them.
    """
    percent = {name: 100 * table[name].astype(float) for name in _PERCENT if name in table}
    names = {"kind": table["kind"].map(KINDS)} if "kind" in table else {}
    return table.assign(**percent, **names).rename(columns=HEADINGS)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' if number > 1 else ''}"
