"""The learning curve: what more coded sentences bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.evaluation.evaluating import evaluate
from innovsoc_analysis.coding.evaluation.judging import CODERS
from innovsoc_analysis.coding.gold import Gold
from innovsoc_analysis.coding.learning.training import train

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from innovsoc_analysis.model.codebook import Codebook

SIZES = (400, 800, 1600, 3000, 6000)


def learning_curve(
    gold: Gold,
    codebook: Codebook,
    *,
    sizes: Sequence[int] = SIZES,
    plain: Codebook | None = None,
    random_state: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
) -> pd.DataFrame:
    """Train on more and more of the training passages and evaluate each model on the test passages.

    Parameters
    ----------
    gold : Gold
        With its three parts.
    codebook : Codebook
        Its rules are fired.
    sizes : sequence of int
        Sentences to train on; whole passages are drawn, the smaller samples within the larger ones.
        Those that exceed the training part are left out, and all of it comes last.
    plain, random_state
        As in :func:`evaluate`.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    DataFrame
        One row per size: ``sentences`` and, for each coder, ``macro_f1_…`` with its interval.
    """
    training = gold.part("train")
    order = np.random.default_rng(random_state).permutation(len(training.passages))
    held = np.cumsum([len(training.passages[place].sentences) for place in order])
    wanted = [size for size in sizes if size < len(training)] + [len(training)]
    rows = []
    for number, size in enumerate(wanted):
        if progress:
            progress("courbe", number, len(wanted))
        sample = Gold(tuple(training.passages[place] for place in sorted(order[: np.searchsorted(held, size) + 1])))
        model = train(sample, codebook, validation=gold.part("dev"), random_state=random_state)
        coders = evaluate(gold.part("test"), codebook, model, plain=plain, random_state=random_state).coders
        row: dict[str, float] = {"sentences": len(sample)}
        for name in CODERS:
            row |= {f"{key}_{name}": coders.loc[name, key] for key in ("macro_f1", "macro_f1_low", "macro_f1_high")}
        rows.append(row)
    if progress:
        progress("courbe", len(wanted), len(wanted))
    return pd.DataFrame(rows)
