"""How often a coder is wrong, measured on coded passages: its sensitivity and its specificity, code by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innovsoc_analysis.coding.evaluation.counting import Counts, draw_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.evaluation.judging import Judgements

    Floats = NDArray[np.floating]

FEWEST_POSITIVES = 10
"""With fewer coded sentences that carry a code, its sensitivity is not taken to be known."""


class Rates(NamedTuple):
    """Errors of a coder, each of shape (n_codes,), and in resamples of passages, of shape (resamples, n_codes).

    Attributes
    ----------
    sensitivity, specificity : array
        Share of the sentences with a code that get it; of those without that do not.
    positives, negatives : array
        How many sentences there are of each.
    own : array of bool
        Whether they come from the genre's own passages rather than from all.
    drawn_sensitivity, drawn_specificity : array
        In resamples of passages.
    """

    sensitivity: Floats
    specificity: Floats
    positives: Floats
    negatives: Floats
    own: NDArray[np.bool_]
    drawn_sensitivity: Floats
    drawn_specificity: Floats


def error_rates(judgements: Judgements, coder: str, *, genre: str = "", seed: int = 0) -> Rates:
    """Measure the errors of `coder` on the sentences in the field.

    Parameters
    ----------
    judgements : Judgements
        Of an evaluation.
    coder : str
        One of its coders.
    genre : str
        Passages of this genre, for the codes that ten of its sentences carry at least; all passages for
        the others, and if it is empty.
    seed : int
        Of the resamples of passages.
    """
    field = ~judgements.off
    weights = draw_weights(int(judgements.passages.max()) + 1, random_state=seed)
    every = _rates(judgements, coder, field, weights)
    if not genre:
        return every
    here = _rates(judgements, coder, field & (judgements.genres == genre), weights)
    own = here.positives >= FEWEST_POSITIVES
    chosen = (np.where(own, mine, all_) for mine, all_ in zip(here, every, strict=True))
    return Rates(*chosen)._replace(own=own)


def _rates(judgements: Judgements, coder: str, held: NDArray[np.bool_], weights: Floats) -> Rates:
    labels, coded = (cells & held[:, None] for cells in (judgements.labels, judgements.coded[coder]))
    counts = Counts.of(labels, coded, judgements.passages)
    sizes = np.bincount(judgements.passages[held], minlength=len(counts.right)).astype(float)
    total = counts.total()
    found, _, right = _shares(total, np.array([[sizes.sum()]]))
    drawn_found, _, drawn_right = _shares(counts.weighted(weights), (weights @ sizes)[:, None])
    positives = (total.right + total.missed)[0]
    return Rates(
        sensitivity=found[0],
        specificity=right[0],
        positives=positives,
        negatives=sizes.sum() - positives,
        own=np.zeros(len(positives), dtype=bool),
        drawn_sensitivity=drawn_found,
        drawn_specificity=drawn_right,
    )


def _shares(counts: Counts, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """Return sensitivity, positives, specificity; not a number where there is nothing to measure them on."""
    positives = counts.right + counts.missed
    negatives = sizes - positives
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts.right / positives, positives, 1 - counts.wrong / negatives
