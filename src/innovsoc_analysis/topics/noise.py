"""What topics of nothing look like: the same model on the same words, dealt out by chance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.pages.tables import readable
from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.topics.matching import first_words
from innovsoc_analysis.topics.models import Run
from innovsoc_analysis.topics.stability import resampled_stability, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from innovsoc_analysis.topics.result import Topics

TEXTS, SHUFFLED = "les textes", "les mêmes mots, battus"
HEADINGS = {
    "of": "de",
    "topic": "thème",
    "label": "libellé",
    "stability": "stabilité (%)",
    "low": "bas (%)",
    "high": "haut (%)",
    "chance": "repère du hasard (%)",
    "stable": "stable",
}


@dataclass(frozen=True, repr=False)
class NoiseComparison:
    """Topics beside those of shuffled words.

    Attributes
    ----------
    table : DataFrame
        One row per topic, those of the texts first: ``of`` (``"les textes"`` or ``"les mêmes mots, battus"``),
        ``topic, label, stability, low, high, chance`` (percentages), ``stable``.
    basis : str
        Documents, words and draws, in French.
    """

    table: pd.DataFrame
    basis: str

    @property
    def n_stable(self) -> dict[str, int]:
        """How many topics are stable, of the texts and of shuffled words."""
        return {of: int(rows["stable"].sum()) for of, rows in self.table.groupby("of", sort=False)}

    def plot(self, *, labels: Mapping[int, str] | None = None, ax: Axes | None = None) -> Axes:
        """Draw the stability of each topic, its interval and what chance reaches.

        Parameters
        ----------
        labels : mapping of int to str, optional
            Topic of the texts → what is written; by default its first words.
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.figures.dots import dot_plot
        from innovsoc_analysis.figures.style import COLOURS, INK

        given = labels or {}
        rows = [
            f"{row.topic}. {given.get(row.topic, row.label)}" if row.of == TEXTS else f"bruit {row.topic}. {row.label}"
            for row in self.table.itertuples()
        ]
        axes = dot_plot(
            self.table[["stability"]].set_axis(rows, axis=0),
            title="Les thèmes se retrouvent-ils dans d'autres tirages des documents ?",
            xlabel=f"stabilité et intervalle à 95 % ; trait vertical : repère du hasard\n{self.basis}",
            sections=dict(zip(rows, self.table["of"], strict=True)),
            ax=ax,
        )
        heights = axes.get_yticks()
        axes.hlines(heights, self.table["low"], self.table["high"], color=COLOURS[0], linewidth=1.6, alpha=0.55)
        axes.plot(self.table["chance"], heights, "|", color=INK, markersize=11, markeredgewidth=1.8)
        axes.set_xlim(0, 100)
        return axes

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        save_sheets({"Bruit": self._readable()}, path, main="Bruit", locale=locale)

    def __repr__(self) -> str:
        """Return how many topics are stable."""
        texts, noise = (self.n_stable.get(of, 0) for of in (TEXTS, SHUFFLED))
        return f"<Bruit : {texts} thèmes stables dans les textes, {noise} dans les mêmes mots battus>"

    def _repr_html_(self) -> str:
        return self._readable().to_html(index=False, float_format=lambda value: readable(float(value), decimals=0))

    def _readable(self) -> pd.DataFrame:
        return self.table.assign(stable=self.table["stable"].map({True: "oui", False: "non"})).rename(columns=HEADINGS)


def against_noise(topics: Topics, *, n_resamples: int = 20, seed: int = 7) -> NoiseComparison:
    """Fit the model of `topics` to its own words, shuffled across the units, and measure both stabilities.

    Parameters
    ----------
    topics : Topics
        Their stability is measured if it was not.
    n_resamples : int
        Draws of documents for the topics of shuffled words.
    seed : int
        Of the shuffling.

    Returns
    -------
    NoiseComparison
    """
    import numpy as np

    counts = topics.counts
    run = Run(topics.model, topics.asked or topics.n_topics, topics.seed)
    dealt = shuffled(counts.matrix, np.random.default_rng(seed))
    fitted = run.fit_within(dealt)
    found = resampled_stability(
        dealt, run, fitted=fitted, n_resamples=n_resamples, groups=counts.units["doc_id"].tolist()
    )
    own = topics.stability_table.assign(of=TEXTS)
    noise = pd.DataFrame(
        {
            "topic": range(1, len(found.scores) + 1),
            "label": [
                ", ".join(counts.words[word] for word in words[:3]) for words in first_words(fitted.word_weights)
            ],
            "stability": found.scores,
            "low": found.low,
            "high": found.high,
            "chance": found.chance,
            "stable": found.stable,
            "of": SHUFFLED,
        }
    )
    table = pd.concat([own, noise], ignore_index=True)[list(HEADINGS)]
    measures = ["stability", "low", "high", "chance"]
    table[measures] = 100 * table[measures]
    return NoiseComparison(table, f"{topics.basis} ; {n_resamples} tirages")
