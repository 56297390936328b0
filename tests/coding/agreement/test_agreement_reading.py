"""What the coefficients take, what they refuse, and when they are undefined."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.coding.agreement import (
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    masi_alpha,
    percent_agreement,
    randolph_kappa,
    scott_pi,
)
from innovsoc_analysis.coding.agreement.ratings import read_ratings
from innovsoc_analysis.coding.agreement.weights import weight_matrix
from innovsoc_analysis.model.errors import InnovsocError

CORRECTED = [
    *(cohen_kappa, scott_pi, fleiss_kappa, conger_kappa, krippendorff_alpha),
    *(gwet_ac1, gwet_ac2, brennan_prediger, randolph_kappa),
]
EVERY = [*CORRECTED, percent_agreement]
LISTS = [[1, 1], [1, 2], [2, 2], [2, None], [None, None], [1, 1]]
SAME = [
    np.array([[1, 1], [1, 2], [2, 2], [2, math.nan], [math.nan, math.nan], [1, 1]]),
    np.array(LISTS, dtype=object),
    pd.DataFrame(LISTS),
    pd.DataFrame(LISTS, columns=["Ana", "Luc"]).astype("Int64"),
    pd.DataFrame([[{1: "a", 2: "b"}.get(cell, pd.NA) for cell in row] for row in LISTS]),
    pd.DataFrame([[{1: "a", 2: "b"}.get(cell) for cell in row] for row in LISTS], dtype="category"),
    [[{1: False, 2: True}.get(cell, math.nan) for cell in row] for row in LISTS],
    [[{1: ("a", 1), 2: ("b", 2)}.get(cell) for cell in row] for row in LISTS],
    [tuple(row) for row in LISTS],
]


@pytest.mark.parametrize("data", SAME, ids=[type(data).__name__ + str(place) for place, data in enumerate(SAME)])
@pytest.mark.parametrize("coefficient", [cohen_kappa, krippendorff_alpha, gwet_ac1])
def test_the_same_ratings_in_any_form_give_the_same_result(coefficient, data):
    expected, found = coefficient(LISTS), coefficient(data)
    assert found.value == expected.value is not None
    assert found.interval == expected.interval
    assert (found.n_units, found.n_pairable, found.n_coders, found.n_values) == (6, 4, 2, 8)
    assert len(found.categories) == 2


@pytest.mark.parametrize("coefficient", CORRECTED)
@pytest.mark.parametrize("interval", ["bootstrap", "analytic", None])
def test_one_category_only_is_undefined(coefficient, interval):
    found = coefficient([["a", "a"], ["a", "a"], ["a", None]], interval=interval)
    assert (found.value, found.interval, found.standard_error) == (None, None, None)
    assert found.reason.startswith("Une seule catégorie")
    assert str(found).endswith(found.reason)


def test_observed_agreement_of_one_category_is_total_for_it_leaves_chance_out():
    assert percent_agreement([["a", "a"], ["a", "a"]]).value == 1


@pytest.mark.parametrize("coefficient", [brennan_prediger, randolph_kappa, gwet_ac1])
def test_one_category_used_out_of_two_that_are_given_is_agreement_beyond_chance(coefficient):
    assert coefficient([["a", "a"], ["a", "a"]], categories=["a", "b"]).value == 1


@pytest.mark.parametrize("coefficient", [*EVERY, masi_alpha])
@pytest.mark.parametrize("data", [[], [[]], [[None, None]], [[None], [None]], np.empty((0, 2)), pd.DataFrame()])
def test_no_ratings_are_undefined(coefficient, data):
    found = coefficient(data)
    assert found.value is None
    assert found.reason == "Il faut au moins deux codeurs."


@pytest.mark.parametrize("coefficient", EVERY)
def test_one_coder_is_undefined(coefficient):
    for data in ([["a"], ["b"]], [["a", None], ["b", None]]):
        found = coefficient(data)
        assert found.value is None
        assert found.reason == "Il faut au moins deux codeurs."


@pytest.mark.parametrize("coefficient", EVERY)
def test_no_unit_with_two_ratings_is_undefined(coefficient):
    found = coefficient([["a", None], [None, "b"]])
    assert found.value is None
    assert found.reason == "Aucune unité n'a été codée par deux codeurs au moins."
    assert (found.n_units, found.n_pairable, found.n_coders, found.n_values) == (2, 0, 2, 0)


@pytest.mark.parametrize("coefficient", [cohen_kappa, scott_pi])
def test_a_third_coder_is_refused_where_two_are_compared(coefficient):
    with pytest.raises(InnovsocError, match=r"compare deux codeurs ; la table en a 3\."):
        coefficient([[1, 1, 1], [1, 2, 1]])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([1, 2, 3], "une ligne par unité"),
        (["oui", "non"], "une ligne par unité"),
        ("oui", "une ligne par unité"),
        ({"Ana": [1, 2]}, "une ligne par unité"),
        (np.zeros(3), r"Celles-ci ont 1 dimension"),
        (pd.Series([1, 2]), r"Celles-ci ont 1 dimension"),
        ([[1, 2], [1]], r"de 1 à 2"),
        ([[["a"], ["b"]]], "masi_alpha"),
    ],
)
def test_what_is_no_table_of_ratings_is_refused(data, message):
    with pytest.raises(InnovsocError, match=message):
        krippendorff_alpha(data)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"categories": ["a", "c"]}, "il manque « b »"),
        ({"categories": ["a", "b", "c", "a"]}, "deux fois"),
        ({"level": "métrique"}, "niveau de mesure"),
        ({"level": "ordinal"}, r"categories=\[…\]"),
        ({"level": "interval"}, "nombres finis"),
        ({"confidence": 95}, "entre 0 et 1"),
        ({"n_resamples": 0}, "au moins 1"),
        ({"interval": "jackknife"}, "bootstrap"),
        ({"clusters": ["x"]}, r"chacune des 2 unités ; il y en a 1"),
        ({"clusters": ["x", None]}, "sans groupe"),
    ],
)
def test_options_that_cannot_be_are_refused(options, message):
    with pytest.raises(InnovsocError, match=message):
        krippendorff_alpha([["a", "b"], ["b", "c"]], **options)


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="n_bootstrap"):
        krippendorff_alpha([["a", "b"], ["b", "b"]], n_bootstrap=10)


def test_ratio_level_refuses_negative_numbers_and_counts_two_zeros_as_equal():
    with pytest.raises(InnovsocError, match="positifs"):
        krippendorff_alpha([[-1, 1], [1, 1]], level="ratio")
    # one pair apart, at full distance: 1 - 3 × 2 / (2 × 3 × 1)
    assert krippendorff_alpha([[0, 0], [0, 1]], level="ratio").value == pytest.approx(0)


def test_ordinal_labels_follow_the_order_given_and_numbers_their_own():
    words = [["peu", "moyen"], ["beaucoup", "beaucoup"], ["peu", "peu"], ["moyen", "beaucoup"]]
    place = {"peu": 1, "moyen": 2, "beaucoup": 3}
    as_numbers = krippendorff_alpha([[place[label] for label in row] for row in words], level="ordinal")
    as_words = krippendorff_alpha(words, level="ordinal", categories=list(place))
    assert as_words.value == as_numbers.value
    assert as_words.interval == as_numbers.interval
    assert as_words.value != krippendorff_alpha(words, level="ordinal", categories=["beaucoup", "peu", "moyen"]).value


def test_interval_level_stands_a_shift_and_a_constant():
    near = krippendorff_alpha([[1, 2], [3, 3], [2, 2]], level="interval").value
    far = krippendorff_alpha([[1_000_001, 1_000_002], [1_000_003, 1_000_003], [1_000_002, 1_000_002]], level="interval")
    assert far.value == pytest.approx(near)
    assert krippendorff_alpha([[0.1, 0.1], [0.1, 0.1]], level="interval").value is None


def test_weights_follow_the_values_of_numbers_and_the_places_of_words():
    numbers = read_ratings([[1, 2], [5, 5]])
    assert weight_matrix(numbers, "linear").tolist() == [[1, 0.75, 0], [0.75, 1, 0.25], [0, 0.25, 1]]
    words = read_ratings([["peu", "moyen"], ["beaucoup", "peu"]], categories=["peu", "moyen", "beaucoup"])
    assert weight_matrix(words, "linear").tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
    assert weight_matrix(words, "quadratic").tolist() == [[1, 0.75, 0], [0.75, 1, 0.75], [0, 0.75, 1]]
    # pairs of ranks between and with the two: 1 one apart, 3 two apart
    assert weight_matrix(words, "ordinal")[0].tolist() == pytest.approx([1, 2 / 3, 0])


@pytest.mark.parametrize("weights", ["cubic", [[1, 0], [0, 1]]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(InnovsocError, match="poids"):
        cohen_kappa([[1, 2], [3, 3]], weights=weights)


def test_weights_of_labels_without_an_order_are_refused():
    with pytest.raises(InnovsocError, match="categories="):
        cohen_kappa([["peu", "moyen"], ["beaucoup", "peu"]], weights="linear")


def test_a_result_shows_itself_in_french_and_names_no_label():
    found = cohen_kappa([["secret", "secret"], ["b", "secret"], ["b", "b"], ["b", "b"]], interval="analytic")
    assert str(found).startswith("Kappa de Cohen : 0,500 [−0,")
    assert str(found).endswith("à 95 % ; 4 unités à deux codages au moins sur 4, 2 codeurs, 8 valeurs")
    assert repr(found) == f"<{found}>"
    assert found._repr_html_().startswith("<p>Kappa de Cohen : <b>0,500</b> [")
    assert "secret" not in repr(found) + found._repr_html_()
    undefined = cohen_kappa([["a"]])
    assert "non défini" in undefined._repr_html_()
    with pytest.raises(AttributeError):
        found.value = 1
