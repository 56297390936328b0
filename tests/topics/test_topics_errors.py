"""What cannot be done is said in one French sentence."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"n_topics": 11}, "11 thèmes pour 10 document(s) : demandez-en moins, ou ajoutez des textes."),
        ({"n_topics": 1}, "Demandez au moins 2 thèmes."),
        ({"n_topics": -3}, "Demandez au moins 2 thèmes."),
        ({"model": "bertopic"}, "Modèle de thèmes inconnu : « bertopic » ; choisissez nmf ou lda."),
        ({"n_topics": 3, "seed": -1}, "La graine est un entier de 0 à 4294967295."),
        ({"n_topics": 3, "seed": 2**32}, "La graine est un entier de 0 à 4294967295."),
        ({"n_topics": 8, "min_documents": 3, "max_share": 0.3}, "8 thèmes pour 6 mots retenus : demandez-en moins."),
    ],
)
def test_wrong_options(corpus, options, sentence):
    with pytest.raises(UsageError) as raised:
        fit(corpus, **options)
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    "texts",
    [
        {"a": "Le jardin.", "b": "Un logement."},  # no word in two documents
        {"a": "Euh, oui.", "b": "Ben voilà."},  # no content
        {"a": "1 2 3 !", "b": "??? 4"},  # no word
    ],
)
def test_no_vocabulary_left(texts):
    with pytest.raises(UsageError) as raised:
        fit(corpus_from_texts(texts), n_topics=2)
    message = str(raised.value)
    assert message.startswith("Aucun mot ne figure dans au moins 2 documents")
    assert message.endswith("ajoutez des textes ou élargissez ces bornes.")
    assert "\n" not in message


def test_largest_seed_is_accepted(corpus):
    assert fit(corpus, n_topics=2, seed=2**32 - 1).n_topics == 2
