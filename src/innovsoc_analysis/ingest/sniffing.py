"""What a file is, by its first bytes: names lie, and a « .doc » may be RTF, HTML or a renamed .docx."""

from __future__ import annotations

import re

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

_HEAD = 4_096
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
LOCKED = "verrouillé"
# names of streams in a compound file, as it writes them
_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__substg1.0_", "msg"),
    ("PowerPoint Document", "ppt"),
    ("EncryptedPackage", LOCKED),
)
_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
_TYPES = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_FLAT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<office:document[\s>]")
_SAVED_PAGE = re.compile(
    rb"\A\s*(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.IGNORECASE
)
_STARTS = {
    "rtf": re.compile(rb"\s*\{\\rtf"),
    "pdf": re.compile(rb"%PDF-"),
    "vtt": re.compile(rb"WEBVTT[ \t\r\n]"),
    "fodt": _FLAT,
    "html": _HTML,
    "mhtml": _SAVED_PAGE,
}
_BOM = b"\xef\xbb\xbf"


def kind_of(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> str | None:
    r"""Return the format that the bytes show beyond doubt, otherwise ``None``.

    Parameters
    ----------
    data : bytes
        The whole file.
    limits : Limits
        Bounds on zips, which are looked into.

    Returns
    -------
    str or None
        The name of a reader, or of a format that none reads (``"pptx"``, ``"ppt"``, ``"msg"``, `LOCKED` for what
        Word or Excel write under a password).

    Examples
    --------
    >>> kind_of(rb"{\rtf1 Un jardin}"), kind_of(b"<!DOCTYPE html><p>Un jardin"), kind_of(b"Un jardin")
    ('rtf', 'html', None)
    """
    head = data[:_HEAD].removeprefix(_BOM)
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data, limits=limits)
    if data.startswith(_COMPOUND_FILE):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), None)
    return next((kind for kind, start in _STARTS.items() if start.match(head)), None)


def _zip_kind(data: bytes, *, limits: Limits) -> str | None:
    try:
        archive = BoundedZip(data, limits=limits)
        names = archive.names
        if kind := next((kind for part, kind in _PARTS if part in names), None):
            return kind
        return _TYPES.get(archive.read("mimetype").strip()) if "mimetype" in names else None
    except RefusedFileError:  # the reader that its name calls for will say what is wrong
        return None
