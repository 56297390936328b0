"""Replace names in a text, and keep where each replacement stands and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.pseudonyms.materials import find_labels
from innovsoc_analysis.text.offsets import OffsetMap, apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.pseudonyms.finding import Finder
    from innovsoc_analysis.pseudonyms.records import Entity, Text


class Swap(NamedTuple):
    """One replacement.

    Attributes
    ----------
    start, end : int
        Where the name stood in the original text.
    new_start, new_end : int
        Where its replacement stands in the pseudonymised text.
    original : str
        The name.
    """

    start: int
    end: int
    new_start: int
    new_end: int
    original: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text without its names.

    Attributes
    ----------
    text : str
        The pseudonymised text.
    swaps : tuple of Swap
        What was replaced, in order.
    places : OffsetMap
        From the pseudonymised text to the original.
    """

    text: str
    swaps: tuple[Swap, ...]
    places: OffsetMap


def replace_names(text: Text, entities: Sequence[Entity], finder: Finder) -> Replaced:
    r"""Return a document's text with its names replaced.

    A speaker's label takes the marker without its brackets, « Personne 1 : », so that transcripts are read as such.

    Parameters
    ----------
    text : Text
        A document.
    entities : sequence of Entity
        All of them.
    finder : Finder
        Of the same entities, in the same order.

    Returns
    -------
    Replaced
        What is kept is left as it was.

    Examples
    --------
    >>> from innovsoc_analysis.pseudonyms.finding import Finder
    >>> from innovsoc_analysis.pseudonyms.records import Entity, Text
    >>> people = [Entity("P001", "personne", ("Ana",), "[Personne 1]")]
    >>> said = "Ana : Où ?\nLuc : Chez Ana.\nAna : Oui, moi."
    >>> print(replace_names(Text("d", "a.txt", said), people, Finder(people)).text)
    Personne 1 : Où ?
    Luc : Chez [Personne 1].
    Personne 1 : Oui, moi.
    """
    labels = [(label.start, label.end) for label in find_labels(text)]
    edits = []
    for start, end, number in finder.find(text.text):
        if entities[number].replaced:
            said = entities[number].said
            in_label = any(first <= start and end <= last for first, last in labels)
            edits.append((start, end, bare(said) if in_label else said))
    new, places = apply_edits(text.text, edits)
    swaps = []
    shift = 0
    for start, end, said in edits:
        swaps.append(Swap(start, end, start + shift, start + shift + len(said), text.text[start:end]))
        shift += len(said) - (end - start)
    return Replaced(new, tuple(swaps), places)


def replace_in(value: str, entities: Sequence[Entity], finder: Finder) -> str:
    """Return a title or a cell of metadata with its names replaced.

    Parameters
    ----------
    value : str
        A short text.
    entities, finder
        As in `replace_names`.

    Examples
    --------
    >>> from innovsoc_analysis.pseudonyms.finding import Finder
    >>> from innovsoc_analysis.pseudonyms.records import Entity
    >>> people = [Entity("P001", "personne", ("Ana",), "[Personne 1]")]
    >>> replace_in("Entretien avec Ana", people, Finder(people))
    'Entretien avec [Personne 1]'
    """
    edits = [
        (start, end, entities[number].said) for start, end, number in finder.find(value) if entities[number].replaced
    ]
    return apply_edits(value, edits)[0]


def bare(marker: str) -> str:
    """Return a marker as a speaker is called.

    Examples
    --------
    >>> bare("[Personne 1]"), bare("Aline")
    ('Personne 1', 'Aline')
    """
    said = marker.strip("[]")
    return said[:1].upper() + said[1:]
