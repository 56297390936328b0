"""The map from a clean text back to its source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovsoc_analysis.text.offsets import OffsetMap, apply_edits

TEXTS = st.text(alphabet="abcé -\n", max_size=30)


@st.composite
def edits_of(draw, text):
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    replaced = [span for span in pairwise(bounds) if draw(st.booleans())]
    return [(start, end, draw(st.text(alphabet="XYZ", max_size=3))) for start, end in replaced]


@st.composite
def edited_texts(draw):
    text = draw(TEXTS)
    return text, draw(edits_of(text))


@given(edited_texts())
def test_a_character_comes_from_itself_or_from_the_whole_span_replaced(case):
    text, edits = case
    clean, places = apply_edits(text, edits)
    replaced = [(start, end) for start, end, _ in edits]
    for position, character in enumerate(clean):
        start, end = places.to_source(position, position + 1)
        if character in "XYZ":
            assert (start, end) in replaced
        else:
            assert text[start:end] == character
            assert not any(left <= start < right for left, right in replaced)


@given(edited_texts())
def test_what_is_not_replaced_is_kept_once_and_in_order(case):
    text, edits = case
    clean, _ = apply_edits(text, edits)
    dropped = {position for start, end, _ in edits for position in range(start, end)}
    kept = "".join(character for position, character in enumerate(text) if position not in dropped)
    assert "".join(character for character in clean if character not in "XYZ") == kept


@given(edited_texts())
def test_the_map_is_monotone_and_stays_inside_the_source(case):
    text, edits = case
    clean, places = apply_edits(text, edits)
    assert len(places.starts) == len(places.ends) == len(clean)
    assert all(left <= right for column in (places.starts, places.ends) for left, right in pairwise(column))
    assert all(0 <= start < end <= len(text) for start, end in zip(places.starts, places.ends, strict=True))


@given(edited_texts(), st.data())
def test_going_to_the_source_and_back_covers_the_span(case, data):
    clean, places = apply_edits(*case)
    if not clean:
        return
    start = data.draw(st.integers(0, len(clean) - 1))
    end = data.draw(st.integers(start + 1, len(clean)))
    back = places.to_clean(*places.to_source(start, end))
    assert back[0] <= start
    assert end <= back[1]


@given(st.data())
def test_two_maps_in_a_row_lead_where_each_would(data):
    text, edits = data.draw(edited_texts())
    middle, first = apply_edits(text, edits)
    clean, second = apply_edits(middle, data.draw(edits_of(middle)))
    both = first.then(second)
    assert both.n_source == len(text)
    for position in range(len(clean)):
        assert both.to_source(position, position + 1) == first.to_source(*second.to_source(position, position + 1))


@pytest.mark.parametrize(
    ("text", "edits", "clean", "span", "source"),
    [
        ("co-\nopérer", [(2, 4, "")], "coopérer", (0, 8), (0, 10)),
        ("co-\nopérer", [(2, 4, "")], "coopérer", (2, 3), (4, 5)),
        ("a  b", [(1, 3, " ")], "a b", (1, 2), (1, 3)),
        ("ﬁn", [(0, 1, "fi")], "fin", (1, 2), (0, 1)),
        ("ﬁn", [(0, 1, "fi")], "fin", (1, 3), (0, 2)),
        ("abc", [], "abc", (1, 1), (1, 1)),
        ("abc", [], "abc", (3, 3), (3, 3)),
    ],
)
def test_spans_lead_to_their_place_in_the_source(text, edits, clean, span, source):
    done, places = apply_edits(text, edits)
    assert done == clean
    assert places.to_source(*span) == source


@pytest.mark.parametrize(
    ("source", "clean"),
    [((0, 2), (0, 2)), ((4, 6), (2, 4)), ((2, 4), (2, 2)), ((1, 5), (1, 3)), ((0, 10), (0, 8)), ((10, 10), (8, 8))],
)
def test_source_spans_lead_to_clean_ones_and_dropped_ones_are_empty(source, clean):
    _, places = apply_edits("co-\nopérer", [(2, 4, "")])
    assert places.to_clean(*source) == clean


def test_the_identity_map_changes_nothing():
    places = OffsetMap.identity(4)
    assert places.to_source(1, 3) == (1, 3)
    assert places.to_clean(1, 3) == (1, 3)
    assert places.n_source == 4


@pytest.mark.parametrize(
    "edits",
    [[(1, 1, "x")], [(2, 1, "")], [(0, 2, ""), (1, 3, "")], [(2, 3, ""), (0, 1, "")], [(3, 5, "")], [(-1, 1, "")]],
)
def test_edits_that_are_empty_overlap_or_leave_the_text_are_refused(edits):
    with pytest.raises(ValueError, match="edit"):
        apply_edits("abcd", edits)
