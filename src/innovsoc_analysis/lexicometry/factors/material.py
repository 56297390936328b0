"""What is counted for the map: supplementary parts, and the documents that parts are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.counting.parts import spans_by
from innovsoc_analysis.counting.units import unit_rows
from innovsoc_analysis.lexicometry.factors.resampling import Blocks
from innovsoc_analysis.lexicometry.tables import tokens_within
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.tables import LexicalTable
    from innovsoc_analysis.study.corpus import Corpus

UNITS = {"document": "document", "turn": "tour de parole", "paragraph": "paragraphe", "sentence": "phrase"}
"""What can be drawn again, with its French name."""


def counts_by(
    corpus: Corpus, by: str | pd.DataFrame, lexical: LexicalTable, *, codings: Coded | pd.DataFrame | None = None
) -> tuple[list[str], sp.csr_array[np.float64]]:
    """Count the words of `lexical` in other parts of the same corpus.

    Parameters
    ----------
    corpus : Corpus
        That of `lexical`.
    by : str or DataFrame
        What the parts are, see `spans_by`.
    lexical : LexicalTable
        Its words and tokens are used.
    codings : Codings or DataFrame, optional
        For ``by="code"``.

    Returns
    -------
    names : list of str
        Sorted.
    counts : sparse array, shape (n_words, n_parts)
        Parts without any of the words are columns of zeros.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.tables import lexical_table
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un jardin.", "b": "Deux jardins, un puits."}, genre="talk")
    >>> names, counts = counts_by(corpus, "genre", lexical_table(corpus, "title", content=True))
    >>> names, counts.toarray().tolist()
    (['talk'], [[2.0], [1.0]])
    """
    spans = spans_by(corpus, by, codings=codings)
    names = sorted(spans["part"].unique())
    rows, parts = _placed(lexical, spans, names)
    words = _word_rows(lexical)[rows]
    return names, _counted(words, parts, shape=(len(lexical.words), len(names)))


def blocks_of(corpus: Corpus, lexical: LexicalTable, *, kept: tuple[NDArray[np.int64], ...], unit: str) -> Blocks:
    """Return what each document says in each part.

    Parameters
    ----------
    corpus : Corpus
        That of `lexical`.
    lexical : LexicalTable
        The table that was analysed.
    kept : tuple of two arrays of int
        Its rows and columns that are in the analysis.
    unit : str
        A key of `UNITS`: what counts as a document.

    Raises
    ------
    UsageError
        If the unit is unknown or the texts have none.
    """
    import numpy as np
    import pandas as pd

    if unit not in UNITS:
        raise UsageError(f"Unité inconnue : « {unit} » ; choisissez {', '.join(UNITS)}.")
    tokens = lexical.tokens
    if unit == "document":
        owners = pd.factorize(tokens["doc_id"])[0]
    else:
        segments = corpus.segments_of(unit)
        if segments.empty:
            raise UsageError(f"Ces textes n'ont pas de {UNITS[unit]} : choisissez une autre unité.")
        owners = unit_rows(segments, tokens)
    names = [lexical.parts[column] for column in kept[1]]
    rows, parts = _placed(lexical, lexical.spans, names)
    places = np.full(len(lexical.words), -1)
    places[kept[0]] = np.arange(len(kept[0]))
    found = _word_rows(lexical)[rows]
    words = np.where(found >= 0, places[found], -1)
    rows, parts, words = (one[words >= 0] for one in (rows, parts, words))
    pairs = owners[rows].astype(np.int64) * len(names) + parts
    blocks, block_rows = np.unique(pairs, return_inverse=True)
    counts = _counted(block_rows, words, shape=(len(blocks), len(kept[0])))
    return Blocks(counts, blocks % len(names))


def _placed(
    lexical: LexicalTable, spans: pd.DataFrame, names: list[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the tokens of each part, and to which part each belongs."""
    import numpy as np

    grouped = dict(list(spans.groupby("part", sort=False)))
    places = [tokens_within(lexical.tokens, grouped[name]) for name in names]
    return np.concatenate(places), np.repeat(np.arange(len(names)), [len(one) for one in places])


def _word_rows(lexical: LexicalTable) -> NDArray[np.int64]:
    import pandas as pd

    return pd.Index(lexical.words).get_indexer(lexical.tokens["word"])


def _counted(
    rows: NDArray[np.int64], columns: NDArray[np.int64], *, shape: tuple[int, int]
) -> sp.csr_array[np.float64]:
    import numpy as np
    import scipy.sparse as sp

    inside = rows >= 0
    ones = np.ones(int(inside.sum()))
    return sp.coo_array((ones, (rows[inside], columns[inside])), shape=shape).tocsr()
