"""What corrected shares say: a table, comparisons between groups, a figure, a file."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.robustness.claims import Claim, check_claims, parse_claims
from innovsoc_analysis.coding.robustness.display import number, spread_of
from innovsoc_analysis.counting.resampling import bounds
from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.model.codebook import Codebook

HEADINGS = {
    "group": "groupe",
    "code": "code",
    "label": "libellé",
    "observed": "observée (%)",
    "least": "corrigée, au moins (%)",
    "most": "corrigée, au plus (%)",
    "low": "bas (%)",
    "high": "haut (%)",
    "sensitivity": "sensibilité (%)",
    "specificity": "spécificité (%)",
    "positives": "phrases de l'étalon",
    "own": "erreurs du genre",
    "n_documents": "documents",
    "reason": "remarque",
}
"""French names of the columns of the table."""
_VALUES = {"segments": "phrases", "documents": "documents"}
_SHOWN = 12


@dataclass(frozen=True, repr=False)
class Corrected:
    """Shares of codes, observed and corrected.

    Attributes
    ----------
    table : DataFrame
        One row per group and code, all shares in %: ``group, code, observed, least, most, low, high,
        sensitivity, specificity, positives, own, n_documents, reason``. ``least`` and ``most`` bound the
        corrected share, and are the same for sentences; ``low`` and ``high`` bound its 95 % interval.
        ``positives`` counts the coded sentences that sensitivity is measured on, ``own`` says whether they
        are of the genre. Where ``reason`` says why no correction is possible, the numbers are missing.
    codebook : Codebook
        Of the codings.
    by : str
        What the groups are.
    values : str
        ``"segments"`` or ``"documents"``.
    remarks : tuple of str
        What makes the passages a poor measure of the errors in this corpus, in French.
    """

    table: pd.DataFrame
    codebook: Codebook
    by: str
    values: str
    remarks: tuple[str, ...]
    _draws: NDArray[np.floating]

    def compare(self, claims: str | Claim | Iterable[str | Claim]) -> pd.DataFrame:
        """Try conclusions on the corrected shares.

        Parameters
        ----------
        claims : str, Claim or iterable of them
            As for :func:`~innovsoc_analysis.coding.robustness.parse_claims`.

        Returns
        -------
        DataFrame
            One row per claim, in points: ``claim``, ``observed`` (a difference of shares), ``least`` and ``most``
            (corrected), ``low`` and ``high`` (95 % interval), ``holds`` (whether the interval is on the side that
            the claim says; missing where no correction is possible).

        Raises
        ------
        UsageError
            If a claim is on a code or a group that there is not.

        Examples
        --------
        >>> corrections.compare("def.besoin : definition > project")  # doctest: +SKIP
        """
        wanted = parse_claims(claims)
        check_claims(wanted, codebook=self.codebook, groups=self.table["group"], by=self.by)
        return pd.DataFrame([self._compared(claim) for claim in wanted])

    def _compared(self, claim: Claim) -> dict[str, object]:
        mine, draws = self._of(claim.group, claim.code)
        if claim.than:
            other, other_draws = self._of(claim.than, claim.code)
        else:
            other = pd.Series(
                {"observed": claim.share, "least": claim.share, "most": claim.share, "n_documents": np.inf}
            )
            other_draws = np.full_like(draws, claim.share)
        n = int(min(mine["n_documents"], other["n_documents"]))
        low, _ = bounds(draws[0] - other_draws[1], n)
        _, high = bounds(draws[1] - other_draws[0], n)
        least, most = mine["least"] - other["most"], mine["most"] - other["least"]
        known = bool(np.isfinite([least, most, low, high]).all())
        holds = bool(low > 0 if claim.more else high < 0) if known else None
        bounded = {"low": float(low), "high": float(high)} if known else {"low": np.nan, "high": np.nan}
        observed = mine["observed"] - other["observed"]
        return {"claim": str(claim), "observed": observed, "least": least, "most": most, **bounded, "holds": holds}

    def _of(self, group: str, code: str) -> tuple[pd.Series, NDArray[np.floating]]:
        """Return the row of a code in a group, and its least and most in resamples, in %."""
        rows = self.table
        found = rows[(rows["group"] == group) & (rows["code"] == code)].iloc[0]
        places = list(dict.fromkeys(rows["group"]))
        draws = self._draws[:, places.index(group), :, self.codebook.code_ids.index(code)]
        return found, 100 * draws

    def plot(self, group: str, *, codes: Iterable[str] | None = None, ax: Axes | None = None) -> Axes:
        """Draw, for each code, the observed share in `group` and the corrected one with its interval.

        Parameters
        ----------
        group : str
            One of the groups.
        codes : iterable of str, optional
            Which; by default those of the first family of the codebook, or all.
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.coding.robustness.drawing import draw_corrected

        wanted = list(codes) if codes is not None else self._first_family()
        check_claims(
            [Claim(code, group) for code in wanted], codebook=self.codebook, groups=self.table["group"], by=self.by
        )
        rows = self.table[(self.table["group"] == group) & self.table["code"].isin(wanted)]
        rows = rows.assign(label=[self.codebook[code].label for code in rows["code"]])
        name = genre_label(group) if self.by == "genre" else group
        n = int(rows["n_documents"].iloc[0])
        caption = (
            f"n = {n} documents. Part des {_VALUES[self.values]} et intervalle à 95\u202f%, passages de l'étalon tirés"
            " avec eux. Source : codages du corpus, corrigés des erreurs mesurées sur le corpus étalon."
        )
        title = f"{name.capitalize()} : parts observées, et parts une fois les erreurs du codage corrigées"
        axes = draw_corrected(
            rows.sort_values("observed", ascending=False, kind="stable"), title=title, caption=caption, ax=ax
        )
        if ax is None:
            describe(axes, f"{title} ; {caption}")
        return axes

    def _first_family(self) -> list[str]:
        families = self.codebook.families
        return list(families[0].codes if families else self.codebook.code_ids)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (shares and remarks) or ``.csv`` (shares), as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        remarks = pd.DataFrame({"remarque": list(self.remarks)}, dtype="str")
        save_sheets(
            {"Parts corrigées": self._readable(), "Remarques": remarks}, path, main="Parts corrigées", locale=locale
        )

    def _readable(self) -> pd.DataFrame:
        table = self.table.assign(own=self.table["own"].map({True: "oui", False: "non"}))
        table.insert(2, "label", [self.codebook[code].label for code in table["code"]])
        if self.by == "genre":
            table["group"] = table["group"].map(genre_label)
        return table.rename(columns=HEADINGS)

    def __repr__(self) -> str:
        """Return counts only."""
        possible = int((self.table["reason"] == "").sum())
        return f"<Corrected : {possible} parts de {_VALUES[self.values]} corrigées sur {len(self.table)}>"

    def _repr_html_(self) -> str:
        rows = self.table.sort_values("observed", ascending=False, kind="stable").head(_SHOWN)
        shown = pd.DataFrame(
            {
                "groupe": rows["group"].map(genre_label) if self.by == "genre" else rows["group"],
                "code": [self.codebook[code].label for code in rows["code"]],
                "observée (%)": [number(value) for value in rows["observed"]],
                "corrigée (%)": [spread_of(*pair) for pair in zip(rows["least"], rows["most"], strict=True)],
                "intervalle": [spread_of(*pair, bracket=True) for pair in zip(rows["low"], rows["high"], strict=True)],
                "sensibilité (%)": [number(value) for value in rows["sensitivity"]],
                "spécificité (%)": [number(value) for value in rows["specificity"]],
                "remarque": rows["reason"],
            }
        )
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in self.remarks)
        more = f"<p>{len(rows)} lignes sur {len(self.table)}, les plus grandes parts.</p>"
        return f"{shown.to_html(index=False)}{more}<ul>{remarks}</ul>"
