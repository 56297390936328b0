"""Factor maps: points of several kinds on two axes, or on one, and labels that cover nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.labels import short, unwarned, write_labels
from innovsoc_analysis.figures.sizes import fitted
from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    INK,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    keep_layout,
    new_axes,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_WIDTH, _HEIGHT, _LEAST_HEIGHT = 8.8, 7.4, 5.2
_BESIDE, _ABOVE_AND_BELOW = 1.0, 2.0
_MOST_FAR = 40
_ROW_HEIGHT, _HEAD = 0.19, 1.9
_MARGIN = 0.1
_MAIN_INK = "#004f7d"


class Look(NamedTuple):
    """How a kind of point is drawn: told apart by mark, size and letters, not by colour alone."""

    marker: str
    size: float
    face: str
    edge: str
    letters: dict[str, Any]


_LOOKS = {
    "main": Look("s", 8.0, COLOURS[0], "white", {"color": _MAIN_INK, "fontsize": 10.5, "fontweight": "bold"}),
    "extra": Look("^", 6.5, "white", "#b24a00", {"color": "#9a4000", "fontsize": 8.5, "fontstyle": "italic"}),
    "small": Look("o", 3.4, MUTED, "white", {"color": INK, "fontsize": 8.0}),
}
"""In the order in which labels take their place."""
_MANY, _VERY_MANY = 15, 30
_CROWDED = _LOOKS["main"]._replace(size=5.5, letters={"color": _MAIN_INK, "fontsize": 8.5, "fontweight": "bold"})
_PACKED = _LOOKS["main"]._replace(
    size=4.5, letters={"color": _MAIN_INK, "fontsize": SMALLEST_SIZE, "fontweight": "bold"}
)


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
        The hundred heaviest ``main`` points are labelled whatever the crowd, far from their mark and at
        the end of a line if need be; the others, where there is room. Names without a place are in the alt text.
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
    with house_style(), unwarned():
        axes = new_axes(_WIDTH, _height(points), ax=ax)
        _prepare(axes, axis_titles, title=title, own=ax is None)
        axes.set_aspect("equal", adjustable="datalim")
        axes.axhline(0, color="#aab1bb", linewidth=0.9, zorder=0)
        for _, row in (ellipses if ellipses is not None else points.iloc[:0]).iterrows():
            _add_ellipse(axes, row)
        for look, group in _by_look(points):
            axes.plot(group["x"], group["y"], linestyle="none", label=group["kind"].iloc[0], zorder=3, **_mark(look))
        _add_legend(axes, own=ax is None)
        _write_caption(axes, axis_titles[0], f"{caption}\n{_found_room(0, len(points))}", own=ax is None)
        looks = _looks(points)
        sized = points.assign(size=points["look"].map({name: look.size for name, look in looks.items()}))
        keep_layout(axes)
        lost = write_labels(axes, sized, letters={name: look.letters for name, look in looks.items()}, far=_MOST_FAR)
        # as many lines as before: the labels keep the room they found
        found = _found_room(len(points) - len(lost), len(points))
        _write_caption(axes, axis_titles[0], f"{caption}\n{found}", own=ax is None)
        if lost and ax is None:
            describe(axes, f"{title} ; {caption} {found} Sans nom : {', '.join(sorted(lost))}.")
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
    with house_style(), unwarned():
        axes = new_axes(_WIDTH, _HEAD + _ROW_HEIGHT * len(ranked), ax=ax)
        _prepare(axes, (axis_title,), title=title, own=ax is None)
        axes.hlines(-ranked.index, 0, ranked["x"], color=GRID, linewidth=1.0, zorder=1)
        wide = ranked[ranked["half"].notna()]
        axes.errorbar(
            wide["x"], -wide.index, xerr=wide["half"], linestyle="none", color=INK, linewidth=1.1, capsize=3, zorder=2
        )
        for look, group in _by_look(ranked):
            axes.plot(group["x"], -group.index, linestyle="none", label=group["kind"].iloc[0], zorder=3, **_mark(look))
        axes.set_yticks(-ranked.index.to_numpy(), [short(label) for label in ranked["label"]])
        for tick, look in zip(axes.get_yticklabels(), ranked["look"], strict=True):
            tick.set(**_LOOKS[look].letters)
        axes.set_ylim(-len(ranked) + 0.2, 0.8)
        axes.margins(x=_MARGIN)
        _add_legend(axes, own=ax is None)
        _write_caption(axes, axis_title, caption, own=ax is None)
    return axes


def _height(points: pd.DataFrame) -> float:
    """Return the height of a figure on which both directions are on one scale: no more than there is to show."""
    wide, tall = (float(points[name].max() - points[name].min()) if len(points) else 1.0 for name in ("x", "y"))
    needed = (fitted(_WIDTH, _HEIGHT)[0] - _BESIDE) * tall / max(wide, 1e-9)
    return min(max(needed + _ABOVE_AND_BELOW, _LEAST_HEIGHT), _HEIGHT)


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
        write_title(axes.figure, title)
    else:
        axes.set_title(title)


def _write_caption(axes: Axes, axis_title: str, caption: str, *, own: bool) -> None:
    if own:
        write_caption(axes.figure, caption)
    else:
        axes.set_xlabel(f"{axis_title}\n{caption}", fontsize=CAPTION_SIZE, wrap=True)


def _found_room(shown: int, total: int) -> str:
    if shown == total:
        return "Toutes les étiquettes sont écrites."
    return f"Étiquettes écrites : {shown} sur {total} ; les autres points n'ont que leur marque, faute de place."


def _looks(points: pd.DataFrame) -> dict[str, Look]:
    """Return how each kind is drawn, smaller where there are many large ones."""
    n_main = int((points["look"] == "main").sum())
    if n_main <= _MANY:
        return _LOOKS
    return _LOOKS | {"main": _CROWDED if n_main <= _VERY_MANY else _PACKED}


def _by_look(points: pd.DataFrame) -> Iterator[tuple[Look, pd.DataFrame]]:
    for name, look in _looks(points).items():
        group = points[points["look"] == name]
        if len(group):
            yield look, group


def _mark(look: Look) -> dict[str, Any]:
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
