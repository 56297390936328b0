"""The paragraphs of a page: blocks of text in order, those of menus marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innovsoc_analysis.safe.html import walk_html

if TYPE_CHECKING:
    from collections.abc import Collection

    from innovsoc_analysis.safe.html import Element

# never shown as text
_UNSHOWN = frozenset({
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "meta", "noscript",
    "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
# no forms: some sites put the whole page in one
_MENUS = frozenset({"nav", "footer", "aside", "menu"})
_MENU_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "complementary", "dialog"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
# not the no-break spaces, which French typography means
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or cell.

    Attributes
    ----------
    text : str
        Its words.
    heading : int
        Level of a heading, 0 for all else.
    menu : bool
        Whether it stands in what the page itself calls navigation, footer or the like.
    linked : float
        Share of its characters that are links.
    page : str
        What the last page mark before it says (books keep the pages of their printed edition), or nothing.
    """

    text: str
    heading: int = 0
    menu: bool = False
    linked: float = 0.0
    page: str = ""


@dataclass(slots=True)
class _Gathering:
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    page: str = ""
    page_of_block: str = ""

    def add(self, text: str, *, linked: bool) -> None:
        if not self.parts:
            self.page_of_block = self.page
        self.parts.append(text)
        self.linked += len(text.strip()) if linked else 0

    def close(self, *, heading: int, menu: bool) -> None:
        text = "\n".join(line.strip(" ") for line in "".join(self.parts).split("\n")).strip()
        if text:
            share = min(self.linked / len(text), 1.0)
            self.blocks.append(Block(text, heading, menu, share, self.page_of_block))
        self.parts, self.linked = [], 0


def blocks_of(root: Element, *, without: Collection[Element] = ()) -> list[Block]:
    """Return the blocks of text below `root`, in the order of the page.

    Parameters
    ----------
    root : Element
        From :func:`~innovsoc_analysis.safe.html.parse_html`.
    without : collection of Element
        Left out, with what is in them.

    Examples
    --------
    >>> from innovsoc_analysis.safe.html import parse_html
    >>> [block.text for block in blocks_of(parse_html("<h1>Un</h1>Deux<ul><li>trois <b>mots</b></ul>"))]
    ['Un', 'Deux', 'trois mots']
    """
    gathering = _Gathering()
    open_blocks: list[str] = []
    unshown = menus = links = preserved = 0
    for kind, element, text in walk_html(root):
        tag = str(element.tag).lower()
        if kind == "text":
            if not unshown:
                gathering.add(text if preserved else _SPACES.sub(" ", text), linked=links > 0)
            continue
        step = 1 if kind == "start" else -1
        if unshown or element in without or _is_unshown(element, tag):
            unshown += step
            continue
        if tag == "br" and step > 0:
            gathering.add("\n", linked=False)
        if tag in _BLOCKS:
            gathering.close(heading=_level(open_blocks), menu=menus > 0)
            if step > 0:
                open_blocks.append(tag)
            else:
                open_blocks.pop()
        menus += step * _is_menu(element, tag)
        links += step * (tag == "a" and element.get("href") is not None)
        preserved += step * (tag == "pre")
        if step > 0 and (element.get("epub:type") == "pagebreak" or element.get("role") == "doc-pagebreak"):
            gathering.page = element.get("title") or element.get("aria-label") or ""
    gathering.close(heading=0, menu=False)
    return gathering.blocks


def _level(open_blocks: list[str]) -> int:
    tag = open_blocks[-1] if open_blocks else ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0  # noqa: PLR2004 - h1 to h6


def _is_unshown(element: Element, tag: str) -> bool:
    return tag in _UNSHOWN or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_menu(element: Element, tag: str) -> bool:
    if (element.get("role") or "").lower() in _MENU_ROLES:
        return True
    # a header or a footer within an article belongs to it
    if tag in {"header", "footer"}:
        return not any(above.tag in {"article", "main", "section", "blockquote"} for above in element.iterancestors())
    return tag in _MENUS
