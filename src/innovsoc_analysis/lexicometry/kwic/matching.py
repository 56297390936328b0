"""Find where the steps of a query stand, all starts at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.kwic.index import TokenIndex
    from innovsoc_analysis.lexicometry.kwic.steps import Step
    from innovsoc_analysis.study.corpus import Corpus

    Rows = NDArray[np.int64]

_MOST_PAIRS = 20_000_000
_TOO_MANY = "La recherche convient à trop d'endroits : ajoutez un mot, ou resserrez les intervalles."


def find_steps(index: TokenIndex, steps: Sequence[Step], *, limits: Rows, longest: bool = False) -> tuple[Rows, Rows]:
    """Return the first and last tokens of each occurrence, in order.

    Parameters
    ----------
    index : TokenIndex
        Of the corpus.
    steps : sequence of Step
        What to find.
    limits : array
        Places, sorted, that an occurrence may not run over, see `limits_of`.
    longest : bool
        Where several occurrences start at the same token or lie within one another, keep the longest
        rather than the shortest.

    Raises
    ------
    UsageError
        If so many tokens fit that they would not fit in memory.

    Notes
    -----
    Pairs (first token, next token) are carried from step to step: time grows with the number of tokens
    and of pairs, not with that of ways to read the query.
    """
    import numpy as np

    if not len(index):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(steps[0].fits(index, slice(None))) if steps[0].low else np.arange(len(index))
    after = first
    for step in steps:
        first, after = _advance(index, step, (first, after), limits=limits)
    used = after > first
    return _unnested(first[used], after[used] - 1, longest=longest)


def limits_of(corpus: Corpus, index: TokenIndex, *, sentences: bool) -> Rows:
    """Return the places where a document, a line or a turn starts, and a sentence if asked."""
    import numpy as np

    doc_ids = corpus.documents["doc_id"].tolist()
    rows = {doc_id: row for row, doc_id in enumerate(doc_ids)}
    places = [
        np.array([row * index.stride + mark.end() for mark in re.finditer("\n", text)], dtype=np.int64)
        for row, text in enumerate(corpus.documents["text"])
    ]
    for unit in ("turn", "sentence") if sentences else ("turn",):
        segments = corpus.segments_of(unit)
        documents = segments["doc_id"].map(rows).to_numpy(dtype=np.int64)
        places.append(documents * index.stride + segments["start"].to_numpy(dtype=np.int64))
    return np.unique(np.concatenate([np.arange(len(doc_ids)) * index.stride, *places]))


def _advance(index: TokenIndex, step: Step, pairs: tuple[Rows, Rows], *, limits: Rows) -> tuple[Rows, Rows]:
    """Return the pairs after `step`, however often it was repeated."""
    import numpy as np

    first, after = pairs
    # one pair per start stays distinct whatever is added to it
    distinct = bool((first[1:] > first[:-1]).all())
    done_first, done_after = ([first], [after]) if step.low == 0 else ([], [])
    room = after < len(index)
    first, after = first[room], after[room]
    unit = _unit(index, first, limits)
    for times in range(1, step.high + 1):
        fits = (after == first) | (_unit(index, after, limits) == unit)
        if not step.is_free or step.refused:
            fits &= step.fits(index, after)
        first, after, unit = first[fits], after[fits] + 1, unit[fits]
        if times >= step.low:
            done_first.append(first)
            done_after.append(after)
        if sum(map(len, done_first)) > _MOST_PAIRS:
            raise UsageError(_TOO_MANY)
        room = after < len(index)
        first, after, unit = first[room], after[room], unit[room]
        if not len(first):
            break
    if not done_first:
        return first[:0], after[:0]
    if len(done_first) == 1:
        return done_first[0], done_after[0]
    first, after = np.concatenate(done_first), np.concatenate(done_after)
    return (first, after) if distinct else _distinct(first, after, len(index) + 1)


def _unit(index: TokenIndex, rows: Rows, limits: Rows) -> Rows:
    import numpy as np

    return np.searchsorted(limits, index.places[rows], side="right")


def _distinct(first: Rows, after: Rows, size: int) -> tuple[Rows, Rows]:
    """Return each pair once, sorted."""
    import numpy as np

    first, after = np.divmod(np.unique(first * size + after), size)
    return first, after


def _unnested(first: Rows, last: Rows, *, longest: bool) -> tuple[Rows, Rows]:
    """Return one occurrence per start, and none within another."""
    import numpy as np

    order = np.lexsort((-last if longest else last, first))
    first, last = first[order], last[order]
    if not len(first):
        return first, last
    new = np.concatenate([[True], first[1:] != first[:-1]])
    first, last = first[new], last[new]
    if longest:
        before = np.concatenate([[-1], np.maximum.accumulate(last)[:-1]])
        kept = last > before
    else:
        later = np.concatenate([np.minimum.accumulate(last[::-1])[::-1][1:], [np.iinfo(np.int64).max]])
        kept = last < later
    return first[kept], last[kept]
