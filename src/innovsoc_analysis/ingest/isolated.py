"""Readers in a process of their own: what has a structure of its own may be built to hang a program or fill memory.

The functions below run on both sides: :func:`read_there` in the worker, the others here.
"""

from __future__ import annotations

import importlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from innovsoc_analysis.safe.worker import Worker

_THERE = "innovsoc_analysis.ingest.isolated:read_there"
# name ▶ module and function, and whether it asks for limits; a module is imported when a file needs it
_READERS = {
    "txt": ("plain:read_text", False),
    "md": ("markdown:read_markdown", False),
    "docx": ("docx:read_docx", True),
    "odt": ("opendocument:read_odt", True),
    "fodt": ("opendocument:read_fodt", True),
    "rtf": ("rtf:read_rtf", False),
    "html": ("html:read_page", False),
    "mhtml": ("mail:read_mhtml", False),
    "epub": ("epub:read_book", True),
    "eml": ("mail:read_eml", False),
    "csv": ("tabular:read_csv", False),
    "xlsx": ("workbooks:read_xlsx", True),
    "ods": ("workbooks:read_xlsx", True),
    "xls": ("workbooks:read_xlsx", True),
    "jsonl": ("tabular:read_jsonl", False),
    "srt": ("subtitles:read_srt", False),
    "vtt": ("subtitles:read_vtt", False),
}
# below it, our own readers of plain text take a moment whatever stands in them
_SMALL = 1_000_000


def isolated(name: str) -> Callable[[bytes, Any], list[RawDocument]]:
    """Return the reader of a format, run in the worker.

    Parameters
    ----------
    name : str
        Of the format.

    Returns
    -------
    callable
        Takes the bytes and what a reader may use: ``limits`` and ``worker``.
    """

    def read(data: bytes, reading: Any) -> list[RawDocument]:
        return read_isolated(data, name, worker=reading.worker, limits=reading.limits)

    return read


def isolated_if_large(name: str) -> Callable[[bytes, Any], list[RawDocument]]:
    """Return the reader of a format of plain text, run in the worker for large files alone.

    Parameters
    ----------
    name : str
        Of the format.
    """

    def read(data: bytes, reading: Any) -> list[RawDocument]:
        if len(data) <= _SMALL:
            return _reader(name, reading.limits)(data)
        return read_isolated(data, name, worker=reading.worker, limits=reading.limits)

    return read


def read_isolated(data: bytes, name: str, *, worker: Worker, limits: Limits) -> list[RawDocument]:
    """Return the documents that the reader of a format makes of `data` in the worker.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Of the format.
    worker : Worker
        Its process.
    limits : Limits
        Bounds on what the file unfolds to.

    Raises
    ------
    RefusedFileError
        What the reader raised, or ``"timeout"``, ``"memory"`` or ``"crash"``.

    Examples
    --------
    >>> from innovsoc_analysis.safe.worker import Worker
    >>> with Worker(confined=True) as worker:
    ...     one, = read_isolated(b"# Un jardin", "md", worker=worker, limits=Limits())
    >>> one.title
    'Un jardin'
    """
    return [_unpacked(told) for told in worker.call(_THERE, data, name=name, limits=asdict(limits))]


def read_there(data: bytes, *, name: str, limits: dict[str, int]) -> list[list[Any]]:
    """Return documents as lists, which pass as JSON; called in the worker."""
    bounds = Limits(**limits)
    documents = _reader(name, bounds)(data)
    refuse_too_long(documents, limits=bounds)
    return [_packed(document) for document in documents]


def refuse_too_long(documents: Sequence[RawDocument], *, limits: Limits) -> None:
    """Refuse a file of which one document is longer than the limit.

    Raises
    ------
    RefusedFileError
        ``"too-long"``.
    """
    if any(len(document.text) > limits.document_characters for document in documents):
        most = f"{limits.document_characters:,}".replace(",", "\u202f")
        raise RefusedFileError("too-long", f"un document dépasse {most} caractères ; découpez-le.")


def _reader(name: str, limits: Limits) -> Callable[[bytes], list[RawDocument]]:
    place, asks = _READERS[name]
    module, _, function = place.partition(":")
    read = getattr(importlib.import_module(f"innovsoc_analysis.ingest.{module}"), function)
    return (lambda data: read(data, limits=limits)) if asks else read


def _packed(document: RawDocument) -> list[Any]:
    places = [[one.start, one.end, one.page, one.speaker, one.t_start, one.t_end] for one in document.places]
    return [
        document.text,
        document.title,
        dict(document.meta),
        places,
        document.key,
        document.wrapped,
        document.warnings,
        sorted(document.speakers),
    ]


def _unpacked(told: list[Any]) -> RawDocument:
    text, title, meta, places, key, wrapped, warnings, speakers = told
    return RawDocument(
        text,
        title=title,
        meta=meta,
        places=tuple(Place(*place) for place in places),
        key=key,
        wrapped=wrapped,
        warnings=tuple(warnings),
        speakers=frozenset(speakers),
    )
