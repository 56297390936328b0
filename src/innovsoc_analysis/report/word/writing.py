"""Write a document part by part: headings, paragraphs, captions, tables, figures and quotes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Cm, Emu

from innovsoc_analysis.report.prose import typeset
from innovsoc_analysis.report.word.elements import bookmarked, element, field, field_end, field_start, link, runs
from innovsoc_analysis.report.word.styles import CELL_STYLE, TABLE_STYLE, new_document
from innovsoc_analysis.safe.documents import restamped, writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.text.paragraph import Paragraph

_TEXT_WIDTH, _TEXT_HEIGHT = 16.2, 21.0
_DEEPEST_LISTED = 2
_SHORT, _FIRST = 16, 3  # rows: a short table stays on one page, a long one begins with more than its heading
_TWIPS = 567  # in a centimetre


class Cell(NamedTuple):
    """What stands in a cell.

    Attributes
    ----------
    text : str
        As it is shown.
    anchor : str
        Bookmark that the text leads to, if any.
    right, bold : bool
        How it is set.
    span : int
        Columns that it takes.
    """

    text: str
    anchor: str = ""
    right: bool = False
    bold: bool = False
    span: int = 1


class Writer:
    """A document that grows from top to bottom.

    Parameters
    ----------
    title : str
        Of the document, for its properties and its header.
    """

    def __init__(self, title: str) -> None:
        self.document = new_document(title)
        self._numbers: dict[str, int] = {}
        self._bookmarks = 0
        self._listed: list[tuple[str, int, str]] = []
        self._contents: Paragraph | None = None

    def add(self, text: str | Sequence[tuple[str, bool]], style: str = "Normal", *, italic: bool = False) -> Any:
        """Add a paragraph; of pieces, those that are marked are bold, or italic if `italic`."""
        paragraph = self.document.add_paragraph(style=style)
        for piece, is_marked in [(text, False)] if isinstance(text, str) else text:
            content = runs(piece, bold=is_marked and not italic, italic=is_marked and italic)
            paragraph._p.extend(content)  # noqa: SLF001 - python-docx has no links or fields
        return paragraph

    def heading(self, text: str, level: int, *, anchor: str = "") -> None:
        """Add a heading, which the table of contents lists; `anchor` is a bookmark for links."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        content = runs(text)
        if level <= _DEEPEST_LISTED:
            name = f"_Toc{len(self._listed) + 1:08}"
            self._listed.append((text, level, name))
            content = self._bookmark(content, name)
        if anchor:
            content = self._bookmark(content, anchor)
        paragraph._p.extend(content)  # noqa: SLF001

    def _bookmark(self, content: list[Any], name: str) -> list[Any]:
        self._bookmarks += 1
        return bookmarked(content, name, self._bookmarks)

    def contents(self) -> None:
        """Add the place of the table of contents."""
        self.add("Sommaire", "TOC Heading")
        self._contents = self.document.add_paragraph()

    def caption(self, kind: str, text: str, *, above: bool = False) -> None:
        """Add a numbered caption: « Tableau 1. … »; one above its table stays with it."""
        number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = above
        content = [*runs(f"{kind} "), *field(f"SEQ {kind} \\* ARABIC", str(number)), *runs(f". {typeset(text)}")]
        paragraph._p.extend(content)  # noqa: SLF001

    def table(self, caption: str, rows: Sequence[Sequence[Cell]], *, widths: Sequence[float]) -> None:
        """Add a table and its caption; the first row is the heading, repeated on each page.

        Parameters
        ----------
        caption : str
            Without its number.
        rows : sequence of sequence of Cell
            Each takes as many columns as there are widths.
        widths : sequence of float
            Share of the text's width of each column.
        """
        self.caption("Tableau", caption, above=True)
        sizes = [_TEXT_WIDTH * width / sum(widths) for width in widths]
        table = self.document.add_table(rows=0, cols=len(sizes))
        table.style, table.autofit = TABLE_STYLE, False
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = Cm(size)
        style = self.document.styles[CELL_STYLE].style_id
        kept = len(rows) - 1 if len(rows) <= _SHORT else _FIRST
        for number, row in enumerate(rows):
            made = _row(row, sizes, style=style, is_heading=number == 0, is_kept=number < kept)
            table._tbl.append(made)  # noqa: SLF001
        self.document.add_paragraph(style=CELL_STYLE)

    def figure(self, data: bytes, caption: str, *, alt: str) -> bool:
        """Add a picture with its caption; return whether it could be read."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run()
        try:
            picture = run.add_picture(io.BytesIO(data), width=Cm(_TEXT_WIDTH))
        except (UnrecognizedImageError, ValueError, OSError, EOFError):
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001
            return False
        if picture.height > Cm(_TEXT_HEIGHT):
            picture.width = Emu(int(picture.width * Cm(_TEXT_HEIGHT) / picture.height))
            picture.height = Cm(_TEXT_HEIGHT)
        properties = picture._inline.docPr  # noqa: SLF001
        properties.set("descr", writable(alt))
        properties.set("name", f"Figure {self._numbers.get('Figure', 0) + 1}")
        self.caption("Figure", caption)
        return True

    def finish(self) -> bytes:
        """Return the document; the same parts give the same bytes."""
        self._fill_contents()
        stream = io.BytesIO()
        self.document.save(stream)
        return restamped(stream.getvalue())

    def _fill_contents(self) -> None:
        if self._contents is None:
            return
        place = self._contents
        for number, (text, level, name) in enumerate(self._listed):
            paragraph = place.insert_paragraph_before(style=f"toc {level}")
            before = field_start('TOC \\o "1-2" \\h \\z \\u', dirty=True) if number == 0 else []
            after = [field_end()] if number == len(self._listed) - 1 else []
            paragraph._p.extend([*before, link(text, name, style=""), *after])  # noqa: SLF001
        place._p.getparent().remove(place._p)  # noqa: SLF001


def _row(cells: Iterable[Cell], sizes: Sequence[float], *, style: str, is_heading: bool, is_kept: bool) -> Any:
    row = element("w:tr", element("w:trPr", element("w:cantSplit"), *[element("w:tblHeader")] * is_heading))
    at = 0
    for cell in cells:
        width = round(_TWIPS * sum(sizes[at : at + cell.span]))
        at += cell.span
        spans = [element("w:gridSpan", val=cell.span)] if cell.span > 1 else []
        kept = [element("w:keepNext")] if is_kept else []
        aligned = [element("w:jc", val="right")] if cell.right else []
        content = [link(cell.text, cell.anchor)] if cell.anchor else runs(cell.text, bold=cell.bold or is_heading)
        paragraph = element("w:p", element("w:pPr", element("w:pStyle", val=style), *kept, *aligned), *content)
        row.append(element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa"), *spans), paragraph))
    return row
