"""Rule R3: what is denied is not coded."""

from __future__ import annotations

import pytest

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


def test_the_same_sentences_deny_a_code_that_excludes_negation(book, evidence):
    indicators = {"lemmes": ["moyen/NOUN"], "expressions": ["innovation de machines"]}
    excluding = evidence(book({"dit": indicators}), ADMITTED)
    assert not any(excluding.values())
