"""The query language: wildcards, choices, parts of speech, expressions, gaps; and spaCy's patterns."""

from __future__ import annotations

import time
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry import concordance
from innovsoc_analysis.lexicometry.kwic.queries import parse_query
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

TEXTS = {
    "a": "L'innovation est sociale. Une innovation vraiment très sociale naît ; elle innove.",
    "b": "L’innovatrice pense. Innovation. Sociale ou non, la pensée du cœur rénove l'école.",
    "c": "Des innovations sociales, locales et durables… Un besoin, une demande : les adhérent·es décident.",
}
NO_EXPRESSION = (
    "n'est pas une expression rationnelle : vérifiez parenthèses, crochets et répétitions"
    " (ni renvoi \\1 ni condition (?=…))."
)
ONE_WORD = (
    "une expression rationnelle décrit un seul mot ; fermez-la par « / » avant l'espace (« /innov.*/ /social.*/ »)."
)


@pytest.fixture(scope="module")
def corpus():
    return corpus_from_texts(TEXTS)


def _pivots(corpus, query, **choices):
    return list(concordance(corpus, query, **choices).pivots())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a star stands for any letters, none included
        ("innov*", ["innovation", "innovation", "innove", "innovatrice", "Innovation", "innovations"]),
        ("*nove", ["innove", "rénove"]),
        ("l'innov*", ["L'innovation", "L’innovatrice"]),
        ("l' innov*", ["L'innovation", "L’innovatrice"]),
        ("*dhérent·*", ["adhérent·es"]),
        # one or the other, in one place
        ("besoin|demande", ["besoin", "demande"]),
        ("local|durable|so*", ["sociale", "sociale", "Sociale", "sociales", "locales", "durables"]),
        ("un|une besoin|demande", ["Un besoin", "une demande"]),
        # parts of speech
        ("penser/VERB", ["pense"]),
        ("pensée/NOUN", ["pensée"]),
        ("innov*/NOUN social", ["innovations sociales"]),
        # a regular expression holds of the whole word, whatever the case and the accents of its letters
        ("/innovation/", ["innovation", "innovation", "Innovation", "innovations"]),
        ("/innov\\w+s/", ["innovations"]),
        ("/\\w{2}nove/", ["innove", "rénove"]),
        ("/\\pL{2}nove/", ["innove", "rénove"]),
        ("/[\\w·]+·es/", ["adhérent·es"]),
        ("/innov.*/ /soc.*/", ["innovations sociales"]),
        ("/innov(e|ations)/", ["innove", "innovations"]),
        # gaps: three words at most unless told, within a sentence, the nearest
        ("innovation … social", ["innovation est sociale", "innovation vraiment très sociale", "innovations sociales"]),
        (
            "innovation ... social",
            ["innovation est sociale", "innovation vraiment très sociale", "innovations sociales"],
        ),
        ("innovation …1 social", ["innovation est sociale", "innovations sociales"]),
        ("innovation []{0,1} social", ["innovation est sociale", "innovations sociales"]),
        ("innovation []{1,2} sociale", ["innovation est sociale", "innovation vraiment très sociale"]),
        ("innovation [] sociale", ["innovation est sociale"]),
        ("innovation []{2} sociale", ["innovation vraiment très sociale"]),
        ("innovation * sociale", ["innovation est sociale"]),
        # elsewhere the sign is itself
        ("…", ["…"]),
        ("durables …", ["durables…"]),
    ],
)
def test_query_language(corpus, query, found):
    assert _pivots(corpus, query) == found


@pytest.mark.parametrize(
    ("query", "word", "found"),
    [
        ("innover", "both", ["innove"]),
        ("innover", "lemma", ["innove"]),
        ("innover", "form", []),
        ("innovations", "form", ["innovations"]),
        ("innovations", "lemma", []),
        ("innovation*", "lemma", ["innovation", "innovation", "Innovation", "innovations"]),
        ("/innovations?/", "form", ["innovation", "innovation", "Innovation", "innovations"]),
        # an inclusive form is written otherwise, and its lemma is the masculine
        ("adhérente", "both", ["adhérent·es"]),
        ("adhérente", "form", []),
        ("adhérent", "lemma", ["adhérent·es"]),
    ],
)
def test_what_words_are_compared_with(corpus, query, word, found):
    assert _pivots(corpus, query, word=word) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ecole", ["école"]),
        ("coeur", ["cœur"]),
        ("CŒUR", ["cœur"]),
        ("rén*", ["rénove"]),
        ("ren*", ["rénove"]),
        ("/réno.*|ecol./", ["rénove", "école"]),
        ("adherent", ["adhérent·es"]),
    ],
)
def test_accents_can_be_ignored(corpus, query, found):
    assert _pivots(corpus, query, accents=False) == found


