"""Scanned pages: their characters recognised by Tesseract where it is installed."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.page_ranges import listed_pages
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.tools import find_program, run_program

if TYPE_CHECKING:
    from innovsoc_analysis.safe.worker import Worker

_PROGRAMS = (
    "tesseract",
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
)
_LANGUAGE = "fra"
_INSTALL = "installez Tesseract avec le français (« fra »), ou passez le PDF à la reconnaissance de caractères"
_INSTALL_LANGUAGE = "ajoutez le français (« fra ») à Tesseract, ou passez le PDF à la reconnaissance de caractères"


def recognise_pages(answer: dict[str, Any], data: bytes, *, worker: Worker, limits: Limits) -> dict[str, Any]:
    """Return what was read of a PDF with the text of its scanned pages.

    Parameters
    ----------
    answer : dict
        From :func:`~innovsoc_analysis.ingest.pdf.read_pages`.
    data : bytes
        The file.
    worker : Worker
        Draws the pages.
    limits : Limits
        For each page.

    Returns
    -------
    dict
        With ``recognised``, the pages read so, or ``missing``, what to install.

    Raises
    ------
    RefusedFileError
        ``"scanned"`` if no page has text and none can be recognised.
    """
    without_text = not any(page.strip() for page in answer["pages"])
    # letters drawn as shapes make no picture: worth a try when there is nothing else
    scanned = answer["scanned"] or (list(range(1, len(answer["pages"]) + 1)) if without_text else [])
    if not scanned:
        return answer
    program, missing = find_tesseract(limits=limits)
    if program is None:
        if without_text or len(scanned) == len(answer["pages"]):
            raise RefusedFileError("scanned", f"numérisé, OCR requis : {listed_pages(scanned)} sans texte ; {missing}.")
        return {**answer, "missing": missing}
    pages = list(answer["pages"])
    for number in scanned:
        picture = base64.b64decode(worker.call("innovsoc_analysis.ingest.pdf:render_page", data, page=number))
        # one thread: several quarrel over the processor, and the text is the same
        command = [program, "stdin", "stdout", "-l", _LANGUAGE]
        read = run_program(command, data=picture, limits=limits, environment={"OMP_THREAD_LIMIT": "1"})
        pages[number - 1] = read.decode("utf-8", "replace").replace("\f", "").strip()
    return {**answer, "pages": pages, "recognised": scanned}


def find_tesseract(*, limits: Limits = DEFAULT_LIMITS) -> tuple[str | None, str]:
    """Return the path of Tesseract if it reads French, and otherwise what to install.

    Examples
    --------
    >>> program, missing = find_tesseract()
    >>> (program is None) == bool(missing)
    True
    """
    program = find_program(*_PROGRAMS)
    if program is None:
        return None, _INSTALL
    try:
        languages = run_program([program, "--list-langs"], limits=limits).decode("utf-8", "replace").split()
    except RefusedFileError:
        return None, _INSTALL
    return (program, "") if _LANGUAGE in languages else (None, _INSTALL_LANGUAGE)
