"""Which words stand near a word, how often, and how far that is from chance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.lexicometry.attraction import FRENCH, _distances, collocates
from innovsoc_analysis.model.errors import UnknownNameError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

GARDENS = "Un jardin vert. Un jardin vert. Un jardin vert. Un four noir. Un four noir."


def near(texts, query, **choices):
    if isinstance(texts, str):
        texts = {"a": texts}
    return collocates(corpus_from_texts(texts), query, **{"word": "form", "min_count": 1, **choices})


def rows(found, *columns):
    return {row["word"]: tuple(row[column] for column in columns) for row in found.table.to_dict("records")}


def test_the_index_is_the_tail_of_the_hypergeometric_law():
    # 12 words beside the 3 pivots, of which 6 near them: 3 times « vert » (3 in all) and « un » (5 in all)
    found = near(GARDENS, "jardin", window=1)
    assert (found.n_pivots, found.size, found.near) == (3, 12, 6)
    table = found.table.set_index("word")
    assert table.index.tolist() == ["vert", "un"]
    assert table.loc["vert", ["count", "left", "right", "total", "expected"]].tolist() == [3, 0, 3, 3, 1.5]
    # C(3,3) C(9,3) / C(12,6) = 84 / 924
    assert table.loc["vert", "index"] == pytest.approx(math.log10(11), abs=1e-12)
    # (C(5,3) C(7,3) + C(5,4) C(7,2) + C(5,5) C(7,1)) / C(12,6) = 462 / 924
    assert table.loc["un", "index"] == pytest.approx(math.log10(2), abs=1e-12)


def test_log_dice_is_that_of_rychly():
    found = near(GARDENS, "jardin", window=1)
    assert rows(found, "log_dice") == {"vert": (14.0,), "un": (pytest.approx(14 + math.log2(6 / 8)),)}


def test_log_dice_is_at_most_14_however_often_a_word_is_repeated():
    assert rows(near("Un jardin vert vert vert vert. Un four.", "jardin"), "count", "log_dice")["vert"] == (
        4,
        14 + math.log2(2 / 5),
    )


def test_log_likelihood_is_that_of_the_table_of_four_cells():
    cells = ((3, 1.5), (0, 1.5), (3, 4.5), (6, 4.5))
    expected = 2 * sum(o * math.log(o / e) for o, e in cells if o)
    found = near(GARDENS, "jardin", window=1)
    assert rows(found, "log_likelihood")["vert"] == (pytest.approx(expected),)


def test_p_values_are_corrected_for_the_number_of_words_tested():
    # doubled and ranked among two: 2/11 × 2/1 for the first, 1 for the second
    assert rows(near(GARDENS, "jardin", window=1), "p_adjusted") == {"vert": (pytest.approx(4 / 11),), "un": (1.0,)}


def test_a_word_near_two_pivots_counts_once_for_the_nearer():
    found = near("Le jardin bleu et rouge jardin.", "jardin", window=3)
    places = {word: found.places(word)["distance"].tolist() for word in ("le", "bleu", "et", "rouge")}
    # « et » is two words after one pivot and two before the other
    assert places == {"le": [-1], "bleu": [1], "et": [2], "rouge": [-1]}
    assert found.near == 4


@pytest.mark.parametrize(
    ("window", "within", "words"),
    [
        (1, "sentence", {"beau", "fleurit"}),
        (2, "sentence", {"un", "beau", "fleurit", "ici"}),
        (None, "sentence", {"un", "beau", "fleurit", "ici"}),
        (4, "paragraph", {"un", "beau", "fleurit", "ici", "la", "pluie"}),
        (None, "paragraph", {"un", "beau", "fleurit", "ici", "la", "pluie", "tombe"}),
    ],
)
def test_a_window_does_not_leave_its_sentence_or_paragraph(window, within, words):
    text = "Un beau jardin fleurit ici. La pluie tombe.\n\nLe four chauffe."
    assert set(near(text, "jardin", window=window, within=within).found["word"]) == words


def test_a_window_does_not_cross_from_one_speaker_or_document_to_another():
    texts = {
        "a": "Anne : On parle du jardin.\nPaul : Dehors, on rit.\nAnne : On parle du jardin.\nPaul : Oui.",
        "b": "Demain on plante.",
    }
    found = near(texts, "jardin", window=None, within="paragraph")
    assert not {"dehors", "rit", "oui", "demain"} & set(found.found["word"])


def test_an_expression_is_one_pivot_and_its_words_are_no_neighbours():
    found = near("Une économie sociale forte. Une économie sociale forte.", "économie sociale", window=1)
    assert (found.n_pivots, found.size) == (2, 4)
    assert rows(found, "left", "right") == {}
    assert sorted(found.found["word"]) == ["forte", "forte", "une", "une"]


def test_several_words_are_one_pivot():
    found = near("Un four chaud. Un jardin vert. Une cave noire.", ["four", "jardin"], window=1)
    assert (found.query, found.n_pivots) == (("four", "jardin"), 2)
    assert set(found.found["word"]) == {"un", "chaud", "vert"}


def test_content_words_alone_are_counted_but_distances_count_all():
    found = near("Le jardin de la commune pousse. La cave est noire.", "jardin", word="lemma", content=True)
    assert found.places("commune")["distance"].tolist() == [3]
    assert not {"le", "de"} & set(found.found["word"])


def test_rare_neighbours_are_left_out():
    assert near(GARDENS + " Un jardin clos.", "jardin", min_count=2).table["word"].tolist() == ["vert", "un"]


def test_a_word_leads_back_to_its_sentences():
    found = near({"un": "Un jardin vert.", "deux": "Le vert jardin."}, "jardin")
    places = found.places("Vert")
    assert places[["quote", "distance", "title"]].to_numpy().tolist() == [
        ["Un jardin vert.", 1, "un"],
        ["Le vert jardin.", -1, "deux"],
    ]
    texts = found.corpus.documents.set_index("doc_id")["text"]
    for row in places.itertuples():
        assert texts[row.doc_id][row.start : row.end] == "vert"
        assert texts[row.doc_id][row.pivot_start : row.pivot_end] == "jardin"
    with pytest.raises(UnknownNameError, match="« four »"):
        found.places("four")


@pytest.mark.parametrize(
    ("query", "choices", "said"),
    [
        ("moulin", {}, "« moulin » : introuvable"),
        ("jradin", {}, "mots proches : jardin"),
        ([], {}, "Indiquez au moins un mot"),
        ("jardin", {"window": 0}, "au moins 1"),
        ("jardin", {"window": "cinq"}, "au moins 1"),
        ("jardin", {"min_count": None}, "min_count"),
        ("jardin", {"within": "turn"}, "sentence"),
        ("jardin", {"min_count": 0}, "min_count"),
        ("jardin", {"word": "tag"}, "lemma"),
    ],
)
def test_what_cannot_be_counted_is_said(query, choices, said):
    with pytest.raises(UsageError, match=said):
        near(GARDENS, query, **choices)


def test_a_pivot_alone_has_no_neighbours(tmp_path):
    found = near("Jardin. Un four.", "jardin")
    assert len(found.table) == 0
    assert found.table.columns.tolist() == list(FRENCH)
    assert png_bytes(found.plot().figure).startswith(b"\x89PNG")
    found.save(tmp_path / "c.csv")
    assert "Aucun mot" in found.plot().figure.get_supxlabel()


def test_it_is_shown_saved_and_drawn(tmp_path):
    found = near(GARDENS, "jardin", window=1)
    assert repr(found) == "<Cooccurrents : 3 pivots, 2 mots attirés>"
    assert "« jardin »" in found._repr_html_()
    found.save(tmp_path / "c.csv", locale="fr")
    assert (tmp_path / "c.csv").read_text("utf-8-sig").startswith("mot;cooccurrences;avant;après;")
    axes = found.plot(n=1)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["vert"]
    assert axes.figure.get_suptitle() == "Mots attirés par « jardin »"


def test_a_query_with_a_star_is_a_pivot():
    found = near("Un jardin vert. Des jardinières vertes.", "jardin*", window=1)
    assert (found.n_pivots, set(found.found["word"])) == (2, {"un", "vert", "des", "vertes"})


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_distances_are_those_to_the_nearest_pivot_of_the_unit(flags):
    pivots = np.array([pivot for pivot, _ in flags])
    unit = np.cumsum([starts for _, starts in flags])
    expected = []
    for place in range(len(flags)):
        same = [place - other for other in range(len(flags)) if pivots[other] and unit[other] == unit[place]]
        expected.append(min(same, key=lambda one: (abs(one), one < 0), default=0))
    assert _distances(pivots, unit).tolist() == expected
