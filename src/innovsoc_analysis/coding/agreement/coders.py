"""Put the codings of several coders side by side: segments × codes, for each coder present or absent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innovsoc_analysis.coding.codings import Codings
from innovsoc_analysis.coding.units import segments_to_code
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.model.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.study.corpus import Corpus

Bools = NDArray[np.bool_]
_NEEDED = ("segment_id", "code")


@dataclass(frozen=True, eq=False)
class SideBySide:
    """What several coders did on the same segments.

    Attributes
    ----------
    names : tuple of str
        The coders.
    tables : tuple of DataFrame
        Their codings on the segments, schema ``codings``.
    segments : DataFrame
        All that every coder saw, one row each, ``segment_id`` and ``doc_id`` at least.
    codes : tuple of str
        In order.
    labels, families : dict
        Code → its label and the label of its family, as far as a codebook tells.
    presence : tuple of array of bool, shape (n_segments, n_codes)
        For each coder, whether a segment carries a code.
    n_outside : int
        Codings left out: of another segment or code.
    corpus : Corpus or None
        What was coded.
    """

    names: tuple[str, ...]
    tables: tuple[pd.DataFrame, ...]
    segments: pd.DataFrame
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    families: Mapping[str, str]
    presence: tuple[Bools, ...]
    n_outside: int
    corpus: Corpus | None


def put_side_by_side(
    given: Sequence[Codings | pd.DataFrame],
    *,
    segments: pd.DataFrame | None,
    codes: Iterable[str] | Codebook | None,
    names: Sequence[str] | None,
    corpus: Corpus | None,
) -> SideBySide:
    """Return the codings of several coders on the segments that all of them saw.

    Parameters
    ----------
    given : sequence of Codings or DataFrame
        One per coder, schema ``codings``.
    segments : DataFrame, optional
        What all coders saw; by default the segments that the codebook of the first `Codings` codes.
    codes : iterable of str or Codebook, optional
        Which; by default those of a codebook among the codings, otherwise all that occur.
    names : sequence of str, optional
        The coders; by default from the column ``coder``.
    corpus : Corpus, optional
        What was coded; by default that of the first `Codings`.

    Raises
    ------
    UsageError
        If columns are missing, or it is not known what the coders saw.
    UnknownNameError
        If the codebook and the codings know no such code.
    """
    whole = [one for one in given if isinstance(one, Codings)]
    tables = [one.table if isinstance(one, Codings) else one for one in given]
    for table in tables:
        _check_columns(table, _NEEDED, what="des codages")
    corpus = corpus or next((one.corpus for one in whole), None)
    book = codes if isinstance(codes, Codebook) else next((one.codebook for one in whole), None)
    seen = _seen(segments, whole)
    wanted = _codes(codes, book, tables)
    kept = tuple(
        table[table["segment_id"].isin(seen["segment_id"]) & table["code"].isin(wanted)].reset_index(drop=True)
        for table in tables
    )
    known = set(book.code_ids) if book else set()
    return SideBySide(
        names=_names(tables, names),
        tables=kept,
        segments=seen,
        codes=wanted,
        labels={code: book[code].label for code in wanted if code in known} if book else {},
        families={code: book.family_of(code) for code in wanted if code in known} if book else {},
        presence=tuple(_presence(table, seen, wanted) for table in kept),
        n_outside=sum(map(len, tables)) - sum(map(len, kept)),
        corpus=corpus,
    )


def _check_columns(table: Any, columns: Sequence[str], *, what: str) -> None:
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"La table {what} est un DataFrame de pandas ou un objet Codings.")
    if absent := [name for name in columns if name not in table.columns]:
        raise UsageError(f"La table {what} n'a pas de colonne {', '.join(absent)}.")


def _seen(segments: pd.DataFrame | None, whole: Sequence[Codings]) -> pd.DataFrame:
    if segments is None:
        if not whole:
            raise UsageError("Dites ce que tous les codeurs ont vu : segments= attend la table des segments.")
        segments = _coded_segments(whole[0])
    _check_columns(segments, ("segment_id", "doc_id"), what="des segments")
    return segments.drop_duplicates("segment_id").reset_index(drop=True)


def _coded_segments(codings: Codings) -> pd.DataFrame:
    """Return the segments of the unit that the codebook codes; paragraphs where a text has no turns."""
    return segments_to_code(codings.corpus.segments, codings.codebook.unit)


def _codes(
    codes: Iterable[str] | Codebook | None, book: Codebook | None, tables: Sequence[pd.DataFrame]
) -> tuple[str, ...]:
    if codes is not None and not isinstance(codes, Codebook):
        wanted = tuple(dict.fromkeys([codes] if isinstance(codes, str) else codes))
        met = {code for table in tables for code in table["code"].dropna()}
        if unknown := [code for code in wanted if book and code not in book.code_ids and code not in met]:
            raise UnknownNameError(f"Ni le livre de codes ni les codages n'ont de code « {unknown[0]} ».")
        return wanted
    if book:
        return book.code_ids
    return tuple(sorted({str(code) for table in tables for code in table["code"].dropna()}))


def _names(tables: Sequence[pd.DataFrame], names: Sequence[str] | None) -> tuple[str, ...]:
    """Return a name for each coder, numbered where two would have the same."""
    if names is not None:
        if len(names) != len(tables) or len(set(names)) < len(names):
            raise UsageError(f"names= doit donner {len(tables)} noms différents, un par codeur.")
        return tuple(names)
    found: list[str] = []
    for place, table in enumerate(tables, start=1):
        own = table["coder"].dropna().unique().tolist() if "coder" in table.columns else []
        name = str(own[0]) if len(own) == 1 else f"codeur {place}"
        found.append(name if name not in found else f"{name} ({place})")
    return tuple(found)


def _presence(table: pd.DataFrame, segments: pd.DataFrame, codes: Sequence[str]) -> Bools:
    present = np.zeros((len(segments), len(codes)), dtype=bool)
    rows = pd.Index(segments["segment_id"]).get_indexer(table["segment_id"])
    columns = pd.Index(list(codes), dtype=object).get_indexer(table["code"].astype(object))
    present[rows, columns] = True
    return present
