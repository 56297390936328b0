"""PDF: footnotes, running headers and footers never cut a sentence; what looks like them stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from innovsoc_analysis.ingest.page_lines import numbers_of
from innovsoc_analysis.ingest.pdf import assemble_pages, read_pages
from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.text.cleaning import clean

# x, y, size, words
Piece = tuple[float, float, float, str]
WIDTH = 0.6


def typeset(*pages: Sequence[Piece]) -> bytes:
    """Return a PDF of these pages, A4, the pieces of each stored in this order."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    for number, pieces in enumerate(pages):
        content = b"".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, escaped(words)) for x, y, size, words in pieces
        )
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R"
        objects.append(f"{page}/Resources<</Font<</F1 3 0 R>>>>>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data
        + head
        + table
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            len(data),
        )
    )


def escaped(words: str) -> bytes:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")


def lines(*texts: str, top: float = 700, left: float = 60, size: float = 12) -> list[Piece]:
    """Return lines one below the other; what stands after « ^ », up to a space or a full stop, is raised."""
    return [piece for n, text in enumerate(texts) for piece in line(text, left, top - 1.2 * size * n, size)]


def line(text: str, x: float, y: float, size: float) -> Iterator[Piece]:
    for number, part in enumerate(text.split("^")):
        mark = ""
        if number or text.startswith("^"):
            mark = part[: next((n for n, one in enumerate(part) if not (one.isalnum() or one in "*†")), len(part))]
            mark = mark[:1] if mark[:1] and not mark[0].isdecimal() else "".join(one for one in mark if one.isdecimal())
        if mark:
            yield x, y + size / 3, 0.58 * size, mark
            x += 0.58 * WIDTH * size * len(mark)
        rest = part[len(mark) :]
        if rest:
            yield x, y, size, rest
            x += WIDTH * size * len(rest)


HEAD, FOOT = 790, 40
BODY = (
    "Le jardin est ouvert à qui veut venir et chaque",
    "famille y cultive une parcelle que la commune a",
    "prêtée pour dix ans à une association sans chef",
)
MORE = (
    "du quartier, qui tient aussi un atelier de vélos",
    "et une buvette où les voisines se retrouvent le",
    "samedi. On y échange des graines et des idées.",
)


def read(*pages: Sequence[Piece]) -> RawDocument:
    (document,) = assemble_pages(read_pages(typeset(*pages), max_pages=20))
    return document


def cleaned(document: RawDocument) -> list[str]:
    starts = [place.start for place in document.places]
    return [one for one in clean(document.text, wrapped=True, page_starts=starts).text.split("\n") if one]


def pages_of(document: RawDocument) -> list[tuple[int | None, str]]:
    return [(place.page, document.text[place.start : place.end]) for place in document.places]


def at(y: float, text: str, *, size: float = 12, left: float = 60) -> list[Piece]:
    return lines(text, top=y, size=size, left=left)


NOTED = (
    [
        *lines(*BODY[:2], "prêtée^1 pour dix ans à une association sans chef"),
        *at(70, "^1Voir le plan de 2021.", size=9),
    ],
    [*lines(*MORE[:2], "samedi. On y échange des graines et des idées^2."), *at(70, "^2Ibid.", size=9)],
)


def test_a_sentence_is_whole_over_footnotes() -> None:
    assert cleaned(read(*NOTED)) == [
        f"{' '.join(BODY)} {' '.join(MORE)}",
        "1 Voir le plan de 2021.",
        "2 Ibid.",
    ]


def test_footnotes_follow_the_text_with_the_page_that_they_stand_on() -> None:
    document = read(*NOTED)
    assert pages_of(document) == [
        (1, "\n".join((*BODY[:2], "prêtée¹ pour dix ans à une association sans chef"))),
        (2, "\n".join((*MORE[:2], "samedi. On y échange des graines et des idées²."))),
        (1, "1 Voir le plan de 2021."),
        (2, "2 Ibid."),
    ]
    assert document.warnings == ("notes de bas de page placées après le texte : p. 1-2",)


def test_a_word_cut_over_the_page_is_made_whole_over_footnotes() -> None:
    one = [*lines(*BODY[:2], "prêtée^1 pour dix ans et qui demande une parti-"), *at(70, "^1Voir le plan.", size=9)]
    two = lines("cipation de toutes et de tous, sans chef.", *MORE)
    assert "qui demande une participation de toutes et de tous" in cleaned(read(one, two))[0]


