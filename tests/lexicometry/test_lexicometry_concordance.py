"""What a concordance finds, and the contexts it cuts."""

from __future__ import annotations

import pytest

from innovsoc_analysis.lexicometry import concordance
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {
    "a": "Les usagers décident. Un usager vote. L’État aide les usagères d’agir aujourd’hui.",
    "b": "Aujourd'hui, l'état du savoir-faire est bon. Peut-être l’économie sociale.",
    "c": "Sociale et solidaire, l'économie ? Les économies sociales, peut-être.",
}
INCLUSIVE = {
    "a": "Les adhérent·es votent. Un adhérent part, une adhérente reste.",
    "b": "Celles et ceux qui aident, toustes, le/la voisin(e) aussi.",
    "c": "Un chercheur ou une chercheuse écrit à l'adhérent.e.",
}


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(TEXTS, genre="project")


@pytest.fixture(scope="module")
def inclusive():
    return corpus_from_texts(INCLUSIVE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a lemma finds its forms, a form only itself
        ("usager", [("a", "usagers"), ("a", "usager"), ("a", "usagères")]),
        ("usagers", [("a", "usagers")]),
        ("USAGERS", [("a", "usagers")]),
        ("économie", [("b", "économie"), ("c", "économie"), ("c", "économies")]),
        ("être", [("b", "est")]),
        # several words follow one another, each by form or by lemma
        ("économie social", [("b", "économie sociale"), ("c", "économies sociales")]),
        ("économie  sociale", [("b", "économie sociale")]),
        ("les usagers", [("a", "Les usagers")]),
        ("solidaire économie", []),
        # apostrophes, straight or curly, in the query as in the texts
        ("l'État", [("a", "L’État"), ("b", "l'état")]),
        ("l’état", [("a", "L’État"), ("b", "l'état")]),
        ("l' état", [("a", "L’État"), ("b", "l'état")]),
        ("d'agir", [("a", "d’agir")]),
        # words that hold an apostrophe or a hyphen, whatever tokens they are
        ("aujourd'hui", [("a", "aujourd’hui"), ("b", "Aujourd'hui")]),
        ("savoir-faire", [("b", "savoir-faire")]),
        ("peut-être", [("b", "Peut-être"), ("c", "peut-être")]),
        ("introuvable", []),
    ],
)
def test_query(corpus, query, found):
    table = concordance(corpus, query).table
    assert list(zip(table["title"], table["pivot"], strict=True)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # the word of the dictionary finds all, a feminine its own form and the forms of both genders
        ("adhérent", ["adhérent·es", "adhérent", "adhérente", "adhérent.e"]),
        ("adhérente", ["adhérent·es", "adhérente", "adhérent.e"]),
        # a plural that stands nowhere by itself is in the forms of both genders, whatever their number
        ("adhérents", ["adhérent·es", "adhérent.e"]),
        ("ADHÉRENTES", ["adhérent·es", "adhérent.e"]),
        # a form that is inclusive already finds itself alone
        ("adhérent·es", ["adhérent·es"]),
        ("adhérent.e", ["adhérent.e"]),
        ("celles et ceux", ["Celles et ceux"]),
        ("ceux", ["Celles et ceux"]),
        ("celui", ["Celles et ceux"]),
        ("toutes", ["toustes"]),
        ("voisine", ["voisin(e)"]),
        ("chercheuses", ["chercheur ou une chercheuse"]),
        # word by word in an expression
        ("les adhérentes", ["Les adhérent·es"]),
        ("la voisine", ["le/la voisin(e)"]),
        ("les voisines", []),
        # another word that ends alike is not found
        ("adhérence", []),
    ],
)
def test_a_word_is_found_in_its_inclusive_forms(inclusive, query, found):
    assert concordance(inclusive, query).table["pivot"].tolist() == found


def test_an_inclusive_form_is_quoted_whole_in_its_context(inclusive):
    row = concordance(inclusive, "voisine", width=20).table.iloc[0]
    assert (row["left"], row["pivot"], row["right"]) == ("toustes, le/la", "voisin(e)", "aussi.")
    assert INCLUSIVE["b"][row["start"] : row["end"]] == "voisin(e)"


