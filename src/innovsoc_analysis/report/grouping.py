"""What a report compares the documents by: the genre, or any other attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.attributes import value_label
from innovsoc_analysis.ingest.metadata import attribute_label
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.tables import META_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GENRE = "genre"
MOST_VALUES = 30


@dataclass(frozen=True, slots=True)
class Grouping:
    """Documents by an attribute.

    Attributes
    ----------
    by : str
        The attribute, without prefix.
    values : tuple of str
        Its values in the order of the columns; empty for documents without one.

    Examples
    --------
    >>> Grouping("genre", ("", "project")).names, Grouping("country", ("", "Mali")).names
    (['sans genre', 'projets'], ['non renseigné', 'Mali'])
    """

    by: str
    values: tuple[str, ...]

    @property
    def label(self) -> str:
        """What people call the attribute."""
        return attribute_label(self.by)

    @property
    def is_genre(self) -> bool:
        """Whether it is what documents are compared by unless told otherwise."""
        return self.by == GENRE

    @property
    def names(self) -> list[str]:
        """What people call its values."""
        return [value_label(self.by, value) for value in self.values]


def grouping(by: str, values: Iterable[str]) -> Grouping:
    """Return the documents by an attribute, if it has few enough values to be compared.

    Parameters
    ----------
    by : str
        The attribute; empty for the genre.
    values : iterable of str
        Its values, each once, in the order of the columns.

    Raises
    ------
    UsageError
        If a table could not show them side by side.
    """
    found = Grouping(by.removeprefix(META_PREFIX) or GENRE, tuple(values))
    if not found.is_genre and len(found.values) > MOST_VALUES:
        raise too_many_values(found.by)
    return found


def too_many_values(by: str) -> UsageError:
    """Return the error that tells of an attribute which a table cannot show side by side."""
    return UsageError(
        f"L'attribut « {by} » a plus de {MOST_VALUES} valeurs, trop pour un tableau : choisissez un autre attribut, ou"
        " regroupez ses valeurs dans la table de métadonnées."
    )


def grouped_rows(found: Grouping, documents: Sequence[int], words: Sequence[int]) -> list[dict[str, Any]]:
    """Return what the report says of the size of each group, in the order of its values."""
    counts = zip(found.names, documents, words, strict=True)
    return [{"label": name, "documents": n_documents, "words": n_words} for name, n_documents, n_words in counts]
