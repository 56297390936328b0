"""The words that are specific to a part: more frequent in it, or rarer, than chance alone would have it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.specificity.dispersion import index_without
from innovsoc_analysis.lexicometry.specificity.hypergeometric import cells_of
from innovsoc_analysis.lexicometry.specificity.measures import (
    adjusted,
    bonferroni_index,
    log_likelihood,
    log_ratio,
    p_values,
)
from innovsoc_analysis.lexicometry.specificity.places import PLACES, sentences_with
from innovsoc_analysis.model.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from innovsoc_analysis.lexicometry.specificity.dispersion import Dispersion
    from innovsoc_analysis.lexicometry.tables import LexicalTable
    from innovsoc_analysis.study.corpus import Corpus

BANAL = 2.0
"""Index below which a word is banal: one chance in a hundred, as in TXM."""
_DIGITS = 9  # beyond them two indexes are the same, on any machine
_MOST_NAMES, _NAME_CHARACTERS = 8, 60


@dataclass(frozen=True, eq=False, repr=False)
class Specificities:
    """Words by part, with the index of specificity of each.

    Attributes
    ----------
    lexical : LexicalTable
        The counts.
    index : array of float, shape (n_words, n_parts)
        Signed: positive where the word is over-represented in the part, see `specificity_index`.
    spread : Dispersion
        By how many documents each word is used.
    threshold : float
        A word whose index is nearer to 0 is banal in the part.
    corpus : Corpus, optional
        What leads back to the sentences.
    """

    lexical: LexicalTable
    index: NDArray[np.float64]
    spread: Dispersion
    threshold: float = BANAL
    corpus: Corpus | None = None

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per part and word, parts in their order, words in that of the alphabet.

        Columns ``part, word``; the counts ``f, F, t, T`` and ``expected`` (F t / T); ``index`` and
        ``p_value``, the probability of its tail; ``p_adjusted``, corrected for all tests of the table
        (Benjamini-Hochberg, both tails); ``banal``; ``log_likelihood`` (signed G²); ``log_ratio``;
        ``n_documents`` of the part that hold the word; ``index_without``, the index if the document
        that holds it most were not in the corpus (only for words over-represented in a part of
        several documents); ``one_document``, whether the word would then be banal.
        """
        import numpy as np
        import pandas as pd

        lexical = self.lexical
        n_words, n_parts = self.index.shape
        cells = _cells(lexical)
        banal = np.abs(self.index) < self.threshold
        without = index_without(self.spread, ~banal & (self.index > 0))
        flat = {
            "f": cells.here,
            "F": np.broadcast_to(lexical.totals[:, None], self.index.shape),
            "t": np.broadcast_to(lexical.sizes, self.index.shape),
            "T": np.full(self.index.shape, lexical.size),
            "expected": cells.expected,
            "index": self.index,
            "p_value": p_values(self.index),
            "p_adjusted": adjusted(self.index.ravel()).reshape(self.index.shape),
            "banal": banal,
            "log_likelihood": log_likelihood(cells),
            "log_ratio": log_ratio(cells),
            "n_documents": self.spread.n_documents,
            "index_without": without,
            "one_document": without < self.threshold,
        }
        return pd.DataFrame(
            {
                "part": pd.Index(lexical.parts).repeat(n_words),
                "word": pd.Index(lexical.words).take(np.tile(np.arange(n_words), n_parts)),
                **{name: values.T.ravel() for name, values in flat.items()},
            }
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """What is compared, in natural order."""
        return self.lexical.parts

    @property
    def overlap(self) -> bool:
        """Whether some words of the corpus are in several parts, as a sentence that carries two codes."""
        import numpy as np

        rows = np.concatenate(self.lexical.part_rows)
        return len(np.unique(rows)) < len(rows)

    def with_threshold(self, threshold: float) -> Specificities:
        """Return the same with another threshold of banality, such as 3.1 or `bonferroni`'s.

        Raises
        ------
        UsageError
            If it is not a positive number.
        """
        check_threshold(threshold)
        return replace(self, threshold=float(threshold))

    def bonferroni(self, *, alpha: float = 0.05) -> float:
        """Return the index above which no word of the table, save with probability `alpha`, is there by chance.

        Raises
        ------
        UsageError
            If `alpha` is not between 0 and 1.
        """
        return bonferroni_index(self.index.size, alpha=alpha)

    def top(self, part: str, n: int = 20, *, negative: bool = False) -> pd.DataFrame:
        """Return the most specific words of a part, the most specific first; banal words are none.

        Parameters
        ----------
        part : str
            One of `parts`.
        n : int
            How many, at most.
        negative : bool
            Those that the part avoids rather than those it prefers.

        Returns
        -------
        DataFrame
            Columns of `table`. Of equal indexes the larger count comes first, then the alphabet.

        Raises
        ------
        UnknownNameError
            If there is no such part.
        UsageError
            If `n` is negative.
        """
        if n < 0:
            raise UsageError(f"Le nombre de mots est 0 ou davantage, et non {n}.")
        n_words = len(self.lexical.words)
        place = self._part(part) * n_words
        rows = self.table.iloc[place : place + n_words]
        rows = rows[~rows["banal"] & ((rows["index"] < 0) == negative)]
        ranked = rows.assign(rank=-rows["index"].abs().round(_DIGITS), count=-rows["F"])
        ranked = ranked.sort_values(["rank", "count", "word"], kind="stable")
        return ranked.drop(columns=["rank", "count"]).head(n).reset_index(drop=True)

    def of(self, word: str) -> pd.DataFrame:
        """Return the profile of a word: one row per part, in the order of `parts`.

        Raises
        ------
        UnknownNameError
            If it is none of the words counted; the message names near ones.
        """
        return self.table.iloc[self._word(word) :: len(self.lexical.words)].reset_index(drop=True)

    def places(self, part: str, word: str) -> pd.DataFrame:
        """Return the sentences of a part that hold a word, in the order of the corpus.

        Returns
        -------
        DataFrame
            ``quote``, the sentence; ``n``, occurrences of the word in it that belong to the part, which
            sum to ``f``; ``title, source, speaker``; ``doc_id, start, end`` of the sentence.

        Raises
        ------
        UnknownNameError
            If there is no such part or word.
        UsageError
            If the corpus was not given.
        """
        wanted = self.lexical.words[self._word(word)]
        return self.quoted(part, [wanted])[PLACES]

    def quoted(self, part: str, words: Collection[str]) -> pd.DataFrame:
        """Return the sentences of a part that hold each of several words: `places`, and the column ``word``.

        Raises
        ------
        UnknownNameError
            If there is no such part.
        UsageError
            If the corpus was not given.
        """
        rows = self.lexical.part_rows[self._part(part)]
        if self.corpus is None:
            raise UsageError("Pour revenir aux phrases, donnez le corpus : specificities_of(table, corpus=…).")
        return sentences_with(self.corpus, self.lexical.tokens.iloc[rows], words)

    def matrix(self) -> pd.DataFrame:
        """Return the indexes, words in rows, parts in columns."""
        import pandas as pd

        words = pd.Index(self.lexical.words, name="word")
        return pd.DataFrame(self.index, index=words, columns=pd.Index(self.parts, name=self.lexical.by))

    def plot(self, part: str | Sequence[str] | None = None, *, n: int = 10) -> NDArray[Any]:
        """Draw the most specific words of each part, preferred and avoided; return the array of Axes.

        Parameters
        ----------
        part : str or sequence of str, optional
            Which parts; by default all, or the twelve that hold most words.
        n : int
            Words on each side, at most.

        Raises
        ------
        UnknownNameError
            If there is no such part.
        """
        from innovsoc_analysis.lexicometry.specificity.drawing import plot_parts

        return plot_parts(self, part, n=n)

    def plot_word(self, words: str | Iterable[str]) -> NDArray[Any]:
        """Draw the index of one word or several over the parts; return the array of Axes.

        Raises
        ------
        UnknownNameError
            If a word is none of those counted.
        UsageError
            If there is no word.
        """
        from innovsoc_analysis.lexicometry.specificity.drawing import plot_words

        return plot_words(self, [words] if isinstance(words, str) else list(words))

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write to ``.xlsx`` (specific words, matrix, parts, verbatims, how to read them) or ``.csv`` (`table`).

        The workbook quotes sentences where the corpus is known: it is as confidential as the texts.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        from innovsoc_analysis.lexicometry.specificity.saving import save_specificities

        save_specificities(self, path, locale=locale)

    def __repr__(self) -> str:
        """Return counts only: the texts may be confidential."""
        return f"<Specificities : {self.index.shape[0]} mots × {self.index.shape[1]} parties ({self.lexical.by})>"

    def _repr_html_(self) -> str:
        from innovsoc_analysis.lexicometry.specificity.saving import html_of

        return html_of(self)

    def _part(self, part: str) -> int:
        name = str(part)
        if name in self.parts:
            return self.parts.index(name)
        raise _unknown(name, self.parts, what="de partie")

    def _word(self, word: str) -> int:
        folded = str(word).lower().replace("’", "'")
        if folded in self.lexical.words:
            return self.lexical.words.index(folded)
        # « je » is counted under its lemma
        tokens = self.lexical.tokens
        counted_as = set(tokens.loc[tokens["form"].str.lower() == folded, "word"])
        first = [one for one in self.lexical.words if one in counted_as]
        raise _unknown(folded, self.lexical.words, what="de mot compté", first=first)


def _cells(table: LexicalTable) -> Any:
    return cells_of(table.counts.toarray(), total=table.totals[:, None], part=table.sizes, size=table.size)


def check_threshold(threshold: float) -> None:
    """Refuse a threshold of banality that is not a positive number.

    Parameters
    ----------
    threshold : float
        As in `Specificities`.

    Raises
    ------
    UsageError
        If it is none.
    """
    if not 0 < threshold < float("inf"):
        raise UsageError("Le seuil de banalité est un nombre positif, tel que 2 (une chance sur cent).")


def _unknown(name: str, known: Sequence[str], *, what: str, first: Sequence[str] = ()) -> UnknownNameError:
    """Return the error that says which names are near: those of `first`, then those that look alike."""
    short = name[:_NAME_CHARACTERS]
    near = list(known)
    if len(known) > _MOST_NAMES:
        alike = difflib.get_close_matches(short, known, n=_MOST_NAMES)
        near = [*first, *(one for one in alike if one not in first)]
    hint = f" ; il y a : {', '.join(near)}." if near else ", ni rien d'approchant."
    return UnknownNameError(f"Il n'y a pas {what} « {short} »{hint}")
