"""Whether many documents of a part share a word, or it hangs on one document alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicometry.specificity.hypergeometric import Cells, specificity_index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.tables import LexicalTable

    Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Dispersion:
    """Words by document, for each part.

    Attributes
    ----------
    n_documents : array of int, shape (n_words, n_parts)
        Documents of the part that hold the word there.
    sizes : array of int, shape (n_parts,)
        Documents that hold words of the part.
    without : Cells
        The tables of each word and part, shape (n_words, n_parts), with the document left out that
        holds the word most often in the part; of equals, the first of the corpus. Where no document
        does, nothing is left out.
    """

    n_documents: Integers
    sizes: Integers
    without: Cells


def dispersion(table: LexicalTable) -> Dispersion:
    """Count, for each word and part, the documents that hold it, and what is left without the main one.

    Parameters
    ----------
    table : LexicalTable
        With its tokens and spans.

    Examples
    --------
    >>> from innovsoc_analysis.lexicometry.tables import lexical_table
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits.", "b": "Deux puits."}, genre="project")
    >>> spread = dispersion(lexical_table(corpus))
    >>> spread.n_documents.T.tolist(), spread.without.here.T.tolist()
    ([[1, 2, 1]], [[0, 1, 0]])
    """
    import numpy as np
    import pandas as pd

    documents, names = pd.factorize(table.tokens["doc_id"])
    words = pd.Index(table.words).get_indexer(table.tokens["word"]).astype(np.int64)
    n_words, n_parts, n_documents = len(table.words), len(table.parts), len(names)
    shape = (n_words, n_parts)
    of_corpus = _Pairs.counted(documents, words, n_words)
    document_sizes = np.bincount(documents, minlength=n_documents)
    holding = np.zeros(shape, dtype=np.int64)
    part_documents = np.zeros(n_parts, dtype=np.int64)
    here, total, part, size = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    for column, rows in enumerate(table.part_rows):
        sizes = np.bincount(documents[rows], minlength=n_documents)
        part_documents[column] = np.count_nonzero(sizes)
        pairs = _Pairs.counted(documents[rows], words[rows], n_words)
        holding[:, column] = np.bincount(pairs.words, minlength=n_words)
        heaviest = pairs.heaviest()
        word, document = heaviest.words, heaviest.documents
        here[word, column] = heaviest.counts
        total[word, column] = of_corpus.of(document, word)
        part[word, column] = sizes[document]
        size[word, column] = document_sizes[document]
    return Dispersion(holding, part_documents, _left(table, (here, total, part, size)))


def index_without(spread: Dispersion, where: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the index of specificity without the main document, where it is asked for; elsewhere missing.

    Parameters
    ----------
    spread : Dispersion
        From `dispersion`.
    where : array of bool, shape (n_words, n_parts)
        What to compute; a part that is one document has nothing left without it, and stays missing.

    Returns
    -------
    array of float, shape (n_words, n_parts)

    Examples
    --------
    >>> import numpy as np
    >>> from innovsoc_analysis.lexicometry.specificity.hypergeometric import cells_of
    >>> without = cells_of(np.array([[3]]), total=3, part=5, size=10)
    >>> index_without(Dispersion(np.array([[4]]), np.array([4]), without), np.array([[True]])).round(3).tolist()
    [[1.079]]
    """
    import numpy as np

    asked = where & (spread.sizes > 1)
    result = np.full(where.shape, np.nan)
    left = spread.without
    result[asked] = specificity_index(
        Cells(left.here[asked], left.elsewhere[asked], left.others[asked], left.rest[asked])
    )
    return result


@dataclass(frozen=True, eq=False, repr=False)
class _Pairs:
    """Documents and the words they hold, with how often; sorted."""

    documents: Integers
    words: Integers
    counts: Integers
    n_words: int

    @classmethod
    def counted(cls, documents: Integers, words: Integers, n_words: int) -> _Pairs:
        import numpy as np

        kept = words >= 0
        keys, counts = np.unique(documents[kept] * n_words + words[kept], return_counts=True)
        return cls(keys // n_words, keys % n_words, counts, n_words)

    def heaviest(self) -> _Pairs:
        """Return for each word the document that holds it most often."""
        import numpy as np

        order = np.lexsort((self.documents, -self.counts, self.words))
        words = self.words[order]
        first = order[np.flatnonzero(np.diff(words, prepend=-1))]
        return _Pairs(self.documents[first], self.words[first], self.counts[first], self.n_words)

    def of(self, documents: Integers, words: Integers) -> Integers:
        """Return how often each document holds each word, all being pairs that are here."""
        import numpy as np

        keys = self.documents * self.n_words + self.words
        return self.counts[np.searchsorted(keys, documents * self.n_words + words)]


def _left(table: LexicalTable, removed: tuple[Integers, Integers, Integers, Integers]) -> Cells:
    """Return the tables without what one document holds: f, F, t and T of it."""
    here = table.counts.toarray() - removed[0]
    elsewhere = table.totals[:, None] - removed[1] - here
    others = table.sizes - removed[2] - here
    return Cells(here, elsewhere, others, table.size - removed[3] - here - elsewhere - others)
