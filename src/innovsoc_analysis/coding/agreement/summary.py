"""How far coders of the same segments agree, code by code: the function and its result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from innovsoc_analysis.coding.agreement.coders import SideBySide, put_side_by_side
from innovsoc_analysis.coding.agreement.disagreements import list_disagreements
from innovsoc_analysis.coding.agreement.drawing import THRESHOLDS, draw_agreement
from innovsoc_analysis.coding.agreement.resampling import Plan, Sampling
from innovsoc_analysis.coding.agreement.result import counted, decimal
from innovsoc_analysis.coding.agreement.rows import POSITIVES, agreement_table
from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from innovsoc_analysis.study.corpus import Corpus

HEADINGS = {
    "group": "groupe",
    "level": "niveau",
    "code": "code",
    "label": "libellé",
    "family": "famille",
    "units": "unités",
    "percent": "accord observé",
    "kappa": "kappa",
    "alpha": "alpha",
    "alpha_low": "alpha (bas)",
    "alpha_high": "alpha (haut)",
    "ac1": "AC1",
    "f1": "F1",
    "masi": "alpha MASI",
    "reason": "remarque",
}
"""French names of the columns of the table."""
LEVELS = {"code": "code", "family": "famille", "overall": "ensemble"}
"""French names of the levels of its rows."""
DISAGREEMENT_HEADINGS = {
    "before": "avant",
    "quote": "verbatim",
    "after": "après",
    "label": "libellé",
    "coded_by": "codé par",
    "not_coded_by": "pas par",
    "start": "début",
    "end": "fin",
}
"""French names of the columns of the disagreements."""
_WEAKEST = 5


@dataclass(frozen=True, repr=False)
class Agreement:
    """The agreement of coders on the same segments.

    Attributes
    ----------
    table : DataFrame
        One row per code, per family (given where one of its codes is) and for all decisions
        together; columns ``level, code, label, family, units``, ``n.NAME`` for each coder (segments
        that carry the code), ``percent, kappa`` (Cohen's; Conger's for more than two coders), ``alpha,
        alpha_low, alpha_high`` (Krippendorff's, documents drawn), ``ac1, f1, masi, reason``; before
        them ``group`` if there are groups.
    coders : tuple of str
        Their names, in the order given.
    by : str or None
        What the groups are.
    confidence : float
        Of the intervals.
    """

    table: pd.DataFrame
    coders: tuple[str, ...]
    by: str | None
    confidence: float
    _side: SideBySide

    @cached_property
    def disagreements(self) -> pd.DataFrame:
        """One row per segment and code on which coders differ, with the text if there is a corpus."""
        return list_disagreements(self._side)

    def summary(self) -> str:
        """Return in a few French sentences what the table says."""
        lines = [self._counts()]
        overall = self.table[self.table["level"] == "overall"]
        for row in overall.to_dict("records"):
            group = f"{self._group_name(row['group'])} : " if self.by else ""
            lines.append(f"{group}{self._overall(row)}")
        if not self.by:
            lines.append(self._by_threshold())
        lines.append(f"Désaccords à relire : {len(self.disagreements)} (un segment et un code chacun).")
        if self._side.n_outside:
            lines.append(f"Laissés de côté, d'un autre segment ou d'un autre code : {self._side.n_outside} codages.")
        return "\n".join(lines)

    def _counts(self) -> str:
        segments = self._side.segments
        return (
            f"{counted(len(self.coders), 'codeur')} ({', '.join(self.coders)}), {counted(len(segments), 'segment')} "
            f"de {counted(segments['doc_id'].nunique(), 'document')}, {counted(len(self._side.codes), 'code')}."
        )

    def _overall(self, row: dict[str, float]) -> str:
        if pd.isna(row["alpha"]):
            return f"Ensemble : alpha non défini. {row['reason']}"
        has_interval = not pd.isna(row["alpha_low"])
        interval = f" [{decimal(row['alpha_low'])} ; {decimal(row['alpha_high'])}]" if has_interval else ""
        masi = "" if pd.isna(row["masi"]) else f", alpha MASI {decimal(row['masi'])}"
        percent = f"{100 * row['percent']:.1f}".replace(".", ",")
        return f"Ensemble : alpha de Krippendorff {decimal(row['alpha'])}{interval}{masi}, accord observé {percent} %."

    def _by_threshold(self) -> str:
        codes = self.table[self.table["level"] == "code"].dropna(subset="alpha")
        n_undefined = int((self.table["level"] == "code").sum()) - len(codes)
        low, high = THRESHOLDS
        firm, tentative = int((codes["alpha"] >= high).sum()), int(codes["alpha"].between(low, high, "left").sum())
        weakest = codes.nsmallest(_WEAKEST, "alpha")
        named = ", ".join(
            f"{label} ({decimal(alpha)})" for label, alpha in zip(weakest["label"], weakest["alpha"], strict=True)
        )
        return (
            f"Codes dont l'alpha atteint 0,800 : {firm} ; de 0,667 à 0,800 : {tentative} ; au-dessous : "
            f"{len(codes) - firm - tentative} ; non défini : {n_undefined}."
            + (f" Les plus bas : {named}." if named else "")
        )

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw Krippendorff's alpha of each code with its interval, and of all codes together.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.
        """
        rows = self.table[self.table["level"] != "family"]
        shared = rows["label"].isin(rows.drop_duplicates("code").loc[lambda one: one["label"].duplicated(), "label"])
        drawn = pd.DataFrame(
            {
                "item": rows["label"].where(~shared, rows["label"] + " (" + rows["code"] + ")"),
                "group": [self._group_name(group) for group in rows["group"]] if self.by else "",
                "value": rows["alpha"],
                "low": rows["alpha_low"],
                "high": rows["alpha_high"],
                "level": rows["level"],
            }
        )
        return draw_agreement(drawn, basis=self._counts().removesuffix("."), confidence=self.confidence, ax=ax)

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (agreement and disagreements) or ``.csv`` (agreement), as the suffix of `path` says.

        The workbook quotes the texts, and is as confidential as they are.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        sheets = {"Accord": self._readable(), "Désaccords": self.disagreements.rename(columns=DISAGREEMENT_HEADINGS)}
        save_sheets(sheets, path, main="Accord", locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Agreement : {self._counts().removesuffix('.')}>"

    def _repr_html_(self) -> str:
        shown = self._readable().to_html(index=False, float_format=decimal, na_rep="–")
        return f"<p>Accord entre codeurs : {escape(self._counts())}</p>{shown}"

    def _readable(self) -> pd.DataFrame:
        table = self.table.assign(level=self.table["level"].map(LEVELS))
        if self.by:
            table["group"] = [self._group_name(group) for group in table["group"]]
        positives = {POSITIVES + name: f"n ({name})" for name in self.coders}
        return table.rename(columns=HEADINGS | positives)

    def _group_name(self, group: object) -> str:
        return genre_label(str(group)) if self.by == "genre" else str(group) or "non renseigné"


def agreement(
    first: Codings | pd.DataFrame,
    second: Codings | pd.DataFrame,
    *more: Codings | pd.DataFrame,
    segments: pd.DataFrame | None = None,
    codes: Iterable[str] | Codebook | None = None,
    by: str | None = None,
    corpus: Corpus | None = None,
    names: Sequence[str] | None = None,
    **options: Unpack[Sampling],
) -> Agreement:
    """Measure how far coders agree on the segments that all of them saw.

    Parameters
    ----------
    first, second, *more : Codings or DataFrame
        One per coder, schema ``codings``: a segment carries a code if a row says so.
    segments : DataFrame, optional
        What all coders saw, coded or not: ``segment_id``, ``doc_id`` and, to quote, ``start`` and
        ``end``. By default the segments that the codebook of the first `Codings` codes.
    codes : iterable of str or Codebook, optional
        Which codes; by default those of the codebook of the first `Codings`, otherwise all that occur.
        A codebook also gives labels and families.
    by : str, optional
        Measure by group: a column of `segments`, ``"genre"`` or a metadata column of the corpus.
    corpus : Corpus, optional
        To quote the texts; by default that of the first `Codings`.
    names : sequence of str, optional
        Names of the coders; by default those in the column ``coder``.
    **options
        As in `Sampling`, for the intervals of alpha: interval, confidence, n_resamples, random_state.
        Documents are drawn, as the segments of one document are not independent.

    Returns
    -------
    Agreement
        The table and what one asks of it.

    Raises
    ------
    UsageError
        If it is not known what the coders saw, or columns are missing.
    UnknownNameError
        If the codebook has no such code, or no document the attribute `by`.

    Examples
    --------
    >>> import pandas as pd
    >>> segments = pd.DataFrame({"segment_id": ["s1", "s2", "s3"], "doc_id": ["d1", "d1", "d2"]})
    >>> ana = pd.DataFrame({"segment_id": ["s1", "s2"], "code": ["lieu", "lien"], "coder": "Ana"})
    >>> luc = pd.DataFrame({"segment_id": ["s1"], "code": ["lieu"], "coder": "Luc"})
    >>> found = agreement(ana, luc, segments=segments)
    >>> found.table[["label", "units", "n.Ana", "n.Luc"]].values.tolist()
    [['lien', 3, 1, 0], ['lieu', 3, 1, 1], ['Ensemble', 6, 2, 1]]
    >>> found.disagreements[["segment_id", "code", "coded_by"]].values.tolist()
    [['s2', 'lien', 'Ana']]
    """
    if "clusters" in options:
        raise UsageError("clusters= ne s'emploie pas ici : le rééchantillonnage se fait par document.")
    plan = Plan(**options)
    side = put_side_by_side((first, second, *more), segments=segments, codes=codes, names=names, corpus=corpus)
    groups = _groups(side, by) if by else None
    table = agreement_table(side, groups, options)
    numbers = [name for name in table.columns if name in _NUMBERS]
    return Agreement(table.astype(dict.fromkeys(numbers, float)), side.names, by, plan.confidence, side)


_NUMBERS = frozenset({"percent", "kappa", "alpha", "alpha_low", "alpha_high", "ac1", "f1", "masi"})


def _groups(side: SideBySide, by: str) -> pd.Series:
    if by in side.segments.columns:
        return side.segments[by].astype(object).where(side.segments[by].notna(), "").astype(str)
    if side.corpus is None:
        raise UsageError(f"by= : la table des segments n'a pas de colonne « {by} » ; donnez-la, ou corpus=.")
    return side.segments["doc_id"].map(side.corpus.attribute(by)).fillna("").astype(str)
