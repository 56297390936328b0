"""The lexical table: how often each word occurs in each part of a corpus."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from innovsoc_analysis.counting.parts import CODE, spans_by
from innovsoc_analysis.counting.vocabulary import Vocabulary, content_tokens, place_terms
from innovsoc_analysis.counting.words import are_words
from innovsoc_analysis.lexicometry.naming import labels_of
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.nlp.terms import merge_terms
from innovsoc_analysis.study.attributes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import pandas as pd
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.nlp.terms import Term
    from innovsoc_analysis.study.corpus import Corpus

    Numbers = NDArray[np.int64]

# the lemma of treebanks puts « je, me, moi » and « mon, notre, leur » together: who speaks to whom would be lost
_PERSONS = {
    "PRON": "je me moi tu te toi il elle on lui le la les leur se soi nous vous ils elles eux iel iels",
    "DET": "mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs",
}
_PERSON = {
    (upos, form): form for upos, forms in _PERSONS.items() for form in forms.split()
} | {
    ("PRON", "j'"): "je", ("PRON", "m'"): "me", ("PRON", "t'"): "te", ("PRON", "s'"): "se", ("PRON", "l'"): "le",
    ("PRON", "l'on"): "on", ("PRON", "iels"): "iel",
    ("DET", "ma"): "mon", ("DET", "mes"): "mon", ("DET", "ta"): "ton", ("DET", "tes"): "ton",
    ("DET", "sa"): "son", ("DET", "ses"): "son", ("DET", "nos"): "notre", ("DET", "vos"): "votre",
    ("DET", "leurs"): "leur",
}  # fmt: skip


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
    labels : dict of str to str
        Code → its label, where parts are codes of a codebook.
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
    labels: dict[str, str] = field(default_factory=dict)

    @cached_property
    def part_rows(self) -> list[Numbers]:
        """Rows of `tokens` that lie in each part, each once, in order."""
        return _rows_within(self.tokens, self.spans, _numbered(self.spans, self.parts), len(self.parts))

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
        What is counted, in lower case: dictionary forms, or words as they are written. Personal pronouns
        and possessives count by person: *je*, *me*, *moi*, *mon*, *notre*.
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
    parts = in_order(spans["part"].unique())
    places = _rows_within(tokens, spans, _numbered(spans, parts), len(parts))
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
        labels=labels_of(codings) if isinstance(by, str) and by == CODE else {},
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
    tokens = content_tokens(tokens, Vocabulary()) if content else tokens[are_words(tokens)]
    if tokens.empty:
        raise UsageError("Les textes ne contiennent aucun mot à compter.")
    words = _plain(tokens[word])
    if word == "lemma" and not content:
        persons = tokens["upos"].isin(list(_PERSONS))
        words.loc[persons] = _by_person(tokens[persons])
    return tokens.assign(word=words).reset_index(drop=True)


def _plain(words: pd.Series) -> pd.Series:
    """Return words in lower case with straight apostrophes; each different word is looked at once."""
    import pandas as pd

    codes, names = pd.factorize(words)
    plain = pd.Series(names, dtype="str").str.lower().str.replace("’", "'")
    return pd.Series(plain.to_numpy()[codes], index=words.index, dtype="str")


def _by_person(tokens: pd.DataFrame) -> list[str]:
    """Return the lemmas, those of personal pronouns and possessives by person."""
    forms = _plain(tokens["form"]).str.replace(r"^-(?:t-)?", "", regex=True)
    pairs = zip(tokens["upos"], forms, _plain(tokens["lemma"]), strict=True)
    return [_PERSON.get((upos, form), lemma) for upos, form, lemma in pairs]


def tokens_within(tokens: pd.DataFrame, spans: pd.DataFrame) -> Numbers:
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
    import pandas as pd

    return _rows_within(tokens, spans, pd.Series(0, index=spans.index), 1)[0]


def _rows_within(tokens: pd.DataFrame, spans: pd.DataFrame, owners: pd.Series, n_owners: int) -> list[Numbers]:
    """Return, for each number of `owners`, the rows of `tokens` that start in one of its spans."""
    import numpy as np
    import pandas as pd

    numbers, names = pd.factorize(tokens["doc_id"])
    known = spans["doc_id"].isin(names)
    spans, owners = spans[known], owners[known]
    if tokens.empty or spans.empty:
        return [np.zeros(0, dtype=np.int64) for _ in range(n_owners)]
    width = 1 + max(int(tokens["start"].max()), int(spans["end"].max()))
    offsets = pd.Index(names).get_indexer(spans["doc_id"]) * width
    places = numbers * width + tokens["start"].to_numpy()
    first = np.searchsorted(places, offsets + spans["start"].to_numpy())
    beyond = np.searchsorted(places, offsets + spans["end"].to_numpy())
    order = np.argsort(owners.to_numpy(), kind="stable")
    limits = np.searchsorted(owners.to_numpy()[order], np.arange(n_owners + 1))
    return [_union(first[chosen], beyond[chosen]) for chosen in np.split(order, limits[1:-1])]


def _union(first: Numbers, beyond: Numbers) -> Numbers:
    """Return the numbers that lie in at least one of half-open intervals, each once, in order."""
    import numpy as np

    order = np.argsort(first, kind="stable")
    first, beyond = first[order], np.maximum.accumulate(beyond[order])
    # what an earlier interval holds already is left to it
    starts = np.maximum(first, np.concatenate([[0], beyond[:-1]]))
    lengths = np.maximum(beyond - starts, 0)
    before = np.concatenate([[0], lengths.cumsum()[:-1]])
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())


def _numbered(spans: pd.DataFrame, parts: Sequence[str]) -> pd.Series:
    import pandas as pd

    return pd.Series(pd.Index(parts).get_indexer(spans["part"]), index=spans.index)
