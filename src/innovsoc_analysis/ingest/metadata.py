"""The researcher's metadata table, joined to documents on the file name; genres from folders."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.sources import METADATA_STEMS
from innovsoc_analysis.ingest.tabular import csv_rows
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.safe.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE_COLUMNS = ("file", "fichier", "filename", "nom_fichier", "source", "document")
_GENRES = {
    "definition": ("definition", "definitions", "définition", "définitions"),
    "project": ("project", "projects", "projet", "projets", "fiches"),
    "talk": (
        "talk",
        "talks",
        "parole",
        "paroles",
        "entretien",
        "entretiens",
        "interventions",
        "interviews",
        "transcriptions",
    ),
}
GENRE_LABELS = {"definition": "définitions", "project": "projets", "talk": "paroles", "": "sans genre"}


class MetadataTable:
    """Rows of a metadata table, found by file name.

    Parameters
    ----------
    rows : iterable of dict
        One per document; a column names the file (``file``, ``fichier``…).
    where : str
        Name of the table for messages.

    Raises
    ------
    UsageError
        If no column names the files, or a file is described twice.
    """

    def __init__(self, rows: Iterable[dict[str, str]] = (), *, where: str = "metadata.csv") -> None:
        self._rows: dict[str, dict[str, str]] = {}
        self._used: set[str] = set()
        for row in rows:
            lowered = {name.strip().lower(): name for name in row}
            column = next((lowered[name] for name in _FILE_COLUMNS if name in lowered), None)
            if column is None:
                raise UsageError(f"{where} : aucune colonne ne nomme les fichiers ; ajoutez une colonne « file ».")
            name = _canonical(row[column])
            if name in self._rows:
                raise UsageError(f"{where} : le fichier « {row[column]} » y figure deux fois ; gardez une seule ligne.")
            self._rows[name] = {key: value for key, value in row.items() if key != column and value}

    def lookup(self, source: str) -> dict[str, str]:
        """Return what the table says of `source`: by its relative path, otherwise by its bare name."""
        for name in (_canonical(source), _canonical(PurePosixPath(source).name)):
            if name in self._rows:
                self._used.add(name)
                return self._rows[name]
        return {}

    @property
    def unmatched(self) -> list[str]:
        """Files that the table describes and that were not found."""
        return [name for name in self._rows if name not in self._used]


_ATTRIBUTE_LABELS = {
    "genre": "genre", "year": "année", "month": "mois", "date": "date", "speaker": "locuteur·rice",
    "place": "lieu", "country": "pays", "domain": "domaine", "organisation_type": "type d'organisation",
    "author": "auteur ou autrice", "title": "document", "code": "code", "part": "partie", "class": "classe",
}  # fmt: skip


def load_metadata(path: Path) -> MetadataTable:
    """Read a metadata table from ``.csv`` or ``.xlsx``.

    Raises
    ------
    UsageError
        If it cannot be read; the message names the file.
    """
    try:
        data = read_file(path)
        rows = _workbook_rows(data) if path.suffix.lower() == ".xlsx" else csv_rows(data)
    except RefusedFileError as error:
        raise UsageError(f"{path.name} : {error}") from None
    return MetadataTable(rows, where=path.name)


def _workbook_rows(data: bytes) -> list[dict[str, str]]:
    with Worker(confined=True) as worker:  # a workbook is parsed by native code
        rows: list[dict[str, str]] = worker.call("innovsoc_analysis.ingest.workbooks:xlsx_rows", data)
    return rows


def find_metadata(paths: Iterable[str | Path]) -> Path | None:
    """Return the ``metadata.csv`` or ``.xlsx`` at the top of one of the folders `paths`, if any."""
    for item in paths:
        folder = Path(item)
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                # macOS may write « é » as two characters
                stem = unicodedata.normalize("NFC", path.stem).lower()
                if path.suffix.lower() in {".csv", ".xlsx"} and stem in METADATA_STEMS:
                    return path
    return None


def genre_of_folder(source: str) -> str | None:
    """Return the genre that the folders of `source` tell; ``None`` at the top.

    The first one whose name is a known word for a genre tells it (``corpus/entretiens/liege/a.docx``), otherwise the
    name of the first is the genre: folders within it only sort its files. A zip stands for the folder that it is in.

    Parameters
    ----------
    source : str
        Path relative to what the user named, with ``/``.

    Examples
    --------
    >>> genre_of_folder("projets/mes textes/a.pdf"), genre_of_folder("notes/2024/a.txt"), genre_of_folder("a.txt")
    ('project', 'notes', None)
    """
    folders = [name for name in PurePosixPath(source).parts[:-1] if not name.lower().endswith(".zip")]
    genres = [normalise_genre(name) for name in folders]
    return next((genre for genre in genres if genre in _GENRES), genres[0] if genres else None)


def normalise_genre(name: str) -> str:
    """Return the standard genre for `name` if it is a known word for one, otherwise `name` itself.

    Examples
    --------
    >>> normalise_genre("Définitions"), normalise_genre("courrier")
    ('definition', 'courrier')
    """
    lowered = unicodedata.normalize("NFC", name.strip()).lower()
    return next((genre for genre, words in _GENRES.items() if lowered in words), name.strip())


def genre_label(genre: str) -> str:
    """Return the French plural that people read for `genre`."""
    return GENRE_LABELS.get(genre, genre)


def attribute_label(name: str) -> str:
    """Return what people read for an attribute, or for another thing that parts are told by.

    Examples
    --------
    >>> attribute_label("country"), attribute_label("ma colonne")
    ('pays', 'ma colonne')
    """
    return _ATTRIBUTE_LABELS.get(name, name)


def _canonical(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).removeprefix("./")
