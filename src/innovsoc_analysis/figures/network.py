"""Graphs whose nodes are words: each written as large as it is frequent, groups on pale grounds."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.measuring import inches_of, wrapped
from innovsoc_analysis.figures.sizes import current_size, legend_columns, on_slide
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    INK,
    MUTED,
    house_style,
    keep_layout,
    new_axes,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_SMALLEST_WIDTH, _LARGEST_WIDTH, _LARGEST_HEIGHT = 8.4, 15.0, 13.0
_MARGIN = 14.0  # points around the words
_AROUND = 0.12  # inches
_HEADING, _LINE = 1.15, 0.15  # inches for title and legend, and for a line of the caption
_POINTS = 72
_BADGE, _BADGE_SIZE = 15.0, 8.0  # points that a number takes before a word, and its font
_LETTERS = 28
_THINNEST, _THICKEST = 0.8, 5.0
_GROUND = 9.0  # points by which the ground of a group reaches beyond its words
_PALE, _DEEPER = 0.14, 0.34  # shares of a colour in white
_EXTRA = "#c3c8d0"


def label_boxes(labels: Sequence[str], sizes: Sequence[float], badges: Sequence[str]) -> NDArray[np.float64]:
    """Return how much room words take, in points.

    Parameters
    ----------
    labels : sequence of str
        The words, on their lines, cut where they are long.
    sizes : sequence of float
        Size of the font of each, in points.
    badges : sequence of str
        Number written before each word, or nothing.

    Returns
    -------
    array of float, shape (n_words, 2)
        Width and height.

    Examples
    --------
    >>> boxes = label_boxes(["puits", "puits", "puits"], [10.0, 20.0, 10.0], ["", "", "1"])
    >>> (boxes[1] / boxes[0]).round(2).tolist(), float(boxes[2, 0] - boxes[0, 0])
    ([2.0, 2.0], 15.0)
    """
    import numpy as np

    rows = []
    for label, size, badge in zip(labels, sizes, badges, strict=True):
        lines = _short(label).split("\n")
        wide = max(inches_of(line, size) for line in lines) * _POINTS
        rows.append((wide + (_BADGE if badge else 0.0), 1.15 * size * len(lines)))
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def word_network(words: pd.DataFrame, edges: pd.DataFrame, *, title: str, caption: str, ax: Axes | None = None) -> Axes:
    """Draw words joined by edges.

    Parameters
    ----------
    words : DataFrame
        Columns ``label``, ``x, y`` (centres, in points), ``size`` (of the font, in points), ``group``
        (from 1; 0 for none) and ``badge`` (number of the group, before one word of it, or empty).
    edges : DataFrame
        Columns ``first, second`` (rows of `words`), ``weight`` (0 to 1: the width), ``in_tree`` (others
        are thin and grey) and ``solid`` (others are dashed).
    title, caption : str
        Above and below; in French.
    ax : Axes, optional
        Where to draw, smaller if there is less room; by default new axes, as large as it takes.

    Returns
    -------
    Axes
        Groups lie on pale grounds with an outline and a number: colour is not alone in telling them
        apart.

    Examples
    --------
    >>> import pandas as pd
    >>> words = pd.DataFrame({"label": ["jardin", "puits"], "x": [0.0, 90.0], "y": [0.0, 20.0],
    ...                       "size": [14.0, 9.0], "group": [1, 1], "badge": ["1", ""]})
    >>> edges = pd.DataFrame({"first": [0], "second": [1], "weight": [1.0], "in_tree": [True], "solid": [True]})
    >>> axes = word_network(words, edges, title="Mots", caption="n = 2")
    >>> [text.get_text() for text in axes.texts]
    ['jardin', '1', 'puits']
    """
    boxes = label_boxes(words["label"].tolist(), words["size"].tolist(), words["badge"].tolist())
    with house_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        axes = _prepared(words, boxes, title=title, caption=caption, ax=ax)
        if not len(words):
            return axes
        if not edges.empty and not on_slide():
            _legend(axes, edges, own=ax is None)
        keep_layout(axes)
        scale = _scale(axes)
        _draw_grounds(axes, words, boxes, edges=edges, scale=scale)
        _draw_edges(axes, words, edges, scale=scale)
        _write_words(axes, words, boxes, scale=scale)
    return axes


def room_for(caption: str) -> tuple[float, float]:
    """Return how wide and how high, in points, the words of a graph may lie in the size that is drawn for.

    Parameters
    ----------
    caption : str
        What stands below them.

    Examples
    --------
    >>> width, height = room_for("n = 9 documents")
    >>> (width, height)
    (1080.0, 936.0)
    """
    size = current_size()
    if size is None:
        return _LARGEST_WIDTH * _POINTS, _LARGEST_HEIGHT * _POINTS
    lines = _LINE * len(_lines(caption, size.width))
    return (size.width - _AROUND) * _POINTS, (size.highest - _HEADING - lines) * _POINTS


def shrinking(words: pd.DataFrame, caption: str) -> float:
    """Return how much smaller than laid out words are written, so that all hold in the size that is drawn for.

    Parameters
    ----------
    words : DataFrame
        As for `word_network`.
    caption : str
        What stands below them.

    Examples
    --------
    >>> import pandas as pd
    >>> words = pd.DataFrame({"label": ["jardin", "puits"], "x": [0.0, 2000.0], "y": 0.0, "size": 9.0, "badge": ""})
    >>> round(shrinking(words, "n = 2"), 2)
    0.53
    """
    low, high = _reach(words, label_boxes(words["label"].tolist(), words["size"].tolist(), words["badge"].tolist()))
    width, height = room_for(caption)
    return float(min(1.0, width / (high - low)[0], height / (high - low)[1]))


def _lines(caption: str, width: float) -> list[str]:
    return [line for part in caption.splitlines() for line in wrapped(part, width - 2 * _AROUND, size=CAPTION_SIZE)]


def _reach(words: pd.DataFrame, boxes: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners between which words lie, in points."""
    import numpy as np

    if not len(words):
        return np.zeros(2), np.array([400.0, 60.0])
    centres = words[["x", "y"]].to_numpy(dtype=float)
    return (centres - boxes / 2).min(axis=0) - _MARGIN, (centres + boxes / 2).max(axis=0) + _MARGIN


