"""Which reader reads which file. To add a format: write a reader, add one line here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.docx import read_docx
from innovsoc_analysis.ingest.epub import assemble_chapters
from innovsoc_analysis.ingest.html import documents_from_page
from innovsoc_analysis.ingest.mail import read_eml, read_mhtml
from innovsoc_analysis.ingest.markdown import read_markdown
from innovsoc_analysis.ingest.office import read_doc
from innovsoc_analysis.ingest.opendocument import read_fodt, read_odt
from innovsoc_analysis.ingest.pdf import assemble_pages
from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.ingest.recognition import recognise_pages
from innovsoc_analysis.ingest.rtf import document_from_rtf
from innovsoc_analysis.ingest.sniffing import kind_of
from innovsoc_analysis.ingest.subtitles import read_srt, read_vtt
from innovsoc_analysis.ingest.tabular import read_csv, read_jsonl
from innovsoc_analysis.ingest.workbooks import documents_from_table, read_xlsx
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


def _read_rtf(data: bytes, reading: Reading) -> list[RawDocument]:
    return document_from_rtf(reading.worker.call("innovsoc_analysis.ingest.rtf:parse_rtf", data))


def _read_html(data: bytes, reading: Reading) -> list[RawDocument]:
    return documents_from_page(reading.worker.call("innovsoc_analysis.ingest.html:read_html", data))


def _read_epub(data: bytes, reading: Reading) -> list[RawDocument]:
    limits = dataclasses.asdict(reading.limits)
    return assemble_chapters(reading.worker.call("innovsoc_analysis.ingest.epub:open_epub", data, limits=limits))


def _read_workbook(data: bytes, reading: Reading) -> list[RawDocument]:
    limits = dataclasses.asdict(reading.limits)
    return documents_from_table(
        reading.worker.call("innovsoc_analysis.ingest.workbooks:open_workbook", data, limits=limits)
    )


def _read_eml(data: bytes, reading: Reading) -> list[RawDocument]:
    return read_eml(data, read_page=lambda page: _read_html(page, reading))


def _read_mhtml(data: bytes, reading: Reading) -> list[RawDocument]:
    return read_mhtml(data, read_page=lambda page: _read_html(page, reading))


READERS: tuple[Reader, ...] = (
    Reader("txt", (".txt", ".text"), lambda data, _: read_text(data)),
    Reader("md", (".md", ".markdown"), lambda data, _: read_markdown(data)),
    Reader("docx", (".docx", ".docm"), lambda data, reading: read_docx(data, limits=reading.limits)),
    Reader("odt", (".odt", ".ott"), lambda data, reading: read_odt(data, limits=reading.limits)),
    Reader("fodt", (".fodt",), lambda data, reading: read_fodt(data, limits=reading.limits)),
    Reader("rtf", (".rtf",), _read_rtf),
    Reader("doc", (".doc",), lambda data, reading: read_doc(data, limits=reading.limits)),
    Reader("pdf", (".pdf",), _read_pdf),
    Reader("html", (".html", ".htm", ".xhtml"), _read_html),
    Reader("mhtml", (".mhtml", ".mht"), _read_mhtml),
    Reader("epub", (".epub",), _read_epub),
    Reader("eml", (".eml",), _read_eml),
    Reader("csv", (".csv", ".tsv"), lambda data, _: read_csv(data)),
    Reader("xlsx", (".xlsx", ".xlsm"), lambda data, reading: read_xlsx(data, limits=reading.limits)),
    Reader("ods", (".ods",), _read_workbook),
    Reader("xls", (".xls",), _read_workbook),
    Reader("jsonl", (".jsonl", ".ndjson"), lambda data, _: read_jsonl(data)),
    Reader("srt", (".srt",), lambda data, _: read_srt(data)),
    Reader("vtt", (".vtt",), lambda data, _: read_vtt(data)),
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
    suffix = PurePosixPath(name).suffix
    if kind in _UNREAD:
        what = f"c'est {_UNREAD[kind]} malgré son extension « {suffix} », format qui n'est pas lu"
        raise RefusedFileError("unknown-format", f"{what} ; enregistrez-en le texte en .docx, .pdf ou .eml.")
    found = next(reader for reader in READERS if reader.name == kind)
    return found, f"contenu de type {kind} malgré son extension « {suffix} » : lu comme tel"
