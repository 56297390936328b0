"""Inclusive writing in harder places: rare inhabitants, compounds, long doublets, emphasis, names that look like it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml

from innovsoc_analysis.text.inclusive import find_inclusive

BLIND = [
    case
    for name in ("inclusive_adversarial.yaml", "inclusive_blind.yaml")
    for case in yaml.safe_load((Path(__file__).parent / "data" / name).read_text("utf-8"))
]
_MARKED = re.compile(r"\{([^|{}]+)\|([^|{}]+)\|([^|{}]+)\|([^|{}]+)\|([^|{}]+)\}")

# in braces, what is to be found: its form, lemma, number, kind and masculine
FOUND = [
    # inhabitants that dictionaries lack, or hold with a capital only
    "Avis aux {Manceaux·elles|manceau|Plur|median_point|Manceaux} : la navette change d’arrêt lundi.",
    "Les {Carougeois·es|carougeois|Plur|median_point|Carougeois} aiment leur marché.",
    "Un tarif pour les {Fribourgeois.es|fribourgeois|Plur|low_point|Fribourgeois} du centre.",
    "Deux {Appenzellois-e-s|appenzellois|Plur|hyphen|Appenzellois} siègent au comité.",
    "{Meyrinoises et Meyrinois|meyrinois|Plur|doublet|Meyrinois}, la fête est pour vous.",
    "Bonjour, {Saguenéennes, Saguenéens|saguenéen|Plur|doublet|Saguenéens} et gens de passage.",
    "Des {Valdôtains et des Valdôtaines|valdôtain|Plur|doublet|Valdôtains} tiennent le refuge.",
    "Les {Andalouses et les Andalous|andalou|Plur|doublet|Andalous} du chœur répètent jeudi.",
    "AUX {YVERDONNOISES ET YVERDONNOIS|yverdonnois|Plur|doublet|YVERDONNOIS} DE TOUT ÂGE",
    "{Néo-Calédoniennes et Néo-Calédoniens|néo-calédonien|Plur|doublet|Néo-Calédoniens} ont voté.",
    "Les {Saint-Pierrais·es|saint-pierrais|Plur|median_point|Saint-Pierrais} pêchent moins.",
    "Une réunion de {makers·euses|maker|Plur|median_point|makers} et un {manager/euse|manager|Sing|slash|manager}.",
    "Avis aux {employé⸱e⸱s|employé|Plur|median_point|employés} de la régie.",
    # compounds
    "Deux {aides-soignant·es|aide-soignant|Plur|median_point|aides-soignants} de nuit par étage.",
    "{AIDES-SOIGNANT.E.S|aide-soignant|Plur|low_point|AIDES-SOIGNANTS} EN COLÈRE",
    "Les {secrétaires-trésorier·ère·s|secrétaire-trésorier|Plur|median_point|secrétaires-trésoriers} signent.",
    "Nos {sous-directeurs·rices|sous-directeur|Plur|median_point|sous-directeurs} passent le matin.",
    "Les {maîtres-nageur-euse-s|maître-nageur|Plur|hyphen|maîtres-nageurs} du lac sont en poste.",
    "Une place d’{auteur·rice-interprète|auteur-interprète|Sing|median_point|auteur-interprète} est vacante.",
    "Le réseau des {citoyen·ne·s-relais|citoyen-relais|Plur|median_point|citoyens-relais} grandit.",
    "Les {chargé·e·s|chargé|Plur|median_point|chargés} d’études rendent leur note vendredi.",
    "Ces {maîtresses-nageuses et maîtres-nageurs|maître-nageur|Plur|doublet|maîtres-nageurs} veillent.",
    "Toutes les {ex-élues et ex-élus|ex-élu|Plur|doublet|ex-élus} sont de la fête.",
    "La réunion des {vice-\nprésident·e·s|vice-président|Plur|median_point|vice-présidents} a lieu mardi.",
    "Écrire à la {sous-\ndirecteur·rice|sous-directeur|Sing|median_point|sous-directeur} du site.",
    # doublets
    "Les {éleveuses ainsi que les éleveurs|éleveur|Plur|doublet|éleveurs} du plateau manquent d’eau.",
    "La cour sert aux {voisins comme aux voisines|voisin|Plur|doublet|voisins}.",
    "Nos {lecteurs aussi bien que nos lectrices|lecteur|Plur|doublet|lecteurs} écrivent.",
    "Des {patrons, mais aussi des patronnes|patron|Plur|doublet|patrons}, ont signé.",
    "Que tu sois {lycéen ou bien lycéenne|lycéen|Sing|doublet|lycéen}, passe nous voir.",
    "Il faut un {animateur, une animatrice|animateur|Sing|doublet|animateur} pour le camp.",
    "L’{usager, l’usagère|usager|Sing|doublet|usager} donne son avis.",
    "Nom de l’{adhérent(s) et adhérente(s)|adhérent|Plur|doublet|adhérents} à jour.",
    "Les {étudiants en droit et étudiantes|étudiant|Plur|doublet|étudiants} en droit tiennent la permanence.",
    "Les {artisans d’art et les artisanes|artisan|Plur|doublet|artisans} d’art exposent.",
    "{Celles comme ceux|celui|Plur|doublet|Ceux} qui restent rangent la salle.",
    "Ils gèrent cela {elles-mêmes ou eux-mêmes|lui-même|Plur|doublet|eux-mêmes}.",
    "Que veut-{il ou elle|il|Sing|doublet|il} pour la rentrée ?",
    "{Le (ou la)|le|Sing|parentheses|Le} titulaire rend le badge, copie {au (ou à la)|au|Sing|parentheses|au} maire.",
    "Remettre à {le\u00a0/\u00a0la|le|Sing|slash|le} responsable du site.",
    "Moi, {né (e)|né|Sing|parentheses|né} le 3, {directeur (trice)|directeur|Sing|parentheses|directeur}.",
    # marks around, places, capitals
    "Lettre aux _{élu·e·s|élu|Plur|median_point|élus}_ du canton, aux **{citoyen.ne.s|citoyen|Plur|low_point|citoyens}**.",
    "Merci à __{toutes et tous|tout|Plur|doublet|tous}__ et à *{celles et ceux|celui|Plur|doublet|ceux}* d’avant.",
    "Les {salarié(e)s|salarié|Plur|parentheses|salariés}1 et les {agent.e.s|agent|Plur|low_point|agents}2 du lot.",
    "Le collège (les {salarié·es|salarié|Plur|median_point|salariés}) décide.",
    "Des {auteur·rices|auteur|Plur|median_point|auteurs} et {éditeur·rices|éditeur|Plur|median_point|éditeurs} d’ici.",
    "L’affiche dit « {Toustes|tout|Plur|portmanteau|Tous} au jardin ! » depuis mai.",
    "{Iel|il|Sing|portmanteau|Il} arrive. {Læ|le|Sing|portmanteau|Le} bénévole attend.",
    "{TOUSTES|tout|Plur|portmanteau|TOUS} AU JARDIN",
    "Bienvenue à {tou·t·es|tout|Plur|median_point|tous}, {étudiants·es|étudiant|Plur|median_point|étudiants} compris.",
]
LEFT_ALONE = [
    # capitals elsewhere than at the start of a sentence are names
    "La troupe reprend les Adelphes, de Térence, au printemps.",
    "Le bateau relie Cairns à Lae chaque quinzaine.",
    "La fanfare de Saint-Adelphe joue dimanche.",
    "Le duo Iel sort un disque.",
    "Un taon a piqué mon cheval, le tien aussi.",
    # names of people and places in two genders
    "Louis et Louise, Denis et Denise, Marcelin et Marceline dansent.",
    "Paris et la Parisienne libérée, Orléans et l’Orléanais.",
    "Bourgogne, Bourguignon, Milan, Milanais : la carte est courte.",
    "L’Ardennais et sa forêt, la Lorraine et ses mines.",
    # what resembles two genders
    "Le maire et la mairie, le chef et la chefferie, le moine et le monastère.",
    "Les produits ainsi que les productions, le champ comme la campagne.",
    "Le physique comme la physique, le politique ainsi que la politique.",
    "Un tour, une tour, un coin, une pointe : la ville se lit à pied.",
    "Un petit vélo, une petite voiture, le premier, la première fois.",
    "Le cours en ligne et la course en ligne diffèrent.",
    "Madame la Présidente, le président du groupe demande la parole.",
    "Monsieur le directeur, la directrice adjointe est arrivée.",
    "Tous les élus et toutes les citoyennes sont là, mesdames et messieurs.",
    "Ni lui ni elle, ni l’un ni l’autre, il chante comme elle.",
    "Elle rit, dit-il, et elle sort ; disent-ils et elles partent.",
    "Projet(s) et projection(s), le(s) plan(s) et la (les) planche(s).",
    # marks, codes and abbreviations
    "Ouvrir liste_usager.es_2024, __init__.py et mon_fichier_.es du dossier.",
    "Le lot élu.e1 et le lot élu-e1 sont des codes.",
    "Le point (e), le plan (e), le plein (e) et les lieu (x) de l’annexe.",
    "Voir le 1er·ère, les n°s 3 et 4, le Dr·e X, Me·s Y.",
    "Nom : ______ Prénom : ______ le ____ à ____",
    "En catalan : cel·les, col·les, Paral·lel.",
    "La vice-\nprésidence et l’après-\nmidi sont coupés.",
    "Un rendez-\nvous, un col-\nlecteur, un élève-\nmaître.",
]


def marked(text: str) -> tuple[str, str, list[tuple[str, ...]]]:
    """Return `text` without marks, with the masculine in their place, and what they say."""
    said = [match.groups() for match in _MARKED.finditer(text)]
    return _MARKED.sub(r"\1", text), _MARKED.sub(r"\5", text), said


@pytest.mark.parametrize("text", FOUND, ids=lambda text: text[:40])
def test_what_is_marked_is_found_and_nothing_else(text):
    plain, masculine, said = marked(text)
    found = [(unit.form, unit.lemma, unit.number, unit.kind, unit.masculine) for unit in find_inclusive(plain)]
    assert found == said
    assert find_inclusive(masculine) == []


@pytest.mark.parametrize("text", LEFT_ALONE, ids=lambda text: text[:40])
def test_what_only_resembles_it_is_left_alone(text):
    assert find_inclusive(text) == []


@pytest.mark.parametrize("case", BLIND, ids=lambda case: case["text"][:40])
def test_cases_written_without_knowledge_of_the_rules_are_met(case):
    found = [(unit.form, unit.lemma, unit.number, unit.kind) for unit in find_inclusive(case["text"])]
    expected = [(unit["form"], unit["lemma"], unit["number"], unit["kind"]) for unit in case["units"]]
    assert found == expected


def test_emphasis_shifts_nothing_and_may_stand_inside_a_doublet():
    text = "Les _élues_ et les **élus**, un __citoyen·ne__ aussi."
    found = [(unit.start, unit.form, unit.masculine) for unit in find_inclusive(text)]
    assert found == [(5, "élues_ et les **élus", "élus"), (34, "citoyen·ne", "citoyen")]


def test_a_compound_of_two_inclusive_members_is_one_unit():
    [unit] = find_inclusive("les enseignant(e)s-chercheur(euse)s du site")
    assert (unit.form, unit.lemma) == ("enseignant(e)s-chercheur(euse)s", "enseignant-chercheur")


def test_an_adverb_after_a_hyphen_is_no_member():
    assert [unit.form for unit in find_inclusive("L’auteur·rice-là, dit·e-on, est né·e-ici.")] == [
        "auteur·rice",
        "dit·e",
        "né·e",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "_a",
        "_élu·e_ ",
        "le comme ",
        "art d’art et ",
        "-\na",
        "vice-\n",
        "élu ainsi que ",
        "a(s) et ",
        "A et A, ",
        "à la ou ",
        "a-a et a-",
        "un a, un ",
    ],
)
def test_hostile_input_takes_time_in_proportion(hostile):
    def seconds(size: int) -> float:
        text = hostile * (size // len(hostile))
        started = time.process_time()
        find_inclusive(text)
        return time.process_time() - started

    seconds(1_000)
    assert seconds(100_000) < 20 * seconds(20_000) + 0.2