def _prepared(words: pd.DataFrame, boxes: NDArray[np.float64], *, title: str, caption: str, ax: Axes | None) -> Axes:
    low, high = _reach(words, boxes)
    wide, tall = (high - low) / _POINTS
    size = current_size()
    shrunk = shrinking(words, caption)
    least = _SMALLEST_WIDTH if size is None else min(_SMALLEST_WIDTH, size.width)
    width = max(least, wide * shrunk)
    lines = _lines(caption, width)
    axes = new_axes(width, tall * shrunk + _HEADING + _LINE * len(lines), ax=ax)
    axes.set_aspect("equal", adjustable="box", anchor="NW")
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("\n".join(lines), color=MUTED, loc="left", fontsize=CAPTION_SIZE)
    if ax is None:
        write_title(axes.figure, title)
    else:
        axes.set_title(title)
    return axes


def _legend(axes: Axes, edges: pd.DataFrame, *, own: bool) -> None:
    """Say what the strokes mean, those there are."""
    from matplotlib.lines import Line2D

    tree = edges[edges["in_tree"]]
    kinds: list[tuple[bool, Any, str, str]] = [
        (tree["solid"].any(), "-", INK, "arête de l'arbre"),
        (not tree["solid"].all(), (0, (3, 2)), INK, "arête de l'arbre, dans moins de la moitié des tirages"),
        (not edges["in_tree"].all(), "-", _EXTRA, "autre lien"),
    ]
    handles = [
        Line2D([], [], linestyle=dashes, color=colour, linewidth=1.8, label=label)
        for shown, dashes, colour, label in kinds
        if shown
    ]
    labels = [label for shown, _, _, label in kinds if shown]
    columns = legend_columns(labels, width=axes.figure.figure.get_figwidth(), most=len(labels))
    where: dict[str, Any] = {"loc": "outside lower left"} if own else {"loc": "best"}
    (axes.figure if own else axes).legend(
        handles=handles, ncols=columns, fontsize=CAPTION_SIZE, handlelength=2.6, **where
    )


def _scale(axes: Axes) -> float:
    """Return how many points a unit of the drawing is, so that words keep to the room laid out for them."""
    figure = axes.figure.figure
    figure.draw_without_rendering()  # the layout is known only once it is drawn
    (left, _), (right, _) = axes.transData.transform([(0.0, 0.0), (1.0, 0.0)])
    return float(right - left) * 72 / figure.dpi


