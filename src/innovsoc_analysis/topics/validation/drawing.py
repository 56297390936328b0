"""Draw scores: a dot and an interval per topic, a panel per kind of task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from innovsoc_analysis.figures.dots import dot_plot
from innovsoc_analysis.figures.style import COLOURS, MUTED, house_style, new_figure
from innovsoc_analysis.topics.validation.tasks import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

_LABEL_INCHES, _PANEL_INCHES = 2.4, 2.9
_ROW_INCHES, _MARGIN_INCHES = 0.32, 1.6


def draw_scores(topics: pd.DataFrame, *, labels: Mapping[int, str], confidence: float) -> NDArray[np.object_]:
    """Draw the share of right answers of each topic.

    Parameters
    ----------
    topics : DataFrame
        Of `Scores`.
    labels : mapping of int to str
        Topic → what is written beside it.
    confidence : float
        Of the intervals.

    Returns
    -------
    array of Axes
        One per kind, topics in the same rows.
    """
    kinds = list(dict.fromkeys(topics["kind"]))
    numbers = sorted(topics["topic"].unique())
    names = [f"{number} – {labels[number]}" if number in labels else f"thème {number}" for number in numbers]
    level = f"{100 * confidence:g}".replace(".", ",")
    with house_style():
        height = _MARGIN_INCHES + _ROW_INCHES * len(numbers)
        figure = new_figure(_LABEL_INCHES + _PANEL_INCHES * len(kinds), height)
        panels = np.atleast_1d(figure.subplots(1, len(kinds), sharey=True))
        for axes, kind in zip(panels, kinds, strict=True):
            rows = topics[topics["kind"] == kind].set_index("topic").reindex(numbers)
            shares = (100 * rows[["share"]]).set_axis(names, axis=0)
            caption = f"justes, {int(rows['n'].sum())} réponses"
            dot_plot(shares, title=KINDS[kind], xlabel=caption, ax=axes)
            heights = axes.get_yticks()
            axes.hlines(heights, 100 * rows["low"], 100 * rows["high"], color=COLOURS[0], linewidth=1.6, alpha=0.55)
            axes.axvline(100 * rows["chance"].mean(), color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
            axes.set_xlim(0, 103)
            axes.set_xticks([0, 50, 100])
            axes.set_title(KINDS[kind], fontsize=10, pad=6)
        title = f"Ce que des lecteur·rice·s reconnaissent ; intervalles à {level} %, en tirets : le hasard"
        figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, fontweight="bold")
    return panels
