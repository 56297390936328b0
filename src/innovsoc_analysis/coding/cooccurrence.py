"""Codes on the same segments: how often, and how often they would be by chance.

Codes of one text are met together because the text is about both. What is asked is more: whether they are
on the same segments of a text more often than if each text had spread the same codes over its segments by
chance. Segments are therefore compared within documents, as Mantel & Haenszel (1959, *JNCI* 22, 719-748)
compare within strata; the law of the count is exact, the sum of one hypergeometric count per document
(Agresti 2013, *Categorical Data Analysis*, § 7.3.5), and probabilities are corrected for the number of pairs
(Benjamini & Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.profiles import LEVEL, corrected
from innovsoc_analysis.coding.units import UNITS
from innovsoc_analysis.figures.savable import Savable
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.pages.typography import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.codings import Codings

Unit = Literal["segment", "document"]
HEADINGS = {
    "code_a": "code",
    "label_a": "libellé",
    "code_b": "avec le code",
    "label_b": "avec",
    "n_a": "unités avec le premier",
    "n_b": "unités avec le second",
    "count": "unités avec les deux",
    "documents": "documents",
    "expected": "attendues par hasard",
    "ratio": "rapport à l'attendu",
    "jaccard": "indice de Jaccard",
    "p": "p",
    "p_adjusted": "p corrigée",
    "linked": "lien",
}
"""French names of the columns of the table."""
_FEWEST = 2


@dataclass(frozen=True, repr=False)
class Cooccurrence(Savable):
    """Pairs of codes that are met together.

    Attributes
    ----------
    table : DataFrame
        One row per pair of codes that a document holds both of, the surest first: ``code_a, label_a, code_b,
        label_b, n_a, n_b`` (units with each), ``count`` (with both), ``documents`` (that hold such a unit),
        ``expected`` (by chance, within each document), ``ratio`` (count / expected), ``jaccard``, ``p``
        (as many or more by chance), ``p_adjusted, linked``.
    codes : DataFrame
        ``label, family, n`` (units) of each code, in the order of the codebook.
    unit : {"segment", "document"}
        What two codes share.
    n_units, n_documents : int
        On which it rests.
    unit_name, method : str
        What the units are called, how they were coded.
    """

    table: pd.DataFrame
    codes: pd.DataFrame
    unit: Unit
    n_units: int
    n_documents: int
    unit_name: str
    method: str

    @property
    def links(self) -> pd.DataFrame:
        """The pairs that are met together more often than by chance."""
        return self.table[self.table["linked"]]

    @property
    def basis(self) -> str:
        """What it rests on, in words."""
        documents = f"{grouped(self.n_documents)} documents"
        return documents if self.unit == "document" else f"{grouped(self.n_units)} {self.unit_name}, {documents}"

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        first = [f"{row.label_a} avec {row.label_b}" for row in self.links.head(3).itertuples()]
        found = f"d'abord {' ; '.join(first)}" if first else "aucune n'est plus fréquente que par hasard"
        tried = f"{len(self.links)} paires de codes sur {len(self.table)} plus souvent ensemble que par hasard"
        return f"{tried} (n = {self.basis}) : {found}."

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw the codes that are linked, an arc for each pair: thick where it is far from chance.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            Empty, but for the words around it, if no pair is linked.
        """
        from innovsoc_analysis.coding.drawing import draw_cooccurrence

        return draw_cooccurrence(self, ax=ax)

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Paires de codes": self._readable()}

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Cooccurrence : {len(self.table)} paires de codes, {len(self.links)} liens>"

    def _repr_html_(self) -> str:
        shown = self._readable().head(12)[["libellé", "avec", *list(HEADINGS.values())[4:]]]
        html = shown.to_html(index=False, float_format=lambda value: f"{value:.2g}".replace(".", ","))
        return f"<p>{self.alt}</p>{html}"

    def _readable(self) -> pd.DataFrame:
        return self.table.assign(linked=self.table["linked"].map({True: "oui", False: "non"})).rename(columns=HEADINGS)