def test_a_footnote_that_goes_on_over_the_page_is_one_paragraph() -> None:
    one = [
        *lines(*BODY[:2], "prêtée^1 pour dix ans à une association sans chef"),
        *lines(
            "^1Sur ce jardin, lire aussi les comptes que", "la commune en publie chaque année dans son", top=80, size=9
        ),
    ]
    two = [
        *lines(*MORE[:2], "samedi. On y échange^2 des graines et des idées."),
        *lines("bulletin, et le reste.", "^2Ibid.", top=80, size=9),
    ]
    assert cleaned(read(one, two))[1:] == [
        "1 Sur ce jardin, lire aussi les comptes que la commune en publie chaque année dans son bulletin, et le reste.",
        "2 Ibid.",
    ]


@pytest.mark.parametrize(
    ("call", "note", "told"),
    [
        ("prêtée* pour", "* Par une convention.", "* Par une convention."),
        ("prêtée^a pour", "^aPar une convention.", "a Par une convention."),
        ("prêtée^12 pour", "12. Par une convention.", "12. Par une convention."),
        ("prêtée^3 pour", "(3) Par une convention.", "(3) Par une convention."),
    ],
)
def test_notes_have_marks_of_several_kinds(call: str, note: str, told: str) -> None:
    one = [*lines(*BODY[:2], f"{call} dix ans à une association sans chef"), *at(70, note, size=9)]
    assert pages_of(read(one, lines(*MORE)))[2:] == [(1, told)]


@pytest.mark.parametrize(
    "note",
    [
        "Source : la commune, 2021.",  # no mark
        "7 Voir le plan.",  # a mark that nothing calls
        "Un encadré en petits caractères",
    ],
)
def test_small_type_at_the_foot_that_nothing_calls_stays(note: str) -> None:
    one = [*lines(*BODY[:2], "prêtée^1 pour dix ans à une association sans chef."), *at(70, note, size=9)]
    assert pages_of(read(one, lines(*MORE)))[0][1].endswith(f"chef.\n{note}")


def test_the_note_of_a_table_stays_with_it() -> None:
    row = [piece for x, text in ((60, "Lieu"), (250, "Effectif^1"), (450, "Année")) for piece in at(650, text, left=x)]
    under = [*lines(*BODY), *row, *at(630, "^1Fin 2021.", size=9)]
    within = read([*under, *lines(*MORE, top=600)], lines(*MORE))
    assert pages_of(within)[0][1].split("\n")[4:6] == ["1Fin 2021.", MORE[0]]  # text goes on below
    assert within.warnings == ()
    assert read(under, lines(*MORE)).warnings == ()  # at the foot, but called by a cell


def test_notes_at_the_foot_of_each_column_follow_the_text() -> None:
    left = [f"gauche {n} du jardin partagé" for n in range(1, 8)]
    right = [f"droite {n} du lieu ouvert ici" for n in range(1, 8)]
    pieces = [
        *lines(*left[:-1], "gauche 7 du jardin^1 partagé", left=50, size=10),
        *at(60, "^1Note de gauche.", left=50, size=8),
        *lines(*right[:-1], "droite 7 du lieu^2 ouvert ici", left=320, size=10),
        *at(60, "^2Note de droite.", left=320, size=8),
    ]
    told = pages_of(read(pieces, lines(*MORE, size=10)))
    assert told[0][1].split("\n")[5:9] == [left[5], "gauche 7 du jardin¹ partagé", right[0], right[1]]
    assert told[2:] == [(1, "1 Note de gauche.\n\n2 Note de droite.")]


def test_a_page_that_stands_alone_has_notes_too() -> None:
    one = [*NOTED[0], *at(FOOT, "1")]
    assert [page for page, _ in pages_of(read(one))] == [1, 1]
    assert pages_of(read(one))[1] == (1, "1 Voir le plan de 2021.")


def running(*heads: str, foot: str = "Bulletin du Val - {}") -> RawDocument:
    bodies = [lines(*(BODY if number % 2 else MORE)) for number in range(1, len(heads) + 1)]
    return read(
        *[
            [*at(HEAD, head, size=10), *body, *at(FOOT, foot.format(number), size=10)]
            for number, (head, body) in enumerate(zip(heads, bodies, strict=True), start=1)
        ]
    )


def test_headers_and_footers_that_come_back_go_but_for_the_first_header() -> None:
    document = running("Le Val", "Le Val", "Le Val")
    assert [text.split("\n") for _, text in pages_of(document)] == [["Le Val", *BODY], [*MORE], [*BODY]]
    assert document.warnings == ("en-têtes ou pieds de page répétés, laissés de côté : p. 1-3",)


