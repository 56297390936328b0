"""Draw a graph of similarity, and say how to read it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from innovsoc_analysis.figures.sizes import current_size, on_slide
from innovsoc_analysis.lexicometry.graph.graph import components
from innovsoc_analysis.lexicometry.graph.indices import INDICES
from innovsoc_analysis.lexicometry.graph.layout import tree_layout
from innovsoc_analysis.lexicometry.graph.result import SURE, UNIT_NAMES
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.typography import grouped

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.graph.result import Similarity

MOST_DRAWN = 400
"""Words of a figure, at most."""
_SMALLEST, _LARGEST = 8.0, 16.0
_MOST_NAMED = 12
_LINE = 16  # characters of a line of a code


def draw(found: Similarity, *, ax: Axes | None) -> Axes:
    """Draw the graph; `Similarity.plot` tells how.

    Parameters
    ----------
    found : Similarity
        The graph.
    ax : Axes or None
        Where to draw.

    Raises
    ------
    UsageError
        If there are more than `MOST_DRAWN` words.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.graph import similarity_of
    >>> axes = draw(similarity_of([[1, 1], [1, 1]], ["jardin", "puits"]), ax=None)
    >>> axes.figure.get_suptitle()
    'Analyse de similitude de 2 mots (n = 2 unités)'
    """
    from innovsoc_analysis.figures.network import word_network
    from innovsoc_analysis.lexicometry.graph.fitting import fitted

    if len(found.words) > MOST_DRAWN:
        raise UsageError(
            f"Un graphe de {len(found.words)} mots ne se lit pas sur une page : choisissez-en au plus {MOST_DRAWN}"
            " (n_words=…), ou enregistrez-le en .graphml pour Gephi."
        )
    words, edges = placed(found) if ax is not None or current_size() is None else fitted(found)
    n_shown, n_joined = len(words), len(found.words) - len(found.isolated)
    things = "codes" if found.unit == "segment" else "mots"
    part = f", {found.part[0]} : {found.part[1]}" if found.part else ""
    some = f", dont {n_shown} montrés" if n_shown < n_joined else ""
    title = (
        f"Analyse de similitude de {len(found.words)} {things}{some}"
        f" (n = {grouped(found.pairs.n_units)} {UNIT_NAMES.get(found.unit, 'unités')}{part})"
    )
    return word_network(words, edges, title=title, caption=caption(found, n_left=n_joined - n_shown), ax=ax)


def placed(
    found: Similarity,
    *,
    kept: NDArray[np.bool_] | None = None,
    largest: float = _LARGEST,
    room: tuple[float, float] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the words and edges as `word_network` draws them.

    Parameters
    ----------
    found : Similarity
        The graph.
    kept : array of bool, shape (n_words,), optional
        The words to show, if not all.
    largest : float
        Size of the font of the most widespread word.
    room : tuple of float, optional
        Width and height there is; only their ratio counts.

    Returns
    -------
    tuple of DataFrame
        Words that an edge joins, with their place, and edges between them.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.graph import similarity_of
    >>> words, edges = placed(similarity_of([[1, 1, 0], [1, 1, 0], [0, 0, 1]], ["jardin", "puits", "serre"]))
    >>> words["label"].tolist(), edges[["first", "second", "solid"]].values.tolist()
    (['jardin', 'puits'], [[0, 1, True]])
    """
    import numpy as np
    import pandas as pd

    from innovsoc_analysis.figures.network import label_boxes

    nodes = found.nodes
    shown = np.flatnonzero((nodes["community"] > 0) & (True if kept is None else kept))
    number = np.full(len(nodes), -1)
    number[shown] = np.arange(len(shown))
    ends = number[np.column_stack([found.pairs.first, found.pairs.second])]
    is_shown = (ends >= 0).all(axis=1)
    drawn, tree = found.drawn & is_shown, ends[found.in_tree & is_shown]
    words = nodes.iloc[shown].reset_index(drop=True)
    groups = words["community"].to_numpy()
    inside = tree[groups[tree[:, 0]] == groups[tree[:, 1]]]
    badges = _badges(words, inside)
    sizes = _sizes(words["n"].to_numpy(dtype=float), largest)
    labels = [_label(found, word) for word in words["word"]]
    boxes = label_boxes(labels, sizes.tolist(), badges.tolist())
    places = tree_layout(boxes, tree, **({} if room is None else {"shape": room[0] / room[1]}))
    values = found.weights[drawn]
    edges = pd.DataFrame(
        {
            "first": ends[drawn, 0],
            "second": ends[drawn, 1],
            "weight": values / found.weights[found.drawn].max() if len(values) else values,
            "in_tree": found.in_tree[drawn],
            "solid": ~(found.stability[drawn] < SURE),
        }
    )
    placed_words = pd.DataFrame(
        {
            "word": words["word"],
            "label": labels,
            "x": places[:, 0],
            "y": places[:, 1],
            "size": sizes,
            "group": groups,
            "badge": badges,
        }
    )
    return placed_words, edges


