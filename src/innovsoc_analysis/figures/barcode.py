"""Bar codes of documents: where in each something occurs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    MUTED,
    house_style,
    new_axes,
    percent,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_WIDTH, _ROW, _MARGIN = 9.6, 0.2, 1.17
_LABEL_CHARACTERS = 58
_FINEST = 2000
_HALF = 0.34
_HEADER = "n · p. 10\u202f000 mots"


@dataclass(frozen=True, eq=False)
class Barcode:
    """One document.

    Attributes
    ----------
    name : str
        Its title.
    group : str
        What it is listed under, or empty.
    places : array
        Where in it something occurs: from 0, its start, to 1.
    size : int
        Its words.
    """

    name: str
    group: str
    places: NDArray[np.float64]
    size: int


def barcode_plot(lines: Sequence[Barcode], *, title: str, caption: str, ax: Axes | None = None) -> Axes:
    """Draw a line per document and a tick per occurrence.

    Parameters
    ----------
    lines : sequence of Barcode
        Those of one group follow one another.
    title, caption : str
        Above and below; in French.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        The first document on top.

    Examples
    --------
    >>> import numpy as np
    >>> axes = barcode_plot([Barcode("a", "", np.array([0.5]), 100)], title="Places", caption="n = 1")
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['a']
    """
    import numpy as np

    heights, headings = _lay_out(lines)
    rows = len(heights) + len(headings)
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + _ROW * max(rows, 3), ax=ax)
        axes.hlines(heights, 0, 1, color=GRID, linewidth=0.8, zorder=1)
        for line, height in zip(lines, heights, strict=True):
            # ticks that would cover one another are drawn once: a large document stays a small figure
            places = np.unique(np.round(line.places * _FINEST)) / _FINEST
            axes.vlines(places, height - _HALF, height + _HALF, color=COLOURS[0], linewidth=1.1, zorder=2)
            rate = 10_000 * len(line.places) / max(line.size, 1)
            _beside(axes, f"{_grouped(len(line.places))} · {_grouped(round(rate))}", height, end=True)
        _beside(axes, _HEADER, 1, end=True)
        for group, height in headings.items():
            _beside(axes, group, height, end=False)
        axes.set_yticks(heights, [_label(line.name) for line in lines], fontsize=8)
        axes.set_ylim(0.5 - max(rows, 1), 1.4)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.xaxis.set_major_formatter(lambda value, _: percent(100 * value))
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(caption, color=MUTED, fontsize=CAPTION_SIZE, wrap=True)
    return axes


def _lay_out(lines: Sequence[Barcode]) -> tuple[list[int], dict[str, int]]:
    """Return the height of each document and of each group's heading, from 0 downwards."""
    heights: list[int] = []
    headings: dict[str, int] = {}
    for line in lines:
        if line.group and line.group not in headings:
            headings[line.group] = -len(heights) - len(headings)
        heights.append(-len(heights) - len(headings))
    return heights, headings


def _beside(axes: Axes, text: str, height: int, *, end: bool) -> None:
    axes.annotate(
        text,
        (1 if end else 0, height),
        xycoords=axes.get_yaxis_transform(),
        xytext=(6 if end else -7, 0),
        textcoords="offset points",
        ha="left" if end else "right",
        va="center",
        color=MUTED,
        fontsize=8,
        fontstyle="normal" if end else "italic",
        annotation_clip=False,
    )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _label(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LABEL_CHARACTERS else name[: _LABEL_CHARACTERS - 1].rstrip() + "…"
