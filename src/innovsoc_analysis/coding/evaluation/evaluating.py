"""Evaluate the coders against a gold corpus: tables and a figure."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.agreement import Coefficient, krippendorff_alpha_many
from innovsoc_analysis.coding.evaluation.counting import (
    Counts,
    draw_weights,
    f1,
    interval,
    macro_f1,
    macro_precision,
    macro_recall,
    micro_f1,
    precision,
    recall,
)
from innovsoc_analysis.coding.evaluation.judging import CODERS, COMBINED, Judgements, judge
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sheets import csv_bytes, xlsx_bytes

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.gold import Gold
    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.model.codebook import Codebook

    Array = NDArray[np.floating]

ESID_CRITERIA = ("Objectives", "Actors", "Outputs", "Innovativeness")
_BINS = np.linspace(0, 1, 11)


@dataclass(frozen=True, repr=False)
class Evaluation:
    """What came of coding a gold corpus in four ways.

    Attributes
    ----------
    judgements : Judgements
        What each coder said.
    codebook : Codebook
        By what.
    random_state : int
        Seeds the resampling of passages.
    """

    judgements: Judgements
    codebook: Codebook
    random_state: int = 0
    curve: pd.DataFrame | None = field(default=None)

    @cached_property
    def coders(self) -> pd.DataFrame:
        """One row per coder: macro and micro F1, precision, recall, off-topic sentences wrongly coded, intervals.

        Shares are between 0 and 1; intervals are at 95 %, from 1,000 resamples of passages.
        """
        rows = {}
        for name, label in CODERS.items():
            counts = self._counts(name)
            row: dict[str, object] = {"label": label}
            for measure, statistic in _OVERALL.items():
                low, high = interval(counts, statistic, self._weights)
                row |= {measure: float(statistic(counts.total())[0]), f"{measure}_low": low, f"{measure}_high": high}
            rows[name] = row | self._off_topic(name)
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("coder")

    @cached_property
    def codes(self) -> pd.DataFrame:
        """One row per code: how the combined coder does, and F1 of the other coders.

        Precision, recall, F1 and Krippendorff's alpha against the gold with intervals; recall of
        the sentences that hold an indicator of the code (explicit) and of the others (implicit).
        """
        counts = self._counts(COMBINED)
        total = counts.total()
        bounds = {name: interval(counts, statistic, self._weights) for name, statistic in _BY_CODE.items()}
        table = pd.DataFrame(
            {
                "family": [self.codebook.family_of(code) for code in self.codebook.code_ids],
                "label": [self.codebook[code].label for code in self.codebook.code_ids],
                "n": (total.right + total.missed)[0].astype(int),
            },
            index=pd.Index(self.codebook.code_ids, name="code"),
        )
        for name, statistic in _BY_CODE.items():
            table[name] = statistic(total)[0]
            table[f"{name}_low"], table[f"{name}_high"] = bounds[name]
        alphas = self._alphas
        table["alpha"] = [alphas[code].value for code in table.index]
        for position, side in enumerate(("low", "high")):
            table[f"alpha_{side}"] = [
                found.interval[position] if (found := alphas[code]).interval else None for code in table.index
            ]
        explicit = self.judgements.explicit
        table["recall_explicit"] = self._recall_where(explicit)
        table["recall_implicit"] = self._recall_where(~explicit)
        for name in CODERS:
            table[f"f1_{name}"] = f1(self._counts(name).total())[0]
        return table

    @cached_property
    def families(self) -> pd.DataFrame:
        """One row per family: number of codings, macro-F1 of each coder with interval."""
        rows = {}
        for family in self.codebook.families or ():
            columns = [self.codebook.code_ids.index(code) for code in family.codes]
            row: dict[str, object] = {"label": family.label}
            for name in CODERS:
                counts = self._counts(name).only(columns)
                row["n"] = int(counts.right.sum() + counts.missed.sum())
                row[f"f1_{name}"] = float(macro_f1(counts.total())[0])
                row[f"f1_{name}_low"], row[f"f1_{name}_high"] = interval(counts, macro_f1, self._weights)
            rows[family.id] = row
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("family")

    @cached_property
    def genres(self) -> pd.DataFrame:
        """One row per genre: sentences, codings, micro-F1 of each coder."""
        rows = {}
        for genre in sorted(set(self.judgements.genres)):
            held = self.judgements.genres == genre
            row: dict[str, object] = {"label": genre_label(str(genre)), "sentences": int(held.sum())}
            row["n"] = int(self.judgements.labels[held].sum())
            for name in CODERS:
                row[f"f1_{name}"] = float(micro_f1(self._counts(name, held).total())[0])
            rows[genre] = row
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("genre")

    @cached_property
    def reliability(self) -> pd.DataFrame:
        """Ten bins of the combined coder's probability: how many codes, mean probability, share that is right."""
        likely = self.judgements.probabilities.ravel()
        right = self.judgements.labels.ravel()
        bins = np.clip(np.digitize(likely, _BINS) - 1, 0, len(_BINS) - 2)
        grouped = pd.DataFrame({"bin": bins, "probability": likely, "right": right}).groupby("bin")
        return grouped.agg(n=("right", "size"), probability=("probability", "mean"), right=("right", "mean"))

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """What re-reading the most doubtful codes brings: codes re-read, and precision and recall afterwards.

        The queue is taken in the order of doubt; a person who re-reads is taken to be right.
        """
        judged, likely = self.judgements, self.judgements.probabilities
        queue = np.flatnonzero(((likely >= judged.low) & (likely < judged.sure)).ravel())
        queue = queue[np.argsort(np.abs(likely.ravel()[queue] - 0.5), kind="stable")]
        labels, coded = judged.labels.ravel(), judged.coded[COMBINED].ravel().copy()
        rows = []
        for share in np.linspace(0, 1, 21):
            read = queue[: round(share * len(queue))]
            decided = coded.copy()
            decided[read] = labels[read]
            right = (decided & labels).sum()
            rows.append((share, len(read), right / max(decided.sum(), 1), right / max(labels.sum(), 1)))
        return pd.DataFrame(rows, columns=["share", "reread", "precision", "recall"])

    @cached_property
    def esid(self) -> pd.DataFrame:
        """The codes gathered into the four criteria of ESID, by passage: one row per criterion.

        Which code stands for which criterion is the codebook's crosswalk ``ESID``. Source: Gök et
        al. (2022), *The European Social Innovation Database*, Scientific Data 9:697.
        """
        judged = self.judgements
        rows = {}
        for criterion in ESID_CRITERIA:
            columns = [
                position
                for position, code in enumerate(self.codebook.code_ids)
                if self.codebook[code].crosswalk.get("ESID", "").startswith(criterion)
            ]
            truth, said = (
                _any_in_passage(cells[:, columns], judged.passages) for cells in (judged.labels, judged.coded[COMBINED])
            )
            counts = Counts(*(cells[:, None].astype(float) for cells in (truth & said, ~truth & said, truth & ~said)))
            total = counts.total()
            row: dict[str, float] = {"codes": len(columns), "n": int(truth.sum())}
            for name, statistic in _BY_CODE.items():
                row[name] = float(statistic(total)[0, 0])
            row["f1_low"], row["f1_high"] = interval(counts, f1, self._weights)[:, 0]
            rows[criterion] = row
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("criterion")

    def plot(self) -> Figure:
        """Draw the evaluation: F1 by code, the coders, the calibration, the queue."""
        from innovsoc_analysis.coding.evaluation.drawing import draw

        return draw(self)

    def save(self, folder: Path | str, *, locale: str = "") -> list[Path]:
        """Write ``evaluation.xlsx``, ``.svg`` and ``.png``, ``evaluation_codes.csv`` and ``evaluation_coders.csv``."""
        from innovsoc_analysis.figures.style import png_bytes, svg_bytes

        folder = Path(folder)
        sheets = {
            "Codeurs": self.coders,
            "Codes": self.codes,
            "Familles": self.families,
            "Genres": self.genres,
            "Calibration": self.reliability,
            "File à relire": self.coverage,
            "Critères d'ESID": self.esid,
        }
        if self.curve is not None:
            sheets["Courbe d'apprentissage"] = self.curve
        figure = self.plot()
        contents = {
            "evaluation.xlsx": xlsx_bytes({name: table.reset_index() for name, table in sheets.items()}),
            "evaluation_codes.csv": csv_bytes(self.codes.reset_index(), locale=locale),
            "evaluation_coders.csv": csv_bytes(self.coders.reset_index(), locale=locale),
            "evaluation.svg": svg_bytes(figure),
            "evaluation.png": png_bytes(figure),
        }
        for name, data in contents.items():
            atomic_write(folder / name, data)
        return [folder / name for name in contents]

    def __repr__(self) -> str:
        """Return the number of sentences and F1."""
        return f"<Evaluation : {len(self.judgements.labels)} phrases, F1 {self.coders.loc[COMBINED, 'macro_f1']:.3f}>"

    def _repr_html_(self) -> str:
        from innovsoc_analysis.coding.evaluation.display import coders_html

        return coders_html(self.coders)

    @cached_property
    def _weights(self) -> Array:
        return draw_weights(int(self.judgements.passages.max()) + 1, random_state=self.random_state)

    def _counts(self, coder: str, held: NDArray[np.bool_] | None = None) -> Counts:
        judged = self.judgements
        labels, coded = judged.labels, judged.coded[coder]
        if held is not None:
            labels, coded = labels & held[:, None], coded & held[:, None]
        return Counts.of(labels, coded, judged.passages)

    def _off_topic(self, coder: str) -> dict[str, float]:
        """Return the share of off-topic sentences that get any code, with its interval."""
        off = self.judgements.off[:, None]
        coded = self.judgements.coded[coder].any(axis=1, keepdims=True)
        counts = Counts.of(off, coded & off, self.judgements.passages)
        low, high = interval(counts, recall, self._weights)[:, 0]
        return {"off_topic": float(recall(counts.total())[0, 0]), "off_topic_low": low, "off_topic_high": high}

    @cached_property
    def _alphas(self) -> dict[Hashable, Coefficient]:
        columns = list(self.codebook.code_ids)
        gold, said = (
            pd.DataFrame(cells, columns=columns) for cells in (self.judgements.labels, self.judgements.coded[COMBINED])
        )
        return krippendorff_alpha_many(gold, said, clusters=self.judgements.passages, random_state=self.random_state)

    def _recall_where(self, wanted: NDArray[np.bool_]) -> Array:
        labels, coded = self.judgements.labels, self.judgements.coded[COMBINED]
        held = (labels & wanted).sum(axis=0).astype(float)
        return np.divide((labels & coded & wanted).sum(axis=0), held, out=np.full_like(held, np.nan), where=held > 0)


