"""Parse web pages from strangers: all of the page or a refusal, never a part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any  # of lxml, which says nothing of its types


_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip


class Step(NamedTuple):
    """One step of a walk through a page: into an element, past a text, out of an element."""

    kind: Literal["start", "text", "end"]
    element: Element
    text: str = ""


# in XHTML, <title/> is a whole element; read as HTML it would swallow all that follows
_SELF_CLOSED = re.compile(r"""<([a-zA-Z][\w:-]*)((?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)/>""")
_XHTML = re.compile(r"\s*(?:<\?xml|<!DOCTYPE[^>]+XHTML|<html[^>]+xmlns)", re.IGNORECASE)


def parse_html(text: str) -> Element:
    """Return the root element of a page.

    Parsed from text, so that nothing is decoded twice, and with libxml2's larger bounds: with the ordinary ones, all
    that follows 256 nested elements is lost without a word.

    Raises
    ------
    RefusedFileError
        If nothing can be made of it, or it nests so deep that the parser gives up.

    Examples
    --------
    >>> parse_html("<p>Un <b>jardin</b>").findtext(".//b")
    'jardin'
    """
    import lxml.etree
    import lxml.html

    # no network, no document type: an HTML parser reads neither
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    if _XHTML.match(text):
        text = _SELF_CLOSED.sub(_opened_and_closed, text)
    try:
        data = text.replace("\0", "").encode("utf-8", "replace")
        root: Element = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise RefusedFileError("corrupt", "la page est vide ou illisible ; réenregistrez-la.") from None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise RefusedFileError(
            "html-depth", "la page est imbriquée de façon anormale ; copiez-en le texte dans un fichier .txt."
        )
    return root


def _opened_and_closed(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _VOID else f"<{match[1]}{match[2]}></{match[1]}>"


def walk_html(root: Element) -> Iterator[Step]:
    """Yield the steps through `root`, in the order of the page; no recursion, however deep it nests.

    Examples
    --------
    >>> [(step.kind, step.text) for step in walk_html(parse_html("<p>a<b>c</b>d").find(".//p"))]
    [('start', ''), ('text', 'a'), ('start', ''), ('text', 'c'), ('end', ''), ('text', 'd'), ('end', '')]
    """
    import lxml.etree

    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield Step("start", element)
            if element.text:
                yield Step("text", element, element.text)
        else:
            yield Step("end", element)
            if element is not root and element.tail:
                yield Step("text", element, element.tail)
