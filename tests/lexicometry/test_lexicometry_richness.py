"""Richness of the vocabulary of parts."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.lexicometry.diversity.comparing import COMPARABLE, richness
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {"un": "Le four et le four.", "deux": "Le puits.", "trois": "Un jardin, un four, un puits."}


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(TEXTS, genre="project")


def parts(corpus, **groups):
    """Return spans that give whole documents to parts."""
    documents = corpus.documents.set_index("title")
    rows = [
        (documents.loc[title, "doc_id"], 0, len(documents.loc[title, "text"]), part)
        for part, titles in groups.items()
        for title in titles
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "part"])


def test_words_distinct_words_and_hapax_are_counted(corpus):
    table = richness(corpus).table
    # le ×3, four ×3, un ×3, puits ×2, et, jardin
    assert table[["part", "n_documents", "tokens", "types", "hapax"]].to_numpy().tolist() == [["project", 3, 13, 6, 2]]
    assert table["ttr"][0] == 6 / 13


def test_the_common_size_is_what_is_left_without_the_longest_document(corpus):
    found = richness(corpus, parts(corpus, a=["un", "deux"], b=["trois"]))
    # a: 7 words, 2 without the longest, half of it 4; b: one document of 6 words
    assert found.size == 4
    # le le le four four et puits: 35 samples of 4; without le C(4,4), four C(5,4), et or puits C(6,4)
    a, b = found.table["standard_ttr"]
    assert a == pytest.approx((4 - (1 + 5 + 15 + 15) / 35) / 4)
    # un un un jardin four puits: 15 samples; without un none, another C(5,4)
    assert b == pytest.approx((4 - 3 * 5 / 15) / 4)


def test_a_size_that_is_asked_for_is_taken_and_shorter_parts_have_none(corpus):
    found = richness(corpus, "title", size=5)
    assert found.size == 5
    assert found.table.set_index("part")["standard_ttr"].isna().to_dict() == {"un": False, "deux": True, "trois": False}


def test_windows_and_factors_do_not_go_from_one_document_to_the_next(corpus):
    found = richness(corpus, window=5)
    # le four et le four: 3; un jardin un four un: 3; jardin un four un puits: 4; « Le puits » is too short
    assert found.table["mattr"][0] == pytest.approx((3 + 3 + 4) / 3 / 5)
    # « le four et le four »: 1, 1, 1, .75, .6; « un jardin un »: 1, 1, .667, then « four un puits »: 1
    # backwards, « four le et four le »: .6; « puits un four un »: .75, « jardin »: .8, « un »: .667
    assert found.table["mtld"][0] == pytest.approx((13 / 2 + 13 / 2) / 2)


def test_the_jackknife_leaves_each_document_out():
    corpus = corpus_from_texts({"a": "mot mot", "b": "mot seul"}, genre="x")
    row = richness(corpus).table.iloc[0]
    # K of « mot » ×3 and « seul »: (9 + 1 - 4) / 16; of « mot mot »: 2 / 4; of « mot seul »: 0
    assert row["yule_k"] == 3750
    # 5000 and 0 about their mean 2500: √(1/2 · 2 · 2500²), times Student's 12.706 for one degree of freedom
    assert row["yule_k_low"] == 0
    assert row["yule_k_high"] == pytest.approx(3750 + 12.7062047 * 2500)
    # two words of « mot mot mot seul »: 3 of 6 pairs hold two; of the documents, 1 and 2 words
    assert row["standard_ttr"] == pytest.approx(1.5 / 2)
    # 0.75 + 12.706 · 0.25 would be more than all words
    assert row["standard_ttr_high"] == 1


def test_a_part_of_one_document_has_no_interval(corpus):
    table = richness(corpus, "title").table
    assert table[[f"{name}_{side}" for name in COMPARABLE for side in ("low", "high")]].isna().all(axis=None)
    assert "faute d'assez de textes : « deux », « trois », « un »." in richness(corpus, "title").remark


def test_lemmas_are_counted_if_asked_for():
    corpus = corpus_from_texts({"a": "Un jardin, des jardins."}, genre="x")
    assert richness(corpus).table["types"][0] == 4
    assert richness(corpus, word="lemma").table["types"][0] < 4


def test_what_can_be_compared_does_not_depend_on_length():
    rng = np.random.default_rng(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [f"{one}o{two}" for one in letters for two in letters]

    def text(size):
        return " ".join(words[place % len(words)] for place in rng.zipf(1.5, size=size) - 1)

    corpus = corpus_from_texts({f"{size} {number}": text(size) for size in (300, 900) for number in range(8)})
    long, short = parts(
        corpus,
        long=[f"900 {number}" for number in range(8)],
        short=[f"300 {number}" for number in range(8)],
    ).pipe(lambda spans: (richness(corpus, spans).table.iloc[place] for place in (0, 1)))
    assert short["ttr"] > 1.3 * long["ttr"]
    for name in COMPARABLE:
        margin = max(one[f"{name}_high"] - one[name] for one in (long, short))
        assert abs(short[name] - long[name]) < 2 * margin
        assert margin < 0.5 * long[name]


@pytest.mark.parametrize(
    ("by", "choices", "error", "said"),
    [
        ("ville", {}, UnknownNameError, "« ville »"),
        ("genre", {"word": "tag"}, UsageError, "lemma"),
        ("genre", {"window": 0}, UsageError, "au moins 1"),
        ("genre", {"window": 2.5}, UsageError, "au moins 1"),
        ("genre", {"size": "cent"}, UsageError, "au moins 1"),
        ("genre", {"size": 0}, UsageError, "au moins 1"),
        ("code", {}, UsageError, "codings"),
    ],
)
def test_what_cannot_be_measured_is_said(corpus, by, choices, error, said):
    with pytest.raises(error, match=said):
        richness(corpus, by, **choices)


def test_parts_without_words_are_left_out_and_said_if_there_is_no_other():
    corpus = corpus_from_texts({"a": "Un mot.", "b": "— !"})
    assert richness(corpus, "title").table["part"].tolist() == ["a"]
    with pytest.raises(UsageError, match="mot"):
        richness(corpus, parts(corpus, rien=["b"]))


def test_a_single_word_gives_what_it_can():
    row = richness(corpus_from_texts({"a": "mot"}, genre="x")).table.iloc[0]
    assert (row["tokens"], row["types"], row["hapax"], row["standard_ttr"], row["yule_k"]) == (1, 1, 1, 1.0, 0.0)
    assert math.isnan(row["mattr"])
    assert math.isnan(row["mtld"])


@pytest.mark.parametrize("kind", ["growth", "zipf", "spectrum"])
def test_figures_are_drawn(corpus, kind):
    axes = richness(corpus, "title").plot(kind)
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["deux", "trois", "un"]
    assert png_bytes(axes.figure).startswith(b"\x89PNG")


def test_the_growth_ends_at_the_words_of_the_part_and_the_common_size_is_marked(corpus):
    found = richness(corpus)
    curve, mark = found.plot().lines
    assert (curve.get_xdata()[-1], curve.get_ydata()[-1]) == (13, pytest.approx(6))
    assert mark.get_xdata()[0] == found.size


def test_of_many_parts_the_largest_are_drawn():
    texts = {f"t{number}": "mot " * number for number in range(1, 12)}
    axes = richness(corpus_from_texts(texts), "title").plot()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [f"t{number}" for number in range(5, 12)]
    assert "non dessinée(s) : 4" in axes.figure.get_supxlabel()


def test_an_unknown_figure_is_said(corpus):
    with pytest.raises(UsageError, match="growth, zipf ou spectrum"):
        richness(corpus).plot("heaps")


def test_it_is_shown_and_saved_in_french(corpus, tmp_path):
    found = richness(corpus)
    assert repr(found) == f"<Richesse : 1 parties (genre), comparées à {found.size} mots>"
    assert "projets" in found._repr_html_()
    found.save(tmp_path / "r.csv", locale="fr")
    header, row = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()
    assert header.startswith("partie;textes;mots;formes distinctes;hapax;formes / mots;")
    assert "K de Yule, borne basse" in header
    assert row.startswith("projets;3;13;6;2;")
