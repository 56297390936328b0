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
    """

    table: pd.DataFrame

    def __repr__(self) -> str:
        """Return a count only: the texts may be confidential."""
        return f"<Verbatims : {len(self.table)} segments>"

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li style='margin:.5em 0'>« {_highlighted(row)} »<br><small>{_origin(row)}</small></li>"
            for row in self.table.itertuples()
        )
        return f"<ul style='list-style:none;padding:0;max-width:52em'>{items}</ul>"


def _highlighted(row: Any) -> str:
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
    return escape(", ".join(part for part in named if part))
