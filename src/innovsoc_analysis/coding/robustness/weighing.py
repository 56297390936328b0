"""What is left of conclusions, once other ways of counting and the errors of the coder are taken into account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.coding.robustness.correcting import corrected
from innovsoc_analysis.coding.robustness.display import spread_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.coding.evaluation import Evaluation
    from innovsoc_analysis.coding.robustness.result import Multiverse

HOLDS, FRAGILE, FAILS = "tient", "fragile", "ne tient pas"
VERDICTS = (HOLDS, FRAGILE, FAILS)
ALMOST_ALL, TOO_FEW, HALF = 0.95, 0.75, 0.5
"""Shares of universes: from which a conclusion holds almost everywhere, below which it does not, half of them."""
HEADINGS = {
    "wording": "conclusion",
    "holds": "univers où elle tient (%)",
    "clear": "nettement (%)",
    "without_one": "sans tout document (%)",
    "least": "écart corrigé, au moins",
    "most": "au plus",
    "low": "bas",
    "high": "haut",
    "verdict": "verdict",
    "why": "pourquoi",
}
"""French names of the columns of the table."""


@dataclass(frozen=True, repr=False)
class Weighing:
    """Conclusions and what they are worth.

    Attributes
    ----------
    table : DataFrame
        One row per claim, those that hold first: ``claim, wording``; ``holds, clear, without_one`` (% of
        universes); ``least, most, low, high`` (the corrected difference in points and its 95 % interval);
        ``verdict``; ``why``, what keeps it from holding, in French.
    remarks : tuple of str
        Of the correction.
    """

    table: pd.DataFrame
    remarks: tuple[str, ...]

    def listed(self, verdict: str) -> list[str]:
        """Return the conclusions of this verdict, as people read them.

        Parameters
        ----------
        verdict : str
            ``"tient"``, ``"fragile"`` or ``"ne tient pas"``.

        Raises
        ------
        UsageError
            If it is none of these.
        """
        if verdict not in VERDICTS:
            raise UsageError(f"Un verdict est l'un de : {', '.join(VERDICTS)}.")
        return self.table.loc[self.table["verdict"] == verdict, "wording"].tolist()

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` or ``.csv``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        remarks = pd.DataFrame({"remarque": list(self.remarks)}, dtype="str")
        readable = self.table.rename(columns={"claim": "écriture", **HEADINGS})
        save_sheets({"Verdicts": readable, "Remarques": remarks}, path, main="Verdicts", locale=locale)

    def __str__(self) -> str:
        """Return the conclusions under their verdicts, for ``print``."""
        blocks = []
        for verdict in VERDICTS:
            rows = self.table[self.table["verdict"] == verdict]
            why = [f" ({one})" if one else "" for one in rows["why"]]
            items = [f"  {wording}{reason}" for wording, reason in zip(rows["wording"], why, strict=True)]
            blocks.append("\n".join([f"{verdict} ({len(rows)})", *items]))
        return "\n".join(blocks)

    def __repr__(self) -> str:
        """Return how many there are of each verdict."""
        counts = self.table["verdict"].value_counts()
        return f"<Weighing : {', '.join(f'{counts.get(one, 0)} {one}' for one in VERDICTS)}>"

    def _repr_html_(self) -> str:
        rows = self.table
        shown = pd.DataFrame(
            {
                "conclusion": rows["wording"],
                **{HEADINGS[name]: rows[name].round().astype(int) for name in ("holds", "clear", "without_one")},
                "écart corrigé": [spread_of(*pair) for pair in zip(rows["least"], rows["most"], strict=True)],
                "intervalle": [spread_of(*pair, bracket=True) for pair in zip(rows["low"], rows["high"], strict=True)],
                "verdict": rows["verdict"],
                "pourquoi": rows["why"],
            }
        )
        return shown.to_html(index=False)


def weigh(found: Multiverse, codings: Codings, evaluation: Evaluation) -> Weighing:
    """Say of each conclusion of a multiverse whether it holds, is fragile, or does not hold.

    Parameters
    ----------
    found : Multiverse
        Conclusions in all universes.
    codings : Codings
        By the usual coder, to correct.
    evaluation : Evaluation
        Of that coder.

    Returns
    -------
    Weighing

    Raises
    ------
    UsageError
        As :func:`~innovsoc_analysis.coding.robustness.corrected`.

    Notes
    -----
    A conclusion *holds* if it does in 95 % of the universes, clearly in half of them (the whole interval on its
    side), in half of them whichever document is left out, and if its corrected interval is on its side; it does *not
    hold* if it does in fewer than three quarters of the universes, or if the corrected interval is wholly on the other
    side; otherwise it is *fragile*. These bounds are a convention of this project. Comparisons of groups are corrected
    in sentences, comparisons with a share in documents.

    Examples
    --------
    >>> print(isa.coding.weigh(found, codings, evaluation))  # doctest: +SKIP
    """
    corrections = {
        values: corrected(codings, evaluation, by=found.by, values=values) for values in ("segments", "documents")
    }
    compared = pd.DataFrame(
        [corrections["segments" if one.than else "documents"].compare(one).iloc[0] for one in found.claims]
    ).reset_index(drop=True)
    summary = found.summary
    table = pd.DataFrame(
        {
            "claim": summary["claim"],
            "wording": [one.wording(found.codebook, by=found.by) for one in found.claims],
            **{name: 100 * summary[f"n_{name}"] / summary["universes"] for name in ("holds", "clear", "without_one")},
            **{name: compared[name].astype(float) for name in ("least", "most", "low", "high")},
        }
    )
    judged = [_verdict(row, more=claim.more) for claim, row in zip(found.claims, table.to_dict("records"), strict=True)]
    table["verdict"], table["why"] = zip(*judged, strict=True)
    order = table["verdict"].map(VERDICTS.index).sort_values(kind="stable").index
    remarks = dict.fromkeys(remark for one in corrections.values() for remark in one.remarks)
    return Weighing(table.loc[order].reset_index(drop=True), tuple(remarks))


def _verdict(row: dict[str, float], *, more: bool) -> tuple[str, str]:
    """Return the verdict on a row of the table, and what keeps the claim from holding."""
    low, high = (row["low"], row["high"]) if more else (-row["high"], -row["low"])
    reversed_ = high < 0
    faults = {
        "pas partout": row["holds"] < 100 * ALMOST_ALL,
        "rarement nette": row["clear"] < 100 * HALF,
        "tient à un document": row["without_one"] < 100 * HALF,
        "renversée par la correction": reversed_,
        "pas de correction possible": low != low,  # noqa: PLR0124 - not a number
        "correction non concluante": low <= 0 and not reversed_,
    }
    why = " ; ".join(fault for fault, there in faults.items() if there)
    if row["holds"] < 100 * TOO_FEW or reversed_:
        return FAILS, why
    return (FRAGILE if why else HOLDS), why
