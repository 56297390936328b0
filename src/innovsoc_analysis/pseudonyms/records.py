"""What this room hands around: kinds of names, mentions, entities, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

PERSON, PLACE, ORGANISATION, NAME = "personne", "lieu", "organisation", "nom"
MAIL, PHONE, ADDRESS, SITE = "courriel", "téléphone", "adresse", "site"
BIRTH, NUMBER, ACCOUNT = "date de naissance", "numéro", "compte"

KINDS = {
    PERSON: "Personne",
    PLACE: "Lieu",
    ORGANISATION: "Organisation",
    NAME: "Nom",
    MAIL: "Courriel",
    PHONE: "Téléphone",
    ADDRESS: "Adresse",
    SITE: "Site",
    BIRTH: "Date",
    NUMBER: "Numéro",
    ACCOUNT: "Compte",
}
"""Kind as it stands in the table → word of its marker. ``nom``: a proper name of unknown kind."""

LITERAL = frozenset({MAIL, PHONE, ADDRESS, SITE, BIRTH, NUMBER, ACCOUNT})
"""Kinds that patterns find and that are looked for letter by letter."""

REPLACE, KEEP, UNDECIDED = "remplacer", "garder", "à décider"
DECISIONS = (REPLACE, KEEP, UNDECIDED)


class Mention(NamedTuple):
    """A stretch ``text[start:end]`` that may name someone or something.

    Attributes
    ----------
    start, end : int
        Where it stands.
    kind : str
        One of `KINDS`.
    weight : float
        How much it counts for its kind when the mentions of a form disagree.
    """

    start: int
    end: int
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the study, and what else is known of it that may hold names.

    Attributes
    ----------
    doc_id, source : str
        As in the table *documents*.
    text : str
        The cleaned text.
    title, genre : str
        Of the document.
    meta : dict of str to str
        Its metadata.
    key : str
        Which document of its file this is.
    speakers : frozenset of str
        Those whom the source marks.
    cues : tuple of (int, int, float, float)
        Where subtitles start and end in the text, and when.
    """

    doc_id: str
    source: str
    text: str
    title: str = ""
    genre: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    key: str = ""
    speakers: frozenset[str] = frozenset()
    cues: tuple[tuple[int, int, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something under all its forms: a row of the table.

    Attributes
    ----------
    entity_id : str
        ``P001``…, by kind.
    kind : str
        One of `KINDS`.
    forms : tuple of str
        As written, the longest first.
    marker : str
        What it is called instead, such as ``[Personne 1]``.
    decision : str
        One of `DECISIONS`.
    replacement : str
        What a person wants instead of the marker; empty: the marker.
    n_occurrences : int
        In all texts.
    documents : tuple of str
        Sources of the documents that name it.
    contexts : tuple of str
        A few lines around it. Confidential.
    remark : str
        What a person should know to decide, in French.
    """

    entity_id: str
    kind: str
    forms: tuple[str, ...]
    marker: str
    decision: str = REPLACE
    replacement: str = ""
    n_occurrences: int = 0
    documents: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    remark: str = ""

    @property
    def replaced(self) -> bool:
        """Whether it is replaced: what no one has decided is."""
        return self.decision != KEEP

    @property
    def said(self) -> str:
        """What stands in its place."""
        return self.replacement or self.marker
