"""Factor maps: points of several kinds on two axes, or on one, and labels that cover nothing."""

from __future__ import annotations

import textwrap
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.figures.style import COLOURS, GRID, INK, MUTED, house_style, new_axes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    _Box = tuple[float, float, float, float]

_WIDTH, _HEIGHT = 8.8, 7.4
_ROW_HEIGHT, _HEAD = 0.19, 1.9
_CAPTION_CHARACTERS, _LABEL_CHARACTERS = 118, 30
_MARGIN = 0.1
_RINGS = (3.0, 11.0, 20.0, 32.0)  # points between a mark and its label; beyond the first, a line joins them
_PLACES = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (0.75, 0.75, "left", "bottom"),
    (0.75, -0.75, "left", "top"),
    (-0.75, 0.75, "right", "bottom"),
    (-0.75, -0.75, "right", "top"),
)

# how much of a label lies before the point it hangs on
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "top": 1.0}
_STEPS = 8
_MOST_LABELS = 500
_AROUND = 3.0  # pixels between labels side by side


class _Look(NamedTuple):
    """How a kind of point is drawn: told apart by mark, size and letters, not by colour alone."""

    marker: str
    size: float
    face: str
    edge: str
    ink: str
    letters: dict[str, Any]


_LOOKS = {
    "main": _Look("s", 8.0, COLOURS[0], "white", "#004f7d", {"fontsize": 10.5, "fontweight": "bold"}),
    "extra": _Look("^", 6.5, "white", "#b24a00", "#9a4000", {"fontsize": 8.5, "fontstyle": "italic"}),
    "small": _Look("o", 3.4, MUTED, "white", INK, {"fontsize": 8.0}),
}
"""In the order in which labels take their place."""
_MANY = 15
_CROWDED = _LOOKS["main"]._replace(size=5.5, letters={"fontsize": 8.5, "fontweight": "bold"})


def factor_map(
    points: pd.DataFrame,
    *,
    axis_titles: Sequence[str],
    title: str,
    caption: str,
    ellipses: pd.DataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw points of up to three kinds on two axes.

    Parameters
    ----------
    points : DataFrame
        Columns ``x, y, look`` (``main``: large squares, ``extra``: hollow triangles, ``small``: dots),
        ``kind`` (in the legend), ``label`` and ``weight`` (the heaviest of a kind are labelled first).
    axis_titles : sequence of two str
        Under and beside.
    title, caption : str
        Above and below; in French. A line of the caption says how many labels found room.
    ellipses : DataFrame, optional
        Columns ``centre_1, centre_2, semi_1, semi_2, angle`` (degrees).
    ax : Axes, optional
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        Both directions on one scale.

    Examples
    --------
    >>> import pandas as pd
    >>> points = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 0.5], "look": ["main", "small"],
    ...                        "kind": ["parties", "mots"], "label": ["projets", "jardin"], "weight": [1.0, 0.5]})
    >>> axes = factor_map(points, axis_titles=("Axe 1", "Axe 2"), title="AFC", caption="n = 2")
    >>> [text.get_text() for text in axes.texts]
    ['projets', 'jardin']
    """
    with house_style(), _unwarned():
        axes = new_axes(_WIDTH, _HEIGHT, ax=ax)
        _prepare(axes, axis_titles, title=title, own=ax is None)
        axes.set_aspect("equal", adjustable="datalim")
        axes.axhline(0, color="#aab1bb", linewidth=0.9, zorder=0)
        for _, row in (ellipses if ellipses is not None else points.iloc[:0]).iterrows():
            _add_ellipse(axes, row)
        for look, group in _by_look(points):
            axes.plot(group["x"], group["y"], linestyle="none", label=group["kind"].iloc[0], zorder=3, **_mark(look))
        _add_legend(axes, own=ax is None)
        _write_caption(axes, axis_titles[0], f"{caption}\n{_found_room(0, len(points))}", own=ax is None)
        shown = _write_labels(axes, points)
        # as many lines as before: the labels keep the room they found
        _write_caption(axes, axis_titles[0], f"{caption}\n{_found_room(shown, len(points))}", own=ax is None)
    return axes


def axis_map(points: pd.DataFrame, *, axis_title: str, title: str, caption: str, ax: Axes | None = None) -> Axes:
    """Draw points of up to three kinds on one axis, one under the other in its order.

    Parameters
    ----------
    points : DataFrame
        Columns ``x, look, kind, label`` as for `factor_map`, and ``half``: half width of an interval,
        missing where there is none.
    axis_title : str
        Under the axis.
    title, caption : str
        Above and below; in French.
    ax : Axes, optional
        Where to draw; by default new axes, as tall as there are points.

    Returns
    -------
    Axes
        The largest coordinate on top.

    Examples
    --------
    >>> import pandas as pd
    >>> points = pd.DataFrame({"x": [-1.0, 1.0], "look": ["main", "small"], "half": [0.2, float("nan")],
    ...                        "kind": ["parties", "mots"], "label": ["projets", "jardin"]})
    >>> axes = axis_map(points, axis_title="Axe 1", title="AFC", caption="n = 2")
    >>> [tick.get_text() for tick in axes.get_yticklabels()]
    ['jardin', 'projets']
    """
    ranked = points.sort_values(["x", "label"], ascending=[False, True], kind="stable").reset_index(drop=True)
    with house_style(), _unwarned():
        axes = new_axes(_WIDTH, _HEAD + _ROW_HEIGHT * len(ranked), ax=ax)
        _prepare(axes, (axis_title,), title=title, own=ax is None)
        axes.hlines(-ranked.index, 0, ranked["x"], color=GRID, linewidth=1.0, zorder=1)
        wide = ranked[ranked["half"].notna()]
        axes.errorbar(
            wide["x"], -wide.index, xerr=wide["half"], linestyle="none", color=INK, linewidth=1.1, capsize=3, zorder=2
        )
        for look, group in _by_look(ranked):
            axes.plot(group["x"], -group.index, linestyle="none", label=group["kind"].iloc[0], zorder=3, **_mark(look))
        axes.set_yticks(-ranked.index.to_numpy(), [_short(label) for label in ranked["label"]])
        for tick, look in zip(axes.get_yticklabels(), ranked["look"], strict=True):
            tick.set(color=_LOOKS[look].ink, **_LOOKS[look].letters)
        axes.set_ylim(-len(ranked) + 0.2, 0.8)
        axes.margins(x=_MARGIN)
        _add_legend(axes, own=ax is None)
        _write_caption(axes, axis_title, caption, own=ax is None)
    return axes


@contextmanager
def _unwarned() -> Iterator[None]:
    """Measure labels without a warning for what the font lacks, such as an emoji: a box stands for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def _prepare(axes: Axes, axis_titles: Sequence[str], *, title: str, own: bool) -> None:
    axes.margins(_MARGIN)
    axes.axvline(0, color="#aab1bb", linewidth=0.9, zorder=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ",").replace("-", "−"))
    axes.tick_params(labelsize=8, labelcolor=MUTED)
    axes.tick_params(axis="y", labelcolor=MUTED)
    if len(axis_titles) > 1:
        axes.set_ylabel(axis_titles[1], fontsize=9.5)
        for side in ("left", "bottom", "top", "right"):
            axes.spines[side].set(visible=True, color=GRID)
    axes.set_xlabel(axis_titles[0], fontsize=9.5)
    if own:
        axes.figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    else:
        axes.set_title(title)


