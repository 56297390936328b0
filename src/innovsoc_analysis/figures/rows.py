"""Rows under headings: where each stands, and how headings are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import CAPTION_SIZE, MUTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

_LINE = 0.17  # inches
_HEADING: dict[str, Any] = {
    "xytext": (-6, 0),
    "textcoords": "offset points",
    "ha": "right",
    "va": "center",
    "color": MUTED,
    "fontsize": CAPTION_SIZE,
    "fontstyle": "italic",
    "annotation_clip": False,
}


def lay_out(items: Sequence[str], sections: Mapping[str, str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the height of each item and of each section's heading, from 0 downwards.

    Parameters
    ----------
    items : sequence of str
        In order, no two alike.
    sections : mapping of str to str
        Item → section; items are taken to be sorted by section.

    Examples
    --------
    >>> lay_out(["Besoin", "Lieu"], {"Besoin": "Définition", "Lieu": "Définition"})
    ({'Besoin': -1, 'Lieu': -2}, {'Définition': 0})
    """
    heights: dict[str, int] = {}
    headings: dict[str, int] = {}
    for item in items:
        section = sections.get(item)
        if section and section not in headings:
            headings[section] = -len(heights) - len(headings)
        heights[item] = -len(heights) - len(headings)
    return heights, headings


def row_height(names: Sequence[str], height: float) -> float:
    r"""Return how high rows must be: more where a label takes several lines.

    Parameters
    ----------
    names : sequence of str
        Labels, on their lines.
    height : float
        Of a row of one line, in inches.

    Examples
    --------
    >>> row_height(["Besoin"], 0.235), row_height(["Lien social et\npouvoir d'agir"], 0.235)
    (0.235, 0.34)
    """
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return height if lines == 1 else max(height, _LINE * lines)


def write_headings(axes: Axes, headings: Mapping[str, int]) -> None:
    """Write the headings of sections among the labels of rows."""
    for section, height in headings.items():
        axes.annotate(section, (0, height), xycoords=axes.get_yaxis_transform(), **_HEADING)
