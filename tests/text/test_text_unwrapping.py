"""Lines broken by a page's width are joined; those that are meant stay."""

from __future__ import annotations

import pytest

from innovsoc_analysis.text.cleaning import clean

PROSE = [
    "La maison de quartier ouvre ses portes chaque matin aux",
    "familles du voisinage. Elles y trouvent un café, des jeux et",
    "une écoute. Le comité réunit deux fois par an les habitants,",
    "qui décident ensemble du programme de la saison suivante.",
]
SECOND = [
    "Un second lieu ouvrira au printemps dans l'ancienne gare de",
    "la vallée, avec l'appui de la commune et de trois écoles.",
]

POEM = """Ainsi, toujours poussés vers de nouveaux rivages,
Dans la nuit éternelle emportés sans retour,
Ne pourrons-nous jamais sur l'océan des âges
Jeter l'ancre un seul jour ?

Ô lac ! l'année à peine a fini sa carrière,
Et près des flots chéris qu'elle devait revoir,
Regarde ! je viens seul m'asseoir sur cette pierre
Où tu la vis s'asseoir !"""

SHORT_LINES = "Les sanglots longs\nDes violons\nDe l'automne\nBlessent mon cœur\nD'une langueur\nMonotone."

NAMES = """Sont membres du réseau :
Association des usagers de la gare
Fédération des maisons médicales
Comité des locataires du Val
Collectif des cantines du port
Maison de quartier des Étangs"""

DASHES = """Nos actions :
- un atelier de réparation de vélos le samedi
- une permanence juridique le mardi soir
- un potager collectif derrière la gare
- une bibliothèque de rue dans le parc"""

NUMBERS = """Le programme de la journée :
1. un accueil par les bénévoles du quartier
2. une visite du potager et de la cuisine
3. un débat avec les voisines et les élus
4. un repas préparé par les élèves du lycée"""

SEMICOLONS = """Le lieu propose à toutes et à tous :
un café ouvert à tout le monde le mardi après-midi ;
une permanence juridique tenue le jeudi matin ;
un atelier de réparation de vélos le samedi."""

ADDRESS = """Maison des Solidarités
12 rue des Tanneurs
5000 Namur
Téléphone 081 22 33 44
Ouvert du lundi au vendredi"""

SPOKEN = """Marie : on a ouvert le local un mardi du mois de mars
Paul : et les voisins sont venus dès le premier soir
Marie : oui ils étaient une vingtaine autour de la table
Paul : et depuis ça tourne avec une dizaine de bénévoles"""


@pytest.mark.parametrize("line_break", ["\n", "\n\n", "\r\n", " \n", "\n \n", "\u00a0\n"])
def test_a_paragraph_cut_by_the_page_is_one_line_again(line_break):
    assert clean(line_break.join(PROSE), wrapped=True).text == " ".join(PROSE)


def test_blank_lines_separate_paragraphs():
    source = "\n".join(PROSE) + "\n\n" + "\n".join(SECOND)
    assert clean(source, wrapped=True).text == " ".join(PROSE) + "\n\n" + " ".join(SECOND)


def test_doubled_line_breaks_do_not_hide_the_paragraphs():
    source = "\n\n".join([*PROSE, *SECOND])
    assert clean(source, wrapped=True).text == " ".join(PROSE) + "\n\n" + " ".join(SECOND)


def test_a_title_stays_by_itself():
    source = "Ouvrir un lieu\n\n" + "\n".join(PROSE)
    assert clean(source, wrapped=True).text == "Ouvrir un lieu\n\n" + " ".join(PROSE)


@pytest.mark.parametrize(
    "meant",
    [POEM, SHORT_LINES, NAMES, DASHES, NUMBERS, SEMICOLONS, ADDRESS, SPOKEN],
    ids=lambda text: text.split("\n")[0][:20],
)
def test_lines_that_are_meant_stay(meant):
    assert clean(meant, wrapped=True).text == meant


def test_the_lines_of_a_wide_text_stay():
    wide = "\n".join("mot " * 60 + str(number) for number in range(6))
    assert clean(wide, wrapped=True).text == wide


def test_an_item_over_two_lines_is_joined_and_the_next_one_starts_anew():
    source = (
        "Nos actions dans le quartier :\n- un atelier de réparation de vélos ouvert à\ntoutes et à tous le samedi\n"
        "- une permanence juridique tenue le mardi par\ndeux avocates et une assistante sociale du CPAS\n"
        "- un potager collectif"
    )
    assert clean(source, wrapped=True).text.split("\n") == [
        "Nos actions dans le quartier :",
        "- un atelier de réparation de vélos ouvert à toutes et à tous le samedi",
        "- une permanence juridique tenue le mardi par deux avocates et une assistante sociale du CPAS",
        "- un potager collectif",
    ]


def test_a_turn_over_two_lines_is_joined_and_the_next_speaker_starts_anew():
    turns = [
        [
            "Marie : on a ouvert le local un mardi du mois de mars et",
            "depuis les voisines viennent boire le café avec nous tous",
        ],
        ["Paul : et elles sont combien ces voisines autour de la table"],
        ["Marie : une vingtaine et parfois davantage quand il pleut", "ou quand il neige"],
    ]
    source = "\n".join(line for turn in turns for line in turn)
    assert clean(source, wrapped=True).text.split("\n") == [" ".join(turn) for turn in turns]


def test_a_dash_in_mid_sentence_is_not_an_item():
    lines = [
        "Depuis peu, le réseau bruxellois de l'innovation sociale",
        "– entend-on – rassemble des associations et",
        "des chercheuses.",
    ]
    assert clean("\n".join(lines), wrapped=True).text == " ".join(lines)


@pytest.mark.parametrize("hyphen", ["-", "\u00ad", "\u2010"])
@pytest.mark.parametrize("line_break", ["\n", "\n\n", " \n", "\r\n"])
def test_a_word_cut_at_the_end_of_a_line_is_whole_again(hyphen, line_break):
    cut = [
        "La maison de quartier soutient chaque année de jeunes ini" + hyphen,
        "tiatives venues des écoles, des ateliers et des jardins du",
        "voisinage.",
    ]
    whole = f"{cut[0][:-1]}{cut[1]} {cut[2]}"
    assert "de jeunes initiatives venues" in whole
    assert clean(line_break.join(cut), wrapped=True).text == whole


def test_a_hyphen_before_a_capital_belongs_to_the_name():
    lines = [
        "Le jardin partagé réunit les voisines et les voisins de Saint-",
        "Gilles autour d'un repas que chacune prépare à son tour chaque",
        "jeudi.",
    ]
    assert clean("\n".join(lines), wrapped=True).text == f"{lines[0]}{lines[1]} {lines[2]}"
