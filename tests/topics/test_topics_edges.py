"""Corpora that do not carry what is asked of them: no topic is made of rounding, and nothing is told that is not so."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import choose_k, fit
from innovsoc_analysis.topics.matching import match

GARDEN = "Le jardin partagé donne des légumes, du compost et des semences."
HOME = "Le locataire du logement ancien paie un loyer social au propriétaire."
ALONE = "L'infirmière soigne."
MORE = ["La crèche accueille les enfants et leurs mères.", "Le vélo roule sur la route du village."]


def corpus_of(*texts):
    return corpus_from_texts({f"{number:02}": text for number, text in enumerate(texts)}, genre="project")


def test_a_document_that_no_topic_describes_has_no_share():
    topics = fit(corpus_of(*[GARDEN] * 10, *[HOME] * 10, *[ALONE] * 2), n_topics=2)
    assert topics.document_shares.iloc[20:].to_numpy().tolist() == [[0, 0], [0, 0]]
    assert topics.n_without_words == 2
    assert topics.table["share"].tolist() == [50, 50]


def test_no_more_topics_than_the_texts_carry_and_the_same_in_whatever_order():
    texts = [text for text in (GARDEN, HOME, *MORE) for _ in range(4)]
    found, turned = (fit(corpus_of(*order), n_topics=8) for order in (texts, texts[::-1]))
    assert found.n_topics == turned.n_topics == 4
    assert match(found.fitted.word_weights, turned.fitted.word_weights)[1].tolist() == [1, 1, 1, 1]


def test_paragraphs_of_one_document_are_drawn_where_documents_are_few():
    text = "\n\n".join([GARDEN, HOME] * 12)
    topics = fit(corpus_from_texts({"a": text}), n_topics=2, unit="paragraph", max_share=1)
    drawn = topics.measure_stability(n_resamples=4).shares[:, :, 0]
    assert 0 < (drawn != drawn).mean() < 0.5  # noqa: PLR0124 - missing values: units left out


def test_speakers_are_asked_of_units_that_have_them():
    with pytest.raises(UsageError, match="Aucun·e locuteur·rice dans ces unités"):
        fit(corpus_of(*[GARDEN, HOME] * 3), n_topics=2).prevalence("speaker")


def test_effects_never_quote_a_text():
    topics = fit(corpus_of(*[GARDEN, HOME] * 6), n_topics=2)
    with pytest.raises(KeyError, match="d'attribut « text »"):
        topics.effects(["text"])


@pytest.mark.parametrize("n_topics", [2.5, "2", None])
def test_what_is_no_number_of_topics_is_told(n_topics):
    with pytest.raises(UsageError, match="n'est pas un nombre de thèmes"):
        fit(corpus_of(GARDEN, HOME), n_topics=n_topics)


@pytest.mark.parametrize("seed", [-1, 2**32, None])
def test_what_is_no_seed_is_told_by_all(seed):
    for function in (fit, choose_k):
        with pytest.raises(UsageError, match="La graine est un entier"):
            function(corpus_of(GARDEN, HOME), seed=seed)


def test_the_last_seed_will_do():
    assert fit(corpus_of(*[GARDEN, HOME] * 3), n_topics=2, model="lda", seed=2**32 - 1).n_topics == 2


@pytest.mark.parametrize("options", [{"n_resamples": 1}, {"workers": 0}])
def test_too_few_draws_or_workers_are_refused(options):
    with pytest.raises(UsageError):
        fit(corpus_of(*[GARDEN, HOME] * 3), n_topics=2).measure_stability(**options)


def test_a_number_that_cannot_be_recommended_is_said_why():
    with pytest.raises(UsageError, match=r"[Tt]rop peu"):
        fit(corpus_of(*[GARDEN, HOME] * 3), n_topics="auto")
