"""Motifs in tagged words: what each construct finds and leaves, worked out by hand."""

from __future__ import annotations

import time

import pytest

from innovsoc_analysis.coding.matching import Word
from innovsoc_analysis.coding.motifs import Motifs
from innovsoc_analysis.coding.patterns import token_keys
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.study.corpus import corpus_from_sentences

LISTS = {"essai": ["tenter", "faire/VERB", "prendre part", "État"], "rien": []}


def book_of(*motifs, negation="exclut", lemmas=(), lists=LISTS):
    """Return a codebook of one code, « x »; a motif without a name is called « m »."""
    code = {
        "id": "x",
        "libelle": "X",
        "definition": "…",
        "negation": negation,
        "indicateurs": {"lemmes": list(lemmas)},
        "motifs": [{"id": "m", "exemples": ["…"], **motif} for motif in motifs],
    }
    return Codebook.model_validate({"nom": "essai", "version": "1", "listes": lists, "codes": [code]})


def tagged(text):
    """Return words from « form/UPOS » or « form=lemma/UPOS »."""
    words = []
    for item in text.split():
        word, upos = item.rsplit("/", 1)
        form, _, lemma = word.partition("=")
        words.append(Word(form.lower(), upos, frozenset(token_keys(form, lemma or form.lower(), upos))))
    return words


def quotes(text, motif, *, around=(), **keys):
    """Return the words of each match of `motif` in `text`."""
    words = tagged(text)
    found = Motifs(book_of({"motif": motif, **keys})).find(words, context=[tagged(one) for one in around])
    return [" ".join(word.form for word in words[match.first : match.last]) for match in found]


@pytest.mark.parametrize(
    ("motif", "text", "expected"),
    [
        # a word: by form or by lemma
        ("tenter", "on/PRON tente=tenter/VERB", ["tente"]),
        ("tente", "on/PRON tente=tenter/VERB", ["tente"]),
        ("tenter", "la/DET tentative/NOUN", []),
        # a capital counts where one is written
        ("État", "l'/DET État/NOUN", ["état"]),
        ("État", "un/DET état/NOUN", []),
        ("état", "l'/DET État/NOUN", ["état"]),
        # a part of speech
        ("marche/NOUN", "la/DET marche/NOUN", ["marche"]),
        ("marche/NOUN", "il/PRON marche=marcher/VERB", []),
        ("on /VERB", "on/PRON ose=oser/VERB", ["on ose"]),
        ("on /VERB", "on/PRON part/NOUN", []),
        # choices, words in a row
        ("oser|agir", "oser/VERB puis/CCONJ agir/VERB", ["oser", "agir"]),
        ("pouvoirs_publics", "les/DET pouvoirs/NOUN publics/ADJ", ["pouvoirs publics"]),
        ("pouvoirs_publics", "pouvoirs/NOUN très/ADV publics/ADJ", []),
        ("mise_en_place/NOUN", "mise/NOUN en/ADP place/NOUN", ["mise en place"]),
        ("mise_en_place/NOUN", "mise/NOUN en/ADP place=placer/VERB", []),
        # a typographic apostrophe is an apostrophe, and the word is cut as texts are
        ("d'abord", "d’/ADP abord/NOUN", ["d’ abord"]),
        ("n’importe", "n'/ADV importe=importer/VERB", ["n' importe"]),
        # lists
        ("on @essai", "on/PRON tente=tenter/VERB", ["on tente"]),
        ("on @essai", "on/PRON fait=faire/VERB", ["on fait"]),
        ("on @essai", "on/PRON faire/NOUN", []),
        ("on @essai", "on/PRON prend=prendre/VERB part/NOUN", ["on prend part"]),
        ("on @essai", "on/PRON prend=prendre/VERB", []),
        ("@essai", "l'/DET état/NOUN", []),
        ("@essai|agir", "agir/VERB", ["agir"]),
        ("@rien|agir", "agir/VERB", ["agir"]),
        ("@rien", "agir/VERB", []),
        # the whole motif, in order
        ("oser agir", "agir/VERB oser/VERB", []),
        ("oser agir", "oser/VERB", []),
        ("oser agir", "", []),
    ],
)
def test_each_kind_of_element_finds_its_words(motif, text, expected):
    assert quotes(text, motif) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jardin/NOUN ouvre=ouvrir/VERB", ["jardin ouvre"]),
        ("jardin/NOUN partagé/ADJ ouvre=ouvrir/VERB", ["jardin partagé ouvre"]),
        ("jardin/NOUN fermé/ADJ ouvre=ouvrir/VERB", []),
        ("jardin/NOUN partagé/ADJ partagé/ADJ ouvre=ouvrir/VERB", []),
    ],
)
def test_an_optional_word_stands_once_or_not_at_all(text, expected):
    assert quotes(text, "jardin partagé? ouvrir") == expected


