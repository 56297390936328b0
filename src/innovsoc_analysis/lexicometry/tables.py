"""The lexical table: how often each word occurs in each part of a corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from innovsoc_analysis.counting.parts import spans_by
from innovsoc_analysis.counting.vocabulary import Vocabulary, content_tokens, place_terms
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.terms import merge_terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus

_NO_WORDS = ("PUNCT", "SPACE", "SYM")


@dataclass(frozen=True, slots=False, eq=False, repr=False)
class LexicalTable:
    """Words in rows, parts in columns.

    Attributes
    ----------
    counts : sparse array, shape (n_words, n_parts)
        f: occurrences of each word in each part.
    words : tuple of str
        Sorted.
    parts : tuple of str
        In natural order: 9 before 10.
    totals : array, shape (n_words,)
        F: occurrences of each word in the whole corpus, parts or not.
    sizes : array, shape (n_parts,)
        t: words of each part, those that are no row included.
    size : int
        T: words of the whole corpus.
    by : str
        What the parts are: ``genre``, ``speaker``, ``code``…
    tokens : DataFrame
        Every word of the corpus with its place, schema ``tokens``, and the column ``word``, by which
        it is counted: what leads from a number back to the texts.
    spans : DataFrame
        Where the parts are: ``doc_id, start, end, part``.
    """

    counts: sp.csr_array[np.int64]
    words: tuple[str, ...]
    parts: tuple[str, ...]
    totals: NDArray[np.int64]
    sizes: NDArray[np.int64]
    size: int
    by: str
    tokens: pd.DataFrame
    spans: pd.DataFrame

    @cached_property
    def table(self) -> pd.DataFrame:
        """The counts, words in rows (index ``word``), parts in columns."""
        import pandas as pd

        return pd.DataFrame(
            self.counts.toarray(), index=pd.Index(self.words, name="word"), columns=pd.Index(self.parts, name=self.by)
        )

    def __repr__(self) -> str:
        """Return counts only: the words may be confidential."""
        return f"<Tableau lexical : {len(self.words)} mots × {len(self.parts)} parties ({self.by})>"


def lexical_table(
    corpus: Corpus,
    by: str | pd.DataFrame = "genre",
    *,
    word: str = "lemma",
    content: bool = False,
    terms: str | Iterable[Term | str] | None = None,
    min_count: int = 1,
    codings: Coded | pd.DataFrame | None = None,
) -> LexicalTable:
    """Count the words of `corpus` by part.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    by : str or DataFrame
        What the parts are, see `spans_by`: an attribute, ``"speaker"``, ``"code"``, or spans.
    word : {"lemma", "form"}
        What is counted, in lower case: dictionary forms, or words as they are written.
    content : bool
        Only nouns, adjectives and verbs that can be about something, see `content_tokens`; by default
        all words, since how people speak shows in the small ones.
    terms : {"field", "learned"} or iterable of Term or str, optional
        Expressions that are counted as one word, see `Vocabulary`.
    min_count : int
        A word that the corpus holds less often is no row.
    codings : Codings or DataFrame, optional
        For ``by="code"``.

    Returns
    -------
    LexicalTable
        With at least one word and one part.

    Raises
    ------
    UsageError
        If a choice is unknown, or no word or part is left.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "Un puits, un jardin.", "b": "Deux jardins."})
    >>> lexical_table(corpus, "title", content=True).table.to_dict("index")
    {'jardin': {'a': 1, 'b': 1}, 'puits': {'a': 1, 'b': 0}}
    """
    import numpy as np
    import pandas as pd
    import scipy.sparse as sp

    spans = spans_by(corpus, by, codings=codings)
    tokens = words_of(corpus, word=word, content=content, terms=terms)
    codes, names = pd.factorize(tokens["word"], sort=True)
    totals = np.bincount(codes, minlength=len(names)).astype(np.int64)
    kept = np.flatnonzero(totals >= min_count)
    if not len(kept):
        raise UsageError(f"Aucun mot ne figure au moins {min_count} fois dans les textes : abaissez ce seuil.")
    parts = sorted(spans["part"].unique(), key=natural_order)
    places = [tokens_within(tokens, spans[spans["part"] == part]) for part in parts]
    rows = codes[np.concatenate(places)]
    columns = np.repeat(np.arange(len(parts)), [len(one) for one in places])
    counts = sp.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(names), len(parts))).tocsr()
    return LexicalTable(
        counts=counts[kept],
        words=tuple(names[kept].tolist()),
        parts=tuple(parts),
        totals=totals[kept],
        sizes=np.array([len(one) for one in places], dtype=np.int64),
        size=len(tokens),
        by=by if isinstance(by, str) else "part",
        tokens=tokens,
        spans=spans,
    )


def words_of(
    corpus: Corpus, *, word: str = "lemma", content: bool = False, terms: str | Iterable[Term | str] | None = None
) -> pd.DataFrame:
    """Return the words of `corpus` with their place: its tokens that are no punctuation, and the column ``word``.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    word, content, terms
        As for `lexical_table`.

    Raises
    ------
    UsageError
        If a choice is unknown, or there is no word.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> words_of(corpus_from_texts({"a": "Les jardins."}))["word"].tolist()
    ['le', 'jardin']
    """
    if word not in {"lemma", "form"}:
        raise UsageError(f"Mot inconnu : « {word} » ; choisissez lemma (lemmes) ou form (formes).")
    found = place_terms(corpus, terms)
    tokens = corpus.tokens if found is None else merge_terms(corpus.tokens, found)
    if content:
        tokens = content_tokens(tokens, Vocabulary())
    else:
        tokens = tokens[~tokens["upos"].isin(_NO_WORDS) & tokens["form"].str.contains(r"\w")]
    if tokens.empty:
        raise UsageError("Les textes ne contiennent aucun mot à compter.")
    return tokens.assign(word=tokens[word].str.lower().str.replace("’", "'")).reset_index(drop=True)


def tokens_within(tokens: pd.DataFrame, spans: pd.DataFrame) -> NDArray[np.int64]:
    """Return the rows of `tokens` that start in one of `spans`, each once, in order.

    Parameters
    ----------
    tokens : DataFrame
        Columns ``doc_id, start``, in the order of the corpus.
    spans : DataFrame
        Columns ``doc_id, start, end``; they may overlap.

    Examples
    --------
    >>> import pandas as pd
    >>> tokens = pd.DataFrame({"doc_id": ["a", "a", "b"], "start": [0, 5, 0]})
    >>> tokens_within(tokens, pd.DataFrame({"doc_id": ["a", "a"], "start": [0, 4], "end": [6, 9]})).tolist()
    [0, 1]
    """
    import numpy as np
    import pandas as pd

    numbers, names = pd.factorize(tokens["doc_id"])
    spans = spans[spans["doc_id"].isin(names)]
    if tokens.empty or spans.empty:
        return np.zeros(0, dtype=np.int64)
    width = 1 + max(int(tokens["start"].max()), int(spans["end"].max()))
    offsets = pd.Index(names).get_indexer(spans["doc_id"]) * width
    places = numbers * width + tokens["start"].to_numpy()
    first = np.searchsorted(places, offsets + spans["start"].to_numpy())
    beyond = np.searchsorted(places, offsets + spans["end"].to_numpy())
    # +1 where a span begins and -1 where it ends: what lies in at least one is above zero
    depth = np.zeros(len(places) + 1, dtype=np.int64)
    np.add.at(depth, first, 1)
    np.add.at(depth, beyond, -1)
    return np.flatnonzero(depth.cumsum()[:-1] > 0)


def natural_order(part: str) -> list[tuple[int, int, str]]:
    """Return what names are sorted by, the numbers within them as numbers: « 9 » before « 10 »."""
    pieces = re.findall(r"\d{1,18}|\D+|\d+", part)
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]