def cooccurrence(
    codings: Codings, *, unit: Unit = "segment", codes: Sequence[str] | None = None, least: int = _FEWEST
) -> Cooccurrence:
    """Return which codes are met together, and how often chance would bring them together.

    Parameters
    ----------
    codings : Codings
        Of a corpus.
    unit : {"segment", "document"}
        Segments, compared within their document; or whole documents, compared with one another.
    codes : sequence of str, optional
        Those to look at; by default all that are met.
    least : int
        How many documents must hold the two together for a link: one text alone proves nothing.

    Raises
    ------
    UnknownNameError
        If the codebook has no such code.
    UsageError
        If the unit is unknown or no code is met.
    """
    if unit not in {"segment", "document"}:
        raise UsageError(f"Unité inconnue : « {unit} » ; choisissez segment ou document.")
    chosen = codings.chosen(codes)
    kept = codings.table[codings.table["code"].isin(chosen)]
    by_document = unit == "document"
    sizes = {"": len(codings.corpus)} if by_document else _segments_of(codings)
    held: dict[str, dict[str, set[str]]] = {code: {} for code in chosen}
    for code, doc_id, segment in zip(kept["code"], kept["doc_id"], kept["segment_id"], strict=True):
        held[code].setdefault("" if by_document else doc_id, set()).add(doc_id if by_document else segment)
    totals = {code: sum(map(len, places.values())) for code, places in held.items()}
    rows = []
    for one, other in combinations(chosen, 2):
        strata = [
            (sizes[place], len(held[one][place]), len(held[other][place]), len(held[one][place] & held[other][place]))
            for place in held[one].keys() & held[other].keys()
        ]
        if not strata:
            continue
        count = sum(both for *_, both in strata)
        documents = count if by_document else sum(both > 0 for *_, both in strata)
        expected, p = chance_of(strata)
        n_a, n_b = totals[one], totals[other]
        rows.append(
            (one, other, n_a, n_b, count, documents, expected, count / expected, count / (n_a + n_b - count), p)
        )
    names = ["code_a", "code_b", "n_a", "n_b", "count", "documents", "expected", "ratio", "jaccard", "p"]
    table = pd.DataFrame(rows, columns=names)
    table["p_adjusted"] = corrected(table["p"].to_numpy(dtype=float))
    table["linked"] = (table["p_adjusted"] < LEVEL) & (table["documents"] >= least)
    for place, side in ((1, "a"), (3, "b")):
        table.insert(place, f"label_{side}", [codings.label(code) for code in table[f"code_{side}"]])
    table = table.sort_values(["linked", "p", "ratio"], ascending=[False, True, False], kind="stable")
    listed = pd.DataFrame(
        {
            "label": [codings.label(code) for code in chosen],
            "family": [codings.codebook.family_of(code) for code in chosen],
            "n": [totals[code] for code in chosen],
        },
        index=pd.Index(chosen, name="code"),
    )
    n_documents = len(codings.corpus)
    return Cooccurrence(
        table.reset_index(drop=True),
        listed,
        unit,
        n_units=n_documents if by_document else sum(sizes.values()),
        n_documents=n_documents,
        unit_name="documents" if by_document else codings.unit_name,
        method=codings.method,
    )


def chance_of(strata: Sequence[tuple[int, int, int, int]]) -> tuple[float, float]:
    """Return how many units both codes would share by chance, and the probability of as many as observed or more.

    Parameters
    ----------
    strata : sequence of (size, with the first, with the second, with both)
        One per document.

    Returns
    -------
    tuple of float
        Expected count and probability.

    Examples
    --------
    Two codes on two of four sentences each, the same two: one arrangement out of six.

    >>> expected, p = chance_of([(4, 2, 2, 2)])
    >>> expected, round(p, 6)
    (1.0, 0.166667)
    """
    law: NDArray[np.float64] = np.ones(1)
    count, expected, least = 0, 0.0, 0
    for size, one, other, both in sorted(strata):
        low, high = max(0, one + other - size), min(one, other)
        ways = [comb(one, k) * comb(size - one, other - k) / comb(size, other) for k in range(low, high + 1)]
        law = np.convolve(law, ways)
        count, least, expected = count + both, least + low, expected + one * other / size
    return expected, min(1.0, float(law[count - least :].sum()))


def _segments_of(codings: Codings) -> dict[str, int]:
    """Return how many segments could be coded in each document."""
    segments = codings.corpus.segments
    kinds = segments.set_index("segment_id")["unit"]
    used = codings.table.assign(unit=codings.table["segment_id"].map(kinds)).drop_duplicates("doc_id")
    # a document without turns is coded by paragraph: what was coded says which
    unit_of = dict(zip(used["doc_id"], used["unit"].fillna(UNITS[codings.codebook.unit]), strict=True))
    counted = segments.groupby(["doc_id", "unit"]).size()
    coded = codings.table.groupby("doc_id")["segment_id"].nunique()
    default = UNITS[codings.codebook.unit]
    return {
        doc_id: max(int(counted.get((doc_id, unit_of.get(doc_id, default)), 0)), int(coded.get(doc_id, 0)))
        for doc_id in codings.corpus.documents["doc_id"]
    }
