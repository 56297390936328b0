"""PDF: the text layer, page by page, in reading order. Runs in a process of its own, for PDFium is native code."""

from __future__ import annotations

import base64
import ctypes
import io
import math
import re
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.page_furniture import set_apart
from innovsoc_analysis.ingest.page_lines import HYPHEN_AND_BREAK, PageLine, measured_lines
from innovsoc_analysis.ingest.page_order import Glyph, column_order, reading_order, segments_of, text_of_lines
from innovsoc_analysis.ingest.page_ranges import listed_pages
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNATURE_WITHIN = 1024
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
    """Return what a PDF says, as lists and strings that pass as JSON; called in the worker.

    Parameters
    ----------
    data : bytes
        The file.
    max_pages : int
        How many pages it may have.

    Returns
    -------
    dict
        ``title``; ``pages``, their texts, without running headers and footers; ``notes``: page, from 1, its footnotes,
        and whether they go on with those of the page before; numbers of pages: ``running``, that had a header or a
        footer; ``scanned``, that show a picture and no text; ``unreadable``, that cannot be opened.

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
    layouts: list[list[PageLine]] = []
    scanned, unreadable = [], []
    for number in range(len(document)):
        try:
            page = document[number]
            text, layout = _page_text(page.get_textpage())
        except pdfium.PdfiumError:
            unreadable.append(number + 1)
            pages.append("")
            layouts.append([])
            continue
        if len(text.strip()) < _STAMP and _is_picture(page, empty=not text.strip()):
            scanned.append(number + 1)
        pages.append(text)
        layouts.append(layout)
        page.close()
    if len(unreadable) == len(pages):
        raise _damaged()
    found = set_apart(layouts)
    return {
        "title": document.get_metadata_value("Title"),
        "pages": [found.texts.get(number, text) for number, text in enumerate(pages)],
        "notes": [[number + 1, one.text, one.goes_on] for number, one in sorted(found.notes.items())],
        "running": [number + 1 for number in found.running],
        "scanned": scanned,
        "unreadable": unreadable,
    }


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
    r"""Return the document made of the worker's `answer`, with one place per page.

    Footnotes follow the text, as they do in what word processors write: at the foot of their page they would cut the
    sentence that goes on over it. Those of a page are a place of its number.

    Parameters
    ----------
    answer : dict
        From :func:`read_pages`.

    Examples
    --------
    >>> pages = {"title": "", "pages": ["Un jardin¹ se", "cultive."], "scanned": []}
    >>> one, = assemble_pages({**pages, "notes": [[1, "1 Le plan.", False]]})
    >>> one.text, [(place.start, place.end, place.page) for place in one.places]
    ('Un jardin¹ se\ncultive.\n\n\n1 Le plan.', [(0, 13, 1), (14, 22, 2), (25, 35, 1)])
    """
    text = ""
    places: list[Place] = []
    notes = answer.get("notes", [])
    # a blank line before each note, or its first line may look like the next of the one before; cleaning makes a page
    # break of the last line break
    pieces = [(number, page, "\n") for number, page in enumerate(answer["pages"], start=1)]
    pieces += [(number, note, "\n" if goes_on else "\n\n\n") for number, note, goes_on in notes]
    for number, piece, gap in pieces:
        text += gap if places else ""
        words = _mended(str(piece))
        places.append(Place(len(text), len(text) + len(words), page=number))
        text += words
    recognised, missing = answer.get("recognised", []), answer.get("missing", "")
    unread = [number for number in answer["scanned"] if number not in recognised]
    noted, running, unreadable = [number for number, _, _ in notes], answer.get("running"), answer.get("unreadable")
    said = {
        f"{listed_pages(recognised)} lue(s) par reconnaissance de caractères (Tesseract) : relisez-les": recognised,
        f"{listed_pages(unreadable or [])} abîmée(s), illisible(s)": unreadable,
        f"numérisé, OCR requis : {listed_pages(unread)} sans texte ; {missing}": unread,
        f"en-têtes ou pieds de page répétés, laissés de côté : {listed_pages(running or [])}": running,
        f"notes de bas de page placées après le texte : {listed_pages(noted)}": noted,
    }
    warnings = tuple(sentence for sentence, holds in said.items() if holds)
    title = _title(str(answer["title"]))
    return [RawDocument(text, title=title, places=tuple(places), wrapped=True, warnings=warnings)]


def _mended(text: str) -> str:
    text = text.replace("\r\n", "\n").replace(HYPHEN_AND_BREAK, "-\n").strip("\n")
    return text.translate(_LIGATURES).replace("\x00", "")


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


def _page_text(text_page: Any) -> tuple[str, list[PageLine]]:
    """Return the text as the file orders it, unless that goes from column to column at every line, and its layout.

    A page that is turned, or too full of pieces, has none that can be told.
    """
    stored: str = text_page.get_text_bounded()
    count = text_page.count_rects()
    if count > _MOST_RECTANGLES:
        return stored, []
    # cheap and coarse: only what may be in columns is looked at character by character
    boxes = [text_page.get_rect(number) for number in range(count)]
    if not (_may_have_columns(boxes) or _may_be_turned(boxes)):
        return stored, measured_lines(text_page, stored) or []
    glyphs, turned = _glyphs(text_page)
    segments = segments_of(glyphs)
    # of a page that is turned, PDFium joins the lines
    lines = reading_order(segments) if turned else column_order(segments)
    ordered = "" if lines is None else text_of_lines(lines)
    # nothing may be lost on the way
    if lines is None or _letters(ordered) != _letters(stored):
        return stored, [] if turned else measured_lines(text_page, stored) or []
    numbers = [number for line in lines for segment in line for number in segment.numbers]
    return ordered, [] if turned else measured_lines(text_page, ordered, numbers) or []


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
        glyphs.append(Glyph(character, box.left, box.bottom, box.right, box.top, number))
    turn = max(turns, key=lambda quarter: turns[quarter])
    return [_upright(glyph, turn) for glyph in glyphs], turn > 0


def _upright(glyph: Glyph, quarters: int) -> Glyph:
    """Turn a box back by so many quarters."""
    left, bottom, right, top = glyph.left, glyph.bottom, glyph.right, glyph.top
    for _ in range(quarters):
        left, bottom, right, top = bottom, -right, top, -left
    return Glyph(glyph.character, left, bottom, right, top, glyph.number)
