"""The content decides what a file is, and a name that says otherwise is told."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.ingest.sniffing import kind_of

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
RTF = rb"{\rtf1\ansi Un jardin}"


def word(text: str = "Un jardin") -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["texte"])
    book.active.append(["Un jardin"])
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RTF, "rtf"),
        (b"\xef\xbb\xbf {\\rtf1 x}", "rtf"),
        (b"%PDF-1.7", "pdf"),
        (b"WEBVTT\n\n", "vtt"),
        (b"WEBVTTX", None),
        (b"\n<!-- a --><!DOCTYPE HTML PUBLIC>", "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "html"),
        (b"<htmlx>", None),
        (b"<?xml version='1.0'?><office:document x='y'>", "fodt"),
        (b"From: a\nSubject: b\nContent-Type: multipart/related; x\n\n", "mhtml"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "doc"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "xls"),
        (COMPOUND + "__substg1.0_0037001F".encode("utf-16-le"), "msg"),
        (COMPOUND, None),
        (b"PK\x03\x04 tronque", None),
        (b"Un jardin", None),
        (b"", None),
    ],
)
def test_first_bytes(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word/document.xml": ""}, "docx"),
        ({"xl/workbook.xml": ""}, "xlsx"),
        ({"ppt/presentation.xml": ""}, "pptx"),
        ({"mimetype": "application/epub+zip"}, "epub"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "ods"),
        ({"mimetype": "autre"}, None),
        ({"a.txt": "x"}, None),
    ],
)
def test_zips_are_told_by_their_members(zipped, parts: dict[str, str], kind: str | None) -> None:
    assert kind_of(zipped(parts)) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", RTF, "rtf"),
        ("a.doc", b"<html><p>Un jardin</p></html>", "html"),
        ("a.doc", word(), "docx"),
        ("a.rtf", word(), "docx"),
        ("a.txt", b"<!DOCTYPE html><p>Un jardin", "html"),
        ("a.xls", workbook(), "xlsx"),
        ("a.csv", workbook(), "xlsx"),
        ("a.docx", RTF, "rtf"),
    ],
)
def test_a_wrong_suffix_does_not_keep_a_text_from_being_read(tree, name: str, data: bytes, kind: str) -> None:
    intake = read_sources([tree({name: data})])
    (document,), (outcome,) = intake.documents, intake.outcomes
    assert (document.raw.text, document.format, outcome.reader) == ("Un jardin", kind, kind)
    suffix = name[1:]
    assert outcome.outcome == "accepté avec avertissement"
    assert outcome.message == f"contenu de type {kind} malgré son extension « {suffix} » : lu comme tel"


@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_a_right_suffix_is_not_told(tree, name: str) -> None:
    data = word() if name.endswith("docx") else b"<html><p>Un jardin</p></html>"
    assert read_sources([tree({name: data})]).outcomes[0].outcome == "accepté"


def test_formats_that_are_not_read_are_called_by_their_name(tree, zipped) -> None:
    intake = read_sources(
        [tree({"a.docx": zipped({"ppt/presentation.xml": ""}), "b.eml": COMPOUND + "__substg1.0_".encode("utf-16-le")})]
    )
    assert [outcome.code for outcome in intake.outcomes] == ["unknown-format", "unknown-format"]
    assert "présentation PowerPoint" in intake.outcomes[0].message
    assert "Outlook" in intake.outcomes[1].message


def test_a_document_called_zip_is_not_unfolded(tree) -> None:
    (outcome,) = read_sources([tree({"a.zip": word()})]).outcomes
    assert (outcome.source, outcome.code) == ("a.zip", "wrong-name")
    assert outcome.message == "c'est un document docx et non une archive ; renommez-le en « .docx »."
