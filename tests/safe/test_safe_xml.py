"""XML from strangers: no document type, no entities, bounded depth."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.xml import parse_xml


def refusal(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(RefusedFileError) as caught:
        parse_xml(data, limits=limits)
    return caught.value.code


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


def test_the_whole_tree_comes_back() -> None:
    root = parse_xml("<livre lang='fr'><p>été</p>fin<p/></livre>".encode())
    assert (root.tag, root.get("lang"), [child.tag for child in root]) == ("livre", "fr", ["p", "p"])
    assert (root[0].text, root[0].tail) == ("été", "fin")


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_the_declared_encoding_is_followed(encoding: str) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?><a>déjà</a>".encode(encoding)
    assert parse_xml(data).text == "déjà"


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;&b;</l>'


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "http://exemple.org/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        LAUGHS,
    ],
)
def test_document_types_and_entities_are_refused(data: bytes) -> None:
    assert refusal(data) == "xml-entities"


def test_the_depth_is_bounded() -> None:
    assert len(list(parse_xml(nested(3), limits=Limits(xml_depth=3)).iter())) == 3
    assert refusal(nested(4), Limits(xml_depth=3)) == "xml-depth"
    assert len(list(parse_xml(nested(256)).iter())) == 256
    assert refusal(nested(200_000)) == "xml-depth"


def test_siblings_do_not_add_to_the_depth() -> None:
    limits = Limits(xml_depth=2)
    assert len(parse_xml(b"<a>" + b"<b/>" * 1000 + b"</a>", limits=limits)) == 1000
    assert refusal(b"<a>" + b"<b/>" * 1000 + b"<b><c/></b></a>", limits) == "xml-depth"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"texte",
        b"<a>",
        b"<a></b>",
        b"<a/><b/>",
        b"<a>&inconnue;</a>",
        b"<a>\xff</a>",
        b"<?xml version='1.0' encoding='klingon'?><a/>",
        b"PK\x03\x04",
    ],
)
def test_malformed_xml_is_damaged(data: bytes) -> None:
    assert refusal(data) == "corrupt"
