"""From a class back to the texts: its characteristic segments, with the words that make them so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.classes.profiles import DIGITS, THRESHOLD

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.classes.material import Material
    from innovsoc_analysis.study.corpus import Corpus

SEGMENTS = [
    "score", "relative", "quote", "marked", "words", "title", "source", "speaker", "doc_id", "start", "end", "unit_id",
]  # fmt: skip
"""Columns of characteristic segments."""


def characteristic_units(
    corpus: Corpus, material: Material, rows: NDArray[np.int64], *, chi2: NDArray[np.float64], score: str, n: int
) -> pd.DataFrame:
    """Return the units that hold most of the words of a class; `Classes.segments` tells how.

    Parameters
    ----------
    corpus : Corpus
        The texts.
    material : Material
        Their units.
    rows : array of int
        The units of the class.
    chi2 : array, shape (n_active_words,)
        Signed χ² of each active word in the class.
    score : {"score", "relative"}
        By which they are ranked.
    n : int
        How many, at most.

    Returns
    -------
    DataFrame
        Columns `SEGMENTS`.
    """
    import numpy as np

    marked = chi2 >= THRESHOLD
    table = material.active[rows]
    absolute = table @ np.where(marked, chi2, 0.0)
    counted = table @ marked.astype(np.float64)
    relative = np.divide(absolute, counted, out=np.zeros(len(rows)), where=counted > 0)
    ranked = np.lexsort((rows, -(absolute if score == "score" else relative).round(DIGITS)))
    ranked = ranked[counted[ranked] > 0][:n]
    found = quoted(corpus, material, rows[ranked])
    words = material.words["word"].to_numpy()
    lists, quotes = [], []
    for unit, quote, start in zip(rows[ranked], found["quote"], found["start"], strict=True):
        held = table[[int(np.searchsorted(rows, unit))]].indices
        held = held[marked[held]]
        held = held[np.lexsort((words[held].astype(str), -chi2[held].round(DIGITS)))]
        lists.append(", ".join(words[held]))
        pieces = highlighted(material, int(unit), set(held.tolist()), quote=quote, offset=int(start))
        quotes.append("".join(f"**{piece}**" if counts else piece for piece, counts in pieces))
    found = found.assign(score=absolute[ranked], relative=relative[ranked], marked=quotes, words=lists)
    return found[SEGMENTS].reset_index(drop=True)


def quoted(corpus: Corpus, material: Material, rows: NDArray[np.int64]) -> pd.DataFrame:
    """Return units with their text: columns of `Material.units`, and ``quote, title, source``.

    Parameters
    ----------
    corpus, material
        The texts and their units.
    rows : array of int
        Which units.
    """
    documents = corpus.documents.set_index("doc_id")
    texts = documents["text"].to_dict()
    units = material.units.iloc[rows]
    spans = zip(units["doc_id"], units["start"], units["end"], strict=True)
    named = {name: units["doc_id"].map(documents[name]) for name in ("title", "source")}
    return units.assign(quote=[texts[doc_id][start:end] for doc_id, start, end in spans], **named)


def highlighted(material: Material, unit: int, words: set[int], *, quote: str, offset: int) -> list[tuple[str, bool]]:
    """Return a quote in pieces, and which of them are words that count.

    Parameters
    ----------
    material : Material
        The units.
    unit : int
        Row of the unit.
    words : set of int
        Rows of the words that count.
    quote : str
        Text of the unit.
    offset : int
        Where it starts in its document.
    """
    import numpy as np

    first, beyond = np.searchsorted(material.tokens["unit"].to_numpy(), [unit, unit + 1])
    tokens = material.tokens.iloc[first:beyond]
    tokens = tokens[tokens["word"].isin(words)]
    pieces, at = [], 0
    for start, end in zip(tokens["start"] - offset, tokens["end"] - offset, strict=True):
        # words that share a stretch, as « du » does, are marked once
        if start >= at:
            pieces += [(quote[at:start], False), (quote[start:end], True)]
            at = end
    return [(piece, counts) for piece, counts in [*pieces, (quote[at:], False)] if piece]
