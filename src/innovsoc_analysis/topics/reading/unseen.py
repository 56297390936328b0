"""What the codebook does not see: how much of each topic carries no code, and which sentences show it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.pages.tables import readable
from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.topics.reading.crossing import uncoded, uncoded_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

HEADINGS = {
    "topic": "thème",
    "label": "libellé",
    "sentences": "phrases",
    "uncoded": "sans code",
    "share": "% sans code",
    "low": "bas (%)",
    "high": "haut (%)",
    "verdict": "la grille le voit",
}
WORSE, BETTER, AS_WELL = "moins bien", "mieux", "aussi bien"


@dataclass(frozen=True, repr=False)
class Unseen:
    """How much of each topic carries no code.

    Attributes
    ----------
    table : DataFrame
        As of `innovsoc_analysis.topics.reading.crossing.uncoded`, with ``label`` and ``verdict``: whether
        the codebook sees the topic ``"mieux"``, ``"moins bien"`` or ``"aussi bien"`` as all of them together.
    labels : dict of int to str
        Topic → its label.
    spans : DataFrame
        The sentences: ``doc_id, start, end``.
    shares : DataFrame, shape (n_sentences, n_topics)
        Share of each topic in each sentence.
    codings : DataFrame
        ``doc_id, start, end, code``.
    texts : dict of str to str
        By ``doc_id``.
    """

    table: pd.DataFrame
    labels: dict[int, str]
    spans: pd.DataFrame
    shares: pd.DataFrame
    codings: pd.DataFrame
    texts: dict[str, str]

    @property
    def overall(self) -> float:
        """Share of all sentences that carry no code, 0 to 1."""
        return float(self.table["uncoded"].sum() / self.table["sentences"].sum())

    def sentences(self, n: int = 3) -> pd.DataFrame:
        """Return the `n` sentences without code that best show each topic, from different documents.

        Returns
        -------
        DataFrame
            ``topic, score, quote, doc_id, start, end``.
        """
        found = uncoded_sentences(self.spans, self.shares, self.codings, n=n)
        places = zip(found["doc_id"], found["start"], found["end"], strict=True)
        found["quote"] = [self.texts[doc_id][start:end] for doc_id, start, end in places]
        return found[["topic", "score", "quote", "doc_id", "start", "end"]]

    def plot(self, *, labels: Mapping[int, str] | None = None, ax: Axes | None = None) -> Axes:
        """Draw the share of each topic without code, its interval and the share of all topics together.

        Parameters
        ----------
        labels : mapping of int to str, optional
            Topic → what is written; by default its first words.
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.figures.dots import dot_plot
        from innovsoc_analysis.figures.style import COLOURS, MUTED

        named = {**self.labels, **(labels or {})}
        rows = [f"{topic}. {named[topic]}" for topic in self.table["topic"]]
        axes = dot_plot(
            (100 * self.table[["share"]]).set_axis(rows, axis=0),
            title="Ce que la grille ne voit pas",
            xlabel="part des phrases du thème sans aucun code et intervalle à 95 %\nen tirets : toutes les phrases",
            ax=ax,
        )
        bounds = (100 * self.table[["low", "high"]]).to_numpy().T
        axes.hlines(axes.get_yticks(), *bounds, color=COLOURS[0], linewidth=1.6, alpha=0.55)
        axes.axvline(100 * self.overall, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xlim(0, 100)
        return axes

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv``, or it and the sentences to ``.xlsx``, as the suffix of `path` says."""
        quoted = self.sentences()[["topic", "quote"]].rename(columns={"topic": "thème", "quote": "verbatim"})
        save_sheets({"Sans code": self._readable(), "Phrases": quoted}, path, main="Sans code", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Sans code : {100 * self.overall:.0f} % des phrases, {len(self.table)} thèmes>"

    def _repr_html_(self) -> str:
        return self._readable().to_html(index=False, float_format=lambda value: readable(float(value), decimals=0))

    def _readable(self) -> pd.DataFrame:
        shown = self.table[["topic", "label", "sentences", "share", "low", "high", "verdict"]]
        percentages = {name: 100 * shown[name] for name in ("share", "low", "high")}
        return shown.assign(**percentages).rename(columns=HEADINGS)


def unseen(
    spans: pd.DataFrame,
    shares: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    labels: Mapping[int, str],
    texts: Mapping[str, str],
    seed: int = 0,
) -> Unseen:
    """Return how much of each topic carries no code.

    Parameters
    ----------
    spans, shares, codings
        As in `innovsoc_analysis.topics.reading.crossing.cross`.
    labels : mapping of int to str
        Topic → its label.
    texts : mapping of str to str
        By ``doc_id``.
    seed : int
        Of the draws of documents.

    Raises
    ------
    UsageError
        If no sentence is of any topic.
    """
    table = uncoded(spans, shares, codings, seed=seed)
    overall = table["uncoded"].sum() / table["sentences"].sum()
    verdict = [
        WORSE if low > overall else BETTER if high < overall else AS_WELL
        for low, high in zip(table["low"], table["high"], strict=True)
    ]
    table.insert(1, "label", [labels[topic] for topic in table["topic"]])
    return Unseen(table.assign(verdict=verdict), dict(labels), spans, shares, codings, dict(texts))
