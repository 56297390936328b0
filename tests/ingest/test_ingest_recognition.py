"""Scanned pages are recognised where Tesseract is installed with French, and told or refused otherwise."""

from __future__ import annotations

import sys
import zlib

import pytest

from innovsoc_analysis.ingest import recognition
from innovsoc_analysis.ingest.registry import Reading, reader_for
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS
from innovsoc_analysis.safe.worker import Worker

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Tesseract is a script")


def scan_of(*pages: str | None) -> bytes:
    """Return a PDF: ``None`` is a page that is a picture, a text a page of text."""
    picture = zlib.compress(b"\x80" * 100)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(picture), picture),
    ]  # fmt: skip
    for number, text in enumerate(pages):
        shown = (
            b"q 200 0 0 200 0 0 cm /I Do Q"
            if text is None
            else b"BT /F 12 Tf 20 100 Td (%s) Tj ET" % text.encode("cp1252")
        )
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>"
            % (6 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data
        + head
        + table
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    )


def read(data: bytes) -> RawDocument:
    with Worker() as worker:
        (document,) = reader_for("a.pdf").read(data, Reading(DEFAULT_LIMITS, worker))
    return document


@pytest.fixture
def tesseract(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that puts a stand-in in the place of Tesseract, which knows these languages."""

    def install(languages: str) -> None:
        script = tmp_path / "tesseract"
        # what it recognises is the signature of the picture, and its language
        script.write_text(
            f"#!/bin/sh\n''''exec \"{sys.executable}\" \"$0\" \"$@\" # '''\nimport sys\nif '--list-langs' in sys.argv:\n    print('{languages}')\nelse:\n    print('image', sys.stdin.buffer.read(4)[1:].decode(), sys.argv[-1])\n",
            "utf-8",
        )
        script.chmod(0o755)
        monkeypatch.setattr(recognition, "_PROGRAMS", (str(script),))

    return install


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_PROGRAMS", ("ce-programme-n-existe-pas",))


@posix
def test_scanned_pages_are_recognised_and_told(tesseract) -> None:
    tesseract("eng fra")
    document = read(scan_of("Un jardin", None, "Fin"))
    assert document.text == "Un jardin\nimage PNG fra\nFin"
    assert [(document.text[place.start : place.end], place.page) for place in document.places] == [
        ("Un jardin", 1), ("image PNG fra", 2), ("Fin", 3),
    ]  # fmt: skip
    assert document.warnings == ("p. 2 lue(s) par reconnaissance de caractères (Tesseract) : relisez-les",)


@pytest.mark.usefixtures("nothing_installed")
def test_without_tesseract_the_pages_to_recognise_are_listed() -> None:
    document = read(scan_of("Un jardin", None, None, "Fin"))
    assert document.text == "Un jardin\n\n\nFin"
    (warning,) = document.warnings
    assert warning == (
        "numérisé, OCR requis : p. 2-3 sans texte ; installez Tesseract avec le français (« fra »), "
        "ou passez le PDF à la reconnaissance de caractères"
    )


@pytest.mark.usefixtures("nothing_installed")
def test_a_pdf_without_any_text_is_refused() -> None:
    with pytest.raises(RefusedFileError) as caught:
        read(scan_of(None, None))
    assert caught.value.code == "scanned"
    assert str(caught.value).startswith("numérisé, OCR requis : p. 1-2 sans texte ; installez Tesseract")


@posix
def test_tesseract_without_french_is_not_used(tesseract) -> None:
    tesseract("eng")
    with pytest.raises(RefusedFileError, match="ajoutez le français"):
        read(scan_of(None))


@pytest.mark.usefixtures("nothing_installed")
def test_a_page_number_stamped_on_a_picture_of_the_page_does_not_make_it_text() -> None:
    stamped = b"q 200 0 0 200 0 0 cm /I Do Q BT /F 9 Tf 90 9 Td (12) Tj ET"
    plain = b"q 200 0 0 200 0 0 cm /I Do Q"
    scan = scan_of("Un jardin", None).replace(
        b"<</Length %d>>stream\n%s" % (len(plain), plain), b"<</Length %d>>stream\n%s" % (len(stamped), stamped)
    )
    document = read(scan)
    assert document.text == "Un jardin\n12"
    assert document.warnings[0].startswith("numérisé, OCR requis : p. 2 sans texte")
