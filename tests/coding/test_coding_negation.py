"""Rule R3: what is denied is not coded."""

from __future__ import annotations

import time

import pytest

from innovsoc_analysis.coding.matching import Word
from innovsoc_analysis.coding.negation import denials, is_denied

# sentence → what is still said, by hand
SAID = {
    # ne … pas, plus, jamais, guère, point
    "On n'a pas de partenaire.": [],
    "On n’a pas de partenaire.": [],
    "Elles ne veulent surtout pas collaborer.": [],
    "Les voisins ne participent pas.": [],
    "Nous ne répondons pas aux besoins.": [],
    "Il n'y a plus de solidarité.": [],
    "On ne répond plus aux besoins.": [],
    "Nous n'avons guère de partenaires.": [],
    "Il n'y a point de solidarité.": [],
    "Il n'y a pas encore de gouvernance.": [],
    # plus de
    "Il faut plus de solidarité.": ["solidarité"],
    "Il y a plus de partenaires qu'avant.": ["partenaires"],
    # spoken, without ne
    "Ils participent pas.": [],
    "On a pas de partenaire.": [],
    "J'ai jamais participé.": [],
    "C'est pas une gouvernance.": [],
    # aucun, nul, sans, ni
    "Aucun partenaire n'est venu.": [],
    "Il n'y a aucune gouvernance partagée.": [],
    "On ne répond à aucun besoin.": [],
    "Nul besoin ne reste.": [],
    "Le projet avance sans partenaire.": [],
    "Sans local, la solidarité tient.": ["solidarité"],
    "Il n'y a ni partenaire ni gouvernance.": [],
    "Il n'y a ni partenaire, ni gouvernance.": [],
    # only, not only
    "Le projet n'a que deux partenaires.": ["partenaires"],
    "Ce n'est pas seulement une gouvernance, mais une solidarité.": ["gouvernance", "solidarité"],
    "Il ne s'agit pas seulement d'un partenaire mais de solidarité.": ["partenaire", "solidarité"],
    "C'est pas que la solidarité, c'est aussi le besoin.": ["solidarité", "besoin"],
    "Il n'y a pas qu'un partenaire.": ["partenaire"],
    "Ils n'ont pas moins de dix partenaires.": ["partenaires"],
    # the clause ends
    "Il n'y a pas de local, mais un partenaire aide.": ["partenaire"],
    "Ce n'est pas un partenaire mais une solidarité.": ["solidarité"],
    "Nous n'attendons pas car le besoin grandit.": ["besoin"],
    "Pas de local et ils collaborent quand même.": ["collaborent"],
    "Le lieu n'ouvre pas : la solidarité manque.": ["solidarité"],
    "Les partenaires n'ont pas répondu.": ["partenaires"],
    # no one
    "Personne ne veut de gouvernance.": [],
    "Personne ici ne collabore.": [],
    "La personne accueillie est un partenaire.": ["partenaire"],
    "Nous n'accueillons que la personne en besoin.": ["besoin"],
    "Jusque-là, personne n'avait jamais osé.": ["personne n'avait jamais osé"],
    # words that look like a negation
    "C'est un premier pas vers la solidarité.": ["solidarité"],
    "Voilà un pas vers la gouvernance.": ["gouvernance"],
    "Plus que jamais la solidarité compte.": ["solidarité"],
    "C'est sans doute un besoin.": ["besoin"],
    "On y voit sans aucun doute un besoin.": ["besoin"],
    "Les partenaires aident sans cesse.": ["partenaires"],
    # predicates of absence reach back to their subject
    "La gouvernance n'est pas assurée.": [],
    "Aucune gouvernance n'existe.": [],
    "La gouvernance n'existe plus.": [],
    "La gouvernance existe plus.": [],
    "La gouvernance, elle existe pas.": [],
    "La gouvernance du lieu a disparu.": [],
    "La gouvernance n'a pas disparu.": ["gouvernance"],
    "La gouvernance pourrait disparaître.": ["gouvernance"],
    "La solidarité fait défaut.": [],
    "La solidarité ne fait pas défaut.": ["solidarité"],
    "La gouvernance n'a jamais vu le jour.": [],
    "La gouvernance est restée lettre morte.": [],
    "La solidarité est inexistante.": [],
    "Le lieu a une gouvernance inexistante.": [],
    "La solidarité brille par son absence.": [],
    "La gouvernance, promise en mai, n'a pas vu le jour.": [],
    "La gouvernance et la solidarité n'existent pas.": [],
    "Une gouvernance qui n'existe pas coûte peu.": [],
    "Dans le quartier, des partenaires, il n'y en a pas.": [],
    "Dans le besoin, il n'existe pas de local.": ["besoin"],
    "Les partenaires n'ont pas attendu pour décider.": ["partenaires"],
    "La gouvernance n'est pas seulement un texte.": ["gouvernance"],
    "La gouvernance n'est pas un mystère.": ["gouvernance"],
    "Le besoin n'est pas couvert.": ["besoin"],
    "Les partenaires n'ont pas peur.": ["partenaires"],
    "Rien ici ne crée de solidarité.": [],
    "Rien ne bouge si les voisins collaborent.": ["collaborent"],
    "On ne sait pas si les voisins collaborent.": [],
    # spoken
    "Y a plus de solidarité.": [],
    "Y a plus de solidarité qu'avant.": ["solidarité"],
    "Y'a pas eu de gouvernance.": [],
    "C'est pas de la solidarité.": [],
    "On a zéro partenaire.": [],
    "Le territoire zéro besoin est une idée.": ["besoin"],
    "Y a ni partenaire ni gouvernance.": [],
    "La solidarité, que dalle.": [],
    "Y avait même pas de gouvernance.": [],
    # two negations affirm
    "On ne peut pas dire qu'il n'y a pas de solidarité.": ["solidarité"],
    "On ne peut pas dire qu'il y a de la solidarité.": [],
    "Ce lieu n'est pas sans rappeler la solidarité.": ["solidarité"],
    "Ce n'est pas faute de partenaires.": ["partenaires"],
    "Nul n'ignore que les partenaires aident.": ["partenaires"],
    "Il ne se passe pas un jour sans que les partenaires aident.": ["partenaires"],
    "Rien ne se fait sans les partenaires.": ["partenaires"],
    "N'oublions pas la solidarité.": ["solidarité"],
    "Le lieu ne se limite pas à la gouvernance.": ["gouvernance"],
    "On ne veut rien d'autre que la solidarité.": ["solidarité"],
    "Pourquoi ne pas collaborer ?": ["collaborer"],
    # what is narrowed, replaced or weakened
    "Ce n'est pas uniquement une gouvernance.": ["gouvernance"],
    "C'est non seulement une gouvernance mais encore une solidarité.": ["gouvernance", "solidarité"],
    "Plus qu'une gouvernance, c'est une solidarité.": ["gouvernance", "solidarité"],
    "C'est moins une gouvernance qu'une solidarité.": ["gouvernance", "solidarité"],
    "Ce n'est pas tant une gouvernance qu'une solidarité.": ["solidarité"],
    "C'est non pas une gouvernance, mais une solidarité.": ["solidarité"],
    "C'est une gouvernance et non une solidarité.": ["gouvernance"],
    "On choisit la solidarité plutôt que la gouvernance.": ["solidarité"],
    "C'est plutôt une gouvernance.": ["gouvernance"],
    "Ils vendent au lieu de collaborer.": [],
    "C'est un lieu de solidarité.": ["solidarité"],
    "Ils parlent de besoin sans pour autant collaborer.": ["besoin"],
    "On ferme faute de partenaires.": [],
    "C'est la faute de la gouvernance.": ["gouvernance"],
    # distanced speech
    "C'est une soi-disant solidarité.": [],
    "La prétendue gouvernance coûte cher.": [],
    "Voilà une gouvernance prétendue.": [],
    "Ils sont prétendument partenaires.": [],
    "Les voisins sont censés participer.": [],
    "Ils appellent ça de la gouvernance.": [],
    "On appelle ça de la solidarité.": ["solidarité"],
    "Sous couvert de solidarité, on ferme.": [],
    "C'est une pseudo gouvernance.": [],
    "C'est un simulacre de gouvernance.": [],
    "Elle dit que les voisins participent.": ["participent"],
    "Selon le rapport, la solidarité compte.": ["solidarité"],
}
ADMITTED = {
    "Ce n'est pas une innovation de machines.": ["innovation de machines"],
    "Nous avançons sans écran.": ["sans écran"],
    "Le lieu n'a pas de moyens.": ["moyens"],
}


