"""The machine as a third coder: whether it agrees with two people as they agree with one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.agreement.drawing import THRESHOLDS
from innovsoc_analysis.coding.agreement.summary import agreement
from innovsoc_analysis.coding.evaluation.counting import draw_weights
from innovsoc_analysis.coding.robustness.display import number, spread_of
from innovsoc_analysis.counting.resampling import bounds
from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.interval_rows import interval_rows
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.agreement import Agreement
    from innovsoc_analysis.coding.evaluation import Evaluation
    from innovsoc_analysis.coding.gold import Gold

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.floating]

FIRST, SECOND, MACHINE = "premier codeur", "second codeur", "machine"
_PAIRS = {"people": ((FIRST, SECOND),), "machine": ((FIRST, MACHINE), (SECOND, MACHINE))}
HEADINGS = {
    "code": "code",
    "label": "libellé",
    "n_first": "n (premier codeur)",
    "n_second": "n (second codeur)",
    "n_machine": "n (machine)",
    "people": "alpha des deux codeurs",
    "people_low": "bas",
    "people_high": "haut",
    "machine": "alpha de la machine avec eux",
    "machine_low": "bas (machine)",
    "machine_high": "haut (machine)",
    "gap": "écart",
    "gap_low": "écart, bas",
    "gap_high": "écart, haut",
}
"""French names of the columns of the table."""
_MEAN = "Moyenne des codes"


@dataclass(frozen=True, repr=False)
class ThirdCoder:
    """Two coders and the machine on the same sentences.

    Attributes
    ----------
    table : DataFrame
        One row per code, then the mean of codes (an empty ``code``): ``label``, ``n_first, n_second, n_machine``
        (sentences), ``people`` (Krippendorff's alpha of the two coders), ``machine`` (the mean of its alphas with
        each), ``gap`` (the latter minus the former), each with the ``_low`` and ``_high`` of its 95 % interval.
    n_sentences, n_passages : int
        Coded twice.
    """

    table: pd.DataFrame
    n_sentences: int
    n_passages: int
    _gold: Gold
    _evaluation: Evaluation
    _coder: str

    @cached_property
    def agreement(self) -> Agreement:
        """All three, as :func:`innovsoc_analysis.agreement` gives it; ``.disagreements`` lists where they differ."""
        both = _coded_twice(self._gold)
        segments = self._gold.corpus.sentences.loc[both].reset_index(drop=True)
        said = _said(self._gold, self._evaluation, self._coder)
        codes = np.array(self._evaluation.codebook.code_ids, dtype=object)
        tables = []
        for given in said.values():
            rows, columns = np.nonzero(given)
            tables.append(pd.DataFrame({"segment_id": segments["segment_id"].to_numpy()[rows], "code": codes[columns]}))
        first, second, machine = tables
        return agreement(
            first,
            second,
            machine,
            segments=segments,
            codes=self._evaluation.codebook,
            corpus=self._gold.corpus,
            names=list(said),
        )

    def plot(self, *, codes: Iterable[str] | None = None, ax: Axes | None = None) -> Axes:
        """Draw both alphas of each code with their intervals.

        Parameters
        ----------
        codes : iterable of str, optional
            Which; by default all, and their mean.
        ax : Axes, optional
            Where to draw.
        """
        rows = self.table if codes is None else self.table[self.table["code"].isin(list(codes))]
        rows = rows.sort_values("people", ascending=False, kind="stable")
        drawn = [
            pd.DataFrame(
                {"item": rows["label"], "group": name}
                | {new: rows[old] for new, old in (("value", who), ("low", f"{who}_low"), ("high", f"{who}_high"))}
            )
            for who, name in (("people", "les deux codeurs"), ("machine", "la machine avec eux"))
        ]
        mean = self.table.iloc[-1]
        means = [number(mean[who], digits=2) for who in ("people", "machine")]
        title = f"Alpha moyen de {means[0]} entre les deux codeurs, de {means[1]} avec la machine"
        caption = (
            f"n = {self.n_sentences} phrases codées deux fois, de {self.n_passages} passages. Alpha de Krippendorff,"
            " intervalle à 95\u202f%, passages tirés de nouveau ; tirets : seuils de 0,667 et de 0,8. Source : corpus"
            " étalon."
        )
        axes = interval_rows(pd.concat(drawn), title=title, caption=caption, references=THRESHOLDS, ax=ax)
        if ax is None:
            describe(axes, f"{title} ; {caption}")
        return axes

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (agreement and disagreements, which quote the texts) or ``.csv`` (agreement).

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        sheets = {"Accord": self.table.rename(columns=HEADINGS), "Désaccords": self.agreement.disagreements}
        save_sheets(sheets, path, main="Accord", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        mean = self.table.iloc[-1]
        return (
            f"<ThirdCoder : {self.n_sentences} phrases, alpha moyen {number(mean['people'], digits=2)} entre les deux"
            f" codeurs, {number(mean['machine'], digits=2)} avec la machine>"
        )

    def _repr_html_(self) -> str:
        rows = self.table
        shown = pd.DataFrame(
            {
                "code": rows["label"],
                "deux codeurs": [number(value, digits=2) for value in rows["people"]],
                "machine avec eux": [number(value, digits=2) for value in rows["machine"]],
                "écart": [number(value, digits=2) for value in rows["gap"]],
                "intervalle de l'écart": [
                    spread_of(*pair, digits=2, bracket=True)
                    for pair in zip(rows["gap_low"], rows["gap_high"], strict=True)
                ],
            }
        )
        basis = f"{self.n_sentences} phrases de {self.n_passages} passages ; intervalles à 95 %, passages tirés."
        return f"{shown.to_html(index=False)}<p>{basis}</p>"


def third_coder(gold: Gold, evaluation: Evaluation, *, coder: str = "combined", random_state: int = 0) -> ThirdCoder:
    """Compare the machine with each of two coders, and these with one another, on the sentences both coded.

    Parameters
    ----------
    gold : Gold
        The passages that were evaluated.
    evaluation : Evaluation
        Of the machine on these passages.
    coder : str
        ``"combined"``, ``"learned"``, ``"rules"`` or ``"list"``.
    random_state : int
        Seeds the resamples of passages.

    Raises
    ------
    UsageError
        If these are not the evaluated passages, no sentence was coded twice, or there is no such coder.

    Notes
    -----
    Krippendorff's nominal alpha of two coders without missing values: 1 − (2n − 1) d / (a b), for d sentences
    out of n on which they differ, a times the code given and b times not. The reference that people settled on is left
    out on purpose: one of the two coders may have written it.

    Examples
    --------
    >>> isa.coding.third_coder(gold.part("test"), evaluation).table  # doctest: +SKIP
    """
    if coder not in evaluation.judgements.coded:
        raise UsageError(
            f"L'évaluation n'a pas de codeur « {coder} » ; elle a : {', '.join(evaluation.judgements.coded)}."
        )
    both = _coded_twice(gold)
    if not both.any():
        raise UsageError("Aucune phrase de ce corpus étalon n'a été codée deux fois (« first » et « second »).")
    book = evaluation.codebook
    said = _said(gold, evaluation, coder)
    passages = evaluation.judgements.passages[both]
    weights = np.vstack([np.ones(passages.max() + 1), draw_weights(int(passages.max()) + 1, random_state=random_state)])
    alphas = {
        who: np.mean([_alphas(said[one], said[other], passages, weights) for one, other in pairs], axis=0)
        for who, pairs in _PAIRS.items()
    }
    alphas["gap"] = alphas["machine"] - alphas["people"]
    n_passages = len(np.unique(passages))
    columns: dict[str, object] = {
        "code": [*book.code_ids, ""],
        "label": [*(book[code].label for code in book.code_ids), _MEAN],
    }
    for name, given in zip(("n_first", "n_second", "n_machine"), said.values(), strict=True):
        columns[name] = [*given.sum(axis=0), int(given.sum())]
    for who, values in alphas.items():
        with_mean = np.hstack([values, _mean(values)])
        low, high = bounds(with_mean[1:], n_passages)
        columns |= {who: with_mean[0], f"{who}_low": low, f"{who}_high": high}
    return ThirdCoder(pd.DataFrame(columns), int(both.sum()), n_passages, gold, evaluation, coder)


def _coded_twice(gold: Gold) -> Bools:
    return np.array([one.first is not None and one.second is not None for one in gold.sentences], dtype=bool)


def _said(gold: Gold, evaluation: Evaluation, coder: str) -> dict[str, Bools]:
    """Return what each coder said of the sentences coded twice, each of shape (n, n_codes)."""
    codes = evaluation.codebook.code_ids
    labels = gold.labels(codes) > 0
    if not np.array_equal(labels, evaluation.judgements.labels):
        raise UsageError(
            "Ces passages ne sont pas ceux qui ont été évalués : donnez à third_coder les mêmes qu'à evaluate."
        )
    both = _coded_twice(gold)
    people = [
        np.array([[code in (given or ()) for code in codes] for given in column], dtype=bool)[both]
        for column in ([one.first for one in gold.sentences], [one.second for one in gold.sentences])
    ]
    return {FIRST: people[0], SECOND: people[1], MACHINE: evaluation.judgements.coded[coder][both]}


def _alphas(first: Bools, second: Bools, passages: NDArray[np.int64], weights: Floats) -> Floats:
    """Return Krippendorff's alpha of each code in each resample; not a number where a code is always or never given."""
    n = weights @ np.bincount(passages, minlength=weights.shape[1])
    differ, given = (
        weights @ _by_passage(cells, passages, weights.shape[1])
        for cells in (first != second, first.astype(int) + second.astype(int))
    )
    spread = given * (2 * n[:, None] - given)
    ratio = np.divide(differ, spread, out=np.full(spread.shape, np.nan), where=spread > 0)
    return 1 - (2 * n[:, None] - 1) * ratio


def _by_passage(cells: NDArray[np.generic], passages: NDArray[np.int64], n: int) -> Floats:
    sums = np.zeros((n, cells.shape[1]))
    np.add.at(sums, passages, cells)
    return sums


def _mean(values: Floats) -> Floats:
    """Return the mean of each row's numbers, shape (n, 1)."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=1, keepdims=True)
    return total / np.maximum(known.sum(axis=1, keepdims=True), 1)
