"""Verbatims as French readers cite them: « … », who, where from, and whether the code is sure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.coding.display import highlighted
from innovsoc_analysis.ingest.metadata import genre_label
from innovsoc_analysis.model.tables import META_PREFIX, SURE, TO_REREAD

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.coding.codings import Codings

_PLACES = ("place", "year")
_INNER = ((re.compile(r"«\s?"), "“"), (re.compile(r"\s?»"), "”"))


@dataclass(frozen=True, repr=False)
class Quotes:
    """Verbatims of a code to read.

    Attributes
    ----------
    table : DataFrame
        Rows of :meth:`Codings.verbatims`, and ``group``.
    n_all : int
        How many there are, of which these are shown.
    n_doubtful : int
        How many of all a person should re-read.
    """

    table: pd.DataFrame
    n_all: int
    n_doubtful: int

    def __repr__(self) -> str:
        """Return a count only: the texts may be confidential."""
        return f"<Quotes : {len(self.table)} sur {self.n_all}>"

    def __str__(self) -> str:
        """Return the verbatims as text, for ``print``."""
        items = [f"{_quoted(row.quote)}\n    {_origin(row)} [{_status(row)}]" for row in self.table.itertuples()]
        return "\n".join([*items, self._count()])

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li style='margin:.6em 0'>{_quoted(highlighted(row))}<br>"
            f"<small>{escape(_origin(row))} · <b style='white-space:nowrap'>{_status(row)}</b></small></li>"
            for row in self.table.itertuples()
        )
        return f"<ul style='list-style:none;padding:0;max-width:52em'>{items}</ul><small>{self._count()}</small>"

    def _count(self) -> str:
        if not self.n_all:
            return "Aucun verbatim."
        return f"Montrés : {len(self.table)} sur {self.n_all} ; à relire : {self.n_doubtful} sur {self.n_all}"


def spread_quotes(codings: Codings, code: str, *, by: str = "genre", n: int = 1, sure: bool = False) -> Quotes:
    """Return verbatims of `code`, `n` of each group, the surest first, one per document before a second.

    Parameters
    ----------
    codings : Codings
        Of any coder.
    code : str
        A code of the codebook.
    by : str
        ``"genre"`` or a metadata column.
    n : int
        How many of each group.
    sure : bool
        Leave out those that a person should re-read.

    Raises
    ------
    UnknownNameError
        If the codebook has no such code, or no document the attribute.

    Examples
    --------
    >>> import innovsoc_analysis as isa
    >>> corpus = isa.corpus_from_texts({"Essai": "Un levier : la confiance."}, genre="project")
    >>> found = spread_quotes(isa.code(corpus, "bissib", coder="rules"), "deb.leviers")
    >>> found, found.table["quote"].tolist()
    (<Quotes : 1 sur 1>, ['Un levier : la confiance.'])
    """
    found = codings.verbatims(code)
    doubtful = found["status"] == TO_REREAD
    n_all, n_doubtful = len(found), int(doubtful.sum())
    if sure:
        found = found[~doubtful]
    values = codings.corpus.attribute(by)
    ranked = found.assign(group=found["doc_id"].map(values)).sort_values("score", ascending=False, kind="stable")
    ranked = ranked.assign(nth=ranked.groupby("doc_id").cumcount())
    chosen = ranked.sort_values(["group", "nth"], kind="stable").groupby("group").head(n).drop(columns="nth")
    for name in _PLACES:
        known = name in codings.corpus.attributes
        chosen[META_PREFIX + name] = chosen["doc_id"].map(codings.corpus.attribute(name)) if known else ""
    return Quotes(chosen.reset_index(drop=True), n_all, n_doubtful)


def _quoted(text: str) -> str:
    for pattern, mark in _INNER:
        text = pattern.sub(mark, text)
    return f"«\u00a0{text}\u00a0»"


def _origin(row: Any) -> str:
    speaker = row.speaker if isinstance(row.speaker, str) else ""
    # itertuples gives no names to columns with a point
    return ", ".join(part for part in (speaker, row.title, *row[-len(_PLACES) :], genre_label(row.genre)) if part)


def _status(row: Any) -> str:
    if row.status != TO_REREAD:
        return "sûr" if row.status == SURE else "par règles"
    return f"à relire ({row.score:.2f})".replace(".", ",")
