"""Files of every format, sound or not, made in code."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SENTENCE = "Un jardin partagé, où l’on répare."
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return stream.getvalue()


def linked(name: str, target: str) -> bytes:
    """Return a zip whose one member is a symbolic link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o120777 << 16
        made.writestr(info, target)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """Return a zip that says that its members are encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def resized(data: bytes, size: int) -> bytes:
    """Return a zip whose first member pretends to unfold to `size` bytes."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = changed.index(mark) + offset
        changed[at : at + 4] = size.to_bytes(4, "little")
    return bytes(changed)


def overlapping(count: int, size: int) -> bytes:
    """Return a zip whose `count` entries all point to the same compressed bytes (D. Fifield, WOOT 2019)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(bytes(size)) + packer.flush()
    crc = zlib.crc32(bytes(size))
    head = (20, 0, 8, 0, 33, crc, len(body), size)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *head, 1, 0) + b"a"
    data = local + body
    table = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, *head, 5, 0, 0, 0, 0, 0, 0) + b"%05d" % number
        for number in range(count)
    )
    return data + table + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(table), len(data), 0)


def crowded(count: int) -> bytes:
    """Return a zip whose table lists `count` entries, in few bytes of work for whoever makes it."""
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    table = entry * count
    least = min(count, 0xFFFF)
    return b"PK\x03\x04" + table + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, least, least, len(table), 4, 0)


def docx(body: str, *, space: str = W, more: Mapping[str, bytes | str] | None = None, head: str = "") -> bytes:
    """Return a Word document of this body."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml, **(more or {})})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, *, head: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an OpenDocument text of this body."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content xmlns:office="{OASIS}:office:1.0" '
        f'xmlns:text="{OASIS}:text:1.0"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml, **(more or {})})


def encrypted_office() -> bytes:
    """Return what Word and Excel write under a password: a compound file with an encrypted package."""
    return (
        COMPOUND
        + bytes(500)
        + "EncryptionInfo".encode("utf-16-le")
        + bytes(40)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(3_000)
    )


def xlsx(rows: Sequence[Sequence[str]], *, shared: Sequence[str] = (), more: str = "", head: str = "") -> bytes:
    """Return a workbook of one sheet; each cell is the XML within ``<c>``, with its attributes before a bar."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{chr(65 + column)}{number}" {cell.partition("|")[0]}>{cell.partition("|")[2]}</c>'
            for column, cell in enumerate(row)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return workbook("".join(lines), shared=shared, more=more, head=head)


def workbook(lines: str, *, shared: Sequence[str] = (), more: str = "", head: str = "") -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    strings = "".join(f"<si><t>{one}</t></si>" for one in shared)
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{links}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{links}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"{head}<sst {main}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{lines}</sheetData>{more}</worksheet>",
    })  # fmt: skip


def inline(text: str) -> str:
    """Return a cell that holds a text."""
    return f't="inlineStr"|<is><t>{text}</t></is>'


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))
    return data + head + table + tail


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def stream(content: bytes, *, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def lines_at(*placed: tuple[int, int, str]) -> bytes:
    """Return the drawing of lines of text, each at its place."""
    return b"".join(
        b"BT /F1 11 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (x, y, text.encode("cp1252")) for x, y, text in placed
    )


def one_page(
    content: bytes, *, catalog: bytes = b"", page: bytes = b"", more: Sequence[bytes] = (), resources: bytes = b""
) -> bytes:
    """Return a PDF of one page: objects 1 catalogue, 2 pages, 3 page, 4 font, 5 content, then `more`."""
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>%s>>%s>>" % (resources, page),
        FONT,
        content,
        *more,
    ])  # fmt: skip


def epub(
    chapter: bytes | str, *, href: str = "a.xhtml", more: Mapping[str, bytes | str] | None = None, head: str = ""
) -> bytes:
    """Return a book of one chapter."""
    package = (
        f'{head}<package><manifest><item id="a" href="{href}" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "a.opf": package}
    return zipped({**members, "a.xhtml": chapter, **(more or {})})