def test_accents_count_otherwise(corpus):
    assert _pivots(corpus, "ecole") == []


def test_of_nested_occurrences_the_shortest_is_kept():
    corpus = corpus_from_texts({"a": "une innovation, une innovation sociale et sociale"})
    assert _pivots(corpus, "innovation …5 sociale") == ["innovation sociale"]


def test_occurrences_that_overlap_are_all_kept():
    assert _pivots(corpus_from_texts({"a": "bla bla bla"}), "bla bla") == ["bla bla", "bla bla"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("*", "« * » convient à tous les mots : donnez au moins un mot, ou une partie de mot."),
        ("[] []{2}", "« [] []{2} » convient à tous les mots : donnez au moins un mot, ou une partie de mot."),
        ("a …0 b", "« …0 » : un intervalle compte de 1 à 30 mots, comme dans « …5 »."),
        ("a …31 b", "« …31 » : un intervalle compte de 1 à 30 mots, comme dans « …5 »."),
        ("a []{3,1} b", "« []{3,1} » : un intervalle compte de 1 à 30 mots, comme dans « …5 »."),
        ("besoin|", "« besoin| » : un choix est vide, vérifiez les « | »."),
        (
            "/inno(/",
            f"« inno( » {NO_EXPRESSION}",
        ),
        (
            "/a)(b/",
            f"« a)(b » {NO_EXPRESSION}",
        ),
        ("/[^\\W]a/", "« [^\\W]a » : « \\W » n'est pas possible entre crochets ; « \\pL » dit une lettre."),
        ("/\\binno/", "« \\binno » : « \\b » est de trop, l'expression décrit déjà un mot entier, du début à la fin."),
        ("/" + "a" * 501 + "/", "L'expression rationnelle est trop longue : 500 caractères au plus."),
        ("a" * 1001, "La recherche est trop longue : 1000 caractères au plus."),
        (
            "/innov.* soc.*/",
            f"« /innov.* soc.*/ » : {ONE_WORD}",
        ),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(corpus, query, sentence):
    with pytest.raises(UsageError) as raised:
        concordance(corpus, query)
    assert str(raised.value) == sentence


@pytest.mark.parametrize("expression", ["(a+)+b", "(a|aa)+b", "(a*)*b", "(a?){300}a{300}b", "(.*)(.*)(.*)(.*)b"])
def test_hostile_expressions_answer_at_once(expression):
    corpus = corpus_from_texts({"a": "a" * 5000 + " ab"})
    start = time.perf_counter()
    concordance(corpus, f"/{expression}/")
    assert time.perf_counter() - start < 5


def test_a_search_that_fits_everywhere_is_refused_before_memory_is_full(monkeypatch, corpus):
    monkeypatch.setattr(import_module("innovsoc_analysis.lexicometry.kwic.matching"), "_MOST_PAIRS", 10)
    with pytest.raises(UsageError, match=r"^La recherche convient à trop d'endroits"):
        concordance(corpus, "/.*o.*/ …9 /.*/")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="a/|*[]{}0,3….'’ (?\\+é-NOU", max_size=14))
