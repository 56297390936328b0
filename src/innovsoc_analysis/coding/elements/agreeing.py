"""How reliable each code is: the coder against the reference, and the two people, or codings, behind the reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.coding.agreement import krippendorff_alpha_many
from innovsoc_analysis.coding.evaluation.display import with_interval
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.tables import readable, show
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from innovsoc_analysis.coding.evaluation.evaluating import Evaluation
    from innovsoc_analysis.coding.gold import Gold

USABLE_F1 = 0.5
HEADINGS = {
    "code": "code",
    "label": "élément",
    "n": "phrases",
    "precision": "précision",
    "recall": "rappel",
    "f1": "F1",
    "f1_low": "F1, bas",
    "f1_high": "F1, haut",
    "alpha": "alpha, machine et référence",
    "alpha_low": "alpha, bas",
    "alpha_high": "alpha, haut",
    "coders": "alpha, premier et second codages",
    "coders_low": "alpha des codages, bas",
    "coders_high": "alpha des codages, haut",
}
_WITH_INTERVAL = ("f1", "alpha", "coders")


@dataclass(frozen=True, repr=False)
class Reliability:
    """How reliable codes are, on sentences that the coder had not seen.

    Attributes
    ----------
    table : DataFrame
        Indexed by code, the best F1 first: ``label, n`` (sentences with the code), ``precision, recall,
        f1`` with its interval, ``alpha`` (coder and reference) and ``coders`` (first and second coding)
        with theirs. Intervals are at 95 %, passages drawn again.
    n_sentences : int
        That were evaluated.
    """

    table: pd.DataFrame
    n_sentences: int

    def weak(self, *, f1: float = USABLE_F1) -> list[str]:
        """Return the codes of which F1 is below `f1`."""
        return self.table.index[self.table["f1"] < f1].tolist()

    def disputed(self, *, alpha: float = 0.667) -> list[str]:
        """Return the codes on which the two codings agree less than `alpha` (Krippendorff 2004)."""
        return self.table.index[self.table["coders"] < alpha].tolist()

    def labels(self, codes: Sequence[str]) -> list[str]:
        """Return the labels of `codes`."""
        return self.table.loc[list(codes), "label"].tolist()

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw both agreements, code by code, with their intervals."""
        from innovsoc_analysis.coding.agreement.drawing import THRESHOLDS
        from innovsoc_analysis.figures.interval_rows import interval_rows

        groups = {"coders": "premier et second codages", "alpha": "machine et référence"}
        parts = [
            self.table[[name, f"{name}_low", f"{name}_high"]]
            .set_axis(["value", "low", "high"], axis=1)
            .astype(float)
            .assign(item=self.table["label"], group=group)
            for name, group in groups.items()
        ]
        return interval_rows(
            pd.concat(parts),
            title="Accord, élément par élément : entre deux codages, et de la machine avec la référence",
            caption=f"n = {self.n_sentences} phrases. Alpha de Krippendorff, intervalle à 95\u202f%, passages tirés de"
            " nouveau ; tirets : seuils de 0,667 et de 0,8. Source : corpus étalon.",
            references=THRESHOLDS,
            ax=ax,
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        shown = self.table.reset_index().rename(columns=HEADINGS)
        save_sheets({"Fiabilité": shown}, path, main="Fiabilité", locale=locale)

    def __repr__(self) -> str:
        """Return the mean of F1."""
        mean = readable(float(self.table["f1"].mean()))
        return f"<Fiabilité : {len(self.table)} codes, F1 moyen {mean}, {len(self.weak())} au-dessous de 0,5>"

    def _repr_html_(self) -> str:
        shown = self.table[["label", "n", "precision", "recall"]].copy()
        for name in _WITH_INTERVAL:
            bounds = zip(*(self.table[column] for column in (name, f"{name}_low", f"{name}_high")), strict=True)
            shown[name] = [with_interval(*values).replace(" ", "\u00a0") for values in bounds]
        return show(shown.reset_index(drop=True).rename(columns=HEADINGS))._repr_html_()


def reliability(evaluation: Evaluation, gold: Gold, codes: Sequence[str] | None = None) -> Reliability:
    """Return how reliable codes are, for the coder and for those who coded the reference.

    Parameters
    ----------
    evaluation : Evaluation
        Of `gold`.
    gold : Gold
        The passages that were evaluated; sentences that two coders coded give the second agreement.
    codes : sequence of str, optional
        By default all of the codebook.

    Returns
    -------
    Reliability

    Raises
    ------
    UsageError
        If the evaluation is not of these passages.
    """
    if len(evaluation.judgements.labels) != len(gold):
        raise UsageError("L'évaluation porte sur d'autres phrases que ce corpus étalon : donnez la même partie.")
    wanted = list(evaluation.codebook.code_ids if codes is None else codes)
    measured = [name for name in HEADINGS if name not in ("code", "coders", "coders_low", "coders_high")]
    table = evaluation.codes.loc[wanted, measured].join(_between_coders(gold, wanted))
    return Reliability(table.sort_values("f1", ascending=False), len(gold))


def _between_coders(gold: Gold, codes: list[str]) -> pd.DataFrame:
    twice = [
        (number, one)
        for number, passage in enumerate(gold.passages)
        for one in passage.sentences
        if one.first is not None and one.second is not None
    ]
    columns = ["coders", "coders_low", "coders_high"]
    if not twice:
        return pd.DataFrame(None, index=pd.Index(codes, name="code"), columns=columns, dtype=float)
    first, second = (
        pd.DataFrame([[code in getattr(one, side) for code in codes] for _, one in twice], columns=codes)
        for side in ("first", "second")
    )
    found = krippendorff_alpha_many(first, second, clusters=[number for number, _ in twice])
    rows = [(found[code].value, *(found[code].interval or (None, None))) for code in codes]
    return pd.DataFrame(rows, index=pd.Index(codes, name="code"), columns=columns, dtype=float)
