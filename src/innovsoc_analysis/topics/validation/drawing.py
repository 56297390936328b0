"""Draw scores: a dot and an interval per topic, a panel per kind of task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.dots import dot_plot
from innovsoc_analysis.figures.measuring import wrapped
from innovsoc_analysis.figures.panels import head
from innovsoc_analysis.figures.rows import row_height
from innovsoc_analysis.figures.sizes import columns_within
from innovsoc_analysis.figures.style import (
    COLOURS,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_figure,
    write_caption,
    write_title,
)
from innovsoc_analysis.topics.validation.tasks import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_LABEL_INCHES, _PANEL_INCHES, _NARROW, _LABEL_SIZE = 2.4, 2.4, 1.25, 9.5
_ROW_INCHES, _PANEL_MARGIN, _MARGIN_INCHES = 0.32, 0.75, 0.9


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
    columns = columns_within(len(kinds), _NARROW, beside=_LABEL_INCHES)
    n_rows = -(-len(kinds) // columns)
    beside = _LABEL_INCHES - 0.2
    written = ["\n".join(wrapped(name, beside, size=_LABEL_SIZE)) for name in names]
    height = _MARGIN_INCHES + n_rows * (_PANEL_MARGIN + row_height(written, _ROW_INCHES) * max(len(numbers), 2))
    with house_style():
        figure = new_figure(_LABEL_INCHES + _PANEL_INCHES * columns, height)
        grid = figure.subplots(n_rows, columns, sharey=True, squeeze=False)
        for axes in grid.flat[len(kinds) :]:
            axes.axis("off")
        for axes, kind in zip(grid.flat, kinds, strict=False):
            rows = topics[topics["kind"] == kind].set_index("topic").reindex(numbers)
            dot_plot((100 * rows[["share"]]).set_axis(written, axis=0), title="", xlabel="", ax=axes)
            heights = axes.get_yticks()
            axes.hlines(heights, 100 * rows["low"], 100 * rows["high"], color=COLOURS[0], linewidth=1.6, alpha=0.55)
            axes.axvline(100 * rows["chance"].mean(), color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
            axes.set_xlim(0, 103)
            axes.set_xticks([0, 50, 100])
            axes.tick_params(axis="x", labelsize=SMALLEST_SIZE)
        n = int(topics["n"].sum())
        title = f"Ce que des personnes reconnaissent des thèmes, en % de {n} réponses"
        caption = (
            f"n = {n} réponses. Part de réponses justes, intervalle à {level}\u202f% ; tirets : le hasard. Source :"
            " réponses de juges aux tâches tirées des thèmes."
        )
        write_title(figure, title)
        write_caption(figure, caption)
        head(grid, {KINDS[kind]: _answers(topics, kind) for kind in kinds}, over_labels=False)
    describe(figure, f"{title} ; {_in_words(topics)} ; {caption}")
    return grid.ravel()[: len(kinds)]


def _answers(topics: pd.DataFrame, kind: str) -> str:
    n = int(topics.loc[topics["kind"] == kind, "n"].sum())
    return f"{n} réponse{'s' if n > 1 else ''}"


def _in_words(topics: pd.DataFrame) -> str:
    """Return the share of right answers of each kind of task."""
    said = []
    for kind, rows in topics.groupby("kind", sort=False):
        n = int(rows["n"].sum())
        right = 100 * float((rows["share"] * rows["n"]).sum()) / n if n else 0.0
        said.append(
            f"{KINDS[str(kind)].lower()} : {right:.0f}\u202f% justes"
            if n
            else f"{KINDS[str(kind)].lower()} : aucune réponse"
        )
    return ", ".join(said)
