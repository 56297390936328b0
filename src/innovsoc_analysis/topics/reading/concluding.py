"""Topic by topic, what is left once stability, attributes and codes have been looked at."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.pages.tables import readable
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from innovsoc_analysis.topics.effects import Effects
    from innovsoc_analysis.topics.reading.unseen import Unseen
    from innovsoc_analysis.topics.result import Topics

_LEVEL = 0.05
NOTHING = "rien de sûr"
HEADINGS = {
    "topic": "thème",
    "label": "libellé",
    "stability": "stabilité (%)",
    "chance": "repère du hasard (%)",
    "stable": "stable",
    "differences": "écarts sûrs, à autres attributs égaux",
    "codes": "codes associés",
    "seen": "la grille le voit",
}


@dataclass(frozen=True, repr=False)
class TopicConclusions:
    """What can be said of each topic.

    Attributes
    ----------
    table : DataFrame
        One row per topic: ``topic, label, stability, chance`` (%), ``stable, differences, codes, seen``.
    """

    table: pd.DataFrame

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        save_sheets({"Conclusions": self._readable()}, path, main="Conclusions", locale=locale)

    def __repr__(self) -> str:
        """Return how many topics one can speak of."""
        return f"<Conclusions : {int(self.table['stable'].sum())} thèmes stables sur {len(self.table)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in HEADINGS.values())
        rows = []
        for row in self._readable().itertuples(index=False, name=None):
            cells = (escape(readable(value, decimals=0)) for value in row)
            rows.append("".join(f"<td style='text-align:left;vertical-align:top'>{cell}</td>" for cell in cells))
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _readable(self) -> pd.DataFrame:
        return self.table.assign(stable=self.table["stable"].map({True: "oui", False: "non"})).rename(columns=HEADINGS)


def conclude(
    topics: Topics,
    *,
    effects: Effects | None = None,
    proposed: pd.DataFrame | None = None,
    unseen: Unseen | None = None,
) -> TopicConclusions:
    """Return, topic by topic, what is left to say of it; of an unstable topic, that it is unstable.

    Parameters
    ----------
    topics : Topics
        Their stability is measured if it was not.
    effects : Effects, optional
        From `Topics.effects`; a difference is sure below 0.05 after correction for many tests.
    proposed : DataFrame, optional
        Labels from `Topics.cross`.
    unseen : Unseen, optional
        From `Topics.uncoded`.
    """
    rows = []
    for row in topics.stability_table.itertuples():
        stable = bool(row.stable)
        rows.append(
            {
                "topic": row.topic,
                "label": row.label,
                "stability": 100 * row.stability,
                "chance": 100 * row.chance,
                "stable": stable,
                "differences": _differences(effects, row.topic) if stable and effects else "",
                "codes": _codes(proposed, row.topic) if stable and proposed is not None else "",
                "seen": _seen(unseen, row.topic) if stable and unseen else "",
            }
        )
    return TopicConclusions(pd.DataFrame(rows, columns=list(HEADINGS)))


def _differences(effects: Effects, topic: int) -> str:
    sure = effects.table[(effects.table["topic"] == topic) & (effects.table["p_adjusted"] < _LEVEL)]
    said = [
        _compared(row) + f" : {'+' if row.effect > 0 else ''}{readable(float(row.effect), decimals=0)} points"
        for row in sure.itertuples()
    ]
    return " ; ".join(said) or NOTHING


def _compared(row: object) -> str:
    attribute, level, reference = (str(getattr(row, name) or "") for name in ("attribute", "level", "reference"))
    if not reference:
        return f"{attribute_label(attribute)}, {level}".rstrip(", ")
    if attribute == "genre":
        level, reference = genre_label(level), genre_label(reference)
    return f"{level} / {reference}"


def _codes(proposed: pd.DataFrame, topic: int) -> str:
    row = proposed.set_index("topic").loc[topic]
    if row["origin"] != "code":
        return "aucun"
    return " ; ".join(filter(None, [row["label"], row["others"]]))


def _seen(unseen: Unseen, topic: int) -> str:
    row = unseen.table.set_index("topic").loc[topic]
    return f"{row['verdict']} que l'ensemble ({100 * row['share']:.0f} % de phrases sans code)"
