"""Codes by groups of documents: which group has more of a code than chance would give it.

Documents are counted, not segments: those of one text are no independent observations. For each code and
group, the documents of the group that carry the code are compared with what they would be if the code did
not depend on the group. The adjusted residual is that of Haberman (1973, The analysis of residuals in
cross-classified tables, *Biometrics* 29, 205-220): about a standard normal value where documents are many.
They seldom are, so that probabilities are exact (Fisher 1935), and corrected for the number of cells
(Benjamini & Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from innovsoc_analysis.figures.savable import Savable
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from innovsoc_analysis.coding.codings import Codings

LEVEL = 0.05
MOST_GROUPS = 12
_ALIKE = 1 + 1e-7  # probabilities that differ by rounding are equal
HEADINGS = {
    "code": "code",
    "label": "libellé",
    "family": "famille",
    "group": "groupe",
    "documents": "documents avec le code",
    "n": "documents du groupe",
    "share": "% des documents",
    "expected": "documents attendus",
    "residual": "résidu ajusté",
    "p": "p",
    "p_adjusted": "p corrigée",
    "marked": "écart qui tient",
}
"""French names of the columns of the table."""


@dataclass(frozen=True, repr=False)
class Profile(Savable):
    """Codes × values of an attribute.

    Attributes
    ----------
    table : DataFrame
        One row per code and group: ``code, label, family, group, documents, n, share`` (% of the documents of
        the group), ``expected, residual`` (adjusted), ``p`` (exact, both sides), ``p_adjusted, marked``.
    by : str
        What the groups are.
    n_documents : int
        In all groups.
    method : str
        How it was coded.
    """

    table: pd.DataFrame
    by: str
    n_documents: int
    method: str

    @property
    def groups(self) -> list[str]:
        """Groups that are drawn: all, or the twelve with most documents."""
        sizes = self.table.drop_duplicates("group").set_index("group")["n"]
        kept = set(sizes.sort_values(ascending=False, kind="stable").index[:MOST_GROUPS])
        return [group for group in sizes.index if group in kept]

    @property
    def alt(self) -> str:
        """What the figure shows, in one sentence."""
        held = self.table[self.table["marked"]].sort_values("residual", key=abs, ascending=False, kind="stable")
        said = [
            f"{row.label} {'plus' if row.residual > 0 else 'moins'} fréquent dans « {row.group} »"
            for row in held.head(3).itertuples()
        ]
        found = " ; ".join(said) if said else "aucun écart ne tient après correction"
        counted = f"{len(held)} écarts tiennent, d'abord : " if len(held) > 1 else ""
        return (
            f"Part des {self.n_documents} documents qui portent chaque code, par {_quoted(self.by)} : {counted}{found}."
        )

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw a cell per code and group: share of documents, residual, a frame where the difference holds.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            With at most twelve groups, those of most documents.
        """
        from innovsoc_analysis.figures.describing import describe
        from innovsoc_analysis.figures.heat import heat_map

        shown = self.table[self.table["group"].isin(self.groups)]
        rows, columns = list(dict.fromkeys(shown["label"])), self.groups
        wide = {
            name: shown.pivot_table(index="label", columns="group", values=name, sort=False, dropna=False).reindex(
                index=rows, columns=columns
            )
            for name in ("share", "residual", "marked")
        }
        sizes = shown.drop_duplicates("group").set_index("group")["n"]
        said = wide["share"].copy().astype(object)
        for row in shown.itertuples():
            said.loc[row.label, row.group] = _written(float(row.share), float(row.residual))
        headed = [f"{group}\n(n = {sizes[group]})" for group in columns]
        families = dict(zip(shown["label"], shown["family"], strict=True))
        axes = heat_map(
            wide["residual"].set_axis(headed, axis=1),
            said.set_axis(headed, axis=1),
            (wide["marked"] > 0).set_axis(headed, axis=1),
            title=f"Documents qui portent chaque code, par {_quoted(self.by)}",
            caption=self._caption(),
            sections=families if any(families.values()) else None,
            ax=ax,
        )
        if ax is None:
            describe(axes, self.alt)
        return axes

    def _caption(self) -> str:
        n_groups = self.table["group"].nunique()
        left_out = f" {len(self.groups)} groupes sur {n_groups} sont montrés." if n_groups > len(self.groups) else ""
        first = f"% des documents du groupe, n = {self.n_documents} documents, {self.method}.{left_out}"
        if n_groups < 2:  # noqa: PLR2004 - one group is compared with nothing
            return first
        return (
            f"{first}\nEntre parenthèses, ou dessous : résidu ajusté (Haberman) ; + et bleu : plus de documents"
            " qu'attendu si le code ne dépendait pas du groupe ; − et orange : moins. Cadre : l'écart tient (test"
            " exact, p corrigée inférieure à 0,05) ; sans cadre, n'en concluez rien."
        )

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are saved, by name."""
        return {"Codes par groupe": self._readable()}

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Profile : {self.table['code'].nunique()} codes, {self.table['group'].nunique()} groupes>"

    def _repr_html_(self) -> str:
        held = self._readable()[self.table["marked"].to_numpy()]
        html = held.to_html(index=False, float_format=lambda value: f"{value:.2g}".replace(".", ","))
        return f"<p>{self.alt}</p>{html}" if len(held) else f"<p>{self.alt}</p>"

    def _readable(self) -> pd.DataFrame:
        return self.table.assign(marked=self.table["marked"].map({True: "oui", False: "non"})).rename(columns=HEADINGS)


def profile(codings: Codings, *, by: str = "genre", codes: Sequence[str] | None = None) -> Profile:
    """Return how many documents of each group carry each code, and where that differs from chance.

    Parameters
    ----------
    codings : Codings
        Of a corpus.
    by : str
        ``"genre"`` or a metadata column; documents without a value form a group.
    codes : sequence of str, optional
        Those to look at; by default all that are met.

    Raises
    ------
    UnknownNameError
        If no document has the attribute, or the codebook a code.
    UsageError
        If no code is met.
    """
    chosen = codings.chosen(codes)
    counts = codings.matrix(by=by, values="documents").loc[chosen]
    sizes = codings.corpus.attribute(by).value_counts().reindex(counts.columns).to_numpy(dtype=int)
    observed = counts.to_numpy(dtype=int)
    expected, residuals = adjusted_residuals(observed, sizes)
    p_values = _exact(observed, sizes)
    names = [genre_label(name) if by == "genre" else str(name) or "non renseigné" for name in counts.columns]
    n_rows, n_columns = observed.shape
    table = pd.DataFrame(
        {
            "code": np.repeat(chosen, n_columns),
            "label": np.repeat([codings.label(code) for code in chosen], n_columns),
            "family": np.repeat([codings.codebook.family_of(code) for code in chosen], n_columns),
            "group": np.tile(names, n_rows),
            "documents": observed.ravel(),
            "n": np.tile(sizes, n_rows),
            "share": (100 * observed / sizes).ravel(),
            "expected": expected.ravel(),
            "residual": residuals.ravel(),
            "p": p_values.ravel(),
            "p_adjusted": corrected(p_values.ravel()),
        }
    )
    return Profile(table.assign(marked=table["p_adjusted"] < LEVEL), by, len(codings.corpus), codings.method)


def adjusted_residuals(
    observed: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the documents expected in each group and the adjusted residuals (Haberman 1973).

    Parameters
    ----------
    observed : array, shape (n_codes, n_groups)
        Documents that carry the code.
    sizes : array, shape (n_groups,)
        Documents of each group.

    Returns
    -------
    tuple of two arrays
        (observed − expected) / √(expected × (1 − size / n) × (1 − with the code / n)); missing for a code
        that all documents carry, or a group that holds all documents.

    Examples
    --------
    >>> expected, residuals = adjusted_residuals(np.array([[8, 2]]), np.array([10, 10]))
    >>> expected.tolist(), residuals.round(3).tolist()
    ([[5.0, 5.0]], [[2.683, -2.683]])
    """
    n = int(sizes.sum())
    rows = observed.sum(axis=1, keepdims=True)
    expected = rows * sizes / n
    variance = expected * (1 - sizes / n) * (1 - rows / n)
    unknown = np.full(expected.shape, np.nan)
    residuals = np.divide(observed - expected, np.sqrt(variance), out=unknown, where=variance > 0)
    return expected, residuals


