"""A ranking: one row per item, a dot for its value, and counts beside it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.style import COLOURS, GRID, INK, MUTED, house_style, new_axes, write_caption, write_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _ROW, _MARGIN = 7.2, 0.26, 1.75
_LABEL_CHARACTERS = 32
_FIRST_NOTE, _NOTE_WIDTH = 1.05, 0.1


def ranking(
    rows: pd.DataFrame,
    *,
    title: str,
    xlabel: str,
    caption: str,
    notes: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot per row, the first on top, on a line from zero.

    Parameters
    ----------
    rows : DataFrame
        Columns ``label, value``, and those that `notes` names.
    title, xlabel, caption : str
        Above, below the axis and at the foot; in French.
    notes : mapping of str to str, optional
        Column → heading of the numbers to the right of the dots.
    ax : Axes, optional
        Where to draw; by default new axes as high as the rows need.

    Returns
    -------
    Axes
        Empty, but for the words around it, if there is no row.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"label": ["jardin", "four"], "value": [4.0, 2.5], "left": [3, 0]})
    >>> axes = ranking(rows, title="Mots", xlabel="indice", caption="n = 9", notes={"left": "avant"})
    >>> [text.get_text() for text in axes.texts]
    ['avant', '3', '0']
    """
    y = [-place for place in range(len(rows))]
    with house_style():
        axes = new_axes(_WIDTH, _MARGIN + _ROW * max(len(rows), 1), ax=ax)
        axes.hlines(y, 0, rows["value"], color=GRID, linewidth=2.2, zorder=1)
        axes.plot(rows["value"], y, linestyle="none", marker="o", markersize=6.5, color=COLOURS[0], clip_on=False)
        axes.set_yticks(y, [textwrap.shorten(label, _LABEL_CHARACTERS, placeholder="…") for label in rows["label"]])
        axes.set_ylim(0.5 - max(len(rows), 1), 0.6)
        axes.set_xlim(0, 1.04 * max(rows["value"], default=1))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))
        axes.grid(axis="x")
        for number, (column, heading) in enumerate((notes or {}).items()):
            place = _FIRST_NOTE + _NOTE_WIDTH * number
            axes.text(place, 1.0, heading, transform=axes.transAxes, ha="center", va="bottom", color=MUTED, fontsize=8)
            for height, value in zip(y, rows[column], strict=True):
                where: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "ha": "center", "va": "center"}
                axes.text(place, height, f"{value}", color=INK, fontsize=8.5, **where)
        axes.set_xlabel(xlabel, color=MUTED)
        if ax is None:
            write_title(axes.figure, title)
            write_caption(axes.figure, caption)
        else:
            axes.set_title(title)
    return axes
