"""Stacked horizontal bars: what a total is made of, group by group."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import COLOURS, INK, MUTED, house_style, new_axes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++++", "oo", "--", "**")
_WIDTH, _ROW, _MARGIN = 8.4, 0.34, 1.7
_LABEL_CHARACTERS = 44
_LEGEND_COLUMNS = 3


def stacked_bars(values: pd.DataFrame, *, title: str, xlabel: str, ax: Axes | None = None) -> Axes:
    """Draw one bar per row, one segment per column.

    Parameters
    ----------
    values : DataFrame, shape (n_groups, n_parts)
        Not negative; the index gives the labels, the first on top, the columns the legend.
    title, xlabel : str
        In French; they say the unit and n.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        Parts differ by colour and by hatching, so that they are told apart in grey.
    """
    y = [-position for position in range(len(values))]
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + _ROW * len(values), ax=ax)
        left = values.iloc[:, 0] * 0
        for number, part in enumerate(values.columns):
            axes.barh(
                y,
                values[part],
                left=left,
                height=0.68,
                color=COLOURS[number % len(COLOURS)],
                edgecolor="white",
                linewidth=0.6,
                hatch=_HATCHES[number % len(_HATCHES)],
                label=str(part),
            )
            left += values[part]
        for height, total in zip(y, left, strict=True):
            axes.annotate(
                f"{total:.1f}".replace(".", ","),
                (total, height),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                color=INK,
                fontsize=8.5,
            )
        axes.set_yticks(y, [textwrap.shorten(str(label), _LABEL_CHARACTERS, placeholder="…") for label in values.index])
        axes.set_ylim(0.4 - len(values), 0.6)
        axes.set_xlim(left=0)
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))
        axes.set_xlabel(xlabel, color=MUTED)
        if ax is None:
            axes.figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, fontweight="bold")
            axes.figure.legend(loc="outside lower left", ncols=_LEGEND_COLUMNS, fontsize=8.5)
        else:
            axes.set_title(title)
            axes.legend(ncols=_LEGEND_COLUMNS, fontsize=8.5)
    return axes
