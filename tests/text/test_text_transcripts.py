"""Who speaks where."""

from __future__ import annotations

import pytest

from innovsoc_analysis.text.transcripts import Paragraph, Turn, find_label, find_paragraphs, find_turns

INTERVIEW = "Élodie : Et après ?\nLuc : On a ouvert.\nPuis on a fermé.\nÉlodie : Où ça ?"
SHEET = "Titre : La friche\nPublic : jeunes du quartier\nLieu : Mons\nBudget : 12 000 euros\nContact : Marie"


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
        ("élodie : oui", None),
        ("Élodie :", None),
        ("Élodie:oui", None),
        ("12 : oui", None),
        ("Nous avons appris une chose à retenir ici : oui", None),
        ("On dit : « oui »", "On dit"),
    ],
)
def test_a_label_is_some_words_from_a_capital_to_a_colon(line, label):
    found = find_label(line)
    assert (found["label"] if found else None) == label


@pytest.mark.parametrize(
    ("text", "said"),
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
        (SHEET, [(None, line) for line in SHEET.split("\n")]),
        (
            "Bonjour.\nUn mot : merci.\nIl pleut.\nUn mot : encore.\nIl vente.\nIl neige.",
            [
                (None, line)
                for line in ("Bonjour.", "Un mot : merci.", "Il pleut.", "Un mot : encore.", "Il vente.", "Il neige.")
            ],
        ),
        ("", []),
    ],
    ids=["interview", "a voice once", "heading", "project sheet", "rare label", "empty"],
)
def test_paragraphs_carry_their_speaker_and_leave_the_label_out(text, said):
    assert [(one.speaker, text[one.start : one.end]) for one in find_paragraphs(text)] == said


def test_turns_join_the_paragraphs_of_one_speaker():
    turns = find_turns(find_paragraphs(INTERVIEW))
    assert [(turn.speaker, INTERVIEW[turn.start : turn.end]) for turn in turns] == [
        ("Élodie", "Et après ?"),
        ("Luc", "On a ouvert.\nPuis on a fermé."),
        ("Élodie", "Où ça ?"),
    ]


def test_a_text_without_speakers_has_no_turns():
    assert find_turns(find_paragraphs(SHEET)) == []
    assert find_turns([Paragraph(0, 3, None), Paragraph(4, 8, "Ana")]) == [Turn(4, 8, "Ana")]
