"""Page, language and styles of the document."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from innovsoc_analysis.report.word.elements import element, field, runs
from innovsoc_analysis.safe.documents import writable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

TABLE_STYLE, CELL_STYLE, SOURCE_STYLE, REFERENCE_STYLE = "Tableau du rapport", "Cellule", "Source", "Référence"
_LANGUAGE = "fr-FR"
_FONT = "Arial"  # or its twin of the same width wherever there is none
_INK, _ACCENT, _MUTED = "1D2433", "0B5C94", "5B6472"
_RULE, _FAINT = "8A93A0", "DFE3E8"
_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same study gives the same bytes
_LONGEST_HEADER = 90
# name -> size in points, space before and after, colour, bold
_PARAGRAPHS = {
    "Normal": (10.5, 0, 6, _INK, False),
    "Title": (26, 60, 6, _ACCENT, True),
    "Subtitle": (13, 0, 18, _MUTED, False),
    "Heading 1": (17, 24, 8, _ACCENT, True),
    "Heading 2": (13, 16, 6, _ACCENT, True),
    "Heading 3": (11, 12, 3, _INK, True),
    "Caption": (9.5, 8, 4, _MUTED, True),
    "Quote": (10.5, 5, 0, _INK, False),
    "TOC Heading": (14, 12, 6, _ACCENT, True),
    "Header": (9, 0, 0, _MUTED, False),
    "Footer": (9, 0, 0, _MUTED, False),
    "List Bullet": (10.5, 0, 3, _INK, False),
    CELL_STYLE: (9, 1, 1, _INK, False),
    SOURCE_STYLE: (9, 0, 5, _MUTED, False),
    REFERENCE_STYLE: (10, 0, 5, _INK, False),
    "toc 1": (10.5, 5, 2, _INK, False),
    "toc 2": (10, 0, 1, _INK, False),
}
_KEPT_WITH_NEXT = ("Heading 1", "Heading 2", "Heading 3", "Quote", "TOC Heading")


def new_document(title: str) -> WordDocument:
    """Return an empty A4 document in French, with the styles of a report."""
    document = Document()
    _set_properties(document, title)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.4)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False  # empty: the title stands on that page
    _set_language(document)
    for name in _PARAGRAPHS:
        _set_paragraph_style(document, name)
    styles = document.styles
    for name, indent in (("Quote", 0.8), (SOURCE_STYLE, 0.8), ("toc 2", 0.6)):
        styles[name].paragraph_format.left_indent = Cm(indent)
    styles["Quote"].font.italic = False
    reference = styles[REFERENCE_STYLE].paragraph_format
    reference.left_indent, reference.first_line_indent = Cm(0.9), Cm(-0.9)
    styles["List Bullet"].paragraph_format.space_after = Pt(3)
    _add_link_style(document)
    _add_table_style(document)
    shown = title if len(title) <= _LONGEST_HEADER else f"{title[: _LONGEST_HEADER - 1]}…"
    section.header.paragraphs[0]._p.extend(runs(shown))  # noqa: SLF001 - python-docx has no fields
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph._p.extend([*field("PAGE", "1"), *runs(" / "), *field("NUMPAGES", "1")])  # noqa: SLF001
    return document


def _set_properties(document: WordDocument, title: str) -> None:
    properties = document.core_properties
    properties.title = writable(title)[:255]
    properties.author = properties.last_modified_by = "innovsoc_analysis"
    properties.created = properties.modified = _EPOCH
    properties.language = _LANGUAGE
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _set_language(document: WordDocument) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))
    for theme in document.settings.element.findall(qn("w:themeFontLang")):
        theme.set(qn("w:val"), _LANGUAGE)


def _set_paragraph_style(document: WordDocument, name: str) -> None:
    size, before, after, colour, bold = _PARAGRAPHS[name]
    styles = document.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if style.base_style is None and name != "Normal":
        style.base_style = styles["Normal"]
    font = style.font
    font.name, font.size, font.bold = _FONT, Pt(size), bold
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.15 if name in {"Normal", "Quote"} else 1.0
    form.keep_with_next = name in _KEPT_WITH_NEXT
    if name == "Title":  # the template draws a line below
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)


def _add_link_style(document: WordDocument) -> None:
    style = document.styles.add_style("Lien", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(_ACCENT)


def _add_table_style(document: WordDocument) -> None:
    """Add a table style of rules without columns: a heavier one below the heading and around."""
    border = {"val": "single", "space": "0"}
    borders = element(
        "w:tblBorders",
        element("w:top", **border, sz=8, color=_RULE),
        element("w:bottom", **border, sz=8, color=_RULE),
        element("w:insideH", **border, sz=4, color=_FAINT),
    )
    margins = element("w:tblCellMar", element("w:left", w=70, type="dxa"), element("w:right", w=70, type="dxa"))
    first = element(
        "w:tblStylePr",
        element("w:rPr", element("w:b"), element("w:color", val=_MUTED)),
        element("w:tcPr", element("w:tcBorders", element("w:bottom", **border, sz=8, color=_RULE))),
        type="firstRow",
    )
    style = element(
        "w:style",
        element("w:name", val=TABLE_STYLE),
        element("w:basedOn", val="TableNormal"),
        element("w:uiPriority", val=99),
        element("w:tblPr", borders, margins),
        first,
        type="table",
        customStyle=1,
        styleId="TableauRapport",
    )
    document.styles.element.append(style)
