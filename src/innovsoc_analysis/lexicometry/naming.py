"""What parts are called on figures: codes by their label, genres in French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.metadata import genre_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from innovsoc_analysis.counting.parts import Coded


def labels_of(codings: Coded | pd.DataFrame | None) -> dict[str, str]:
    """Return the label of each code, if codings know their codebook; a label that two codes share has the code after.

    Parameters
    ----------
    codings : Codings or DataFrame, optional
        A table alone has no labels.

    Examples
    --------
    >>> labels_of(None)
    {}
    """
    book: Any = getattr(codings, "codebook", None)
    if book is None:
        return {}
    labels = {code: str(book[code].label) for code in book.code_ids}
    said = list(labels.values())
    return {code: label if said.count(label) == 1 else f"{label} ({code})" for code, label in labels.items()}


def part_label(part: str, by: str, labels: Mapping[str, str]) -> str:
    """Return what a part is called.

    Parameters
    ----------
    part : str
        Its name in the tables.
    by : str
        What the parts are.
    labels : mapping of str to str
        Of codes, see `labels_of`.

    Examples
    --------
    >>> part_label("talk", "genre", {}), part_label("def.besoin", "code", {"def.besoin": "Réponse à un besoin social"})
    ('paroles', 'Réponse à un besoin social')
    """
    return genre_label(part) if by == "genre" else labels.get(part, part)
