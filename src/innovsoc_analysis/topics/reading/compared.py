"""How much each topic is spoken of: the results, their figures and their files."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.savable import Savable
from innovsoc_analysis.ingest.metadata import genre_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

FRENCH = {
    "topic": "thème",
    "attribute": "attribut",
    "value": "valeur",
    "share": "part moyenne",
    "low": "borne basse",
    "high": "borne haute",
    "n_documents": "documents",
    "few": "peu de documents",
}
"""French names of the columns of the tables."""


@dataclass(frozen=True, repr=False)
class Prevalence(Savable):
    """Prevalence by the values of an attribute.

    Attributes
    ----------
    table : DataFrame
        Of `prevalence`.
    labels : mapping of int to str
        Topic → its label.
    basis : str
        What it rests on, in French.
    """

    table: pd.DataFrame
    labels: Mapping[int, str]
    basis: str

    @property
    def attribute(self) -> str:
        """What is compared."""
        return str(self.table["attribute"].iloc[0])

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        first = self.table.loc[self.table["share"].idxmax()]
        value = genre_label(first["value"]) if self.attribute == "genre" else first["value"] or "non renseigné"
        return (
            f"Part moyenne de {self.table['topic'].nunique()} thèmes par {self.attribute} ({self.basis}) ; la plus"
            f" forte : thème {first['topic']}, {_percent(first['share'])} dans « {value} »."
        )

    def plot(self, *, labels: Mapping[int, str] | None = None) -> NDArray[Any]:
        """Draw one panel per topic, one dot with its interval per group; other `labels` of topics may be given."""
        grid = plot_prevalence(
            self.table,
            labels=dict(labels or self.labels),
            title=f"Parts des thèmes, par {self.attribute}",
            caption=f"part moyenne du thème (% des documents du groupe, n entre parenthèses), {self.basis} ;"
            " intervalle à 95\u202f% ; point vide : moins de 5 documents",
        )
        describe(grid, self.alt)
        return grid

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Parts des thèmes": self.table.rename(columns=FRENCH)}

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Prevalence : {self.table['topic'].nunique()} thèmes, {self.table['value'].nunique()} groupes>"

    def _repr_html_(self) -> str:
        shown = _named(self.table)
        wide = 100 * shown.pivot_table(index="topic", columns="value", values="share", sort=False)
        html = wide.to_html(float_format=lambda share: f"{share:.0f}", na_rep="–")
        return f"<p>{escape(self.alt)} En %.</p>{html}"


@dataclass(frozen=True, repr=False)
class Evolution(Savable):
    """Prevalence over time.

    Attributes
    ----------
    table : DataFrame
        As of `prevalence`, ``value`` being a year (``2024``) or a month (``2024-03``), in order.
    n_undated : int
        Documents without a date that could be read; they count nowhere.
    remark : str
        The same in a French sentence; empty if all are dated.
    labels : mapping of int to str
        Topic → its label; empty if they are only numbered.
    """

    table: pd.DataFrame
    n_undated: int
    remark: str
    labels: Mapping[int, str] = field(default_factory=dict)

    @property
    def n_documents(self) -> int:
        """Documents with a date."""
        return int(self.table.drop_duplicates("value")["n_documents"].sum())

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        values = self.table["value"]
        return (
            f"Part moyenne de {self.table['topic'].nunique()} thèmes, de {values.min()} à {values.max()}"
            f" (n = {self.n_documents} documents datés)."
        )

    def plot(
        self, *, labels: Mapping[int, str] | None = None, title: str = "Parts des thèmes dans le temps"
    ) -> NDArray[Any]:
        """Draw one panel per topic, a dot per period and its interval; other `labels` of topics may be given."""
        grid = plot_evolution(self, labels=dict(labels or self.labels), title=title)
        describe(grid, self.alt)
        return grid

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Thèmes dans le temps": self.table.rename(columns=FRENCH | {"value": "période"})}

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Evolution : {self.table['topic'].nunique()} thèmes, {self.table['value'].nunique()} périodes>"

    def _repr_html_(self) -> str:
        wide = 100 * self.table.pivot_table(index="value", columns="topic", values="share", sort=False)
        html = wide.to_html(float_format=lambda share: f"{share:.0f}", na_rep="–")
        return f"<p>{escape(self.alt)} {escape(self.remark)} En %.</p>{html}"


def plot_prevalence(table: pd.DataFrame, *, labels: dict[int, str], title: str, caption: str) -> NDArray[Any]:
    """Draw the table of `prevalence`: one panel per topic, one dot with its interval per group.

    Parameters
    ----------
    table : DataFrame
        From `prevalence`.
    labels : dict of int to str
        Topic → its label.
    title, caption : str
        Above and below; in French.

    Returns
    -------
    array of Axes
        Hollow dots stand for fewer than 5 documents.
    """
    from innovsoc_analysis.figures.intervals import interval_panels

    return interval_panels(_panels(_named(table), labels), title=title, caption=caption)


def plot_evolution(found: Evolution, *, labels: dict[int, str], title: str) -> NDArray[Any]:
    """Draw an evolution: one panel per topic, a line over time in the band of its interval.

    Parameters
    ----------
    found : Evolution
        From `evolution`.
    labels : dict of int to str
        Topic → its label.
    title : str
        In French.

    Returns
    -------
    array of Axes
        Hollow dots stand for fewer than 5 documents.
    """
    from innovsoc_analysis.figures.timeline import time_panels

    panels = _panels(found.table, labels)
    for panel in panels.values():
        panel["time"] = [_decimal(value) for value in panel["value"]]
    caption = (
        f"part moyenne du thème, n = {found.n_documents} documents datés ; trait vertical : intervalle à 95\u202f% ;"
        " point vide : moins de 5 documents"
    )
    return time_panels(panels, title=title, caption="\n".join(filter(None, [caption, found.remark])))


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with genres as people call them."""
    return table.assign(value=table["value"].map(genre_label)) if set(table["attribute"]) == {"genre"} else table


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"


def _panels(table: pd.DataFrame, labels: dict[int, str]) -> dict[str, pd.DataFrame]:
    shown = table.assign(
        value=table["value"].where(table["value"] != "", "non renseigné"),
        **{name: 100 * table[name] for name in ("share", "low", "high")},
    )
    return {
        f"{topic}. {labels.get(int(topic), '')}".rstrip(". "): panel.reset_index(drop=True)
        for topic, panel in shown.groupby("topic", sort=True)
    }


def _decimal(period: str) -> float:
    year, _, month = period.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)
