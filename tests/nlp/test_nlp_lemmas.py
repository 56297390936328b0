"""Lemmas from form, part of speech and features: the vocabulary of social innovation, and what no dictionary holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.nlp.lemmas import lemma_of

FEM_SING, FEM_PLUR = "Gender=Fem|Number=Sing", "Gender=Fem|Number=Plur"
MASC_SING, MASC_PLUR = "Gender=Masc|Number=Sing", "Gender=Masc|Number=Plur"
FINITE = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
PAST = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"
PRESENT = "Tense=Pres|VerbForm=Part"
UPOS = (
    "NOUN",
    "PROPN",
    "ADJ",
    "VERB",
    "AUX",
    "ADV",
    "PRON",
    "DET",
    "ADP",
    "CCONJ",
    "SCONJ",
    "NUM",
    "INTJ",
    "PUNCT",
    "SYM",
    "X",
    "SPACE",
)


def pairs(listed):
    """Return the forms and lemmas of a list like ``lieux:lieu élue:élu``."""
    return [tuple(pair.split(":")) for pair in listed.split()]


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    autrice:auteur chercheuse:chercheur animatrice:animateur entrepreneuse:entrepreneur ouvrière:ouvrier
    conseillère:conseiller présidente:président coordinatrice:coordinateur coordonnatrice:coordonnateur
    patiente:patient médiatrice:médiateur
"""),
)
def test_a_feminine_that_names_people_has_the_masculine_as_lemma(form, lemma):
    assert lemma_of(form, "NOUN", FEM_SING) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    usagères:usager directrices:directeur habitantes:habitant citoyennes:citoyen étudiantes:étudiant
    salariées:salarié porteuses:porteur infirmières:infirmier élues:élu adhérentes:adhérent
    agricultrices:agriculteur formatrices:formateur travailleuses:travailleur voisines:voisin actrices:acteur
    fondatrices:fondateur administratrices:administrateur bénévoles:bénévole locataires:locataire
    bénéficiaires:bénéficiaire
"""),
)
def test_so_has_the_plural_of_a_feminine(form, lemma):
    assert lemma_of(form, "NOUN", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    directives:directive coopératives:coopérative communes:commune initiatives:initiative alternatives:alternative
    politiques:politique recherches:recherche entrées:entrée données:donnée idées:idée démarches:démarche
    mises:mise prises:prise
"""),
)
def test_a_feminine_that_names_a_thing_is_its_own_lemma(form, lemma):
    assert lemma_of(form, "NOUN", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    travaux:travail locaux:local canaux:canal hôpitaux:hôpital journaux:journal réseaux:réseau niveaux:niveau
    lieux:lieu enjeux:enjeu milieux:milieu yeux:œil besoins:besoin habitats:habitat tiers-lieux:tiers-lieu
"""),
)
def test_the_plural_of_a_noun_gives_its_singular(form, lemma):
    assert lemma_of(form, "NOUN", MASC_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    fonds:fonds temps:temps pays:pays prix:prix processus:processus choix:choix
"""),
)
def test_a_noun_in_s_or_x_stays_as_it_is(form, lemma):
    assert lemma_of(form, "NOUN", MASC_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    sociales:social nouvelles:nouveau belles:beau vieilles:vieux innovantes:innovant collectives:collectif
    participatives:participatif coopératives:coopératif communes:commun publiques:public citoyennes:citoyen
    longues:long heureuses:heureux meilleures:meilleur solidaires:solidaire numériques:numérique
    inclusives:inclusif socio-économiques:socio-économique toutes:tout
"""),
)
def test_an_adjective_in_the_feminine_plural_gives_the_masculine_singular(form, lemma):
    assert lemma_of(form, "ADJ", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    sociaux:social locaux:local territoriaux:territorial nouveaux:nouveau vieux:vieux tous:tout précaires:précaire
"""),
)
def test_an_adjective_in_the_masculine_plural_gives_the_singular(form, lemma):
    assert lemma_of(form, "ADJ", MASC_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    partagées:partagé engagées:engagé isolées:isolé ouvertes:ouvert
"""),
)
def test_a_participle_used_as_an_adjective_keeps_its_ending(form, lemma):
    assert lemma_of(form, "ADJ", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    partagées:partager engagées:engager isolées:isoler ouvertes:ouvrir mises:mettre prises:prendre nées:naître
    soutenues:soutenir
"""),
)
def test_a_participle_of_a_verb_gives_the_infinitive(form, lemma):
    assert lemma_of(form, "VERB", FEM_PLUR + "|Tense=Past|VerbForm=Part") == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    vécu:vivre pris:prendre dû:devoir su:savoir crû:croître fallu:falloir suivi:suivre acquis:acquérir
    conçu:concevoir répondu:répondre construit:construire
