"""Footnote marks and bullets: the sign goes, what it resembles stays."""

from __future__ import annotations

import pytest

from innovsoc_analysis.text.cleaning import clean

NOTE = "\n\n2 Voir le rapport de la commune."


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("les défis sociétaux. »1. Puis", "les défis sociétaux. ». Puis"),
        ("dit « utile »12, et", "dit « utile », et"),
        ("“utile”3 dit-elle", "“utile” dit-elle"),
        ("un lieu¹ et deux¹,² autres", "un lieu et deux autres"),
        ("l’UNIPSO² (voir plus loin)³ ; « oui »¹", "l’UNIPSO (voir plus loin) ; « oui »"),
        (f"une association2 locale{NOTE}", f"une association locale{NOTE}"),
        (f"l’association2, en ville{NOTE}", f"l’association, en ville{NOTE}"),
        (f"une association.2 Elle dure{NOTE}", f"une association. Elle dure{NOTE}"),
        (f"une association (locale)2 dure{NOTE}", f"une association (locale) dure{NOTE}"),
        ("une association2 locale\n\n[2] Dupont, 2010.", "une association locale\n\n[2] Dupont, 2010."),
    ],
)
def test_footnote_marks_go(source, cleaned):
    assert clean(source).text == cleaned
    assert clean(source, without={"footnote-marks"}).text == source


@pytest.mark.parametrize(
    "text",
    [
        "CO2, H2O, 46 m2, article 2, COVID-2, 2.0, G2, 2e, n°2, Q2, 2h30, km2",
        "article2, phase2, articles2, niveaux2",
        "Passage2, UNIPSO2, l’appli xyzab2, web.2, ville_2, #ville2",
        "46 m², 3 km², 10³, x², CO², R², ST(SI)²",
        "+32 (0)2 512 34 56",
        "quelque2,5 mots2.0 villes2-3 lieux2/3 places2 500",
        "association2.2 association²,2",
        "« oui »2,5 « non »2e",
    ],
)
def test_numbers_that_are_of_the_text_stay(text):
    assert clean(text + NOTE).text == text + NOTE


def test_a_number_glued_to_a_word_stays_without_its_note():
    assert clean("une association2 locale").text == "une association2 locale"
    assert clean("2 Une note avant\n\nune association2").text == "2 Une note avant\n\nune association2"


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("• un jardin\n• un four", "- un jardin\n- un four"),
        ("▪\tun jardin", "- un jardin"),
        ("◦ un jardin", "- un jardin"),
        ("\uf0b7un jardin\n\uf0a7 un four", "- un jardin\n- un four"),
        ("•\nun jardin\n•\n un four", "- un jardin\n- un four"),
        ("o un jardin\no un four", "- un jardin\n- un four"),
    ],
)
def test_a_bullet_becomes_a_dash(source, cleaned):
    assert clean(source).text == cleaned
    assert clean(source, without={"bullets"}).text[0] == source[0]


@pytest.mark.parametrize(
    "text",
    [
        "o un jardin",
        "on y va\nosons",
        "– Oui, dit-elle.\n– Non.",
        "- un\n- deux",
        "* un\n* deux",
        "Accueil • Lieu",
        "•",
    ],
)
def test_what_reads_well_or_is_no_bullet_stays(text):
    assert clean(text).text == text


@pytest.mark.parametrize("bullet", ["•", "▪", "\uf0b7", "o"])
def test_items_of_a_wrapped_text_stay_apart_and_their_lines_are_joined(bullet):
    items = [
        ["un atelier de réparation de vélos ouvert chaque samedi à", "toutes et à tous"],
        ["une permanence juridique tenue le mardi par deux avocates", "du quartier"],
    ]
    source = "\n".join(f"{bullet} " + "\n  ".join(item) for item in items)
    assert clean(source, wrapped=True).text == "\n".join(f"- {' '.join(item)}" for item in items)
