"""The page of a topic model: its topics, words, verbatims, groups, maps and documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.pages.rendering import render
from innovsoc_analysis.pages.typography import clock, percent, unbroken
from innovsoc_analysis.topics.reading.maps import document_map, topic_map
from innovsoc_analysis.topics.reading.relevance import LAMBDA, marginal, relevance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_TEMPLATES = resources.files(__package__) / "templates"
_STEPS = 10
_SHOWN_WORDS = 15
_LABEL_WORDS = 3
_MAP, _LARGEST_DISC, _EDGE = 400, 34, 44
_NUMBER = 22.0
_MOST_POINTS = 2000


@dataclass(frozen=True, eq=False)
class Reading:
    """All that the page shows of a topic model.

    Attributes
    ----------
    title : str
        Of the page.
    words : sequence of str
        The vocabulary.
    word_weights : array, shape (n_topics, n_words)
        p(w|t).
    shares : DataFrame, shape (n_documents, n_topics)
        Share of each topic in each document, indexed by ``doc_id``, columns from 1.
    documents : DataFrame
        Columns ``doc_id, title, source, genre``.
    exemplars : DataFrame
        Columns ``topic, quote, title, source, speaker`` and, if known, ``page`` and ``t_start``.
    topic_shares : array, optional
        Share of each topic in the corpus; by default the mean over the documents with words.
    labels : mapping of int to str
        Topic → label; by default its first words.
    stability : DataFrame, optional
        Columns ``topic, stability`` (0 to 1) and, if known, ``low, high, stable`` (bool).
    prevalence : sequence of DataFrame
        Tables of `prevalence` or of an `Evolution`, one an attribute.
    crossed : mapping of int to str
        Topic → what the codebook says of it, in a sentence.
    remarks : sequence of str
        What the reader must know first, in French.
    method : sequence of str
        How it was made: model, seed, unit, in French sentences.
    """

    title: str
    words: Sequence[str]
    word_weights: NDArray[np.float64]
    shares: pd.DataFrame
    documents: pd.DataFrame
    exemplars: pd.DataFrame
    topic_shares: NDArray[np.float64] | None = None
    labels: Mapping[int, str] = field(default_factory=dict)
    stability: pd.DataFrame | None = None
    prevalence: Sequence[pd.DataFrame] = ()
    crossed: Mapping[int, str] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    method: Sequence[str] = ()


def topics_page(reading: Reading) -> str:
    """Return the page.

    Parameters
    ----------
    reading : Reading
        What it shows.

    Returns
    -------
    str
        HTML in which every text of the corpus is escaped and which loads nothing. It holds verbatims:
        it is as confidential as the texts.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> html = topics_page(Reading(
    ...     title="Deux thèmes", words=["jardin", "loyer"], word_weights=np.array([[0.9, 0.1], [0.1, 0.9]]),
    ...     shares=pd.DataFrame({1: [1.0, 0.2], 2: [0.0, 0.8]}, index=["a", "b"]),
    ...     documents=pd.DataFrame({"doc_id": ["a", "b"], "title": ["A", "B"], "source": "", "genre": ""}),
    ...     exemplars=pd.DataFrame(columns=["topic", "quote", "title", "source", "speaker"])))
    >>> html.count("<h1>Deux thèmes</h1>"), "http" in html.replace("http-equiv", "")
    (1, False)
    """
    topics = _topics(reading)
    drawn = document_map(reading.shares)
    values = {
        "topics": topics,
        "n_documents": len(reading.shares),
        "n_without_words": len(reading.shares) - len(drawn.points),
        "map_kept": sum(topic_map(reading.word_weights, _sizes(reading)).explained),
        "documents_kept": sum(drawn.explained),
        "side": _MAP,
        "lam": str(LAMBDA),
        "attributes": [_attribute(table) for table in reading.prevalence],
        "has_stability": reading.stability is not None,
        "remarks": [unbroken(one) for one in reading.remarks],
        "method": [unbroken(one) for one in reading.method],
    }
    return render(_TEMPLATES, values, title=reading.title, kind="Thèmes", data=_data(reading, topics))


def _data(reading: Reading, topics: list[dict[str, Any]]) -> dict[str, Any]:
    shown = ("number", "label", "words", "verbatims", "crossed", "stability")
    return {
        "topics": [{name: topic[name] for name in shown} for topic in topics],
        "prevalence": [_rows(table, len(topics)) for table in reading.prevalence],
        "documents": _documents(reading),
        "side": _MAP,
        "shown": _SHOWN_WORDS,
    }


def _sizes(reading: Reading) -> NDArray[np.float64]:
    import numpy as np

    if reading.topic_shares is not None:
        return np.asarray(reading.topic_shares, dtype=np.float64)
    values = reading.shares.to_numpy(dtype=np.float64)
    counted = values[values.sum(axis=1) > 0]
    return counted.mean(axis=0) if len(counted) else np.zeros(values.shape[1])


def _topics(reading: Reading) -> list[dict[str, Any]]:
    sizes = _sizes(reading)
    everywhere = marginal(reading.word_weights, sizes)
    places = topic_map(reading.word_weights, sizes).points
    discs = _discs(places)
    names = _apart([(x, y) for x, y, _ in discs])
    largest = places["share"].max() or 1
    candidates = _candidates(reading, everywhere)
    stability = {} if reading.stability is None else reading.stability.set_index("topic").to_dict("index")
    topics = []
    for place, share in enumerate(places["share"]):
        number = place + 1
        x, y, radius = discs[place]
        text_x, text_y = names[place]
        words = candidates[place]
        topics.append(
            {
                "number": number,
                "label": reading.labels.get(number) or ", ".join(word for word, *_ in words[:_LABEL_WORDS]),
                "share": float(share),
                "width": round(100 * float(share / largest), 1),
                "x": x,
                "y": y,
                "text_x": text_x,
                "text_y": text_y,
                "radius": radius,
                "words": words,
                "top": [word for word, *_ in words[:_SHOWN_WORDS]],
                "verbatims": _verbatims(reading.exemplars, number),
                "crossed": unbroken(reading.crossed.get(number, "")),
                "stability": _stability(stability.get(number)),
            }
        )
    return topics


def _candidates(reading: Reading, everywhere: NDArray[np.float64]) -> list[list[tuple[str, float, float]]]:
    """Return the words that are among the first for any position of the slider, with p(w|t) and p(w)."""
    import numpy as np

    alphabet = np.argsort(np.argsort(np.asarray(reading.words, dtype=object)))
    kept: list[dict[int, None]] = [{} for _ in reading.word_weights]
    # the default first, so that the list begins with the words that are shown without a script
    for lam in (LAMBDA, *(step / _STEPS for step in range(_STEPS + 1))):
        scores = relevance(reading.word_weights, everywhere, lam=lam)
        for topic, row in enumerate(scores):
            order = np.lexsort((alphabet, -np.where(np.isfinite(row), row, -1e9).round(9)))[:_SHOWN_WORDS]
            kept[topic].update(dict.fromkeys(int(word) for word in order if reading.word_weights[topic, word] > 0))
    return [
        [
            (reading.words[word], _rounded(reading.word_weights[topic, word]), _rounded(everywhere[word]))
            for word in words
        ]
        for topic, words in enumerate(kept)
    ]


def _discs(places: pd.DataFrame) -> list[tuple[float, float, float]]:
    """Return centre and radius of each topic's disc on a square, on one scale in both directions."""
    wide = max(places["x"].max() - places["x"].min(), places["y"].max() - places["y"].min()) or 1.0
    scale = (_MAP - 2 * _EDGE) / wide
    middle_x, middle_y = ((places[name].max() + places[name].min()) / 2 for name in ("x", "y"))
    largest = places["share"].max() or 1
    return [
        (
            round(_MAP / 2 + scale * (row.x - middle_x), 1),
            round(_MAP / 2 - scale * (row.y - middle_y), 1),
            round(max(_LARGEST_DISC * (row.share / largest) ** 0.5, 9), 1),
        )
        for row in places.itertuples()
    ]


