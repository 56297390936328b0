"""Differences between the shares of documents of two groups, code by code, with intervals that hold together."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from innovsoc_analysis.counting.proportions import wilson_percent
from innovsoc_analysis.counting.resampling import LEVEL
from innovsoc_analysis.safe.sheets import save_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

_COLUMNS = ["code", "label", "first", "second", "difference", "low", "high"]
_HALF_HEIGHT = 0.5


@dataclass(frozen=True, repr=False)
class Differences:
    """Shares of documents of two groups, compared.

    Attributes
    ----------
    table : DataFrame
        Indexed by code: ``label``, ``first`` and ``second`` (% of documents), ``difference`` in points with
        ``low`` and ``high``, and ``clear`` where the interval leaves out 0.
    names : tuple of str
        The two groups, as people read them.
    """

    table: pd.DataFrame
    names: tuple[str, str]

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw the differences with their intervals, one row per code; hollow where 0 is not left out.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.
        """
        from innovsoc_analysis.figures.style import COLOURS, MUTED, house_style, new_axes

        y = list(range(0, -len(self.table), -1))
        with house_style():
            axes = new_axes(8.4, 1.5 + 0.3 * len(y), ax=ax)
            axes.axvline(0, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
            axes.hlines(y, self.table["low"], self.table["high"], color=COLOURS[0], linewidth=1.8)
            faces = [COLOURS[0] if clear else "white" for clear in self.table["clear"]]
            axes.scatter(self.table["difference"], y, s=42, c=faces, edgecolors=COLOURS[0], zorder=3)
            axes.set_yticks(y, self.table["label"])
            axes.set_ylim(y[-1] - _HALF_HEIGHT, _HALF_HEIGHT)
            axes.grid(axis="x")
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:+.0f}".replace("-", "−").replace("+0", "0"))
            said = "écart en points et intervalle ; ensemble sûrs à 95\u202f% ; point plein : 0 est exclu"
            axes.set_xlabel(said, color=MUTED)
            title = f"Part des documents : {self.names[0]} moins {self.names[1]}"
            if ax is None:
                axes.figure.suptitle(title, x=0.01, ha="left", fontsize=11.5, fontweight="bold")
            else:
                axes.set_title(title)
        return axes

    def readable(self) -> pd.DataFrame:
        """Return the table as people read it, in French."""
        shown = self.table.round(0).astype({"first": int, "second": int})
        between = [f"{_signed(row.low)} à {_signed(row.high)}" for row in shown.itertuples()]
        return pd.DataFrame(
            {
                "code": shown["label"],
                f"{self.names[0]} (%)": shown["first"],
                f"{self.names[1]} (%)": shown["second"],
                "écart (points)": [_signed(value) for value in shown["difference"]],
                "intervalle": between,
                "net": ["oui" if clear else "non" for clear in shown["clear"]],
            }
        )

    def save(self, path: Path | str, *, locale: str = "") -> None:
        """Write the table to ``.xlsx`` or ``.csv``, as the suffix of `path` says.

        Raises
        ------
        UsageError
            If the suffix is neither.
        """
        names = {"first": f"{self.names[0]} (%)", "second": f"{self.names[1]} (%)", "difference": "écart (points)"}
        said = {"label": "libellé", "low": "bas", "high": "haut", "clear": "net"}
        save_sheets(
            {"Écarts": self.table.reset_index().rename(columns=names | said)}, path, main="Écarts", locale=locale
        )

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Differences : {len(self.table)} codes, {int(self.table['clear'].sum())} écarts nets>"

    def _repr_html_(self) -> str:
        first, second = map(escape, self.names)
        said = (
            f"Intervalles de Newcombe sur la différence {first} moins {second}, ensemble sûrs à 95\u202f% (Bonferroni)."
        )
        return f"{self.readable().to_html(index=False)}<small>{said}</small>"


def compare_shares(first: pd.DataFrame, second: pd.DataFrame, *, names: tuple[str, str]) -> Differences:
    """Compare, code by code, the shares of documents of two groups.

    Parameters
    ----------
    first, second : DataFrame
        One row per code, the same in both: ``code, label, documents, n_documents``.
    names : tuple of str
        The two groups, in French.

    Returns
    -------
    Differences
        With Newcombe's intervals (1998, *Statistics in Medicine* 17, p. 873-890, method 10), each taken at
        1 - 0.05 / number of codes (Bonferroni), so that they hold together at 95 %.

    Examples
    --------
    >>> import pandas as pd
    >>> one, other = (
    ...     pd.DataFrame([{"code": "a", "label": "A", "documents": n, "n_documents": 10}]) for n in (10, 0)
    ... )
    >>> compare_shares(one, other, names=("projets", "paroles")).table[["difference", "low", "high"]].round(1).values
    array([[100. ,  60.8, 100. ]])
    """
    level = 1 - (1 - LEVEL) / max(len(first), 1)
    rows: list[tuple[Any, ...]] = []
    for one, other in zip(first.itertuples(), second.itertuples(), strict=True):
        low, high = wilson_percent(one.documents, one.n_documents, level=level)
        other_low, other_high = wilson_percent(other.documents, other.n_documents, level=level)
        share, other_share = 100 * one.documents / one.n_documents, 100 * other.documents / other.n_documents
        below = ((share - low) ** 2 + (other_high - other_share) ** 2) ** 0.5
        above = ((high - share) ** 2 + (other_share - other_low) ** 2) ** 0.5
        gap = share - other_share
        rows.append((one.code, one.label, share, other_share, gap, gap - below, gap + above))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return Differences(table.assign(clear=(table["low"] > 0) | (table["high"] < 0)).set_index("code"), names)


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "−") if round(value) else "0"
