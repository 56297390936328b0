"""What each universe counts, on a corpus small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.coder import code
from innovsoc_analysis.coding.robustness.universes import Universe, count, shortest, universes_of
from innovsoc_analysis.coding.robustness.ways import ALL, SURE, Ways, code_in_every_way
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

_USUAL = Universe("combined", ALL, "documents", "with", "with", "with")


@pytest.fixture
def ways() -> Ways:
    """Two documents: three sentences in two paragraphs, the first a heading; one sentence of an interviewer."""
    one = np.array([[True], [True], [False], [True]])
    return Ways(
        doc_ids=("d1", "d2"),
        documents=np.array([0, 0, 0, 1]),
        paragraphs=np.array([0, 1, 1, 2]),
        words=np.array([2, 8, 10, 20]),
        headings=np.array([True, False, False, False]),
        interviewers=np.array([False, False, False, True]),
        coded={
            ("combined", ALL): one,
            ("combined", SURE): one & [[False], [True], [True], [True]],
            ("rules", ALL): ~one,
        },
    )


@pytest.mark.parametrize(
    ("changed", "parts", "wholes"),
    [
        ({}, [1, 1], [1, 1]),
        ({"unit": "segments"}, [2, 1], [3, 1]),
        ({"unit": "paragraphs"}, [2, 1], [2, 1]),
        ({"unit": "words"}, [10, 20], [20, 20]),
        ({"unit": "segments", "headings": "without"}, [1, 1], [2, 1]),
        ({"unit": "segments", "interviewers": "without"}, [2, 0], [3, 0]),
        ({"unit": "segments", "certainty": SURE}, [1, 1], [3, 1]),
        ({"unit": "segments", "coder": "rules"}, [1, 0], [3, 1]),
    ],
)
def test_a_universe_counts_what_its_options_say(
    ways: Ways, changed: dict[str, str], parts: list[float], wholes: list[float]
) -> None:
    found = count(ways, _USUAL._replace(**changed), ["x", "y"])
    assert found.parts[:, 0].tolist() == parts
    assert found.wholes.tolist() == wholes


def test_the_shortest_quarter_of_each_group_is_left_out() -> None:
    words = np.array([5, 9, 7, 6, 1, 2, 3])
    n = len(words)
    nothing = np.zeros(n, dtype=bool)
    ways = Ways(tuple("abcdefg"), np.arange(n), np.arange(n), words, nothing, nothing, {})
    # four documents of x lose one, three of y none
    assert shortest(ways, ["x", "x", "x", "x", "y", "y", "y"]).tolist() == [True] + 6 * [False]


def test_rules_know_no_doubt_and_what_there_is_not_is_no_choice(ways: Ways) -> None:
    every = universes_of(ways, {})
    # coder and certainty: 3 that were coded; 4 units; headings, interviewers, short documents
    assert len(every) == 3 * 4 * 2 * 2 * 2
    assert every[0] == _USUAL
    none = Ways(**{**vars(ways), "headings": np.zeros(4, dtype=bool), "interviewers": np.zeros(4, dtype=bool)})
    assert len(universes_of(none, {"unit": ["words", "documents"]})) == 3 * 2 * 2


def test_a_choice_or_an_option_that_there_is_not_is_refused(ways: Ways) -> None:
    with pytest.raises(UsageError, match="pas de choix « coders »"):
        universes_of(ways, {"coders": ["rules"]})
    with pytest.raises(UsageError, match="pas d'option « phrases »"):
        universes_of(ways, {"unit": ["phrases"]})
    with pytest.raises(UsageError, match="Aucune combinaison"):
        universes_of(ways, {"coder": ["rules"], "certainty": [SURE]})


def test_a_corpus_is_coded_in_every_way_as_by_each_coder() -> None:
    corpus = corpus_from_texts({
        "a": "Notre jardin\nUne réponse nouvelle aux besoins sociaux. On a essayé pendant deux ans. Il a plu.",
        "b": "Enquêtrice : Et ensuite ?\nAna : La commune a prêté la salle.\nEnquêtrice : Et puis ?\nAna : On a ouvert.",
    })  # fmt: skip
    book = load_codebook("bissib")
    ways = code_in_every_way(corpus, book)
    order = corpus.sentences["segment_id"].tolist()
    for coder in ("rules", "learned", "combined"):
        table = code(corpus, book, coder=coder).table
        given = {(order[row], book.code_ids[column]) for row, column in np.argwhere(ways.coded[coder, ALL])}
        assert given == set(zip(table["segment_id"], table["code"], strict=True))
        if coder != "rules":
            sure = table[table["status"] == "sure"]
            found = {(order[row], book.code_ids[column]) for row, column in np.argwhere(ways.coded[coder, SURE])}
            assert found == set(zip(sure["segment_id"], sure["code"], strict=True))
    texts = corpus.documents.set_index("doc_id")["text"]
    sentences = corpus.sentences
    said = [texts[one.doc_id][one.start : one.end] for one in sentences.itertuples()]
    assert [text for text, heading in zip(said, ways.headings, strict=True) if heading] == ["Notre jardin"]
    assert [text for text, asked in zip(said, ways.interviewers, strict=True) if asked] == ["Et ensuite ?", "Et puis ?"]
    assert ways.words[0] == 2
