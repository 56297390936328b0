"""Attributes as people read them: their values, and one that no document has."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.metadata import attribute_label, genre_label
from innovsoc_analysis.model.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_VALUE = "non renseigné"


def value_label(by: str, value: str) -> str:
    """Return what people call a value of an attribute.

    Examples
    --------
    >>> value_label("genre", "project"), value_label("country", "Mali"), value_label("country", "")
    ('projets', 'Mali', 'non renseigné')
    """
    return genre_label(value) if by == "genre" else value or NO_VALUE


def unknown_attribute(name: str, known: Sequence[str]) -> UnknownNameError:
    """Return the error that tells of an attribute which no document has.

    Parameters
    ----------
    name : str
        As it was asked for; « pays » is near to ``country``, which people read as « pays ».
    known : sequence of str
        The names there are.

    Examples
    --------
    >>> print(unknown_attribute("countri", ["genre", "country"]))
    Aucun document n'a d'attribut « countri » ; vouliez-vous dire « country » ? Il y a : genre, country.
    >>> print(unknown_attribute("pays", ["genre", "country"]))
    Aucun document n'a d'attribut « pays » ; vouliez-vous dire « country » ? Il y a : genre, country.
    >>> print(unknown_attribute("zzz", ["genre"]))
    Aucun document n'a d'attribut « zzz » ; il y a : genre.
    """
    named = {spelling.casefold(): one for one in reversed(known) for spelling in (attribute_label(one), one)}
    close = difflib.get_close_matches(name.casefold(), list(named), n=1)
    hint = f"vouliez-vous dire « {named[close[0]]} » ? Il y a" if close else "il y a"
    return UnknownNameError(f"Aucun document n'a d'attribut « {name} » ; {hint} : {', '.join(known)}.")
