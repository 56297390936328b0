"""Workbooks of any program: the first sheet with rows; others are told."""

from __future__ import annotations

import io
import struct

import openpyxl
import pytest

from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.ingest.workbooks import read_xlsx, workbook_table
from innovsoc_analysis.model.errors import RefusedFileError

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = f'xmlns:office="{OASIS}:office:1.0" xmlns:text="{OASIS}:text:1.0" xmlns:table="{OASIS}:table:1.0"'


def ods(zipped, *rows: tuple[str, ...]) -> bytes:
    cells = [
        [f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row]
        for row in rows
    ]
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    content = f'<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name="A">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def xlsx(**sheets: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_rows_of_an_opendocument_sheet_are_documents(tree, zipped) -> None:
    intake = read_sources(
        [
            tree(
                {
                    "a.ods": ods(
                        zipped, ("titre", "texte", "lieu"), ("Un", "Un jardin.", "Mons"), ("Deux", "Un été.", "")
                    )
                }
            )
        ]
    )
    assert [(one.raw.text, one.raw.title, one.raw.meta, one.format) for one in intake.documents] == [
        ("Un jardin.", "Un", {"lieu": "Mons"}, "ods"), ("Un été.", "Deux", {}, "ods"),
    ]  # fmt: skip


def test_other_sheets_are_told() -> None:
    (document,) = read_xlsx(xlsx(vide=[], textes=[("texte",), ("Un jardin.",)], notes=[("x",)]))
    assert document.text == "Un jardin."
    assert document.warnings == ("seule la feuille « textes » est lue ; 1 autre(s) n'est (ne sont) pas vide(s)",)


@pytest.mark.parametrize(
    ("data", "code"), [(b"un texte", "corrupt"), (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "corrupt")]
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        workbook_table(data)
    assert caught.value.code == code


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_xlsx(xlsx(vide=[]))
    assert caught.value.code == "empty"


def test_excel_may_name_the_delimiter_above_the_header(tree) -> None:
    (document,) = read_sources([tree({"a.csv": "sep=;\ntexte;lieu\nUn, deux, trois;Mons\n"})]).documents
    assert (document.raw.text, document.raw.meta) == ("Un, deux, trois", {"lieu": "Mons"})


def test_tabs_part_the_cells_of_a_tsv(tree) -> None:
    (document,) = read_sources([tree({"a.tsv": "texte\tlieu\nUn, deux ; trois\tMons\n"})]).documents
    assert (document.raw.text, document.raw.meta) == ("Un, deux ; trois", {"lieu": "Mons"})


def xls(*rows: tuple[str, ...]) -> bytes:
    """Return a workbook of Excel 97: one sheet of labels (BIFF8) in a compound file."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def start(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    def head(place: int) -> bytes:
        return (
            start(0x05)
            + record(0x42, struct.pack("<H", 1200))
            + record(0x85, struct.pack("<IHBB", place, 0, 1, 0) + b"A")
            + record(0x0A, b"")
        )

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII16xI16xIQ", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, first, size)
        return raw.ljust(64, b"\0") + links

    labels = [
        record(0x0204, struct.pack("<HHHHB", line, column, 0, len(cell), 1) + cell.encode("utf-16-le"))
        for line, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    stream = (head(len(head(0))) + start(0x10) + b"".join(labels) + record(0x0A, b"")).ljust(4096, b"\0")
    sectors = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    parts = [header.ljust(512, b"\xff"), struct.pack("<10I", *sectors).ljust(512, b"\xff"), folder.ljust(512, b"\0")]
    return b"".join(parts) + stream


def test_the_rows_of_an_old_workbook_are_documents(tree) -> None:
    intake = read_sources([tree({"a.xls": xls(("titre", "texte"), ("Un", "L’été à Liège"))})])
    assert [(one.raw.text, one.raw.title, one.format) for one in intake.documents] == [("L’été à Liège", "Un", "xls")]
