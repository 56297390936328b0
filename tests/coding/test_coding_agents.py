"""Rule R7: an actor is coded when it acts."""

from __future__ import annotations

import pytest

from innovsoc_analysis.coding.agents import acts
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.study.corpus import corpus_from_texts

ACTORS = frozenset({"ville", "commune", "canton", "région", "état", "fondation", "menuiserie", "scierie", "enquêteurs"})
ACTING = [
    "La commune finance le lieu.",
    "Le projet est porté par la commune.",
    "On travaille avec la commune.",
    "Grâce au soutien de la commune, on tient.",
    # the subject of a relative
    "Merci à la Ville, qui a fourni les chaises.",
    "On loue chez une menuiserie qui prête son atelier.",
    "Merci à la Ville de Mons, qui a fourni les chaises.",
    # subjects turned round
    "Le four que nous prête la scierie chauffe bien.",
    "Le prix baisse, observent les enquêteurs.",
    "Nous, à la fondation, on paie les loyers.",
    # to refuse is to act
    "La Région refuse de financer le lieu.",
    "La Région ne veut pas payer.",
    "La commune n'a pas hésité à payer.",
    "La fondation ne prête pas : elle donne.",
    # verbs taken for nouns
    "La commune prête le local.",
    "La commune vote un budget.",
    "Le canton aide les familles.",
]
NOT_ACTING = [
    "On habite dans la commune.",
    "On parle à la commune.",
    "On aide la commune.",
    "Les besoins de la commune grandissent.",
    # an object whose relative says a state
    "On pense à la commune qui souffre.",
    "Le four que nous prêtons à la scierie chauffe.",
    "Le four que nous montrons chauffe la scierie.",
    # what it ought to do
    "La commune devrait financer le lieu.",
    "L'État doit payer.",
    "La commune pourrait payer.",
    "Il faudrait que la commune paie.",
    "Il revient à la Région de payer.",
    "C'est à l'État de payer.",
    # what it does not do
    "La Région ne finance rien.",
    "La commune n'a jamais payé.",
    # nouns that look like verbs
    "Une commune, une aide.",
]


@pytest.fixture(scope="module")
def verdicts():
    sentences = ACTING + NOT_ACTING
    corpus = corpus_from_texts({str(number): sentence for number, sentence in enumerate(sentences)})
    numbers = corpus.documents.set_index("doc_id")["title"].astype(int)
    found = {}
    for units in units_of(corpus, "phrase"):
        for unit in units:
            position = next(at for at, word in enumerate(unit.words) if word.form in ACTORS)
            found[sentences[numbers[unit.doc_id]]] = acts(unit.words, position, position + 1)
    return found


@pytest.mark.parametrize("sentence", ACTING)
def test_an_actor_that_does_something_acts(verdicts, sentence):
    assert verdicts[sentence]


@pytest.mark.parametrize("sentence", NOT_ACTING)
def test_a_place_a_receiver_a_duty_and_an_inaction_do_not_act(verdicts, sentence):
    assert not verdicts[sentence]
