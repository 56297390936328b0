"""What a reader is not shown, and what is marked: headings are no verbatims, unstable topics say so."""

from __future__ import annotations

import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import choose_k, fit

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
    subtitle = "22\u202f% du corpus"
    assert [text.get_text() for text in topics.plot().flat[2].texts if "corpus" in text.get_text()] == [subtitle]
    stable = topics.measure_stability(n_resamples=4).stable
    shown = [text.get_text() for axes in topics.plot().flat for text in axes.texts if "corpus" in text.get_text()]
    assert [text.endswith(" ; instable") for text in shown] == (~stable).tolist()
    assert not stable.all()


def test_choices_of_the_vocabulary_are_given_to_choose_k_by_name(corpus):
    tried = choose_k(corpus, n_topics=[2], n_resamples=2, stop_words=("jardin", "loyer"))
    assert "14 mots" in tried.about
    assert "16 mots" in choose_k(corpus, n_topics=[2], n_resamples=2).about
    with pytest.raises(UsageError, match="Option inconnue : « unité »"):
        choose_k(corpus, unité="paragraph")
