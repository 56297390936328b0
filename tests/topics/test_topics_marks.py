"""What a reader is not shown, and what is marked: headings are no verbatims, unstable topics say so."""

from __future__ import annotations

import numpy as np
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import Topics, choose_k, fit
from innovsoc_analysis.topics.stability import Stability

GARDEN = "Le jardin partagé donne des légumes, du compost et des semences."
HOME = "Le locataire du logement ancien paie un loyer social au propriétaire."
HEADING = "Jardin partagé, légumes, compost, semences"


def _quotes(texts: dict[str, str]) -> set[str]:
    return set(fit(corpus_from_texts(texts), n_topics=2).exemplars(5)["quote"])


def test_title_above_a_text_is_no_verbatim_of_it():
    texts = {HEADING: f"{HEADING}\n\n{GARDEN}", "b": GARDEN, "c": HOME, "d": HOME}
    assert _quotes(texts) == {GARDEN, HOME}


def test_sentence_that_is_a_title_is_quoted_where_it_ends_as_one_or_is_all_the_text():
    assert _quotes({HEADING: HEADING, "b": GARDEN, "c": HOME, "d": HOME}) == {HEADING, GARDEN, HOME}
    assert GARDEN in _quotes({GARDEN: f"{GARDEN}\n\nIl est grand.", "c": HOME, "d": HOME, "e": f"{GARDEN} Il plaît."})


def test_figure_marks_unstable_topics_once_stability_is_measured(corpus):
    topics = fit(corpus, n_topics=3)
    assert _subtitles(topics) == [f"{share}\u202f% du corpus" for share in (44, 33, 22)]
    words = np.zeros(topics.fitted.word_weights.shape)
    shares = np.zeros((2, *topics.fitted.shares.shape))
    topics.__dict__["stability"] = Stability(np.array([[0.9, 0.2, 0.9]] * 2), np.full(3, 0.5), words, shares)
    assert [subtitle.endswith(" ; instable") for subtitle in _subtitles(topics)] == [False, True, False]


def _subtitles(topics: Topics) -> list[str]:
    return [text.get_text() for axes in topics.plot().flat for text in axes.texts if "du corpus" in text.get_text()]


def test_choices_of_the_vocabulary_are_given_to_choose_k_by_name(corpus):
    tried = choose_k(corpus, n_topics=[2], n_resamples=2, stop_words=("jardin", "loyer"))
    assert "14 mots" in tried.about
    assert "16 mots" in choose_k(corpus, n_topics=[2], n_resamples=2).about
    with pytest.raises(UsageError, match="Option inconnue : « unité »"):
        choose_k(corpus, unité="paragraph")
