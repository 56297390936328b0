"""What the tests of coding share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest

from innovsoc_analysis.coding.gold import Gold, GoldPassage
from innovsoc_analysis.coding.learning.model import Model
from innovsoc_analysis.coding.learning.training import train
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.model.codebook import Codebook
from innovsoc_analysis.study.corpus import corpus_from_texts

Book = Callable[..., Codebook]


def book_of(codes: Mapping[str, Mapping[str, object]]) -> Codebook:
    """Return a codebook: code → its indicators; a key ``negation`` or ``exemples`` goes to the code itself."""
    entries = []
    for name, keys in codes.items():
        indicators = {key: value for key, value in keys.items() if key in {"lemmes", "expressions", "sauf"}}
        others = {key: value for key, value in keys.items() if key not in indicators}
        entries.append({"id": name, "libelle": name.title(), "definition": "…", "indicateurs": indicators, **others})
    return Codebook.model_validate({"nom": "essai", "version": "1", "codes": entries})


def evidence_in(book: Codebook, sentences: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return, for each sentence, code → its evidence; the sentences are coded together, which is fast."""
    sentences = list(dict.fromkeys(sentences))
    corpus = corpus_from_texts({str(number): sentence for number, sentence in enumerate(sentences)})
    numbers = corpus.documents.set_index("doc_id")["title"].astype(int)
    found: dict[str, dict[str, list[str]]] = {sentence: {} for sentence in sentences}
    for row in RuleCoder(book).code(corpus).itertuples():
        found[sentences[numbers[row.doc_id]]].setdefault(row.code, []).extend(row.evidence.split(" | "))
    return found


@pytest.fixture(scope="session")
def book() -> Book:
    return book_of


@pytest.fixture(scope="session")
def evidence() -> Callable[..., dict[str, dict[str, list[str]]]]:
    return evidence_in


PLACES = [
    *("À Liège", "Au village", "Dans notre rue", "Depuis mars", "Près du canal", "Chez nous", "Cette année"),
    *("En haut du bourg", "Derrière la gare", "Au bord du lac", "Ce soir", "Sur la place"),
]
SAID = {
    "besoin": ["les parents manquent de crèches", "personne ne trouve de chambre", "les aînés restent sans visite"],
    "argent": ["la ville verse une subvention", "le budget vient des dons", "une subvention couvre le loyer"],
    "lieu": ["un atelier ouvre dans l'usine", "un potager pousse dans la cour", "l'atelier occupe une halle"],
    "lien": ["les voisins s'entraident", "on coud avec les voisins", "des bénévoles cuisinent ensemble"],
    "": ["il pleut depuis hier", "Rose range des chaises", "le tram passe à midi"],
}
OFF = ["le gardien détend ses gants", "l'atelier du peintre ferme", "l'arbitre siffle la fin du match"]
MINI_BOOK = {
    "nom": "mini",
    "version": "1",
    "familles": [
        {"id": "F", "libelle": "Pourquoi", "groupes": [{"id": "F1", "libelle": "Un", "codes": ["besoin"]}]},
        {"id": "G", "libelle": "Comment", "groupes": [{"id": "G1", "libelle": "Deux", "codes": ["argent", "lieu"]}]},
        {"id": "H", "libelle": "Avec qui", "groupes": [{"id": "H1", "libelle": "Trois", "codes": ["lien", "rare"]}]},
    ],
    "codes": [
        {
            "id": "besoin",
            "libelle": "Besoin",
            "definition": "Ce qui manque.",
            "correspondances": {"ESID": "Objectives (1b)"},
            "indicateurs": {"lemmes": ["manquer"]},
            "motifs": [{"id": "sans", "motif": "rester sans", "exemples": ["Il reste sans abri."]}],
        },
        {
            "id": "argent",
            "libelle": "Argent",
            "definition": "Ce que cela coûte.",
            "correspondances": {"ESID": "Outputs (3a)"},
            "indicateurs": {"lemmes": ["subvention", "budget"]},
        },
        {
            "id": "lieu",
            "libelle": "Lieu",
            "definition": "Où cela se passe.",
            "indicateurs": {"lemmes": ["atelier"], "sauf": ["atelier du peintre"]},
        },
        {
            "id": "lien",
            "libelle": "Lien",
            "definition": "Avec qui.",
            "correspondances": {"ESID": "Actors (2a)"},
            "indicateurs": {"lemmes": ["voisin"]},
        },
        {
            "id": "rare",
            "libelle": "Rare",
            "definition": "Ce que personne ne dit.",
            "correspondances": {"ESID": "Actors (2b)"},
            "indicateurs": {"lemmes": ["licorne"]},
        },
    ],
}


def mini_passages(places: Iterable[str], split: str) -> Iterator[GoldPassage]:
    """Give three passages a place, with a sentence for each code and one without, and one out of the field."""
    for place, number in itertools.product(places, range(3)):
        sentences = [
            {"text": f"{place}, {said[number]}.", "codes": {code: said[number]} if code else {}}
            for code, said in SAID.items()
        ]
        yield GoldPassage.model_validate(
            {"passage": f"{place} {number}", "split": split, "genre": "project", "sentences": sentences}
        )
    for place in places:
        sentences = [{"text": f"{place}, {said}."} for said in OFF]
        yield GoldPassage.model_validate(
            {"passage": f"{place} off", "split": split, "genre": "talk", "field": "off", "sentences": sentences}
        )


@pytest.fixture(scope="session")
def mini_book() -> Codebook:
    """Return five codes, one of which nobody uses."""
    return Codebook.model_validate(MINI_BOOK)


@pytest.fixture(scope="session")
def mini_gold() -> Gold:
    """Return 144 sentences to learn from, 36 to tune on, 36 to evaluate on."""
    parts = {"train": PLACES[:8], "dev": PLACES[8:10], "test": PLACES[10:]}
    return Gold(tuple(passage for split, places in parts.items() for passage in mini_passages(places, split)))


@pytest.fixture(scope="session")
def mini_model(mini_gold: Gold, mini_book: Codebook) -> Model:
    return train(mini_gold.part("train"), mini_book, validation=mini_gold.part("dev"))
