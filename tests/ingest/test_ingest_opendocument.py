"""OpenDocument texts as their author accepted them: body, tables, boxes, notes."""

from __future__ import annotations

import io
import zipfile

import pytest

from innovsoc_analysis.ingest.opendocument import read_fodt, read_odt
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    f'xmlns:office="{OASIS}:office:1.0" xmlns:text="{OASIS}:text:1.0" xmlns:table="{OASIS}:table:1.0" '
    f'xmlns:draw="{OASIS}:drawing:1.0" xmlns:meta="{OASIS}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def package(body: str, *, title: str = "", manifest: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "meta.xml",
            f"<office:document-meta {SPACES}><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">{manifest}</manifest:manifest>',
        )
    return stream.getvalue()


def read(body: str) -> RawDocument:
    (document,) = read_odt(package(body))
    return document


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_headings_paragraphs_lists_and_cells_are_paragraphs() -> None:
    body = (
        '<text:h text:outline-level="1">Le jardin</text:h>'
        + p("Un <text:span>lieu</text:span>\n ouvert")
        + f"<text:list><text:list-item>{p('un')}<text:list><text:list-item>{p('deux')}</text:list-item></text:list></text:list-item></text:list>"
        + f"<table:table><table:table-row><table:table-cell>{p('a')}</table:table-cell><table:table-cell>{p('b')}{p('c')}</table:table-cell></table:table-row></table:table>"
        + p("")
        + f"<text:section>{p('fin')}</text:section>"
    )
    (document,) = read_odt(package(body, title=" Un titre "))
    assert document.text == "Le jardin\n\nUn lieu  ouvert\n\nun\n\ndeux\n\na\n\nb\n\nc\n\nfin"
    assert (document.title, document.wrapped, document.warnings) == ("Un titre", False, ())


def test_spaces_tabs_and_line_breaks_are_elements() -> None:
    assert read(p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d')).text == "a b c\nd"


def test_tracked_changes_count_as_accepted() -> None:
    deleted = f"<text:tracked-changes><text:changed-region><text:deletion>{p('vieux')}</text:deletion></text:changed-region></text:tracked-changes>"
    body = deleted + p(
        'Un <text:change text:change-id="a"/><text:change-start text:change-id="b"/>beau <text:change-end text:change-id="b"/>lieu'
    )
    assert read(body).text == "Un beau lieu"


def test_notes_follow_the_body_and_comments_are_no_text() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    comment = f"<office:annotation><dc:creator>X</dc:creator>{p('à revoir')}</office:annotation>"
    body = p(f"Un mot{note.format(p('Une note' + note.format(p('Sa note'))))} et{comment} la suite.") + p("Fin.")
    assert read(body).text == "Un mot et la suite.\n\nFin.\n\nUne note\n\nSa note"


def test_a_box_follows_its_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('encadré')}{p('suite')}</draw:text-box></draw:frame>"
    assert (
        read(p(f"Autour{box} du mot") + box + p("après")).text
        == "Autour du mot\n\nencadré\n\nsuite\n\nencadré\n\nsuite\n\naprès"
    )


def test_a_hidden_section_is_left_out_and_told() -> None:
    document = read(p("vu") + f'<text:section text:display="none">{p("caché")}</text:section>')
    assert (document.text, document.warnings) == ("vu", ("1 section(s) masquée(s), laissée(s) de côté",))


def test_a_text_in_one_xml_file_reads_the_same() -> None:
    flat = (
        f"<office:document {SPACES}><office:meta><dc:title>Titre</dc:title></office:meta><office:body><office:text>{p('Un jardin')}"
        "<draw:frame><draw:image><office:binary-data>AAAA</office:binary-data></draw:image></draw:frame></office:text></office:body></office:document>"
    )
    (document,) = read_fodt(flat.encode())
    assert (document.text, document.title) == ("Un jardin", "Titre")


def zip_of(name: str, content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"un texte", "corrupt"),
        (package(p("x"))[:400], "corrupt"),
        (zip_of("autre.xml", "<a/>"), "corrupt"),
        (zip_of("content.xml", "<a/>"), "corrupt"),
        (zip_of("content.xml", "<a"), "corrupt"),
        (zip_of("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "xml-entities"),
        (package(p("x"), manifest="<manifest:encryption-data/>"), "encrypted"),
        (package("<text:section>" * 400 + "</text:section>" * 400), "xml-depth"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_odt(data)
    assert caught.value.code == code
