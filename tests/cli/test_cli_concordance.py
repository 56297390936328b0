"""``innovsoc concordance``: queries, orders, parts, pages."""

from __future__ import annotations

import pytest


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "a.txt").write_text("Une école ouverte. Un jardin clos.", "utf-8")
    (folder / "b.txt").write_text("Des écoles, un jardin ami. Une innovation très sociale.", "utf-8")
    return folder


def _lines(outcome):
    return [line.split("  ")[1] for line in outcome.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "pivots"),
    [
        (["école"], ["école", "écoles"]),
        (["école", "--word", "form"], ["école"]),
        (["ecole", "--ignore-accents"], ["école", "écoles"]),
        (["jard*|école"], ["école", "jardin", "écoles", "jardin"]),
        (["/.*ole/", "--word", "lemma"], ["école", "écoles"]),
        (["innovation … sociale"], ["innovation très sociale"]),
    ],
)
def test_queries(texts, run, arguments, pivots):
    outcome = run("concordance", texts, *arguments, "--width", "0")
    assert outcome.status == 0
    assert _lines(outcome) == pivots


def test_lines_are_sorted(texts, run):
    outcome = run("concordance", texts, "jardin", "--sort", "1D,pivot", "--unit", "words", "--width", "1")
    assert outcome.stdout.splitlines() == ["un  jardin  ami  b", "Un  jardin  clos  a"]


def test_sentences_are_quoted_whole(texts, run):
    outcome = run("concordance", texts, "très", "--context", "sentence")
    assert outcome.stdout.splitlines() == ["Une innovation  très  sociale.  b"]


def test_parts_are_counted(texts, run):
    outcome = run("concordance", texts, "école", "--by", "title")
    assert "Occurrences selon : document" in outcome.stdout
    # six words in « a », nine in « b »
    rows = [line.split() for line in outcome.stdout.splitlines()]
    assert ["a", "1", "6", "1666,7"] in rows
    assert ["b", "1", "9", "1111,1"] in rows


@pytest.mark.parametrize("option", ["--out", "--save"])
def test_a_page_is_written(texts, run, tmp_path, option):
    outcome = run("concordance", texts, "jardin", option, tmp_path / "jardin.html")
    assert outcome.status == 0
    assert f"Page : {tmp_path / 'jardin.html'}" in outcome.stderr
    assert "<title>«\u00a0jardin\u00a0»</title>" in (tmp_path / "jardin.html").read_text("utf-8")


def test_near_words_are_suggested(texts, run):
    outcome = run("concordance", texts, "jradin")
    assert (outcome.status, outcome.stdout) == (0, "")
    assert "mots proches : jardin." in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/(/"], "« ( » n'est pas une expression rationnelle"),
        (["jardin", "--sort", "gauche"], "« gauche » : on trie par left (gauche)"),
        (["jardin", "--word", "mot"], "« mot » : choisissez both (formes et lemmes)"),
        (["jardin", "--by", "région"], "Aucun document n'a d'attribut « région »"),
    ],
)
def test_wrong_choices_are_told_in_one_sentence(texts, run, arguments, sentence):
    outcome = run("concordance", texts, *arguments)
    assert outcome.status == 2
    assert sentence in outcome.sentence
    assert "Traceback" not in outcome.stderr
