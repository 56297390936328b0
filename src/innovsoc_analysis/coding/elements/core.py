"""Which codes most texts of a genre carry, and which few of them do.

The interval draws the texts again with replacement (percentiles, Efron & Tibshirani 1993). By convention a
code is of the core if the whole interval is above one half, optional if it is all below, undecided otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.evaluation.counting import draw_weights
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from matplotlib.axes import Axes

    from innovsoc_analysis.coding.codings import Codings

CORE, UNDECIDED, OPTIONAL = "noyau", "indécis", "facultatif"
HALF = 50.0
HEADINGS = {
    "code": "code",
    "label": "élément",
    "n": "textes",
    "share": "% des textes",
    "low": "bas",
    "high": "haut",
    "status": "statut",
}


@dataclass(frozen=True, repr=False)
class CoreElements:
    """Codes and the share of texts that carry them.

    Attributes
    ----------
    table : DataFrame
        Indexed by code, the most widespread first: ``label, n`` (texts with it), ``share, low, high``
        (percentages) and ``status``.
    genre : str
        Of the texts.
    codings : Codings
        What was counted.
    """

    table: pd.DataFrame
    genre: str
    codings: Codings

    @property
    def n_documents(self) -> int:
        """Number of texts."""
        return len(_documents(self.codings, self.genre))

    @property
    def _texts(self) -> str:
        return f"{self.n_documents} {genre_label(self.genre)}"

    def of_status(self, status: str) -> list[str]:
        """Return the labels of the codes of a status: ``"noyau"``, ``"indécis"`` or ``"facultatif"``."""
        return self.table.loc[self.table["status"] == status, "label"].tolist()

    def plot(self, *, muted: Collection[str] = (), ax: Axes | None = None) -> Axes:
        """Draw the share of texts with each code and its interval.

        Parameters
        ----------
        muted : collection of str
            Codes to write in grey, such as those that are not reliable.
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.figures.dots import dot_plot
        from innovsoc_analysis.figures.style import COLOURS, MUTED

        note = " ; en gris italique : codage peu fiable" if muted else ""
        axes = dot_plot(
            self.table.set_index("label")[["share"]],
            title="Textes qui portent chaque élément",
            xlabel=f"part des textes et intervalle à 95 %{note}\n{self._texts}, {self.codings.method}",
            ax=ax,
        )
        axes.hlines(
            axes.get_yticks(), self.table["low"], self.table["high"], color=COLOURS[0], linewidth=1.6, alpha=0.55
        )
        axes.axvline(HALF, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xlim(0, 100)
        for tick, code in zip(axes.get_yticklabels(), self.table.index, strict=True):
            if code in muted:
                tick.set_color(MUTED)
                tick.set_fontstyle("italic")
        return axes

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        shown = self.table.reset_index().rename(columns=HEADINGS)
        save_sheets({"Éléments": shown}, path, main="Éléments", locale=locale)

    def __repr__(self) -> str:
        """Return how many codes are of each status."""
        counts = ", ".join(f"{len(self.of_status(one))} {one}" for one in (CORE, UNDECIDED, OPTIONAL))
        return f"<Éléments : {counts} ({self._texts})>"

    def _repr_html_(self) -> str:
        rows = []
        for status in (CORE, UNDECIDED, OPTIONAL):
            labels = self.of_status(status)
            said = escape(" ; ".join(labels)) or "aucun"
            rows.append(f"<tr><td>{status}</td><td>{len(labels)}</td><td style='text-align:left'>{said}</td></tr>")
        last = "<th style='text-align:left'>éléments, du plus répandu au plus rare</th>"
        head = f"<tr><th>statut</th><th>nombre</th>{last}</tr>"
        return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def core_elements(
    codings: Codings, codes: Iterable[str] | None = None, *, genre: str = "definition", seed: int = 0
) -> CoreElements:
    """Return which codes most texts of a genre carry.

    Parameters
    ----------
    codings : Codings
        Of a corpus with texts of this genre.
    codes : iterable of str, optional
        Which codes; by default those of the codebook's first family.
    genre : str
        Of the texts.
    seed : int
        Of the draws of texts.

    Returns
    -------
    CoreElements

    Raises
    ------
    UnknownNameError
        If no text is of this genre, or the codebook has no such code.

    Examples
    --------
    >>> import innovsoc_analysis as isa
    >>> texts = {"a": "On répond à un besoin social.", "b": "Un besoin mal couvert."}
    >>> corpus = isa.corpus_from_texts(texts, genre="definition")
    >>> core_elements(isa.code(corpus, isa.load_codebook("bissib"), coder="rules")).of_status("noyau")
    ['Réponse à un besoin social']
    """
    wanted = elements_of(codings, codes)
    documents = _documents(codings, genre)
    if not len(documents):
        raise UnknownNameError(f"Le corpus n'a pas de texte du genre « {genre_label(genre)} ».")
    presence = (count_sentences(codings.table, documents, wanted) > 0).to_numpy(float)
    drawn = draw_weights(len(presence), random_state=seed) @ presence / len(presence)
    low, high = 100 * np.percentile(drawn, [2.5, 97.5], axis=0)
    table = pd.DataFrame(
        {
            "label": [codings.codebook[code].label for code in wanted],
            "n": presence.sum(axis=0).astype(int),
            "share": 100 * presence.mean(axis=0),
            "low": low,
            "high": high,
            "status": np.select([low > HALF, high < HALF], [CORE, OPTIONAL], UNDECIDED),
        },
        index=pd.Index(wanted, name="code"),
    )
    return CoreElements(table.sort_values("share", ascending=False, kind="stable"), genre, codings)


def elements_of(codings: Codings, codes: Iterable[str] | None) -> list[str]:
    """Return the codes asked for, by default those of the codebook's first family, or all if it has none.

    Raises
    ------
    UnknownNameError
        If the codebook has no such code.
    """
    book = codings.codebook
    if codes is None:
        return list(book.families[0].codes if book.families else book.code_ids)
    wanted = list(codes)
    unknown = [code for code in wanted if code not in book.code_ids]
    if unknown:
        raise UnknownNameError(f"Le livre « {book.name} » n'a pas de code « {unknown[0]} ».")
    return wanted


def count_sentences(table: pd.DataFrame, documents: pd.Index, codes: Sequence[str]) -> pd.DataFrame:
    """Return how many segments of each document carry each code; `table` as ``Codings.table``."""
    counts = pd.crosstab(table["doc_id"], table["code"])
    return counts.reindex(index=documents, columns=list(codes), fill_value=0)


def _documents(codings: Codings, genre: str) -> pd.Index:
    genres = codings.corpus.attribute("genre")
    return genres.index[genres == genre]
