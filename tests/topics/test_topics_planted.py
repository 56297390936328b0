"""Topics planted in a small corpus come out, with the shares and verbatims worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from innovsoc_analysis.counting.vocabulary import Vocabulary, count_words
from innovsoc_analysis.study.corpus import corpus_from_texts
from innovsoc_analysis.topics import fit

GARDEN = ["compost", "jardin", "légume", "partager", "semence"]
HOME = ["ancien", "immeuble", "locataire", "logement", "loyer", "social"]
ENERGY = ["coopérative", "panneau", "solaire", "turbine", "éolien"]


@pytest.fixture(scope="module")
def topics(corpus):
    return fit(corpus, n_topics=3)


def test_planted_topics_are_recovered_the_most_widespread_first(topics):
    # equal weights are in alphabetical order; words of one document only (« sortir », « payer ») are left out
    assert topics.top_words() == {1: GARDEN, 2: HOME, 3: ENERGY}


def test_each_document_belongs_wholly_to_its_topic(topics, corpus):
    shares = topics.shares.set_axis(corpus.documents["title"])
    expected = {"jardin": [1, 0, 0], "logement": [0, 1, 0], "énergie": [0, 0, 1], "vide": [0, 0, 0]}
    for title, row in shares.iterrows():
        assert row.tolist() == pytest.approx(expected[title.split()[0]], abs=1e-9), title


def test_table_holds_shares_of_the_documents_that_have_words(topics):
    assert topics.n_without_words == 1
    assert topics.table["share"].tolist() == pytest.approx([400 / 9, 300 / 9, 200 / 9])
    assert topics.table["topic"].tolist() == [1, 2, 3]
    assert topics.table["label"].tolist() == [", ".join(words[:3]) for words in (GARDEN, HOME, ENERGY)]
    assert topics.by("genre")["project"].tolist() == pytest.approx([400 / 9, 300 / 9, 200 / 9])


def test_exemplars_come_from_the_documents_of_their_topic_and_quote_them(topics, corpus):
    exemplars = topics.exemplars(5)
    assert [(row.topic, row.title.split()[0]) for row in exemplars.itertuples()] == [
        *[(1, "jardin")] * 4,
        *[(2, "logement")] * 3,
        *[(3, "énergie")] * 2,
    ]
    texts = corpus.documents.set_index("doc_id")["text"]
    for row in exemplars.itertuples():
        assert row.quote == texts[row.doc_id][row.start : row.end]
    assert not exemplars["doc_id"].duplicated().any()


def test_an_exemplar_scores_the_mean_weight_of_its_content_words(topics):
    # five words of equal weight 1/5: alone in « jardin 1 », with a sixth word in the others
    # (not in « jardin 4 »: « voici » is empty, and « Oui. » is another sentence)
    garden = topics.exemplars(4).query("topic == 1").set_index("title")
    assert garden["score"].to_dict() == pytest.approx(
        {"jardin 1": 1 / 5, "jardin 4": 1 / 5, "jardin 2": 1 / 6, "jardin 3": 1 / 6}
    )
    assert garden.loc["jardin 4", "quote"] == "Voici le jardin partagé, son compost, ses légumes et ses semences."
    assert topics.exemplars(1)["topic"].tolist() == [1, 2, 3]


def test_an_exemplar_scores_by_the_share_of_its_document_which_gives_one_only():
    garden = "Un jardin partagé, un compost, des semences et des légumes."
    home = "Un immeuble, un logement, un locataire et un loyer social."
    both = f"{garden} {home} {home} {garden}"
    topics = fit(corpus_from_texts({"a": garden, "b": home, "c": both}), n_topics=2)
    scored = sorted((row.title, row.quote, round(row.score, 3)) for row in topics.exemplars(5).itertuples())
    # five words of weight 1/5; « c » is half the one and half the other, and gives one sentence to each
    assert scored == [("a", garden, 0.2), ("b", home, 0.2), ("c", home, 0.1), ("c", garden, 0.1)]


@pytest.mark.parametrize("model", ["nmf", "lda"])
def test_shares_of_a_document_sum_to_one_or_to_zero_without_words(corpus, model):
    fitted = fit(corpus, n_topics=3, model=model)
    sums = fitted.shares.sum(axis=1).set_axis(corpus.documents["title"])
    assert sums.drop("vide").to_numpy() == pytest.approx(1)
    assert sums["vide"] == 0
    assert fitted.fitted.word_weights.sum(axis=1) == pytest.approx(1)
    assert (fitted.fitted.shares >= 0).all()


@pytest.mark.parametrize("model", ["nmf", "lda"])
def test_topics_are_ordered_by_share(corpus, model):
    shares = fit(corpus, n_topics=3, model=model).table["share"].tolist()
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]


def test_lda_gives_the_same_numbers_with_the_same_seed(corpus):
    first, again, other = (fit(corpus, n_topics=3, model="lda", seed=seed) for seed in (7, 7, 8))
    assert np.array_equal(first.fitted.word_weights, again.fitted.word_weights)
    assert np.array_equal(first.fitted.shares, again.fitted.shares)
    assert not np.array_equal(first.fitted.word_weights, other.fitted.word_weights)


def test_shares_by_genre_are_means_over_the_documents_of_the_genre():
    home = "Le locataire paie un loyer pour un logement dans un immeuble."
    garden = "Le jardin nourrit un compost, des semences et des légumes."
    mixed = {"a": garden, "b": garden + " ", "c": home, "d": home + " "}
    corpus = corpus_from_texts(mixed)
    corpus.documents["genre"] = ["talk", "talk", "talk", "project"]
    by_genre = fit(corpus, n_topics=2).by("genre")
    assert by_genre["project"].sort_values().tolist() == pytest.approx([0, 100])
    assert by_genre["talk"].sort_values().tolist() == pytest.approx([100 / 3, 200 / 3])


def test_fillers_and_empty_words_of_speech_make_no_topic():
    spoken = "Euh ben le compost, hein, voilà quoi, bah ouais, les gens font des trucs et des choses, bon."
    corpus = corpus_from_texts({"a": spoken, "b": spoken + " Oui.", "c": "Rien.", "d": "Rien du tout."})
    assert {"euh", "ben", "hein", "voilà", "gens", "chose"} <= set(corpus.tokens["lemma"].str.lower())
    assert count_words(corpus).words == ("compost",)


def test_words_are_kept_between_the_bounds(corpus):
    # « compost » is in 4 documents of 10, « loyer » in 3, « turbine » in 2, « payer » in 1
    kept = set(count_words(corpus, Vocabulary(min_documents=3, max_share=0.3)).words)
    assert kept == set(HOME)
    everything = set(count_words(corpus, Vocabulary(min_documents=1, max_share=1)).words)
    assert everything > {*GARDEN, *HOME, *ENERGY, "payer", "installer"}
