"""What one kind of text says and another does not: differences in shares of sentences, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.elements.core import count_sentences, elements_of
from innovsoc_analysis.coding.evaluation.counting import draw_weights
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UnknownNameError
from innovsoc_analysis.pages.tables import readable
from innovsoc_analysis.pages.typography import unbroken
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.codings import Codings
    from innovsoc_analysis.coding.gold import Gold

_BOUNDS = [2.5, 97.5]
PAIRS = {"difference": ("low", "high"), "gold": ("gold_low", "gold_high")}
"""Each measure of the difference and the columns of its interval."""
_TITLES = {"difference": "écart", "gold": "écart dans l'étalon"}


@dataclass(frozen=True, repr=False)
class Contrast:
    """What texts of one genre say more often than those of another.

    Attributes
    ----------
    table : DataFrame
        Indexed by code, the greatest difference first: ``label``; ``share_…`` (% of the sentences of each
        genre) and ``documents_…`` (% of its texts); ``difference, low, high`` in points; with a gold corpus
        ``gold, gold_low, gold_high``, the same difference between its passages as people coded them.
    genres : tuple of str
        The two that are compared, then those shown beside them.
    codings : Codings
        What was counted.
    """

    table: pd.DataFrame
    genres: tuple[str, ...]
    codings: Codings

    def above(self, measure: str = "difference") -> list[str]:
        """Return the codes that the first genre says more often, the whole interval of a measure above zero.

        Parameters
        ----------
        measure : {"difference", "gold"}

        Raises
        ------
        UnknownNameError
            If it was not measured.
        """
        return self._beyond(measure, PAIRS[measure][0] if measure in PAIRS else "", 1)

    def below(self, measure: str = "difference") -> list[str]:
        """Return the codes that the second genre says more often, as `above`."""
        return self._beyond(measure, PAIRS[measure][1] if measure in PAIRS else "", -1)

    def _beyond(self, measure: str, bound: str, sign: int) -> list[str]:
        if bound not in self.table.columns:
            known = ", ".join(name for name in PAIRS if name in self.table.columns)
            raise UnknownNameError(f"L'écart n'a pas de mesure « {measure} » ; il a : {known}.")
        return self.table.index[sign * self.table[bound] > 0].tolist()

    def labels(self, codes: Sequence[str]) -> list[str]:
        """Return the labels of `codes`."""
        return self.table.loc[list(codes), "label"].tolist()

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw, for each code, the share of sentences that carry it in each genre."""
        from innovsoc_analysis.figures.dots import dot_plot

        shares = self.table[[f"share_{genre}" for genre in self.genres]]
        return dot_plot(
            shares.set_axis([genre_label(genre) for genre in self.genres], axis=1).set_axis(self.table["label"]),
            title=f"De ce que disent les {genre_label(self.genres[0])} aux {genre_label(self.genres[1])}",
            xlabel=f"part des phrases qui portent l'élément\n{self.codings.method}",
            ax=ax,
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.csv`` or ``.xlsx``, as the suffix of `path` says."""
        shown = self.table.reset_index().rename(columns=self._heading)
        save_sheets({"Écarts": shown}, path, main="Écarts", locale=locale)

    def __repr__(self) -> str:
        """Return counts only."""
        first, second = (genre_label(genre) for genre in self.genres[:2])
        return (
            f"<Écarts : {len(self.above())} éléments plus dits dans les {first}, {len(self.below())} dans les {second}>"
        )

    def _repr_html_(self) -> str:
        measures = [name for name in PAIRS if name in self.table.columns]
        shares = [f"documents_{genre}" for genre in self.genres[:2]]
        head = "".join(f"<th>{escape(title)}</th>" for title in ["élément", *map(self._heading, shares)])
        head += "".join(f"<th>{_TITLES[name]} (points)</th>" for name in measures)
        rows = []
        for _, row in self.table.iterrows():
            cells = [f"<td style='text-align:left'>{escape(row['label'])}</td>"]
            cells += [f"<td>{row[name]:.0f}</td>" for name in shares]
            cells += [f"<td>{_with_interval(row, name)}</td>" for name in measures]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _heading(self, name: str) -> str:
        for start, said in (("share_", "% des phrases"), ("documents_", "% des textes")):
            if name.startswith(start):
                return f"{said}, {genre_label(name.removeprefix(start))}"
        for measure, (low, high) in PAIRS.items():
            if name in (measure, low, high):
                side = {low: ", bas", high: ", haut"}.get(name, "")
                return f"{_TITLES[measure]}{side}"
        return {"label": "élément"}.get(name, name)


def contrast(
    codings: Codings,
    genres: tuple[str, ...] = ("definition", "project"),
    *,
    codes: Iterable[str] | None = None,
    gold: Gold | None = None,
) -> Contrast:
    """Return what the texts of one genre say more often than those of another.

    The longer a text, the likelier it carries a code at least once: shares of sentences are compared. The
    interval draws the texts of each genre again with replacement (percentiles, Efron & Tibshirani 1993).

    Parameters
    ----------
    codings : Codings
        Sentence by sentence.
    genres : tuple of str
        The two to compare, then others to show beside them.
    codes : iterable of str, optional
        By default those of the codebook's first family.
    gold : Gold, optional
        Coded passages between which the same difference is measured: other texts, other coders.

    Returns
    -------
    Contrast

    Raises
    ------
    UnknownNameError
        If a genre has no text, or the codebook no such code.
    """
    wanted = elements_of(codings, codes)
    corpus = codings.corpus
    known = corpus.attribute("genre")
    sizes = corpus.sentences.groupby("doc_id").size()
    table = pd.DataFrame(
        {"label": [codings.codebook[code].label for code in wanted]}, index=pd.Index(wanted, name="code")
    )
    drawn = {}
    for number, genre in enumerate(genres):
        documents = known.index[known == genre]
        if not len(documents):
            raise UnknownNameError(f"Le corpus n'a pas de texte du genre « {genre_label(genre)} ».")
        counts = count_sentences(codings.table, documents, wanted)
        table[f"documents_{genre}"] = 100 * (counts > 0).mean()
        lengths = sizes.reindex(documents, fill_value=0).to_numpy(float)
        table[f"share_{genre}"], drawn[genre] = _share(counts.to_numpy(), lengths, seed=number)
    first, second = genres[:2]
    difference = (table[f"share_{first}"] - table[f"share_{second}"]).to_numpy()
    table = table.join(_with_bounds("difference", difference, drawn[first] - drawn[second], codes=wanted))
    if gold is not None:
        table = table.join(_between_passages(gold, (first, second), wanted))
    return Contrast(table.sort_values("difference", ascending=False), genres, codings)


def _between_passages(gold: Gold, genres: tuple[str, str], codes: list[str]) -> pd.DataFrame:
    shares, drawn = [], []
    for number, genre in enumerate(genres):
        passages = [one for one in gold.passages if one.field == "in" and one.genre == genre]
        if not passages:
            raise UnknownNameError(f"Le corpus étalon n'a pas de passage du genre « {genre_label(genre)} ».")
        counts = np.array(
            [[sum(code in one.codes for one in passage.sentences) for code in codes] for passage in passages]
        )
        lengths = np.array([len(one.sentences) for one in passages], dtype=float)
        share, draws = _share(counts, lengths, seed=number)
        shares.append(share)
        drawn.append(draws)
    return _with_bounds("gold", shares[0] - shares[1], drawn[0] - drawn[1], codes=codes)


def _share(counts: NDArray[Any], lengths: NDArray[np.float64], *, seed: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the share of sentences with each code (%), and its draws."""
    weights = draw_weights(len(counts), random_state=seed)
    return 100 * counts.sum(axis=0) / lengths.sum(), 100 * (weights @ counts) / (weights @ lengths)[:, None]


def _with_bounds(measure: str, values: Any, drawn: NDArray[Any], *, codes: Iterable[str]) -> pd.DataFrame:
    low, high = np.nanpercentile(drawn, _BOUNDS, axis=0)
    columns = dict(zip((measure, *PAIRS[measure]), (values, low, high), strict=True))
    return pd.DataFrame(columns, index=pd.Index(list(codes), name="code"))


def _with_interval(row: pd.Series, measure: str) -> str:
    value, low, high = (readable(row[name], decimals=1) for name in (measure, *PAIRS[measure]))
    return unbroken(f"{value} [{low} ; {high}]").replace(" ", "\u00a0")
