"""How an indicator is written and what it finds."""

from __future__ import annotations

import pytest

from innovsoc_analysis.coding.patterns import token_keys

# indicator → sentence → evidence, by hand
LEMMAS = {
    "besoin": {
        "Les BESOINS et le besoin.": ["BESOINS", "besoin"],
        "Des besoins, un besoin.": ["besoins", "besoin"],
        "Il besogne.": [],
    },
    "répondre": {"Elles répondent, il répondait.": ["répondent", "répondait"]},
    "marche/NOUN": {"La marche du samedi.": ["marche"], "On marche vite.": []},
    "État": {"L’État aide.": ["État"], "L'état du parquet inquiète.": [], "Un ÉTAT.": []},
    "low-tech": {"Un atelier low-tech ouvre.": ["low-tech"]},
    "start-up": {"Les start-ups arrivent.": ["start-ups"]},
    "exilé": {"Des familles exilées et un homme exilé.": ["exilées", "exilé"]},
    "démunie": {"Les personnes démunies viennent.": ["démunies"]},
    "aujourd'hui": {"On ouvre aujourd’hui.": ["aujourd’hui"]},
}
EXPRESSIONS = {
    "répondre à un besoin": {
        "Elle répond à un besoin.": ["répond à un besoin"],
        "Ils répondent à des besoins.": ["répondent à des besoins"],
        "Il a répondu aux besoins.": ["répondu aux besoins"],
        "Elle répond au besoin.": ["répond au besoin"],
        "Elle répond à leurs besoins.": ["répond à leurs besoins"],
        "Elle répond à cette envie.": [],
        # one adverb may stand between, two may not, nor an adjective
        "Elle répond vraiment à un besoin.": ["répond vraiment à un besoin"],
        "Elle répond ainsi très vite à un besoin.": [],
        "Elle répond à un immense besoin.": [],
    },
    "bilan": {"Le bilan vraiment long.": ["bilan"]},
    "bilan de santé": {"Un bilan de santé.": ["bilan de santé"], "Un bilan vraiment long.": []},
    "insuffisamment satisfait": {
        "Des besoins insuffisamment satisfaits.": ["insuffisamment satisfaits"],
        "Une demande insuffisamment satisfaite.": ["insuffisamment satisfaite"],
    },
    "l'État devrait": {"L’État devrait agir.": ["L’État devrait"], "L'état devrait sécher.": []},
    "une personne, une voix": {"Ici, une personne, une voix.": ["une personne, une voix"]},
    "main dans la main": {"Elles avancent main dans la main.": ["main dans la main"]},
    # an adverb made of preposition and adjective does not vary
    "de nouveau": {"On ouvre de nouveau.": ["de nouveau"], "Ils créent de nouveaux lieux.": []},
}


@pytest.fixture(scope="module")
def found(book, evidence):
    """Return (indicator, sentence) → evidence."""
    results = {}
    for kind, table in (("lemmes", LEMMAS), ("expressions", EXPRESSIONS)):
        codes = {f"c{number}": {kind: [indicator]} for number, indicator in enumerate(table)}
        sentences = [sentence for cases in table.values() for sentence in cases]
        for code, indicator in zip(codes, table, strict=True):
            by_sentence = evidence(book({code: codes[code]}), sentences)
            results |= {(indicator, sentence): by_sentence[sentence].get(code, []) for sentence in table[indicator]}
    return results


CASES = [
    pytest.param(indicator, sentence, words, id=f"{indicator} / {sentence}")
    for table in (LEMMAS, EXPRESSIONS)
    for indicator, cases in table.items()
    for sentence, words in cases.items()
]


@pytest.mark.parametrize(("indicator", "sentence", "words"), CASES)
def test_an_indicator_finds_its_words(found, indicator, sentence, words):
    assert found[indicator, sentence] == words


def test_sauf_takes_the_place_of_shorter_indicators_of_its_own_code_only(book, evidence):
    codes = {
        "service": {"lemmes": ["service/NOUN"], "sauf": ["chef de service"]},
        "chef": {"lemmes": ["chef"]},
        "urgence": {"expressions": ["chef de service des urgences"]},
    }
    sentences = ["Le chef de service ouvre un service.", "Le chef de service des urgences part."]
    assert evidence(book(codes), sentences) == {
        sentences[0]: {"service": ["service"], "chef": ["chef"]},
        sentences[1]: {"urgence": ["chef de service des urgences"]},
    }


@pytest.mark.parametrize(
    ("form", "upos", "matches"),
    [
        ("leurs", "DET", True),
        ("Un", "DET", True),
        ("Aucun", "DET", False),
        ("nulle", "DET", False),
        ("grand", "ADJ", False),
    ],
)
def test_un_stands_for_any_determiner_that_does_not_deny(form, upos, matches):
    assert ("<un>" in token_keys(form, form, upos)) == matches


@pytest.mark.parametrize(("form", "preposition"), [("au", "à"), ("Aux", "à"), ("du", "de"), ("des", "de")])
def test_a_contraction_holds_its_preposition(form, preposition):
    assert preposition in token_keys(form, form, "ADP")