def _exact(observed: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the probability of what is at most as probable as what was observed (Fisher 1935), cell by cell."""
    from scipy.stats import hypergeom

    n = int(sizes.sum())
    result = np.full(observed.shape, np.nan)
    for row, column in np.ndindex(observed.shape):
        carriers, size = int(observed[row].sum()), int(sizes[column])
        if not 0 < carriers < n or size == n:
            continue
        law = hypergeom.pmf(np.arange(max(0, carriers + size - n), min(carriers, size) + 1), n, carriers, size)
        here = law[observed[row, column] - max(0, carriers + size - n)]
        result[row, column] = min(1.0, float(law[law <= here * _ALIKE].sum()))
    return result


def corrected(p_values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities corrected for their number (Benjamini & Hochberg 1995); missing ones stay so.

    Examples
    --------
    >>> corrected(np.array([0.01, np.nan, 0.04])).tolist()
    [0.02, nan, 0.04]
    """
    from scipy.stats import false_discovery_control

    result = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    if len(known):
        result[known] = false_discovery_control(p_values[known])
    return result


def chosen_codes(codings: Codings, codes: Sequence[str] | None) -> list[str]:
    """Return the codes that were named, or all that are met, in the order of the codebook.

    Parameters
    ----------
    codings : Codings
        Of a corpus.
    codes : sequence of str or None
        Those named.

    Raises
    ------
    UsageError
        If there is none.
    """
    met: set[Any] = set(codings.table["code"]) if codes is None else set(codes)
    found = [code for code in codings.codebook.code_ids if code in met]
    if not found:
        raise UsageError("Aucun code à montrer : aucun n'est rencontré dans ces textes, ou aucun n'est nommé.")
    return found


def _quoted(by: str) -> str:
    return by if by == "genre" else f"« {by} »"


def _written(share: float, residual: float) -> str:
    if np.isnan(residual):
        return f"{share:.0f}\u202f%"
    tenths = f"{residual:+z.1f}" if abs(residual) >= 0.05 else "0,0"  # noqa: PLR2004 - what rounds to nothing
    return f"{share:.0f}\u202f% ({tenths.replace('-', '−').replace('.', ',')})"
