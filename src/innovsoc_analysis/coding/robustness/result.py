"""What a multiverse says: a row per universe, in how many a conclusion holds, which choice moves it, a curve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.robustness.claims import parse_claims
from innovsoc_analysis.coding.robustness.decomposing import variance_shares
from innovsoc_analysis.coding.robustness.display import number, spread_of
from innovsoc_analysis.coding.robustness.universes import CHOICES, Universe
from innovsoc_analysis.coding.robustness.ways import ALL, SURE
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.robustness.claims import Claim
    from innovsoc_analysis.coding.robustness.trying import Measure, Trial
    from innovsoc_analysis.model.codebook import Codebook

HEADINGS = {
    "claim": "conclusion",
    "coder": "codeur",
    "certainty": "certitude",
    "unit": "ce qu'on compte",
    "headings": "titres",
    "interviewers": "qui interroge",
    "short": "documents courts",
    "share": "part du groupe (%)",
    "than": "part comparée (%)",
    "estimate": "estimation",
    "low": "bas",
    "high": "haut",
    "holds": "tient",
    "clear": "nettement",
    "without_one": "tient sans tout document",
    "universes": "univers",
    "n_holds": "où elle tient",
    "n_clear": "nettement",
    "n_without_one": "sans tout document",
    "median": "médiane",
    "least": "au moins",
    "most": "au plus",
    "usual": "usage",
    "p": "p",
    "choice": "choix",
    "alone": "à lui seul (% de la variance)",
    "total": "avec ses interactions (%)",
    "option": "option",
    "title": "document",
    "n_reversed": "univers renversés sans lui",
}
"""French names of the columns of the tables."""
_SHEETS = {
    "summary": "Conclusions",
    "table": "Univers",
    "choices": "Choix",
    "options": "Options",
    "influence": "Documents",
}


@dataclass(frozen=True, repr=False)
class Multiverse:
    """Conclusions in all universes.

    Attributes
    ----------
    codebook : Codebook
        Of the codes.
    by : str
        What the groups are.
    measure : {"ratio", "difference"}
        What `estimate` is: a ratio of shares, or a difference in points.
    """

    _trials: tuple[tuple[Trial, list[Universe]], ...]
    codebook: Codebook
    by: str
    _titles: tuple[str, ...]
    measure: Measure

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What was tried, in order."""
        return tuple(trial.claim for trial, _ in self._trials)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per claim and universe.

        Columns ``claim``; an option for each choice; ``share`` and ``than`` (%), ``estimate, low, high`` (95 %
        interval, documents drawn again); ``holds`` (the estimate is on the side that the claim says),
        ``clear`` (so is the whole interval), ``without_one`` (so is the estimate whichever document is left out).
        """
        return pd.concat([self._rows(*one) for one in self._trials], ignore_index=True)

    def _rows(self, trial: Trial, universes: list[Universe]) -> pd.DataFrame:
        sign = trial.claim.sign
        low, high = trial.intervals
        without = sign * trial.without_each
        table = pd.DataFrame(universes, columns=list(Universe._fields))
        table.insert(0, "claim", str(trial.claim))
        share, than = trial.shares
        return table.assign(
            share=share,
            than=than,
            estimate=self._shown(trial.scores),
            low=self._shown(low),
            high=self._shown(high),
            holds=sign * trial.scores > 0,
            clear=(low if sign > 0 else -high) > 0,
            without_one=(np.isnan(without) | (without > 0)).all(axis=1) & (sign * trial.scores > 0),
        )

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row per claim, in order.

        ``universes``, ``n_holds``, ``n_clear``, ``n_without_one``: how many there are, and in how many it holds,
        clearly, whichever document is left out. ``median, least, most`` of the estimates, ``usual``: the estimate
        with the usual options. ``p``: how often chance alone, the groups dealt out anew to the documents, gives a
        median at least as far from no difference; missing for a share. ``choice, alone, total``: the choice
        that moves the estimate most, and its part of the variance (%); see `choices`.
        """
        rows = []
        for trial, universes in self._trials:
            table = self.table[self.table["claim"] == str(trial.claim)]
            moved = self._moved(trial, universes)
            first = moved["total"].idxmax() if len(moved) else ""
            rows.append(
                {
                    "claim": str(trial.claim),
                    "universes": len(universes),
                    "n_holds": int(table["holds"].sum()),
                    "n_clear": int(table["clear"].sum()),
                    "n_without_one": int(table["without_one"].sum()),
                    "median": float(self._shown(np.median(trial.scores))),
                    "least": float(table["estimate"].min()),
                    "most": float(table["estimate"].max()),
                    "usual": float(table["estimate"].iloc[0]),
                    "p": _chance(trial),
                    "choice": first,
                    "alone": float(moved.loc[first, "alone"]) if first else 0.0,
                    "total": float(moved.loc[first, "total"]) if first else 0.0,
                }
            )
        return pd.DataFrame(rows)

    @cached_property
    def choices(self) -> pd.DataFrame:
        """One row per claim and choice with several options: ``alone`` and ``total``, its part of the variance (%).

        Over all combinations of options; see :func:`~innovsoc_analysis.coding.robustness.decomposing.variance_shares`.
        """
        parts = [
            self._moved(trial, universes).reset_index().assign(claim=str(trial.claim))
            for trial, universes in self._trials
        ]
        return pd.concat(parts, ignore_index=True)[["claim", "choice", "alone", "total"]]

    @cached_property
    def options(self) -> pd.DataFrame:
        """One row per claim, choice and option: ``universes``, ``n_holds`` and the ``median`` estimate."""
        parts = []
        for trial, universes in self._trials:
            rows = self.table[self.table["claim"] == str(trial.claim)]
            for choice in self._moved(trial, universes).index:
                grouped = rows.groupby(choice, sort=False)
                counted = grouped.agg(
                    universes=("holds", "size"), n_holds=("holds", "sum"), median=("estimate", "median")
                ).reset_index(names="option")
                parts.append(counted.assign(claim=str(trial.claim), choice=choice))
        columns = ["claim", "choice", "option", "universes", "n_holds", "median"]
        return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)

    @cached_property
    def influence(self) -> pd.DataFrame:
        """One row per claim and document compared, the most influential first: what happens without it.

        ``title``; ``usual``: the estimate without it, with the usual options; ``n_reversed``: universes in which the
        claim holds, and does not without it.
        """
        parts = []
        for trial, _ in self._trials:
            without = trial.without_each
            held = (trial.claim.sign * trial.scores > 0)[:, None]
            reversed_ = np.count_nonzero(held & (trial.claim.sign * without <= 0), axis=0)
            table = pd.DataFrame(
                {
                    "claim": str(trial.claim),
                    "title": self._titles,
                    "usual": self._shown(without[0]),
                    "n_reversed": reversed_,
                }
            )
            moved = np.abs(without[0] - trial.scores[0])
            compared = np.count_nonzero(~np.isnan(without), axis=0) > 0
            order = np.lexsort((-np.nan_to_num(moved), -reversed_))
            parts.append(table.iloc[[place for place in order if compared[place]]])
        return pd.concat(parts, ignore_index=True)

    def readable(self, name: str = "summary") -> pd.DataFrame:
        """Return one of the tables as people read it, in French.

        Parameters
        ----------
        name : {"summary", "table", "choices", "options", "influence"}
            Which.

        Raises
        ------
        UnknownNameError
            If there is no such table.
        """
        if name not in _SHEETS:
            raise UnknownNameError(f"Il n'y a pas de table « {name} » ; il y a : {', '.join(_SHEETS)}.")
        return _readable(getattr(self, name))

    def plot(self, claim: str | None = None) -> Figure:
        """Draw the specification curve of one claim: its estimate in every universe, and the options below.

        Parameters
        ----------
        claim : str, optional
            As it was written; by default the first.

        Raises
        ------
        UnknownNameError
            If it was not tried.
        """
        from innovsoc_analysis.figures.specification import specification_curve

        wanted = parse_claims(claim)[0] if claim is not None else self.claims[0]
        if wanted not in self.claims:
            raise UnknownNameError(f"« {wanted} » n'a pas été éprouvée ; il y a : {' ; '.join(map(str, self.claims))}.")
        rows = self.table[self.table["claim"] == str(wanted)].reset_index(drop=True)
        used = {CHOICES[name][0]: name for name in Universe._fields if len(set(rows[name])) > 1}
        options = pd.DataFrame({label: rows[name].map(CHOICES[name][1]) for label, name in used.items()})
        curve = rows[["estimate", "low", "high", "clear"]].assign(usual=rows.index == 0)
        n = len(rows)
        held = f"tient dans {int(rows['holds'].sum())} univers sur {n}, nettement dans {int(rows['clear'].sum())}"
        return specification_curve(
            curve,
            options,
            title=f"« {wanted.wording(self.codebook, by=self.by)} »",
            caption=f"{held} ; intervalles à 95 %, documents tirés",
            ylabel="rapport des parts" if self.measure == "ratio" else "écart (points)",
            ratio=self.measure == "ratio",
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (summary, universes, choices, options, documents) or ``.csv`` (universes).

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        sheets = {title: self.readable(name) for name, title in _SHEETS.items()}
        save_sheets(sheets, path, main=_SHEETS["table"], locale=locale)

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Multiverse : {len(self.claims)} conclusions, {max(len(one) for _, one in self._trials)} univers>"

    def _repr_html_(self) -> str:
        rows = self.summary
        shown = pd.DataFrame(
            {
                "conclusion": [claim.wording(self.codebook, by=self.by) for claim in self.claims],
                "tient": [f"{row.n_holds} / {row.universes}" for row in rows.itertuples()],
                "nettement": rows["n_clear"],
                "sans tout document": rows["n_without_one"],
                "médiane": [number(value, digits=2) for value in rows["median"]],
                "étendue": [spread_of(*pair, digits=2) for pair in zip(rows["least"], rows["most"], strict=True)],
                "p": [number(value, digits=3) for value in rows["p"]],
                "choix qui la déplace le plus": [_choice(row.choice, row.total) for row in rows.itertuples()],
            }
        )
        what = "rapport des parts" if self.measure == "ratio" else "écart des parts, en points"
        return f"{shown.to_html(index=False)}<p>Médiane et étendue : {escape(what)}.</p>"

    def _shown(self, scores: NDArray[np.floating] | np.floating) -> NDArray[np.floating]:
        return np.exp2(scores) if self.measure == "ratio" else np.asarray(scores)

    def _moved(self, trial: Trial, universes: list[Universe]) -> pd.DataFrame:
        """Return the part of the variance of each choice, on the full grid of options."""
        grid = pd.DataFrame(universes, columns=list(Universe._fields)).assign(score=trial.scores)
        if len(set(grid["certainty"])) > 1:
            # rules doubt nothing: all their codes are sure ones
            sure = grid[(grid["coder"] == "rules") & (grid["certainty"] == ALL)].assign(certainty=SURE)
            grid = pd.concat([grid, sure], ignore_index=True)
        return variance_shares(grid[list(Universe._fields)], grid["score"].to_numpy())


def _chance(trial: Trial) -> float:
    """Return how often a median as far from no difference comes of dealing out the groups anew."""
    drawn = trial.by_chance
    if not drawn.size:
        return float("nan")
    far = np.abs(np.median(drawn, axis=0)) >= abs(float(np.median(trial.scores)))
    return float((1 + far.sum()) / (1 + drawn.shape[1]))


def _choice(name: str, share: float) -> str:
    return f"{CHOICES[name][0]} ({number(share, digits=0)}\u202f%)" if name else "–"


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with what people read for choices, options and columns."""
    shown = table.copy()
    if "option" in shown:
        shown["option"] = [
            CHOICES[choice][1][option] for choice, option in zip(shown["choice"], shown["option"], strict=True)
        ]
    if "choice" in shown:
        shown["choice"] = [CHOICES[name][0] if name else "" for name in shown["choice"]]
    for name in Universe._fields:
        if name in shown:
            shown[name] = shown[name].map(CHOICES[name][1])
    for name in ("holds", "clear", "without_one"):
        if name in shown:
            shown[name] = shown[name].map({True: "oui", False: "non"})
    return shown.rename(columns=HEADINGS)
