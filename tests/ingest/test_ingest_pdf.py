"""PDF: text page by page; what has none is refused with its reason."""

from __future__ import annotations

import zlib

import pytest

from innovsoc_analysis.ingest.pdf import assemble_pages, read_pages
from innovsoc_analysis.ingest.registry import Reading, reader_for
from innovsoc_analysis.model.documents import Place, RawDocument
from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.worker import Worker


def pdf_of(*pages: str, title: str = "", locked: bool = False) -> bytes:
    """Return a PDF of these pages, written object by object."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, text in enumerate(pages):
        lines = b"".join(b"(%s) Tj 0 -14 Td " % line.encode("cp1252") for line in text.splitlines())
        content = zlib.compress(b"BT /F1 12 Tf 72 720 Td %sET" % lines)
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        objects += [page.encode(), b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content)]
    objects.append(b"<</Title(" + title.encode("cp1252") + b")>>")
    more = b"/Info %d 0 R" % len(objects)
    if locked:  # a check value that no password gives
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>")
        more += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, more, len(data))
    return data + head + table + trailer


def read(data: bytes) -> RawDocument:
    (document,) = assemble_pages(read_pages(data, max_pages=10))
    return document


def test_each_page_is_a_place() -> None:
    document = read(pdf_of("Première été", "Seconde", title="Le rapport"))
    assert document.text == "Première été\nSeconde"
    assert document.places == (Place(0, 12, page=1), Place(13, 20, page=2))
    assert (document.title, document.wrapped, document.warnings) == ("Le rapport", True, ())


def test_a_page_without_text_keeps_its_number() -> None:
    document = read(pdf_of("Un", "", "Trois"))
    assert document.text == "Un\n\nTrois"
    assert [(place.start, place.end, place.page) for place in document.places] == [(0, 2, 1), (3, 3, 2), (4, 9, 3)]
    assert document.title is None
    assert document.warnings == ()  # an empty page without a picture is an empty page


def test_a_hyphen_at_the_end_of_a_line_stays_with_its_line_break() -> None:
    document = read(pdf_of("Une inno-\nvation", "sociale"))
    assert document.text == "Une inno-\nvation\nsociale"
    assert [document.text[place.start : place.end] for place in document.places] == ["Une inno-\nvation", "sociale"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Un texte", "corrupt"),
        (b"%PDF-1.4\nrien", "corrupt"),
        (pdf_of("Un")[:150], "corrupt"),
        (pdf_of("Un", locked=True), "encrypted"),
        (pdf_of(*["x"] * 11), "too-long"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_pages(data, max_pages=10)
    assert caught.value.code == code


def test_a_cut_file_gives_its_text_or_a_refusal() -> None:
    whole = pdf_of("Un jardin", "Deux")
    for end in range(0, len(whole), 37):
        try:
            answer = read_pages(whole[:end], max_pages=10)
        except RefusedFileError:
            continue
        assert answer["pages"][0].strip() == "Un jardin"


def test_the_reader_works_in_a_process_of_its_own() -> None:
    reader = reader_for("Rapport.PDF")
    with Worker() as worker:
        (document,) = reader.read(pdf_of("Un", "Deux"), Reading(DEFAULT_LIMITS, worker))
        assert document.text == "Un\nDeux"
        with pytest.raises(RefusedFileError) as caught:
            reader.read(pdf_of("Un", "Deux"), Reading(Limits(pdf_pages=1), worker))
    assert caught.value.code == "too-long"


def test_ligatures_are_letters() -> None:
    answer = {"title": "", "pages": ["e\ufb03cace, \ufb01n, \ufb02eur"], "scanned": []}
    assert assemble_pages(answer)[0].text == "efficace, fin, fleur"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Microsoft Word - rapport.docx", None),
        ("rapport.indd", None),
        ("Microsoft Word - Le jardin", "Le jardin"),
        (" Le jardin ", "Le jardin"),
    ],
)
def test_the_name_of_a_file_is_no_title(said: str, title: str | None) -> None:
    assert assemble_pages({"title": said, "pages": ["x"], "scanned": []})[0].title == title


LEFT = [f"gauche {n} du jardin que l'on cultive ensemble" for n in range(1, 7)]
RIGHT = [f"droite {n} du lieu que l'on ouvre au village" for n in range(1, 7)]
TITLE = "Un titre qui traverse toute la page, d'un bord à l'autre de la feuille imprimée, et plus"


def laid_out(*pieces: tuple[int, int, str], turn: bool = False) -> bytes:
    """Return a PDF of one page with each text at its place, stored in this order."""
    matrix = b"0 1 -1 0" if turn else b"1 0 0 1"
    content = b"".join(
        b"BT /F1 10 Tf %s %d %d Tm (%s) Tj ET\n" % (matrix, x, y, text.encode("cp1252")) for x, y, text in pieces
    )
    data = pdf_of("x")
    start = data.index(b"<</Length")
    end = data.index(b"endstream") + len(b"endstream")
    page = data[:start] + b"<</Length %d>>stream\n%s\nendstream" % (len(content), content) + data[end:]
    return page.replace(b"/MediaBox", b"/Rotate 90/MediaBox") if turn else page


def test_columns_that_are_stored_line_by_line_are_read_one_after_the_other() -> None:
    rows = [(x, 720 - 14 * n, side[n]) for n in range(6) for x, side in ((50, LEFT), (320, RIGHT))]
    page = laid_out((72, 760, TITLE), *rows, (280, 40, "12"))
    assert read(page).text.split("\n") == [TITLE, *LEFT, *RIGHT, "12"]


def test_columns_whose_right_one_is_stored_first_are_read_from_the_left() -> None:
    rows = [(x, 720 - 14 * n, side[n]) for x, side in ((320, RIGHT), (50, LEFT)) for n in range(6)]
    assert read(laid_out(*rows)).text.split("\n") == [*LEFT, *RIGHT]


def test_a_heading_between_parts_the_columns() -> None:
    rows = [(x, 720 - 14 * n - 40 * (n > 2), side[n]) for n in range(6) for x, side in ((50, LEFT), (320, RIGHT))]
    page = laid_out(*rows, (50, 661, TITLE))
    assert read(page).text.split("\n") == [*LEFT[:3], *RIGHT[:3], TITLE, *LEFT[3:], *RIGHT[3:]]


def test_the_rows_of_a_table_stay_rows() -> None:
    rows = [
        (x, 720 - 14 * n, f"{name} {n}") for n in range(8) for x, name in ((50, "nom"), (200, "rôle"), (400, "ville"))
    ]
    assert read(laid_out(*rows)).text.split("\n") == [f"nom {n} rôle {n} ville {n}" for n in range(8)]


def test_lines_of_a_turned_page_do_not_run_together() -> None:
    one = laid_out(*[(100 + 14 * n, 50, LEFT[n]) for n in range(6)], turn=True)
    assert read(one).text.split("\n") == LEFT
    two = laid_out(*[(100 + 14 * n, y, side[n]) for n in range(6) for y, side in ((50, LEFT), (400, RIGHT))], turn=True)
    assert read(two).text.split("\n") == [*LEFT, *RIGHT]
