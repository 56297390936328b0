"""Read all sources into documents; a file that fails is listed and the rest goes on."""

from __future__ import annotations

import difflib
import hashlib
import unicodedata
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.isolated import refuse_too_long
from innovsoc_analysis.ingest.metadata import (
    MetadataTable,
    find_metadata,
    genre_of_folder,
    load_metadata,
    normalise_genre,
)
from innovsoc_analysis.ingest.registry import Reading, reader_for, reader_of
from innovsoc_analysis.ingest.sources import METADATA_TABLE, SourceFile, find_sources, why_ignored
from innovsoc_analysis.model.documents import ACCEPTED, ACCEPTED_WITH_WARNING, IGNORED, REFUSED, SourceOutcome
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from innovsoc_analysis.model.documents import RawDocument


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as read, with what is known of its file."""

    source: str
    sha256: str
    format: str
    genre: str
    raw: RawDocument


@dataclass(frozen=True, slots=True)
class Intake:
    """All that came of reading: documents, what became of each file, and remarks on the metadata."""

    documents: tuple[SourceDocument, ...]
    outcomes: tuple[SourceOutcome, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The files under some paths and the metadata table that describes them.

    Attributes
    ----------
    files : tuple of SourceFile
        By name.
    table : MetadataTable
        Empty if there is none.
    table_name : str
        Its file name.
    other_tables : tuple of str
        Metadata tables that are not read: in a subfolder, in a zip, or beside the one that is.
    """

    files: tuple[SourceFile, ...]
    table: MetadataTable
    table_name: str = ""
    other_tables: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Tables that are not read; files that the table describes and no one looked up, with the nearest name."""
        names = [file.name for file in self.files]
        not_read = (
            f"« {name} » est une table de métadonnées qui n'est pas lue : une seule l'est, celle qui est en haut du"
            " dossier des textes (ou qu'on nomme)."
            for name in self.other_tables
        )
        not_found = (
            f"{self.table_name} décrit « {file} », qui n'a pas été trouvé{_hint(file, names)}"
            for file in self.table.unmatched
        )
        return (*not_read, *not_found)


def find_described(
    paths: Sequence[str | Path],
    *,
    metadata: Path | None = None,
    ignore: Sequence[Path] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Found:
    """Return the files under `paths` and their metadata table, without reading the files.

    Parameters
    ----------
    paths, metadata, ignore, limits
        As in `read_sources`.

    Raises
    ------
    UsageError
        If a path does not exist or the metadata table is unusable.
    """
    sources = find_sources(paths, ignore=[*ignore, metadata] if metadata else ignore, limits=limits)
    path = metadata or find_metadata(paths)
    return Found(
        tuple(sources),
        load_metadata(path) if path else MetadataTable(),
        table_name=path.name if path else "",
        other_tables=_tables_but(None if metadata else path, sources),
    )


def _tables_but(read: Path | None, sources: Sequence[SourceFile]) -> tuple[str, ...]:
    """Return the names of the metadata tables among `sources`, without the one at the place `read`."""
    names = [source.name for source in sources if why_ignored(source.name) == METADATA_TABLE]
    if read is None:
        return tuple(names)
    place = unicodedata.normalize("NFC", read.resolve().as_posix())
    # the name of a source is the end of its path: the shortest that fits is that of the table
    its_own = min((name for name in names if place.endswith(f"/{name}")), key=len, default=None)
    return tuple(name for name in names if name != its_own)


def read_files(
    files: Sequence[SourceFile],
    table: MetadataTable,
    *,
    genre: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Intake:
    """Read these files, whatever folder they come from.

    Parameters
    ----------
    files : sequence of SourceFile
        From :func:`~innovsoc_analysis.ingest.sources.find_sources`.
    table : MetadataTable
        What is known of them.
    genre, limits, progress
        As in `read_sources`.

    Returns
    -------
    Intake
        Without remarks.

    Examples
    --------
    >>> intake = read_files([SourceFile("a.txt", lambda: b"Un jardin.")], MetadataTable())
    >>> [(one.source, one.raw.text) for one in intake.documents]
    [('a.txt', 'Un jardin.')]
    """
    documents: list[SourceDocument] = []
    outcomes: list[SourceOutcome] = []
    with Worker(limits=limits, confined=True) as worker:
        for number, source in enumerate(files, start=1):
            found, outcome = _read_one(source, Reading(limits, worker))
            known = table.lookup(source.name)  # a described file that is refused was found all the same
            documents += _described(found, outcome, known=known, genre=genre)
            outcomes.append(outcome)
            if progress:
                progress("lecture", number, len(files))
    return Intake(tuple(documents), tuple(outcomes))


def read_sources(
    paths: Sequence[str | Path],
    *,
    genre: str | None = None,
    metadata: Path | None = None,
    ignore: Sequence[Path] = (),
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Intake:
    """Read every document under `paths`.

    Parameters
    ----------
    paths : sequence of str or Path
        Folders, files, patterns, zips.
    genre : str, optional
        Genre of the documents for which neither a table nor a column gives one.
    metadata : Path, optional
        Metadata table; by default ``metadata.csv`` or ``.xlsx`` at the top of a folder.
    ignore : sequence of Path
        Left out, such as the output folder.
    limits : Limits
        Bounds on what a file may cost.
    progress : callable, optional
        Called with (step, done, total).

    Raises
    ------
    UsageError
        If a path does not exist or the metadata table is unusable.
    """
    found = find_described(paths, metadata=metadata, ignore=ignore, limits=limits)
    intake = read_files(found.files, found.table, genre=genre, limits=limits, progress=progress)
    return replace(intake, remarks=found.remarks)


def _read_one(source: SourceFile, reading: Reading) -> tuple[list[RawDocument], SourceOutcome]:
    if reason := why_ignored(source.name):
        # a metadata table changes the results: its digest is kept with those of the texts
        digest = _digest(source) if reason == METADATA_TABLE else ""
        return [], SourceOutcome(source.name, IGNORED, message=reason, sha256=digest)
    outcome = SourceOutcome(source.name, ACCEPTED)
    try:
        if source.refusal:
            raise source.refusal
        reader = reader_for(source.name)
        data = source.load()
        digest = hashlib.sha256(data).hexdigest()
        outcome = replace(outcome, reader=reader.name, sha256=digest, n_bytes=len(data))
        reader, remark = reader_of(source.name, data, limits=reading.limits)
        outcome = replace(outcome, reader=reader.name)
        raws = _read_bytes(data, reader.read, reading)
    except RefusedFileError as error:
        return [], replace(outcome, outcome=REFUSED, code=error.code, message=str(error))
    warnings = ([remark] if remark else []) + [warning for raw in raws for warning in raw.warnings]
    outcome = replace(outcome, n_documents=len(raws))
    if warnings:
        outcome = replace(outcome, outcome=ACCEPTED_WITH_WARNING, code="warning", message=" ; ".join(warnings))
    return raws, outcome


def _hint(file: str, found: list[str]) -> str:
    bare = [PurePosixPath(name).name for name in found]
    close = difflib.get_close_matches(file, [*found, *bare], n=1, cutoff=0.7)
    return f" ; vouliez-vous dire « {close[0]} » ?" if close else "."


def _digest(source: SourceFile) -> str:
    try:
        return hashlib.sha256(source.load()).hexdigest()
    except RefusedFileError:
        return ""


def _read_bytes(
    data: bytes, read: Callable[[bytes, Reading], list[RawDocument]], reading: Reading
) -> list[RawDocument]:
    if not data.strip():
        raise RefusedFileError("empty", "le fichier est vide.")
    try:
        raws = read(data, reading)
    except RefusedFileError:
        raise
    except (RecursionError, MemoryError):
        raise RefusedFileError("crash", "le fichier est imbriqué de façon anormale ; réenregistrez-le.") from None
    except Exception as error:  # noqa: BLE001 - one file that a reader does not survive must not end the batch
        kind = type(error).__name__
        raise RefusedFileError("crash", f"le fichier fait échouer son lecteur ({kind}) ; réenregistrez-le.") from None
    refuse_too_long(raws, limits=reading.limits)
    if not any(_has_words(raw.text) for raw in raws):
        raise RefusedFileError("empty", "le fichier ne contient pas de texte.")
    return raws


def _has_words(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _pop(meta: dict[str, str], name: str) -> str:
    """Remove what `meta` says under `name`, in capitals or not, and return it."""
    said = [meta.pop(key) for key in list(meta) if key.strip().lower() == name]
    return said[-1] if said else ""


def _described(
    found: Sequence[RawDocument], outcome: SourceOutcome, *, known: Mapping[str, str], genre: str | None
) -> list[SourceDocument]:
    """Join metadata: the table wins over what the source says, which wins over option and folder."""
    otherwise = genre or genre_of_folder(outcome.source) or ""
    stem = PurePosixPath(outcome.source).stem
    described = []
    for raw in found:
        meta = {**raw.meta, **known}
        title = _pop(meta, "title") or _pop(meta, "titre") or raw.title or stem
        told = normalise_genre(_pop(meta, "genre") or otherwise)
        full = replace(raw, title=title, meta=meta)
        described.append(SourceDocument(outcome.source, outcome.sha256, outcome.reader, told, full))
    return described