@pytest.mark.parametrize(
    ("motif", "between", "found"),
    [
        ("nul …2 oser", 0, True),
        ("nul …2 oser", 2, True),
        ("nul …2 oser", 3, False),
        ("nul … oser", 3, True),
        ("nul ... oser", 4, False),
        ("nul …15 oser", 15, True),
        ("nul …15 oser", 16, False),
        ("nul …1 …1 oser", 2, True),
        ("nul …1 …1 oser", 3, False),
        ("nul …1 maire? …1 oser", 2, True),
        ("nul …1 maire? …1 oser", 3, False),
        ("nul oser", 1, False),
    ],
)
def test_a_gap_holds_any_words_up_to_its_size(motif, between, found):
    text = f"nul/PRON {'ici/NOUN ' * between}ose=oser/VERB"
    assert bool(quotes(text, motif)) is found


@pytest.mark.parametrize(
    ("mark", "found"), [(",", True), ("(", True), (".", False), ("!", False), ("?", False), (";", False), (":", False)]
)
def test_a_gap_runs_over_commas_not_over_what_ends_a_clause(mark, found):
    assert bool(quotes(f"nul/PRON ici/NOUN {mark}/PUNCT ose=oser/VERB", "nul …5 oser")) is found


def test_a_gap_does_not_run_over_an_ellipsis():
    assert quotes("nul/PRON …/PUNCT ose=oser/VERB", "nul …5 oser") == []


def test_the_end_of_a_clause_may_itself_be_asked_for():
    assert quotes("on/PRON ose=oser/VERB !/PUNCT", "oser !") == ["ose !"]


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ("", True),
        ("le/DET", True),
        ("en/PRON", True),
        ("nous/PRON", True),
        ("a=avoir/AUX", True),
        ("est=être/VERB", True),
        ("vraiment/ADV", True),
        ("ne/ADV", True),
        ("vraiment/ADV le/DET", True),
        ("a=avoir/AUX vraiment/ADV le/DET", False),
        ("grand/ADJ", False),
        ("jardin/NOUN", False),
        ("qui/PRON", False),
        ("de/ADP", False),
        (",/PUNCT", False),
        # what negates is never passed over
        ("pas/ADV", False),
        ("plus/ADV", False),
        ("jamais/ADV", False),
        ("guère/ADV", False),
        ("point/ADV", False),
        ("aucun/DET", False),
        ("nulle/DET", False),
    ],
)
def test_two_small_words_at_most_may_stand_between_elements(between, found):
    assert bool(quotes(f"changer/VERB {between} regard/NOUN", "changer regard")) is found


def test_small_words_may_stand_before_what_follows_an_optional_word():
    assert quotes("changer/VERB le/DET vieux/ADJ regard/NOUN", "changer vieux? regard") == ["changer le vieux regard"]
    assert quotes("changer/VERB vraiment/ADV le/DET regard/NOUN", "changer vieux? regard") == [
        "changer vraiment le regard"
    ]


def test_the_shortest_way_from_each_starting_word_is_kept():
    assert quotes("oser/VERB agir/VERB ici/NOUN agir/VERB", "oser …5 agir") == ["oser agir"]
    assert quotes("oser/VERB oser/VERB agir/VERB", "oser … agir") == ["oser oser agir", "oser agir"]
    assert quotes("oser/VERB agir/VERB ici/NOUN", ["oser agir ici", "oser agir"]) == ["oser agir"]
    assert quotes("oser/VERB agir/VERB ici/NOUN", "oser agir|agir_ici") == ["oser agir"]


def test_one_of_several_writings_is_enough():
    motif = ["oser agir", "tenter @essai"]
    assert quotes("oser/VERB agir/VERB tenter/VERB faire/VERB", motif) == ["oser agir", "tenter faire"]


def test_the_rule_names_code_and_motif_in_the_order_of_the_text():
    motifs = Motifs(book_of({"id": "b", "motif": "agir"}, {"id": "a", "motif": "oser|agir"}))
    found = motifs.find(tagged("on/PRON ose=oser/VERB agir/VERB"))
    assert [(match.first, match.last, match.pattern.rule, match.pattern.code) for match in found] == [
        (1, 2, "x/motif:a", "x"),
        (2, 3, "x/motif:a", "x"),
        (2, 3, "x/motif:b", "x"),
    ]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"avec": "jardin"}, True),
        ({"avec": ["serre", "jardin"]}, True),
        ({"avec": "serre"}, False),
        ({"avec": "dans jardin"}, True),
        ({"avec": "dans …1 potager"}, False),
        ({"sauf": "jardin"}, False),
        ({"sauf": ["serre", "dans … jardin"]}, False),
        ({"sauf": "serre"}, True),
        ({"sauf": "jardin dans"}, True),
        ({"avec": "jardin", "sauf": "serre"}, True),
        ({"avec": "jardin", "sauf": "oser"}, False),
        ({"avec": "@rien"}, False),
        ({"contexte": "jardin"}, True),
        ({"contexte": "serre"}, False),
    ],
)
def test_conditions_look_at_the_words_of_the_segment(keys, found):
    assert bool(quotes("on/PRON ose=oser/VERB dans/ADP le/DET jardin/NOUN", "oser", **keys)) is found


