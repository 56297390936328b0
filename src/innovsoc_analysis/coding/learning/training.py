"""Train a model on coded passages: the same passages, codebook and versions give the same file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innovsoc_analysis.coding.learning.calibration import choose_thresholds, fit_logistic, logit
from innovsoc_analysis.coding.learning.features import NEIGHBOURS, Features, FeatureSpace
from innovsoc_analysis.coding.learning.model import Model
from innovsoc_analysis.coding.learning.ridge import Linear, fit_ridge, out_of_fold
from innovsoc_analysis.coding.learning.scoring import (
    Firings,
    combined_probabilities,
    evidence_of,
    firings_of,
    learned_probabilities,
)
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.coding.units import Unit, units_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.encoding import encoder_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.gold import Gold
    from innovsoc_analysis.model.codebook import Codebook

    Array = NDArray[np.float32]

PENALTY = 3.5
GATE_PENALTY = 1.0
GATE_LOSES = 0.02  # share of the coded sentences that the gate may close
FOLDS = 5
_LEAST_SENTENCES = 100
_LEAST_PASSAGES = 2


class Material(NamedTuple):
    """Coded sentences as training needs them.

    Attributes
    ----------
    documents : list of list of Unit
        Passage by passage.
    firings : Firings
        Where the rules fire.
    labels : array, shape (n, n_codes)
    off : array, shape (n, 1)
        1 in passages out of the field.
    passages : array of int, shape (n,)
        Number of each sentence's passage.
    """

    documents: list[list[Unit]]
    firings: Firings
    labels: Array
    off: Array
    passages: NDArray[np.int64]

    @property
    def lengths(self) -> list[int]:
        """Sentences of each passage."""
        return [len(units) for units in self.documents]


def material_of(gold: Gold, codebook: Codebook) -> Material:
    """Annotate coded passages and fire the rules on them."""
    documents = list(units_of(gold.corpus, "phrase"))  # passages are cut as they were coded, whatever the unit
    off = gold.of_passages(lambda passage: float(passage.field != "in")).astype(np.float32).reshape(-1, 1)
    passages = np.repeat(np.arange(len(documents)), [len(units) for units in documents])
    rules = RuleCoder(codebook)
    matches = [one for units in documents for one in rules.matches_of(units)]
    return Material(documents, firings_of(matches, codebook.code_ids), gold.labels(codebook.code_ids), off, passages)


def train(
    gold: Gold,
    codebook: Codebook,
    *,
    validation: Gold,
    random_state: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
) -> Model:
    """Train the learned and the combined coder.

    Parameters
    ----------
    gold : Gold
        What is learned from: at least a hundred sentences.
    codebook : Codebook
        Its codes are learned, its rules are what the learner is combined with.
    validation : Gold
        Other passages, from which how far to trust learner and rules, and the thresholds, are set.
    random_state : int
        Seeds the drawing of passages into folds.
    progress : callable, optional
        Called with (step, done, total).

    Raises
    ------
    UsageError
        If there is too little to learn from.
    """
    if len(gold.passages) < _LEAST_PASSAGES:
        raise UsageError(f"Trop peu de passages codés pour apprendre : il en faut {_LEAST_PASSAGES} au moins.")
    if len(gold) < _LEAST_SENTENCES or not len(validation):
        raise UsageError(
            f"Trop peu de phrases codées pour apprendre : {len(gold)} (il en faut {_LEAST_SENTENCES} au moins),"
            f" et {len(validation)} de mise au point (split « dev »)."
        )
    steps = _Steps(progress)
    material, held = material_of(gold, codebook), material_of(validation, codebook)
    steps.next()
    space = FeatureSpace.fit(material.documents)
    features = space.transform(material.documents, material.firings.indicators)
    steps.next()
    folds = _draw_folds(len(material.documents), random_state)[material.passages]
    taught = gold.soft_labels(codebook.code_ids)
    scores = out_of_fold(features, taught, folds, penalty=PENALTY)
    steps.next()
    draft = Model(
        codebook.code_ids,
        space,
        _as_kept(fit_ridge(features, taught, penalty=PENALTY)),
        _fit_gate(features, material, random_state),
        closing=np.zeros(2 * NEIGHBOURS + 1, dtype=np.float32),
        calibration=np.stack([fit_logistic(scores[:, [k]], material.labels[:, k]) for k in range(scores.shape[1])]),
        stack=np.zeros(0, dtype=np.float32),
        reliability=_reliability(held),
        learned=choose_thresholds(np.zeros_like(held.labels), held.labels),
        combined=choose_thresholds(np.zeros_like(held.labels), held.labels),
        record=_record(gold, validation, codebook, random_state),
    )
    steps.next()
    return _tune(draft, held)


def _fit_gate(features: Features, material: Material, random_state: int) -> Linear:
    """Fit the gate on windows of all sizes: what is coded may be a sentence by itself or a long text."""
    reach = np.random.default_rng(random_state).integers(0, NEIGHBOURS + 1, len(material.passages))
    return _as_kept(fit_ridge(features.averaged(material.lengths, reach), material.off, penalty=GATE_PENALTY))


def _closing(draft: Model, held: Material) -> Array:
    """Return, by the size of windows, the lowest score that closes few enough of the coded sentences.

    A smaller window says less of its field, and needs a higher score.
    """
    features = draft.space.transform(held.documents, held.firings.indicators)
    coded = held.labels.any(axis=1)
    closing = np.full(2 * NEIGHBOURS + 1, 0.5, dtype=np.float32)
    for reach in range(NEIGHBOURS + 1) if coded.any() else ():
        scores = draft.gate(features.averaged(held.lengths, reach))[coded]
        closing[max(2 * reach - 1, 0) : 2 * reach + 1] = np.quantile(scores, 1 - GATE_LOSES)
    return closing


def _as_kept(linear: Linear) -> Linear:
    """Return `linear` as files hold it, so that thresholds are set on what will be read again."""
    return Linear(linear.weights.astype(np.float16).astype(np.float32), linear.bias)


def _draw_folds(n_passages: int, random_state: int) -> NDArray[np.int64]:
    """Draw a fold for each passage; a few passages may all fall into one, and are dealt out then."""
    drawn = np.random.default_rng(random_state).integers(0, FOLDS, n_passages)
    return drawn if len(np.unique(drawn)) > 1 else np.arange(n_passages) % FOLDS


def _reliability(held: Material) -> Array:
    """Return the log-odds that fired rules are right, drawn towards those of all rules where they seldom fired."""
    fired = held.firings.rules
    right = (fired * held.labels).sum(axis=0)
    overall = right.sum() / max(fired.sum(), 1)
    return logit((right + 5 * overall) / (fired.sum(axis=0) + 5)).astype(np.float32)


def _tune(draft: Model, held: Material) -> Model:
    """Set on the validation passages what remains: when the gate closes, the stack and the thresholds.

    Each sentence is looked at twice, in its passage and by itself, as texts to code may be long or short.
    """
    gated = replace(draft, closing=_closing(draft, held))
    by_themselves = [[unit] for units in held.documents for unit in units]
    seen = [evidence_of(gated, documents, held.firings) for documents in (held.documents, by_themselves)]
    stacked = np.concatenate([evidence.stacked(gated) for evidence in seen])
    labels = np.concatenate([held.labels] * len(seen))
    model = replace(gated, stack=fit_logistic(stacked.reshape(-1, stacked.shape[-1]), labels.reshape(-1)))
    learned = np.concatenate([learned_probabilities(evidence) for evidence in seen])
    combined = np.concatenate([combined_probabilities(model, evidence) for evidence in seen])
    return replace(model, learned=choose_thresholds(learned, labels), combined=choose_thresholds(combined, labels))


def _record(gold: Gold, validation: Gold, codebook: Codebook, random_state: int) -> dict[str, object]:
    return {
        "codebook": codebook.name,
        "codebook_fingerprint": codebook.fingerprint,
        "gold": gold.digest,
        "validation": validation.digest,
        "n_sentences": len(gold),
        "n_validation": len(validation),
        "encoder": encoder_version(),
        "random_state": random_state,
    }


class _Steps:
    """Tells the progress of training's steps."""

    _TOTAL = 4

    def __init__(self, progress: Callable[[str, int, int], None] | None) -> None:
        self._progress = progress
        self._done = 0

    def next(self) -> None:
        """Count one more step as done."""
        self._done += 1
        if self._progress:
            self._progress("apprentissage", self._done, self._TOTAL)
