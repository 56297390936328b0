"""The figures of a correspondence analysis: factor map and scree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.lexicometry.factors.reading import counted, decimal, plural
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.factors.computing import Cloud
    from innovsoc_analysis.lexicometry.factors.result import Correspondence

_MOST_BARS = 20
_MOST_ROWS = 200
_PLANE = 2
_REACH = 0.95
_DIGITS = 12
SCALINGS = ("symmetric", "contribution")


class Choice(NamedTuple):
    """What is drawn, see `Correspondence.plot`."""

    axes: tuple[int, ...]
    n_words: int
    words: tuple[str, ...] | None
    parts: bool
    ellipses: bool
    scaling: str


def draw_map(result: Correspondence, choice: Choice, *, ax: Axes | None = None) -> Axes:
    """Draw the factor map; `Correspondence.plot` tells how."""
    from innovsoc_analysis.figures.factor_map import axis_map, factor_map

    if choice.scaling not in SCALINGS:
        raise UsageError(f"Échelle inconnue : « {choice.scaling} » ; choisissez {' ou '.join(SCALINGS)}.")
    axes = choice.axes[:1] if result.n_axes == 1 else choice.axes
    result.check_axes(axes)
    if len(axes) not in {1, _PLANE}:
        raise UsageError("Une carte se dessine sur un ou deux axes : axes=(1, 2).")
    chosen = [axis - 1 for axis in axes]
    ellipses = result.ellipses(axes=axes) if choice.ellipses else None
    points, stretch = _points(result, choice, chosen)
    shares = 100 * result.analysis.shares_[chosen]
    titles = [f"Axe {axis} ({decimal(share)}\u202f%)" for axis, share in zip(axes, shares, strict=True)]
    caption = _caption(result, choice, axes, n_words=int((points["look"] == "small").sum()), stretch=stretch)
    title = f"Analyse des correspondances : {plural(result.kinds[0])} et {plural(result.kinds[1])}"
    if result.lexical is not None:
        named = "" if result.by == "part" else f" ({attribute_label(result.by)})"
        title = f"Analyse des correspondances : mots et parties{named}"
    if ellipses is not None:
        caption += "\n" + _about_ellipses(result, ellipses, is_plane=len(axes) == _PLANE)
    if len(axes) == 1:
        if len(points) > _MOST_ROWS:
            raise UsageError(
                f"Sur un seul axe, la figure montre {_MOST_ROWS} points au plus, un par ligne : demandez moins de "
                f"{plural(result.kinds[0])} (n_words), ou retirez les {plural(result.kinds[1])} (parts=False)."
            )
        halves = pd.Series(np.nan, index=points.index)
        if ellipses is not None:
            found = ellipses.set_index("part")["half_1"]
            halves = points["part"].map(found).astype(float)
        return axis_map(points.assign(half=halves), axis_title=titles[0], title=title, caption=caption, ax=ax)
    drawn = None if ellipses is None or not choice.parts else ellipses.dropna()
    return factor_map(points, axis_titles=titles, title=title, caption=caption, ellipses=drawn, ax=ax)


def draw_inertia(result: Correspondence, *, ax: Axes | None = None) -> Axes:
    """Draw the share of each axis in the inertia."""
    from innovsoc_analysis.figures.scree import scree

    table = result.axes_table
    shown = table.head(_MOST_BARS)
    n_axes = result.analysis.n_axes_
    fewer = f", les {len(shown)} premiers sur {n_axes}" if len(shown) < n_axes else ""
    caption = (
        f"{result.basis} ; inertie totale {decimal(result.analysis.inertia_, 3)} (χ²/n){fewer}.\n"
        f"Ligne : moyenne, {decimal(100 / n_axes)}\u202f%. Losanges : parts qu'auraient les axes si l'inertie était "
        "brisée au hasard. Un axe sous les deux repères se lit avec prudence."
    )
    return scree(
        shown["share"].tolist(),
        mean=100 / n_axes,
        expected=shown["broken_stick"].tolist(),
        title="Part de chaque axe dans l'inertie",
        caption=caption,
        ax=ax,
    )


def _points(result: Correspondence, choice: Choice, chosen: list[int]) -> tuple[pd.DataFrame, float]:
    """Return what is drawn, and by how much words are stretched."""
    analysis = result.analysis
    places = _chosen_words(result, choice, chosen)
    words = analysis.rows_.coordinates[:, chosen]
    stretch = 1.0
    if choice.scaling == "contribution":
        words = analysis.rows_.standard[:, chosen] * np.sqrt(analysis.rows_.masses)[:, None]
        farthest = np.abs(analysis.columns_.coordinates[:, chosen]).max()
        stretch = float(_REACH * farthest / np.abs(words[places]).max()) if len(places) else 1.0
    weights = _plane_contributions(result, analysis.rows_, chosen)
    frames = [
        _frame(stretch * words[places], "small", plural(result.kinds[0]), [result.rows[place] for place in places])
    ]
    frames[0]["weight"] = weights[places]
    if choice.parts:
        columns = analysis.columns_.coordinates[:, chosen]
        labels = [result.label(name) for name in result.columns]
        drawn = _frame(columns, "main", plural(result.kinds[1]), labels)
        frames.append(
            drawn.assign(weight=_plane_contributions(result, analysis.columns_, chosen), part=list(result.columns))
        )
    for one in result.supplementary:
        labels = [genre_label(name) if one.variable == "genre" else name for name in one.names]
        drawn = _frame(one.cloud.coordinates[:, chosen], "extra", "éléments supplémentaires", labels)
        frames.append(drawn.assign(weight=one.cloud.cos2[:, chosen].sum(axis=1)))
    return pd.concat(frames, ignore_index=True), stretch


def _frame(coordinates: NDArray[np.float64], look: str, kind: str, labels: list[str]) -> pd.DataFrame:
    # rounded, so that the same map is drawn whatever the last digits
    places = coordinates.round(_DIGITS)
    return pd.DataFrame(
        {"x": places[:, 0], "y": places[:, -1], "look": look, "kind": kind, "label": labels, "part": "", "weight": 0.0}
    )


def _plane_contributions(result: Correspondence, cloud: Cloud, chosen: list[int]) -> NDArray[np.float64]:
    """Return the share of each point in the inertia of these axes together."""
    eigenvalues = result.analysis.eigenvalues_[chosen]
    contributions = cloud.contributions[:, chosen] @ eigenvalues / eigenvalues.sum()
    return contributions.round(_DIGITS)


def _chosen_words(result: Correspondence, choice: Choice, chosen: list[int]) -> NDArray[np.int64]:
    if choice.words is None:
        order = np.argsort(-_plane_contributions(result, result.analysis.rows_, chosen), kind="stable")
        return order[: max(choice.n_words, 0)]
    places = {word: place for place, word in enumerate(result.rows)}
    missing = [word for word in choice.words if word not in places]
    if missing:
        raise UsageError(f"Absent de l'analyse : {', '.join(missing[:5])}. Les mots y sont en minuscules.")
    return np.array([places[word] for word in dict.fromkeys(choice.words)], dtype=np.int64)


def _caption(result: Correspondence, choice: Choice, axes: tuple[int, ...], *, n_words: int, stretch: float) -> str:
    row, column = result.kinds
    rows, columns = plural(row), plural(column)
    # no article: what the lines of a table are called has a gender of its own
    how = ", les plus fortes contributions à ces axes" if choice.words is None else ", par choix"
    total = f"{len(result.rows):_}".replace("_", "\u202f")
    shown = f"{counted(n_words, row)} sur {total}" if n_words < len(result.rows) else f"la totalité des {rows}"
    first = f"{result.basis}. On montre {shown}{how if 0 < n_words < len(result.rows) else ''}."
    if choice.scaling == "contribution":
        second = (
            f"Plus loin du centre, plus grande contribution à ces axes (biplot des contributions, {rows} × "
            f"{decimal(stretch, 2)}) ; du même côté, les {columns} qui en ont le plus."
        )
    else:
        second = (
            f"Proches : des {columns} semblables par leurs {rows}, ou des {rows} semblables par leurs {columns}. Entre "
            f"{rows} et {columns}, la distance ne se lit pas : seule compte la direction depuis le centre."
        )
    return "\n".join([first, second, *result.remarks_on(axes)])


def _about_ellipses(result: Correspondence, ellipses: pd.DataFrame, *, is_plane: bool) -> str:
    without = [result.label(name) for name in ellipses.loc[ellipses["half_1"].isna(), "part"]]
    drawn, none = ("Ellipses", "Sans ellipse") if is_plane else ("Traits", "Sans trait")
    sentence = (
        f"{drawn} à 95\u202f% : où serait la partie avec d'autres documents, axes fixes. Ne pas se toucher ne prouve "
        "pas que deux parties diffèrent : voir separation()."
    )
    if without:
        listed = ", ".join(without[:5]) + ("…" if len(without) > 5 else ".")  # noqa: PLR2004
        sentence += f" {none}, car de moins de 5 documents : {listed}"
    return sentence
