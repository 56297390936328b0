"""What coders code: the segments of a corpus with their words, document by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.coding.matching import Word
from innovsoc_analysis.coding.patterns import normalise, token_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus

UNITS = {"phrase": "sentence", "paragraphe": "paragraph", "tour": "turn"}
_UNITS_AT_ONCE = 2000
_VERBS = frozenset({"VERB", "AUX"})


class Token(NamedTuple):
    """A token of a unit: its place in the document, its lemma and what a rule may ask of it."""

    start: int
    end: int
    lemma: str
    word: Word


class Unit(NamedTuple):
    """A segment to code, with its wording and tokens."""

    segment_id: str
    doc_id: str
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]

    @property
    def has_verb(self) -> bool:
        """Whether it says something, as a sentence does and most titles do not."""
        return any(token.word.upos in _VERBS for token in self.tokens)

    @property
    def words(self) -> list[Word]:
        """The tokens as rules see them."""
        return [token.word for token in self.tokens]


def units_of(corpus: Corpus, unit: str) -> Iterator[list[Unit]]:
    """Yield the units of each document that has any, in order.

    Parameters
    ----------
    corpus : Corpus
        Annotated as needed.
    unit : {"phrase", "paragraphe", "tour"}
        Unit of the codebook; a document without speaker turns is coded by paragraph.

    Yields
    ------
    list of Unit
        Those of one document.
    """
    texts = corpus.documents.set_index("doc_id")["text"].to_dict()
    by_document = dict(iter(corpus.tokens.groupby("doc_id", sort=False)))
    for doc_id, frame in segments_to_code(corpus.segments, unit).groupby("doc_id", sort=False):
        tokens = _tokens(by_document[doc_id]) if doc_id in by_document else []
        yield list(_with_tokens(frame, tokens, texts[doc_id]))


def are_stated(units: Sequence[Unit], fired: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which codes of which units may be sure, shape (n_units, n_codes).

    A title says nothing of its subject: what no rule finds in a unit without a verb is never sure.

    Parameters
    ----------
    units : sequence of Unit
    fired : array of bool, shape (n_units, n_codes)
        Whether a rule found the code.

    Examples
    --------
    >>> import numpy as np
    >>> are_stated([Unit("s1", "d1", 0, 7, "Un toit", ())], np.array([[True, False]])).tolist()
    [[True, False]]
    """
    import numpy as np

    said = np.array([unit.has_verb for unit in units], dtype=bool)
    return fired | said[:, None]


def batches_of(documents: Iterable[list[Unit]]) -> Iterator[list[list[Unit]]]:
    """Gather documents until they hold about two thousand units, so that memory stays bounded.

    Parameters
    ----------
    documents : iterable of list of Unit
        A list for each document.

    Examples
    --------
    >>> unit = Unit("s1", "d1", 0, 3, "Oui", ())
    >>> [len(batch) for batch in batches_of([[unit] * 1500, [unit] * 500, [unit]])]
    [2, 1]
    """
    batch: list[list[Unit]] = []
    n_units = 0
    for units in documents:
        batch.append(units)
        n_units += len(units)
        if n_units >= _UNITS_AT_ONCE:
            yield batch
            batch, n_units = [], 0
    if batch:
        yield batch


def segments_to_code(segments: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return those of `segments` that a codebook of that `unit` codes; without speaker turns, paragraphs."""
    wanted = segments["unit"] == UNITS[unit]
    if unit == "tour":
        has_turns = segments["doc_id"].isin(segments.loc[wanted, "doc_id"])
        wanted |= ~has_turns & (segments["unit"] == "paragraph")
    return segments[wanted]


def _tokens(frame: pd.DataFrame) -> list[Token]:
    columns = (frame[name].tolist() for name in ("start", "end", "form", "lemma", "upos"))
    return [
        Token(start, end, lemma, Word(normalise(form).lower(), upos, frozenset(token_keys(form, lemma, upos))))
        for start, end, form, lemma, upos in zip(*columns, strict=True)
    ]


def _with_tokens(frame: pd.DataFrame, tokens: list[Token], text: str) -> Iterator[Unit]:
    """Give each segment its tokens; both are in the order of the text."""
    position = 0
    columns = (frame[name].tolist() for name in ("segment_id", "doc_id", "start", "end"))
    for segment_id, doc_id, start, end in zip(*columns, strict=True):
        while position < len(tokens) and tokens[position].start < start:
            position += 1
        first = position
        while position < len(tokens) and tokens[position].end <= end:
            position += 1
        yield Unit(segment_id, doc_id, start, end, text[start:end], tuple(tokens[first:position]))
