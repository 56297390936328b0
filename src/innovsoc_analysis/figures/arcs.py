"""Links as arcs beside a list: who goes with whom, every label whole and none over another.

After Wattenberg (2002), Arc diagrams: visualizing structure in strings, *IEEE InfoVis*, 110-116.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.rows import lay_out, row_height, write_headings
from innovsoc_analysis.figures.sizes import current_size
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    INK,
    MUTED,
    house_style,
    new_axes,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _ROW, _MARGIN = 8.4, 0.25, 1.5
_LABEL_CHARACTERS, _PAGE_CHARACTERS = 60, 54
_NOTHING = "aucun lien"
_THINNEST, _THICKEST = 0.9, 4.0
_SMALLEST_DISC, _LARGEST_DISC = 14.0, 120.0  # square points
_STEPS = 60


def arc_plot(
    items: pd.DataFrame,
    links: pd.DataFrame,
    *,
    title: str,
    caption: str,
    sections: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw items below each other, a disc for each, and an arc for each link between two.

    Parameters
    ----------
    items : DataFrame
        Columns ``label`` and ``size`` (surface of the disc).
    links : DataFrame
        Columns ``first, second`` (labels) and ``weight`` (0 to 1: the width).
    title, caption : str
        Above and below; in French.
    sections : mapping, optional
        Label → section; items are taken to be sorted by section.
    ax : Axes, optional
        Where to draw; by default new axes as high as the items need.

    Returns
    -------
    Axes
        The first item on top.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"label": ["Besoin", "Lieu"], "size": [3, 1]})
    >>> links = pd.DataFrame({"first": ["Besoin"], "second": ["Lieu"], "weight": [1.0]})
    >>> axes = arc_plot(items, links, title="Codes", caption="n = 9")
    >>> [line.get_ydata()[[0, -1]].tolist() for line in axes.lines]
    [[0.0, -1.0]]
    """
    import numpy as np

    heights, headings = lay_out([str(label) for label in items["label"]], sections or {})
    n_rows = len(heights) + len(headings)
    fits = _LABEL_CHARACTERS if current_size() is None else _PAGE_CHARACTERS
    names = [textwrap.fill(label, fits) for label in heights]
    half_turn = np.linspace(0, np.pi, _STEPS)
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + row_height(names, _ROW) * max(n_rows, 1), ax=ax)
        farthest = 1.0
        for row in links.sort_values("weight", kind="stable").itertuples():
            top, bottom = sorted((heights[str(row.first)], heights[str(row.second)]), reverse=True)
            reach = float(top - bottom) ** 0.75  # long arcs keep within the figure, short ones are seen
            farthest = max(farthest, reach)
            y = (top + bottom) / 2 + (top - bottom) / 2 * np.cos(half_turn)
            width = _THINNEST + (_THICKEST - _THINNEST) * float(row.weight)
            axes.plot(reach * np.sin(half_turn), y, color=COLOURS[0], alpha=0.7, linewidth=width, zorder=2)
        largest = float(items["size"].max()) if len(items) else 1.0
        areas = _SMALLEST_DISC + (_LARGEST_DISC - _SMALLEST_DISC) * items["size"].to_numpy(dtype=float) / largest
        axes.scatter(np.zeros(len(items)), list(heights.values()), s=areas, color=INK, zorder=3, clip_on=False)
        axes.set_yticks(list(heights.values()), names, fontsize=None if current_size() is None else CAPTION_SIZE)
        axes.tick_params(axis="y", pad=9)
        write_headings(axes, headings)
        axes.set_xlim(-0.02 * farthest, 1.04 * farthest)
        axes.set_ylim(0.4 - max(n_rows, 1), 0.6)
        axes.set_xticks([])
        if not len(items):
            axes.text(0.5, 0.5, _NOTHING, transform=axes.transAxes, ha="center", va="center", color=MUTED)
        axes.spines["bottom"].set_visible(False)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(caption, color=MUTED, loc="left", fontsize=CAPTION_SIZE, wrap=True)
    return axes
