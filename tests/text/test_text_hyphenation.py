"""Words, inclusive forms and addresses cut at the end of a line are whole again."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from innovsoc_analysis.text.cleaning import clean
from innovsoc_analysis.text.hyphenation import count_words, keeps_hyphen

PROJECTS = Path(__file__).parents[3] / "shared" / "data" / "betagouv_projects.jsonl"


def cleaned(text, **options):
    return clean(text, wrapped=True, **options).text


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("ini-\ntiative", "initiative"),
        ("l’inno-\nvation", "l’innovation"),
        ("inno\u00ad\nvation", "innovation"),
        ("inno\u2010\nvation", "innovation"),
        ("INNO-\nVATION", "INNOVATION"),
        ("puis-\nqu’elle", "puisqu’elle"),
        ("entrepre-\nneur·es", "entrepreneur·es"),
        ("Stras-\nbourg", "Strasbourg"),
        ("blablou-\nblou", "blabloublou"),
        ("peut-\nêtre", "peut-être"),
        ("socio-\néconomique", "socio-économique"),
        ("rendez-\nvous", "rendez-vous"),
        ("vis-à-\nvis", "vis-à-vis"),
        ("arc-en-\nciel", "arc-en-ciel"),
        ("lui-\nmême", "lui-même"),
        ("celui-\nci", "celui-ci"),
        ("Dit-\nelle", "Dit-elle"),
        ("va-\nt-il", "va-t-il"),
        ("usager-\ne", "usager-e"),
        ("multi-\neffets", "multi-effets"),
    ],
)
def test_the_hyphen_stays_if_it_is_of_the_word(cut, whole):
    assert cleaned(f"Une {cut} ici") == f"Une {whole} ici"


@pytest.mark.parametrize("cut", ["Saint-\nGilles", "un-\n\ndeux", "2020-\n2021", "mot -\nsuite"])
def test_what_is_no_cut_word_stays(cut):
    assert cleaned(cut) == cut


def test_the_document_decides_before_the_dictionary():
    assert cleaned("Une éco-\nlieue") == "Une écolieue"
    assert cleaned("Une éco-lieue, l’éco-\nlieue") == "Une éco-lieue, l’éco-lieue"
    assert cleaned("Un plate-\nforme") == "Un plate-forme"
    assert cleaned("Une plateforme, la plate-\nforme") == "Une plateforme, la plateforme"


def test_years_cut_in_an_unwrapped_paragraph_keep_their_hyphen():
    lines = [
        "Le rapport de la maison de quartier porte sur l’exercice 2020-",
        "2021, pour lequel les comptes ne sont pas encore clos, et",
        "sur le suivant.",
    ]
    assert cleaned("\n".join(lines)) == f"{lines[0]}{lines[1]} {lines[2]}"


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("citoyen·\nne·s", "citoyen·ne·s"),
        ("enseignant·e·\ns", "enseignant·e·s"),
        ("citoyen\n·ne·s", "citoyen·ne·s"),
        ("habitant.\ne.s", "habitant.e.s"),
        ("habitant.\nes", "habitant.es"),
        ("usager-\nère-s", "usager-ère-s"),
        ("veilleur/\nse", "veilleur/se"),
        ("étudiant\n(e)s", "étudiant(e)s"),
        ("étudiant(\ne)s", "étudiant(e)s"),
    ],
)
def test_inclusive_forms_keep_their_separators(cut, whole):
    assert cleaned(f"Chaque {cut} vient") == f"Chaque {whole} vient"
    start, end = (
        "La maison de quartier ouvre ses portes le mardi à",
        "du voisinage, qui y trouvent du café et de quoi lire",
    )
    assert cleaned(f"{start} tout {cut} venu\n{end}\n{end}") == f"{start} tout {whole} venu {end} {end}"


@pytest.mark.parametrize(
    "text",
    ["C’est la fin.\nles autres", "Elle habite ici.\ne viendra", "Un four\n(le nôtre)", "le quartier\n- le jardin"],
)
def test_a_sentence_that_starts_in_small_letters_is_no_inclusive_form(text):
    expected = text if "e viendra" not in text else text.replace(".\ne ", ".e ")
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("https://exemple.be/doc/\nplan_2020.pdf", "https://exemple.be/doc/plan_2020.pdf"),
        ("https://exemple.be\n/doc/plan", "https://exemple.be/doc/plan"),
        ("https://exemple.be/x?id=\n12", "https://exemple.be/x?id=12"),
        ("www.exemple.be/un-\ndeux-\ntrois", "www.exemple.be/un-deux-trois"),
        ("ana@uni-\nexemple.be", "ana@uni-exemple.be"),
        ("ana@\nexemple.be", "ana@exemple.be"),
        ("ana\n@exemple.be", "ana@exemple.be"),
    ],
)
def test_addresses_cut_by_a_line_end_are_whole_again(cut, whole):
    assert cleaned(f"Voir {cut} ici") == f"Voir {whole} ici"


@pytest.mark.parametrize(
    "text",
    [
        "Voir www.exemple.be/\net la suite",
        "Voir www.exemple.be\nou venir",
        "Écrire à ana@exemple.be.\nElle répond",
        "Voir www.exemple.be/\nhttps://autre.be",
    ],
)
def test_what_follows_an_address_stays_apart(text):
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "address", ["https://un-deux.be/note1-ini-tiative¹/é.e.s", "www.exemple.be/passage2", "a1@b2.be"]
)
def test_no_rule_touches_an_address(address):
    text = f"Voir {address} ici.\n\n1 Une note.\n\n2 Une autre."
    assert cleaned(text) == text


def test_a_long_address_in_an_unwrapped_paragraph_is_whole():
    lines = [
        "La maison de quartier publie son rapport sur www.exemple.be/",
        "rapports/annuel_2020.pdf chaque année au printemps, avec ses",
        "comptes.",
    ]
    assert cleaned("\n".join(lines)) == f"{lines[0]}{lines[1]} {lines[2]}"


@pytest.mark.parametrize("rule", ["hyphenation", "inclusive-units", "addresses"])
def test_a_rule_for_cuts_can_be_left_out(rule):
    cut = {"hyphenation": "ini-\ntiative", "inclusive-units": "habitant\n(e)s", "addresses": "www.un.be/\nb_c"}[rule]
    assert "\n" not in cleaned(cut)
    assert cleaned(cut, without={rule}) == cut


def test_real_words_cut_at_random_are_nearly_all_whole_again():
    if not PROJECTS.exists():
        pytest.skip("the sheets of real projects are not here")
    texts = [json.loads(line)["text"] or "" for line in PROJECTS.read_text("utf-8").split("\n")[:200]]
    chance = random.Random(4)  # noqa: S311
    right = total = kept = hyphens = 0
    for text in texts:
        words = count_words(text)
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
            # between a vowel and a consonant before a vowel, or at a hyphen
            cuts = [m.start() for m in re.finditer("(?<=[a-zéè][aeiouéè])(?=[bcdfglmnprstv][aeiouéè])", word)]
            cuts += [m.start() for m in re.finditer("-", word)]
            if not cuts:
                continue
            place = chance.choice(cuts)
            real = word[place] == "-"
            left, after = (word[:place], word[place + 1 :]) if real else (word[:place], word[place:])
            if not left or not after[0].islower():
                continue
            words[word.lower()] -= 1
            verdict = keeps_hyphen(left, after, words)
            words[word.lower()] += 1
            right += verdict == real
            total += 1
            kept += verdict and real
            hyphens += real
    assert total > 10_000
    assert right >= 0.995 * total
    assert kept >= 0.85 * hyphens
