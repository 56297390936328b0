"""What is proposed, of what kind, under how many rows, and with which decision."""

from __future__ import annotations

import pytest

from innovsoc_analysis.pseudonyms.patterns import find_patterns
from innovsoc_analysis.pseudonyms.proposing import propose
from innovsoc_analysis.pseudonyms.records import Text


def rows(*said: str, **options):
    texts = [Text(f"d{number}", f"t{number}.txt", text) for number, text in enumerate(said)]
    return propose(texts, recogniser=False, **options)


def forms(*said: str) -> dict[str, tuple[str, ...]]:
    return {form: row.forms for row in rows(*said) for form in row.forms}


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Écrivez à n.le-goff+asbl@maison.exemple.be, merci.", "courriel", "n.le-goff+asbl@maison.exemple.be"),
        ("C'est karim arobase maison point be.", "courriel", "karim arobase maison point be"),
        ("Le site www.maison-exemple.be/qui.", "site", "www.maison-exemple.be/qui"),
        ("Sur Insta c'est @la.maison_neuve, hein.", "compte", "@la.maison_neuve"),
        ("Au +32 (0)475 12 34 56.", "téléphone", "+32 (0)475 12 34 56"),
        ("Au 0475/12.34.56 le soir", "téléphone", "0475/12.34.56"),
        ("Au 06 12 34 56 78 le soir", "téléphone", "06 12 34 56 78"),
        ("Au 079 123 45 67 le soir", "téléphone", "079 123 45 67"),
        ("Au (514) 555-0142, à Montréal", "téléphone", "(514) 555-0142"),
        ("J'habite 12 bis, rue des Quatre Vents, 4000 Liège.", "adresse", "12 bis, rue des Quatre Vents, 4000 Liège"),
        ("C'est rue Haute 45.", "adresse", "rue Haute 45"),
        ("Elle est née le 3 mai 1961.", "date de naissance", "3 mai 1961"),
        # 539007547034 is the example account of the Belgian standard; its key is 68
        ("Sur le BE68 5390 0754 7034.", "numéro", "BE68 5390 0754 7034"),
        # 85.07.30-033: 97 - 850730033 mod 97 = 28
        ("Mon registre : 85.07.30-033.28.", "numéro", "85.07.30-033.28"),
        # 756.9217.0769.85 is the example of the Swiss rules
        ("AVS 756.9217.0769.85", "numéro", "756.9217.0769.85"),
    ],
)
def test_a_pattern_finds_its_kind_from_the_first_to_the_last_sign(text, kind, found):
    assert [(text[one.start : one.end], one.kind) for one in find_patterns(text)] == [(found, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "En 2019, 1 250 personnes, soit 12,5 % ; 3 000 000 d'euros.",
        "Le BE68 5390 0754 7035 a une clef fausse.",
        "Le dossier 85.07.30-033.29 a une clef fausse.",
        "La réunion du 3 mai 2021 dans la rue des gens.",
        "Il est 10 h 30, salle 0412.",
    ],
)
def test_numbers_dates_and_streets_of_no_one_are_left(text):
    assert find_patterns(text) == []


def test_names_are_told_by_title_kin_first_name_and_place():
    found = {row.forms[0]: row.kind for row in rows(
        "On a vu madame Xhonneux. Mon collègue Wekesa habite à Jupille. L'asbl Vent Debout aide Fatoumata."
    )}  # fmt: skip
    assert found == {
        "Xhonneux": "personne",
        "Wekesa": "personne",
        "Jupille": "lieu",
        "Vent Debout": "organisation",
        "Fatoumata": "personne",
    }


def test_openings_interjections_and_institutions_are_no_names():
    assert rows("Ben oui. Celleux du quartier. Alors la Ville a dit non. Madame la Ministre. Aujourd'hui, Noël.") == []


def test_names_without_capitals_are_found_where_the_dictionary_or_a_title_tells():
    assert set(forms("et là karim benali il dit rien, madame kaur non plus")) == {"karim benali", "kaur"}


def test_full_name_first_name_and_surname_are_one_row():
    (row,) = rows("Aïssata Diallo est là. Mme Diallo parle. Merci Aissata.")
    assert row.forms == ("Aïssata Diallo", "Aissata", "Diallo")
    assert (row.entity_id, row.marker, row.decision, row.n_occurrences) == ("P001", "[Personne 1]", "remplacer", 3)


def test_a_surname_of_two_persons_is_a_row_of_its_own_and_flagged():
    found = {row.forms[0]: row for row in rows("Aïssata Diallo et Moussa Diallo. M. Diallo a signé.")}
    assert set(found) == {"Aïssata Diallo", "Moussa Diallo", "Diallo"}
    assert found["Diallo"].remark == "ambigu : peut être P001 ou P002"


def test_a_first_name_in_another_text_is_not_taken_for_the_same_person():
    found = {row.forms[0]: row for row in rows("Voici Ghislaine Thibodeau.", "Ghislaine a rempli le dossier.")}
    assert found["Ghislaine"].remark == "ambigu : peut être P001"
    assert found["Ghislaine"].documents == ("t1.txt",)


def test_speakers_are_persons_and_roles_are_not():
    said = "Enquêtrice : Où ?\nLou : Ici, moi.\nEnquêtrice : Et après ?\nLou : Après, non."
    assert [(row.kind, row.forms, row.n_occurrences) for row in rows(said)] == [("personne", ("Lou",), 2)]


def test_countries_and_public_names_are_kept_and_weak_signs_are_to_be_decided():
    found = {
        row.forms[0]: row.decision
        for row in rows("On lit Moulaert en Belgique. La Croix-Rouge aide. Le Zbrouk est là.")
    }
    assert found == {"Moulaert": "garder", "Belgique": "garder", "Croix-Rouge": "garder", "Zbrouk": "à décider"}


def test_the_metadata_the_title_and_the_file_name_are_read_too():
    text = Text("d", "entretiens/lucie_2.txt", "Elle rit. lucie rit.", "Chez Mme Xhonneux", meta={"Nom": "Ana Silva"})
    assert {row.forms[0] for row in propose([text], recogniser=False)} == {"Lucie", "Xhonneux", "Ana Silva"}


def test_the_recogniser_settles_what_the_rules_cannot():
    text = Text("d", "a.txt", "Un gars de Grenoble ouvrait la salle.")
    assert [(row.kind, row.decision) for row in propose([text])] == [("lieu", "remplacer")]
    assert [(row.kind, row.decision) for row in propose([text], recogniser=False)] == [("nom", "à décider")]
