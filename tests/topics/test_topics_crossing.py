"""Topics and codes on the same sentences: counts by hand, what is clear, what no code says."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.topics.reading.crossing import (
    cross,
    label_from_codes,
    sentence_shares,
    uncoded,
    uncoded_sentences,
)

WEIGHTS = np.array([[0.9, 0.1], [0.2, 0.8]])
WORDS = ("jardin", "loyer")
NO_CODES = pd.DataFrame({"doc_id": [], "start": [], "end": [], "code": []})


def spans(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "start", "end"])


def tokens(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "start", "lemma"])


def codes(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "code"])


def shared(sentences, said, units, shares):
    return sentence_shares(sentences, said, units, words=WORDS, word_weights=WEIGHTS, shares=np.array(shares))


def pure(*topics):
    """Return shares of sentences that are each of one of two topics, or of none (0)."""
    return pd.DataFrame({1: [float(topic == 1) for topic in topics], 2: [float(topic == 2) for topic in topics]})


def row(table, topic, code):
    found = table[(table["topic"] == topic) & (table["code"] == code)]
    assert len(found) == 1
    return found.iloc[0]


def sentences_of(*documents):
    """Return sentences of ten characters, so many in each document."""
    return spans(*((f"d{name}", 10 * n, 10 * n + 9) for name, count in enumerate(documents) for n in range(count)))


def test_a_sentence_takes_the_topic_of_its_words_and_of_its_unit():
    sentences = spans(("a", 0, 9), ("a", 10, 19))
    units = spans(("a", 0, 9), ("a", 9, 19))
    found = shared(sentences, tokens(("a", 2, "jardin"), ("a", 12, "jardin")), units, [[0.5, 0.5], [0.1, 0.9]])
    # 0.9 × 0.5 against 0.2 × 0.5, and 0.9 × 0.1 against 0.2 × 0.9
    assert found.to_numpy() == pytest.approx(np.array([[9 / 11, 2 / 11], [1 / 3, 2 / 3]]))
    assert found.columns.tolist() == [1, 2]


def test_words_of_a_sentence_are_averaged():
    found = shared(
        spans(("a", 0, 30)), tokens(("a", 2, "jardin"), ("a", 12, "loyer")), spans(("a", 0, 30)), [[0.5, 0.5]]
    )
    assert found.to_numpy() == pytest.approx(np.array([[0.5, 0.5]]))  # 0.9 + 0.1 against 0.2 + 0.8


def test_a_sentence_without_known_words_or_outside_every_unit_is_of_no_topic():
    sentences = spans(("a", 0, 9), ("a", 40, 49), ("b", 0, 9))
    said = tokens(("a", 2, "toiture"), ("a", 42, "jardin"), ("b", 3, "jardin"))
    assert shared(sentences, said, spans(("a", 0, 30)), [[0.5, 0.5]]).to_numpy().tolist() == [[0, 0]] * 3


def test_order_of_documents_in_the_tables_does_not_matter():
    sentences = spans(("b", 0, 9), ("a", 10, 19), ("a", 0, 9))
    said = tokens(("a", 12, "loyer"), ("b", 1, "jardin"))
    found = shared(sentences, said, spans(("a", 0, 19), ("b", 0, 9)), [[0.0, 1.0], [1.0, 0.0]])
    assert found.to_numpy().tolist() == [[1, 0], [0, 1], [0, 0]]


def test_code_is_counted_in_the_topics_of_its_sentences():
    table = cross(
        sentences_of(4), pure(1, 1, 2, 2), codes(("d0", 0, 5, "lieu"), ("d0", 12, 14, "lieu"), ("d0", 22, 25, "lieu"))
    )
    first = row(table, 1, "lieu")
    # two of the three sentences; all of the topic's two against three in four everywhere
    assert (first["sentences"], first["share"], first["lift"]) == (2, pytest.approx(2 / 3), pytest.approx(4 / 3))


def test_fractions_of_a_sentence_are_summed():
    shares = pd.DataFrame({1: [0.75, 0.5], 2: [0.25, 0.5]})
    table = cross(sentences_of(2), shares, codes(("d0", 0, 19, "lieu")))
    assert row(table, 1, "lieu")["sentences"] == 1.25
    assert row(table, 2, "lieu")["sentences"] == 0.75


def test_a_code_is_held_once_by_a_sentence_and_by_every_sentence_its_span_touches():
    twice = codes(("d0", 0, 3, "lieu"), ("d0", 4, 6, "lieu"), ("d0", 15, 24, "besoin"))
    table = cross(sentences_of(3), pure(1, 1, 1), twice)
    assert row(table, 1, "lieu")["sentences"] == 1
    assert row(table, 1, "besoin")["sentences"] == 2
    beside = cross(sentences_of(3), pure(1, 1, 1), codes(("d0", 9, 10, "lieu"), ("autre", 0, 5, "lieu")))
    assert beside.empty


def test_log_odds_follow_monroe():
    # 20 sentences a topic, of which ten hold the code in the first and none in the second
    coded = codes(*(("d0", 10 * n, 10 * n + 9, "lieu") for n in range(10)))
    table = cross(sentences_of(40), pure(*[1] * 20, *[2] * 20), coded)
    # the prior: ten sentences, a quarter of which hold the code, and half a sentence on each side
    log_odds = math.log(13 / 18) - math.log(3 / 28)
    z = log_odds / math.sqrt(1 / 13 + 1 / 18 + 1 / 3 + 1 / 28)
    first, second = row(table, 1, "lieu"), row(table, 2, "lieu")
    assert (first["log_odds"], first["z"]) == (pytest.approx(log_odds), pytest.approx(z))
    assert (second["log_odds"], second["z"]) == (pytest.approx(-log_odds), pytest.approx(-z))


def test_documents_are_those_where_the_topic_is_the_first_of_the_sentence():
    shares = pd.DataFrame({1: [0.6, 0.9, 0.4], 2: [0.4, 0.1, 0.6]})
    coded = codes(*((f"d{n}", 0, 9, "lieu") for n in range(3)))
    table = cross(sentences_of(1, 1, 1), shares, coded)
    assert [row(table, topic, "lieu")["n_documents"] for topic in (1, 2)] == [2, 1]


def planted(documents):
    """Return 300 sentences, half of each topic; the code stands on thirty of the first, in so many documents."""
    sentences = sentences_of(*[10] * 30)
    coded = codes(*((f"d{n % documents}", 10 * (n // documents), 10 * (n // documents) + 9, "lieu") for n in range(30)))
    return cross(sentences, pure(*[1] * 150, *[2] * 150), coded)


def test_a_code_that_stands_in_one_topic_is_clear_there_alone():
    table = planted(6)
    assert row(table, 1, "lieu")["clear"]
    assert not row(table, 2, "lieu")["clear"]


@pytest.mark.parametrize(("documents", "clear"), [(2, False), (3, True)])
def test_what_stands_in_two_documents_only_is_never_clear(documents, clear):
    sentences = sentences_of(*[20] * 15)
    coded = codes(*((f"d{n % documents}", 10 * (n // documents), 10 * (n // documents) + 9, "lieu") for n in range(30)))
    table = cross(sentences, pure(*[1] * 150, *[2] * 150), coded)
    assert row(table, 1, "lieu")["z"] > 3
    assert row(table, 1, "lieu")["clear"] == clear


def test_codes_that_fall_at_random_are_clear_nowhere():
    rng = np.random.default_rng(1)
    sentences = sentences_of(*[30] * 30)
    shares = pd.DataFrame(rng.dirichlet([0.3] * 6, size=900), columns=range(1, 7))
    coded = pd.concat(
        [sentences[rng.random(900) < rate].assign(code=f"c{n}") for n, rate in enumerate(np.linspace(0.005, 0.3, 20))]
    )
    table = cross(sentences, shares, coded)
    assert len(table) == 120
    assert not table["clear"].any()


def test_nothing_coded_gives_an_empty_table_and_labels_of_words():
    table = cross(sentences_of(2), pure(1, 2), NO_CODES)
    assert table.empty
    labels = label_from_codes(table, {}, {1: ["jardin", "serre", "eau", "outil"]})
    assert labels[["label", "origin", "code"]].to_numpy().tolist() == [["jardin, serre, eau", "words", ""]]
    assert labels["reason"].tolist() == ["aucun code ne lui est clairement associé"]


def crossed(*rows):
    columns = ["topic", "code", "lift", "z", "n_documents", "clear"]
    return pd.DataFrame(rows, columns=columns)


def test_label_is_that_of_the_strongest_clear_code():
    table = crossed((1, "lieu", 2.0, 5.0, 4, True), (1, "besoin", 3.24, 8.0, 6, True), (1, "santé", 9.0, 9.0, 1, False))
    found = label_from_codes(table, {"lieu": "Lieux", "besoin": "Besoins"}, {1: ["rue"]}).iloc[0]
    assert (found["label"], found["origin"], found["code"], found["others"]) == ("Besoins", "code", "besoin", "Lieux")
    assert found["reason"] == (
        "code 3,2 fois plus fréquent dans ce thème que dans l'ensemble, dans 6 documents (z = 8,0)"
    )


def test_topics_that_the_same_code_names_are_told_apart_by_their_words():
    table = crossed((1, "lieu", 2.0, 5.0, 4, True), (2, "lieu", 2.0, 6.0, 4, True))
    found = label_from_codes(table, {"lieu": "Lieux"}, {1: ["rue", "place"], 2: ["parc"]})
    assert found["label"].tolist() == ["Lieux (rue, place)", "Lieux (parc)"]


def test_a_code_that_the_codebook_does_not_name_is_its_own_label():
    assert label_from_codes(crossed((1, "x.y", 2.0, 5.0, 4, True)), {}, {1: ["rue"]})["label"].tolist() == ["x.y"]


def test_uncoded_is_the_part_of_the_topic_that_carries_no_code():
    table = uncoded(sentences_of(2, 2), pure(1, 1, 1, 2), codes(("d0", 0, 5, "lieu"), ("d1", 12, 15, "besoin")))
    first, second = table.iloc[0], table.iloc[1]
    # the first topic: two of three sentences bare; the second none of one; half of all four
    assert (first["sentences"], first["uncoded"], first["share"]) == (3, 2, pytest.approx(2 / 3))
    assert (second["share"], second["lift"]) == (0, 0)
    assert first["lift"] == pytest.approx(4 / 3)
    # drawn again, the first document alone gives 1/2 and the second alone 1/1
    assert (first["low"], first["high"]) == (0.5, 1.0)


def test_all_coded_and_nothing_to_cross():
    everything = uncoded(sentences_of(2), pure(1, 2), codes(("d0", 0, 19, "lieu")))
    assert everything["share"].tolist() == [0, 0]
    assert everything["lift"].tolist() == [0, 0]
    assert uncoded(sentences_of(2), pure(1, 2), NO_CODES)["share"].tolist() == [1, 1]
    with pytest.raises(UsageError, match="Aucune phrase ne contient de mot des thèmes"):
        uncoded(sentences_of(2), pure(0, 0), NO_CODES)


def test_uncoded_sentences_are_the_best_of_each_document_that_can_be_read_by_themselves():
    sentences = spans(("a", 0, 50), ("a", 51, 99), ("b", 0, 39), ("b", 40, 80), ("c", 0, 60))
    shares = pd.DataFrame({1: [0.8, 0.9, 1.0, 0.7, 0.95], 2: [0.2, 0.1, 0.0, 0.3, 0.05]})
    found = uncoded_sentences(sentences, shares, codes(("c", 5, 6, "lieu")))
    # the third is too short, the last is coded, the first is second in its document
    assert found[["topic", "score", "doc_id", "start"]].to_numpy().tolist() == [[1, 0.9, "a", 51], [1, 0.7, "b", 40]]
    assert uncoded_sentences(sentences, shares, NO_CODES, n=1)["doc_id"].tolist() == ["c"]


def test_sentences_can_be_ranked_by_scores_of_ones_own():
    sentences = spans(("a", 0, 50), ("b", 0, 50))
    scores = pd.DataFrame({1: [0.2, 0.4], 2: [0.0, 0.0]})
    found = uncoded_sentences(sentences, pure(1, 1), NO_CODES, scores=scores)
    assert found[["doc_id", "score"]].to_numpy().tolist() == [["b", 0.4], ["a", 0.2]]


def test_tables_are_left_as_they_were():
    sentences, shares, coded = sentences_of(3), pure(1, 2, 0), codes(("d0", 0, 5, "lieu"))
    copies = [table.copy() for table in (sentences, shares, coded)]
    cross(sentences, shares, coded)
    uncoded(sentences, shares, coded)
    uncoded_sentences(sentences, shares, coded)
    for table, copy in zip((sentences, shares, coded), copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)
