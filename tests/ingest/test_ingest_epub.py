"""Books: chapters in reading order, each a place; printed pages where the book marks them."""

from __future__ import annotations

import pytest

from innovsoc_analysis.ingest.epub import assemble_chapters, read_epub
from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/livre.opf"/></rootfiles></container>'
)
PAGE = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{}</body></html>'


def book(
    zipped,
    chapters: dict[str, str],
    *,
    spine: list[str] | None = None,
    nav: str = "",
    more: dict[str, str] | None = None,
) -> bytes:
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if name == nav else ""}/>'
        for name in spine or chapters
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Le jardin</dc:title>'
        "<dc:creator>Ana Duriez</dc:creator><dc:date>2021-05-03</dc:date><dc:language>fr-BE</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{references}</spine></package>"
    )
    pages = {f"OEBPS/{name}.xhtml": PAGE.format(content) for name, content in chapters.items()}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/livre.opf": package,
            **pages,
            **(more or {}),
        }
    )


def read(data: bytes) -> RawDocument:
    (document,) = assemble_chapters(read_epub(data))
    return document


def test_chapters_come_in_reading_order_and_are_places(zipped) -> None:
    chapters = {
        "deux": "<h1>Deux</h1><p>Fin&nbsp;!</p>",
        "un": "<h1>Un</h1><p>Début<br/>ici</p>",
        "blanc": "<img src='x'/>",
    }
    document = read(book(zipped, chapters, spine=["un", "blanc", "deux"]))
    assert document.text == "Un\n\nDébut\nici\n\nDeux\n\nFin\u00a0!"
    assert [(document.text[place.start : place.end], place.page) for place in document.places] == [
        ("Un\n\nDébut\nici", 1), ("Deux\n\nFin\u00a0!", 2),
    ]  # fmt: skip
    assert document.title == "Le jardin"
    assert document.meta == {"author": "Ana Duriez", "date": "2021-05-03", "langue": "fr", "repère": "chapitre"}


def test_printed_pages_are_the_places_where_the_book_marks_them(zipped) -> None:
    chapters = {
        "un": '<span epub:type="pagebreak" title="7"/><p>Un.</p><p>Deux.</p><div role="doc-pagebreak" aria-label="8"/><p>Trois.</p>',
        "deux": "<p>Quatre.</p>",
    }
    document = read(book(zipped, chapters))
    assert [(document.text[place.start : place.end], place.page) for place in document.places] == [
        ("Un.\n\nDeux.", 7),
        ("Trois.", 8),
    ]
    assert document.meta["repère"] == "page"


def test_the_table_of_contents_is_no_text_and_a_missing_chapter_is_told(zipped) -> None:
    document = read(
        book(zipped, {"un": "<p>Un.</p>", "table": "<nav>Un</nav>"}, spine=["table", "un", "perdu"], nav="table")
    )
    assert document.text == "Un."
    assert document.warnings == ("1 chapitre(s) annoncé(s) par le livre et absent(s)",)


def encrypted(uri: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": f'<encryption><EncryptedData><CipherReference URI="{uri}"/></EncryptedData></encryption>'
    }


def test_a_locked_book_is_refused_and_scrambled_fonts_are_not(zipped) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read(book(zipped, {"un": "<p>x</p>"}, more=encrypted("OEBPS/un.xhtml")))
    assert caught.value.code == "encrypted"
    assert read(book(zipped, {"un": "<p>Un.</p>"}, more=encrypted("OEBPS/a.otf"))).text == "Un."


@pytest.mark.parametrize(
    "files", [{"a": "x"}, {"META-INF/container.xml": "<container/>"}, {"META-INF/container.xml": "<"}]
)
def test_what_is_no_book_is_refused(zipped, files: dict[str, str]) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read(zipped(files))
    assert caught.value.code == "corrupt"


def test_a_book_is_read_from_a_zip_in_a_zip(tree, zipped) -> None:
    folder = tree({"lot.zip": zipped({"livres.zip": zipped({"a.epub": book(zipped, {"un": "<p>Un.</p>"})})})})
    (document,) = read_sources([folder]).documents
    assert (document.source, document.format, document.raw.text) == ("lot.zip/livres.zip/a.epub", "epub", "Un.")