def _draw_grounds(
    axes: Axes, words: pd.DataFrame, boxes: NDArray[np.float64], *, edges: pd.DataFrame, scale: float
) -> None:
    """Lay a pale ground under the words of each group and the edges of the tree between them."""
    from matplotlib.collections import LineCollection
    from matplotlib.patches import FancyBboxPatch

    centres, groups = words[["x", "y"]].to_numpy(dtype=float), words["group"].to_numpy()
    tree = edges.loc[edges["in_tree"], ["first", "second"]].to_numpy(dtype=int)
    for group in sorted(set(groups.tolist()) - {0}):
        colour = COLOURS[(group - 1) % len(COLOURS)]
        inside = [pair for pair in tree.tolist() if groups[pair[0]] == group == groups[pair[1]]]
        # the outline is a wider ground under the ground
        for wider, tint, order in ((1.3, _mixed(colour, 0.6), 1.0), (0.0, _ground(group), 1.1)):
            lines = LineCollection(
                [centres[pair] for pair in inside],
                linewidths=(2 * _GROUND + 2 * wider) * scale,
                colors=[tint],
                capstyle="round",
                zorder=order,
            )
            axes.add_collection(lines, autolim=False)
            for place in (groups == group).nonzero()[0]:
                (x, y), (width, height) = centres[place], boxes[place]
                pad = _GROUND / 2 + wider
                axes.add_patch(
                    FancyBboxPatch(
                        (x - width / 2, y - height / 2),
                        width,
                        height,
                        boxstyle=f"round,pad={pad},rounding_size={pad + height / 4}",
                        facecolor=tint,
                        linewidth=0,
                        zorder=order,
                    )
                )


def _draw_edges(axes: Axes, words: pd.DataFrame, edges: pd.DataFrame, *, scale: float) -> None:
    from matplotlib.collections import LineCollection

    centres = words[["x", "y"]].to_numpy(dtype=float)
    ends = edges[["first", "second"]].to_numpy(dtype=int)
    widths = (_THINNEST + (_THICKEST - _THINNEST) * edges["weight"].to_numpy(dtype=float)) * scale
    tree, solid = (edges[name].to_numpy(dtype=bool) for name in ("in_tree", "solid"))
    kinds = [
        (~tree, "solid", _EXTRA, 1.5),
        (tree & solid, "solid", MUTED, 2),
        (tree & ~solid, (0, (2.2, 1.6)), MUTED, 2),
    ]
    for chosen, dashes, colour, order in kinds:
        if chosen.any():
            drawn = widths[chosen] if order == 2 else 0.35 * widths[chosen]  # noqa: PLR2004 - the order of the tree
            lines = LineCollection(
                list(centres[ends[chosen]]), linewidths=drawn, colors=[colour], linestyles=[dashes], zorder=order
            )
            axes.add_collection(lines, autolim=False)


def _write_words(axes: Axes, words: pd.DataFrame, boxes: NDArray[np.float64], *, scale: float) -> None:
    """Write each word on a patch of its ground, which hides the edges under it, and the numbers of groups."""
    for row, (width, _) in zip(words.itertuples(), boxes, strict=True):
        colour = COLOURS[(row.group - 1) % len(COLOURS)]
        ground = _ground(row.group) if row.group else (1.0, 1.0, 1.0)
        text = axes.text(
            row.x + (_BADGE / 2 if row.badge else 0),
            row.y,
            _short(row.label),
            fontsize=row.size * scale,
            ha="center",
            va="center",
            linespacing=1.05,
            color=INK,
            zorder=3,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": ground, "linewidth": 0},
        )
        text.set_in_layout(False)
        if row.badge:
            number = axes.text(
                row.x - width / 2 + _BADGE * 0.38,
                row.y,
                row.badge,
                fontsize=_BADGE_SIZE * scale,
                fontweight="bold",
                ha="center",
                va="center",
                color="white",
                zorder=3,
                bbox={"boxstyle": "circle,pad=0.25", "facecolor": _dark(colour), "linewidth": 0},
            )
            number.set_in_layout(False)


def _ground(group: int) -> tuple[float, float, float]:
    """Return a pale colour, deeper at the second round of colours, so that no two of the first groups look alike."""
    around, place = divmod(group - 1, len(COLOURS))
    return _mixed(COLOURS[place], _PALE if around % 2 == 0 else _DEEPER)


def _mixed(colour: str, share: float) -> tuple[float, float, float]:
    """Return a colour in white, opaque, so that grounds that meet stay as pale."""
    from matplotlib.colors import to_rgb

    red, green, blue = (1 - share * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def _dark(colour: str) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    red, green, blue = (0.6 * part for part in to_rgb(colour))
    return red, green, blue


def _short(label: str) -> str:
    """Return a label on its lines, each cut where it is long."""
    lines = [" ".join(line.split()) for line in label.split("\n")]
    return "\n".join(
        line if len(line) <= _LETTERS else line[: _LETTERS - 1].rstrip(" ,;-") + "…" for line in lines if line
    )
