"""PDF: the text layer, page by page, in reading order. Runs in a process of its own, for PDFium is native code."""

from __future__ import annotations

import base64
import ctypes
import io
import math
import re
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.page_order import Glyph, column_order, reading_order, segments_of, text_of_lines
from innovsoc_analysis.ingest.page_ranges import listed_pages
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNATURE_WITHIN = 1024
# what PDFium gives for a hyphen at the end of a line and the break after it
_HYPHEN_AND_BREAK = "\x02"
_LIGATURES = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
})  # fmt: skip
# a page that a picture covers and on which only a number or a stamp is text was scanned
_STAMP = 60
_COVERED = 0.5
_DOTS_PER_INCH = 300
_MOST_PIXELS = 40_000_000
_WITHIN = 0.2
_FEWEST_LINES = 4
# page layouts with more pieces than this are drawings
_MOST_RECTANGLES = 4_000
_FILE_NAME = re.compile(r"\.(?:docx?|odt|indd|rtf|pages|tex|dvi|qxd|pub|pdf)$", re.IGNORECASE)


def read_pages(data: bytes, *, max_pages: int) -> dict[str, Any]:
    """Return ``{"title": str, "pages": [str, …], "scanned": [int, …], "unreadable": [int, …]}``; called in the worker.

    Parameters
    ----------
    data : bytes
        The file.
    max_pages : int
        How many pages it may have.

    Returns
    -------
    dict
        ``scanned``: pages that show a picture and no text, from 1; ``unreadable``: those that cannot be opened.

    Raises
    ------
    RefusedFileError
        If the PDF is damaged, protected or too long.
    """
    import pypdfium2 as pdfium

    document = _opened(data)
    if len(document) > max_pages:
        raise RefusedFileError("too-long", f"le PDF dépasse {max_pages} pages ; découpez-le.")
    pages: list[str] = []
    scanned, unreadable = [], []
    for number in range(len(document)):
        try:
            page = document[number]
            text = _page_text(page.get_textpage())
        except pdfium.PdfiumError:
            unreadable.append(number + 1)
            pages.append("")
            continue
        if len(text.strip()) < _STAMP and _is_picture(page, empty=not text.strip()):
            scanned.append(number + 1)
        pages.append(text)
        page.close()
    if len(unreadable) == len(pages):
        raise _damaged()
    title = document.get_metadata_value("Title")
    return {"title": title, "pages": pages, "scanned": scanned, "unreadable": unreadable}


def render_page(data: bytes, *, page: int) -> str:
    """Return the picture of a page, from 1, as PNG in base 64; called in the worker.

    Parameters
    ----------
    data : bytes
        The file.
    page : int
        Which page.
    """
    document = _opened(data)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = min(_DOTS_PER_INCH / 72, math.sqrt(_MOST_PIXELS / max(width * height, 1)))
    picture = io.BytesIO()
    sheet.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    return base64.b64encode(picture.getvalue()).decode("ascii")


def assemble_pages(answer: dict[str, Any]) -> list[RawDocument]:
    """Return the document made of the worker's `answer`, with one place per page."""
    pages = [str(page) for page in answer["pages"]]
    texts = [page.replace("\r\n", "\n").replace(_HYPHEN_AND_BREAK, "-\n").strip("\n") for page in pages]
    texts = [text.translate(_LIGATURES).replace("\x00", "") for text in texts]
    places, position = [], 0
    for number, text in enumerate(texts, start=1):
        places.append(Place(position, position + len(text), page=number))
        position += len(text) + 1
    recognised, missing = answer.get("recognised", []), answer.get("missing", "")
    unread = [number for number in answer["scanned"] if number not in recognised]
    said = {
        f"{listed_pages(recognised)} lue(s) par reconnaissance de caractères (Tesseract) : relisez-les": recognised,
        f"{listed_pages(answer.get('unreadable', []))} abîmée(s), illisible(s)": answer.get("unreadable"),
        f"numérisé, OCR requis : {listed_pages(unread)} sans texte ; {missing}": unread,
    }
    warnings = tuple(sentence for sentence, holds in said.items() if holds)
    return [
        RawDocument(
            "\n".join(texts), title=_title(str(answer["title"])), places=tuple(places), wrapped=True, warnings=warnings
        )
    ]


