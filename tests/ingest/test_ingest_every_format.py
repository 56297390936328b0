"""Whatever the format, every visible word is found, and a cut file is read or refused for a reason, never by accident."""

from __future__ import annotations

import io
import re
from email.message import EmailMessage

import docx
import openpyxl
import pytest

from innovsoc_analysis.ingest.reading import read_sources

PARAGRAPHS = (
    "Première définition : l’innovation sociale répond à un besoin.",
    "« Où va-t-on ? » demande Noël, 27 ans, à l’assemblée.",
    "Coût total : 3 € par habitant·e ; œuvre commune, déjà là.",
)
WORDS = re.findall(r"\w+", " ".join(PARAGRAPHS))
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def word() -> bytes:
    document = docx.Document()
    for one in PARAGRAPHS:
        document.add_paragraph(one)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (("titre", "texte"), ("a", "\n".join(PARAGRAPHS))):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opendocument(zipped) -> bytes:
    body = "".join(f"<text:p>{one}</text:p>" for one in PARAGRAPHS)
    spaces = f'xmlns:office="{OASIS}:office:1.0" xmlns:text="{OASIS}:text:1.0"'
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def book(zipped) -> bytes:
    container = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    package = '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "a.opf": package,
            "a.xhtml": f"<html><body>{BODY}</body></html>",
        }
    )


def rtf() -> bytes:
    escaped = "\\par ".join("".join(one if one.isascii() else f"\\u{ord(one)}?" for one in text) for text in PARAGRAPHS)
    return f"{{\\rtf1\\ansi {escaped}}}".encode()


def message(*, html: bool) -> bytes:
    letter = EmailMessage()
    letter["Subject"] = "x"
    letter.set_content(
        f"<html><body>{BODY}</body></html>" if html else "\n\n".join(PARAGRAPHS), subtype="html" if html else "plain"
    )
    if html:
        letter.make_related()
    return letter.as_bytes()


@pytest.fixture
def files(zipped) -> dict[str, bytes]:
    """Return a file of each format, all of the same paragraphs."""
    plain = "\n\n".join(PARAGRAPHS)
    return {
        "a.txt": plain.encode("utf-16"),
        "b.md": plain.encode(),
        "c.docx": word(),
        "d.odt": opendocument(zipped),
        "e.rtf": rtf(),
        "f.html": f"<html><body>{BODY}</body></html>".encode(),
        "g.mhtml": message(html=True),
        "h.epub": book(zipped),
        "i.eml": message(html=False),
        "j.csv": f'titre;texte\na;"{plain}"\n'.encode("cp1252"),
        "k.tsv": f'titre\ttexte\na\t"{plain}"\n'.encode(),
        "l.xlsx": workbook(),
        "m.doc": rtf(),
    }


def test_every_word_is_found_in_every_format_and_in_a_zip_of_them(tree, zipped, files: dict[str, bytes]) -> None:
    documents = read_sources([tree({**files, "tout.zip": zipped(files)})]).documents
    assert [document.source for document in documents] == [*files, *(f"tout.zip/{name}" for name in files)]
    assert {document.source: re.findall(r"\w+", document.raw.text) for document in documents} == {
        document.source: WORDS for document in documents
    }
    for document in documents:
        spans = [(place.start, place.end) for place in document.raw.places]
        assert spans == sorted(spans)
        assert all(0 <= start <= end <= len(document.raw.text) for start, end in spans)


def test_a_cut_file_is_read_or_refused_for_a_reason(tree, files: dict[str, bytes]) -> None:
    cut = {f"{part}{name}": data[: len(data) * part // 5] for name, data in files.items() for part in range(1, 5)}
    outcomes = read_sources([tree(cut)]).outcomes
    assert len(outcomes) == len(cut)
    assert {outcome.code for outcome in outcomes} <= {"", "warning", "corrupt", "empty", "binary", "no-text-column"}
