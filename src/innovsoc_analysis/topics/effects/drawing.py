"""Draw effects of attributes on topics: a dot and an interval per topic, a panel per comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innovsoc_analysis.figures.dots import dot_plot
from innovsoc_analysis.figures.sizes import columns_within
from innovsoc_analysis.figures.style import (
    COLOURS,
    GRID,
    MARKERS,
    MUTED,
    house_style,
    new_figure,
    write_caption,
    write_title,
)
from innovsoc_analysis.ingest.metadata import genre_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_MOST_COLUMNS = 3
_LABEL_INCHES, _PANEL_INCHES = 2.4, 2.7
_ROW_INCHES, _PANEL_MARGIN, _MARGIN_INCHES = 0.3, 0.75, 0.9
_LEVEL = 0.05


def draw_effects(table: pd.DataFrame, *, labels: Mapping[int, str], caption: str) -> NDArray[np.object_]:
    """Draw effects in points.

    Parameters
    ----------
    table : DataFrame
        Of `Effects`.
    labels : mapping of int to str
        Topic → what is written beside it.
    caption : str
        What it rests on.

    Returns
    -------
    array of Axes
        One per comparison.
    """
    comparisons = [part for _, part in table.groupby(["attribute", "level"], sort=False)]
    n_columns = columns_within(min(len(comparisons), _MOST_COLUMNS), _PANEL_INCHES, beside=_LABEL_INCHES)
    n_rows = -(-len(comparisons) // n_columns)
    n_topics = table["topic"].nunique()
    with house_style():
        height = _MARGIN_INCHES + n_rows * (_PANEL_MARGIN + _ROW_INCHES * n_topics)
        figure = new_figure(max(_LABEL_INCHES + _PANEL_INCHES * n_columns, 6.4), height)
        grid = figure.subplots(n_rows, n_columns, sharey=True, squeeze=False).ravel()
        is_level = table["reference"] != ""
        for axes, part in zip(grid, comparisons, strict=False):
            # levels are compared on one scale; a number has the scale of its unit
            _draw_comparison(
                axes, part, labels=labels, reach=_reach(table[is_level] if part["reference"].any() else part)
            )
        for axes in grid[len(comparisons) :]:
            axes.set_axis_off()
        title = "Parts des thèmes selon les attributs, écarts en points"
        write_title(figure, title)
        write_caption(
            figure,
            f"n = {caption} ; écart de la première valeur à la seconde, intervalle à 95\u202f%\n"
            "plein : p corrigé inférieur à 0,05 ; gris, sans intervalle : trop peu de documents",
        )
    return grid[: len(comparisons)]


def _draw_comparison(axes: Axes, part: pd.DataFrame, *, labels: Mapping[int, str], reach: float) -> None:
    first: Any = part.iloc[0]
    named = genre_label if first["attribute"] == "genre" else str
    compared = f"{named(first['level'])} / {named(first['reference'])}" if first["reference"] else first["level"]
    names = [f"{topic} – {labels[topic]}" if topic in labels else f"thème {topic}" for topic in part["topic"]]
    dot_plot(part[["effect"]].set_axis(names, axis=0), title=f"{first['attribute']} : {compared}", xlabel="", ax=axes)
    heights = axes.get_yticks()
    axes.hlines(heights, part["low"], part["high"], color=COLOURS[0], linewidth=1.6, alpha=0.55, zorder=2)
    without = part["low"].isna().to_numpy()
    unsure = ~(part["p_adjusted"] < _LEVEL).to_numpy() & ~without
    for which, colour, edge in ((unsure, "white", COLOURS[0]), (without, GRID, MUTED)):
        axes.plot(
            part["effect"].to_numpy()[which],
            heights[which],
            linestyle="none",
            marker=MARKERS[0],
            color=colour,
            markersize=6,
            markeredgecolor=edge,
            markeredgewidth=1.4,
            zorder=4,
        )
    axes.axvline(0, color=MUTED, linewidth=1, zorder=1)
    axes.set_title(axes.get_title(loc="left"), fontsize=9.5, pad=6)
    axes.set_xlim(-reach, reach)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: points(value))
    axes.set_xlabel("")


def _reach(part: pd.DataFrame) -> float:
    """Return how far an axis goes on both sides."""
    found = np.abs(part[["effect", "low", "high"]].to_numpy(dtype=float))
    return float(np.nanmax(found, initial=0.1)) * 1.08


def points(value: float) -> str:
    """Return a difference as French writes it, with its sign.

    Parameters
    ----------
    value : float
        In points.

    Examples
    --------
    >>> points(0.5), points(-12.0), points(0.0)
    ('+0,5', '−12', '0')
    """
    return (f"{value:+.3g}" if value else "0").replace("-", "−").replace(".", ",")
