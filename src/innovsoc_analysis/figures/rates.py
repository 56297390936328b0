"""Rates with their intervals, one row per part, on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    MUTED,
    house_style,
    new_axes,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _ROW, _MARGIN = 8.4, 0.25, 1.37
_LABEL_CHARACTERS = 44


def rate_plot(table: pd.DataFrame, *, title: str, caption: str, reference: float, ax: Axes | None = None) -> Axes:
    """Draw a dot and an interval per row.

    Parameters
    ----------
    table : DataFrame
        Columns ``part, n, words, per_10000, low, high``; where a bound is missing, the dot is hollow.
    title, caption : str
        Above and below; in French.
    reference : float
        A rate to compare with, drawn as a vertical line.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        The first row on top.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"part": "projets", "n": 4, "words": 1000, "per_10000": 40.0, "low": 11.0, "high": 102.0}
    >>> axes = rate_plot(pd.DataFrame([row]), title="Taux", caption="n = 4", reference=40.0)
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['projets']
    """
    y = [-row for row in range(len(table))]
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + _ROW * len(table), ax=ax)
        axes.axvline(reference, color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.hlines(y, 0, 1, transform=axes.get_yaxis_transform(), color=GRID, linewidth=0.5, zorder=0)
        known = (table["low"].notna() & table["high"].notna()).to_numpy(dtype=bool)
        bounded = [height for height, one in zip(y, known, strict=True) if one]
        axes.hlines(bounded, table["low"][known], table["high"][known], color=COLOURS[0], linewidth=2, zorder=2)
        for rows, face in ((known, COLOURS[0]), (~known, "white")):
            if rows.any():
                axes.plot(
                    table["per_10000"][rows],
                    [height for height, one in zip(y, rows, strict=True) if one],
                    linestyle="none",
                    marker="o",
                    markersize=6.5,
                    markerfacecolor=face,
                    markeredgecolor=COLOURS[0],
                    markeredgewidth=1.3,
                    clip_on=False,
                    zorder=3,
                )
        axes.set_yticks(y, [_label(str(part)) for part in table["part"]])
        axes.set_ylim(0.4 - len(table), 1.4)
        axes.set_xlim(0, _highest(table, reference))
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))
        beside = [f"{_grouped(n)} / {_grouped(words)}" for n, words in zip(table["n"], table["words"], strict=True)]
        for height, said in zip([1, *y], ["n / mots", *beside], strict=True):
            axes.annotate(
                said,
                (1, height),
                xycoords=axes.get_yaxis_transform(),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                color=MUTED,
                fontsize=8.5,
                annotation_clip=False,
            )
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(caption, color=MUTED, fontsize=CAPTION_SIZE, wrap=True)
    return axes


def _highest(table: pd.DataFrame, reference: float) -> float:
    top = max(float(table["per_10000"].max()), reference)
    if table["high"].notna().any():
        # one part of few words must not press all others against the axis
        top = max(top, min(float(table["high"].max()), 4 * top)) if top else float(table["high"].max())
    return 1.06 * top or 1.0


def _label(part: str) -> str:
    part = " ".join(part.split())
    return part if len(part) <= _LABEL_CHARACTERS else part[: _LABEL_CHARACTERS - 1].rstrip() + "…"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
