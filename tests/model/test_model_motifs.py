"""The syntax of motifs: what each construct is read as, and what is refused with which sentence."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.motifs import (
    DEFAULT_GAP,
    PARTS_OF_SPEECH,
    Choice,
    Element,
    MotifSyntaxError,
    lists_in,
    parse_motif,
)


@pytest.mark.parametrize(
    ("written", "choices"),
    [
        ("tenter", (Choice(("tenter",)),)),
        ("État", (Choice(("État",)),)),
        ("marche/NOUN", (Choice(("marche",), "NOUN"),)),
        ("/VERB", (Choice((), "VERB"),)),
        ("oser|tenter", (Choice(("oser",)), Choice(("tenter",)))),
        ("oser|tenter/VERB", (Choice(("oser",)), Choice(("tenter",), "VERB"))),
        ("pouvoirs_publics", (Choice(("pouvoirs", "publics")),)),
        ("mise_en_place/NOUN", (Choice(("mise", "en", "place"), "NOUN"),)),
        ("@acteur", (Choice(list_name="acteur"),)),
        ("@acteur|maire", (Choice(list_name="acteur"), Choice(("maire",)))),
        ("d’abord", (Choice(("d'abord",)),)),
        ("et/ou/CCONJ", (Choice(("et/ou",), "CCONJ"),)),
    ],
)
def test_an_element_is_read_as_its_choices(written, choices):
    assert parse_motif(written) == (Element(choices),)


@pytest.mark.parametrize(
    ("written", "gap"),
    [("…", DEFAULT_GAP), ("...", DEFAULT_GAP), ("…1", 1), ("...7", 7), ("…15", 15)],
)
def test_a_gap_says_how_many_words_may_stand_there(written, gap):
    assert parse_motif(f"on {written} ose") == (
        Element((Choice(("on",)),)),
        Element(gap=gap),
        Element((Choice(("ose",)),)),
    )


@pytest.mark.parametrize(
    ("written", "choices"),
    [
        ("déjà?", (Choice(("déjà",)),)),
        ("ne|n'?", (Choice(("ne",)), Choice(("n'",)))),
        ("@petit?", (Choice(list_name="petit"),)),
        ("seul/ADJ?", (Choice(("seul",), "ADJ"),)),
    ],
)
def test_a_question_mark_makes_the_whole_element_optional(written, choices):
    _, middle, _ = parse_motif(f"on {written} ose")
    assert middle == Element(choices, optional=True)


def test_any_blank_separates_elements():
    assert parse_motif("  on\tose\n agir ") == parse_motif("on ose agir")


@pytest.mark.parametrize("upos", PARTS_OF_SPEECH)
def test_every_part_of_speech_can_be_asked_for(upos):
    assert parse_motif(f"mot/{upos}") == (Element((Choice(("mot",), upos),)),)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "le motif est vide"),
        ("   ", "le motif est vide"),
        ("… oser", "« … oser » commence par ce qui peut manquer"),
        ("oser …2", "« oser …2 » finit par ce qui peut manquer"),
        ("déjà? oser", "« déjà? oser » commence par"),
        ("oser déjà?", "« oser déjà? » finit par"),
        ("a …0 b", "« …0 » : un intervalle compte de 1 à 15 mots"),
        ("a …16 b", "« …16 » : un intervalle compte de 1 à 15 mots"),
        ("a ...99 b", "« ...99 » : un intervalle compte de 1 à 15 mots"),
        ("faire/VREB", "« faire/VREB » : la nature « VREB » n'existe pas ; choisissez parmi NOUN, VERB"),
        ("faire/verb", "la nature « verb » n'existe pas"),
        ("faire/", "la nature «  » n'existe pas"),
        ("a b?|c d", "« b? » : le « ? » rend facultatif tout l'élément et s'écrit une fois, à sa fin"),
        ("a b?? c", "« b? » : le « ? »"),
        ("a||b", "un choix est vide : vérifiez les « | » du motif"),
        ("|a", "un choix est vide"),
        ("a|", "un choix est vide"),
        ("a ? b", "un choix est vide"),
        ("a|_", "un choix est vide"),
        ("__", "un choix est vide"),
        ("a|@", "« @ » n'est suivi d'aucun nom de liste"),
        ("@", "« @ » n'est suivi d'aucun nom de liste"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(written, sentence):
    with pytest.raises(MotifSyntaxError) as caught:
        parse_motif(written)
    assert sentence in str(caught.value)
    assert not str(caught.value).endswith(".")


def test_the_lists_of_a_motif_are_named_once_each():
    assert lists_in(parse_motif("@qui|@quoi …2 @qui? oser")) == {"qui", "quoi"}
    assert lists_in(parse_motif("oser")) == set()
