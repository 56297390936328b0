"""The tokens of a corpus as numbers: each distinct form, lemma and part of speech is stored and compared once."""

from __future__ import annotations

import re
import unicodedata
import weakref
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from innovsoc_analysis.counting.words import LETTER, WORDLESS
from innovsoc_analysis.nlp.words import STRAIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def fold(word: str, *, accents: bool = True) -> str:
    """Return a word as it is compared: in lower case, apostrophes and hyphens straight.

    Parameters
    ----------
    word : str
        As written.
    accents : bool
        ``False`` drops accents and cedillas and takes ligatures apart.

    Examples
    --------
    >>> fold("L’"), fold("Cœur Été", accents=False)
    ("l'", 'coeur ete')
    """
    word = word.translate(STRAIGHT).lower()
    if accents or word.isascii():
        return word
    marked = unicodedata.normalize("NFD", word.translate(_LIGATURES))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=False, eq=False)
class Column:
    """One column of the tokens: a number per token, a name per number.

    Attributes
    ----------
    codes : array, shape (n_tokens,)
        Row of each token in `names`.
    names : list of str
        Distinct values.
    """

    codes: NDArray[np.int32]
    names: list[str]

    @cached_property
    def folded(self) -> list[str]:
        """The names as they are compared."""
        return [fold(name) for name in self.names]

    @cached_property
    def bare(self) -> list[str]:
        """The names as they are compared without accents."""
        return [fold(name, accents=False) for name in self.names]

    def compared(self, *, accents: bool) -> list[str]:
        """Return the names as they are compared, with accents or without."""
        return self.folded if accents else self.bare


@dataclass(frozen=True, slots=False, eq=False, repr=False)
class TokenIndex:
    """The tokens of a corpus, in order, as arrays.

    A *place* is a number that grows along the corpus: ``document × stride + offset``, which lets
    documents, turns and sentences be found by bisection.

    Attributes
    ----------
    form, lemma, upos : Column
        What tokens are.
    inclusive : array of bool, shape (n_tokens,)
        Which are inclusive forms.
    documents : array, shape (n_tokens,)
        Row of each token's document in ``corpus.documents``.
    starts, ends : array, shape (n_tokens,)
        Offsets in the document.
    stride : int
        More than the length of any document.
    """

    form: Column
    lemma: Column
    upos: Column
    inclusive: NDArray[np.bool_]
    documents: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    stride: int

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.starts)

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """Where each token starts, in the order of the corpus."""
        return self.documents * self.stride + self.starts

    @cached_property
    def words(self) -> NDArray[np.int64]:
        """Rows of the tokens that are words rather than punctuation."""
        import numpy as np

        spoken = np.array([name not in WORDLESS for name in self.upos.names], dtype=bool)
        written = np.array([re.search(r"\w", name) is not None for name in self.form.names], dtype=bool)
        return np.flatnonzero(spoken[self.upos.codes] & written[self.form.codes])

    @cached_property
    def counted(self) -> NDArray[np.int64]:
        """Rows of the words that rates are for: those with a letter, as everywhere words are counted."""
        import numpy as np

        lettered = np.array([re.search(LETTER, name) is not None for name in self.form.names], dtype=bool)
        return self.words[lettered[self.form.codes[self.words]]]


def index_tokens(corpus: Corpus) -> TokenIndex:
    """Return the index of the tokens of `corpus`; that of the corpus asked for last is kept.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> index = index_tokens(corpus_from_texts({"a": "Un puits, un jardin."}))
    >>> index.form.folded, index.words.tolist()
    (['un', 'puits', ',', 'un', 'jardin', '.'], [0, 1, 3, 4])
    """
    tokens = corpus.tokens
    for known, index in _LATEST:
        if known() is tokens:
            return index
    index = _index(corpus.documents, tokens)
    _LATEST[:] = [(weakref.ref(tokens), index)]
    return index


_LATEST: list[tuple[weakref.ref[pd.DataFrame], TokenIndex]] = []


def _index(documents: pd.DataFrame, tokens: pd.DataFrame) -> TokenIndex:
    import numpy as np

    where = _column(tokens["doc_id"])
    rows = {doc_id: row for row, doc_id in enumerate(documents["doc_id"])}
    numbers = np.array([rows[doc_id] for doc_id in where.names], dtype=np.int64)
    longest = int(documents["text"].str.len().max()) if len(documents) else 0
    return TokenIndex(
        form=_column(tokens["form"]),
        lemma=_column(tokens["lemma"]),
        upos=_column(tokens["upos"]),
        inclusive=tokens["inclusive"].fillna(value=False).to_numpy(dtype=bool),
        documents=numbers[where.codes],
        starts=tokens["start"].to_numpy(dtype=np.int64),
        ends=tokens["end"].to_numpy(dtype=np.int64),
        stride=longest + 2,
    )


def _column(values: pd.Series) -> Column:
    """Return a column by numbers, missing values being empty."""
    import numpy as np
    import pyarrow as pa

    array = pa.chunked_array([pa.array(values.fillna(""), type=pa.large_string())])
    encoded = array.dictionary_encode().combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):  # no rows at all
        return Column(np.zeros(0, dtype=np.int32), [])
    return Column(encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist())


def known_rows(names: Iterable[str], wanted: frozenset[str]) -> NDArray[np.bool_]:
    """Return which of `names` are wanted."""
    import numpy as np

    return np.fromiter((name in wanted for name in names), dtype=bool)
