"""Office documents: the same members give the same bytes, and XML holds what it can."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.safe.documents import restamped, writable
from innovsoc_analysis.safe.xml import parse_xml


def zipped(*, date):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in (("b.xml", b"<b/>"), ("a/é.png", bytes(range(256)))):
            archive.writestr(zipfile.ZipInfo(name, date_time=date), data)
    return stream.getvalue()


def test_two_dates_give_the_same_bytes_and_members_keep_their_order():
    first, second = zipped(date=(1999, 1, 2, 3, 4, 6)), zipped(date=(2020, 5, 6, 7, 8, 10))
    assert first != second
    assert restamped(first) == restamped(second)
    with zipfile.ZipFile(io.BytesIO(restamped(first))) as archive:
        assert archive.namelist() == ["b.xml", "a/é.png"]
        assert archive.read("a/é.png") == bytes(range(256))


@given(st.text())
def test_what_is_writable_can_stand_in_xml(text):
    safe = writable(text)
    assert len(safe) == len(text)
    element = ET.Element("a")
    element.text = safe
    read = parse_xml(ET.tostring(element, "utf-8"))
    assert (read.text or "") == safe.replace("\r\n", "\n").replace("\r", "\n")


def test_halves_of_characters_are_replaced_and_emoji_kept():
    assert writable("a\ud800b🌱\x0c") == "a�b🌱�"
