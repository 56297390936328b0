"""Maps: topics that speak in the same words, and documents that speak of the same topics, lie close.

Topics are placed by classical scaling of their Jensen–Shannon distances, as in LDAvis (Sievert &
Shirley 2014); the square root of the divergence is a distance that Euclidean space can hold (Endres &
Schindelin 2003; Fuglede & Topsøe 2004). Documents are placed by principal components of the square
roots of their shares, which is classical scaling of their Hellinger distances. Nothing is drawn at
random: the same model gives the same maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike, NDArray

_DIGITS = 6
_NEGLIGIBLE = 1e-9


class Map(NamedTuple):
    """Points in the plane.

    Attributes
    ----------
    points : DataFrame
        Of topics: ``topic, x, y, share``; of documents: ``doc_id, x, y, topic`` (the first), ``share`` (of it).
    explained : tuple of two floats
        Part of the squared distances that each axis holds; the rest is lost on the map.
    """

    points: pd.DataFrame
    explained: tuple[float, float]


def topic_distances(word_weights: ArrayLike) -> NDArray[np.float64]:
    """Return the Jensen–Shannon distances between topics, from 0 (the same words) to 1 (no word in common).

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t); rows sum to 1.

    Returns
    -------
    array, shape (n_topics, n_topics)
        Square roots of the divergence in bits.

    Examples
    --------
    >>> topic_distances([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]).round(3).tolist()
    [[0.0, 1.0, 0.558], [1.0, 0.0, 0.558], [0.558, 0.558, 0.0]]
    """
    import numpy as np
    from scipy.special import xlogy

    weights = np.asarray(word_weights, dtype=np.float64)
    own = xlogy(weights, weights).sum(axis=1)
    distances = np.zeros((len(weights), len(weights)))
    for topic, row in enumerate(weights):
        middle = (row + weights) / 2
        nats = (own[topic] + own) / 2 - xlogy(middle, middle).sum(axis=1)
        distances[topic] = np.sqrt(np.clip(nats / np.log(2), 0, 1))
    np.fill_diagonal(distances, 0)
    return (distances + distances.T) / 2


def topic_map(word_weights: ArrayLike, topic_shares: ArrayLike) -> Map:
    """Place topics in the plane.

    Parameters
    ----------
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    topic_shares : array, shape (n_topics,)
        Weight of each topic in the corpus, on any scale.

    Returns
    -------
    Map
        Of the topics, numbered from 1; shares from 0 to 1.

    Examples
    --------
    >>> drawn = topic_map([[1.0, 0.0], [0.0, 1.0]], [3, 1])
    >>> drawn.points.values.tolist()
    [[1.0, 0.5, 0.0, 0.75], [2.0, -0.5, 0.0, 0.25]]
    >>> drawn.explained
    (1.0, 0.0)
    """
    import numpy as np
    import pandas as pd

    squared = topic_distances(word_weights) ** 2
    centre = np.eye(len(squared)) - 1 / len(squared)
    values, vectors = np.linalg.eigh(-centre @ squared @ centre / 2)
    places, explained = _plane(values, vectors * np.sqrt(np.clip(values, 0, None)))
    sizes = np.asarray(topic_shares, dtype=np.float64)
    points = {
        "topic": range(1, len(sizes) + 1),
        "x": places[:, 0],
        "y": places[:, 1],
        "share": sizes / (sizes.sum() or 1),
    }
    return Map(pd.DataFrame(points), explained)


def document_map(shares: pd.DataFrame) -> Map:
    """Place documents in the plane.

    Parameters
    ----------
    shares : DataFrame, shape (n_documents, n_topics)
        Indexed by ``doc_id``; a document without words, whose shares are all 0, is left out.

    Returns
    -------
    Map
        Of the documents.

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({1: [1.0, 0.0, 0.0], 2: [0.0, 1.0, 0.0]}, index=["a", "b", "vide"])
    >>> document_map(shares).points[["doc_id", "x", "topic"]].values.tolist()
    [['a', 0.707107, 1], ['b', -0.707107, 2]]
    """
    import numpy as np
    import pandas as pd

    kept = shares[shares.sum(axis=1) > 0]
    values = kept.to_numpy(dtype=np.float64)
    roots = np.sqrt(values)
    centred = roots - roots.mean(axis=0) if len(roots) else roots
    spread, axes = np.linalg.eigh(centred.T @ centred)
    places, explained = _plane(spread, centred @ axes)
    points = {
        "doc_id": kept.index,
        "x": places[:, 0],
        "y": places[:, 1],
        "topic": shares.columns.to_numpy()[values.argmax(axis=1)] if len(values) else [],
        "share": values.max(axis=1, initial=0),
    }
    return Map(pd.DataFrame(points), explained)


def plot_topics(drawn: Map, *, labels: Mapping[int, str], title: str, ax: Axes | None = None) -> Axes:
    """Draw the map of topics: one disc per topic, as large as its share.

    Parameters
    ----------
    drawn : Map
        From `topic_map`.
    labels : mapping of int to str
        Topic → its label.
    title : str
        In French.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    from innovsoc_analysis.figures.scatter import disc_map

    points = drawn.points.assign(
        name=drawn.points["topic"].astype(str), label=[labels.get(int(topic), "") for topic in drawn.points["topic"]]
    )
    caption = f"surface : part du thème dans le corpus ; {_kept(drawn)}"
    return disc_map(points, title=title, caption=caption, ax=ax)


def plot_documents(
    drawn: Map,
    *,
    labels: Mapping[int, str],
    titles: Mapping[str, str],
    title: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw the map of documents: one mark each, by its first topic; names where there is room for them.

    Parameters
    ----------
    drawn : Map
        From `document_map`.
    labels : mapping of int to str
        Topic → its label.
    titles : mapping of str to str
        ``doc_id`` → what names the document.
    title : str
        In French.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Documents that speak most of one topic are named first.
    """
    from innovsoc_analysis.figures.scatter import mark_map

    points = drawn.points.assign(
        group=[f"{topic}. {labels.get(int(topic), '')}".rstrip(". ") for topic in drawn.points["topic"]],
        order=drawn.points["topic"],
        label=[titles.get(doc_id, "") for doc_id in drawn.points["doc_id"]],
        weight=drawn.points["share"],
    )
    caption = f"n = {len(points)} documents, par leur premier thème ; {_kept(drawn)}"
    return mark_map(points, title=title, caption=caption, ax=ax)


def _plane(
    values: NDArray[np.float64], coordinates: NDArray[np.float64]
) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """Return the coordinates on the two strongest axes, the farthest point of each on its positive side."""
    import numpy as np

    values = np.clip(values, 0, None)
    total = values.sum()
    places = np.zeros((len(coordinates), 2))
    explained = [0.0, 0.0]
    for axis, place in enumerate(np.argsort(-values, kind="stable")[:2]):
        # an axis of rounding errors would show differences that are none
        if total <= _NEGLIGIBLE or values[place] <= _NEGLIGIBLE * total:
            break
        column = coordinates[:, place]
        far = np.abs(column).round(_DIGITS).argmax()
        places[:, axis] = (column if column[far] > 0 else -column).round(_DIGITS) + 0.0
        explained[axis] = float(values[place] / total)
    return places, (explained[0], explained[1])


def _kept(drawn: Map) -> str:
    return f"la carte montre {100 * sum(drawn.explained):.0f}\u202f% des écarts"