@pytest.fixture(scope="module")
def found(book, evidence):
    """Return the evidence in all sentences."""
    excluding = book(
        {
            "dit": {
                "lemmes": ["partenaire", "participer", "collaborer", "solidarité", "gouvernance", "besoin"],
                "expressions": ["répondre à un besoin", "personne n'avait jamais osé"],
            }
        }
    )
    admitting = book(
        {
            "manque": {
                "lemmes": ["moyen/NOUN"],
                "expressions": ["innovation de machines", "sans écran"],
                "negation": "admet",
            }
        }
    )
    return evidence(excluding, SAID) | evidence(admitting, ADMITTED)


@pytest.mark.parametrize(("sentence", "said"), SAID.items(), ids=list(SAID))
def test_what_is_denied_is_not_coded(found, sentence, said):
    assert found[sentence].get("dit", []) == said


@pytest.mark.parametrize(("sentence", "said"), ADMITTED.items(), ids=list(ADMITTED))
def test_a_code_that_admits_negation_is_coded_all_the_same(found, sentence, said):
    assert found[sentence]["manque"] == said


def test_a_word_denied_by_part_of_its_own_expression_is_coded():
    assert not is_denied(0, 3, {1: {2}})
    assert is_denied(0, 2, {1: {2}})


@pytest.mark.parametrize("upos", ["NOUN", "VERB", "ADV", "DET", "PRON"])
@pytest.mark.parametrize("phrase", ["pas", "sans", "si on avait un lieu", "le comité n' existe plus", "plutôt que"])
def test_a_long_segment_takes_a_time_in_proportion_to_its_length(phrase, upos):
    one = [Word(form, upos, frozenset({form, "exister", f"/{upos}"})) for form in phrase.split()]

    def seconds(length):
        words = (one * length)[:length]
        start = time.process_time()
        negations = denials(words)
        for first in range(length):
            is_denied(first, first + 1, negations)
        return time.process_time() - start

    seconds(1000)
    assert seconds(32_000) < 200 * max(seconds(1000), 0.005)


def test_the_same_sentences_deny_a_code_that_excludes_negation(book, evidence):
    indicators = {"lemmes": ["moyen/NOUN"], "expressions": ["innovation de machines"]}
    excluding = evidence(book({"dit": indicators}), ADMITTED)
    assert not any(excluding.values())
