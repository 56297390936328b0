"""Whether smaller units than documents give topics that are found again: documents, paragraphs, contexts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.counting.units import UNITS
from innovsoc_analysis.pages.tables import readable
from innovsoc_analysis.safe.sheets import save_sheets
from innovsoc_analysis.topics.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.topics.result import Topics

HEADINGS = {
    "unit": "unité",
    "n_units": "unités",
    "words": "mots par unité",
    "stability": "stabilité moyenne (%)",
    "chance": "repère moyen du hasard (%)",
    "n_stable": "thèmes stables",
}


@dataclass(frozen=True, repr=False)
class UnitComparison:
    """The same number of topics in units of several sizes.

    Attributes
    ----------
    table : DataFrame
        One row per unit: ``unit`` (its French name), ``n_units, words`` (counted, by unit), ``stability,
        chance`` (means over the topics, %), ``n_stable``. Stabilities are compared to their own chance,
        not to each other.
    topics : dict of str to Topics
        By unit.
    """

    table: pd.DataFrame
    topics: dict[str, Topics]

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw mean stability beside what chance reaches, unit by unit."""
        from innovsoc_analysis.figures.dots import dot_plot

        names = {"stability": "stabilité moyenne", "chance": "repère moyen du hasard"}
        axes = dot_plot(
            self.table.set_index("unit")[list(names)].rename(columns=names),
            title="De plus petites unités : plus stables que le hasard ?",
            xlabel=f"{next(iter(self.topics.values())).n_topics} thèmes par unité",
            ax=ax,
        )
        axes.set_xlim(0, 100)
        return axes

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        save_sheets({"Unités": self.table.rename(columns=HEADINGS)}, path, main="Unités", locale=locale)

    def __repr__(self) -> str:
        """Return how many topics are stable, unit by unit."""
        said = ", ".join(f"{row.unit} {row.n_stable}" for row in self.table.itertuples())
        return f"<Unités, thèmes stables : {said}>"

    def _repr_html_(self) -> str:
        shown = self.table.rename(columns=HEADINGS)
        return shown.to_html(index=False, float_format=lambda value: readable(float(value), decimals=0))


def compare_units(
    corpus: Corpus,
    units: Sequence[str] = ("document", "paragraph", "context"),
    *,
    n_topics: int = 8,
    model: str = "nmf",
    seed: int = 0,
) -> UnitComparison:
    """Fit the same number of topics to units of several sizes and measure whether they are found again.

    Documents are drawn whole whatever the unit: passages of one text are no independent observations.

    Parameters
    ----------
    corpus : Corpus
        Annotated at first use.
    units : sequence of str
        ``"document"``, ``"paragraph"``, ``"context"``.
    n_topics, model, seed
        As in `fit`.

    Returns
    -------
    UnitComparison

    Raises
    ------
    UsageError
        If a unit is not known, or the number of topics does not fit.
    """
    fitted = {unit: fit(corpus, n_topics=n_topics, model=model, seed=seed, unit=unit) for unit in units}
    rows = [
        {
            "unit": UNITS[unit][0],
            "n_units": len(found.counts.units),
            "words": found.counts.matrix.sum() / len(found.counts.units),
            "stability": 100 * found.stability.scores.mean(),
            "chance": 100 * found.stability.chance.mean(),
            "n_stable": int(found.stability.stable.sum()),
        }
        for unit, found in fitted.items()
    ]
    return UnitComparison(pd.DataFrame(rows, columns=list(HEADINGS)), fitted)
