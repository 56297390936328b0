"""The graph of the words of texts: which words, in what, where they stand, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.lexicometry.graph import similarity, similarity_of, similarity_of_codes
from innovsoc_analysis.model.errors import InnovsocError, UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {
    "un": "Le jardin a un puits. Le puits du jardin est profond. La serre est fermée.",
    "deux": "Une serre au fond du jardin. Le puits est loin. La cantine ouvre.",
    "trois": "La cantine a un potager.",
}
CORPUS = corpus_from_texts(TEXTS)


def built(corpus=CORPUS, **choices):
    return similarity(corpus, **{"unit": "sentence", "n_resamples": 0, "min_count": 1, "upos": ("NOUN",), **choices})


def together(found):
    return {(row.word_a, row.word_b): row.n_together for row in found.table.itertuples()}


def test_words_stand_together_in_sentences():
    found = built(words=["jardin", "puits", "serre", "cantine", "potager"])
    assert found.nodes.set_index("word")["n"].to_dict() == {
        "cantine": 2,
        "jardin": 3,
        "potager": 1,
        "puits": 3,
        "serre": 2,
    }
    assert together(found) == {("jardin", "puits"): 2, ("jardin", "serre"): 1, ("cantine", "potager"): 1}


def test_in_documents_more_words_stand_together():
    found = built(words=["jardin", "puits", "serre", "cantine"], unit="document")
    assert together(found) == {
        ("jardin", "puits"): 2,
        ("jardin", "serre"): 2,
        ("puits", "serre"): 2,
        ("cantine", "jardin"): 1,
        ("cantine", "puits"): 1,
        ("cantine", "serre"): 1,
    }


def test_the_words_of_most_units_are_taken():
    assert built(n_words=2).words == ("jardin", "puits")
    assert set(built(min_count=2).words) == {"cantine", "jardin", "puits", "serre"}


def test_the_order_of_documents_changes_nothing_stability_included():
    other = corpus_from_texts(dict(reversed(TEXTS.items())))
    one, two = built(n_resamples=30), built(other, n_resamples=30)
    pd.testing.assert_frame_equal(one.table, two.table)
    pd.testing.assert_frame_equal(one.nodes, two.nodes)


def test_a_part_alone_is_counted():
    found = built(within=("title", "un"), words=["jardin", "puits"])
    assert found.pairs.n_units == 3
    assert together(found) == {("jardin", "puits"): 2}
    assert "title : un" in found.summary()


def test_stretches_are_a_part_as_well():
    documents = CORPUS.documents
    spans = documents.assign(start=0, end=documents["text"].str.len())[["doc_id", "start", "end"]].iloc[[1]]
    assert set(built(within=spans).words) <= {"serre", "fond", "jardin", "puits", "cantine"}


def test_an_expression_is_one_word():
    corpus = corpus_from_texts({"a": "Le jardin partagé a un puits. Un jardin sans rien.", "b": "Un puits."})
    found = built(corpus, words=["jardin partagé", "puits"])
    assert found.nodes.set_index("word")["n"].to_dict() == {"jardin partagé": 1, "puits": 2}


def test_small_words_are_counted_when_asked_for():
    assert "le" in built(words=["Le", "puits", "puits"]).words


def test_words_without_any_cooccurrence_are_isolated_and_said():
    from innovsoc_analysis.lexicometry.graph.drawing import caption

    found = built(words=["jardin", "puits", "potager"])
    assert found.isolated == ("potager",)
    assert found.nodes.set_index("word")["community"].to_dict() == {"jardin": 1, "potager": 0, "puits": 1}
    assert caption(found).endswith("Sans lien avec les autres : potager.")
    assert "potager" in found._repr_html_()


def test_places_quote_the_sentences_where_both_stand():
    places = built().places("Puits", "jardin")
    assert places["quote"].tolist() == ["Le jardin a un puits.", "Le puits du jardin est profond."]
    assert places["title"].tolist() == ["un", "un"]
    texts = CORPUS.documents.set_index("doc_id")["text"]
    assert [texts[row.doc_id][row.start : row.end] for row in places.itertuples()] == places["quote"].tolist()


def test_in_a_larger_unit_the_quote_is_where_the_words_are_nearest():
    found = built(unit="document", words=["jardin", "puits", "serre"])
    assert found.places("jardin", "puits")["quote"].tolist() == [
        "Le puits du jardin est profond.",
        "Une serre au fond du jardin. Le puits est loin.",
    ]


def test_as_many_places_as_units_are_counted():
    found = built(unit="document")
    for row in found.table.itertuples():
        assert len(found.places(row.word_a, row.word_b)) == row.n_together


def test_places_of_words_that_never_stand_together_are_none():
    assert built().places("puits", "potager").empty


def test_places_of_a_matrix_are_its_rows():
    matrix = pd.DataFrame([[1, 1], [1, 0], [1, 1]], index=["s1", "s2", "s3"], columns=["lieux", "temps"])
    assert similarity_of(matrix, n_resamples=0).places("lieux", "temps").to_dict("list") == {
        "row": [0, 2],
        "label": ["s1", "s3"],
    }


def test_codes_stand_together_in_segments_or_in_documents():
    rows = [
        ("a", 0, 5, "lieux"),
        ("a", 0, 5, "temps"),
        ("a", 6, 9, "argent"),
        ("b", 0, 4, "lieux"),
        ("b", 0, 4, "lieux"),
    ]
    coded = pd.DataFrame(rows, columns=["doc_id", "start", "end", "code"])
    assert together(similarity_of_codes(coded, n_resamples=0)) == {("lieux", "temps"): 1}
    by_document = similarity_of_codes(coded, unit="document", n_resamples=0)
    assert together(by_document) == {("argent", "lieux"): 1, ("argent", "temps"): 1, ("lieux", "temps"): 1}
    assert by_document.nodes["n"].tolist() == [1, 2, 1]


def test_items_that_no_unit_holds_are_left_out_and_said():
    from innovsoc_analysis.lexicometry.graph.drawing import caption

    found = similarity_of(pd.DataFrame({"lieux": [1, 1], "temps": [1, 1], "argent": [0, 0]}), n_resamples=0)
    assert found.words == ("lieux", "temps")
    assert caption(found).endswith("Absents des unités : argent.")


def test_a_threshold_adds_edges_to_the_tree():
    matrix = pd.DataFrame([[1, 1, 1]] * 2 + [[1, 1, 0], [1, 0, 1]], columns=["a", "b", "c"])
    assert similarity_of(matrix, n_resamples=0).drawn.tolist() == [True, True, False]
    for threshold, drawn in ((2, [True, True, True]), (2.5, [True, True, False])):
        found = similarity_of(matrix, edges="threshold", threshold=threshold, n_resamples=0)
        assert found.drawn.tolist() == drawn
        assert found.table["in_tree"].tolist() == [True, True, False]


def test_the_words_of_a_community_come_most_widespread_first():
    found = built(words=["jardin", "puits", "serre"])
    assert found.community(1) == ["jardin", "puits", "serre"]
    with pytest.raises(UsageError, match="pas de communauté 9"):
        found.community(9)


def test_counts_alone_are_shown_of_confidential_texts():
    assert repr(built(words=["jardin", "puits"])) == "<Similitude : 2 mots, 1 arête, 1 communauté>"


def test_what_is_shown_in_a_notebook_is_escaped():
    found = similarity_of([[1, 1], [1, 1]], ["<b>", "puits"], n_resamples=0)
    assert "&lt;b&gt;" in found._repr_html_()
    assert "<b>" not in found._repr_html_()


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"words": ["jardn", "puits"]}, "vouliez-vous dire « jardin »"),
        ({"words": ["zzzz", "puits"]}, "Aucun texte ne contient le lemme « zzzz »."),
        ({"words": ["puits"]}, "au moins deux mots"),
        ({"words": ["puits", "Puits "]}, "au moins deux mots"),
        ({"words": "puits"}, "un seul texte"),
        ({"words": ["puits", 3]}, "n'est pas un texte"),
        ({"n_words": 1}, "entier d'au moins 2"),
        ({"n_words": 2.5}, "entier d'au moins 2"),
        ({"min_count": 50}, "au moins 50 unités"),
        ({"min_count": 0}, "min_count"),
        ({"unit": "chapitre"}, "context, paragraph, sentence ou document"),
        ({"index": "chi2"}, "cooccurrence"),
        ({"edges": "none"}, "tree, threshold ou all"),
        ({"edges": "threshold"}, "donnez les deux"),
        ({"threshold": 3}, "donnez les deux"),
        ({"edges": "threshold", "threshold": float("nan")}, "threshold est un nombre"),
        ({"n_resamples": -1}, "n_resamples"),
        ({"seed": 1.5}, "seed"),
        ({"upos": "NOUN"}, "liste"),
        ({"colour": 1}, "Option inconnue : « colour »"),
        ({"within": "genre"}, "couple"),
        ({"within": ("title", "dix")}, "il y a : deux, trois, un"),
        ({"within": ("couleur", "bleu")}, "couleur"),
        ({"within": pd.DataFrame({"doc_id": ["a"]})}, "start"),
        ({"within": ("code", "lieux")}, "codings"),
    ],
)
def test_what_cannot_be_done_is_said(choices, sentence):
    with pytest.raises(InnovsocError, match=sentence):
        built(**choices)


def test_one_document_is_one_unit_too_few():
    corpus = corpus_from_texts({"a": "Un jardin et un puits. Une serre et un jardin."})
    with pytest.raises(UsageError, match="context, paragraph ou sentence"):
        built(corpus, unit="document")
    assert built(corpus, n_resamples=10).n_groups == 2  # its sentences are drawn


@pytest.mark.parametrize("text", ["", "...", "Il est là."])
def test_texts_without_words_are_refused(text):
    with pytest.raises(UsageError):
        built(corpus_from_texts({"a": text}))


@pytest.mark.parametrize(
    ("matrix", "names", "sentence"),
    [
        ([[1, np.nan], [1, 1]], ["a", "b"], "manquantes"),
        ([[1, np.inf], [1, 1]], ["a", "b"], "infinies"),
        ([["x", "y"], ["x", "y"]], ["a", "b"], "nombres seulement"),
        ([1, 2], ["a"], "nombres seulement"),
        ([[1, 1], [1, 1]], ["a"], "1 noms pour 2 colonnes"),
        ([[1, 1], [1, 1]], ["a", "a"], "même nom"),
        ([[1, 1]], ["a", "b"], "au moins deux"),
        ([[1, 0], [1, 0]], ["a", "b"], "au moins deux"),
        (np.zeros((0, 2)), ["a", "b"], "au moins deux"),
    ],
)
def test_matrices_that_cannot_be_read_are_refused(matrix, names, sentence):
    with pytest.raises(UsageError, match=sentence):
        similarity_of(matrix, names)


def test_documents_may_be_named_by_anything():
    found = similarity_of([[1, 1], [1, 1], [1, 0]], ["a", "b"], groups=["d", None, 3], n_resamples=5)
    assert found.n_groups == 3


def test_documents_are_given_for_each_unit():
    with pytest.raises(UsageError, match="1 valeurs pour 2 unités"):
        similarity_of([[1, 1], [1, 1]], ["a", "b"], groups=["d"])


def test_a_word_that_is_not_in_the_graph_is_said():
    with pytest.raises(UsageError, match="vouliez-vous dire « jardin »"):
        built().places("jardim", "puits")


def test_codings_without_code_are_refused():
    with pytest.raises(UsageError, match="« code »"):
        similarity_of_codes(pd.DataFrame({"doc_id": [], "start": [], "end": []}))
    coded = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [4], "code": ["lieux"]})
    with pytest.raises(UsageError, match="segment ou document"):
        similarity_of_codes(coded, unit="phrase")
    with pytest.raises(UsageError, match="au moins deux"):
        similarity_of_codes(coded)
