"""Curves that are compared: each told apart by its dashes and its mark as well as by its colour."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import (
    COLOURS,
    DASHES,
    MARKERS,
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

_WIDTH, _HEIGHT = 7.6, 4.8
_LABEL_CHARACTERS = 28
_FIRST_MARK, _SHIFT, _BETWEEN_MARKS = 0.02, 0.02, 0.14  # parts of the diagonal


@dataclass(frozen=True)
class Words:
    """What is written around curves, in French: ``title`` above, ``caption`` at the foot, the names of the axes."""

    title: str
    caption: str
    xlabel: str
    ylabel: str


def curves(
    lines: Mapping[str, pd.Series[float]],
    words: Words,
    *,
    logarithmic: bool = False,
    marked: float | None = None,
    rising: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw one curve per key of `lines`.

    Parameters
    ----------
    lines : mapping of str to Series
        Name → values by what they are of, both numbers.
    words : Words
        What is written around.
    logarithmic : bool
        Both axes by powers of ten.
    marked : float, optional
        Where on the horizontal axis curves are to be compared: a dashed line.
    rising : bool
        Whether curves leave room at the bottom right, for the legend, rather than at the top right.
    ax : Axes, optional
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        With a legend if there are several curves.

    Examples
    --------
    >>> import pandas as pd
    >>> axes = curves({"projets": pd.Series({1: 1.0, 9: 6.0})}, Words("Mots", "n = 9", "mots", "distincts"))
    >>> axes.lines[0].get_ydata().tolist()
    [1.0, 6.0]
    """
    with house_style():
        axes = new_axes(_WIDTH, _HEIGHT, ax=ax)
        if logarithmic:
            axes.set_xscale("log")
            axes.set_yscale("log")
        for number, (name, line) in enumerate(lines.items()):
            axes.plot(
                line.index.to_numpy(dtype=float),
                line.to_numpy(dtype=float),
                color=COLOURS[number % len(COLOURS)],
                linestyle=DASHES[number % len(DASHES)],
                linewidth=1.7,
                marker=MARKERS[number % len(MARKERS)],
                markersize=4.8,
                # by distance on the page, each curve from elsewhere: marks of curves that run together stay apart
                markevery=(_FIRST_MARK + _SHIFT * (number % len(MARKERS)), _BETWEEN_MARKS),
                label=textwrap.shorten(name, _LABEL_CHARACTERS, placeholder="…"),
            )
            _mark_end(axes, line, number)
        if marked is not None:
            axes.axvline(marked, color=MUTED, linewidth=1, linestyle=(0, (2, 2)), zorder=1)
        axes.grid(visible=True)
        axes.spines["bottom"].set_visible(not logarithmic)
        axes.set_xlabel(words.xlabel, color=MUTED)
        axes.set_ylabel(words.ylabel, color=MUTED)
        if not logarithmic:
            axes.set_xlim(left=0)
            axes.set_ylim(bottom=0)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:,.6g}".replace(",", "\u202f").replace(".", ","))
            axis.set_minor_formatter(lambda *_: "")
        if len(lines) > 1:
            axes.legend(loc="lower right" if rising else "upper right", fontsize=8.5)
        _write(axes, words, apart=ax is None)
    return axes


def _write(axes: Axes, words: Words, *, apart: bool) -> None:
    if not apart:
        axes.set_title(words.title)
        return
    write_title(axes.figure, words.title)
    write_caption(axes.figure, words.caption)


def _mark_end(axes: Axes, line: pd.Series[float], number: int) -> None:
    """Mark where a curve ends, so that the shortest has a mark too."""
    if len(line):
        end = (float(line.index[-1]), float(line.iloc[-1]))
        axes.scatter(*end, s=23, marker=MARKERS[number % len(MARKERS)], color=COLOURS[number % len(COLOURS)], zorder=3)
