"""Maps: discs with a number and a label, or marks by group, and labels that cover nothing."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.labels import unwarned, write_labels
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    INK,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    keep_layout,
    look_of,
    new_axes,
    write_title,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _HEIGHT = 8.4, 6.2
_MOST_LABELS = 60
_LARGEST_DISC = 2600.0  # square points, for a share of the largest topic
_MARGIN = 0.16
_MARK = 6.5
_LEGEND_CHARACTERS = 5.6  # an inch, in each of two columns


def disc_map(points: pd.DataFrame, *, title: str, caption: str, ax: Axes | None = None) -> Axes:
    """Draw discs with their name inside and their label beside.

    Parameters
    ----------
    points : DataFrame
        Columns ``x, y, share`` (the area), ``name`` (inside the disc), ``label``.
    title, caption : str
        Above and below; in French.
    ax : Axes, optional
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        Both directions on one scale. A label for which there is no room is left out; the largest
        discs are labelled first.

    Examples
    --------
    >>> import pandas as pd
    >>> points = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 0.0], "share": [0.7, 0.3],
    ...                        "name": ["1", "2"], "label": ["jardin", "loyer"]})
    >>> sorted(text.get_text() for text in disc_map(points, title="Thèmes", caption="n = 2").texts)
    ['1', '2', 'jardin', 'loyer']
    """
    with house_style():
        axes = _prepared(title=title, caption=caption, ax=ax)
        areas = _LARGEST_DISC * points["share"] / (points["share"].max() or 1)
        axes.scatter(
            points["x"], points["y"], s=areas, color=COLOURS[0], alpha=0.25, edgecolor=COLOURS[0], linewidth=1.2
        )
        for row in points.itertuples():
            axes.annotate(row.name, (row.x, row.y), ha="center", va="center", color=INK, fontweight="bold")
        _write_labels(axes, points.assign(size=areas**0.5, weight=points["share"]), size=9)
    return axes


def mark_map(points: pd.DataFrame, *, title: str, caption: str, ax: Axes | None = None) -> Axes:
    """Draw marks by group, and labels where there is room.

    Parameters
    ----------
    points : DataFrame
        Columns ``x, y, group`` (in the legend), ``order`` (of the groups), ``label`` and ``weight``
        (the heaviest are labelled first).
    title, caption : str
        Above and below; in French.
    ax : Axes, optional
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        Groups differ by colour and by mark.

    Examples
    --------
    >>> import pandas as pd
    >>> points = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 0.0], "group": ["jardin", "loyer"],
    ...                        "order": [1, 2], "label": ["a.txt", "b.txt"], "weight": [0.9, 0.8]})
    >>> axes = mark_map(points, title="Documents", caption="n = 2")
    >>> [text.get_text() for text in axes.figure.legends[0].get_texts()]
    ['jardin', 'loyer']
    """
    with house_style():
        axes = _prepared(title=title, caption=caption, ax=ax)
        fits = int(axes.figure.figure.get_figwidth() * _LEGEND_CHARACTERS)
        for number, (_, group) in enumerate(points.groupby("order", sort=True)):
            colour, marker = look_of(number)
            axes.plot(
                group["x"],
                group["y"],
                linestyle="none",
                marker=marker,
                color=colour,
                markersize=_MARK,
                markeredgecolor="white",
                markeredgewidth=0.6,
                label=textwrap.shorten(str(group["group"].iloc[0]), fits, placeholder="…"),
                zorder=3,
            )
        if len(points):
            where: dict[str, Any] = {"loc": "outside lower left"} if ax is None else {"loc": "best"}
            (axes.figure if ax is None else axes).legend(ncols=2, handletextpad=0.3, fontsize=8.5, **where)
        _write_labels(axes, points.assign(size=_MARK), size=SMALLEST_SIZE)
    return axes


def _prepared(*, title: str, caption: str, ax: Axes | None) -> Axes:
    axes = new_axes(_WIDTH, _HEIGHT, ax=ax)
    axes.margins(_MARGIN)
    axes.set_aspect("equal", adjustable="datalim")
    axes.axhline(0, color=GRID, linewidth=0.8, zorder=0)
    axes.axvline(0, color=GRID, linewidth=0.8, zorder=0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(caption, color=MUTED, loc="left", fontsize=CAPTION_SIZE, wrap=True)
    if ax is None:
        write_title(axes.figure, title)
    else:
        axes.set_title(title)
    return axes


def _write_labels(axes: Axes, points: pd.DataFrame, *, size: float) -> None:
    """Write the labels for which there is room, the heaviest first."""
    letters = {"mark": {"fontsize": size, "color": INK}}
    keep_layout(axes)
    with unwarned():
        write_labels(axes, points.assign(look="mark"), letters=letters, most=_MOST_LABELS)