"""),
)
def test_an_irregular_participle_gives_its_verb(form, lemma):
    assert lemma_of(form, "VERB", PAST) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    créant:créer sachant:savoir répondant:répondre partageant:partager finançant:financer
"""),
)
def test_a_present_participle_gives_its_verb(form, lemma):
    assert lemma_of(form, "VERB", PRESENT) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    répondent:répondre soutiennent:soutenir soutînt:soutenir construisent:construire vont:aller ira:aller
    peuvent:pouvoir pourrait:pouvoir faut:falloir voient:voir verront:voir vivent:vivre prennent:prendre
    acquiert:acquérir naissent:naître reçoit:recevoir doivent:devoir dit:dire créent:créer croissent:croître
    émeuvent:émouvoir essaiment:essaimer mutualisent:mutualiser accompagne:accompagner appellent:appeler
    jettent:jeter partageons:partager finançait:financer finissaient:finir agissent:agir suit:suivre
"""),
)
def test_a_finite_form_gives_its_infinitive(form, lemma):
    assert lemma_of(form, "VERB", FINITE) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    sont:être étaient:être suis:être fût:être ont:avoir eût:avoir a:avoir aura:avoir serait:être
"""),
)
def test_the_auxiliaries_are_etre_and_avoir(form, lemma):
    assert lemma_of(form, "AUX", FINITE) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    co-construisent:co-construire coconstruisent:coconstruire réseautait:réseauter encapacitent:encapaciter
"""),
)
def test_a_new_verb_is_read_as_its_base_or_by_its_ending(form, lemma):
    assert lemma_of(form, "VERB", FINITE) == lemma


def test_an_infinitive_is_its_own_lemma():
    for verb in ("co-construire", "réseauter", "encapaciter", "mutualiser", "agir", "pouvoir"):
        assert lemma_of(verb, "VERB", "VerbForm=Inf") == verb


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    mutualisations:mutualisation capacitations:capacitation réseautages:réseautage éco-lieux:éco-lieu
    empouvoirements:empouvoirement blorfes:blorfe
"""),
)
def test_a_new_noun_loses_its_plural(form, lemma):
    assert lemma_of(form, "NOUN", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    blorfantes:blorfant zorglubeuses:zorglubeux glimpatives:glimpatif
"""),
)
def test_a_new_adjective_is_read_by_its_ending(form, lemma):
    assert lemma_of(form, "ADJ", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    ESS:ESS SCIC:SCIC PME:PME ONG:ONG CO2:CO2 XZBQ:XZBQ
"""),
)
def test_an_acronym_or_a_code_stays_as_written(form, lemma):
    assert lemma_of(form, "NOUN", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    ETUDIANTES:étudiant ÉTUDIANTES:étudiant COOPERATIVES:coopérative Habitantes:habitant SOCIETES:société
"""),
)
def test_capitals_are_seen_through(form, lemma):
    assert lemma_of(form, "NOUN", FEM_PLUR) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    il:lui elle:lui je:moi j':moi me:moi tu:toi se:soi s':soi les:eux leur:eux nous:nous vous:vous
"""),
)
def test_a_personal_pronoun_has_its_strong_form(form, lemma):
    assert lemma_of(form, "PRON", "Person=3|PronType=Prs") == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    -il:lui -t-il:lui -t-elle:lui -elle:lui -t-on:on -on:on -je:moi -moi:moi -toi:toi -m':moi -t':toi -l':lui
    -les:eux -leur:eux -nous:nous -vous:vous -en:en -y:y -ce:ce
