"""The coders that a trained model makes: the learner alone, or combined with the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.learning.explaining import Explainer
from innovsoc_analysis.coding.learning.scoring import (
    combined_probabilities,
    evidence_of,
    firings_of,
    learned_probabilities,
)
from innovsoc_analysis.coding.rules import SEPARATOR, RuleCoder
from innovsoc_analysis.coding.units import Unit, are_stated, batches_of, units_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.identifiers import derive_id
from innovsoc_analysis.model.tables import CODINGS, SURE, TO_REREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.learning.calibration import Thresholds
    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.coding.matching import Match
    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus


class ModelCoder:
    """Codes segments by a trained model, and says of each code whether it is sure or to re-read.

    Parameters
    ----------
    codebook : Codebook
        Its rules are fired; it must have the model's codes.
    model : Model
        From :func:`innovsoc_analysis.coding.learning.training.train`.
    use : {"combined", "learned"}
        The learner with the rules, or alone.

    Raises
    ------
    UsageError
        If the model was trained for other codes.
    """

    def __init__(self, codebook: Codebook, model: Model, *, use: Literal["combined", "learned"] = "combined") -> None:
        if model.codes != codebook.code_ids:
            raise UsageError(
                f"Le modèle a appris les codes d'un autre livre que « {codebook.name} » ; "
                "entraînez-en un avec « innovsoc train », ou codez par règles (--coder rules)."
            )
        self.codebook = codebook
        self.model = model
        self.use = use
        self._rules = RuleCoder(codebook)
        self._reference = codebook.reference  # a digest of the whole codebook: once, not for each row
        self._explainer = Explainer(model.space, model.elements)

    @property
    def thresholds(self) -> Thresholds:
        """From which probabilities a sentence is to re-read, coded, surely coded."""
        return self.model.combined if self.use == "combined" else self.model.learned

    def code(
        self, corpus: Corpus, *, progress: Callable[[str, int, int], None] | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the codings of `corpus` and the queue of those to re-read, both in schema ``codings``.

        The queue holds the codes that are not sure: those given (their ``status`` is
        ``"reread"``) and those that were nearly given, which the codings leave out.
        """
        coded: list[dict[str, object]] = []
        queued: list[dict[str, object]] = []
        done = 0
        for documents in batches_of(units_of(corpus, self.codebook.unit)):
            for row, given in self._rows(documents):
                if given:
                    coded.append(row)
                if row["status"] == TO_REREAD:
                    queued.append(row)
            done += len(documents)
            if progress:
                progress("codage", done, len(corpus))
        if progress:
            progress("codage", len(corpus), len(corpus))
        return _table(coded), _table(queued)

    def probabilities(self, documents: list[list[Unit]]) -> NDArray[np.floating]:
        """Return the probability of each code in each unit, shape (n_units, n_codes)."""
        return self._judge(documents)[0]

    def _judge(self, documents: list[list[Unit]]) -> tuple[NDArray[np.floating], list[dict[str, list[Match]]]]:
        matches = [one for units in documents for one in self._rules.matches_of(units)]
        evidence = evidence_of(self.model, documents, firings_of(matches, self.model.codes))
        if self.use == "learned":
            return learned_probabilities(evidence), matches
        return combined_probabilities(self.model, evidence), matches

    def _rows(self, documents: list[list[Unit]]) -> Iterator[tuple[dict[str, object], bool]]:
        """Yield the rows of codes that are given or nearly so, and whether they are given."""
        probabilities, matches = self._judge(documents)
        units = [unit for one in documents for unit in one]
        low, cut, sure = self.thresholds
        fired = firings_of(matches, self.model.codes).rules > 0
        stated = are_stated(units, fired & (self.use == "combined"))
        for number in np.flatnonzero((probabilities >= low).any(axis=1)):
            unit, likely = units[number], probabilities[number]
            columns = np.flatnonzero(likely >= low).tolist()
            by_rules = matches[number] if self.use == "combined" else {}
            unexplained = [one for one in columns if self.model.codes[one] not in by_rules]
            found = (
                dict(zip(unexplained, self._explainer.evidence(unit, unexplained), strict=True)) if unexplained else {}
            )
            for column in columns:
                status = SURE if likely[column] >= sure[column] and stated[number, column] else TO_REREAD
                row = self._row(unit, column, by_rules, found)
                row |= {"score": round(float(likely[column]), 4), "status": status}
                yield row, bool(likely[column] >= cut[column])

    def _row(
        self, unit: Unit, column: int, by_rules: dict[str, list[Match]], found: dict[int, tuple[int, int]]
    ) -> dict[str, object]:
        code = self.model.codes[column]
        fired = by_rules.get(code, [])
        spans = [(unit.tokens[one.first].start, unit.tokens[one.last - 1].end) for one in fired] or [found[column]]
        return {
            "coding_id": derive_id("c", unit.segment_id, code, self.use, self._reference, self.model.reference),
            "doc_id": unit.doc_id,
            "segment_id": unit.segment_id,
            "start": unit.start,
            "end": unit.end,
            "code": code,
            "coder": self.use,
            "origin": "rules" if fired else "model",
            "rule": SEPARATOR.join(one.pattern.rule for one in fired) or f"{code}/modele:{self.model.reference}",
            "evidence": SEPARATOR.join(unit.text[left - unit.start : right - unit.start] for left, right in spans),
            "evidence_spans": " ".join(f"{left}-{right}" for left, right in spans),
            "codebook": self._reference,
        }


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    return CODINGS.conform(pd.DataFrame(rows, columns=list(CODINGS.columns)))