def _write_caption(axes: Axes, axis_title: str, caption: str, *, own: bool) -> None:
    wrapped = "\n".join(textwrap.fill(line, _CAPTION_CHARACTERS) for line in caption.splitlines())
    if own:
        axes.figure.figure.supxlabel(wrapped, x=0.01, ha="left", fontsize=8.5, color=MUTED)
    else:
        axes.set_xlabel(f"{axis_title}\n{wrapped}", fontsize=8.5)


def _found_room(shown: int, total: int) -> str:
    if shown == total:
        return "Toutes les étiquettes sont écrites."
    return f"Étiquettes écrites : {shown} sur {total} ; les autres points n'ont que leur marque, faute de place."


def _looks(points: pd.DataFrame) -> dict[str, _Look]:
    """Return how each kind is drawn, smaller where there are many large ones."""
    return _LOOKS | {"main": _CROWDED} if (points["look"] == "main").sum() > _MANY else _LOOKS


def _by_look(points: pd.DataFrame) -> Iterator[tuple[_Look, pd.DataFrame]]:
    for name, look in _looks(points).items():
        group = points[points["look"] == name]
        if len(group):
            yield look, group


def _mark(look: _Look) -> dict[str, Any]:
    return {
        "marker": look.marker,
        "markersize": look.size,
        "markerfacecolor": look.face,
        "markeredgecolor": look.edge,
        "markeredgewidth": 1.2 if look.face == "white" else 0.6,
    }


def _add_legend(axes: Axes, *, own: bool) -> None:
    handles, labels = axes.get_legend_handles_labels()
    if not handles:
        return
    # above the frame on figures of their own, where the title is higher still
    where: dict[str, Any] = {"loc": "lower right", "bbox_to_anchor": (1.0, 1.0), "ncols": len(handles)}
    axes.legend(
        handles,
        labels,
        handletextpad=0.2,
        columnspacing=1.4,
        borderaxespad=0.3,
        fontsize=8.5,
        **(where if own else {"loc": "best"}),
    )