def test_every_row_quotes_its_document(corpus):
    table = concordance(corpus, "le").table
    texts = corpus.documents.set_index("doc_id")["text"]
    assert table["pivot"].tolist() == ["Les", "L’", "les", "l'", "l’", "l'", "Les"]
    assert [texts[row.doc_id][row.start : row.end] for row in table.itertuples()] == table["pivot"].tolist()
    assert table["genre"].unique().tolist() == ["project"]


def test_an_expression_does_not_cross_the_border_of_a_document():
    corpus = corpus_from_texts({"a": "Une économie", "b": "sociale et solidaire"})
    assert len(concordance(corpus, "économie")) == 1
    assert len(concordance(corpus, "économie sociale")) == 0


def test_contexts_do_not_cross_the_border_of_a_document():
    corpus = corpus_from_texts({"a": "Avant.", "b": "Le mot.", "c": "Après."})
    row = concordance(corpus, "mot").table.iloc[0]
    assert (row["left"], row["right"]) == ("Le", ".")


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [
        (100, "un deux trois", "quatre cinq six."),
        (14, "un deux trois", "quatre cinq"),  # « un deux trois␣ » and « ␣quatre cinq␣s »
        (13, "deux trois", "quatre cinq"),  # « n deux trois␣ »: the cut word goes
        (12, "deux trois", "quatre cinq"),
        (11, "deux trois", "quatre"),
        (7, "trois", "quatre"),
        (6, "trois", ""),
        (1, "", ""),
        (0, "", ""),
    ],
)
def test_contexts_are_cut_at_words(width, left, right):
    corpus = corpus_from_texts({"a": "un deux trois pivot quatre cinq six."})
    row = concordance(corpus, "pivot", width=width).table.iloc[0]
    assert (row["left"], row["right"]) == (left, right)


def test_a_line_break_or_a_no_break_space_also_ends_a_word():
    corpus = corpus_from_texts({"a": "coupure\nlongue\u00a0: pivot ici\u00a0même suite"})
    row = concordance(corpus, "pivot", width=10).table.iloc[0]
    # 10 characters are « longue␣:␣ » and « ␣ici␣même␣ »
    assert (row["left"], row["right"]) == ("longue :", "ici même")
    row = concordance(corpus, "pivot", width=11).table.iloc[0]
    assert (row["left"], row["right"]) == ("longue :", "ici même")


def test_speaker_of_each_occurrence_is_found():
    corpus = corpus_from_texts({"a": "Ana : Le jardin.\nLuc : Jardin ?\nAna : Ce jardin.\nEt le jardin encore."})
    assert concordance(corpus, "jardin").table["speaker"].tolist() == ["Ana", "Luc", "Ana", "Ana"]


def test_text_without_turns_has_no_speaker(corpus):
    assert concordance(corpus, "usager").table["speaker"].tolist() == [None] * 3


@pytest.mark.parametrize("query", ["", "  ", "\u00a0"])
def test_empty_query_is_refused(corpus, query):
    with pytest.raises(UsageError, match=r"^Indiquez le mot à chercher\.$"):
        concordance(corpus, query)


@pytest.mark.parametrize("width", [-1, 2.5, "large", None])
def test_a_width_that_is_no_number_from_0_is_refused(corpus, width):
    with pytest.raises(UsageError, match=r"^La largeur du contexte est un nombre de caractères : 0 ou davantage\.$"):
        concordance(corpus, "usager", width=width)


TURNS = "Ana : Le jardin. Il pousse.\nLuc : Le jardin aussi.\nAna : Oui, le jardin."


@pytest.mark.parametrize(
    ("context", "contexts"),
    [
        ("turn", [("Le", ". Il pousse."), ("Le", "aussi."), ("Oui, le", ".")]),
        ("sentence", [("Le", "."), ("Le", "aussi."), ("Oui, le", ".")]),
        (
            "document",
            [
                ("Ana : Le", ". Il pousse. Luc : Le jardin aussi. Ana : Oui, le jardin."),
                ("Ana : Le jardin. Il pousse. Luc : Le", "aussi. Ana : Oui, le jardin."),
                ("Ana : Le jardin. Il pousse. Luc : Le jardin aussi. Ana : Oui, le", "."),
            ],
        ),
    ],
)
def test_contexts_stop_where_they_are_asked_to(context, contexts):
    table = concordance(corpus_from_texts({"a": TURNS}), "jardin", context=context, width=500).table
    assert list(zip(table["left"], table["right"], strict=True)) == contexts


