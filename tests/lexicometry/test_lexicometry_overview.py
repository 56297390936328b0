"""The whole of lexicometry on a corpus: what it makes, what it leaves out and says, what it writes."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from innovsoc_analysis.lexicometry.overview import lexicon
from innovsoc_analysis.lexicometry.overview.page import marks_of
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
GARDEN = "Le jardin donne des légumes au quartier. Les voisins arrosent le jardin et cueillent des légumes. "
OFFICE = "Le guichet distribue des formulaires aux familles. Les agents du guichet lisent les formulaires. "


@pytest.fixture(scope="module")
def corpus():
    texts = {f"jardin {n}": GARDEN * 6 for n in range(8)} | {f"guichet {n}": OFFICE * 6 for n in range(8)}
    texts[f"intrus {HOSTILE}"] = f"Un puits {HOSTILE} et un jardin."
    return corpus_from_texts(texts)


@pytest.fixture(scope="module")
def found(corpus):
    return lexicon(corpus, "title", n_classes=2)


def data_of(html):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1])


def test_every_analysis_is_made(found):
    assert found.classes.n_classes == 2
    assert {"guichet", "formulaire"} <= set(found.specificities["title"].top("guichet 0", 4)["word"])
    assert found.correspondence["title"].n_axes >= 1
    assert {"jardin", "guichet"} <= set(found.similarity.nodes["word"])
    assert found.table["by"].unique().tolist() == ["title"]


def test_what_cannot_be_made_is_said_and_the_rest_is_made():
    found = lexicon(corpus_from_texts({"a": "Un puits et un jardin."}), "title")
    assert (found.classes, found.specificities) == (None, {})
    assert [remark.split(" : ")[0] for remark in found.remarks] == [
        "Spécificités",
        "Analyse des correspondances",
        "Classification de Reinert",
        "Analyse de similitude",
    ]
    assert found.table["tokens"].tolist() == [5]
    assert "Classification de Reinert" in found.page("Un texte")


def test_without_any_specificity_there_is_nothing_to_draw_and_it_is_said():
    with pytest.raises(UsageError, match="Spécificités : Rien à comparer"):
        lexicon(corpus_from_texts({"a": "Un puits et un jardin."}), "title").plot()


def test_without_parts_nothing_is_compared_and_the_rest_is_made(corpus):
    found = lexicon(corpus, [], n_classes=2)
    assert (found.classes.n_classes, found.richness, len(found.table)) == (2, {}, 0)
    assert found.remarks[0].startswith("Rien n'est comparé")
    html = found.page("Essai")
    assert 'id="classes"' in html
    assert 'id="specificites"' not in html


def test_a_class_says_where_it_is_and_where_it_is_not():
    texts = {f"jardin {n}": GARDEN * 6 for n in range(8)} | {f"guichet {n}": OFFICE * 6 for n in range(8)}
    found = lexicon(corpus_from_texts(texts), "title", n_classes=2)
    corpus = found.corpus
    places = pd.Series(["nord"] * 8 + ["sud"] * 8, index=corpus.documents.index)
    placed = replace(corpus, documents=corpus.documents.assign(**{"meta.place": places}))
    classes = data_of(lexicon(placed, "place", n_classes=2).page("Essai"))["classes"]
    said = [[value["name"] for value in one["values"]] for one in classes]
    assert sorted(said) == [["plus : lieu nord", "moins : lieu sud"], ["plus : lieu sud", "moins : lieu nord"]]
    assert all("par hasard" in one["stability"] for one in classes)


def test_a_page_without_figures_has_the_element_that_bars_are_made_after():
    html = lexicon(corpus_from_texts({"a": "Un puits et un jardin."}), "title").page("Un texte")
    assert "<svg" in html.split('id="data"')[0]


def test_a_term_is_a_full_word():
    texts = {"a": "L'innovation sociale change la ville. " * 9, "b": "Le guichet distribue des formulaires. " * 9}
    page = lexicon(corpus_from_texts(texts), "title", terms=["innovation sociale"]).page("Essai")
    lists = data_of(page)["compared"][0]["parts"][0]
    assert "innovation social" in " ".join(word["word"] for word in lists["over_full"])
    assert not any(" " in word["word"] for word in lists["over_small"])


def test_an_unknown_part_is_refused_at_once(corpus):
    with pytest.raises(UnknownNameError, match="« commune »"):
        lexicon(corpus, "commune")
    with pytest.raises(UsageError, match="codings="):
        lexicon(corpus, "code")


def test_progress_counts_the_analyses(corpus):
    seen = []
    lexicon(corpus, "title", n_classes=2, progress=lambda *step: seen.append(step))
    names = ["richesse", "spécificités", "analyse des correspondances", "classification de Reinert"]
    names += ["analyse de similitude"]
    assert seen == [(name, n, 5) for n, name in enumerate(names, start=1)]


def test_on_the_page_words_lead_to_their_sentences(found):
    parts = data_of(found.page("Essai"))["compared"][0]["parts"]
    part = next(part for part in parts if part["name"] == "guichet 0")
    word = next(word for word in part["over_full"] if word["word"] == "guichet")
    assert (word["f"], word["documents"]) == (12, 1)
    # twelve of 84 words of the part; 48 of all
    first = word["quotes"][0]
    assert first["text"] == "Le guichet distribue des formulaires aux familles."
    assert [first["text"][start:end] for start, end in first["marks"]] == ["guichet"]


def test_full_words_and_small_ones_are_apart(found):
    part = data_of(found.page("Essai"))["compared"][0]["parts"][0]
    full, small = ({word["word"] for word in part[name]} for name in ("over_full", "over_small"))
    assert full & {"guichet", "formulaire", "jardin", "légume", "puits"}
    assert not full & {"le", "de", "et", "un"}
    assert not small & full


def test_classes_have_their_segments_marked(found):
    classes = data_of(found.page("Essai"))["classes"]
    assert [one["number"] for one in classes] == [1, 2]
    for one in classes:
        words = {word["word"] for word in one["words"]}
        segment = one["segments"][0]
        marked = [segment["text"][start:end] for start, end in segment["marks"]]
        assert any(text.rstrip("s") in words for text in marked)


def test_texts_and_titles_cannot_act(found):
    html = found.page(f"Titre {HOSTILE}")
    assert html.count("<script") == 2
    assert "<img" not in html
    assert "onerror=alert(2)>" not in html.split('id="data"')[0].replace("&gt;", "")


def test_a_page_is_the_same_each_time(corpus, found):
    assert lexicon(corpus, "title", n_classes=2).page("Essai") == found.page("Essai")


def test_everything_is_written_to_a_folder(found, tmp_path):
    written = found.save(tmp_path, title="Essai")
    assert written[0].name == "lexicon.html"
    names = ["richness", "specificities", "correspondence", "classes", "similarity"]
    expected = {"lexicon.html", "similarity.graphml"} | {
        f"{name}.{suffix}" for name in names for suffix in ("xlsx", "svg", "png")
    }
    assert {path.name for path in tmp_path.iterdir()} == expected == {path.name for path in written}
    for name in names:
        assert openpyxl.load_workbook(tmp_path / f"{name}.xlsx").sheetnames


def test_nothing_is_written_if_a_figure_fails(found, tmp_path, monkeypatch):
    def fail(_):
        raise MemoryError

    monkeypatch.setattr(type(found.similarity), "plot", fail)
    with pytest.raises(MemoryError):
        replace(found).save(tmp_path / "out")  # a copy, of which nothing is drawn yet
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("quote", "marked", "spans"),
    [
        ("un puits", "un puits", []),
        ("puits", "**puits**", [[0, 5]]),
        ("un ** deux puits", "un ** deux **puits**", [[11, 16]]),
        ("du puits", "**du** **puits**", [[0, 2], [3, 8]]),
    ],
)
def test_marks_are_found_back(quote, marked, spans):
    assert marks_of(quote, marked) == spans