def _add_ellipse(axes: Axes, row: pd.Series) -> None:
    from matplotlib.patches import Ellipse

    look: dict[str, Any] = {"facecolor": COLOURS[0], "alpha": 0.08, "linewidth": 0}
    outline: dict[str, Any] = {"fill": False, "edgecolor": COLOURS[0], "linewidth": 1.1, "linestyle": (0, (4, 2))}
    for style in (look, outline):
        axes.add_patch(
            Ellipse(
                (row["centre_1"], row["centre_2"]),
                2 * row["semi_1"],
                2 * row["semi_2"],
                angle=row["angle"],
                zorder=1,
                **style,
            )
        )


def _write_labels(axes: Axes, points: pd.DataFrame) -> int:
    """Write each label where it covers neither a mark nor another label; return how many found room."""
    figure = axes.figure.figure
    figure.draw_without_rendering()  # the layout is known only once it is drawn
    ranks = {name: rank for rank, name in enumerate(_LOOKS)}
    ranked = (
        points.assign(rank=points["look"].map(ranks))
        .sort_values(["rank", "weight", "label"], ascending=[True, False, True], kind="stable")
        .reset_index(drop=True)
    )
    centres = axes.transData.transform(ranked[["x", "y"]].to_numpy(dtype=float).reshape(-1, 2))
    looks = _looks(points)
    radii = [looks[look].size / 2 * figure.dpi / 72 for look in ranked["look"]]
    taken = _Taken([(x - r, y - r, x + r, y + r) for (x, y), r in zip(centres.tolist(), radii, strict=True)])
    rows = ranked.head(_MOST_LABELS).itertuples()
    return sum(_place(axes, row, looks[row.look], taken) for row in rows)


class _Taken:
    """Boxes (left, bottom, right, top, in pixels) in which nothing more can be written."""

    def __init__(self, marks: list[_Box]) -> None:
        import numpy as np

        self._boxes = np.array(marks, dtype=float).reshape(-1, 4)

    def add(self, boxes: list[_Box]) -> None:
        import numpy as np

        self._boxes = np.vstack([self._boxes, boxes])

    def holds(self, box: _Box, *, but_at: tuple[float, float] | None = None) -> bool:
        """Tell whether a box meets one of these, other than those over the place `but_at`."""
        left, bottom, right, top = self._boxes.T
        met = (left < box[2]) & (box[0] < right) & (bottom < box[3]) & (box[1] < top)
        if but_at is not None:
            x, y = but_at
            met &= ~((left <= x) & (x <= right) & (bottom <= y) & (y <= top))
        return bool(met.any())


def _place(axes: Axes, row: Any, look: _Look, taken: _Taken) -> bool:
    """Write a label at the first place that is free, the nearest first; tell whether there is one."""
    scale = axes.figure.figure.dpi / 72
    text = axes.annotate(
        _short(row.label),
        (row.x, row.y),
        xytext=(0, 0),
        textcoords="offset points",
        color=look.ink,
        zorder=4,
        **look.letters,
    )
    text.set_in_layout(False)  # what is written in the room there is must not change it
    size, room = text.get_window_extent(), axes.get_window_extent()
    mark = tuple(axes.transData.transform((row.x, row.y)).tolist())
    for ring in _RINGS:
        distance = look.size / 2 + ring
        for x, y, horizontal, vertical in _PLACES:
            end = (mark[0] + x * distance * scale, mark[1] + y * distance * scale)
            left = end[0] - _BEFORE[horizontal] * size.width
            below = end[1] - _BEFORE[vertical] * size.height
            box = (left - _AROUND, below, left + size.width + _AROUND, below + size.height)
            inside = room.x0 <= box[0] and box[2] <= room.x1 and room.y0 <= box[1] and box[3] <= room.y1
            line = _line(mark, end) if ring > _RINGS[0] else []
            if not inside or taken.holds(box) or any(taken.holds(step, but_at=mark) for step in line):
                continue
            if line:
                _join(axes, (row.x, row.y), (x * (distance - 1), y * (distance - 1)))
            text.set(ha=horizontal, va=vertical)
            text.xyann = (x * distance, y * distance)
            taken.add([box, *line])
            return True
    text.remove()
    return False


def _line(start: tuple[float, float], end: tuple[float, float]) -> list[_Box]:
    """Return small boxes along the line from a mark to its label."""
    steps = [step / _STEPS for step in range(1, _STEPS)]
    places = [(start[0] + step * (end[0] - start[0]), start[1] + step * (end[1] - start[1])) for step in steps]
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in places]


def _join(axes: Axes, point: tuple[float, float], offset: tuple[float, float]) -> None:
    """Lead from a mark to a label that is not beside it."""
    axes.annotate(
        "",
        point,
        xytext=offset,
        textcoords="offset points",
        arrowprops={"arrowstyle": "-", "color": "#8d95a1", "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0},
        zorder=2,
    ).set_in_layout(False)


def _short(label: str) -> str:
    label = " ".join(label.split())
    return label if len(label) <= _LABEL_CHARACTERS else label[: _LABEL_CHARACTERS - 1].rstrip(" ,;-") + "…"
