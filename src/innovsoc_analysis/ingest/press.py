"""Exports of press databases: many articles in one page, each a document with its newspaper and date.

Europresse: each ``<article>`` has a ``DocPublicationName``, a ``titreArticle`` and a ``docOcurrContainer`` (or
``DocText``). Factiva: each ``<div class="article …Article">`` has a table of fields (HD, PD, SN, LP, TD…), whose
paragraphs are of the class ``articleParagraph``. Pages are told by these names, which no other page uses together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.html_blocks import blocks_of
from innovsoc_analysis.ingest.press_dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.safe.html import Element

_FACTIVA_ARTICLE = re.compile(r"\barticle\b.*?\b([a-z]{2})Article\b")
_FACTIVA_TEXT = ("LP", "TD")
_FACTIVA_NEEDED = {"HD", "PD"}
# the newspaper's name stands before its edition, number or page: « Le Soir (Liège), no. 12 345 »
_AFTER_NAME = re.compile(r",?\s+no\.\s|\s*[,;(]|\s+-\s")


def press_articles(root: Element) -> list[dict[str, Any]]:
    r"""Return text, title and metadata of each article of an export, or nothing if the page is none.

    Examples
    --------
    >>> from innovsoc_analysis.safe.html import parse_html
    >>> page = '''<article><header><span class="DocPublicationName">Le Pays, no. 7</span>
    ... <span class="DocHeader">lundi 3 mai 2021</span><p class="titreArticleVisu">Un jardin</p></header>
    ... <div class="docOcurrContainer"><p>On y vient.</p></div></article>'''
    >>> press_articles(parse_html(page))
    [{'text': 'Un jardin\n\nOn y vient.', 'title': 'Un jardin', 'meta': {'journal': 'Le Pays', 'date': '2021-05-03'}}]
    """
    return [*_europresse(root)] or [*_factiva(root)]


def _europresse(root: Element) -> Iterator[dict[str, Any]]:
    for article in root.iter("article"):
        newspaper = _words(_classed(article, "DocPublicationName"))
        body = next(iter(_classed(article, "docOcurrContainer") or _classed(article, "DocText")), None)
        if not newspaper or body is None:
            continue
        title = _words(_classed(article, "titreArticleVisu") or _classed(article, "titreArticle"))
        subtitle = _words(_classed(article, "rdp__subtitle"))
        header = _words(_classed(article, "DocHeader"))
        meta = {
            "journal": _AFTER_NAME.split(newspaper, maxsplit=1)[0].strip(),
            "date": iso_date(header) or iso_date(_words(list(article.iter("header")))),
            "author": _words(_classed(article, "docAuthors")),
        }
        yield _article(title, [subtitle, *(block.text for block in blocks_of(body))], meta)


def _factiva(root: Element) -> Iterator[dict[str, Any]]:
    for article in root.iter("div"):
        language = _FACTIVA_ARTICLE.search(article.get("class") or "")
        rows = {name: cell for name, cell in _rows(article) if name} if language else {}
        if language is None or not rows.keys() >= _FACTIVA_NEEDED:
            continue
        title = _words([rows["HD"]])
        told = {name: _words([cell]) for name, cell in rows.items()}
        meta = {
            "journal": told.get("SN", ""),
            "date": iso_date(told["PD"]),
            "author": told.get("BY", ""),
            "langue": language[1],
        }
        paragraphs = [block.text for name in _FACTIVA_TEXT if name in rows for block in blocks_of(rows[name])]
        yield _article(title, paragraphs, meta)


def _rows(article: Element) -> Iterator[tuple[str, Element]]:
    for row in article.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if len(cells) >= 2:  # noqa: PLR2004 - the field's name and what it holds
            yield _words([cells[0]]).strip("\u00a0 :"), cells[1]


def _article(title: str, paragraphs: list[str], meta: dict[str, str]) -> dict[str, Any]:
    text = "\n\n".join(one for one in (title, *paragraphs) if one)
    return {"text": text, "title": title, "meta": {name: value for name, value in meta.items() if value}}


def _classed(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if name in (one.get("class") or "").split()]


def _words(elements: list[Element]) -> str:
    return " ".join(block.text for block in blocks_of(elements[0])).strip() if elements else ""
