"""The same paragraphs as a sound file of every format: nothing is lost on the way in, or a reader has lost it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import textwrap
from collections.abc import Callable, Sequence
from email.message import EmailMessage, MIMEPart

import docx as python_docx
from battery_builders import FONT, epub, inline, lines_at, odt, pdf, stream, xlsx

Paragraphs = Sequence[str]
Make = Callable[[Paragraphs], bytes]

ENCODINGS = {"Windows-1252": "cp1252", "Latin-9": "iso8859-15", "MacRoman": "mac_roman", "DOS 850": "cp850"}
_LINE_WIDTH, _LINES_A_PAGE, _LEADING, _TOP = 90, 50, 14, 780
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|<>&~=:$^\"'-])")
_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_read(paragraphs: Paragraphs) -> str:
    """Return what a reader that loses nothing must find, blanks apart."""
    return " ".join("\n".join(paragraphs).split())


def kept_in(encoding: str, paragraphs: Paragraphs) -> list[str]:
    """Return the paragraphs without the characters that an encoding lacks."""
    kept = [one.encode(encoding, "ignore").decode(encoding) for one in paragraphs]
    return [one for one in kept if one.strip()]


def text(encoding: str) -> Make:
    return lambda paragraphs: "\n\n".join(paragraphs).encode(encoding)


def markdown(paragraphs: Paragraphs) -> bytes:
    # a sign before which a bar stands is only a sign
    return "\n\n".join(_MARKDOWN.sub(r"\\\1", one.strip()) for one in paragraphs).encode()


def word(paragraphs: Paragraphs) -> bytes:
    document = python_docx.Document()
    for one in paragraphs:
        document.add_paragraph(_XML_FORBIDS.sub("", one))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def opendocument(paragraphs: Paragraphs) -> bytes:
    return odt("".join(f"<text:p>{html.escape(one)}</text:p>" for one in paragraphs))


def rich_text(paragraphs: Paragraphs) -> bytes:
    return ("{\\rtf1\\ansi\\uc1 " + "\\par\n".join(_rich(one) for one in paragraphs) + "}").encode()


def _rich(said: str) -> str:
    units = said.encode("utf-16-le")
    numbers = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(_rich_unit(number) for number in numbers)


def _rich_unit(number: int) -> str:
    if chr(number % 0x10000) in "\\{}":
        return f"\\{chr(number)}"
    return chr(number) if 0x20 <= number < 0x7F else f"\\u{number}?"


def portable(paragraphs: Paragraphs) -> bytes:
    """Return a PDF of one column; the characters that Windows-1252 lacks must have been taken out."""
    lines: list[str] = []
    for one in paragraphs:
        lines += [*textwrap.wrap(one, _LINE_WIDTH, break_long_words=False, break_on_hyphens=False), ""]
    pages = [lines[at : at + _LINES_A_PAGE] for at in range(0, len(lines), _LINES_A_PAGE)]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids), FONT]
    for number, page in enumerate(pages):
        placed = [
            (50, _TOP - _LEADING * at, re.sub(r"([\\()])", r"\\\1", line)) for at, line in enumerate(page) if line
        ]
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number),
            stream(lines_at(*placed)),
        ]
    return pdf(objects)


def web_page(paragraphs: Paragraphs) -> bytes:
    body = "".join(f"<p>{html.escape(one)}</p>\n" for one in paragraphs)
    return f"<!doctype html><html lang=fr><meta charset=utf-8><title>t</title><body>{body}</body></html>".encode()


def site_page(paragraphs: Paragraphs) -> bytes:
    """Return the paragraphs as an article of a site: a menu, a box beside and a footer, which are no text of it."""
    body = "".join(f"<p>{html.escape(one)}</p>\n" for one in paragraphs)
    links = "".join(
        f"<li><a href=/{name}>{name.capitalize()}</a></li>" for name in ("accueil", "actualités", "contact")
    )
    return (
        "<!doctype html><html lang=fr><meta charset=utf-8><title>t</title><body>"
        f"<header><nav><ul>{links}</ul></nav></header><main><article>{body}</article></main>"
        f"<aside><h2>À voir</h2><ul>{links}</ul></aside><footer><p>Mentions légales</p></footer></body></html>"
    ).encode()


def saved_page(paragraphs: Paragraphs) -> bytes:
    saved = EmailMessage()
    saved["Subject"] = "t"
    saved.make_related()
    page = MIMEPart()
    page.set_content(web_page(paragraphs).decode(), subtype="html")
    saved.attach(page)
    return saved.as_bytes()


def book(paragraphs: Paragraphs) -> bytes:
    body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    return epub(f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{body}</body></html>')


def letter(paragraphs: Paragraphs) -> bytes:
    sent = EmailMessage()
    sent["From"], sent["Subject"], sent["Date"] = "a@example.org", "t", "Mon, 01 Jan 2024 10:00:00 +0000"
    sent.set_content("\n\n".join(paragraphs))
    return sent.as_bytes()


def table(paragraphs: Paragraphs) -> bytes:
    """Return a table of which each paragraph is a row."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerows([("id", "texte"), *((str(number), one) for number, one in enumerate(paragraphs, start=1))])
    return written.getvalue().encode("utf-8-sig")


