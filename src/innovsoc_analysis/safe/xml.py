"""Parse XML from strangers: no document type, no entities, bounded depth."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator


def parse_xml(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Element:
    """Return the root element of `data`.

    Raises
    ------
    RefusedFileError
        If the XML is malformed, declares a document type, or nests too deep.

    Examples
    --------
    >>> parse_xml(b"<a><b>x</b></a>").find("b").text
    'x'
    """
    return _parsed(data, limits=limits, kept=True)


def check_xml(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Refuse what `parse_xml` would, without keeping the elements: for parsers that trust what they are given.

    Parameters
    ----------
    data : bytes
        The XML.
    limits : Limits
        Bounds on its nesting.

    Raises
    ------
    RefusedFileError
        As `parse_xml` does.

    Examples
    --------
    >>> check_xml(b"<a><b/></a>")
    """
    _parsed(data, limits=limits, kept=False)


def _parsed(data: bytes, *, limits: Limits, kept: bool) -> Element:
    import defusedxml
    from defusedxml.ElementTree import iterparse

    events: Iterator[tuple[str, Element]] = iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True)
    root: Element | None = None
    depth = 0
    try:
        for event, element in events:
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if event == "end" and not kept:
                element.clear()
            if depth > limits.xml_depth:
                raise RefusedFileError("xml-depth", "le document est imbriqué de façon anormale ; il n'est pas lu.")
    except defusedxml.DefusedXmlException:
        raise RefusedFileError(
            "xml-entities", "le document déclare des entités XML, ce qui est dangereux ; réenregistrez-le."
        ) from None
    except (ParseError, ValueError, LookupError):
        raise RefusedFileError("corrupt", "le contenu du fichier est endommagé ; redemandez-en une copie.") from None
    if root is None:
        raise RefusedFileError("corrupt", "le contenu du fichier est vide ; redemandez-en une copie.")
    return root
