"""The page of a concordance: data that cannot act, a script that is told by its digest, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import import_module

import pytest

from innovsoc_analysis.lexicometry import concordance
from innovsoc_analysis.study.corpus import corpus_from_texts

HOSTILE = {
    "<script>alert(1)</script>": "Le </script><script>alert(2)</script> jardin <img src=x onerror=alert(3)> & fin.",
    "b": "Ana : Un jardin clos.\nLuc : Un jardin.\nAna : Oui.",
}


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(HOSTILE)


def _page(found, folder):
    found.save(folder / "jardin.html")
    return (folder / "jardin.html").read_text("utf-8")


def _data(page):
    return json.loads(re.search(r'id="data">(.*?)</script>', page, flags=re.DOTALL)[1])


def test_data_hold_each_line_with_its_texts(corpus, tmp_path):
    data = _data(_page(concordance(corpus, "jardin"), tmp_path))
    assert [document[0] for document in data["documents"]] == ["<script>alert(1)</script>", "b"]
    assert [line[:5] for line in data["lines"]] == [
        [
            *(0, "", "Le </script><script>alert(2)</script>", "jardin"),
            "<img src=x onerror=alert(3)> & fin.",
        ],
        [1, "Ana", "Un", "jardin", "clos."],
        [1, "Luc", "Un", "jardin", "."],
    ]


def test_lines_carry_their_ranks_in_every_order(corpus, tmp_path):
    lines = _data(_page(concordance(corpus, "jardin").sorted("1D"), tmp_path))["lines"]
    assert [line[1] for line in lines] == ["Ana", "Luc", ""]
    # place, pivot (all the same), then the first word to the right: clos, Oui, src
    assert [line[5][0] for line in lines] == [1, 2, 0]
    assert [line[5][1] for line in lines] == [0, 0, 0]
    ranks = [line[5][5] for line in lines]
    assert ranks == sorted(set(ranks))


def test_texts_and_query_cannot_act(corpus, tmp_path):
    page = _page(concordance(corpus, "jardin"), tmp_path)
    assert page.count("<script") == 2  # the data and the page's own
    assert "<img" not in page
    page = _page(concordance(corpus, "<b>jardin</b>"), tmp_path)
    assert "«\u00a0&lt;b&gt;jardin&lt;/b&gt;\u00a0»" in page
    assert "<b>jardin" not in page


def test_policy_allows_the_page_s_own_script_only(corpus, tmp_path):
    page = _page(concordance(corpus, "jardin"), tmp_path)
    script = re.search(r"<script>(.*?)</script>\n</body>", page, flags=re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page
    assert "innerHTML" not in script
    assert not re.search(r"(?:src|href)=|url\(|@import", page.replace("img src=x", "").replace("src=x", ""))


def test_a_page_without_line_says_why(corpus, tmp_path):
    page = _page(concordance(corpus, "jradin"), tmp_path)
    assert "<b>0</b> occurrence dans <b>0</b> document sur 2.</p>" in page
    assert "mots proches\u00a0: jardin." in page
    assert 'id="lines"' not in page


def test_a_very_long_concordance_is_cut_and_says_so(monkeypatch, corpus, tmp_path):
    monkeypatch.setattr(import_module("innovsoc_analysis.lexicometry.kwic.page"), "MOST_LINES", 2)
    page = _page(concordance(corpus, "jardin"), tmp_path)
    assert len(_data(page)["lines"]) == 2
    assert "Les 1 occurrences suivantes ne tiennent pas dans cette page" in page
    assert "<b>3</b> occurrences dans <b>2</b> documents sur 2, soit " in page


def test_counts_by_genre_are_shown_where_there_are_several():
    corpus = corpus_from_texts({"a": "Un jardin."}, genre="talk")
    module = import_module("innovsoc_analysis.lexicometry.kwic.page")
    assert 'class="parts"' not in module.concordance_page(concordance(corpus, "jardin"))


def test_the_same_concordance_gives_the_same_page(corpus, tmp_path):
    assert _page(concordance(corpus, "jardin"), tmp_path) == _page(concordance(corpus, "jardin"), tmp_path)
