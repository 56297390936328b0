"""Codes in time: from one year or month to the next, and along one conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from innovsoc_analysis.counting.dates import read_dates
from innovsoc_analysis.counting.proportions import wilson_percent
from innovsoc_analysis.counting.resampling import FEWEST_DOCUMENTS
from innovsoc_analysis.figures.savable import Savable
from innovsoc_analysis.model.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.codings import Codings

PERIODS = {"year": "année", "month": "mois"}
HEADINGS = {
    "code": "code",
    "label": "libellé",
    "period": "période",
    "documents": "documents avec le code",
    "n": "documents de la période",
    "share": "% des documents",
    "low": "borne basse",
    "high": "borne haute",
    "few": "peu de documents",
    "speaker": "locuteur·rice",
    "place": "place",
}
"""French names of the columns of the tables."""
_MOST_DRAWN = 12
_SECONDS = 60


@dataclass(frozen=True, repr=False)
class Timeline(Savable):
    """Codes over dates.

    Attributes
    ----------
    table : DataFrame
        One row per code and period: ``code, label, period`` (``2024`` or ``2024-03``), ``documents, n, share,
        low, high`` (%, 95 %), ``few`` (fewer than 5 documents).
    period : {"year", "month"}
        What the periods are.
    n_documents, n_undated : int
        Documents with a date that could be read, and without.
    method : str
        How it was coded.
    """

    table: pd.DataFrame
    period: str
    n_documents: int
    n_undated: int
    method: str

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        periods = self.table["period"]
        return (
            f"Part des documents qui portent {self.table['code'].nunique()} codes, par {PERIODS[self.period]}, de"
            f" {periods.min()} à {periods.max()} ({self.n_documents} documents datés)."
        )

    def plot(self) -> NDArray[Any]:
        """Draw one panel per code, the twelve most widespread at most: a dot per period, and its interval."""
        from innovsoc_analysis.figures.describing import describe
        from innovsoc_analysis.figures.timeline import time_panels

        totals = self.table.groupby("code")["documents"].sum().sort_values(ascending=False, kind="stable")
        kept = set(totals.index[:_MOST_DRAWN])
        panels = {
            str(label): panel.assign(time=[_decimal(one) for one in panel["period"]])
            for label, panel in self.table[self.table["code"].isin(kept)].groupby("label", sort=False)
        }
        undated = f" ; {self.n_undated} sans date lisible, non comptés" if self.n_undated else ""
        fewer = f" ; {len(kept)} codes sur {len(totals)}, les plus répandus" if len(totals) > len(kept) else ""
        grid = time_panels(
            panels,
            title=f"Documents qui portent chaque code, par {PERIODS[self.period]}",
            caption=f"% des documents de la période, n = {self.n_documents} documents datés{undated}{fewer} ;"
            f" {self.method}.\nTrait vertical : intervalle à 95\u202f% (Wilson). Point vide : moins de"
            f" {FEWEST_DOCUMENTS} documents, n'en concluez rien.",
        )
        describe(grid, self.alt)
        return grid

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Codes par période": self.table.rename(columns=HEADINGS)}

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Timeline : {self.table['code'].nunique()} codes, {self.table['period'].nunique()} périodes>"

    def _repr_html_(self) -> str:
        wide = self.table.pivot_table(index="label", columns="period", values="share", sort=False).sort_index(axis=1)
        html = wide.to_html(float_format=lambda value: f"{value:.0f}", na_rep="–", index_names=False)
        return f"<p>{self.alt} En % des documents.</p>{html}"


@dataclass(frozen=True, repr=False)
class Speech(Savable):
    """Codes along one document.

    Attributes
    ----------
    table : DataFrame
        One row per code on a segment: ``code, label, speaker, place`` (minutes, or the number of the turn or of
        the segment), ``segment_id``.
    turns : DataFrame
        ``speaker, start, end``, on the same scale.
    title : str
        Of the document.
    scale : {"minutes", "tours", "segments"}
        What the scale is.
    families : mapping of str to str
        Label → family of codes.
    n_segments : int
        Segments that carry a code.
    method : str
        How it was coded.
    """

    table: pd.DataFrame
    turns: pd.DataFrame
    title: str
    scale: Literal["minutes", "tours", "segments"]
    families: dict[str, str]
    n_segments: int
    method: str

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        n_speakers = self.turns["speaker"].nunique()
        return (
            f"Où {self.table['code'].nunique()} codes se rencontrent le long de « {self.title} », par"
            f" {_counted(n_speakers, 'locuteur·rice')} : {_counted(self.n_segments, 'segment')} codés,"
            f" en {self.scale}."
        )

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw who speaks when, and below a row per code with a mark where someone says it.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.figures.describing import describe
        from innovsoc_analysis.figures.speech import speech_plot

        named = {"minutes": "minutes depuis le début", "tours": "tours de parole", "segments": "segments du texte"}
        axes = speech_plot(
            self.turns,
            self.table,
            title=f"Les codes le long de « {self.title} »",
            caption=f"n = {len(self.table)} codages, {self.n_segments} segments codés, {self.method}. Une marque :"
            " un segment qui porte le code, de la couleur et de la forme de qui le dit.",
            xlabel=named[self.scale],
            sections=self.families if any(self.families.values()) else None,
            ax=ax,
        )
        if ax is None:
            describe(axes, self.alt)
        return axes

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Codes le long du texte": self.table.rename(columns=HEADINGS)}

    def __repr__(self) -> str:
        """Return counts only: names may be confidential."""
        return f"<Speech : {len(self.table)} codages, {self.turns['speaker'].nunique()} locuteur·rices>"

    def _repr_html_(self) -> str:
        from html import escape

        counts = pd.crosstab(self.table["label"], self.table["speaker"])
        return f"<p>{escape(self.alt)}</p>{counts.to_html(index_names=False)}"


def timeline(
    codings: Codings, attribute: str = "date", *, period: str = "year", codes: Sequence[str] | None = None
) -> Timeline:
    """Return the share of the documents of each period that carry each code.

    Parameters
    ----------
    codings : Codings
        Of a corpus.
    attribute : str
        Which attribute holds the dates, as `read_dates` reads them.
    period : {"year", "month"}
        A date that gives no month is undated by month.
    codes : sequence of str, optional
        Those to look at; by default all that are met.

    Returns
    -------
    Timeline
        With intervals of Wilson (1927, *JASA* 22, 209-212), over documents.

    Raises
    ------
    UnknownNameError
        If no document has the attribute, or the codebook a code.
    UsageError
        If the period is unknown or no date can be read.
    """
    if period not in PERIODS:
        raise UsageError(f"Période inconnue : « {period} » ; choisissez year ou month.")
    chosen = codings.chosen(codes)
    read = read_dates(codings.corpus.attribute(attribute).astype(str))
    periods = read["year"].astype("string")
    if period == "month":
        periods = periods + "-" + read["month"].astype("string").str.zfill(2)
    dated = periods.dropna()
    if dated.empty:
        raise UsageError(
            f"Aucune date lisible dans « {attribute} » : donnez à chaque document une date comme 2024, 2024-03-15 ou"
            " 15 mars 2024."
        )
    sizes = dated.value_counts().sort_index()
    held = codings.table[["doc_id", "code"]].drop_duplicates()
    counts = held.assign(period=held["doc_id"].map(dated)).groupby(["code", "period"]).size()
    rows = []
    for code in chosen:
        for when, n in sizes.items():
            count = int(counts.get((code, when), 0))
            rows.append(
                (code, codings.label(code), when, count, int(n), 100 * count / n, *wilson_percent(count, int(n)))
            )
    table = pd.DataFrame(rows, columns=["code", "label", "period", "documents", "n", "share", "low", "high"])
    table["few"] = table["n"] < FEWEST_DOCUMENTS
    return Timeline(table, period, len(dated), len(codings.corpus) - len(dated), codings.method)


def along(codings: Codings, document: str, *, codes: Sequence[str] | None = None) -> Speech:
    """Return where codes stand in one document: in minutes if it is timed, else in turns.

    Parameters
    ----------
    codings : Codings
        Of a corpus.
    document : str
        Its ``doc_id``, source, file name or title.
    codes : sequence of str, optional
        Those to look at; by default all that are met in it.

    Raises
    ------
    UnknownNameError
        If no document is called so, or several are.
    UsageError
        If it carries no code.
    """
    row = _found(codings, document)
    doc_id = row["doc_id"]
    own = codings.table[codings.table["doc_id"] == doc_id]
    if codes is not None:
        own = own[own["code"].isin(codings.chosen(codes))]
    if own.empty:
        raise UsageError(f"« {document} » ne porte aucun de ces codes.")
    segments = codings.corpus.segments
    segments = segments[segments["doc_id"] == doc_id].sort_values(["start", "end"], kind="stable")
    kind = segments.set_index("segment_id")["unit"].reindex(own["segment_id"]).mode()
    units = segments[segments["unit"] == (kind.iloc[0] if len(kind) else segments["unit"].iloc[0])]
    scale, starts, ends = _scaled(units)
    speakers = units["speaker"].fillna("").replace("", "sans nom")
    turns = pd.DataFrame({"speaker": speakers.to_numpy(), "start": starts, "end": ends})
    middle = pd.Series((starts + ends) / 2, index=units["segment_id"].to_numpy())
    speaker_of = pd.Series(speakers.to_numpy(), index=units["segment_id"].to_numpy())
    order = {code: place for place, code in enumerate(codings.codebook.code_ids)}
    table = pd.DataFrame(
        {
            "code": own["code"].to_numpy(),
            "label": [codings.label(code) for code in own["code"]],
            "speaker": own["segment_id"].map(speaker_of).to_numpy(),
            "place": own["segment_id"].map(middle).to_numpy(),
            "segment_id": own["segment_id"].to_numpy(),
        }
    ).dropna(subset=["place"])
    table = table.sort_values(["code", "place"], key=lambda one: one.map(order) if one.name == "code" else one)
    families = {codings.label(code): codings.codebook.family_of(code) for code in dict.fromkeys(table["code"])}
    n_segments = int(table["segment_id"].nunique())
    title = str(row["title"] or row["source"])
    return Speech(table.reset_index(drop=True), turns, title, scale, families, n_segments, codings.method)


def _found(codings: Codings, document: str) -> pd.Series:
    documents = codings.corpus.documents
    names = documents["source"].str.replace("\\", "/").str.split("/").str[-1]
    for column in (documents["doc_id"], documents["source"], names, documents["title"]):
        here = documents[column == document]
        if len(here) == 1:
            return here.iloc[0]
        if len(here) > 1:
            raise UnknownNameError(f"Plusieurs documents s'appellent « {document} » ; donnez leur doc_id.")
    raise UnknownNameError(f"Aucun document ne s'appelle « {document} » ; donnez son fichier, son titre ou son doc_id.")


def _scaled(units: pd.DataFrame) -> tuple[Literal["minutes", "tours", "segments"], NDArray[Any], NDArray[Any]]:
    """Return the scale of a document, and where each unit starts and ends on it."""
    if units["t_start"].notna().all():
        starts = units["t_start"].to_numpy(dtype=float) / _SECONDS
        following = np.append(starts[1:], starts[-1])
        ends = units["t_end"].astype("Float64").to_numpy(dtype=float, na_value=np.nan) / _SECONDS
        return "minutes", starts, np.where(np.isnan(ends), np.maximum(following, starts), ends)
    speakers = units["speaker"].fillna("").to_numpy()
    if not (speakers != "").any():
        places = np.arange(len(units), dtype=float)
        return "segments", places, places + 1
    turn = np.cumsum(np.append(True, speakers[1:] != speakers[:-1]))
    # units of a turn share its width
    of_turn = pd.Series(turn)
    rank, size = of_turn.groupby(of_turn).cumcount().to_numpy(), of_turn.map(of_turn.value_counts()).to_numpy()
    starts = turn - 1 + rank / size + 0.5
    return "tours", starts, starts + 1 / size


def _decimal(period: str) -> float:
    year, _, month = period.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' if number > 1 else ''}"
