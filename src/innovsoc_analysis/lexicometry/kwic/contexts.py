"""Cut what stands to the left and right of occurrences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.checks import is_whole
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.kwic.index import TokenIndex
    from innovsoc_analysis.study.corpus import Corpus

    Rows = NDArray[np.int64]

COLUMNS = ["source", "title", "genre", "speaker", "left", "pivot", "right", "doc_id", "start", "end"]
LIMITS = {"turn": "prise de parole", "sentence": "phrase entière", "document": "document"}
UNITS = {"characters": "caractères", "words": "mots"}


@dataclass(frozen=True, slots=True)
class Context:
    """How much is quoted around an occurrence.

    Attributes
    ----------
    width : int
        Characters or words on each side, 0 or more.
    unit : {"characters", "words"}
        What the width counts.
    within : {"turn", "sentence", "document"}
        What a context does not go beyond; a sentence is quoted whole, whatever the width.
    """

    width: int = 60
    unit: str = "characters"
    within: str = "turn"

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise UsageError(f"« {self.unit} » : la largeur se compte en characters (caractères) ou en words (mots).")
        if self.within not in LIMITS:
            raise UsageError(
                f"« {self.within} » : un contexte s'arrête à turn (prise de parole), sentence (phrase) ou document."
            )
        if not is_whole(self.width) or self.width < 0:
            raise UsageError(f"La largeur du contexte est un nombre de {UNITS[self.unit]} : 0 ou davantage.")


@dataclass(frozen=True, slots=True)
class Spans:
    """Places where stretches of one kind start and end, in order, and the number of each in its table."""

    starts: Rows
    ends: Rows
    numbers: Rows

    def at(self, places: Rows) -> Rows:
        """Return the stretch, as a row of this object, that holds each place; -1 for none."""
        import numpy as np

        if not len(self.starts):
            return np.full(len(places), -1, dtype=np.int64)
        rows = np.searchsorted(self.starts, places, side="right") - 1
        return np.where((rows >= 0) & (places < self.ends[rows]), rows, -1)


def spans_of(segments: pd.DataFrame, corpus: Corpus, index: TokenIndex) -> Spans:
    """Return where `segments`, which do not overlap, stand."""
    import numpy as np

    rows = {doc_id: row for row, doc_id in enumerate(corpus.documents["doc_id"])}
    documents = segments["doc_id"].map(rows).to_numpy(dtype=np.int64) * index.stride
    starts = documents + segments["start"].to_numpy(dtype=np.int64)
    order = np.argsort(starts, kind="stable")
    return Spans(starts[order], (documents + segments["end"].to_numpy(dtype=np.int64))[order], order)


def bounds(corpus: Corpus, index: TokenIndex, *, first: Rows, last: Rows, within: str) -> tuple[Rows, Rows]:
    """Return the offsets between which the contexts of occurrences lie.

    Parameters
    ----------
    corpus : Corpus
        Of the index.
    index : TokenIndex
        Of the corpus.
    first, last : array
        First and last token of each occurrence.
    within : {"turn", "sentence", "document"}
        Where contexts stop. What stands outside all turns stops where a turn starts.

    Returns
    -------
    tuple of array
        Start and end, offsets in the document.
    """
    import numpy as np

    documents = index.documents[first]
    lengths = corpus.documents["text"].str.len().to_numpy(dtype=np.int64)
    low, high = np.zeros(len(first), dtype=np.int64), lengths[documents]
    for unit in {"turn": ("turn",), "sentence": ("turn", "sentence")}.get(within, ()):
        spans = spans_of(corpus.segments_of(unit), corpus, index)
        if not len(spans.starts):
            continue
        zero = documents * index.stride
        places = index.places[first], zero + index.ends[last] - 1
        inside, at_end = (spans.at(place) for place in places)
        before = np.searchsorted(spans.starts, places[0], side="right") - 1
        after = np.searchsorted(spans.starts, places[1], side="right")
        previous_end = np.where(before >= 0, spans.ends[before], 0)
        next_start = np.where(
            after < len(spans.starts), spans.starts[np.minimum(after, len(spans.starts) - 1)], 1 << 62
        )
        low = np.maximum(low, np.where(inside >= 0, spans.starts[inside], previous_end) - zero)
        high = np.minimum(high, np.where(at_end >= 0, spans.ends[at_end], next_start) - zero)
    return low, high


def cut_contexts(corpus: Corpus, index: TokenIndex, *, first: Rows, last: Rows, context: Context) -> pd.DataFrame:
    """Return the table of occurrences, columns `COLUMNS`.

    Parameters
    ----------
    corpus : Corpus
        Of the index.
    index : TokenIndex
        Of the corpus.
    first, last : array
        First and last token of each occurrence, in the order of the rows wanted.
    context : Context
        How much is quoted.
    """
    import pandas as pd

    documents, starts, ends = index.documents[first], index.starts[first], index.ends[last]
    low, high = bounds(corpus, index, first=first, last=last, within=context.within)
    by_word = context.unit == "words" and context.within != "sentence"
    if by_word:
        low, high = _nth_words(index, (first, last), context.width, low=low, high=high)
    whole = by_word or context.within == "sentence"
    texts = corpus.documents["text"].tolist()
    rows = zip(documents.tolist(), starts.tolist(), ends.tolist(), low.tolist(), high.tolist(), strict=True)
    cuts = [
        (
            _joined(texts[row][left:start]) if whole else _left(texts[row], start, context.width, left),
            texts[row][start:end],
            _joined(texts[row][end:right]) if whole else _right(texts[row], end, context.width, right),
        )
        for row, start, end, left, right in rows
    ]
    lefts, pivots, rights = zip(*cuts, strict=True) if cuts else ((), (), ())
    columns = corpus.documents[["source", "title", "genre", "doc_id"]].iloc[documents].reset_index(drop=True)
    return columns.assign(
        speaker=speakers(corpus, index, first),
        left=pd.Series(lefts, dtype="str"),
        pivot=pd.Series(pivots, dtype="str"),
        right=pd.Series(rights, dtype="str"),
        start=starts,
        end=ends,
    )[COLUMNS]


def speakers(corpus: Corpus, index: TokenIndex, rows: Rows) -> list[str | None]:
    """Return who says each token, ``None`` outside turns."""
    turns = corpus.segments_of("turn")
    names = [None if missing else name for name, missing in zip(turns["speaker"], turns["speaker"].isna(), strict=True)]
    spans = spans_of(turns, corpus, index)
    return [None if row < 0 else names[spans.numbers[row]] for row in spans.at(index.places[rows]).tolist()]


def nearby_words(index: TokenIndex, rows: Rows, place: int) -> Rows:
    """Return the word that is `place` words after each token, before it if negative; -1 beyond the document."""
    import numpy as np

    words = index.words
    if not len(words):
        return np.full(len(rows), -1, dtype=np.int64)
    if place < 0:
        ranks = np.searchsorted(words, rows, side="left") + place
    else:
        ranks = np.searchsorted(words, rows, side="right") + place - 1
    known = (ranks >= 0) & (ranks < len(words))
    found = words[np.clip(ranks, 0, len(words) - 1)]
    return np.where(known & (index.documents[found] == index.documents[rows]), found, -1)


def _nth_words(index: TokenIndex, rows: tuple[Rows, Rows], width: int, *, low: Rows, high: Rows) -> tuple[Rows, Rows]:
    """Bring the bounds nearer, to `width` words on each side."""
    import numpy as np

    first, last = rows
    if not width:
        return index.starts[first], index.ends[last]
    before, after = nearby_words(index, first, -width), nearby_words(index, last, width)
    low = np.where(before >= 0, np.maximum(low, index.starts[before]), low)
    return low, np.where(after >= 0, np.minimum(high, index.ends[after]), high)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _left(text: str, start: int, width: int, low: int) -> str:
    nearest = max(start - width, low)
    context = text[nearest:start]
    if nearest > low and not text[nearest - 1].isspace():
        context = re.sub(r"^\S*", "", context)
    return _joined(context)


def _right(text: str, end: int, width: int, high: int) -> str:
    nearest = min(end + width, high)
    context = text[end:nearest]
    if nearest < high and not text[nearest].isspace():
        context = re.sub(r"\S*$", "", context)
    return _joined(context)
