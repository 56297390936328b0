"""Exports of press databases: each article is a document, with its newspaper, date and title.

The pages are made up, in the structure of the databases' exports.
"""

from __future__ import annotations

from innovsoc_analysis.ingest.html import documents_from_page, read_html
from innovsoc_analysis.model.documents import RawDocument


def read(page: str) -> list[RawDocument]:
    return documents_from_page(read_html(page.encode()))


def europresse(newspaper: str, header: str, title: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>{newspaper}</span></div>"
        f"<div><span class='DocHeader'>{header}</span></div>"
        f"<div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>{title}</p></div>"
        "<div class='docAuthors'>Ana Duriez</div></header>"
        f"<section><div class='DocText clearfix'><div class='docOcurrContainer'>{body}</div></div></section>"
        "<footer><small>© 2021. Tous droits réservés.</small></footer></article>"
    )


def test_each_article_of_europresse_is_a_document() -> None:
    page = "<html><body><aside id='menu'>Sommaire</aside>" + (
        europresse(
            "Le Pays (Verviers), no. 1234",
            "Région, lundi 3 mai 2021, p. 12",
            "Un <mark>jardin</mark>",
            "On y vient.",
            "Souvent.",
        )
        + europresse("La Vallée", "1er juin 2021", "Une épicerie", "Elle ouvre.")
        + "</body></html>"
    )
    first, second = read(page)
    assert (first.text, first.title, first.key) == ("Un jardin\n\nOn y vient.\n\nSouvent.", "Un jardin", "1")
    assert first.meta == {"journal": "Le Pays", "date": "2021-05-03", "author": "Ana Duriez"}
    assert (second.text, second.key) == ("Une épicerie\n\nElle ouvre.", "2")
    assert second.meta == {"journal": "La Vallée", "date": "2021-06-01", "author": "Ana Duriez"}


def factiva(language: str, **fields: str) -> str:
    rows = "".join(
        f"<tr><td class='index'><b>{name}</b>&nbsp;</td><td>{value}</td></tr>" for name, value in fields.items()
    )
    return f"<div class='article {language}Article'><table>{rows}</table></div>"


def test_each_article_of_factiva_is_a_document() -> None:
    lead = "<p class='articleParagraph frarticleParagraph'>Le chapeau.</p>"
    rest = "<p class='articleParagraph frarticleParagraph'>Le corps.</p><p class='articleParagraph frarticleParagraph'>La fin.</p>"
    page = (
        "<html><body>"
        + factiva(
            "fr",
            HD="<span>Un jardin</span>",
            WC="120 mots",
            PD="3 mai 2021",
            SN="Le Pays",
            LP=lead,
            TD=rest,
            AN="Document X",
        )
        + factiva("en", HD="A garden", PD="14 March 2021", SN="The Land", BY="Ana Duriez", TD="<p>Text.</p>")
        + "</body></html>"
    )
    first, second = read(page)
    assert (first.text, first.title) == ("Un jardin\n\nLe chapeau.\n\nLe corps.\n\nLa fin.", "Un jardin")
    assert first.meta == {"journal": "Le Pays", "date": "2021-05-03", "langue": "fr"}
    assert (second.text, second.key) == ("A garden\n\nText.", "2")
    assert second.meta == {"journal": "The Land", "date": "2021-03-14", "author": "Ana Duriez", "langue": "en"}


def test_a_page_with_an_article_is_no_export() -> None:
    (document,) = read("<article class='article'><header><h1>Un jardin</h1></header><p>On y vient.</p></article>")
    assert (document.text, document.key, document.meta) == ("Un jardin\n\nOn y vient.", "", {})
