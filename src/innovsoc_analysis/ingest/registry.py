"""Which reader reads which file. To add a format: write a reader, add one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.isolated import isolated, isolated_if_large, read_isolated
from innovsoc_analysis.ingest.office import to_docx
from innovsoc_analysis.ingest.pdf import assemble_pages
from innovsoc_analysis.ingest.recognition import recognise_pages
from innovsoc_analysis.ingest.sniffing import LOCKED, kind_of
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from innovsoc_analysis.model.documents import RawDocument
    from innovsoc_analysis.safe.limits import Limits
    from innovsoc_analysis.safe.worker import Worker


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader may use besides the bytes."""

    limits: Limits
    worker: Worker


ReadFunction = Callable[[bytes, Reading], "list[RawDocument]"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the suffixes it answers to, and how to read it."""

    name: str
    suffixes: tuple[str, ...]
    read: ReadFunction


def _read_pdf(data: bytes, reading: Reading) -> list[RawDocument]:
    answer = reading.worker.call("innovsoc_analysis.ingest.pdf:read_pages", data, max_pages=reading.limits.pdf_pages)
    return assemble_pages(recognise_pages(answer, data, worker=reading.worker, limits=reading.limits))


def _read_doc(data: bytes, reading: Reading) -> list[RawDocument]:
    converted = to_docx(data, limits=reading.limits)
    return read_isolated(converted, "docx", worker=reading.worker, limits=reading.limits)


READERS: tuple[Reader, ...] = (
    Reader("txt", (".txt", ".text"), isolated_if_large("txt")),
    Reader("md", (".md", ".markdown"), isolated("md")),
    Reader("docx", (".docx", ".docm"), isolated("docx")),
    Reader("odt", (".odt", ".ott"), isolated("odt")),
    Reader("fodt", (".fodt",), isolated("fodt")),
    Reader("rtf", (".rtf",), isolated("rtf")),
    Reader("doc", (".doc",), _read_doc),
    Reader("pdf", (".pdf",), _read_pdf),
    Reader("html", (".html", ".htm", ".xhtml"), isolated("html")),
    Reader("mhtml", (".mhtml", ".mht"), isolated("mhtml")),
    Reader("epub", (".epub",), isolated("epub")),
    Reader("eml", (".eml",), isolated("eml")),
    Reader("csv", (".csv", ".tsv"), isolated_if_large("csv")),
    Reader("xlsx", (".xlsx", ".xlsm"), isolated("xlsx")),
    Reader("ods", (".ods",), isolated("ods")),
    Reader("xls", (".xls",), isolated("xls")),
    Reader("jsonl", (".jsonl", ".ndjson"), isolated_if_large("jsonl")),
    Reader("srt", (".srt",), isolated_if_large("srt")),
    Reader("vtt", (".vtt",), isolated("vtt")),
)
SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)
# a message may be written like a saved page, and a subtitle file by its text alone
_ALSO = {"eml": {"mhtml"}, "mhtml": {"html"}, "html": {"mhtml"}}
_UNREAD = {
    "pptx": "une présentation PowerPoint", "ppt": "une présentation PowerPoint", "msg": "un message Outlook (.msg)",
}  # fmt: skip


def reader_for(name: str) -> Reader:
    """Return the reader for a file called `name`.

    Raises
    ------
    RefusedFileError
        If no reader knows its suffix.

    Examples
    --------
    >>> reader_for("entretien.SRT").name
    'srt'
    """
    suffix = PurePosixPath(name).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader
    known = " ".join(SUFFIXES)
    what = f"le format « {suffix} » n'est pas lu" if suffix else "le nom du fichier n'a pas d'extension"
    raise RefusedFileError("unknown-format", f"{what} ; formats lus : {known} et .zip.")


def reader_of(name: str, data: bytes, *, limits: Limits) -> tuple[Reader, str | None]:
    r"""Return the reader for a file by its name and its content, and a warning if they disagree: the content decides.

    Parameters
    ----------
    name : str
        Of the file.
    data : bytes
        All of it.
    limits : Limits
        Bounds on zips, which are looked into.

    Raises
    ------
    RefusedFileError
        If no reader knows its suffix, or the content is of a format that is not read.

    Examples
    --------
    >>> from innovsoc_analysis.safe.limits import DEFAULT_LIMITS
    >>> reader, warning = reader_of("entretien.doc", rb"{\rtf1 Bonjour}", limits=DEFAULT_LIMITS)
    >>> reader.name, warning
    ('rtf', 'contenu de type rtf malgré son extension « .doc » : lu comme tel')
    """
    expected = reader_for(name)
    kind = kind_of(data, limits=limits)
    if kind is None or kind == expected.name or kind in _ALSO.get(expected.name, set()):
        return expected, None
    if kind == LOCKED:
        raise RefusedFileError("encrypted", "le document est protégé par un mot de passe ; retirez-le.")
    suffix = PurePosixPath(name).suffix
    if kind in _UNREAD:
        what = f"c'est {_UNREAD[kind]} malgré son extension « {suffix} », format qui n'est pas lu"
        raise RefusedFileError("unknown-format", f"{what} ; enregistrez-en le texte en .docx, .pdf ou .eml.")
    found = next(reader for reader in READERS if reader.name == kind)
    return found, f"contenu de type {kind} malgré son extension « {suffix} » : lu comme tel"
