"""Tables of an evaluation as a notebook shows them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = {
    "macro_f1": "F1 (moyenne des codes)",
    "micro_f1": "F1 (tous codages)",
    "macro_precision": "précision",
    "macro_recall": "rappel",
    "off_topic": "phrases hors champ codées",
}


def readable_coders(coders: pd.DataFrame) -> pd.DataFrame:
    """Return the table of coders in French, each figure followed by its interval.

    Parameters
    ----------
    coders : DataFrame
        ``Evaluation.coders``.
    """
    shown = coders[["label"]].rename(columns={"label": "codeur"})
    for name, title in _COLUMNS.items():
        shown[title] = [
            with_interval(*values)
            for values in zip(coders[name], coders[f"{name}_low"], coders[f"{name}_high"], strict=True)
        ]
    return shown.set_index("codeur")


def with_interval(value: float, low: float, high: float) -> str:
    """Return a figure and its interval; in words where there was nothing to measure.

    Examples
    --------
    >>> with_interval(0.5, 0.456, 0.55)
    '0,50 [0,46 ; 0,55]'
    """
    if math.isnan(value):
        return "non défini"
    return f"{value:.2f} [{low:.2f} ; {high:.2f}]".replace(".", ",")


def coders_html(coders: pd.DataFrame) -> str:
    """Return the table of coders for a notebook."""
    caption = "Intervalles à 95 %, par rééchantillonnage des passages."
    return f"{readable_coders(coders).to_html()}<p>{caption}</p>"
