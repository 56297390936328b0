"""Web pages: the main text without the menus, and what the page says of itself. Runs in a process of its own."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.html_blocks import Block, blocks_of
from innovsoc_analysis.ingest.press import press_articles
from innovsoc_analysis.ingest.press_dates import iso_date
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.safe.html import parse_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.safe.html import Element

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_CHARSET_WITHIN = 4_096
# what browsers do: pages that say Latin-1 are in Windows-1252
_AS_BROWSERS_DO = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
# a passage of text, as opposed to what labels and links hold
_PASSAGE = 120
_SOME_WORDS = 40
_MOST_EXTRACTED = 500_000
_MOSTLY_LINKS = 0.5
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author")
_DATES = (
    "article:published_time", "dc.date", "dcterms.date", "dcterms.issued", "citation_publication_date",
    "citation_date", "date", "datepublished", "og:published_time",
)  # fmt: skip
_SITES = ("og:site_name", "dc.publisher", "citation_journal_title")


def read_page(data: bytes) -> list[RawDocument]:
    """Read a web page: its main text, or its articles if it is an export of a press database.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    RefusedFileError
        If nothing can be made of it, or it nests too deep.

    Examples
    --------
    >>> [one.text for one in read_page(b"<html><p>Un jardin")]
    ['Un jardin']
    """
    return documents_from_page(read_html(data))


def read_html(data: bytes) -> list[dict[str, Any]]:
    """Return what :func:`documents_from_page` makes documents of."""
    text, warning = decode_html(data)
    root = parse_html(text)
    if articles := press_articles(root):
        return [
            {**article, "warnings": [warning] if warning and number == 0 else []}
            for number, article in enumerate(articles)
        ]
    blocks, remark = main_blocks(root)
    body = "\n\n".join(block.text for block in blocks)
    return [
        {
            "text": body,
            "title": page_title(root),
            "meta": page_meta(root),
            "warnings": [one for one in (warning, remark) if one],
        }
    ]


def documents_from_page(answer: list[dict[str, Any]]) -> list[RawDocument]:
    r"""Return the documents of `answer`; several articles are told apart by their number.

    Examples
    --------
    >>> page = "<html lang=fr><title>Le jardin</title><h1>Un lieu</h1><p>On y vient.</p>"
    >>> one, = documents_from_page(read_html(page.encode()))
    >>> one.text, one.title, one.meta
    ('Un lieu\n\nOn y vient.', 'Le jardin', {'langue': 'fr'})
    """
    several = len(answer) > 1
    return [
        RawDocument(
            found["text"],
            title=found["title"] or None,
            meta=found["meta"],
            key=str(number) if several else "",
            warnings=tuple(found["warnings"]),
        )
        for number, found in enumerate(answer, start=1)
    ]


def decode_html(data: bytes) -> tuple[str, str | None]:
    """Return the text of a page, and a warning when its encoding had to be guessed.

    UTF-8 if it is valid, whatever the page says; then what the page says; then a guess.

    Examples
    --------
    >>> decode_html("<meta charset=iso-8859-1><p>été".encode("cp1252"))
    ('<meta charset=iso-8859-1><p>été', None)
    """
    declared = _CHARSET.search(data[:_CHARSET_WITHIN]) or _XML_ENCODING.match(data)
    if declared is not None:
        name = declared[1].decode("ascii").lower()
        for encoding in ("utf-8-sig", _AS_BROWSERS_DO.get(name, name)):
            try:
                return data.decode(encoding), None
            except (UnicodeError, LookupError):
                continue
    return decode(data)


def main_blocks(root: Element) -> tuple[list[Block], str | None]:
    """Return the blocks of the main text, and a remark if passages were left out.

    A page without menus is a document: all of it is kept. On another one, menus, footers and side boxes are left out
    unless Trafilatura finds the main text there, and so are short blocks outside of what it finds; a passage that
    the page does not set apart itself is never left out.
    """
    blocks = blocks_of(root)
    if not any(block.menu or block.linked > _MOSTLY_LINKS for block in blocks):
        return blocks, None
    size = sum(len(block.text) for block in blocks)
    # it takes minutes on whole books
    extracted = _extracted(root) if size <= _MOST_EXTRACTED else ""
    main, lines = _letters(extracted), {_letters(piece) for piece in re.split(r"[\n|]", extracted)}
    told = [_letters(block.text) for block in blocks]
    # the few words of a menu may stand anywhere in the text: only a line of their own counts, and not that of a heading
    elsewhere = {letters for letters, block in zip(told, blocks, strict=True) if not block.menu}
    found = [
        (letters in lines or (len(letters) > _SOME_WORDS and letters in main))
        and not (block.menu and letters in elsewhere)
        for letters, block in zip(told, blocks, strict=True)
    ]
    inside = [number for number, block in enumerate(blocks) if found[number] and not block.menu]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks))
    kept: list[Block] = []
    left: list[Block] = []
    for number, block in enumerate(blocks):
        plain = not block.menu and block.linked <= _MOSTLY_LINKS
        within = first <= number <= last or len(block.text) >= _PASSAGE or block.heading == 1
        (kept if found[number] or (plain and within) else left).append(block)
    if all(block.menu for block in kept):
        return blocks, "texte et menus n'ont pas pu être distingués : la page entière est lue"
    passages = [block for block in left if len(block.text) >= _PASSAGE and block.linked <= _MOSTLY_LINKS]
    remark = f"{len(passages)} passage(s) de menus, d'encadrés ou de pied de page laissé(s) de côté"
    return kept, remark if passages else None


def _extracted(root: Element) -> str:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its messages quote the page
    try:
        return trafilatura.extract(copy.deepcopy(root), favor_recall=True, include_comments=False) or ""
    except (RecursionError, ValueError):  # a page it cannot cope with: all that is no menu is kept
        return ""


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def page_title(root: Element) -> str:
    """Return the title that a page gives itself, or nothing."""
    said = _said(root)
    title = said.get("og:title") or said.get("citation_title") or root.findtext(".//title") or ""
    if not title.strip():
        headings = [block.text for block in blocks_of(root) if block.heading == 1]
        title = headings[0] if headings else ""
    return " ".join(title.split())


def page_meta(root: Element) -> dict[str, str]:
    """Return what a page says of itself: author, date, site and language, each only if it says so."""
    said = _said(root)
    stamps = [iso_date(one.get("datetime") or "") for one in root.iter("time")]
    found = {
        "author": _first(said, _AUTHORS),
        "date": iso_date(_first(said, _DATES)) or next((stamp for stamp in stamps if stamp), ""),
        "site": _first(said, _SITES),
        "langue": (root.get("lang") or root.get("xml:lang") or "").strip().lower()[:2],
    }
    return {name: value for name, value in found.items() if value and not value.startswith("http")}


def _said(root: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            said.setdefault(name, content)
    return said


def _first(said: dict[str, str], names: Sequence[str]) -> str:
    return next((said[name] for name in names if name in said), "")
