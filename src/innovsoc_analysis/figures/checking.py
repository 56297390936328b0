"""What one cannot read on a figure: texts that cover one another or leave it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.describing import figure_of
from innovsoc_analysis.figures.labels import unwarned

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

_TOLERANCE = 1.5  # pixels
_NARROWER, _LOWER = 0.97, 0.7  # what counts of a box: letters do not fill it


def visible_texts(drawn: Any) -> list[Text]:
    """Return the texts of a figure that are drawn, those of ticks within their axis included.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        What to look at.
    """
    figure = figure_of(drawn)
    found: list[Any] = [*figure.texts, *(getattr(figure, name, None) for name in ("_suptitle", "_supxlabel"))]
    for legend in figure.legends:
        found += legend.get_texts()
    for axes in figure.axes:
        found += _texts_of(axes)
    unique = {id(text): text for text in found if text is not None}
    return [text for text in unique.values() if text.get_visible() and text.get_text().strip()]


def hidden_texts(drawn: Any) -> list[tuple[str, str]]:
    """Return the texts that cover one another, in pairs, and those that leave the figure, with an empty text.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        What to look at.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> _ = figure.text(0.5, 0.5, "jardin"), figure.text(0.51, 0.5, "puits"), figure.text(0.99, 0.1, "serre")
    >>> hidden_texts(figure)
    [('serre', ''), ('jardin', 'puits')]
    """
    figure = figure_of(drawn)
    with unwarned():
        figure.draw_without_rendering()
        boxes = [(text.get_text(), text.get_window_extent()) for text in visible_texts(figure)]
    inside = figure.bbox.padded(_TOLERANCE)
    out = [
        (said, "")
        for said, box in boxes
        if box.x0 < inside.x0 or box.y0 < inside.y0 or box.x1 > inside.x1 or box.y1 > inside.y1
    ]
    return out + [(one, other) for (one, box), (other, second) in combinations(boxes, 2) if _meet(box, second)]


def smallest_text(drawn: Any) -> float:
    """Return the size of the smallest letters, in points as drawn; infinite if there are none."""
    return min((float(text.get_fontsize()) for text in visible_texts(drawn)), default=float("inf"))


def _meet(one: Bbox, other: Bbox) -> bool:
    return bool(one.shrunk(_NARROWER, _LOWER).overlaps(other.shrunk(_NARROWER, _LOWER)))


def _texts_of(axes: Axes) -> list[Any]:
    if not axes.axison:
        return [*axes.texts]
    found: list[Any] = [*axes.texts, axes.title, axes._left_title, axes._right_title]  # type: ignore[attr-defined]  # noqa: SLF001
    legend = axes.get_legend()
    found += legend.get_texts() if legend else []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        found.append(axis.label)
        for tick in axis.get_major_ticks():
            if low - slack <= tick.get_loc() <= high + slack:
                found += [label for label in (tick.label1, tick.label2) if label.get_visible()]
    return found
