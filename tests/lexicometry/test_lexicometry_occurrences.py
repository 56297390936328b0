"""Where queries are found."""

from __future__ import annotations

import pytest

from innovsoc_analysis.lexicometry.occurrences import occurrences
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.study.corpus import corpus_from_texts

CORPUS = corpus_from_texts({"a": "Un jardin partagé.", "b": "Le four. Le jardin."})


def quoted(*queries):
    texts = CORPUS.documents.set_index("doc_id")["text"]
    return [texts[row.doc_id][row.start : row.end] for row in occurrences(CORPUS, queries).itertuples()]


def test_occurrences_of_all_queries_are_in_the_order_of_the_corpus():
    assert quoted("four", "jardin") == ["jardin", "four", "jardin"]


def test_what_two_queries_find_counts_once():
    assert quoted("jardin", "jardin*", "jardin partagé") == ["jardin", "jardin partagé", "jardin"]


def test_one_query_that_finds_nothing_does_not_stop_the_others():
    assert quoted("moulin", "four") == ["four"]


@pytest.mark.parametrize(
    ("queries", "said"), [((), "au moins un mot"), (("jradin",), "« jradin » : introuvable.*jardin")]
)
def test_nothing_found_is_said_with_near_words(queries, said):
    with pytest.raises(UsageError, match=said):
        occurrences(CORPUS, queries)
