"""RTF: letters of any code page, notes, boxes and tables; what the author has hidden or struck stays out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.ingest.rtf import read_rtf
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError


def read(body: str | bytes, *, head: str = r"\ansi\ansicpg1252") -> RawDocument:
    data = body if isinstance(body, bytes) else body.encode("latin-1")
    (document,) = read_rtf(rb"{\rtf1" + head.encode() + b" " + data + b"}")
    return document


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"\ansi\ansicpg1252", r"\'e9t\'e9 \'ab l\'e0 \'bb l\'92an 5 \'80", "été « là » l’an 5 €"),
        (r"\mac", r"\'8et\'8e", "été"),
        (r"\pca", r"\'82t\'82", "été"),
        (r"\ansi\ansicpg10000", r"\'8et\'8e", "été"),
        (r"\ansi\ansicpg99999", r"\'e9", "é"),
        (r"\ansi{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}", r"\f1 \'f8\f0 \'f8", "řø"),
        (r"\ansi", r"\u233?t\u233\'e9 \uc2\u8217ab!\uc0\u339uvre \u-3913 x", "été ’!œuvre \uf0b7x"),
        (r"\ansi", r"\u-10179?\u-9016?", "📈"),
        (r"\ansi", r"a\~b\_c\-d\emdash e\{f\}\\g\lquote h\rquote\ldblquote i\rdblquote\bullet", "a\u00a0b\u2011c\u00add—e{f}\\g‘h’“i”•"),
    ],
)  # fmt: skip
def test_letters(head: str, body: str, text: str) -> None:
    assert read(body, head=head).text == text


def test_bytes_that_are_no_escapes_are_in_the_code_page() -> None:
    assert read("été déjà".encode("cp1252")).text == "été déjà"


def test_paragraphs_lines_cells_and_pages_part_the_text() -> None:
    body = "un\\par\r\ndeux\\line trois\\tab x\\par\\trowd a\\cell b\\cell\\row\\pard c\\page d\\sect e\\\nf"
    assert read(body).text == "un\n\ndeux\ntrois x\n\na\n\nb\n\nc\n\nd\n\ne\n\nf"


def test_a_line_end_of_the_file_is_no_space() -> None:
    assert read("un mot cou\r\np\\'e9").text == "un mot coupé"


def test_notes_follow_the_body_whoever_has_written_them() -> None:
    body = r"Un{\footnote\pard Note un.\par Suite.} et{\*\footnote Note deux.}{\footnote\ftnalt Note de fin.} deux.\par Fin."
    assert read(body).text == "Un et deux.\n\nFin.\n\nNote un.\n\nSuite.\n\nNote deux.\n\nNote de fin."


def test_boxes_are_read_once() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt encadr\'e9\par}}{\shprslt{\*\do encadr\'e9}}}"
    assert read(rf"Autour{box}\par apr\'e8s").text == "Autour\n\nencadré\n\naprès"


def test_what_is_hidden_struck_or_said_beside_the_text_stays_out() -> None:
    body = (
        r"{\header En-t\'eate}{\footer pied}{\stylesheet{\s1 Titre;}}{\colortbl;\red0;}{\info{\author Ana}{\title Le \'e9t\'e9}}"
        r"vu {\v cach\'e9}\v cach\'e9\v0 {\deleted barr\'e9 }{\revised neuf }{\*\annotation remarque}{\pict 00ff}{\xe entr\'e9e}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt lien}}{\listtext 1.}{\*\inconnu x}{\upr{non}{\*\ud{ oui}}} fin"
    )
    document = read(body)
    assert document.text == "vu neuf lien oui fin"
    assert document.title == "Le été"


def test_binary_data_are_stepped_over() -> None:
    assert read(b"a{\\pict\\bin5 }}}}{}b").text == "ab"


def test_what_follows_the_document_is_no_text() -> None:
    (document,) = read_rtf(rb"{\rtf1 un}deux\par")
    assert (document.text, document.warnings) == ("un", ())


def test_a_cut_document_gives_its_text_and_says_so() -> None:
    (document,) = read_rtf(rb"{\rtf1 un\par de")
    assert (document.text, document.warnings) == ("un\n\nde", ("document incomplet : sa fin manque",))


@pytest.mark.parametrize(("data", "code"), [(b"un texte", "corrupt"), (b"{\\rtf1" + b"{" * 20_000, "rtf-depth")])
def test_what_is_no_rtf_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFileError) as caught:
        read_rtf(data)
    assert caught.value.code == code


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_written_with_escapes_comes_back(text: str) -> None:
    units = text.encode("utf-16-le")
    escaped = "".join(rf"\u{int.from_bytes(units[n : n + 2], 'little', signed=True)}?" for n in range(0, len(units), 2))
    assert read("x" + escaped + "x").text == f"x{text}x"


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", "\\par", "\\'e9", "\\u233", "\\*", "\\bin3", "\\footnote", "\\uc9", "a", "\\", "\\'z"]
        ),
        max_size=25,
    )
)
def test_no_sequence_of_marks_makes_it_fail(marks: list[str]) -> None:
    (document,) = read_rtf(("{\\rtf1 " + " ".join(marks)).encode())
    assert isinstance(document.text, str)
