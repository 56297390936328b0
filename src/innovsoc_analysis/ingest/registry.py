"""Which reader reads which file. To add a format: write a reader, add one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.docx import read_docx
from innovsoc_analysis.ingest.markdown import read_markdown
from innovsoc_analysis.ingest.pdf import assemble_pages
from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.ingest.subtitles import read_srt, read_vtt
from innovsoc_analysis.ingest.tabular import read_csv, read_jsonl, read_xlsx
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
    return assemble_pages(answer)


READERS: tuple[Reader, ...] = (
    Reader("txt", (".txt", ".text"), lambda data, _: read_text(data)),
    Reader("md", (".md", ".markdown"), lambda data, _: read_markdown(data)),
    Reader("docx", (".docx",), lambda data, reading: read_docx(data, limits=reading.limits)),
    Reader("pdf", (".pdf",), _read_pdf),
    Reader("csv", (".csv", ".tsv"), lambda data, _: read_csv(data)),
    Reader("xlsx", (".xlsx",), lambda data, reading: read_xlsx(data, limits=reading.limits)),
    Reader("jsonl", (".jsonl", ".ndjson"), lambda data, _: read_jsonl(data)),
    Reader("srt", (".srt",), lambda data, _: read_srt(data)),
    Reader("vtt", (".vtt",), lambda data, _: read_vtt(data)),
)
SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)


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
