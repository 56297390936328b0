"""Rule R3: what is supposed not to be so is not coded; open conditions, plans and wishes are."""

from __future__ import annotations

import pytest

# sentence → what is still said, by hand
SAID = {
    # contrary to fact
    "Si on avait une gouvernance, ce serait mieux.": [],
    "Si on avait une gouvernance, …": [],
    "S'il existait une gouvernance, on le saurait.": [],
    "Ce serait mieux si on avait une gouvernance.": [],
    "Si nous avions des partenaires, le lieu ouvrirait.": [],
    "Il aurait fallu associer des partenaires.": [],
    "On aurait pu créer une gouvernance.": [],
    "Ils auraient dû collaborer.": [],
    "Imaginons que les voisins participent.": [],
    "Imaginons une solidarité nouvelle.": ["solidarité"],
    # open conditions, plans, wishes, habits, questions
    "Si vous voulez participer, venez.": ["participer"],
    "Si le projet est retenu, la gouvernance changera.": ["gouvernance"],
    "Il faudrait que les voisins participent.": ["participent"],
    "Si quelqu'un avait un besoin, on venait.": ["besoin"],
    "Je me demande si on avait une gouvernance.": ["gouvernance"],
    "Et si on collaborait ?": ["collaborait"],
    "Si bien que la solidarité montrait ses limites.": ["solidarité"],
    # denied twice
    "Si on n'avait pas ces partenaires, on fermerait.": ["partenaires"],
    "On n'aurait pas pu tenir sans les partenaires.": ["partenaires"],
    "Il n'aurait pas fallu collaborer.": ["collaborer"],
    # a reflexive is no condition
    "Les voisins s'étaient donné une gouvernance.": ["gouvernance"],
}


@pytest.fixture(scope="module")
def found(book, evidence):
    lemmas = ["partenaire", "participer", "collaborer", "solidarité", "gouvernance", "besoin"]
    return evidence(book({"dit": {"lemmes": lemmas}}), SAID)


@pytest.mark.parametrize(("sentence", "said"), SAID.items(), ids=list(SAID))
def test_what_is_supposed_contrary_to_fact_is_not_coded(found, sentence, said):
    assert found[sentence].get("dit", []) == said
