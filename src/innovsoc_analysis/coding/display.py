"""How codings show themselves in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.metadata import genre_label

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Verbatims:
    """Coded segments to read, the words that triggered the code highlighted.

    Attributes
    ----------
    table : DataFrame
        Rows of :meth:`Codings.verbatims`.
    n_all : int
        How many there are, of which these are shown.
    """

    table: pd.DataFrame
    n_all: int

    def __repr__(self) -> str:
        """Return a count only: the texts may be confidential."""
        return f"<Verbatims : {len(self.table)} sur {self.n_all}>"

    def __str__(self) -> str:
        """Return the verbatims as text, for ``print``."""
        items = [f"« {row.quote} »\n    {_origin(row)} [{row.evidence}]" for row in self.table.itertuples()]
        return "\n".join([*items, self._count()])

    def _count(self) -> str:
        return f"{len(self.table)} verbatims sur {self.n_all}"

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li style='margin:.5em 0'>« {highlighted(row)} »<br><small>{escape(_origin(row))}</small></li>"
            for row in self.table.itertuples()
        )
        return f"<ul style='list-style:none;padding:0;max-width:52em'>{items}</ul><small>{self._count()}</small>"


def highlighted(row: Any) -> str:
    """Return the quote of a verbatim as HTML, the words that call for the code marked."""
    parts = []
    position = row.start
    for span in sorted(tuple(map(int, span.split("-"))) for span in row.evidence_spans.split()):
        start, end = max(span[0], position), max(span[1], position)
        parts += [escape(row.quote[position - row.start : start - row.start])]
        parts += [f"<mark>{escape(row.quote[start - row.start : end - row.start])}</mark>"] if start < end else []
        position = end
    return "".join([*parts, escape(row.quote[position - row.start :])])


def _origin(row: Any) -> str:
    named = [row.speaker if isinstance(row.speaker, str) else "", row.title, genre_label(row.genre)]
    return ", ".join(part for part in named if part)
