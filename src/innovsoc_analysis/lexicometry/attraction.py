"""Collocates: the words that stand near a word more often than chance would put them there."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from innovsoc_analysis.counting.units import unit_rows
from innovsoc_analysis.lexicometry.checks import is_whole
from innovsoc_analysis.lexicometry.occurrences import occurrences
from innovsoc_analysis.lexicometry.tables import tokens_within, words_of
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.pages.typography import grouped
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.study.corpus import Corpus

WITHIN = {"sentence": "la même phrase", "paragraph": "le même paragraphe"}
FRENCH = {
    "word": "mot",
    "count": "cooccurrences",
    "left": "avant",
    "right": "après",
    "total": "fréquence",
    "expected": "attendues",
    "index": "indice de Lafon",
    "p_adjusted": "p corrigée",
    "log_likelihood": "vraisemblance",
    "log_dice": "log Dice",
    "mean_distance": "distance moyenne",
    "n_documents": "textes",
}
_SHOWN = 20
_LOG_DICE_HIGHEST = 14


@dataclass(frozen=True, repr=False)
class Collocates:
    """Words near a pivot, the most attracted first.

    Attributes
    ----------
    query : tuple of str
        What was looked for.
    table : DataFrame
        Columns ``word, count, left, right, total, expected, index, p_adjusted, log_likelihood, log_dice,
        mean_distance, n_documents``; `collocates` tells what they are.
    n_pivots : int
        Occurrences of the pivot.
    size, near : int
        T: words of the corpus; t: those near a pivot. The words of the pivot itself are in neither.
    window : int or None
        Words looked at on each side; ``None`` for all.
    within : str
        What a window does not leave: ``sentence`` or ``paragraph``.
    found : DataFrame
        Each word near a pivot: ``doc_id, start, end, word, distance, pivot_start, pivot_end, unit``.
    units : DataFrame
        The sentences or paragraphs: ``doc_id, start, end, speaker``.
    corpus : Corpus
        The texts.
    """

    query: tuple[str, ...]
    table: pd.DataFrame
    n_pivots: int
    size: int
    near: int
    window: int | None
    within: str
    found: pd.DataFrame
    units: pd.DataFrame
    corpus: Corpus

    def places(self, word: str) -> pd.DataFrame:
        """Return where `word` stands near the pivot, in the order of the corpus.

        Returns
        -------
        DataFrame
            Columns ``quote`` (the sentence or paragraph), ``distance`` (in words; negative before the
            pivot), ``title, source, speaker, doc_id, start, end, pivot_start, pivot_end``.

        Raises
        ------
        UnknownNameError
            If no such word stands near the pivot.
        """
        rows = self.found[self.found["word"] == word.lower().replace("’", "'")]
        if rows.empty:
            raise UnknownNameError(f"« {word} » ne se trouve pas près de {self._pivot}.")
        documents = self.corpus.documents.set_index("doc_id")
        texts = documents["text"].to_dict()
        around = self.units.iloc[rows["unit"]]
        spans = zip(around["doc_id"], around["start"], around["end"], strict=True)
        return rows.assign(
            quote=[texts[doc_id][start:end] for doc_id, start, end in spans],
            title=rows["doc_id"].map(documents["title"]),
            source=rows["doc_id"].map(documents["source"]),
            speaker=around["speaker"].to_numpy(),
        ).reset_index(drop=True)[
            ["quote", "distance", "title", "source", "speaker", "doc_id", "start", "end", "pivot_start", "pivot_end"]
        ]

    def plot(self, *, n: int = _SHOWN, ax: Axes | None = None) -> Axes:
        """Draw the `n` most attracted words: their index, and how often they stand before and after the pivot."""
        from innovsoc_analysis.figures.ranking import ranking

        rows = self.table.head(n).rename(columns={"word": "label", "index": "value"})
        said = (
            "Un point : combien il est improbable que le mot se trouve si souvent là par hasard (2 : une fois sur"
            " cent), pour un mot choisi d'avance. Être voisin n'est pas dire : relisez les passages (places)."
            if len(rows)
            else "Aucun mot n'est plus fréquent près du pivot que le hasard ne le voudrait."
        )
        return ranking(
            rows[["label", "value", "left", "right"]],
            title=f"Mots attirés par {self._pivot}",
            xlabel="indice de spécificité (Lafon)",
            caption=f"{self._scope} {said}",
            notes={"left": "avant", "right": "après"},
            ax=ax,
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.csv`` or ``.xlsx``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        save_sheets({"Cooccurrents": self.table.rename(columns=FRENCH)}, path, main="Cooccurrents", locale=locale)

    @property
    def _pivot(self) -> str:
        return ", ".join(f"« {one} »" for one in self.query)

    @property
    def _scope(self) -> str:
        each = f"{self.window} mot(s) de chaque côté, dans" if self.window else "mots de"
        return f"{grouped(self.n_pivots)} occurrence(s) du pivot ; {each} {WITHIN[self.within]}."

    def __repr__(self) -> str:
        """Return counts only: the words may be confidential."""
        return f"<Cooccurrents : {self.n_pivots} pivots, {len(self.table)} mots attirés>"

    def _repr_html_(self) -> str:
        shown = self.table.head(_SHOWN)[["word", "count", "left", "right", "total", "index", "log_dice", "n_documents"]]
        html = shown.rename(columns=FRENCH).to_html(index=False, float_format=lambda x: f"{x:.1f}".replace(".", ","))
        return f"<p>Mots attirés par {escape(self._pivot)}. {escape(self._scope)}</p>{html}"


def collocates(
    corpus: Corpus,
    query: str | Sequence[str],
    *,
    window: int | None = 5,
    within: str = "sentence",
    word: str = "lemma",
    content: bool = False,
    min_count: int = 2,
) -> Collocates:
    """Return the words that stand near `query` more often than chance would have it.

    Parameters
    ----------
    corpus : Corpus
        Annotated on first use.
    query : str or sequence of str
        The pivot, as in `concordance`: a word, an expression, ``innov*``…; several are one pivot together.
    window : int, optional
        How many words are looked at on each side, punctuation not counted; ``None`` looks at the
        whole sentence.
    within : {"sentence", "paragraph"}
        What a window does not leave. Neither crosses from one speaker to another.
    word : {"lemma", "form"}
        What is counted near the pivot.
    content : bool
        Only nouns, adjectives and verbs that can be about something. Distances count all words.
    min_count : int
        A word that stands less often near the pivot is left out.

    Returns
    -------
    Collocates
        Its table holds the words that are more frequent near the pivot (f of t words) than in the
        corpus (F of T), by falling ``index``, then ``count``, then in the order of the alphabet:

        - ``count`` f, of which ``left`` and ``right``: a word near two pivots counts once, for the
          nearer; at equal distance, for the one before it;
        - ``total`` F, and ``expected`` F t / T;
        - ``index``: -log10 P(X >= f), X being hypergeometric (Lafon 1984, *Dépouillements et statistiques
          en lexicométrie*, who counts « cooccurrences » so); ``p_adjusted`` corrects it for the number
          of words tested (Benjamini & Hochberg 1995);
        - ``log_likelihood``: G² of the table (Dunning 1993);
        - ``log_dice``: 14 + log2(2 f / (n + F)) for n pivots, f being at most n (Rychlý 2008): at most 14,
          it does not grow with the size of the corpus and can be compared between corpora;
        - ``mean_distance``: in words, 1 for a neighbour; ``n_documents`` where it was found.

    Raises
    ------
    UsageError
        If a choice is unknown, or the pivot does not occur; near words are named.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> texts = {"a": "Le jardin partagé pousse. Un four chauffe. Un jardin partagé vit. Le four cuit."}
    >>> found = collocates(corpus_from_texts(texts), "jardin", window=1)
    >>> found.table[["word", "count", "right", "total", "mean_distance"]].values.tolist()
    [['partager', 2, 2, 2, 1.0]]
    """
    _check(window, within, min_count)
    import numpy as np

    queries = (query,) if isinstance(query, str) else tuple(query)
    words = words_of(corpus, word=word)
    units = corpus.segments_of(within)
    pivots, n_pivots = _pivots(corpus, queries, words)
    unit = unit_rows(units, words)
    distance = _distances(pivots, unit)
    counted = ~pivots if not content else ~pivots & _among(words, words_of(corpus, word=word, content=True))
    near = (distance != 0) & (np.abs(distance) <= (window or len(words))) & counted
    found = _placed(words, near, distance, unit=unit)
    table = _tested(found, words["word"][counted], n_pivots=n_pivots, min_count=min_count)
    return Collocates(queries, table, n_pivots, int(counted.sum()), len(found), window, within, found, units, corpus)


def _placed(
    words: pd.DataFrame, near: NDArray[np.bool_], distance: NDArray[np.int64], *, unit: NDArray[np.int64]
) -> pd.DataFrame:
    """Return the words near a pivot, and the word of the pivot that is nearest to each."""
    import numpy as np

    pivots = words.iloc[np.flatnonzero(near) - distance[near]]
    return (
        words.loc[near, ["doc_id", "start", "end", "word"]]
        .assign(
            distance=distance[near],
            pivot_start=pivots["start"].to_numpy(),
            pivot_end=pivots["end"].to_numpy(),
            unit=unit[near],
        )
        .reset_index(drop=True)
    )


def _check(window: int | None, within: str, min_count: int) -> None:
    if within not in WITHIN:
        raise UsageError(f"Limite inconnue : « {within} » ; choisissez sentence (phrase) ou paragraph (paragraphe).")
    if window is not None and (not is_whole(window) or window < 1):
        raise UsageError("La fenêtre est un nombre de mots d'au moins 1, ou None pour toute la phrase.")
    if not is_whole(min_count) or min_count < 1:
        raise UsageError("min_count est un entier d'au moins 1.")


def _pivots(corpus: Corpus, queries: Sequence[str], words: pd.DataFrame) -> tuple[NDArray[np.bool_], int]:
    """Return which words are of a pivot, and how many pivots there are."""
    import numpy as np

    spans = occurrences(corpus, queries)
    pivots = np.zeros(len(words), dtype=bool)
    pivots[tokens_within(words, spans)] = True
    return pivots, len(spans)


def _distances(pivots: NDArray[np.bool_], unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many words each is after (positive) or before the nearest pivot of its unit; 0 if there is none."""
    import numpy as np

    n = len(pivots)
    rows = np.arange(n)
    before = np.maximum.accumulate(np.where(pivots, rows, -1))
    after = np.minimum.accumulate(np.where(pivots, rows, n)[::-1])[::-1]
    far = n + 1
    since = np.where((before >= 0) & (unit[before] == unit), rows - before, far)
    until = np.where((after < n) & (unit[np.minimum(after, n - 1)] == unit), after - rows, far)
    nearest = np.where(since <= until, since, -until)
    return np.where(np.abs(nearest) < far, nearest, 0)


