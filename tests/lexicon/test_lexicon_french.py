"""The dictionary: readings of a form, capitals with and without accents, quick to load and safe to ask."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.lexicon.french import Entry, entries, entries_with_accents, knows

LOADING = """
import time
import unicodedata
from innovsoc_analysis.lexicon.french import entries
started = time.perf_counter()
assert entries("jardin")
print(time.perf_counter() - started)
"""


@pytest.mark.parametrize(
    ("form", "reading"),
    [
        ("jardin", Entry("NOUN", "jardin", "Masc", "Sing")),
        ("jardins", Entry("NOUN", "jardin", "Masc", "Plur")),
        ("travaux", Entry("NOUN", "travail", "Masc", "Plur")),
        ("réseaux", Entry("NOUN", "réseau", "Masc", "Plur")),
        ("sociaux", Entry("ADJ", "social", "Masc", "Plur")),
        ("collectives", Entry("ADJ", "collectif", "Fem", "Plur")),
        ("solidaire", Entry("ADJ", "solidaire", "", "Sing")),
        ("bénévole", Entry("NOUN", "bénévole", "", "Sing")),
        ("essaimer", Entry("VERB", "essaimer", "", "", "Inf")),
        ("soutiennent", Entry("VERB", "soutenir", "", "", "Fin")),
        ("soutînt", Entry("VERB", "soutenir", "", "", "Fin")),
        ("partagés", Entry("VERB", "partager", "Masc", "Plur", "Part")),
        ("créant", Entry("VERB", "créer", "", "", "Ger")),
        ("sont", Entry("AUX", "être", "", "", "Fin")),
        ("eût", Entry("AUX", "avoir", "", "", "Fin")),
        ("aujourd'hui", Entry("ADV", "aujourd'hui")),
        ("quelqu'un", Entry("PRON", "quelqu'un", "Masc", "Sing")),
        ("peut-être", Entry("ADV", "peut-être")),
        ("l'", Entry("DET", "le", "", "Sing")),
        ("Lyon", Entry("PROPN", "Lyon")),
    ],
)
def test_a_form_has_its_reading(form, reading):
    assert reading in entries(form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("autrice", "auteur"),
        ("actrices", "acteur"),
        ("usagères", "usager"),
        ("directrice", "directeur"),
        ("chercheuses", "chercheur"),
        ("citoyenne", "citoyen"),
        ("habitantes", "habitant"),
        ("salariées", "salarié"),
        ("voisine", "voisin"),
    ],
)
def test_a_feminine_that_names_people_is_a_form_of_the_masculine(form, lemma):
    assert {(entry.lemma, entry.gender) for entry in entries(form) if entry.upos == "NOUN"} == {(lemma, "Fem")}


@pytest.mark.parametrize(
    ("form", "noun", "adjective"),
    [
        ("directive", "directive", "directif"),
        ("coopératives", "coopérative", "coopératif"),
        ("communes", "commune", "commun"),
        ("initiatives", "initiative", None),
        ("alternative", "alternative", "alternatif"),
    ],
)
def test_a_feminine_that_names_a_thing_is_a_word_of_its_own(form, noun, adjective):
    assert {entry.lemma for entry in entries(form) if entry.upos == "NOUN"} == {noun}
    assert {entry.lemma for entry in entries(form) if entry.upos == "ADJ"} == ({adjective} if adjective else set())


@pytest.mark.parametrize(
    ("form", "like"),
    [
        ("Habitantes", "habitantes"),
        ("HABITANTES", "habitantes"),
        ("ÉTAT", "état"),
        ("ETAT", "état"),
        ("ETUDIANTES", "étudiantes"),
        ("SOCIETE", "société"),
        ("DEJA", "déjà"),
        ("COOPERATIVES", "coopératives"),
    ],
)
def test_capitals_with_or_without_accents_are_seen_through(form, like):
    assert entries(form) == entries(like) != ()


def test_capitals_that_are_a_word_without_accents_are_that_word():
    assert {entry.lemma for entry in entries("COTE") if entry.upos == "NOUN"} == {"cote"}


def test_only_capitals_may_lack_their_accents():
    assert not knows("etudiantes")
    assert not knows("deja")


@pytest.mark.parametrize("form", ["ESS", "SCIC"])
def test_acronyms_of_the_field_are_known(form):
    assert [(entry.upos, entry.lemma) for entry in entries(form)] == [("NOUN", form)]


@pytest.mark.parametrize(
    "form", ["acteurices", "coopérérer", "zblorf", "ZBLORF", "", " ", "l’", "12", "...", "\0", "a\0b", "A\0É", "😀"]
)
def test_what_is_no_word_has_no_reading(form):
    assert entries(form) == ()
    assert not knows(form)


def test_an_object_of_study_is_known():
    assert all(
        knows(form) for form in ("innovation", "mutualisation", "capacitation", "réseautage", "Coopérer", "ÉCOLE")
    )


@given(st.text(max_size=15))
@settings(deadline=None)
def test_any_text_can_be_asked_for(text):
    assert knows(text) == bool(entries(text))


def bare(text):
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


@pytest.mark.parametrize("word", ["réseautage", "bénévolat", "intérêt", "façonnée", "hôpital", "aînée", "œuvre"])
def test_a_word_in_capitals_without_accents_has_all_its_readings(word):
    assert set(entries(word)) <= set(entries(bare(word).upper()))


@pytest.mark.parametrize("letters", ["E", "EA", "ÉCUIOAY", "MANGEA"])
def test_a_long_run_of_capitals_takes_no_time(letters):
    started = time.perf_counter()
    assert entries(letters * 20_000) == ()
    assert time.perf_counter() - started < 2


def test_the_likeliest_reading_of_a_part_of_speech_comes_first():
    assert [entry.lemma for entry in entries("suis") if entry.upos == "VERB"] == ["être", "suivre"]


def test_the_dictionary_is_loaded_in_less_than_three_tenths_of_a_second():
    seconds = [
        float(subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True).stdout) for _ in range(3)
    ]
    assert min(seconds) < 0.3


@pytest.mark.parametrize(
    ("typed", "lemma"),
    [("tres", "très"), ("hopital", "hôpital"), ("metres", "mètre"), ("brievement", "brièvement"), ("Serie", "série")],
)
def test_accents_that_were_not_typed_are_put_back(typed, lemma):
    assert lemma in [entry.lemma for entry in entries_with_accents(typed)]


def test_a_word_that_no_accent_makes_french_has_no_reading():
    assert entries_with_accents("kommunz") == ()


@pytest.mark.parametrize(("typed", "lemma"), [("oeuvres", "œuvre"), ("Soeur", "sœur"), ("COEUR", "cœur")])
def test_two_letters_stand_for_a_ligature(typed, lemma):
    assert entries(typed)[0].lemma == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("connaitre", "connaître"), ("entrainements", "entraînement"), ("beaux-frères", "beau-frère"), ("cout", "coût")],
)
def test_spellings_of_one_word_share_a_lemma(form, lemma):
    assert entries(form)[0].lemma == lemma
