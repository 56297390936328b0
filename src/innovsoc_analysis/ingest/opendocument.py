"""OpenDocument texts (odt, and fodt in one XML file): body, tables, boxes, notes, as accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PARAGRAPHS = {_TEXT + "p", _TEXT + "h"}
_SPACES = {_TEXT + "s", _TEXT + "tab"}
# deleted text is kept here, inserted text in the body; comments and readings of ideograms are no text
_SKIPPED = {
    _TEXT + "tracked-changes",
    _TEXT + "ruby-text",
    _TEXT + "note-citation",
    _TEXT + "sequence-decls",
    _TEXT + "variable-decls",
    _OFFICE + "annotation",
    _OFFICE + "annotation-end",
    _OFFICE + "forms",
    _OFFICE + "binary-data",
}
_NOT_OPEN_DOCUMENT = "ce n'est pas un texte OpenDocument (.odt) ; réenregistrez-le depuis LibreOffice."


def read_odt(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[RawDocument]:
    """Read an OpenDocument text; the notes follow the body.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        Bounds on what it unfolds to.

    Raises
    ------
    RefusedFileError
        If it is damaged, protected by a password or no text.
    """
    archive = BoundedZip(data, limits=limits)
    if "content.xml" not in archive.names:
        raise RefusedFileError("corrupt", _NOT_OPEN_DOCUMENT)
    if "META-INF/manifest.xml" in archive.names:
        manifest = parse_xml(archive.read("META-INF/manifest.xml"), limits=limits)
        if any(True for _ in manifest.iter(_MANIFEST + "encryption-data")):
            raise RefusedFileError("encrypted", "le document est protégé par un mot de passe ; retirez-le.")
    root = parse_xml(archive.read("content.xml"), limits=limits)
    about = parse_xml(archive.read("meta.xml"), limits=limits) if "meta.xml" in archive.names else None
    return [_document(root, about)]


def read_fodt(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[RawDocument]:
    """Read an OpenDocument text that is one XML file.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        Bounds on its nesting.

    Raises
    ------
    RefusedFileError
        If it is damaged or no text.
    """
    root = parse_xml(data, limits=limits)
    return [_document(root, root)]


def _document(root: Element, about: Element | None) -> RawDocument:
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise RefusedFileError("corrupt", _NOT_OPEN_DOCUMENT)
    found = _Found()
    paragraphs = list(_paragraphs(body, found))
    # a note of a note is added to the end while the notes are read
    for note in found.notes:
        paragraphs += _paragraphs(note, found)
    title = (about.findtext(f".//{_TITLE}") or "").strip() if about is not None else ""
    text = "\n\n".join(stripped for paragraph in paragraphs if (stripped := paragraph.strip(" \n")))
    warnings = (f"{found.hidden} section(s) masquée(s), laissée(s) de côté",) if found.hidden else ()
    return RawDocument(text, title=title or None, warnings=warnings)


@dataclass(slots=True)
class _Found:
    """What is met within paragraphs and stands elsewhere."""

    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden: int = 0


def _paragraphs(element: Element, found: _Found) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _TEXT + "section" and child.get(_TEXT + "display") == "none":
            found.hidden += 1
        elif child.tag in _PARAGRAPHS:
            yield _words(child, found)
            boxes, found.boxes = found.boxes, []
            for box in boxes:
                yield from _paragraphs(box, found)
        else:
            yield from _paragraphs(child, found)


def _words(element: Element, found: _Found) -> str:
    # white space of the XML file counts for one space; others are elements
    parts = [_levelled(element.text)]
    for child in element:
        if child.tag in _SPACES:
            parts.append(" ")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag == _TEXT + "note":
            found.notes += child.findall(_TEXT + "note-body")
        elif child.tag in {_DRAW + "frame", _DRAW + "custom-shape", _DRAW + "g", _DRAW + "rect"}:
            found.boxes.append(child)
        elif child.tag not in _SKIPPED:
            parts.append(_words(child, found))
        parts.append(_levelled(child.tail))
    return "".join(parts)


def _levelled(text: str | None) -> str:
    return (text or "").replace("\t", " ").replace("\r", " ").replace("\n", " ")
