"""The units whose words are counted: documents, paragraphs, or context units."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.model.identifiers import segment_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus

    Numbers = NDArray[np.int64]


class _Sentence(NamedTuple):
    place: int
    start: int
    end: int


UNITS = {
    "document": ("document", "documents"),
    "paragraph": ("paragraphe", "paragraphes"),
    "context": ("unité de contexte", "unités de contexte"),
}
"""What each unit is called: one, several."""


def counted_units(n: int, unit: str) -> str:
    """Return a number of units in words.

    Examples
    --------
    >>> counted_units(1, "document"), counted_units(12, "context")
    ('1 document', '12 unités de contexte')
    """
    one, several = UNITS[unit]
    return f"{n} {several if n > 1 else one}"


def make_units(
    corpus: Corpus, unit: str = "document", *, words: pd.DataFrame | None = None, context_words: int = 40
) -> pd.DataFrame:
    r"""Cut the documents of `corpus` into units.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use, unless the unit is the document.
    unit : {"document", "paragraph", "context"}
        A context unit is a stretch of consecutive sentences of one document, and of one turn of a
        speaker where there are speakers, that holds at least `context_words` content words.
    words : DataFrame, optional
        Content words, schema ``tokens``; by default, all tokens. Only context units ask for them.
    context_words : int
        Fewest content words of a context unit. The rest at the end of a document or of a turn is
        joined to the unit before; a turn that holds fewer is a unit by itself.

    Returns
    -------
    DataFrame
        One row per unit, in order: ``unit_id, doc_id, start, end, speaker``. Every document has at
        least one unit, be it empty.

    Notes
    -----
    Context units are those of Reinert (1983, *Les Cahiers de l’analyse des données* 8(2)): as long as
    it takes for words to meet, and cut between sentences.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un jardin.\n\nDes serres. Un puits."})
    >>> make_units(corpus, "paragraph")[["start", "end"]].values.tolist()
    [[0, 10], [12, 33]]
    >>> make_units(corpus, "context", context_words=4)[["start", "end"]].values.tolist()
    [[0, 33]]
    """
    documents = corpus.documents
    if unit == "document":
        return _frame(_whole(documents), unit)
    if unit == "paragraph":
        segments = corpus.segments_of("paragraph")
    else:
        segments = _contexts(corpus.sentences, corpus.tokens if words is None else words, context_words)
    empty = documents[~documents["doc_id"].isin(segments["doc_id"])]
    rows = [*segments[["doc_id", "start", "end", "speaker"]].itertuples(index=False, name=None)]
    rows += _whole(empty)
    order = {doc_id: place for place, doc_id in enumerate(documents["doc_id"])}
    rows.sort(key=lambda row: (order[row[0]], row[1]))
    return _frame(rows, unit)


def unit_rows(units: pd.DataFrame, places: pd.DataFrame) -> Numbers:
    """Return in which row of `units` each place starts.

    Parameters
    ----------
    units : DataFrame
        From `make_units`.
    places : DataFrame
        Tokens or segments: columns ``doc_id`` and ``start``.

    Returns
    -------
    array of int
        One row number per place.

    Examples
    --------
    >>> import pandas as pd
    >>> units = pd.DataFrame({"doc_id": ["a", "a", "b"], "start": [0, 12, 0], "end": [10, 33, 8]})
    >>> unit_rows(units, pd.DataFrame({"doc_id": ["b", "a", "a"], "start": [3, 12, 0]})).tolist()
    [2, 1, 0]
    """
    import numpy as np
    import pandas as pd

    if places.empty:
        return np.zeros(0, dtype=np.int64)
    numbers, names = pd.factorize(units["doc_id"])
    width = 1 + max(int(units["end"].max()), int(places["start"].max()))
    starts = numbers * width + units["start"].to_numpy()
    # units cover the words and are in order: a place is in the last unit that starts before it
    wanted = pd.Index(names).get_indexer(places["doc_id"]) * width + places["start"].to_numpy()
    return np.searchsorted(starts, wanted, side="right") - 1


def _whole(documents: pd.DataFrame) -> list[tuple[str, int, int, str | None]]:
    return [(doc_id, 0, len(text), None) for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)]


def _contexts(sentences: pd.DataFrame, words: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Gather consecutive sentences until they hold `fewest` words."""
    import numpy as np
    import pandas as pd

    held = np.bincount(unit_rows(sentences, words), minlength=len(sentences)).tolist()
    spans: list[tuple[str, int, int, str | None]] = []
    for (doc_id, speaker), turn in _turns(sentences):
        spans += [(doc_id, start, end, speaker) for start, end in _gathered(turn, held, fewest)]
    return pd.DataFrame(spans, columns=["doc_id", "start", "end", "speaker"])


def _turns(sentences: pd.DataFrame) -> Iterator[tuple[tuple[str, str | None], list[_Sentence]]]:
    """Yield the sentences one speaker says in a row, or a whole document without speakers."""
    from itertools import groupby

    columns = (sentences[name].tolist() for name in ("doc_id", "speaker", "start", "end"))
    rows = (
        (doc_id, speaker if isinstance(speaker, str) else None, _Sentence(place, start, end))
        for place, (doc_id, speaker, start, end) in enumerate(zip(*columns, strict=True))
    )
    for who, group in groupby(rows, key=lambda row: row[:2]):
        yield who, [sentence for _, _, sentence in group]


def _gathered(turn: list[_Sentence], held: list[int], fewest: int) -> list[tuple[int, int]]:
    groups: list[list[_Sentence]] = [[]]
    n_words = 0
    for sentence in turn:
        if n_words >= fewest:
            groups.append([])
            n_words = 0
        groups[-1].append(sentence)
        n_words += held[sentence.place]
    if n_words < fewest and len(groups) > 1:
        rest = groups.pop()
        groups[-1] += rest
    return [(group[0].start, group[-1].end) for group in groups]


def _frame(spans: Sequence[tuple[str, int, int, str | None]], unit: str) -> pd.DataFrame:
    import pandas as pd

    units = pd.DataFrame(spans, columns=["doc_id", "start", "end", "speaker"])
    if unit == "document":
        ids = units["doc_id"].tolist()
    else:
        columns = (units[name].tolist() for name in ("doc_id", "start", "end"))
        ids = [segment_id(doc_id, unit, start, end) for doc_id, start, end in zip(*columns, strict=True)]
    units.insert(0, "unit_id", pd.Series(ids, dtype="str"))
    return units.astype({"doc_id": "str", "start": "int64", "end": "int64", "speaker": "str"})
