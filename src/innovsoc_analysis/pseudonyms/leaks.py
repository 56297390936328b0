"""Look for names of a key in results: texts, tables, workbooks, documents, archives, names of files."""

from __future__ import annotations

import html
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.pseudonyms.finding import Finder, named
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from innovsoc_analysis.pseudonyms.keys import Key
    from innovsoc_analysis.safe.limits import Limits

_ZIPPED = b"PK\x03\x04"
_PARQUET = b"PAR1"
_PICTURES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".woff", ".woff2", ".ttf"}
)
_MARKUP = re.compile(rb"\A\s*(?:\xef\xbb\xbf)?\s*<")
_TAG = re.compile(r"<[^<>]{0,4000}>")
_BLOCK = re.compile(
    r"</?(?:w:p|w:tr|w:tc|p|div|td|th|tr|li|si|row|c|h\d|br|text|title|option|button|span class=\"sep)\b[^<>]*>"
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_NAMES_SAFE = "…"
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Leak:
    """A file of results in which names of the key stand.

    Attributes
    ----------
    file : str
        Its place in the folder, names in it hidden; ``archive.zip/inside.txt`` within a zip.
    count : int
        How many times any name stands there.
    entities : tuple of str
        Whose names, by identifier.
    forms : tuple of str
        The names. Confidential.
    in_name : bool
        Whether it is the file's own name that tells.
    """

    file: str
    count: int
    entities: tuple[str, ...]
    forms: tuple[str, ...]
    in_name: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What was found in a folder of results.

    Attributes
    ----------
    leaks : tuple of Leak
        By file.
    n_files : int
        Files looked into.
    unread : tuple of str
        Files that could not be looked into: pictures, unknown or damaged formats.
    """

    leaks: tuple[Leak, ...]
    n_files: int
    unread: tuple[str, ...]


def find_leaks(
    folder: Path, key: Key, *, limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Search:  # fmt: skip
    """Look for every name of `key` in all files under `folder`.

    Text (CSV, JSON, HTML, SVG, Markdown…), workbooks and Word documents with their properties, Parquet tables,
    zips and what is in them, PDF, and the names of files. Names are found as in texts, across tags too.

    Parameters
    ----------
    folder : Path
        Results, or a single file.
    key : Key
        What must not be found.
    limits : Limits
        Bounds on what a file may cost.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Search
        Pictures are listed as not looked into.

    Raises
    ------
    UsageError
        If the folder does not exist.

    Examples
    --------
    >>> import tempfile
    >>> from innovsoc_analysis.pseudonyms.keys import Key
    >>> from innovsoc_analysis.pseudonyms.records import Entity
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.html").write_text("<p>Chez A&iuml;<b>ssata</b></p>", encoding="utf-8")
    >>> found = find_leaks(folder, Key((Entity("P001", "personne", ("Aïssata",), ""),), ()))
    >>> [(leak.file, leak.count, leak.entities) for leak in found.leaks]
    [('a.html', 1, ('P001',))]
    """
    if not folder.exists():
        raise UsageError(f"« {folder} » : le dossier à vérifier est introuvable.")
    root = folder if folder.is_dir() else folder.parent
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    search = _Searching(key, limits)
    for number, path in enumerate(files, start=1):
        name = path.relative_to(root).as_posix()
        search.look_at_name(name)
        try:
            search.look_into(name, read_file(path, limits=limits), 0)
        except RefusedFileError:
            search.unread.append(search.hidden(name))
        if progress:
            progress("vérification", number, len(files))
    return Search(tuple(search.leaks), len(files), tuple(search.unread))


class _Searching:
    """What is being found."""

    def __init__(self, key: Key, limits: Limits) -> None:
        self._entities = key.entities
        self._finder = Finder(key.entities, in_files=True)
        self._limits = limits
        self.leaks: list[Leak] = []
        self.unread: list[str] = []

    def hidden(self, name: str) -> str:
        """Return the name of a file with the names in it hidden."""
        for start, end, _ in reversed(self._finder.find(named(name))):
            name = name[:start] + _NAMES_SAFE + name[end:]
        return name

    def look_at_name(self, name: str) -> None:
        self._add(name, [named(name)], in_name=True)

    def look_into(self, name: str, data: bytes, depth: int) -> None:
        suffix = PurePosixPath(name).suffix.lower()
        if data.startswith(_ZIPPED) and depth < _DEEPEST:
            archive = BoundedZip(data, limits=self._limits)
            for inside in archive.names:
                self.look_at_name(f"{name}/{inside}") if suffix == ".zip" else None
                self.look_into(f"{name}/{inside}", archive.read(inside), depth + 1)
        elif data.startswith(_PARQUET):
            self._add(name, _of_parquet(data))
        elif suffix == ".pdf" or data.startswith(b"%PDF"):
            self._add(name, _of_pdf(data, self._limits))
        elif suffix in _PICTURES or b"\0" in data[:4096]:
            self.unread.append(self.hidden(name))
        else:
            self._add(name, _of_text(data))

    def _add(self, name: str, variants: list[str], *, in_name: bool = False) -> None:
        """Keep what stands in that one of the readings of a file which tells most."""
        found = max((list(self._named(text)) for text in variants), key=len, default=[])
        if found:
            whose = tuple(sorted({entity for entity, _ in found}))
            forms = tuple(sorted({form for _, form in found}))
            self.leaks.append(Leak(self.hidden(name), len(found), whose, forms, in_name))

    def _named(self, text: str) -> Iterator[tuple[str, str]]:
        for start, end, number in self._finder.find(text):
            yield self._entities[number].entity_id, text[start:end]


def _of_text(data: bytes) -> list[str]:
    text = decode(data)[0]
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if not _MARKUP.match(data):
        return [text]
    # what is between tags, then what is in them: attributes, comments, data for scripts
    joined = html.unescape(_TAG.sub("", _BLOCK.sub("\n", text)))
    inside = html.unescape("\n".join(_TAG.findall(text)))
    return [f"{joined}\n{inside}", html.unescape(text)]


def _of_parquet(data: bytes) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError):
        raise RefusedFileError("corrupt", "la table Parquet est endommagée.") from None
    cells = list(table.column_names)
    for column in table.columns:
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)  # noqa: PLW2901 - the same cells
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            cells += [cell for cell in column.to_pylist() if cell]
        elif pa.types.is_nested(column.type):
            cells += [json.dumps(cell, ensure_ascii=False, default=str) for cell in column.to_pylist() if cell]
    return ["\n\n\n".join(cells)]


def _of_pdf(data: bytes, limits: Limits) -> list[str]:
    from innovsoc_analysis.ingest.registry import Reading, reader_for
    from innovsoc_analysis.safe.worker import Worker

    with Worker(limits=limits) as worker:
        return ["\n".join(raw.text for raw in reader_for("a.pdf").read(data, Reading(limits, worker)))]
