"""Read sections that coders have marked on continua: texts, recordings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from innovsoc_analysis.model.errors import UsageError

_COLUMNS = ("coder", "start", "end")
_RECORD = "Une section est (codeur, début, fin) ou (codeur, début, fin, catégorie)."
_ONLY = ""  # the name of the document where there is only one
_SHORTEST, _LONGEST = 3, 4


class Section(NamedTuple):
    """A stretch marked by a coder, half-open."""

    document: Hashable
    coder: Hashable
    start: int
    end: int
    category: Hashable


class Continua(NamedTuple):
    """Sections and what they are marked on.

    Attributes
    ----------
    sections : tuple of Section
        In order of document, coder, start.
    bounds : dict
        Document → its first position and the one after its last.
    coders : tuple
        All who coded, with or without sections.
    """

    sections: tuple[Section, ...]
    bounds: dict[Hashable, tuple[int, int]]
    coders: tuple[Hashable, ...]

    @property
    def length(self) -> int:
        """Of all continua together."""
        return sum(end - start for start, end in self.bounds.values())

    @property
    def categories(self) -> tuple[Hashable, ...]:
        """Those that occur, in the order of the first section of each."""
        return tuple(dict.fromkeys(section.category for section in self.sections))


def read_continua(data: Any, *, length: Any, begin: Any = 0, coders: Iterable[Hashable] | None = None) -> Continua:
    """Return sections and continua.

    Parameters
    ----------
    data : DataFrame, mapping or sequence
        A table with columns ``coder``, ``start``, ``end`` and, if wished, ``category`` and
        ``document``; records (coder, start, end) or (coder, start, end, category); or for each
        coder the list of his or her (start, end) or (start, end, category), in a list or by name.
    length : int or mapping
        Of the continuum, or of each document by name. Positions are whole numbers.
    begin : int or mapping
        First position.
    coders : iterable, optional
        All who coded; needed if one of them has marked nothing and is not seen in `data`.

    Raises
    ------
    UsageError
        If a section is no section, or lies outside its continuum.

    Examples
    --------
    >>> continua = read_continua([[(0, 4)], [(1, 4, "lieu")]], length=10)
    >>> [(section.coder, section.start, section.end) for section in continua.sections]
    [(1, 0, 4), (2, 1, 4)]
    """
    rows, seen = _rows(data)
    sections = [_section(*row) for row in rows]
    known = dict.fromkeys(seen) if coders is None else dict.fromkeys(coders)
    if unknown := [section.coder for section in sections if section.coder not in known]:
        raise UsageError(f"coders= ne contient pas « {unknown[0]} », qui a pourtant marqué des sections.")
    lengths = length if isinstance(length, Mapping) else dict.fromkeys(_documents(sections), length)
    bounds = {}
    for document, size in lengths.items():
        first = begin.get(document, 0) if isinstance(begin, Mapping) else begin
        bounds[document] = (_whole(first), _whole(first) + _whole(size))
    for section in sections:
        _check_place(section, bounds)
    places = {document: place for place, document in enumerate(bounds)}
    numbers = {coder: place for place, coder in enumerate(known)}
    sections.sort(key=lambda section: (places[section.document], numbers[section.coder], section.start, section.end))
    return Continua(tuple(sections), bounds, tuple(known))


def _documents(sections: list[Section]) -> list[Hashable]:
    documents = list(dict.fromkeys(section.document for section in sections))
    if len(documents) > 1:
        raise UsageError("Il y a plusieurs documents : donnez la longueur de chacun, length={document: longueur}.")
    return documents or [_ONLY]


def _rows(data: Any) -> tuple[list[tuple[Any, ...]], list[Hashable]]:
    """Return (document, coder, start, end, category) of each section, and the coders seen."""
    if isinstance(data, pd.DataFrame):
        rows = _table_rows(data)
    elif isinstance(data, Mapping):
        rows = list(_by_coder(data))
        return rows, list(data)
    else:
        items = list(data) if isinstance(data, Iterable) and not isinstance(data, (str, bytes)) else None
        if items is None:
            raise UsageError(_RECORD)
        if all(_is_list_of_sections(item) for item in items):
            by_number: dict[Hashable, Any] = dict(enumerate(items, start=1))
            return list(_by_coder(by_number)), list(by_number)
        rows = [_record(item) for item in items]
    return rows, list(dict.fromkeys(row[1] for row in rows))


def _table_rows(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    if absent := [name for name in _COLUMNS if name not in table.columns]:
        raise UsageError(f"La table des sections n'a pas de colonne {', '.join(absent)}.")
    n = len(table)
    documents = table["document"].tolist() if "document" in table.columns else [_ONLY] * n
    categories = table["category"].tolist() if "category" in table.columns else [""] * n
    return list(zip(documents, *(table[name].tolist() for name in _COLUMNS), categories, strict=True))


def _is_list_of_sections(item: Any) -> bool:
    return isinstance(item, (list, tuple)) and all(isinstance(one, (list, tuple)) for one in item)


def _by_coder(sections: Mapping[Hashable, Iterable[Any]]) -> Iterator[tuple[Any, ...]]:
    for coder, marked in sections.items():
        for one in marked:
            yield _record((coder, *one))


def _record(item: Any) -> tuple[Any, ...]:
    if not isinstance(item, (list, tuple)) or not _SHORTEST <= len(item) <= _LONGEST:
        raise UsageError(_RECORD)
    category = item[3] if len(item) == _LONGEST else ""
    return (_ONLY, *item[:3], category)


def _section(document: Any, coder: Any, start: Any, end: Any, category: Any) -> Section:
    absent = category is None or category is pd.NA or category != category  # noqa: PLR0124 - NaN
    section = Section(document, coder, _whole(start), _whole(end), "" if absent else category)
    if section.end <= section.start:
        raise UsageError(f"Une section va de {section.start} à {section.end} : la fin doit suivre le début.")
    return section


def _whole(position: Any) -> int:
    try:
        whole = int(position)
    except (TypeError, ValueError, OverflowError):
        raise UsageError(f"« {position} » n'est pas une position.") from None
    if whole != position:
        raise UsageError(f"La position {position} n'est pas entière : comptez en caractères, ou en millisecondes.")
    return whole


def _check_place(section: Section, bounds: Mapping[Hashable, tuple[int, int]]) -> None:
    if section.document not in bounds:
        raise UsageError(f"length= ne donne pas la longueur du document « {section.document} ».")
    first, last = bounds[section.document]
    if section.start < first or section.end > last:
        raise UsageError(
            f"La section de {section.start} à {section.end} sort de son continuum, qui va de {first} à {last}."
        )