def _apart(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move numbers that would read as one away from each other, along the line that joins them."""
    moved = list(places)
    for second, (x, y) in enumerate(places):
        for first, (other_x, other_y) in enumerate(places[:second]):
            distance = ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
            if distance >= _NUMBER:
                continue
            along = ((x - other_x) / distance, (y - other_y) / distance) if distance else (1.0, 0.0)
            push = (_NUMBER - distance) / 2
            for place, sign in ((first, -1), (second, 1)):
                moved[place] = tuple(round(moved[place][axis] + sign * push * along[axis], 1) for axis in (0, 1))
    return moved


def _verbatims(exemplars: pd.DataFrame, topic: int) -> list[dict[str, str]]:
    found = []
    for row in exemplars[exemplars["topic"] == topic].to_dict("records"):
        parts = [_text(row.get("speaker")), _text(row.get("title")), _where(row)]
        found.append(
            {
                "quote": str(row["quote"]),
                "cite": ", ".join(part for part in parts if part),
                "source": _text(row.get("source")),
            }
        )
    return found


def _text(value: Any) -> str:
    from pandas import isna

    return "" if value is None or isna(value) else str(value)


def _where(row: Mapping[str, Any]) -> str:
    """Where a verbatim stands in its source, as people say it: a time or a page."""
    if _text(row.get("t_start")):
        return clock(float(row["t_start"]))
    return f"p.\u00a0{int(row['page'])}" if _text(row.get("page")) else ""


def _stability(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None or not _text(row["stability"]):
        return None
    said = f"{percent(row['stability'])} de stabilité"
    if _text(row.get("low")) and _text(row.get("high")):
        said += f" (de {percent(row['low'])} à {percent(row['high'])})"
    return {"text": said, "stable": bool(row.get("stable", True))}


def _attribute(table: pd.DataFrame) -> str:
    name = str(table["attribute"].iloc[0]) if len(table) else ""
    return attribute_label(name)


def _rows(table: pd.DataFrame, n_topics: int) -> list[list[dict[str, Any]]]:
    """Return the groups of each topic, topics in order."""
    is_genre = set(table["attribute"]) == {"genre"}
    found: list[list[dict[str, Any]]] = [[] for _ in range(n_topics)]
    for row in table.itertuples():
        found[row.topic - 1].append(
            {
                "value": genre_label(row.value) if is_genre else row.value or "non renseigné",
                "share": _rounded(row.share),
                "bounds": [_rounded(row.low), _rounded(row.high)] if _text(row.low) else None,
                "documents": int(row.n_documents),
                "few": bool(row.few),
            }
        )
    return found


def _documents(reading: Reading) -> list[dict[str, Any]]:
    told = reading.documents.set_index("doc_id")[["title", "source", "genre"]].fillna("").astype(str)
    points = document_map(reading.shares).points
    wide = max((points[name].abs().max() for name in ("x", "y")), default=0) if len(points) else 0
    scale = (_MAP / 2 - _EDGE / 2) / (wide or 1)
    drawn = points if len(points) <= _MOST_POINTS else points.iloc[:0]
    place = {
        row.doc_id: [round(_MAP / 2 + scale * row.x, 1), round(_MAP / 2 - scale * row.y, 1)]
        for row in drawn.itertuples()
    }
    rows = []
    for doc_id, shares in zip(reading.shares.index, reading.shares.to_numpy(), strict=True):
        one = told.loc[doc_id]
        rows.append(
            {
                "title": one["title"] or one["source"],
                "source": one["source"],
                "genre": genre_label(one["genre"]),
                "shares": [round(100 * float(share), 1) for share in shares],
                "at": place.get(doc_id),
            }
        )
    return rows


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
