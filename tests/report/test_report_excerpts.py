"""What a printed report quotes: sure before doubtful, many genres and documents, evidence in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.report.excerpts import chosen, evidence, marked


def summary_of(rows):
    """Segments given as (document, genre, doubtful), all of code « a »."""
    documents = dict.fromkeys(range(1 + max(doc for doc, *_ in rows)))
    for doc, genre, _ in rows:
        documents[doc] = {"genre": genre}
    segments = [
        {"doc": doc, "quote": str(n), "codes": [["a", []]], "reread": ["a"] if doubtful else []}
        for n, (doc, _, doubtful) in enumerate(rows)
    ]
    return {"documents": list(documents.values()), "segments": segments}


def quoted(rows, most):
    return [one["quote"] for one in chosen(summary_of(rows), "a", most=most)]


def test_sure_ones_come_before_doubtful_ones():
    assert quoted([(0, "x", True), (1, "x", False), (2, "x", True)], 1) == ["1"]


def test_genres_and_documents_take_turns():
    rows = [(0, "x", False), (0, "x", False), (1, "x", False), (2, "y", False)]
    assert quoted(rows, 2) == ["0", "3"]
    assert quoted(rows, 3) == ["0", "2", "3"]
    assert quoted(rows, 9) == ["0", "1", "2", "3"]


def test_other_codes_are_not_quoted():
    assert chosen(summary_of([(0, "x", False)]), "b", most=3) == []


def test_overlapping_spans_are_one():
    assert evidence({"codes": [["a", [[4, 8], [6, 10]]], ["b", [[0, 1]]]]}, "a") == [(4, 10)]


@given(
    st.text(alphabet="ab é\n🌱", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4),
    st.integers(5, 70),
)
def test_a_quote_is_kept_word_for_word_and_cut_only_if_it_is_long(quote, lengths, longest):
    codes = [["a", [[min(start, len(quote)), min(start + size, len(quote))] for start, size in lengths]]]
    spans = [(start, end) for start, end in evidence({"codes": codes}, "a") if start < end]
    pieces = marked(quote, spans, longest=longest)
    text = "".join(piece for piece, _ in pieces)
    if len(quote) <= longest:
        assert text == quote
        assert [piece for piece, is_evidence in pieces if is_evidence] == [
            quote[start:end] for start, end in _merged(spans)
        ]
    else:
        assert text.removeprefix("[…] ").removesuffix(" […]") in quote


def _merged(spans):
    joined = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
