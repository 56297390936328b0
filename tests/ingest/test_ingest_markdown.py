"""Markdown gives its words, block by block; front matter gives metadata."""

from __future__ import annotations

import time

import pytest

from innovsoc_analysis.ingest.markdown import read_markdown
from innovsoc_analysis.model.documents import RawDocument


def read(text: str, encoding: str = "utf-8") -> RawDocument:
    (document,) = read_markdown(text.encode(encoding))
    return document


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Le jardin\n\nUn *lieu* **ouvert**,\nà `tous`.", "Le jardin\n\nUn lieu ouvert, à tous."),
        ('Un [lien](http://a.b "t") et ![image](x.png).', "Un lien et ."),
        ("- un\n- deux\n  1. trois", "un\n\ndeux\n\ntrois"),
        ("> cité\n\n---\n\nfin", "cité\n\nfin"),
        ("| Nom | But |\n|--|--|\n| Ana | aider |", "Nom\n\nBut\n\nAna\n\naider"),
        ("```\ncode\n```\n\n    retrait", "code\n\nretrait"),
        ("ligne  \nsuite", "ligne\nsuite"),
        ("a&nbsp;b &amp; c &eacute;", "a\u00a0b & c é"),
        ("Titre\n===\n\nsuite", "Titre\n\nsuite"),
        ("un <b>mot</b> gras", "un mot gras"),
    ],
)
def test_marks_go_and_words_stay(source: str, text: str) -> None:
    assert read(source).text == text


def test_the_first_heading_gives_the_title() -> None:
    assert read("Avant\n\n## Un *titre*\n\n# Autre").title == "Un titre"
    assert read("Pas de titre").title is None


def test_front_matter_gives_title_and_metadata() -> None:
    document = read("---\ntitle: Le lieu\nannée: 2024\nvide:\nlieu: 'Mons'\n---\n# Autre\n\nTexte")
    assert document.title == "Le lieu"
    assert document.meta == {"année": "2024", "lieu": "Mons"}
    assert document.text == "Autre\n\nTexte"
    assert document.warnings == ()


@pytest.mark.parametrize("source", ["---\r\ntitre: T\r\n---\r\nTexte", "\ufeff---\ntitre: T\n---  \nTexte"])
def test_front_matter_of_any_system(source: str) -> None:
    assert (read(source).title, read(source).text) == ("T", "Texte")


@pytest.mark.parametrize("header", ["", "# rien", "vide:"])
def test_a_header_may_say_nothing(header: str) -> None:
    document = read(f"---\n{header}\n---\nTexte")
    assert (document.meta, document.text, document.warnings) == ({}, "Texte", ())


def test_a_text_between_two_rules_is_no_header() -> None:
    assert read("---\nUn texte.\n---\nSuite.").text == "Un texte.\n\nSuite."
    assert read("---\n- a\n- b\n\n---\nSuite.").text == "a\n\nb\n\nSuite."


@pytest.mark.parametrize("header", ["titre: [", "titre: a: b", "date: 2024-13-45", "\tx: 1", "a: !!python/none x"])
def test_a_header_that_is_not_valid_is_left_out_and_told(header: str) -> None:
    document = read(f"---\n{header}\n---\nTexte")
    assert (document.text, document.meta) == ("Texte", {})
    assert document.warnings == ("en-tête YAML illisible, ignoré",)


LAUGHS = "\n".join(["a0: &a0 [ha]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9))])


@pytest.mark.parametrize("header", [LAUGHS, "a: &a [*a]", "a: " + "[" * 40_000], ids=["laughs", "loop", "deep"])
def test_a_header_cannot_unfold_without_bound(header: str) -> None:
    started = time.monotonic()
    document = read(f"---\n{header}\n---\nTexte")
    assert time.monotonic() - started < 2
    assert (document.text, document.meta, len(document.warnings)) == ("Texte", {}, 1)


def test_a_whole_book_between_two_rules_is_no_header() -> None:
    assert len(read("---\n" + "mot: x\n" * 10_000 + "\n---\nfin").text) > 60_000


def test_a_guessed_encoding_is_told() -> None:
    document = read("# Été\n\nà Liège", "cp1252")
    assert (document.title, document.warnings) == ("Été", ("encodage deviné (Windows-1252) : vérifiez les accents",))