def test_only_the_context_is_looked_for_in_the_neighbours():
    around = ["on/PRON ouvre=ouvrir/VERB", "la/DET serre/NOUN chaude/ADJ"]
    assert quotes("on/PRON ose=oser/VERB", "oser", around=around, contexte="serre chaude") == ["ose"]
    assert quotes("on/PRON ose=oser/VERB", "oser", around=around, contexte="ouvrir … chaude") == []
    assert quotes("on/PRON ose=oser/VERB", "oser", around=around, avec="serre") == []
    assert quotes("on/PRON ose=oser/VERB", "oser", around=around, sauf="serre") == ["ose"]
    assert quotes("on/PRON part=partir/VERB", "oser", around=["oser/VERB"]) == []


def test_what_must_act_is_found_only_where_it_does():
    does = "la/DET mairie/NOUN paie=payer/VERB le/DET loyer/NOUN"
    stands = "on/PRON attend=attendre/VERB devant/ADP la/DET mairie/NOUN"
    assert quotes(does, "mairie", si="agent") == ["mairie"]
    assert quotes(stands, "mairie", si="agent") == []
    assert quotes(stands, "mairie") == ["mairie"]


def test_a_long_text_takes_time_in_proportion():
    words = tagged("on/PRON ose=oser/VERB le/DET jardin/NOUN ,/PUNCT " * 10_000)
    motifs = Motifs(book_of({"motif": "oser …15 serre", "avec": "jardin", "sauf": "jardin …15 serre"}))
    started = time.monotonic()
    assert motifs.find(words) == []
    assert time.monotonic() - started < 5


def rules_in(book, sentences):
    """Return the rules that fire in each sentence, through the whole pipeline."""
    coder = RuleCoder(book)
    (units,) = units_of(corpus_from_sentences({"p": sentences}), "phrase")
    return [
        [match.pattern.rule.removeprefix("x/") for matches in found.values() for match in matches]
        for found in coder.matches_of(units)
    ]


DENIED = ["Ils ont ouvert un jardin.", "Ils n'ont pas ouvert de jardin.", "Aucun ne peut ouvrir un jardin."]


@pytest.mark.parametrize(
    ("negation", "code_negation", "expected"),
    [
        ("exclut", "exclut", [["motif:m"], [], []]),
        ("admet", "exclut", [["motif:m"], ["motif:m"], ["motif:m"]]),
        ("exclut", "admet", [["motif:m"], ["motif:m"], ["motif:m"]]),
    ],
)
def test_a_denied_motif_counts_only_where_motif_or_code_admit_it(negation, code_negation, expected):
    book = book_of({"motif": "ouvrir …1 jardin", "negation": negation}, negation=code_negation)
    assert rules_in(book, DENIED) == expected


def test_a_negation_that_the_motif_holds_does_not_deny_it():
    book = book_of({"motif": "on ne? pas attendre"})
    sentences = ["On n'a pas attendu.", "On a pas attendu.", "On a attendu.", "On n'a jamais attendu."]
    assert rules_in(book, sentences) == [["motif:m"], ["motif:m"], [], []]


def test_small_words_are_passed_over_in_plain_french():
    sentences = ["Ça nous a vraiment changé le regard.", "On change peu de chose au regard."]
    assert rules_in(book_of({"motif": "changer regard"}), sentences) == [["motif:m"], []]


def test_the_context_is_two_segments_on_either_side():
    far = ["La serre chauffe.", "Il pleut.", "Il neige.", "On ose.", "Il vente.", "Il gèle.", "La serre casse."]
    near = [far[1], far[0], far[2], far[3]]
    book = book_of({"motif": "oser", "contexte": "serre"})
    assert rules_in(book, far) == [[]] * 7
    assert rules_in(book, near) == [[], [], [], ["motif:m"]]
    assert rules_in(book, near[::-1]) == [["motif:m"], [], [], []]


def test_a_motif_and_an_indicator_inside_it_both_stay_but_one_rule_is_named_on_the_same_words():
    book = book_of({"motif": "ouvrir …1 jardin"}, lemmas=["jardin"])
    assert rules_in(book, ["On ouvre un jardin."]) == [["motif:m", "lemme:jardin"]]
    book = book_of({"motif": "jardin"}, lemmas=["jardin"])
    assert rules_in(book, ["On ouvre un jardin."]) == [["lemme:jardin"]]


def test_a_codebook_without_motifs_finds_none():
    assert Motifs(book_of()).find(tagged("oser/VERB")) == []