def test_a_sentence_is_quoted_whole_whatever_the_width():
    corpus = corpus_from_texts({"a": "Un mot avant. La commune aide les jardins du quartier. Un mot après."})
    row = concordance(corpus, "jardin", width=3, context="sentence").table.iloc[0]
    assert (row["left"], row["right"]) == ("La commune aide les", "du quartier.")


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [(0, "", ""), (1, "trois,", "quatre"), (2, "deux trois,", "quatre ; cinq"), (9, "un deux trois,", "quatre ; cinq")],
)
def test_contexts_in_words_do_not_count_punctuation(width, left, right):
    corpus = corpus_from_texts({"a": "un deux trois, pivot quatre ; cinq"})
    row = concordance(corpus, "pivot", width=width, unit="words").table.iloc[0]
    assert (row["left"], row["right"]) == (left, right)


def test_contexts_in_words_do_not_cross_turns_or_documents():
    table = concordance(corpus_from_texts({"a": TURNS, "b": "Jardin clos."}), "jardin", width=4, unit="words").table
    assert list(zip(table["left"], table["right"], strict=True)) == [
        ("Le", ". Il pousse."),
        ("Le", "aussi."),
        ("Oui, le", "."),
        ("", "clos."),
    ]


def test_an_expression_does_not_cross_lines_or_turns():
    corpus = corpus_from_texts({"a": "Ana : une économie\nLuc : sociale, donc\nune économie\n\nsociale"})
    assert len(concordance(corpus, "économie")) == 2
    assert len(concordance(corpus, "économie … sociale")) == 0
    assert len(concordance(corpus, "économie sociale")) == 0


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"unit": "lignes"}, "« lignes » : la largeur se compte en characters (caractères) ou en words (mots)."),
        (
            {"context": "page"},
            "« page » : un contexte s'arrête à turn (prise de parole), sentence (phrase) ou document.",
        ),
        ({"unit": "words", "width": -1}, "La largeur du contexte est un nombre de mots : 0 ou davantage."),
        ({"word": "mot"}, "« mot » : choisissez both (formes et lemmes), form (formes) ou lemma (lemmes)."),
    ],
)
def test_unknown_choices_are_refused(corpus, choices, sentence):
    with pytest.raises(UsageError) as raised:
        concordance(corpus, "usager", **choices)
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("usagger", "Aucun mot des textes ne répond à « usagger » ; mots proches : usager, usagers, usagères."),
        ("economie", "Aucun mot des textes ne répond à « economie » ; mots proches : économie, économies."),
        ("xyz", "Aucun mot des textes ne répond à « xyz », et aucun n'en est proche."),
        ("zzz*", "Aucun mot des textes ne répond à cette description."),
        (
            "sociale économie",
            "Chaque mot est dans les textes, mais pas à la suite : essayez un intervalle, « mot … mot ».",
        ),
        ("usager", ""),
    ],
)
def test_an_empty_concordance_says_why(corpus, query, remark):
    found = concordance(corpus, query)
    assert found.remark == remark
    assert remark.replace("'", "&#x27;") in found._repr_html_()


def test_a_corpus_without_words_gives_an_empty_concordance():
    found = concordance(corpus_from_texts({"a": ""}), "jardin")
    assert (len(found), found.n_documents, found.table.empty) == (0, 0, True)
    assert found.remark == "Les textes ne contiennent aucun mot."


def test_two_corpora_asked_in_turn_keep_their_own_occurrences():
    one, two = (corpus_from_texts({"a": text}) for text in ("Un jardin.", "Le jardin, un jardin."))
    first, second = concordance(one, "jardin"), concordance(two, "jardin")
    assert first.table["left"].tolist() == ["Un"]
    assert second.table["left"].tolist() == ["Le", "Le jardin, un"]


def test_representation_tells_a_count_only(corpus):
    assert repr(concordance(corpus, "usager")) == "<Concordance : 3 occurrences>"
