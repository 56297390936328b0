"""What a word is wherever words are counted: one rule, so that every view of a corpus gives the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

WORDLESS = frozenset({"PUNCT", "SPACE", "SYM"})
LETTER = r"[^\W\d_]"


def are_words(tokens: pd.DataFrame) -> pd.Series:
    """Return which tokens are words: no punctuation, no symbol, and at least one letter.

    An elided form is a word of its own (« l' », « innovation »), an inclusive form is one word
    (« habitant·e·s »), a number in digits is none (« 2011 »).

    Parameters
    ----------
    tokens : DataFrame
        With the columns ``form`` and ``upos`` of the table ``tokens``.

    Examples
    --------
    >>> import pandas as pd
    >>> are_words(pd.DataFrame({"form": ["En", "2011", ",", "l'"], "upos": ["ADP", "NUM", "PUNCT", "DET"]})).tolist()
    [True, False, False, True]
    """
    return ~tokens["upos"].isin(WORDLESS) & tokens["form"].str.contains(LETTER)


def words_by_document(tokens: pd.DataFrame, doc_ids: Iterable[str]) -> dict[str, int]:
    """Return how many words each document has, those without any included.

    Parameters
    ----------
    tokens : DataFrame
        With the columns ``doc_id``, ``form`` and ``upos`` of the table ``tokens``.
    doc_ids : iterable of str
        Of the documents.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "L'entraide : 12 jardins.", "b": "12."})
    >>> list(words_by_document(corpus.tokens, corpus.documents["doc_id"]).values())
    [3, 0]
    """
    counts = tokens.loc[are_words(tokens), "doc_id"].value_counts()
    return {doc_id: int(counts.get(doc_id, 0)) for doc_id in doc_ids}