def _among(words: pd.DataFrame, some: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows of `words` are of `some`, by their place."""
    import pandas as pd

    place = ["doc_id", "start"]
    return pd.MultiIndex.from_frame(words[place]).isin(pd.MultiIndex.from_frame(some[place]))


def _tested(found: pd.DataFrame, counted: pd.Series[str], *, n_pivots: int, min_count: int) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    from innovsoc_analysis.lexicometry.specificity.hypergeometric import cells_of, specificity_index
    from innovsoc_analysis.lexicometry.specificity.measures import adjusted, log_likelihood

    groups = found.assign(left=found["distance"] < 0, far=found["distance"].abs()).groupby("word", sort=True)
    table = groups.agg(
        count=("word", "size"), left=("left", "sum"), mean_distance=("far", "mean"), n_documents=("doc_id", "nunique")
    )
    table = table[table["count"] >= min_count].reset_index().astype({"word": "str"})
    count = table["count"].to_numpy(dtype=np.int64)
    total = table["word"].map(counted.value_counts()).to_numpy(dtype=np.int64)
    cells = cells_of(count, total=total, part=len(found), size=len(counted))
    index = specificity_index(cells)
    table = table.assign(
        right=table["count"] - table["left"],
        total=total,
        expected=cells.expected,
        index=index,
        p_adjusted=adjusted(index),
        log_likelihood=log_likelihood(cells),
        log_dice=_LOG_DICE_HIGHEST + np.log2(2 * np.minimum(count, n_pivots) / (n_pivots + total)),
    )
    attracted = table[table["index"] > 0].sort_values(
        ["index", "count", "word"], ascending=[False, False, True], kind="stable"
    )
    return pd.DataFrame(attracted[list(FRENCH)]).reset_index(drop=True)
