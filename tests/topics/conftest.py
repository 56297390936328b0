"""Ten short texts with three planted topics: four gardens, three homes, two turbines, one without content."""

from __future__ import annotations

import pytest

from innovsoc_analysis.study.corpus import Corpus, corpus_from_texts

TEXTS = {
    "jardin 1": "Un jardin partagé, un compost, des semences et des légumes.",
    "jardin 2": "Des légumes, du compost et des semences sortent du jardin partagé.",
    "jardin 3": "Les semences et le compost nourrissent le jardin partagé et les légumes.",
    "jardin 4": "Oui. Voici le jardin partagé, son compost, ses légumes et ses semences. Oui.",
    "logement 1": "Un immeuble ancien, un logement, un locataire et un loyer social.",
    "logement 2": "Un loyer social pour le locataire du logement dans un immeuble ancien.",
    "logement 3": "Le locataire paie un loyer social pour un logement dans un immeuble ancien.",
    "énergie 1": "Une éolienne, une turbine et des panneaux solaires pour la coopérative.",
    "énergie 2": "La coopérative installe une éolienne, des panneaux solaires et une turbine.",
    "vide": "Euh, voilà, oui.",
}


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return corpus_from_texts(TEXTS, genre="project")
