"""Alpha with the MASI distance: values worked out by hand, and what a cell may hold."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from innovsoc_analysis.coding.agreement import krippendorff_alpha, masi_alpha, masi_distance
from innovsoc_analysis.model.errors import InnovsocError

DATA = [[{"a"}, {"a"}], [{"a", "b"}, {"b"}], [set(), set()], [{"b"}, {"b"}]]
# values: a a, ab, b b b, none none; one pair within a unit is apart, by d(ab, b)
# across, in ordered pairs: 2 × (a-ab 2 d + a-b 6 + a-none 4 + ab-b 3 d + ab-none 2 + b-none 6) = 36 + 10 d


@pytest.mark.parametrize(("definition", "d"), [("2006", 1 - 2 / 3 / 2), ("2004", 1 / 3)])
def test_alpha_by_hand_in_both_definitions(definition, d):
    found = masi_alpha(DATA, definition=definition)
    assert found.value == pytest.approx(1 - 7 * 2 * d / (36 + 10 * d))
    assert definition in found.coefficient
    assert set(found.categories) == {frozenset({"a"}), frozenset({"a", "b"}), frozenset({"b"}), frozenset()}


@pytest.mark.parametrize(
    "data",
    [
        [[["a"], ("a",)], [["b", "a", "a"], frozenset("b")], [[], ()], [("b",), {"b"}]],
        pd.DataFrame([[["a"], ["a"]], [["a", "b"], ["b"]], [[], []], [["b"], ["b"]]], columns=["Ana", "Luc"]),
        [*DATA, [{"a"}, None], [None, math.nan], [pd.NA, {"a"}]],
    ],
)
def test_any_iterable_is_a_set_and_missing_cells_are_left_out(data):
    assert masi_alpha(data).value == pytest.approx(masi_alpha(DATA).value)
    assert masi_alpha(data).n_pairable == 4


def test_an_empty_set_is_a_value_equal_to_itself_and_far_from_all_others():
    assert masi_distance((), ()) == 0
    assert masi_distance((), {"a"}) == masi_distance((), {"a"}, definition="2004") == 1


def test_sets_of_one_label_have_the_nominal_alpha_and_its_interval():
    labels = [["a", "a"], ["a", "b"], ["b", "b"], ["c", "c"], ["c", None]]
    sets = [[None if label is None else {label} for label in unit] for unit in labels]
    assert masi_alpha(sets).value == pytest.approx(krippendorff_alpha(labels).value)
    assert masi_alpha(sets).interval == pytest.approx(krippendorff_alpha(labels).interval)


def test_one_set_only_is_undefined():
    found = masi_alpha([[{"a"}, {"a"}], [{"a"}, {"a"}]])
    assert found.value is None
    assert found.reason.startswith("Une seule catégorie")


@pytest.mark.parametrize("cell", ["ab", 3, {"a": 1}, [["a"]]])
def test_what_is_no_set_of_labels_is_refused(cell):
    with pytest.raises(InnovsocError, match="ensemble"):
        masi_alpha([[{"a"}, cell], [{"b"}, {"b"}]])


def test_an_unknown_definition_is_refused():
    with pytest.raises(InnovsocError, match="2006 et 2004"):
        masi_alpha(DATA, definition="2005")
    with pytest.raises(InnovsocError, match="2006 et 2004"):
        masi_distance("a", "b", definition="")