def caption(found: Similarity, *, n_left: int = 0) -> str:
    """Return how to read the figure and what cannot be concluded from it, in French.

    Parameters
    ----------
    found : Similarity
        The graph.
    n_left : int
        How many words of the graph the figure has no room for.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.graph import similarity_of
    >>> found = similarity_of([[1, 0], [0, 1]], ["jardin", "puits"], n_resamples=0)
    >>> caption(found).splitlines()[-1]
    'Sans lien avec les autres : jardin, puits.'
    """
    kinds = {
        "tree": "seul l'arbre maximum est tracé : les liens les plus forts qui relient tous les mots sans boucle",
        "threshold": f"l'arbre maximum et les liens d'au moins {_french(found.threshold)} sont tracés",
        "all": "tous les liens sont tracés, ceux de l'arbre maximum en sombre",
    }
    if on_slide():
        return _said_briefly(found, n_left=n_left)
    lines = []
    if n_left:
        thing = "code" if found.unit == "segment" else "mot"
        left = f"{n_left} {thing}s ne sont pas montrés" if n_left > 1 else f"un {thing} n'est pas montré"
        lines.append(f"Faute de place, {left}, les moins répandus au bout des branches : voir le tableau.")
    if found.drawn.any():
        lines.append(
            f"Taille d'un mot : {UNIT_NAMES.get(found.unit, 'unités')} où il figure. Épaisseur d'un trait :"
            f" {INDICES[found.index]} (de {_french(found.weights[found.drawn].min())} à"
            f" {_french(found.weights[found.drawn].max())}) ; {kinds[found.edges]}."
        )
        lines.append(
            f"Fonds numérotés : communautés des liens tracés (modularité {_french(found.modularity)} ; parmi tous les"
            f" liens {_french(found.modularity_of_all)})."
            + _drawn_again(found)
            + " Deux mots sans trait peuvent figurer ensemble ; la distance sur le plan ne mesure rien ; ce qu'un trait"
            " veut dire se lit dans les textes."
        )
    lone = [found.labels_of_words.get(word, word) for word in found.isolated]
    if lone:
        more = f" et {len(lone) - _MOST_NAMED} autres" if len(lone) > _MOST_NAMED else ""
        lines.append(f"Sans lien avec les autres : {', '.join(lone[:_MOST_NAMED])}{more}.")
    if found.absent:
        more = f" et {len(found.absent) - _MOST_NAMED} autres" if len(found.absent) > _MOST_NAMED else ""
        lines.append(f"Absents des unités : {', '.join(found.absent[:_MOST_NAMED])}{more}.")
    return "\n".join(lines)


def _said_briefly(found: Similarity, *, n_left: int) -> str:
    """Return the least a slide must say: what lines are, what is not shown, and what is not to be read."""
    left = f" ; {n_left} mots de plus, faute de place, dans le tableau" if n_left else ""
    stable = ", pointillé s'il tient en moins d'un tirage sur deux" if found.n_resamples else ""
    return (
        f"Trait : {INDICES[found.index]}{stable}{left}. Fonds numérotés : communautés. La distance sur le plan ne"
        " mesure rien."
    )


def _drawn_again(found: Similarity) -> str:
    """Return what the draws tell of the tree."""
    if not found.n_resamples:
        return ""
    tree = found.stability[found.in_tree]
    what = "documents" if found.corpus is not None and found.by_document else "unités"
    return (
        f" Stabilité : {int((tree >= SURE).sum())} des {len(tree)} arêtes de l'arbre se retrouvent dans au moins la"
        f" moitié de {found.n_resamples} tirages avec remise des {found.n_groups} {what}."
    )


def _badges(words: pd.DataFrame, inside: NDArray[np.int64]) -> pd.Series:
    """Return the numbers of communities, each at its most widespread word in every place of the tree where it lies."""
    islands = words.assign(island=components(len(words), inside)).sort_values("n", ascending=False, kind="stable")
    first = islands.drop_duplicates("island").index
    return words["community"].astype(str).where(words.index.isin(first), "")


def _label(found: Similarity, word: str) -> str:
    label = found.labels_of_words.get(word)
    return word if label is None else textwrap.fill(label, _LINE, break_on_hyphens=False)


def _sizes(counts: NDArray[np.float64], largest: float) -> NDArray[np.float64]:
    """Return sizes of font between bounds: the surface of a word grows with its units."""
    import numpy as np

    if not len(counts) or counts.min() == counts.max():
        return np.full(len(counts), (_SMALLEST + largest) / 2)
    roots = np.sqrt(counts)
    return _SMALLEST + (largest - _SMALLEST) * (roots - roots.min()) / (roots.max() - roots.min())


def _french(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".") if value < 100 else f"{value:.0f}"  # noqa: PLR2004 - three figures
    return text.replace(".", ",").replace("-", "−")
