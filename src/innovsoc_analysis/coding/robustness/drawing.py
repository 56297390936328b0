"""Draw corrected shares: what was observed, hollow, and what it stands for, with its interval."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.rows import row_height
from innovsoc_analysis.figures.sizes import current_size
from innovsoc_analysis.figures.style import (
    COLOURS,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_axes,
    percent,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _ROW, _MARGIN = 8.4, 0.25, 1.5
_LABEL_CHARACTERS, _PAGE_CHARACTERS, _FEWEST = 60, 44, 2
_VISIBLE = 0.05  # of a point: narrower, a bar would not be seen


def draw_corrected(rows: pd.DataFrame, *, title: str, caption: str, ax: Axes | None = None) -> Axes:
    """Draw one row per code.

    Parameters
    ----------
    rows : DataFrame
        Columns ``label, observed, least, most, low, high``, in %; numbers are missing where no correction
        is possible, and this is written.
    title, caption : str
        Above and at the foot; in French.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"label": "Lieu", "observed": 10.0, "least": 8.0, "most": 8.0, "low": 2.0, "high": 14.0}
    >>> axes = draw_corrected(pd.DataFrame([row]), title="Parts", caption="% des phrases")
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['Lieu']
    """
    from matplotlib.ticker import MaxNLocator

    spread = rows["most"] - rows["least"] >= _VISIBLE
    y = [-place for place in range(len(rows))]
    wide = _LABEL_CHARACTERS if current_size() is None else _PAGE_CHARACTERS
    names = [textwrap.fill(label, wide) for label in rows["label"]]
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + row_height(names, _ROW) * max(len(rows), _FEWEST), ax=ax)
        axes.hlines(y, rows["low"], rows["high"], color=COLOURS[0], linewidth=1.4, alpha=0.45, zorder=1)
        axes.hlines(
            y,
            rows["least"],
            rows["most"],
            color=COLOURS[0],
            linewidth=4.5,
            zorder=2,
            label="corrigée, entre ces bornes" if spread.any() else "_nolegend_",
        )
        point = rows["least"].mask(spread)
        if point.notna().any():
            axes.plot(
                point, y, linestyle="none", marker="o", markersize=6.5, color=COLOURS[0], label="corrigée", zorder=3
            )
        axes.plot(
            rows["observed"],
            y,
            linestyle="none",
            marker="o",
            markersize=6.5,
            markerfacecolor="white",
            markeredgecolor=COLOURS[5],
            markeredgewidth=1.3,
            label="observée",
            zorder=4,
        )
        _say_impossible(axes, y, rows["least"])
        axes.set_yticks(y, names)
        axes.set_ylim(0.4 - max(len(rows), 1), 0.6)
        axes.set_xlim(left=0)
        axes.xaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10], integer=True))
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        axes.legend(loc="lower right", bbox_to_anchor=(1.02, 1.0), ncols=2, handletextpad=0.2)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
            axes.set_xlabel(caption, color=MUTED, wrap=True)
    return axes


def _say_impossible(axes: Axes, y: list[int], least: pd.Series) -> None:
    """Write it in the rows where no correction is possible."""
    for height, one in zip(y, least, strict=True):
        if one != one:  # noqa: PLR0124 - not a number
            axes.annotate(
                "pas de correction possible",
                (1, height),
                xycoords=axes.get_yaxis_transform(),
                ha="right",
                va="center",
                color=MUTED,
                fontsize=SMALLEST_SIZE,
                fontstyle="italic",
            )
