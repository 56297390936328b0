"""From sentences to probabilities: the learner alone, and combined with the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innovsoc_analysis.coding.learning.calibration import sigmoid
from innovsoc_analysis.coding.learning.features import neighbour_means, window_sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.learning.features import Features
    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.coding.matching import Match
    from innovsoc_analysis.coding.units import Unit

    Array = NDArray[np.float32]

_CLOSED = -20.0  # log-odds of a code where the window is out of the field (rule R6)
_PLAIN = 2.0  # log-odds of a code so plainly said that the combined coder gives it nevertheless


class Firings(NamedTuple):
    """Where the rules fire; 0 or 1, each of shape (n_units, n_codes).

    Attributes
    ----------
    rules : array
        Indicators and motifs.
    indicators : array
        Indicators alone. The learner looks at these: motifs were written by reading sentences it learns from.
    """

    rules: Array
    indicators: Array


def firings_of(matches: Sequence[dict[str, list[Match]]], codes: Sequence[str]) -> Firings:
    """Return the firings that a rule coder's `matches` of units stand for."""
    rules = [[code in one for code in codes] for one in matches]
    indicators = [
        [any("/motif:" not in match.pattern.rule for match in one.get(code, ())) for code in codes] for one in matches
    ]
    shape = (len(matches), len(codes))
    return Firings(*(np.array(table, dtype=np.float32).reshape(shape) for table in (rules, indicators)))


class Evidence(NamedTuple):
    """What speaks for each code in each sentence.

    Attributes
    ----------
    features : Features
    odds : array, shape (n, n_codes)
        The learner's log-odds.
    fired : array, shape (n, n_codes)
        1 where the rules fire.
    around : array, shape (n, n_codes)
        Mean log-odds of the neighbouring sentences.
    off : array, shape (n, 1)
        By how much the window passes the score from which it is out of the field.
    """

    features: Features
    odds: Array
    fired: Array
    around: Array
    off: Array

    def stacked(self, model: Model) -> Array:
        """Return what the combined coder weighs, shape (n, n_codes, 6)."""
        off = np.broadcast_to(self.off, self.odds.shape)
        columns = [self.odds, self.fired, self.fired * model.reliability, self.around, off, np.maximum(off, 0)]
        return np.stack(columns, axis=-1)


def evidence_of(model: Model, documents: Sequence[Sequence[Unit]], firings: Firings) -> Evidence:
    """Return what speaks for each code in the units of `documents`."""
    lengths = [len(units) for units in documents]
    features = model.space.transform(documents, firings.indicators)
    slope, constant = model.calibration.T
    odds = model.elements(features) * slope + constant
    off = model.gate(features.averaged(lengths)) - model.closing[window_sizes(lengths) - 1, None]
    return Evidence(features, odds, firings.rules, neighbour_means(odds, lengths), off)


def learned_probabilities(evidence: Evidence) -> Array:
    """Return the learner's probabilities, shape (n, n_codes); zero out of the field."""
    return sigmoid(np.where(evidence.off > 0, _CLOSED, evidence.odds))


def combined_probabilities(model: Model, evidence: Evidence) -> Array:
    """Return the combined coder's probabilities, shape (n, n_codes); zero out of the field unless plainly said."""
    odds = evidence.stacked(model) @ model.stack[:-1] + model.stack[-1]
    return sigmoid(np.where((evidence.off > 0) & (odds < _PLAIN), _CLOSED, odds))