def test_headers_of_odd_and_even_pages_differ() -> None:
    document = running("Le Val", "Un collectif", "Le Val", "Un collectif", foot="{}")
    assert [text.split("\n") for _, text in pages_of(document)] == [["Le Val", *BODY], [*MORE], [*BODY], [*MORE]]
    assert document.warnings == ("en-têtes ou pieds de page répétés, laissés de côté : p. 2-4",)


def test_page_numbers_alone_go_without_a_word() -> None:
    pages = [[*lines(*BODY), *at(FOOT, f"- {number} -")] for number in (7, 8)]
    assert [text for _, text in pages_of(read(*pages))] == ["\n".join(BODY)] * 2
    assert read(*pages).warnings == ()


def test_a_header_that_the_file_stores_last_goes_too() -> None:
    pages = [[*lines(*body), *at(HEAD, "Rapport : les lieux.", size=10)] for body in (BODY, MORE, BODY)]
    assert [text.split("\n") for _, text in pages_of(read(*pages))] == [
        [*BODY, "Rapport : les lieux."],
        [*MORE],
        [*BODY],
    ]


@pytest.mark.parametrize(
    ("top", "size", "gap"),
    [
        ("Titre d'une diapositive", 20, 60),  # larger than the text
        ("Qui êtes-vous ?", 12, 60),  # asked on each page
        ("Chaque samedi au jardin,", 12, 14.4),  # as close as the next line: a refrain, the head of a table
        ("Entretien {}", 12, 60),  # a heading with a number
        ("{}", 20, 60),
        ("202{}", 12, 60),  # a chronology
    ],
)
def test_what_may_be_of_the_text_stays(top: str, size: float, gap: float) -> None:
    ended = ("Le jardin est ouvert.", "On y cultive des légumes.", "On y répare des vélos.")
    pages = [
        [*at(700 + gap, top.format(number), size=size), *lines(*[f"{number} {one}" for one in ended])]
        for number in range(1, 4)
    ]
    document = read(*pages)
    assert [text.split("\n")[0] for _, text in pages_of(document)] == [top.format(number) for number in range(1, 4)]
    assert document.warnings == ()


def test_a_line_that_also_stands_within_a_page_is_no_header() -> None:
    pages = [
        [*at(HEAD, "Sur le pont"), *lines(f"Couplet {n}, un vers", "Sur le pont", "et un autre vers")]
        for n in (1, 2, 3)
    ]
    assert [text.count("Sur le pont") for _, text in pages_of(read(*pages))] == [2, 2, 2]


def test_the_pages_of_a_form_stay_as_they_are() -> None:
    pages = [
        [*at(HEAD, "Fiche de lieu"), *lines("Nom", f"Lieu {n}", "Adresse", f"Rue {n * n}", "Statut", f"Type {n + 7}")]
        for n in (1, 2, 3)
    ]
    assert [text.split("\n")[0] for _, text in pages_of(read(*pages))] == ["Fiche de lieu"] * 3


def test_the_same_note_at_the_foot_of_several_pages_is_no_footer() -> None:
    pages = [
        [
            *lines(*BODY[:2], f"prêtée^{n} pour dix ans à qui le demande."),
            *lines(f"^{n}Ibid.", "Un ajout.", top=80, size=9),
        ]
        for n in (1, 5, 9)
    ]
    assert [text for _, text in pages_of(read(*pages))[3:]] == [f"{n} Ibid.\nUn ajout." for n in (1, 5, 9)]


def test_nothing_is_lost_but_running_lines() -> None:
    pages = [
        [*at(HEAD, "Le Val"), *body, *at(FOOT, f"Page {number}")]
        for number, body in enumerate((*NOTED, NOTED[0]), start=1)
    ]
    written = Counter(one for page in (*NOTED, NOTED[0]) for piece in page for one in piece[3] if one.isalpha())
    document = read(*pages)
    kept = Counter(one for one in document.text if one.isalpha())
    assert kept - written == Counter("LeVal")  # the first header
    assert written - kept == Counter()


def test_characters_beyond_the_first_plane_hide_no_footnote() -> None:
    assert numbers_of("a🏡 b", "a\ud83c\udfe1 b") == [0, 1, 4]
    assert numbers_of("a🏡 b", "a🏡 b") == [0, 1, 3]
    assert numbers_of("a c", "a b c") == [0, 4]
    assert numbers_of("a🏡", "ab") is None