"""),
)
def test_a_clitic_after_its_verb_has_the_lemma_of_the_pronoun(form, lemma):
    assert lemma_of(form, "PRON", "PronType=Prs") == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    les:le l':le la:le une:un cette:ce ces:ce toutes:tout ses:son leur:son notre:son aucune:aucun quelques:quelque
"""),
)
def test_a_determiner_gives_the_masculine_singular(form, lemma):
    assert lemma_of(form, "DET", "") == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    pairs("""
    du:de des:de au:à aux:à d':de jusqu':jusque
"""),
)
def test_a_contraction_has_the_lemma_of_its_preposition(form, lemma):
    assert lemma_of(form, "ADP", "") == lemma


@pytest.mark.parametrize(
    ("form", "upos", "lemma"),
    [
        ("qu'", "SCONJ", "que"),
        ("lorsqu'", "SCONJ", "lorsque"),
        ("puisqu'", "SCONJ", "puisque"),
        ("qu'", "PRON", "que"),
        ("celles", "PRON", "celui"),
        ("ceux", "PRON", "celui"),
        ("lesquelles", "PRON", "lequel"),
        ("quelqu'un", "PRON", "quelqu'un"),
        ("n'", "ADV", "ne"),
        ("-là", "ADV", "là"),
        ("Ensemble", "ADV", "ensemble"),
        ("Deux", "NUM", "deux"),
        ("2024", "NUM", "2024"),
    ],
)
def test_grammatical_words_have_the_form_of_the_dictionary(form, upos, lemma):
    assert lemma_of(form, upos) == lemma


@pytest.mark.parametrize("upos", ["PROPN", "PUNCT", "SYM", "X", "SPACE"])
def test_names_and_signs_stay_as_written(upos):
    assert [lemma_of(form, upos) for form in ("Habitantes", "Les Halles", "»", "%")] == [
        "Habitantes",
        "Les Halles",
        "»",
        "%",
    ]


def test_part_of_speech_and_features_choose_between_readings():
    assert lemma_of("coopérative", "NOUN", FEM_SING) == "coopérative"
    assert lemma_of("coopérative", "ADJ", FEM_SING) == "coopératif"
    assert lemma_of("partagés", "VERB", MASC_PLUR + "|Tense=Past|VerbForm=Part") == "partager"
    assert lemma_of("partagés", "ADJ", MASC_PLUR) == "partagé"
    assert lemma_of("suis", "AUX") == "être"
    assert lemma_of("suis", "VERB") == "suivre"
    assert lemma_of("leur", "DET") == "son"
    assert lemma_of("leur", "PRON") == "eux"


@given(st.text(min_size=1, max_size=12), st.sampled_from(UPOS), st.sampled_from(["", FEM_PLUR, PAST, FINITE]))
@settings(deadline=None, max_examples=500)
def test_any_form_has_a_lemma(form, upos, feats):
    assert lemma_of(form, upos, feats) != ""


@pytest.mark.parametrize("form", ["-", "--", "---", "-t-", "'", "\0", "a\0"])
@pytest.mark.parametrize("upos", UPOS)
def test_so_has_a_sign_whatever_its_part_of_speech(form, upos):
    assert lemma_of(form, upos) != ""


@pytest.mark.parametrize(
    ("lemma", "upos"),
    [("habitant", "NOUN"), ("réseau", "NOUN"), ("ESS", "NOUN"), ("social", "ADJ"), ("agir", "VERB"), ("celui", "PRON")],
)
def test_a_lemma_is_its_own_lemma(lemma, upos):
    assert lemma_of(lemma, upos) == lemma
