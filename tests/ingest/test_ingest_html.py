"""Web pages give their text, not their menus; nothing that reads as text is left out without a word."""

from __future__ import annotations

import pytest

from innovsoc_analysis.ingest.html import decode_html, documents_from_page, read_html
from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.model.documents import RawDocument

PROSE = "Les habitantes du quartier ouvrent une épicerie coopérative, où chacun donne trois heures par mois. "


def read(page: str, encoding: str = "utf-8") -> RawDocument:
    (document,) = documents_from_page(read_html(page.encode(encoding)))
    return document


def test_headings_lists_tables_and_lines_are_paragraphs_in_order() -> None:
    page = (
        "<h1>Le  jardin</h1>\n<p>On y\nvient <b>à pied</b>,<br>ou pas.</p><ul><li>un<ul><li>deux</li></ul></li></ul>"
        "<table><tr><th>Nom</th><td>Ana</td></tr></table><dl><dt>mot</dt><dd>sens</dd></dl>Suite"
        "<blockquote>cité</blockquote><pre>un\n deux</pre><figure><figcaption>légende</figcaption></figure>"
    )
    assert read(page).text.split("\n\n") == [
        "Le jardin", "On y vient à pied,\nou pas.", "un", "deux", "Nom", "Ana", "mot", "sens", "Suite", "cité",
        "un\ndeux", "légende",
    ]  # fmt: skip


def test_what_a_page_does_not_show_is_no_text() -> None:
    page = (
        "<title>t</title><script>var x;</script><style>p{}</style><p>vu</p><noscript>non</noscript><!-- non -->"
        "<p hidden>non</p><div style='display: none'>non <b>non</b></div><template>non</template>"
        "<textarea>non</textarea><p>aussi</p><span style='mso-hide:all'>non</span>"
    )
    assert read(page).text == "vu\n\naussi"


def test_no_break_spaces_stay() -> None:
    assert read("<p>Où\u00a0?  «\u202flà\u202f»&nbsp;!").text == "Où\u00a0? «\u202flà\u202f»\u00a0!"


def site(*, body: str, more: str = "") -> str:
    links = "".join(f"<li><a href='/{n}'>Rubrique {n}</a></li>" for n in range(9))
    return (
        f"<html><head><title>Le site</title></head><body><header><a href='/'>Accueil</a></header><nav><ul>{links}</ul></nav>"
        f"<main><h1>Une épicerie</h1>{body}</main>{more}<footer><p>Mentions légales</p></footer></body></html>"
    )


def test_menus_and_footers_are_left_out() -> None:
    document = read(site(body=f"<p>{PROSE * 3}</p><p>Court.</p><ul><li>Un point</li></ul><p>{PROSE * 2}</p>"))
    assert document.text.split("\n\n") == [
        "Une épicerie",
        (PROSE * 3).strip(),
        "Court.",
        "Un point",
        (PROSE * 2).strip(),
    ]
    assert document.warnings == ()


def test_a_passage_that_no_mark_sets_apart_is_never_left_out() -> None:
    far = "Une passage loin du reste, que rien ne désigne comme menu, et qui dit pourtant ce que l'on cherche ici, mot à mot, à lire."
    document = read(site(body=f"<p>{PROSE * 5}</p>", more=f"<div class='comments'><div>{far}</div></div>"))
    assert far in document.text


def test_a_passage_in_a_side_box_that_is_left_out_is_told() -> None:
    document = read(
        site(body=f"<p>{PROSE * 5}</p>", more=f"<aside><p>{'Un encadré publicitaire à part. ' * 6}</p></aside>")
    )
    assert "encadré" not in document.text
    assert document.warnings == ("1 passage(s) de menus, d'encadrés ou de pied de page laissé(s) de côté",)


def test_a_page_that_is_only_menus_is_read_whole_and_told() -> None:
    document = read("<nav><a href='x'>Un</a></nav><footer><a href='y'>Deux</a></footer>")
    assert document.text == "Un\n\nDeux"
    assert document.warnings == ("texte et menus n'ont pas pu être distingués : la page entière est lue",)


@pytest.mark.parametrize("depth", [300, 1900])
def test_deep_pages_keep_their_words(depth: int) -> None:
    document = read(
        f"<nav><a href=x>m</a></nav>{'<div>' * depth}<p>{PROSE * 4}</p>{'</div>' * depth}<p>La fin, {PROSE}</p>"
    )
    assert document.text == f"{(PROSE * 4).strip()}\n\nLa fin, {PROSE.strip()}"


def test_a_page_says_what_it_is() -> None:
    head = (
        "<html lang='fr-BE'><head><title>Site - Le jardin</title><meta property='og:title' content='Le jardin'>"
        "<meta name='author' content='Ana Duriez'><meta property='og:site_name' content='Le Quartier'>"
        "<meta property='article:published_time' content='2021-05-03T10:00:00+02:00'></head>"
    )
    document = read(f"{head}<body><p>Texte</p></body></html>")
    assert document.title == "Le jardin"
    assert document.meta == {"author": "Ana Duriez", "date": "2021-05-03", "site": "Le Quartier", "langue": "fr"}
    assert read("<h1>Seul <i>titre</i></h1><p>a <time datetime='2020-01-02'>hier</time>").meta == {"date": "2020-01-02"}
    assert read("<h1>Seul <i>titre</i></h1>").title == "Seul titre"


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<meta charset='iso-8859-1'><p>été « là » — 5 €", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'><p>été", "cp1252"),
        ("<meta charset='utf-8'><p>été déjà", "utf-8"),
        ("<meta charset='iso-8859-1'><p>été en réalité en UTF-8", "utf-8"),
        ("<meta charset='macintosh'><p>été là", "mac_roman"),
    ],
)
def test_the_encoding_is_the_one_declared_unless_it_is_utf_8(page: str, encoding: str) -> None:
    assert decode_html(page.encode(encoding)) == (page, None)


def test_an_encoding_that_is_not_declared_is_guessed_and_told() -> None:
    text, warning = decode_html("<p>été à Liège".encode("cp1252"))
    assert text == "<p>été à Liège"
    assert warning == "encodage deviné (Windows-1252) : vérifiez les accents"


def test_pages_are_found_by_their_suffixes(tree) -> None:
    intake = read_sources([tree({"a.html": "<p>Un</p>", "b.HTM": "<p>Deux</p>", "c.xhtml": "<p>Trois</p>"})])
    assert [(one.raw.text, one.format) for one in intake.documents] == [
        ("Un", "html"),
        ("Deux", "html"),
        ("Trois", "html"),
    ]
