"""Records that readers hand over: a text, what is known of it, and where its parts stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch ``text[start:end]`` of a document stands in its source.

    Attributes
    ----------
    start, end : int
        Code points in the document's text, half-open.
    page : int or None
        Page of a paged source, from 1.
    speaker : str or None
        Who speaks, when the source says so.
    t_start, t_end : float or None
        Seconds from the start of a recording.
    """

    start: int
    end: int
    page: int | None = None
    speaker: str | None = None
    t_start: float | None = None
    t_end: float | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One source text as a reader found it, before cleaning.

    Attributes
    ----------
    text : str
        The text; paragraphs are separated by line breaks.
    title : str or None
        The title the source gives itself.
    meta : mapping of str to str
        What the source says about itself (front matter, columns of a table).
    places : tuple of Place
        Pages, turns or cues, in order, not overlapping.
    key : str
        Which document of the file this is (the row of a table); empty when the file is one document.
    wrapped : bool
        Whether line breaks inside paragraphs come from a page layout, so that cleaning may undo them.
    warnings : tuple of str
        What the reader had to leave out or guess, in French.
    speakers : frozenset of str
        Names that the source itself marks as speakers; each starts a line as ``Nom : ``.
    """

    text: str
    title: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    key: str = ""
    wrapped: bool = False
    warnings: tuple[str, ...] = ()
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What became of one file that was found: a row of ``sources.csv``.

    Attributes
    ----------
    source : str
        Path relative to what the user named, with ``/``; ``archive.zip/inside.txt`` within a zip.
    outcome : str
        ``"accepté"``, ``"accepté avec avertissement"``, ``"refusé"`` or ``"ignoré"``.
    code : str
        Stable reason, empty when accepted.
    message : str
        The reason and what to do, in French.
    reader : str
        Name of the reader, empty when none applies.
    sha256 : str
        Digest of the file's bytes, empty when it could not be read.
    n_bytes, n_documents : int
        Size of the file, and documents obtained from it.
    n_pages, n_characters : int
        Pages whose places are known, and characters of its documents once cleaned.
    """

    source: str
    outcome: str
    code: str = ""
    message: str = ""
    reader: str = ""
    sha256: str = ""
    n_bytes: int = 0
    n_documents: int = 0
    n_pages: int = 0
    n_characters: int = 0

    @property
    def refused(self) -> bool:
        """Whether nothing was read from the file."""
        return self.outcome == REFUSED


ACCEPTED = "accepté"
ACCEPTED_WITH_WARNING = "accepté avec avertissement"
REFUSED = "refusé"
IGNORED = "ignoré"