_OVERALL: dict[str, Callable[[Counts], Array]] = {
    "macro_f1": macro_f1,
    "micro_f1": micro_f1,
    "macro_precision": macro_precision,
    "macro_recall": macro_recall,
}
_BY_CODE = {"precision": precision, "recall": recall, "f1": f1}


def evaluate(
    gold: Gold, codebook: Codebook, model: Model, *, plain: Codebook | None = None, random_state: int = 0
) -> Evaluation:
    """Code the sentences of `gold` by list, rules, learner and both, and compare with what people said.

    Parameters
    ----------
    gold : Gold
        Passages that the model has not seen: ``load_gold(folder).part("test")``.
    codebook : Codebook
        Its rules are fired.
    model : Model
        Trained on other passages.
    plain : Codebook, optional
        Whose indicators are the plain list, the point of comparison; by default those of `codebook`.
    random_state : int
        Seeds the intervals.

    Returns
    -------
    Evaluation

    Raises
    ------
    UsageError
        If there is no sentence, or the codes of codebook, model and list are not the same.
    """
    return Evaluation(judge(gold, codebook, model, plain=plain or codebook), codebook, random_state)


def _any_in_passage(cells: NDArray[np.bool_], passages: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(int(passages.max()) + 1, dtype=bool)
    np.logical_or.at(found, passages, cells.any(axis=1))
    return found
