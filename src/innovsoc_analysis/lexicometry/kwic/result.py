"""What a concordance gives: its lines, their order, counts by part, figures and files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.lexicometry.kwic.contexts import Context, cut_contexts
from innovsoc_analysis.lexicometry.kwic.index import index_tokens
from innovsoc_analysis.lexicometry.kwic.parts import count_by
from innovsoc_analysis.lexicometry.kwic.sorting import sort_keys, sort_order
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.counting.parts import Coded
    from innovsoc_analysis.lexicometry.kwic.index import TokenIndex
    from innovsoc_analysis.study.corpus import Corpus

_SHOWN = 50
PART_HEADINGS = {
    "part": "partie",
    "n": "occurrences",
    "words": "mots",
    "documents": "documents",
    "documents_with": "documents où il figure",
    "per_10000": "pour 10 000 mots",
    "low": "borne basse (95 %)",
    "high": "borne haute (95 %)",
}
HEADINGS = {
    "title": "titre",
    "speaker": "locuteur·rice",
    "left": "contexte gauche",
    "right": "contexte droit",
    "start": "début",
    "end": "fin",
}


@dataclass(frozen=True, slots=False, eq=False, repr=False)
class Concordance:
    """Occurrences of a query, in the order of the corpus unless they were sorted.

    Attributes
    ----------
    query : str
        What was looked for.
    context : Context
        How much is quoted around each occurrence.
    corpus : Corpus
        Where.
    first, last : array, shape (n_occurrences,)
        First and last token of each, as rows of ``corpus.tokens``.
    remark : str
        Why nothing was found, in French, with near words; empty where something was.
    """

    query: str
    context: Context
    corpus: Corpus
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    remark: str = ""

    @property
    def _index(self) -> TokenIndex:
        return index_tokens(self.corpus)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Columns ``source, title, genre, speaker, left, pivot, right, doc_id, start, end``; cut at first use."""
        return cut_contexts(self.corpus, self._index, first=self.first, last=self.last, context=self.context)

    @property
    def n_documents(self) -> int:
        """In how many documents the query occurs."""
        return len(set(self._index.documents[self.first].tolist()))

    def __len__(self) -> int:
        """Return the number of occurrences."""
        return len(self.first)

    def pivots(self) -> Iterator[str]:
        """Yield what is written at each occurrence."""
        index, texts = self._index, self.corpus.documents["text"].tolist()
        places = (index.documents[self.first], index.starts[self.first], index.ends[self.last])
        for row, start, end in zip(*(place.tolist() for place in places), strict=True):
            yield texts[row][start:end]

    def sorted(self, *keys: str, depth: int = 3) -> Concordance:
        """Return the same occurrences in another order.

        Parameters
        ----------
        *keys : str
            ``"left"`` (words to the left, from the nearest), ``"right"``, ``"pivot"``, ``"place"``, or
            a single word: ``"1G"`` is the first to the left, ``"2D"`` the second to the right. Several
            keys: each decides between equals of those before.
        depth : int
            How many words ``"left"`` and ``"right"`` look at.

        Returns
        -------
        Concordance
            In alphabetical order as of a French dictionary: accents, capitals and punctuation play no
            part; where there is no word, first; equals in the order of the corpus.

        Raises
        ------
        UsageError
            If a key is unknown.

        Examples
        --------
        >>> from innovsoc_analysis.lexicometry import concordance
        >>> from innovsoc_analysis.study.corpus import corpus_from_texts
        >>> corpus = corpus_from_texts({"a": "Un puits profond. Un puits comblé."})
        >>> concordance(corpus, "puits").sorted("1D").table["right"].tolist()
        ['comblé.', 'profond. Un puits comblé.']
        """
        order = sort_order(
            self._index, self.pivots(), first=self.first, last=self.last, keys=sort_keys(keys, depth=depth)
        )
        return replace(self, first=self.first[order], last=self.last[order])

    def by(self, by: str | pd.DataFrame = "genre", *, codings: Coded | pd.DataFrame | None = None) -> pd.DataFrame:
        """Count occurrences by part of the corpus.

        Parameters
        ----------
        by : str or DataFrame
            What the parts are, see `spans_by`: an attribute, ``"speaker"``, ``"code"``, or spans.
        codings : Codings or DataFrame, optional
            For ``by="code"``.

        Returns
        -------
        DataFrame
            A row per part, in natural order: ``part``; ``n``, occurrences that start there; ``words``;
            ``documents`` and ``documents_with``, how many there are and have one; ``per_10000``,
            occurrences per 10,000 words; ``low`` and ``high``, its 95 % interval, see `rate_interval`,
            missing for fewer than five documents.

        Raises
        ------
        UsageError
            If there is no such part.

        Examples
        --------
        >>> from innovsoc_analysis.lexicometry import concordance
        >>> from innovsoc_analysis.study.corpus import corpus_from_texts
        >>> corpus = corpus_from_texts({"a": "Un puits, un jardin.", "b": "Deux jardins."})
        >>> concordance(corpus, "puits").by("title")[["part", "n", "words", "per_10000"]].values.tolist()
        [['a', 1, 4, 2500.0], ['b', 0, 2, 0.0]]
        """
        import numpy as np

        return count_by(self.corpus, self._index, first=np.sort(self.first), by=by, codings=codings)

    def counts_by(self, by: str) -> pd.DataFrame:
        """Return the same counts, or no row where nothing was found or there are not two parts."""
        try:
            counts = self.by(by)
        except UsageError:  # as where no document has a genre
            counts = self.by("title").head(0)
        return counts if len(self) and len(counts) > 1 else counts.head(0)

    def plot(
        self, by: str | pd.DataFrame = "genre", *, codings: Coded | pd.DataFrame | None = None, ax: Axes | None = None
    ) -> Axes:
        """Draw occurrences per 10,000 words by part, with their intervals.

        Parameters
        ----------
        by, codings
            As for `by`.
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.lexicometry.kwic.drawing import draw_rates

        return draw_rates(self, by, codings=codings, ax=ax)

    def plot_places(self, *, ax: Axes | None = None) -> Axes:
        """Draw where in each document the query occurs: a line per document, a tick per occurrence.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.

        Raises
        ------
        UsageError
            If it occurs nowhere.
        """
        from innovsoc_analysis.lexicometry.kwic.drawing import draw_places

        return draw_places(self, ax=ax)

    def save(self, path: Path | str, *, by: str = "genre", locale: str = "") -> None:
        """Write to ``.csv``, ``.xlsx`` or ``.html``, as the suffix of `path` says.

        Parameters
        ----------
        path : Path
            The page of ``.html`` sorts and filters its lines and needs no network.
        by : str
            The page and the workbook also count by these parts, see `by`, where there are several.
        locale : str
            As in `csv_bytes`.

        Raises
        ------
        UsageError
            If the suffix is none of these.
        """
        path = Path(path)
        check_name(path)
        suffix = path.suffix.lower()
        if suffix == ".html":
            from innovsoc_analysis.lexicometry.kwic.page import concordance_page

            atomic_write(path, concordance_page(self, by=by).encode("utf-8", "replace"))
            return
        table = self.table.rename(columns=HEADINGS) if suffix == ".xlsx" else self.table
        counts = self.counts_by(by)
        if by == "genre":
            counts = counts.assign(part=counts["part"].map(genre_label))
        parts = counts.rename(columns=PART_HEADINGS)
        save_sheets({"Concordance": table, "Par partie": parts}, path, main="Concordance", locale=locale)

    def __repr__(self) -> str:
        """Return a count only: the texts may be confidential."""
        return f"<Concordance : {len(self)} occurrences>"

    def _repr_html_(self) -> str:
        some = replace(self, first=self.first[:_SHOWN], last=self.last[:_SHOWN])
        cell = '<td style="text-align:{}">{}</td>'
        middle = "center;white-space:nowrap"
        rows = "".join(
            f"<tr>{cell.format('right', escape(row.left))}{cell.format(middle, f'<b>{escape(row.pivot)}</b>')}"
            f"{cell.format('left', escape(row.right))}"
            f"{cell.format('left', escape(_source(row.title, row.speaker)))}</tr>"
            for row in some.table.itertuples()
        )
        said = f"« {escape(self.query)} » : {len(self)} occurrence(s)"
        if len(self) > _SHOWN:
            said += f", dont voici les {_SHOWN} premières"
        said += f". {escape(self.remark)}" if self.remark else ""
        return f"<p>{said}</p><table>{rows}</table>"


def check_name(path: Path | str) -> None:
    """Refuse a name that a concordance could not be saved under.

    Raises
    ------
    UsageError
        If the suffix is neither ``.csv`` nor ``.xlsx`` nor ``.html``.
    """
    path = Path(path)
    if path.suffix.lower() not in {".csv", ".xlsx", ".html"}:
        raise UsageError(f"« {path.name} » : choisissez un nom en .csv, .xlsx ou .html.")


def _source(title: str, speaker: str | None) -> str:
    return f"{speaker}, {title}" if isinstance(speaker, str) and speaker else title
