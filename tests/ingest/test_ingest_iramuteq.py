"""Files in the format of Alceste and IRaMuTeQ: one file, many documents."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.ingest.iramuteq import iramuteq_documents, is_iramuteq
from innovsoc_analysis.ingest.plain import read_text
from innovsoc_analysis.ingest.reading import read_sources
from innovsoc_analysis.model.errors import RefusedFileError

TWO = "**** *genre_entretien *annee_2021\nUn jardin.\n\nUn puits.\n**** *genre_projet *annee_2022\nUn four.\n"


def documents(text):
    return [(one.key, one.text, dict(one.meta)) for one in iramuteq_documents(text)]


def warnings(text):
    first, *others = iramuteq_documents(text)
    assert all(one.warnings == () for one in others)
    return list(first.warnings)


def test_each_line_of_stars_starts_a_document_with_its_variables():
    assert documents(TWO) == [
        ("1", "Un jardin.\n\nUn puits.", {"genre": "entretien", "annee": "2021"}),
        ("2", "Un four.", {"genre": "projet", "annee": "2022"}),
    ]
    assert warnings(TWO) == []


def test_a_known_genre_is_the_genre_of_the_document(tree):
    intake = read_sources([tree({"corpus.txt": TWO})])
    assert [(one.genre, one.raw.title, dict(one.raw.meta)) for one in intake.documents] == [
        ("talk", "texte 1", {"annee": "2021"}),
        ("project", "texte 2", {"annee": "2022"}),
    ]
    assert [(one.outcome, one.reader, one.n_documents) for one in intake.outcomes] == [("accepté", "txt", 2)]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("**** *a_1\nmot", True),
        ("\n \n****\t*a_1\nmot", True),
        ("\ufeff**** *a_1\r\nmot", True),
        ("**** *a_1\rmot", True),
        ("Avant-propos\n**** *a_1\nmot\n**** *a_2\nmot", True),
        # a text that shows one such line is still a text
        ("On écrit par exemple :\n**** *a_1\net puis le texte.", False),
        ("****\nUne rubrique\n****", False),
        (" **** *a_1\nmot", False),
        ("*** *a_1\nmot", False),
        ("**** gras ****", False),
        ("", False),
    ],
)
def test_the_format_is_known_by_its_first_line(text, holds):
    assert is_iramuteq(text) is holds
    if text.strip():
        assert len(read_text(text.encode())) >= 1


@pytest.mark.parametrize(
    ("line", "meta"),
    [
        ("**** *ville_La_Louviere", {"ville": "La_Louviere"}),
        ("**** *pilote", {"pilote": "oui"}),
        ("**** *age_", {}),
        ("**** *theme_eau *theme_bois", {"theme": "eau ; bois"}),
        ("**** *theme_eau *theme_eau", {"theme": "eau"}),
        ("**** *a_1*b_2", {"a": "1", "b": "2"}),
        ("*****a_1", {"a": "1"}),
        ("**** * _x *", {}),
        ("****", {}),
    ],
)
def test_variables_end_their_name_at_the_first_underscore(line, meta):
    assert documents(f"**** *x_1\nun\n{line}\ndeux")[1][2] == meta


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Corpus 2021\n\n**** *a_1\nun\n**** *a_2\ndeux", "1 ligne(s) avant le premier « **** » : laissée(s) de côté"),
        ("**** *a_1\n\n**** *a_2\ndeux\n**** *a_3", "2 texte(s) vide(s), laissé(s) de côté : 1, 3"),
        ("**** *age_ *a_1\nun", "variable(s) sans valeur, prise(s) pour non renseignée(s) : *age"),
        ("**** *a_1 *a_2\nun", "variable(s) répétée(s) dans une même ligne, valeurs réunies : *a"),
        ("**** *genre_récit oral\nun", "mot(s) sans étoile dans une ligne « **** », laissé(s) de côté : oral"),
        ("**** *a_1\n-*logement social\nun", "1 ligne(s) « -* » dont seul le premier mot est lu, comme dans IRaMuTeQ"),
    ],
)
def test_what_is_left_out_is_said(text, said):
    assert warnings(text) == [said]


def test_the_first_five_empty_texts_are_listed():
    text = "".join(f"**** *a_{n}\n" for n in range(1, 9)) + "mot"
    assert warnings(text) == ["7 texte(s) vide(s), laissé(s) de côté : 1, 2, 3, 4, 5…"]
    assert documents(text) == [("8", "mot", {"a": "8"})]


def test_themes_are_no_text_and_their_names_are_kept():
    text = "**** *a_1\n-*logement\nUn toit.\n-*travail\nUn métier.\n-*logement\nUn bail.\n -*pas un thème"
    assert documents(text) == [
        ("1", "Un toit.\nUn métier.\nUn bail.\n -*pas un thème", {"a": "1", "thematiques": "logement ; travail"})
    ]


def test_marks_inside_a_line_are_text():
    assert documents("**** *a_1\nUn **** *b_2 au milieu.\n *** fin\n**********")[0][1] == (
        "Un **** *b_2 au milieu.\n *** fin\n**********"
    )


def test_files_put_end_to_end_keep_their_documents():
    assert [key for key, _, _ in documents("\ufeff**** *a_1\nun\n\ufeff**** *a_2\ndeux")] == ["1", "2"]


def test_an_old_encoding_is_guessed_and_said():
    first, second = read_text("**** *a_1\nUn été à Liège.\n**** *a_2\nDéjà.".encode("cp1252"))
    assert (first.text, second.text) == ("Un été à Liège.", "Déjà.")
    assert first.warnings == ("encodage deviné (Windows-1252) : vérifiez les accents",)


def test_a_file_without_any_text_is_refused():
    with pytest.raises(RefusedFileError, match="aucun des textes"):
        read_text(b"**** *a_1\n\n**** *a_2\n-*theme\n")


def test_thousands_of_documents_and_a_megabyte_of_stars_take_little_time():
    start = time.perf_counter()
    many = iramuteq_documents("".join(f"**** *n_{n} *genre_entretien\nUn jardin.\n" for n in range(20_000)))
    assert (len(many), many[-1].meta["n"]) == (20_000, "19999")
    for hostile in ("*" * 1_000_000, "**** " + "*" * 1_000_000, ("*" * 400 + "\n") * 2_500, "****" + "\t" * 1_000_000):
        assert not is_iramuteq(hostile)
        iramuteq_documents("**** *a_1\nmot\n" + hostile)
    assert time.perf_counter() - start < 10


@given(st.text(alphabet="*-_ab é\n\r\ufeff1", max_size=60))
def test_any_stars_give_documents_with_text(text):
    # « fin » is text whatever stands around it
    found = read_text(f"**** *a_1\n{text}\n**** *b_1\nfin".encode())
    assert all(one.text.strip() for one in found)
    assert found[-1].text == "fin"
    assert len({one.key for one in found}) == len(found)
