"""Word documents: body, tables, text boxes and notes, as accepted (insertions kept, deletions left out)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Word's « strict » documents: the same elements in another name space
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_ROOT_WITHIN = 16_384
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHARACTERS = {
    _W + "tab": " ",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "\u2011",
    _W + "softHyphen": "\u00ad",
}
# deleted and moved-away text, tab stops and other settings, a text box's second rendering, which would count twice
_SKIPPED = {_W + "del", _W + "moveFrom", _W + "pPr", _FALLBACK}
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read_docx(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[RawDocument]:
    """Read a Word document; the notes follow the body."""
    archive = BoundedZip(data, limits=limits)
    if "word/document.xml" not in archive.names:
        raise RefusedFileError(
            "corrupt", "ce n'est pas un document Word (.docx) ; réenregistrez-le depuis Word ou LibreOffice."
        )
    root = _parsed(archive, "word/document.xml", limits=limits)
    paragraphs = list(_paragraphs(root))
    for name in _NOTES:
        if name in archive.names:
            notes = _parsed(archive, name, limits=limits)
            # the first notes are Word's separators, marked by a type
            paragraphs += [text for note in notes if note.get(_W + "type") is None for text in _paragraphs(note)]
    body = "\n\n".join(text for text in paragraphs if text.strip())
    imported = sum(1 for _ in root.iter(_W + "altChunk"))
    warnings = (f"{imported} morceau(x) importé(s) d'un autre fichier, non lu(s)",) if imported else ()
    return [RawDocument(body, title=_title(archive, root, limits=limits), warnings=warnings)]


def _parsed(archive: BoundedZip, name: str, *, limits: Limits) -> Element:
    data = archive.read(name)
    head, rest = data[:_ROOT_WITHIN], data[_ROOT_WITHIN:]
    return parse_xml(head.replace(_STRICT, _W[1:-1].encode()) + rest, limits=limits)


def _paragraphs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "p":
            yield _text(child)
            for box in _boxes(child):
                yield from _paragraphs(box)
        else:
            yield from _paragraphs(child)


def _text(element: Element) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag == _W + "t":
            parts.append(child.text or "")
        elif child.tag in _CHARACTERS:
            parts.append(_CHARACTERS[child.tag])
        elif child.tag not in _SKIPPED and child.tag != _W + "txbxContent":
            parts.append(_text(child))
    return "".join(parts)


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _W + "txbxContent":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _boxes(child)


def _title(archive: BoundedZip, root: Element, *, limits: Limits) -> str | None:
    if "docProps/core.xml" in archive.names:
        title = parse_xml(archive.read("docProps/core.xml"), limits=limits).findtext(_TITLE)
        if title and title.strip():
            return title.strip()
    for paragraph in root.iter(_W + "p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and str(style.get(_W + "val")).lower() in {"title", "titre"}:
            return _text(paragraph).strip() or None
    return None
