"""Who speaks where, and when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.text.speakers import FIELD, NAME, OTHER, PERSON, kind_of_label
from innovsoc_analysis.text.timecodes import TimeCode, find_time_codes
from innovsoc_analysis.text.transcripts import UNNAMED, Paragraph, Turn, find_label, find_paragraphs, find_turns

PROJECTS = Path(__file__).parents[3] / "shared" / "data" / "betagouv_projects.jsonl"
INTERVIEW = "Élodie : Et après ?\nLuc : On a ouvert.\nPuis on a fermé.\nÉlodie : Où ça ?"
SHEET = "Titre : La friche\nPublic : jeunes du quartier\nLieu : Mons\nBudget : 12 000 euros\nContact : Marie"
LONG_SHEET = f"{SHEET}\nDurée : deux ans.\nPartenaires : la ville.\nRésumé : Nous ouvrons un jardin !"
DREAMS = "Notre rêve : on veut un four !\nNotre force : nous sommes dix.\nNotre manque : il nous faut un toit."
ROUND_TABLE = """Rachida Amari : Je commence.
M. Klein : Merci.
Odile : On parle du jardin ?
Jean-Paul : Oui.
Fatou Sy : Je préfère la cour.
Boris : Elle est humide.
M. Klein : Pas tant.
Odile : Si.
Boris : Bon.
Rachida Amari : On vote ?"""
LINES = st.lists(
    st.sampled_from(
        ["Ana : Oui ?", "Luc : Non.", "— Où ?", "— Là.", "[00:12] Ana :", "Lieu : Mons", "[Rires]", " ", "#"]
    )
)


def said(text):
    return [(one.speaker, text[one.start : one.end]) for one in find_paragraphs(text)]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Élodie : oui", "Élodie"),
        ("Ça va : oui", "Ça va"),
        ("Mme D’Août : oui", "Mme D’Août"),
        ("J.-P. Élie (Namur) : oui", "J.-P. Élie (Namur)"),
        ("Marie-Ève\u00a0: oui", "Marie-Ève"),
        ("Intervieweur·euse: oui", "Intervieweur·euse"),
        ("Q1 : oui", "Q1"),
        ("Intervenant 2 : oui", "Intervenant 2"),
        ("**Marie :** oui", "Marie"),
        ("**Marie** : oui", "Marie"),
        ("[00:12:31] Marie : oui", "Marie"),
        ("00:01:02 Marie : oui", "Marie"),
        ("Marie 00:12 : oui", "Marie"),
        ("Marie (0:12) : oui", "Marie"),
        ("Marie : [00:12] oui", "Marie"),
        ("L'ENQUÊTRICE. – oui", "L'ENQUÊTRICE"),
        ("M. ÉLIE. — oui", "M. ÉLIE"),
        ("élodie : oui", None),
        ("Élodie :", None),
        ("Élodie:oui", None),
        ("12 : oui", None),
        ("9:00 : oui", None),
        ("9 h : oui", None),
        ("ONU. Elle", None),
        ("[Marie] oui", None),
        ("Nous avons appris une chose à retenir ici : oui", None),
        ("On dit : « oui »", "On dit"),
    ],
)
def test_a_label_is_some_words_from_a_capital_to_a_colon_or_a_name_before_a_dash(line, label):
    found = find_label(line)
    assert (found["label"] if found else None) == label
    assert found is None or line[found.end() :] in {"oui", "« oui »"}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("[Marie] oui", "Marie"),
        ("MME ÉLIE. oui", "MME ÉLIE"),
        ("Mme ÉLIE. oui", "Mme ÉLIE"),
        ("ÉLIE — oui", "ÉLIE"),
        ("Marie : oui", "Marie"),
        ("[rires] oui", None),
        ("Élie. oui", None),
        ("Élie — oui", None),
    ],
)
def test_loose_labels_are_found_on_demand(line, label):
    found = find_label(line, loose=True)
    assert (found["label"] if found else None) == label


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Marie", PERSON),
        ("M. Klein", PERSON),
        ("Enquêteur", PERSON),
        ("Adjointe au maire", PERSON),
        ("Une habitante", PERSON),
        ("E1", PERSON),
        ("Q", PERSON),
        ("Kerdraon", NAME),
        ("Public visé", FIELD),
        ("Objectifs", FIELD),
        ("Nom du directeur", FIELD),
        ("Nombre de participants", FIELD),
        ("Participants", OTHER),
        ("Matin", OTHER),
        ("Un mot", OTHER),
        ("()", OTHER),
    ],
)
def test_labels_of_people_are_told_from_fields_of_forms(label, kind):
    assert kind_of_label(label) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            INTERVIEW,
            [("Élodie", "Et après ?"), ("Luc", "On a ouvert."), ("Luc", "Puis on a fermé."), ("Élodie", "Où ça ?")],
        ),
        # a label met once is a speaker too, once others come back
        (
            "Ana : Bonjour.\nUne voix : Plus fort !\nAna : Voilà.",
            [("Ana", "Bonjour."), ("Une voix", "Plus fort !"), ("Ana", "Voilà.")],
        ),
        # what comes before the first label belongs to no one
        ("Entretien\n\nAna : Oui.\nAna : Non.", [(None, "Entretien"), ("Ana", "Oui."), ("Ana", "Non.")]),
        (
            "Lieu : Ath\nDurée : 1 h\nAna : Oui ?\nLuc : Non.\nAna : Bon.",
            [(None, "Lieu : Ath"), (None, "Durée : 1 h"), ("Ana", "Oui ?"), ("Luc", "Non."), ("Ana", "Bon.")],
        ),
        # a clause that ends in a colon goes on with the turn
        (
            "Ana : Et lui ?\nLuc : Rien.\nIl a dit : partez.\nUn mot : merci.\nAna : Bon.",
            [("Ana", "Et lui ?"), ("Luc", "Rien."), ("Luc", "Il a dit : partez."), ("Luc", "Un mot : merci."), ("Ana", "Bon.")],
        ),
        (
            "Le maire : On vote ?\nPublic : Hou !\nLe maire : On vote.",
            [("Le maire", "On vote ?"), ("Public", "Hou !"), ("Le maire", "On vote.")],
        ),
        ("Q : Où ?\nR : À Ath.\nQ : Quand ?", [("Q", "Où ?"), ("R", "À Ath."), ("Q", "Quand ?")]),
        ("Elle : Tu viens ?\nLui : Non.\nElle : Ah.", [("Elle", "Tu viens ?"), ("Lui", "Non."), ("Elle", "Ah.")]),
        (
            "MME ÉLIE. Je commence.\nM. ROUX. Faites.\nMME ÉLIE. Merci.",
            [("MME ÉLIE", "Je commence."), ("M. ROUX", "Faites."), ("MME ÉLIE", "Merci.")],
        ),
        (
            "[Marie] Je passe.\n[Luc] Moi aussi.\n[Rires]\n[Marie] Bon.",
            [("Marie", "Je passe."), ("Luc", "Moi aussi."), ("Luc", "[Rires]"), ("Marie", "Bon.")],
        ),
        (
            "Marie :\nJe passe.\nEncore.\nLuc :\nMoi aussi.\nMarie :\nBon.",
            [("Marie", "Je passe."), ("Marie", "Encore."), ("Luc", "Moi aussi."), ("Marie", "Bon.")],
        ),
        (
            "Marie Dupont  0:12\nBonjour.\nLuc  0:15\nOui #00:00:16-2#\nMarie Dupont  0:18\nAlors ?",
            [("Marie Dupont", "Bonjour."), ("Luc", "Oui"), ("Marie Dupont", "Alors ?")],
        ),
        (
            "[00:12] Marie : Oui.\n00:00:14 Luc : Non.\n(00:17)\nMarie 00:18 : Si. #00:00:19-4#",
            [("Marie", "Oui."), ("Luc", "Non."), ("Marie", "Si.")],
        ),
        (
            "Question : Et vous ?\nRéponse : Moi, je viens d'Ath.\nQuestion : Seule ?\nRéponse : J'ai une sœur.",
            [("Question", "Et vous ?"), ("Réponse", "Moi, je viens d'Ath."), ("Question", "Seule ?"), ("Réponse", "J'ai une sœur.")],
        ),
        (
            "— Vous venez d'où ?\n— D'Ath.\nElle sourit.\n— Et lui ?",
            [(UNNAMED, "Vous venez d'où ?"), (UNNAMED, "D'Ath."), (None, "Elle sourit."), (UNNAMED, "Et lui ?")],
        ),
        ("", []),
    ],
    ids=[
        "interview", "a voice once", "heading", "header", "clauses", "audience", "letters", "pronouns", "capitals",
        "brackets", "alone", "names and times", "time codes", "first person", "dashes", "empty",
    ],
)  # fmt: skip
def test_paragraphs_carry_their_speaker_and_leave_the_label_out(text, expected):
    assert said(text) == expected


def test_six_people_around_a_table_are_six_speakers():
    assert [speaker for speaker, _ in said(ROUND_TABLE)] == [
        "Rachida Amari", "M. Klein", "Odile", "Jean-Paul", "Fatou Sy", "Boris", "M. Klein", "Odile", "Boris", "Rachida Amari",
    ]  # fmt: skip


def test_long_answers_go_on_over_many_paragraphs():
    answer = "Solange : Voilà.\n" + "On a continué.\n" * 9
    text = f"Enquêtrice : Racontez.\n{answer}Enquêtrice : Et puis ?\n{answer}"
    assert [turn.speaker for turn in find_turns(find_paragraphs(text))] == ["Enquêtrice", "Solange"] * 2


@pytest.mark.parametrize(
    "text",
    [
        SHEET,
        LONG_SHEET,
        f"{SHEET}\n\n{SHEET}\n\n{SHEET}",
        f"{DREAMS}\n{DREAMS}\n{DREAMS}",
        "Public : jeunes.\nLieu : Mons.\nPublic : aînés.\nLieu : Ath.",
        "Bonjour.\nUn mot : merci.\nIl pleut.\nUn mot : encore.\nIl vente.\nIl neige.",
        "Commun : ressource gérée ensemble.\nTiers-lieu : endroit ouvert.\nFriche : terrain vide.",
        "9 h : accueil\n10 h : ateliers\n9 h : accueil",
        "Matin : accueil\nSoir : repas\nMatin : ateliers\nSoir : bilan",
        "9:00 Accueil : café\n10:30 Ateliers : four\n14:00 Ateliers : jardin",
        "Question : Comment m'inscrire ?\nRéponse : En ligne.\nQuestion : Est-ce payant ?\nRéponse : Non.",
        "Mons : rue Haute 4\nAth : rue Basse 12\nMons : place Verte 2",
        "Florence : rue Haute 4\nAth : rue Basse 12\nFlorence : place Verte 2",
        "Marie : coordination\nLuc : accueil\nMarie : caisse",
        "ASBL. Association\nCPAS. Centre public\nASBL. Voir plus haut",
        "— un four\n— un jardin\n— une cour",
        "— Nous voulons un four.\n— Nous voulons un jardin.\n— Nous voulons une cour.",
        "— Qui porte le projet ?\n— Qui paie ?\n— Qui décide ?",
        "- Qui porte le projet ?\n- Qui paie ?\n- Qui décide ?\n- Tout le reste.",
    ],
    ids=[
        "sheet", "eight fields", "three sheets", "unknown fields", "two fields", "rare label", "glossary", "hours",
        "parts of the day", "clock", "faq", "addresses", "a town like a first name", "tasks", "acronyms", "list",
        "manifesto", "guide", "guide and rest",
    ],
)  # fmt: skip
def test_forms_lists_and_programmes_are_no_transcripts(text):
    assert said(text) == [(None, line) for line in text.split("\n") if line]


def test_time_codes_at_the_edges_are_left_out_of_texts_without_speakers():
    assert said("[00:00.000 --> 00:04.000] Bonjour.\n(00:14) On [00:15] ouvre.") == [
        (None, "Bonjour."),
        (None, "On [00:15] ouvre."),
    ]


@given(LINES)
def test_paragraphs_are_stretches_in_order_and_hold_something(lines):
    text = "\n".join(lines)
    end = 0
    for paragraph in find_paragraphs(text):
        assert end <= paragraph.start < paragraph.end <= len(text)
        assert text[paragraph.start : paragraph.end].strip()
        assert "\n" not in text[paragraph.start : paragraph.end]
        end = paragraph.end


def test_turns_join_the_paragraphs_of_one_speaker():
    turns = find_turns(find_paragraphs(INTERVIEW))
    assert [(turn.speaker, INTERVIEW[turn.start : turn.end]) for turn in turns] == [
        ("Élodie", "Et après ?"),
        ("Luc", "On a ouvert.\nPuis on a fermé."),
        ("Élodie", "Où ça ?"),
    ]


def test_turns_without_a_name_stay_apart():
    paragraphs = [Paragraph(2, 5, UNNAMED), Paragraph(8, 9, UNNAMED)]
    assert find_turns(paragraphs) == [Turn(2, 5, UNNAMED), Turn(8, 9, UNNAMED)]


def test_a_text_without_speakers_has_no_turns():
    assert find_turns(find_paragraphs(SHEET)) == []
    assert find_turns([Paragraph(0, 3, None), Paragraph(4, 8, "Ana")]) == [Turn(4, 8, "Ana")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[00:12:31] Oui", [("[00:12:31]", 751)]),
        ("Oui [0:05] non", [("[0:05]", 5)]),
        ("[00:01.500 --> 00:04.000] Oui", [("[00:01.500 --> 00:04.000]", 1.5)]),
        ("Oui. #00:05:21-3#", [("#00:05:21-3#", 321.3)]),
        ("(12:31) Oui", [("(12:31)", 751)]),
        ("Oui (00:12:31)", [("(00:12:31)", 751)]),
        ("[12'31] Oui", [("[12'31]", 751)]),
        ("1:02:03 Oui", [("1:02:03", 3723)]),
        ("00:01:02 Marie : oui", [("00:01:02", 62)]),
        ("Marie 00:12 : oui", [("00:12", 12)]),
        ("Marie : (0:07) oui", [("(0:07)", 7)]),
        ("Marie Dupont 0:12", [("0:12", 12)]),
        # with another code that is not round, a round one is no hour of the day
        ("9:30 Oui\n9:41 Non", [("9:30", 570), ("9:41", 581)]),
        ("9:30 Accueil\n14:05 Repas", []),
        ("Il part à 12:31.", []),
        ("Il part vers 12:31", []),
        ("La séance (12:31) est levée", []),
        ("En 02:14:33 au marathon", []),
        ("Durée : 1:32", []),
        ("[12:61] Oui", []),
        ("[1:75:00] Oui", []),
        ("[00:12) Oui", []),
        ("1:25:000 Oui", []),
    ],
)
def test_time_codes_are_told_from_hours_and_durations(text, codes):
    assert [(text[code.start : code.end], code.seconds) for code in find_time_codes(text)] == codes


def test_a_time_code_is_a_stretch_with_its_seconds():
    assert find_time_codes("Ah [01:00]") == [TimeCode(3, 10, 60.0)]


@pytest.mark.parametrize(
    "piece", ["Ana : Oui.\n", "[00:12] ", "A ", "A", "[Ana", " ", "Ana 0:12\n", "— Oui ?\n— Non.\n", "12:31-"]
)
def test_long_texts_take_a_moment_only(piece):
    text = piece * (100_000 // len(piece))
    assert all(0 <= paragraph.start < paragraph.end <= len(text) for paragraph in find_paragraphs(text))


@pytest.mark.skipif(not PROJECTS.exists(), reason="the descriptions of projects are not there")
def test_descriptions_of_projects_have_no_speakers():
    texts = [json.loads(line)["text"] for line in PROJECTS.read_text("utf-8").split("\n") if line]
    assert len(texts) > 500
    assert not any(find_turns(find_paragraphs(text)) for text in texts)
