"""Word documents as their author accepted them: body, tables, boxes, notes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from innovsoc_analysis.ingest.docx import read_docx
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import Limits

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def package(body: str, **parts: str) -> bytes:
    """Return a Word file of the paragraphs `body`; `parts` are named after their file in ``word/``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{content}</w:{name}>")
    return stream.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(data: bytes) -> RawDocument:
    (document,) = read_docx(data)
    return document


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_tables_and_title_of_a_real_document() -> None:
    word = docx.Document()
    word.core_properties.title = " Le jardin "
    word.add_paragraph("Un lieu ").add_run("partagé").bold = True
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), "abcd", strict=True):
        cell.text = text
    word.add_paragraph("")
    word.add_paragraph("fin")
    document = read(saved(word))
    assert document.text == "Un lieu partagé\n\na\n\nb\n\nc\n\nd\n\nfin"
    assert document.title == "Le jardin"
    assert not document.wrapped


def test_the_title_style_stands_in_for_the_property() -> None:
    word = docx.Document()
    word.core_properties.title = ""
    word.add_paragraph("Avant")
    word.add_heading("Le titre", level=0)
    assert read(saved(word)).title == "Le titre"
    assert read(package(p("sans titre"))).title is None


def test_tab_stops_are_settings_and_tabs_are_spaces() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("a\tb\nc")
    paragraph.paragraph_format.tab_stops.add_tab_stop(docx.shared.Cm(2))
    paragraph.paragraph_format.tab_stops.add_tab_stop(docx.shared.Cm(4))
    assert read(saved(word)).text == "a b\nc"


def test_tracked_changes_count_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>Un </w:t></w:r><w:del><w:r><w:delText>vieux </w:delText><w:t>vieux </w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>beau </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>ailleurs </w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t>lieu</w:t></w:r></w:hyperlink></w:p>"
    )
    assert read(package(body)).text == "Un beau lieu"


def box(text: str) -> str:
    return f"<w:txbxContent>{text}</w:txbxContent>"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    content = (
        "<w:p><w:r><w:t>Autour</w:t><mc:AlternateContent><mc:Choice>" + box(p("encadré") + p("suite")) + "</mc:Choice>"
        "<mc:Fallback>" + box(p("encadré") + p("suite")) + "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(package(content + p("après"))).text == "Autour\n\nencadré\n\nsuite\n\naprès"


def test_a_box_in_a_box_is_read_once_and_a_deleted_one_is_not() -> None:
    inner = f"<w:p><w:r><w:t>un</w:t>{box(p('deux'))}</w:r></w:p>"
    nested = f"<w:p><w:r>{box(inner)}</w:r></w:p>"
    deleted = f"<w:p><w:del><w:r>{box(p('non'))}</w:r></w:del><w:r><w:t>oui</w:t></w:r></w:p>"
    assert read(package(nested + deleted)).text == "un\n\ndeux\n\noui"


def test_notes_follow_the_body_without_words_separators() -> None:
    notes = f'<w:footnote w:type="separator" w:id="-1">{p("—")}</w:footnote><w:footnote w:id="1">{p("une note")}</w:footnote>'
    ends = f'<w:endnote w:id="1">{p("en fin")}</w:endnote>'
    body = '<w:p><w:r><w:t>Corps</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert read(package(body, footnotes=notes, endnotes=ends)).text == "Corps\n\nune note\n\nen fin"


def test_special_characters_and_content_controls() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>porte</w:t><w:noBreakHyphen/><w:t>voix</w:t><w:br/><w:t>cha</w:t>"
        "<w:softHyphen/><w:t>leur</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert read(package(body)).text == "porte\u2011voix\ncha\u00adleur"


DTD = "<!DOCTYPE x [<!ENTITY a 'ha'>]><x>&a;</x>"


def zipped(name: str, content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"pas un zip", "corrupt"),
        (package(p("x"))[:-30], "corrupt"),
        (zipped("mimetype", "application/epub"), "corrupt"),
        (zipped("word/document.xml", "<w:document"), "corrupt"),
        (zipped("word/document.xml", DTD), "xml-entities"),
        (package("<w:sdt>" * 300 + "</w:sdt>" * 300), "xml-depth"),
    ],
)
def test_what_is_no_sound_word_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_docx(data)
    assert caught.value.code == code


def test_the_limits_of_zips_hold_for_documents() -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_docx(package(p("x" * 2000)), limits=Limits(expanded_bytes=1000))
    assert caught.value.code == "zip-bomb"
