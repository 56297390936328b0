"""Inclusive writing: what is found, what is left alone, and that it stays quick."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.text.inclusive import InclusiveUnit, find_inclusive

CASES = yaml.safe_load((Path(__file__).parent / "data" / "inclusive_cases.yaml").read_text("utf-8"))
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "argumentaire_bissib.txt"

# form, lemma, number, masculine
FOUND = {
    "median_point": """
        citoyen·ne·s citoyen Plur citoyens
        citoyen•ne•s citoyen Plur citoyens
        citoyen‧nes citoyen Plur citoyens
        citoyen∙ne citoyen Sing citoyen
        citoyen⋅ne⋅s citoyen Plur citoyens
        chercheur·e·s chercheur Plur chercheurs
        auteur·rice auteur Sing auteur
        auteur·es auteur Plur auteurs
        utilisateur·ices utilisateur Plur utilisateurs
        usager·e·s usager Plur usagers
        usagèr·es usager Plur usagers
        infirmier·ères infirmier Plur infirmiers
        créatif·ve·s créatif Plur créatifs
        heureux·ses heureux Plur heureux
        ambitieux·euse ambitieux Sing ambitieux
        internationaux·ales international Plur internationaux
        local·e·s local Plur locaux
        public·que public Sing public
        blanc·he·s blanc Plur blancs
        doux·ce doux Sing doux
        bref·ève bref Sing bref
        nouvel·le nouveau Sing nouvel
        vieux·vieille vieux Sing vieux
        maître·sse·s maître Plur maîtres
        copain·ine·s copain Plur copains
        né·e·s né Plur nés
        soutenu·e·s soutenu Plur soutenus
        français·es français Plur français
        députés·ées député Plur députés
        développeu·r·se·s développeur Plur développeurs
        collaborat·eurs·rices collaborateur Plur collaborateurs
        actrice·teur acteur Sing acteur
        la·le le Sing le
        étudiant·e·x·s étudiant Plur étudiants
        étudiant·x·s étudiant Plur étudiants
        youtubeur·euse·s youtubeur Plur youtubeurs
        écolieureur·euse écolieureur Sing écolieureur
        médecin·e·s médecin Plur médecins
        vice-président·e·s vice-président Plur vice-présidents
        sapeur-pompier·ère·s sapeur-pompier Plur sapeurs-pompiers
        expert·e·s-comptables expert-comptable Plur experts-comptables
        auteur·rice-compositeur·rice auteur-compositeur Sing auteur-compositeur
        beaux·belles-parents beau-parent Plur beaux-parents
        directeur·directrice directeur Sing directeur
        tou·te·s tout Plur tous
        tous·tes tout Plur tous
        tou·tes tout Plur tous
        tout·e tout Sing tout
        ce·tte ce Sing ce
        ceux·elles celui Plur ceux
        celles·ceux celui Plur ceux
        celui·celle-ci celui-ci Sing celui-ci
        il·elle·s il Plur ils
        iel·s il Plur ils
        eux·elles lui Plur eux
        quelqu'un·e quelqu'un Sing quelqu'un
        quelques-un·es quelqu'un Plur quelques-uns
        chacun·e chacun Sing chacun
        quel·le·s quel Plur quels
        CITOYEN·NE·S citoyen Plur CITOYENS
        Etudiant·e·s étudiant Plur Étudiants
        Élu·e élu Sing Élu
    """,
    "low_point": """
        chercheur.es chercheur Plur chercheurs
        usager.ères usager Plur usagers
        ouvrier.ère.s ouvrier Plur ouvriers
        locaux.ales local Plur locaux
        directrice.eur directeur Sing directeur
        veuf.ve veuf Sing veuf
        enquêteurs.trices enquêteur Plur enquêteurs
        le.la le Sing le
        un.e un Sing un
        tou.te.s tout Plur tous
        intrapreneur.e.s intrapreneur Plur intrapreneurs
        ETUDIANT.E.S étudiant Plur ÉTUDIANTS
        SALARIE.E.S salarié Plur SALARIÉS
    """,
    "hyphen": """
        étudiant-e-s étudiant Plur étudiants
        animateur-trice-s animateur Plur animateurs
        travailleur-euses travailleur Plur travailleurs
        mineur-es mineur Plur mineurs
        tou‑te‑s tout Plur tous
        un-e un Sing un
        enseignant-e-chercheur-euse enseignant-chercheur Sing enseignant-chercheur
    """,
    "slash": """
        instituteur/trice instituteur Sing instituteur
        adhérent/e/s adhérent Plur adhérents
        agriculteur/-trice agriculteur Sing agriculteur
        designeu/se designeur Sing designeur
        le/la le Sing le
        directeur/directrice directeur Sing directeur
        étudiantes/étudiants étudiant Plur étudiants
    """,
    "parentheses": """
        habitant(e)s habitant Plur habitants
        habitant(-e)s habitant Plur habitants
        invité(e)(s) invité Plur invités
        invités(es) invité Plur invités
        agriculteur(trice)s agriculteur Plur agriculteurs
        chef(fe) chef Sing chef
        un(e) un Sing un
    """,
    "capital": """
        étudiantEs étudiant Plur étudiants
        salariéEs salarié Plur salariés
        citoyenNEs citoyen Plur citoyens
        acteurRICEs acteur Plur acteurs
        touTEs tout Plur tous
        chacunE chacun Sing chacun
    """,
    "portmanteau": """
        acteurices acteur Plur acteurs
        agriculteurice agriculteur Sing agriculteur
        chercheureuses chercheur Plur chercheurs
        amoureuxses amoureux Plur amoureux
        polyculteurs-éleveureuses polyculteur-éleveur Plur polyculteurs-éleveurs
        Toustes tout Plur Tous
        celleux celui Plur ceux
        iel il Sing il
        ielles il Plur ils
        elleux lui Plur eux
        elleux-mêmes lui-même Plur eux-mêmes
        cellui celui Sing celui
        adelphes adelphe Plur frères
    """,
    "x_form": """
        étudianxs étudiant Plur étudiants
        étudiantexs étudiant Plur étudiants
        amixs ami Plur amis
        chèrxs cher Plur chers
        touxtes tout Plur tous
    """,
}
SPACED = [
    (
        "On entend les habitants et les habitantes.",
        "habitants et les habitantes",
        "habitant",
        "Plur",
        "doublet",
        "habitants",
    ),
    ("On entend les habitantes et habitants.", "habitantes et habitants", "habitant", "Plur", "doublet", "habitants"),
    (
        "Des chercheuses et des chercheurs.",
        "chercheuses et des chercheurs",
        "chercheur",
        "Plur",
        "doublet",
        "chercheurs",
    ),
    ("La directrice ou le directeur.", "directrice ou le directeur", "directeur", "Sing", "doublet", "directeur"),
    ("Chaque voisine et chaque voisin.", "voisine et chaque voisin", "voisin", "Sing", "doublet", "voisin"),
    ("L'autrice ou l’auteur.", "autrice ou l’auteur", "auteur", "Sing", "doublet", "auteur"),
    ("D'élues et d'élus.", "élues et d'élus", "élu", "Plur", "doublet", "élus"),
    ("Tous les élus et toutes les élues.", "élus et toutes les élues", "élu", "Plur", "doublet", "élus"),
    ("Chers amis et chères amies !", "amis et chères amies", "ami", "Plur", "doublet", "amis"),
    ("Françaises, Français, bonsoir.", "Françaises, Français", "français", "Plur", "doublet", "Français"),
    ("De jeunes lycéens et lycéennes.", "lycéens et lycéennes", "lycéen", "Plur", "doublet", "lycéens"),
    (
        "Des ouvrières agricoles et des ouvriers agricoles.",
        "ouvrières agricoles et des ouvriers",
        "ouvrier",
        "Plur",
        "doublet",
        "ouvriers",
    ),
    ("Le café de celles et ceux qui veillent.", "celles et ceux", "celui", "Plur", "doublet", "ceux"),
    ("Toutes celles et tous ceux qui veillent.", "celles et tous ceux", "celui", "Plur", "doublet", "ceux"),
    ("Merci à toutes et à tous !", "toutes et à tous", "tout", "Plur", "doublet", "tous"),
    ("Un troqueur ou une troqueuse.", "troqueur ou une troqueuse", "troqueur", "Sing", "doublet", "troqueur"),
    ("Des Suisses et Suissesses.", "Suisses et Suissesses", "suisse", "Plur", "doublet", "Suisses"),
    ("TOUTES ET TOUS AU JARDIN", "TOUTES ET TOUS", "tout", "Plur", "doublet", "TOUS"),
    ("Il faut un ou une bénévole.", "un ou une", "un", "Sing", "doublet", "un"),
    ("S'il ou elle vient.", "il ou elle", "il", "Sing", "doublet", "il"),
    ("Le bureau du ou de la maire.", "du ou de la", "du", "Sing", "doublet", "du"),
    ("Le bureau du·de la maire.", "du·de la", "du", "Sing", "median_point", "du"),
    ("Le bureau de la·du maire.", "de la·du", "du", "Sing", "median_point", "du"),
    ("Parler au/à la maire.", "au/à la", "au", "Sing", "slash", "au"),
    ("Le (la) titulaire signe.", "Le (la)", "le", "Sing", "parentheses", "Le"),
    ("Un étudiant/une étudiante signe.", "étudiant/une étudiante", "étudiant", "Sing", "slash", "étudiant"),
    ("Chargé / Chargée de mission", "Chargé / Chargée", "chargé", "Sing", "slash", "Chargé"),
    ("Les citoyen·\nne·s votent.", "citoyen·\nne·s", "citoyen", "Plur", "median_point", "citoyens"),
    ("Les habitant-\ne-s votent.", "habitant-\ne-s", "habitant", "Plur", "hyphen", "habitants"),
    ("Aux profession-\nnel·le·s.", "profession-\nnel·le·s", "professionnel", "Plur", "median_point", "professionnels"),
    ("Les citoyen.nes.Les autres.", "citoyen.nes", "citoyen", "Plur", "low_point", "citoyens"),
    ("Y sont-ils·elles ?", "ils·elles", "il", "Plur", "median_point", "ils"),
    ("Vu les élu·e·s2 du lieu.", "élu·e·s", "élu", "Plur", "median_point", "élus"),
    ("Les amix dansent.", "amix", "ami", "Plur", "x_form", "amis"),
    ("Prix d’un·e élève.", "un·e", "un", "Sing", "median_point", "un"),
]
LEFT_ALONE = [
    "p.ex. M.Sc. N.B. i.e. cf. e.s.s J.-P. art.le S.A.R.L. 12.e n.e.",
    "https://a.be/habitant-e-s?x=usager.es www.un-e.fr/élu.e.s",
    "contact.usager.es@asbl.be @citoyen.ne.s #étudiant·e·s #NousToutEs",
    "rapport.final.es presentation.les client.es.pdf liste_usager.es usager.es.be",
    "C'est la fin.Les gens partent. Un projet.Il avance. Bonjour.Les amis.",
    "Et/ou, et/ou, TPE/PME, H/F, 24h/24, km/h, homme/femme, père/mère, moral/morale, port/porte, médecin/médecine",
    "Un rendez-vous à Nogent-le-Rotrou, dit-elle ; peut-il, est-ce, a-t-elle, fais-le, prends-les, quelqu'un",
    "projet(s) commune(s) jeune(s) leur(s) au(x) PLU(i) c(h)œur (re)faire bénévole(s) chargé(s)",
    "bénévole·s élève.s leur·s membre·s nouveau·x",
    "père et mère, hommes et femmes, frères et sœurs, garçons et filles, villes et villages, rois et reines",
    "le moral et la morale, des ports et des portes, le parti et la partie, un tour ou une tour, la mode et le mode",
    "citoyens et citoyenneté, salariés et salaires, coopératives et coopérateurs, lycées et lycéens, un ou plusieurs",
    "Martin et Martine, Louis et Louise, François et Françoise",
    "le son ou sa source, il et elle dansent, lui et elle dansent, la ou les personnes, tel ou tel",
    "YouTube iPhone BlaBlaCar ONGs PMEs CEs LinkedIn AidESS DirectX",
    "col·lectiu Paral·lel il·lusió x·y N·m kW·h a·b Lyon · Paris Accueil·Contact",
    "a) b) 1.2.3 v2.e 3,14 12/03/2024 10h-12h H2O C6H12O6 AB-12-E",
    "• citoyen\n· ne pas oublier\n- e\n• les",
    "Linux unix Infinix Netflix prix doux deux index latinx faux",
    "le ciel, un logiciel, le matériel, tu tousses, celle-ci, ceux-là",
]
PIECES = st.sampled_from(
    [
        *(form.split()[0] for forms in FOUND.values() for form in forms.strip().splitlines()),
        *LEFT_ALONE,
        *(["et", "ou", "les", "·", ".", "-", "(", ")", "/", "e", "s", "habitants", "habitantes", "É"]),
        *("\n", ", ", "e\u0301"),
    ]
)


def said(units: list[InclusiveUnit]) -> list[tuple[str, str, str, str, str]]:
    return [(unit.form, unit.lemma, unit.number, unit.kind, unit.masculine) for unit in units]


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line.split()) for kind, lines in FOUND.items() for line in lines.strip().splitlines()]
)
def test_a_form_is_read_by_its_grammar(kind, line):
    form, lemma, number, masculine = line
    text = f"Avec plaisir : {form}, dit-elle."
    [found] = find_inclusive(text)
    assert said([found]) == [(form, lemma, number, kind, masculine)]
    assert (found.start, found.end) == (15, 15 + len(form))


@pytest.mark.parametrize(("text", "form", "lemma", "number", "kind", "masculine"), SPACED)
def test_what_spans_several_words_is_one_unit(text, form, lemma, number, kind, masculine):
    assert said(find_inclusive(text)) == [(form, lemma, number, kind, masculine)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_like_it_is_left_alone(text):
    assert find_inclusive(text) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_the_independent_cases_are_met(case):
    found = [(unit.form, unit.lemma, unit.number, unit.kind) for unit in find_inclusive(case["text"])]
    assert found == [(unit["form"], unit["lemma"], unit["number"], unit["kind"]) for unit in case["units"] or []]


def test_the_masculine_reads_on_in_the_sentence():
    text = "Les citoyen·ne·s et l'élu(e) accueillent toutes et tous, le/la président/e aussi."
    units = find_inclusive(text)
    assert rewritten(text, units) == "Les citoyens et l'élu accueillent tous, le président aussi."


def test_the_elided_article_stays_outside():
    assert [unit.form for unit in find_inclusive("L'auteur·rice d’un·e ami·e.")] == ["auteur·rice", "un·e", "ami·e"]


def test_decomposed_accents_are_read_and_counted():
    text = unicodedata.normalize("NFD", "Les élu·e·s, à côté.")
    [found] = find_inclusive(text)
    assert (found.lemma, found.number) == ("élu", "Plur")
    assert text[found.start : found.end] == found.form == "e\u0301lu·e·s"


def test_no_break_of_a_sentence_is_read_as_a_point():
    assert find_inclusive("Il voit le voisin.\nle chat aussi.") == []
    assert [unit.form for unit in find_inclusive("Les voisin.\nes chantent.")] == ["voisin.\nes"]


@given(st.lists(PIECES, max_size=12).flatmap(lambda pieces: st.sampled_from(["".join(pieces), " ".join(pieces)])))
def test_units_are_in_order_apart_and_where_they_say(text):
    units = find_inclusive(text)
    assert all(text[unit.start : unit.end] == unit.form != "" for unit in units)
    assert all(left.end <= right.start for left, right in pairwise(units))
    assert all(unit.lemma and unit.masculine and unit.number in {"Sing", "Plur"} for unit in units)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_nothing_is_found_once_the_masculine_stands_in(case):
    assert find_inclusive(rewritten(case["text"], find_inclusive(case["text"]))) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "a·a·",
        "((((",
        "e.e.e.",
        "un-e-",
        "un·e·",
        "é(e)",
        "et et ",
        "-e-s",
        "/a/a",
        "-\n",
        "a@a.",
        "Ee",
        "x",
        "les et les ",
    ],
)
def test_hostile_input_takes_time_in_proportion(hostile):
    text = hostile * (100_000 // len(hostile))
    started = time.process_time()
    find_inclusive(text)
    assert time.process_time() - started < 10


@pytest.mark.skipif(not SEED.exists(), reason="the seed document is not beside this checkout")
def test_the_call_for_papers_of_the_seed_is_read_in_full():
    found = [(unit.form, unit.masculine) for unit in find_inclusive(SEED.read_text("utf-8"))]
    assert sorted(set(found)) == [
        ("acteurices", "acteurs"),
        ("chercheur.es", "chercheurs"),
        ("citoyen.nes", "citoyens"),
        ("entrepreneur.es", "entrepreneurs"),
        ("intervenant.es", "intervenants"),
        ("usager.ères", "usagers"),
    ]


def rewritten(text: str, units: list[InclusiveUnit]) -> str:
    pieces = []
    position = 0
    for unit in units:
        pieces += [text[position : unit.start], unit.masculine]
        position = unit.end
    return "".join([*pieces, text[position:]])
