"""EPUB books: the chapters in reading order. Runs in a process of its own."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from innovsoc_analysis.ingest.html import decode_html
from innovsoc_analysis.ingest.html_blocks import Block, blocks_of
from innovsoc_analysis.ingest.press_dates import iso_date
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip
from innovsoc_analysis.safe.html import parse_html
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = {"application/xhtml+xml", "text/html", "text/x-oeb1-document"}
_FONTS = (".otf", ".ttf", ".woff", ".woff2")


def read_epub(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> dict[str, Any]:
    """Return title, metadata and chapters, each a list of paragraphs with their printed page.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        Bounds on what it unfolds to.

    Raises
    ------
    RefusedFileError
        If it is no EPUB, damaged, or locked by a seller.
    """
    archive = BoundedZip(data, limits=limits)
    if _CONTAINER not in archive.names:
        raise RefusedFileError("corrupt", "ce n'est pas un livre EPUB ; redemandez-en une copie.")
    container = parse_xml(archive.read(_CONTAINER), limits=limits)
    path = next((one.get("full-path") for one in container.iter() if _named(one, "rootfile")), None)
    if path not in archive.names:
        raise RefusedFileError("corrupt", "le sommaire du livre EPUB manque ; redemandez-en une copie.")
    package = parse_xml(archive.read(str(path)), limits=limits)
    names, missing = _spine(package, posixpath.dirname(str(path)), archive)
    _refuse_locked(archive, names, limits=limits)
    chapters = []
    for name in names:
        text, _ = decode_html(archive.read(name))
        chapters.append([[block.text, block.page] for block in _blocks(text)])
    said = {
        name: (package.findtext(f".//{_DC}{name}") or "").strip() for name in ("title", "creator", "date", "language")
    }
    meta = {"author": said["creator"], "date": iso_date(said["date"]), "langue": said["language"].lower()[:2]}
    return {
        "title": said["title"],
        "meta": {name: value for name, value in meta.items() if value},
        "chapters": chapters,
        "missing": missing,
    }


def read_book(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[RawDocument]:
    """Read a book: one document, its places the printed pages or the chapters.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        Bounds on what it unfolds to.

    Raises
    ------
    RefusedFileError
        If it is no EPUB, damaged, or locked by a seller.
    """
    return assemble_chapters(read_epub(data, limits=limits))


def assemble_chapters(answer: dict[str, Any]) -> list[RawDocument]:
    r"""Return the document made of `answer`.

    Its places are the pages of the printed edition where the book marks them, otherwise its chapters, numbered in
    reading order; the metadata ``repère`` says which.

    Parameters
    ----------
    answer : dict
        From :func:`read_epub`.

    Examples
    --------
    >>> chapters = [[["Un.", ""], ["Deux.", ""]], [], [["Trois.", ""]]]
    >>> one, = assemble_chapters({"title": "", "meta": {}, "chapters": chapters, "missing": 0})
    >>> one.text, [(place.start, place.end, place.page) for place in one.places]
    ('Un.\n\nDeux.\n\nTrois.', [(0, 10, 1), (12, 18, 2)])
    """
    chapters: list[list[list[str]]] = [chapter for chapter in answer["chapters"] if chapter]
    printed = any(page.isdigit() for chapter in chapters for _, page in chapter)
    text, spans = "", []
    for number, chapter in enumerate(chapters, start=1):
        for words, page in chapter:
            text += "\n\n" if text else ""
            mark = (int(page) if page.isdigit() else None) if printed else number
            spans.append((len(text), len(text) + len(words), mark))
            text += words
    meta = {**answer["meta"], "repère": "page" if printed else "chapitre"}
    warnings = (f"{answer['missing']} chapitre(s) annoncé(s) par le livre et absent(s)",) if answer["missing"] else ()
    return [RawDocument(text, title=answer["title"] or None, meta=meta, places=_merged(spans), warnings=warnings)]


def _merged(spans: Sequence[tuple[int, int, int | None]]) -> tuple[Place, ...]:
    places: list[Place] = []
    for start, end, mark in spans:
        if mark is None:
            continue
        if places and places[-1].page == mark:
            places[-1] = Place(places[-1].start, end, page=mark)
        else:
            places.append(Place(start, end, page=mark))
    return tuple(places)


def _blocks(text: str) -> list[Block]:
    return blocks_of(parse_html(text)) if text.strip() else []


def _spine(package: Element, folder: str, archive: BoundedZip) -> tuple[list[str], int]:
    """Return the names of the pages in reading order, without the table of contents, and how many are missing."""
    items = {one.get("id"): one for one in package.iter() if _named(one, "item")}
    names, missing = [], 0
    for reference in package.iter():
        item = items.get(reference.get("idref")) if _named(reference, "itemref") else None
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        href = unquote((item.get("href") or "").partition("#")[0])
        name = posixpath.normpath(posixpath.join(folder, href))
        if name in archive.names:
            names.append(name)
        else:
            missing += 1
    return list(dict.fromkeys(names)), missing


def _refuse_locked(archive: BoundedZip, names: Sequence[str], *, limits: Limits) -> None:
    if _ENCRYPTION not in archive.names:
        return
    # fonts are often scrambled in books that are open
    locked = {one.get("URI") for one in parse_xml(archive.read(_ENCRYPTION), limits=limits).iter()} - {None}
    if any(unquote(str(uri)) in names for uri in locked if not str(uri).lower().endswith(_FONTS)):
        raise RefusedFileError("encrypted", "le livre est verrouillé par son vendeur (DRM) ; il ne peut pas être lu.")


def _named(element: Element, name: str) -> bool:
    return str(element.tag).rpartition("}")[2] == name
