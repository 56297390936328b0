"""What cannot be done is said in one French sentence."""

from __future__ import annotations

import numpy as np
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit
from innovsoc_analysis.topics.models import MODELS, Fitted, Model


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"n_topics": 11}, "11 thèmes pour 10 documents : demandez-en moins, ou ajoutez des textes."),
        ({"n_topics": 1}, "Demandez au moins 2 thèmes."),
        ({"n_topics": -3}, "Demandez au moins 2 thèmes."),
        (
            {"model": "bertopic"},
            "Modèle de thèmes inconnu : « bertopic » ; choisissez nmf, lda, gensim-lda ou gensim-ensemble.",
        ),
        ({"n_topics": 3, "seed": -1}, "La graine est un entier de 0 à 4294967295."),
        ({"n_topics": 3, "seed": 2**32}, "La graine est un entier de 0 à 4294967295."),
        (
            {"n_topics": 11, "unit": "paragraph"},
            "11 thèmes pour 10 paragraphes : demandez-en moins, ou ajoutez des textes.",
        ),
        ({"n_topics": 8, "min_documents": 3, "max_share": 0.3}, "8 thèmes pour 6 mots retenus : demandez-en moins."),
    ],
)
def test_wrong_options(corpus, options, sentence):
    with pytest.raises(UsageError) as raised:
        fit(corpus, **options)
    assert str(raised.value) == sentence


NO_CONTENT = "Les textes ne contiennent aucun mot plein (noms, adjectifs, verbes) : ajoutez des textes."
TWO_GARDENS = {"a": "Un jardin.", "b": "Le jardin.", "c": "Un jardin."}


@pytest.mark.parametrize(
    ("texts", "choices", "sentence"),
    [
        ({"a": "Euh, oui.", "b": "Ben voilà."}, {}, NO_CONTENT),
        ({"a": "1 2 3 !", "b": "??? 4"}, {}, NO_CONTENT),
        ({"a": "", "b": ""}, {}, NO_CONTENT),
        ({"a": "", "b": ""}, {"unit": "paragraph"}, NO_CONTENT),
        ({"a": "", "b": ""}, {"unit": "context"}, NO_CONTENT),
        (
            {"a": "Un jardin.", "b": "Un autre."},
            {"upos": ("ADJ", "PROPN")},
            "Les textes ne contiennent aucun mot plein (adjectifs, noms propres) : ajoutez des textes.",
        ),
        (
            {"a": "Le jardin.", "b": "Un logement."},
            {},
            "Aucun mot ne figure dans au moins 2 documents : ajoutez des textes ou abaissez min_documents.",
        ),
        (
            {"a": "Le jardin.\n\nUn logement."},
            {"unit": "paragraph"},
            "Aucun mot ne figure dans au moins 2 paragraphes : ajoutez des textes ou abaissez min_documents.",
        ),
        (
            TWO_GARDENS,
            {"max_share": 0.625},
            (
                "Tous les mots présents dans au moins 2 documents figurent dans plus de 62,5\u202f% des documents :"
                " ajoutez des textes ou élevez max_share."
            ),
        ),
        (
            {},
            {},
            "Aucun texte : des thèmes demandent plusieurs documents.",
        ),
        (
            {"a": "Un jardin partagé."},
            {},
            (
                "Un seul document : des thèmes demandent plusieurs documents,"
                " ou une unité plus petite (--unit paragraphe)."
            ),
        ),
        (
            {"a": "Un jardin partagé, un jardin."},
            {"unit": "paragraph", "min_documents": 1, "max_share": 1},
            "2 thèmes pour 1 paragraphe : demandez-en moins, ou ajoutez des textes.",
        ),
    ],
)
def test_what_leaves_nothing_is_named_in_one_sentence(texts, choices, sentence):
    with pytest.raises(UsageError) as raised:
        fit(corpus_from_texts(texts), n_topics=2, **choices)
    assert str(raised.value) == sentence


def test_a_model_that_finds_nothing_says_so(corpus, monkeypatch):
    nothing = Model("rien", lambda matrix, *_: Fitted(np.zeros((0, matrix.shape[1])), np.zeros((10, 0))), seeded=False)
    monkeypatch.setitem(MODELS, "nothing", nothing)
    with pytest.raises(UsageError) as raised:
        fit(corpus, n_topics=3, model="nothing")
    assert str(raised.value) == ("Le modèle n'a trouvé aucun thème : demandez-en moins, ou choisissez un autre modèle.")


def test_largest_seed_is_accepted(corpus):
    assert fit(corpus, n_topics=2, seed=2**32 - 1).n_topics == 2