def test_any_query_is_read_or_refused_with_a_sentence(query):
    sentence, steps = "", ()
    try:
        steps = parse_query(query)
    except UsageError as error:
        sentence = str(error)
    assert steps or sentence.endswith((".", "»."))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ([{"LEMMA": "innovation"}, {"POS": "ADJ"}], ["innovations sociales"]),
        ([{"LOWER": "innovation"}], ["innovation", "innovation", "Innovation"]),
        ([{"TEXT": "Innovation"}], ["Innovation"]),
        ([{"ORTH": "innovation"}], ["innovation", "innovation"]),
        ([{"REGEX": "innov.*s"}], ["innovations"]),
        ([{"TEXT": {"REGEX": "I.*"}}], ["Innovation"]),
        ([{"LEMMA": {"IN": ["besoin", "demande"]}}], ["besoin", "demande"]),
        (
            [{"LEMMA": "innovation"}, {"LOWER": {"NOT_IN": [".", "sociales"]}}],
            ["innovation est", "innovation vraiment"],
        ),
        ([{"LOWER": "très", "OP": "?"}, {"LOWER": "sociale"}], ["sociale", "très sociale", "Sociale"]),
        ([{"LOWER": "innovation"}, {"POS": "ADV", "OP": "+"}], ["innovation vraiment très"]),
        ([{"LOWER": "innovation"}, {"POS": "ADV", "OP": "{2}"}], ["innovation vraiment très"]),
        ([{"LOWER": "innovation"}, {"POS": "ADV", "OP": "{,1}"}], ["innovation", "innovation vraiment", "Innovation"]),
        (
            [{"LEMMA": "innovation"}, {"LOWER": "est", "OP": "!"}, {}],
            ["innovation vraiment très", "innovations sociales,"],
        ),
        ([{"LOWER": "les"}, {"LEMMA": "adhérent", "POS": "NOUN"}], ["les adhérent·es"]),
    ],
)
def test_patterns(corpus, pattern, found):
    assert _pivots(corpus, pattern) == found


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ([], "Un motif est une liste de 1 à 50 dictionnaires, un par mot."),
        ([{}], "Ce motif convient à tous les mots : donnez au moins un mot obligatoire."),
        ([{"LEMMA": "a", "OP": "*"}], "Ce motif convient à tous les mots : donnez au moins un mot obligatoire."),
        (["a"], "Un motif est une liste de dictionnaires, comme {'LEMMA': 'besoin'} ; lu : 'a'."),
        (
            [{"DEP": "nsubj"}],
            "Clé inconnue dans un motif : « DEP » ; il y a TEXT, ORTH, LOWER, LEMMA, POS, REGEX et OP.",
        ),
        ([{"LEMMA": "a", "OP": "{3,1}"}], "« {3,1} » : un mot se répète de 1 à 30 fois au plus."),
        ([{"LEMMA": "a", "OP": "x"}], "« x » : OP est !, ?, +, *, {2}, {1,3}, {2,} ou {,3}."),
        ([{"LEMMA": "a", "OP": ["+"]}], "« ['+'] » : OP est !, ?, +, *, {2}, {1,3}, {2,} ou {,3}."),
        ([{"LEMMA": 3}], "Les mots d'un motif sont des textes non vides."),
        (
            [{"LEMMA": {"FUZZY": "a"}}],
            "« FUZZY » : une valeur de motif est un texte, {'REGEX': '…'}, {'IN': […]} ou {'NOT_IN': […]}.",
        ),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused(corpus, pattern, sentence):
    with pytest.raises(UsageError) as raised:
        concordance(corpus, pattern)
    assert str(raised.value) == sentence


def test_an_unknown_part_of_speech_is_refused(corpus):
    with pytest.raises(UsageError, match=r"^Catégorie inconnue : « NOM » ; il y a ADJ, ADP, "):
        concordance(corpus, [{"POS": "NOM"}])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("besoin/VERB", "mais jamais comme VERB : comme NOUN."),
        ("besoin … innovation", "élargissez l'intervalle"),
        ("besoin innovation", "essayez un intervalle"),
        ("jradin/NOUN", "Aucun mot des textes ne répond à « jradin »"),
    ],
)
def test_what_is_not_found_is_said_with_what_to_do(query, sentence):
    corpus = corpus_from_texts({"a": "Le besoin est grand. Un besoin d'eau, une chose et une autre innovation."})
    assert sentence in concordance(corpus, query).remark


def test_an_unknown_part_of_speech_is_refused_and_initials_are_words():
    corpus = corpus_from_texts({"a": "Une ONG et un besoin."})
    with pytest.raises(UsageError, match="« ADJS » ; il y a ADJ, ADP"):
        concordance(corpus, "besoin/ADJS")
    assert not len(concordance(corpus, "État/ONG"))
