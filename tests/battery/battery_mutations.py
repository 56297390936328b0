"""Sound small files of every format, and ways to damage them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from battery_builders import OASIS, SENTENCE, W, docx, epub, inline, odt, one_page, paragraph, stream, xlsx, zipped
from battery_pages import ATTACHED, HEAD, page

from innovsoc_analysis.ingest.decoding import decode
from innovsoc_analysis.ingest.isolated import read_isolated
from innovsoc_analysis.ingest.pdf import assemble_pages
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.worker import Worker
from innovsoc_analysis.text.cleaning import clean

LIMITS = Limits(seconds=20)
TIMES = "00:00:01.000 --> 00:00:02.000"
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote>{paragraph("note")}</w:footnote></w:footnotes>'
SPACES = " ".join(f'xmlns:{one}="{OASIS}:{one}:1.0"' for one in ("office", "table", "text"))
ODS = (
    f"<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name='A'>"
    "<table:table-row><table:table-cell office:value-type='string'><text:p>texte</text:p></table:table-cell></table:table-row>"
    f"<table:table-row><table:table-cell office:value-type='string'><text:p>{SENTENCE}</text:p></table:table-cell></table:table-row>"
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
FODT = f"<office:document {SPACES}><office:body><office:text><text:p>{SENTENCE}</text:p></office:text></office:body></office:document>"

SOUND: dict[str, bytes] = {
    "txt": f"---\nannée: 2021\ntitre: Un\n---\n{SENTENCE}\r\nL’inno-\nvation sociale.\n".encode(),
    "iramuteq": f"**** *genre_projet *annee_2021\n-*lieu\n{SENTENCE}\n**** *genre_parole\nAutre.\n".encode(),
    "md": f"# Un\n\n> {SENTENCE}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b>x</b> [y](z) `c`\n".encode(),
    "docx": docx(paragraph(SENTENCE) + "<w:tbl><w:tr><w:tc>" + paragraph("x") + "</w:tc></w:tr></w:tbl>", more={"word/footnotes.xml": NOTES}),
    "odt": odt(f"<text:p>{SENTENCE}<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>"),
    "fodt": FODT.encode(),
    "rtf": rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}}\f0 Un jardin \'e9t\u233?{\footnote note}\par{\*\x y}\v h\v0 \bin2 ab fin}",
    "html": page(f"<nav><a href=x>m</a></nav><h1>Un</h1><p>{SENTENCE}<ul><li>a</ul><table><tr><td>b</table>"),
    "mhtml": HEAD + b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Un jardin\n--b--",
    "epub": epub(f"<html><body><p>{SENTENCE}</p></body></html>"),
    "eml": HEAD + ATTACHED,
    "csv": f'titre;texte\na;"{SENTENCE}"\nb;Deux\n'.encode(),
    "xlsx": xlsx([[inline("titre"), inline("texte")], [inline("a"), inline(SENTENCE)]]),
    "ods": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": f'<m:manifest xmlns:m="{OASIS}:manifest:1.0"/>', "content.xml": ODS}),
    "jsonl": ('{"titre": "a", "texte": "' + SENTENCE + '", "n": [1, 2.5, null]}\n').encode(),
    "srt": f"1\n{TIMES}\n- <i>Un</i> jardin\n\n2\n{TIMES}\nANA : deux\n".encode(),
    "vtt": f"WEBVTT\n\nNOTE x\n\n1\n{TIMES} align:start\n<v Ana>Un jardin</v>\n".encode(),
    "pdf": one_page(stream(b"BT /F1 12 Tf 72 720 Td (Un jardin) Tj 0 -14 Td (deux) Tj ET")),
}  # fmt: skip
_ZIPPED = {"docx", "odt", "epub", "xlsx", "ods"}


@dataclass(frozen=True)
class Damage:
    """What is done to a file: in a member of it if it is a zip and `within` is set, so that sums stay true."""

    within: int | None
    steps: Sequence[tuple[str, int, bytes]] = field(default_factory=tuple)

    def done_to(self, name: str) -> bytes:
        """Return the damaged file."""
        data = SOUND[name]
        if self.within is None or name not in _ZIPPED:
            return self._apply(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {one: archive.read(one) for one in archive.namelist()}
        chosen = sorted(members)[self.within % len(members)]
        return zipped({**members, chosen: self._apply(members[chosen])})

    def _apply(self, data: bytes) -> bytes:
        for kind, place, piece in self.steps:
            at = place % (len(data) + 1)
            if kind == "flip" and data:
                changed = bytearray(data)
                changed[at % len(data)] ^= piece[0] or 1
                data = bytes(changed)
            elif kind == "cut":
                data = data[:at]
            elif kind == "drop":
                data = data[:at] + data[at + len(piece) * 8 :]
            elif kind == "put":
                data = data[:at] + piece + data[at:]
            elif kind == "repeat":
                data = data[:at] + data[at : at + 40] * (1 + piece[0]) + data[at:]
        return data


KINDS = ("flip", "cut", "drop", "put", "repeat")
# what readers take for marks
PIECES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"<", b"</", b"]]>", b"&#0;", b"&x;", b"{\\", b"}", b"\\u-99999", b"\\'", b'"', b";",
    b"--b", b"=?x?q?", b"%s", b"\xed\xa0\x80", b"\xc3", b"-->", b"99:99", b"<v ", b"<!--", b"****", b"9" * 400, b"\x02", b"\x1b[", b" " * 200,
)  # fmt: skip


def read_damaged(name: str, data: bytes, worker: Worker) -> list[RawDocument]:
    """Return what is read of a damaged file, cleaned; what its reader refuses gives nothing.

    Raises
    ------
    AssertionError
        If the reader fails otherwise than by a refusal that tells what is wrong.
    """
    try:
        if name == "pdf":
            return assemble_pages(worker.call("innovsoc_analysis.ingest.pdf:read_pages", data, max_pages=50))
        return read_isolated(data, "txt" if name == "iramuteq" else name, worker=worker, limits=LIMITS)
    except RefusedFileError as error:
        if error.code in {"crash", "timeout"}:
            raise AssertionError(f"{name} : {error.code} : {error}") from error
        return []


def check_document(document: RawDocument) -> None:
    """Check that places lie in the text, and that its cleaning keeps its promises."""
    text = document.text
    spans = [(place.start, place.end) for place in document.places]
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    cleaned = clean(text, wrapped=document.wrapped)
    assert "\0" not in cleaned.text


def check_decoding(data: bytes) -> None:
    """Check that bytes are text or refused."""
    try:
        text, _ = decode(data)
    except RefusedFileError as error:
        assert error.code == "binary"  # noqa: PT017 - a refusal is one of two outcomes
        return
    assert "\0" not in text