def _title(said: str) -> str | None:
    """Return a title that someone has written: programs put the name of a file in its place."""
    title = said.replace("\0", "").removeprefix("Microsoft Word - ").removeprefix("PowerPoint Presentation").strip()
    return None if not title or _FILE_NAME.search(title) else title


def _opened(data: bytes) -> Any:
    import pypdfium2 as pdfium

    if b"%PDF" not in data[:_SIGNATURE_WITHIN]:
        raise RefusedFileError("corrupt", "ce n'est pas un PDF ; redemandez-en une copie.")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # PDFium may tell the error of the file before
        if "password" in str(error).lower() and b"/Encrypt" in data:
            raise RefusedFileError("encrypted", "le PDF est protégé par un mot de passe ; retirez-le.") from None
        raise _damaged() from None


def _damaged() -> RefusedFileError:
    return RefusedFileError("corrupt", "le PDF est endommagé ou incomplet ; redemandez-en une copie.")


def _is_picture(page: Any, *, empty: bool) -> bool:
    """Whether a page without words shows a picture: any if it has no text at all, one that covers it otherwise."""
    from pypdfium2 import raw

    width, height = page.get_size()
    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if empty or (right - left) * (top - bottom) > _COVERED * width * height:
            return True
    return False


def _page_text(text_page: Any) -> str:
    """Return the text as the file orders it, unless that goes from column to column at every line."""
    stored: str = text_page.get_text_bounded()
    count = text_page.count_rects()
    if count > _MOST_RECTANGLES:
        return stored
    # cheap and coarse: only what may be in columns is looked at character by character
    boxes = [text_page.get_rect(number) for number in range(count)]
    if not (_may_have_columns(boxes) or _may_be_turned(boxes)):
        return stored
    glyphs, turned = _glyphs(text_page)
    segments = segments_of(glyphs)
    # of a page that is turned, PDFium joins the lines
    lines = reading_order(segments) if turned else column_order(segments)
    if lines is None:
        return stored
    ordered = text_of_lines(lines)
    # nothing may be lost on the way
    return ordered if _letters(ordered) == _letters(stored) else stored


def _may_have_columns(boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a few pieces, boxes of left, bottom, right and top, start well within the page."""
    if not boxes:
        return False
    start, end = min(box[0] for box in boxes), max(box[2] for box in boxes)
    within = sum(1 for box in boxes if box[0] > start + _WITHIN * (end - start))
    return within >= _FEWEST_LINES


def _may_be_turned(boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    return sum(box[3] - box[1] for box in boxes) > sum(box[2] - box[0] for box in boxes)


def _letters(text: str) -> list[str]:
    return sorted(character for character in text if character.isalnum())


def _glyphs(text_page: Any) -> tuple[list[Glyph], bool]:
    """Return the characters, upright, and whether they had to be turned."""
    from pypdfium2 import raw

    glyphs = []
    box = raw.FS_RECTF()
    turns = {0: 0, 1: 0, 2: 0, 3: 0}
    for number in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, number)
        if code == 0 or not raw.FPDFText_GetLooseCharBox(text_page, number, ctypes.byref(box)):
            continue
        # a hyphen at the end of a line has a code of its own
        character = "-" if code in {2, 0xFFFE} else chr(code) if code < 0x110000 else "\ufffd"  # noqa: PLR2004
        # PDFium's angles run clockwise
        turns[-round(raw.FPDFText_GetCharAngle(text_page, number) / (math.pi / 2)) % 4] += not character.isspace()
        glyphs.append(Glyph(character, box.left, box.bottom, box.right, box.top))
    turn = max(turns, key=lambda quarter: turns[quarter])
    return [_upright(glyph, turn) for glyph in glyphs], turn > 0


def _upright(glyph: Glyph, quarters: int) -> Glyph:
    """Turn a box back by so many quarters."""
    left, bottom, right, top = glyph.left, glyph.bottom, glyph.right, glyph.top
    for _ in range(quarters):
        left, bottom, right, top = bottom, -right, top, -left
    return Glyph(glyph.character, left, bottom, right, top)
