"""Elements of WordprocessingML that python-docx has no functions for: fields, bookmarks, links, shading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from innovsoc_analysis.safe.documents import writable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Hebrew, Arabic and their neighbours, with the spaces and marks between two of their letters
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[\\s\\W]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*"
)


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """Return an element; attributes are of the namespace ``w``.

    Examples
    --------
    >>> element("w:jc", val="right").get(qn("w:val"))
    'right'
    """
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def runs(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> list[Any]:
    r"""Return the runs of a text; what is written from right to left stands in runs of its own.

    Parameters
    ----------
    text : str
        Line feeds become line breaks, and what XML cannot hold a replacement character.
    bold, italic : bool
        How it looks.
    style : str
        Identifier of a character style.

    Examples
    --------
    >>> [run.text for run in runs("Il dit « סלון » ici.")]
    ['Il dit « ', 'סלון', ' » ici.']
    """
    made = []
    for piece, is_right_to_left in _directions(writable(text)):
        properties = [element("w:rStyle", val=style)] if style else []
        properties += [element("w:b"), element("w:bCs")] if bold else []
        properties += [element("w:i"), element("w:iCs")] if italic else []
        properties += [element("w:rtl")] if is_right_to_left else []
        run = element("w:r", element("w:rPr", *properties)) if properties else element("w:r")
        run.text = piece
        made.append(run)
    return made


def _directions(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _RIGHT_TO_LEFT.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found.group(), True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def field(instruction: str, result: str, *, style: str = "") -> list[Any]:
    """Return the runs of a field, with what it shows until it is updated."""
    return [*field_start(instruction), *runs(result, style=style), field_end()]


def field_start(instruction: str, *, dirty: bool = False) -> list[Any]:
    """Return the runs before the result of a field; a dirty one is computed again when the document is opened."""
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    start = element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    return [element("w:r", start), element("w:r", code), element("w:r", element("w:fldChar", fldCharType="separate"))]


def field_end() -> Any:
    """Return the run after the result of a field."""
    return element("w:r", element("w:fldChar", fldCharType="end"))


def link(text: str, anchor: str, *, style: str = "Lien") -> Any:
    """Return a link to a bookmark of the document."""
    return element("w:hyperlink", *runs(text, style=style), anchor=anchor, history="1")


def bookmarked(content: list[Any], name: str, number: int) -> list[Any]:
    """Return elements between the two ends of a bookmark.

    Parameters
    ----------
    content : list
        Runs.
    name : str
        Letters, digits and underscores, at most forty; each bookmark has its own.
    number : int
        Each bookmark has its own.
    """
    start = element("w:bookmarkStart", id=number, name=name)
    return [start, *content, element("w:bookmarkEnd", id=number)]