def workbook(paragraphs: Paragraphs) -> bytes:
    rows = [[inline(str(number)), inline(html.escape(one))] for number, one in enumerate(paragraphs, start=1)]
    return xlsx([[inline("id"), inline("texte")], *rows])


def json_lines(paragraphs: Paragraphs) -> bytes:
    rows = ({"id": str(number), "texte": one} for number, one in enumerate(paragraphs, start=1))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def subtitles(paragraphs: Paragraphs) -> bytes:
    return "\n".join(f"{number + 1}\n{_cue(number, ',')}\n{said}\n" for number, said in _cues(paragraphs)).encode()


def web_subtitles(paragraphs: Paragraphs) -> bytes:
    cues = "\n".join(f"{_cue(number, '.')}\n{html.escape(said, quote=False)}\n" for number, said in _cues(paragraphs))
    return f"WEBVTT\n\n{cues}".encode()


def _cues(paragraphs: Paragraphs) -> list[tuple[int, str]]:
    cut = [cue for one in paragraphs for cue in textwrap.wrap(one, 80, break_long_words=False, break_on_hyphens=False)]
    return list(enumerate(cut))


def _cue(number: int, mark: str) -> str:
    def clock(seconds: int) -> str:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}000"

    return f"{clock(number * 3)} --> {clock(number * 3 + 3)}"


FORMATS: dict[str, tuple[str, Make]] = {
    "txt UTF-8": ("txt", text("utf-8")),
    "txt UTF-16": ("txt", text("utf-16")),
    **{f"txt {name}": ("txt", text(encoding)) for name, encoding in ENCODINGS.items()},
    "md": ("md", markdown),
    "docx": ("docx", word),
    "odt": ("odt", opendocument),
    "rtf": ("rtf", rich_text),
    "pdf": ("pdf", portable),
    "html": ("html", web_page),
    "html, menus": ("html", site_page),
    "mhtml": ("mhtml", saved_page),
    "epub": ("epub", book),
    "eml": ("eml", letter),
    "csv": ("csv", table),
    "xlsx": ("xlsx", workbook),
    "jsonl": ("jsonl", json_lines),
    "srt": ("srt", subtitles),
    "vtt": ("vtt", web_subtitles),
}


def fitting(name: str, paragraphs: Paragraphs) -> list[str]:
    """Return the paragraphs without the characters that a file of this format cannot hold."""
    encoding = ENCODINGS.get(name.removeprefix("txt ")) or ("cp1252" if name == "pdf" else "utf-8")
    return kept_in(encoding, paragraphs)
