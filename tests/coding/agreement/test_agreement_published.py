"""Worked examples that have been published, each recomputed by hand or by a second way before it was kept."""

from __future__ import annotations

import pytest

from innovsoc_analysis.coding.agreement import (
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    masi_distance,
    percent_agreement,
    randolph_kappa,
    scott_pi,
    unitizing_alpha,
)

NA = None


def from_table(counts, labels=None):
    """Return the ratings of two coders whose cross table is `counts`."""
    labels = labels or range(len(counts))
    pairs = [(a, b, n) for a, row in zip(labels, counts, strict=True) for b, n in zip(labels, row, strict=True)]
    return [[a, b] for a, b, n in pairs for _ in range(n)]


def from_tally(rows):
    """Return ratings of which each row says how many there are of each category."""
    return [[category for category, n in enumerate(row) for _ in range(n)] for row in rows]


def coders(*rows):
    """Return units × coders from one string per coder, a point for a missing value."""
    return [[NA if value == "." else value for value in unit] for unit in zip(*rows, strict=True)]


def numbers(*rows):
    return [[NA if value is NA else int(value) for value in unit] for unit in coders(*rows)]


# Krippendorff (2011), section C: 4 observers, 12 units
KRIPPENDORFF_C = numbers("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Gwet (2014), table of 4 raters and 12 subjects; only the last subject is another rater's than in Krippendorff
GWET_4 = numbers("123321412...", "1233224125..", ".33323422513", "12332441251.")
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]  # Gwet (2014), ectopic pregnancies, two abstractors
SIX_RATERS = [
    *([0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0]),
    *([2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6]),
    *([1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1]),
]  # Gwet (2014), after Fleiss (1971): 15 patients, 6 raters, 5 categories
FOURTEEN_RATERS = [
    *([0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]),
    *([7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]),
]  # the worked example of the article “Fleiss' kappa”, Wikipedia


def test_krippendorff_2011_a_binary_data_of_two_observers():
    assert krippendorff_alpha(coders("0100000010", "1110010000")).value == pytest.approx(0.095, abs=5e-4)


def test_krippendorff_2011_b_nominal_data_of_two_observers():
    assert krippendorff_alpha(coders("aabbdcccedda", "babbbccceddd")).value == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_2011_c_and_d_any_level_of_four_observers_with_missing_values(level, value):
    found = krippendorff_alpha(KRIPPENDORFF_C, level=level)
    assert found.value == pytest.approx(value, abs=5e-4)
    assert (found.n_units, found.n_pairable, found.n_coders, found.n_values) == (12, 11, 4, 40)


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.691), ("interval", 0.811)])
def test_three_observers_and_fifteen_units_of_the_article_krippendorff_s_alpha_wikipedia(level, value):
    data = numbers(".....34121133.3", "1.213343.......", "..21344.21133.4")
    found = krippendorff_alpha(data, level=level)
    assert found.value == pytest.approx(value, abs=5e-4)
    assert found.n_values == 26


@pytest.mark.parametrize(
    ("coefficient", "value"),
    [
        (percent_agreement, 0.81818),
        (gwet_ac1, 0.77544),
        (fleiss_kappa, 0.76117),
        (conger_kappa, 0.76282),
        (brennan_prediger, 0.77273),
        (krippendorff_alpha, 0.74342),
    ],
)
def test_gwet_2014_four_raters_with_missing_values(coefficient, value):
    assert coefficient(GWET_4).value == pytest.approx(value, abs=5e-6)


@pytest.mark.parametrize(
    ("coefficient", "value"),
    [
        (percent_agreement, 0.89),
        (cohen_kappa, 0.7964094),
        (scott_pi, 0.7962397),
        (gwet_ac1, 0.8493305),
        (brennan_prediger, 0.835),
        (krippendorff_alpha, 0.7972585),
    ],
)
def test_gwet_2014_two_abstractors(coefficient, value):
    assert coefficient(from_table(ABSTRACTORS)).value == pytest.approx(value, abs=5e-8)


@pytest.mark.parametrize(
    ("coefficient", "value", "error"),
    [
        (gwet_ac1, 0.4448007, 0.08418757),
        (fleiss_kappa, 0.4139265, 0.08119291),
        (brennan_prediger, 0.4388889, 0.08312142),
    ],
)
def test_gwet_2014_six_raters_with_standard_errors(coefficient, value, error):
    found = coefficient(from_tally(SIX_RATERS), interval="analytic")
    assert found.value == pytest.approx(value, abs=5e-8)
    assert found.standard_error == pytest.approx(error, abs=5e-8)
    assert found.method.startswith("analytic")


def test_gwet_2014_interval_of_ac1_for_six_raters():
    assert gwet_ac1(from_tally(SIX_RATERS), interval="analytic").interval == pytest.approx((0.264, 0.625), abs=5e-4)


def test_krippendorff_s_alpha_of_the_six_raters_of_gwet_2014():
    assert krippendorff_alpha(from_tally(SIX_RATERS)).value == pytest.approx(0.4204384, abs=5e-8)


def test_fleiss_kappa_of_fourteen_raters():
    found = fleiss_kappa(from_tally(FOURTEEN_RATERS))
    assert found.value == pytest.approx(0.210, abs=5e-4)
    assert percent_agreement(from_tally(FOURTEEN_RATERS)).value == pytest.approx(0.378, abs=5e-4)


def test_randolph_2005_leaves_the_distribution_of_the_fourteen_raters_out():
    # the published observed agreement and five categories: (0.378 - 0.2) / 0.8
    assert randolph_kappa(from_tally(FOURTEEN_RATERS)).value == pytest.approx(0.2225, abs=6e-4)


def test_fleiss_cohen_everitt_1969_kappa_and_its_variance():
    found = cohen_kappa(from_table([[106, 10, 4], [22, 28, 10], [2, 12, 6]]), interval="analytic")
    assert found.value == pytest.approx(0.429, abs=5e-4)
    assert found.standard_error**2 == pytest.approx(0.002885, abs=5e-7)


def test_fleiss_cohen_everitt_1969_weighted_kappa_and_its_variance():
    weights = [[1, 0, 0.4444], [0, 1, 0.6667], [0.4444, 0.6667, 1]]
    found = cohen_kappa(from_table([[106, 10, 4], [22, 28, 10], [2, 12, 6]]), weights=weights, interval="analytic")
    assert found.value == pytest.approx(0.507, abs=5e-4)
    assert found.standard_error**2 == pytest.approx(0.003248, abs=1e-6)


def test_fleiss_1981_table_13_1_two_raters_three_diagnoses():
    # 0.89 observed, 0.66 by chance
    assert cohen_kappa(from_table([[75, 1, 4], [5, 4, 1], [0, 0, 10]])).value == pytest.approx(0.23 / 0.34)


@pytest.mark.parametrize(
    ("table", "percent", "kappa"),
    [
        ([[40, 9], [6, 45]], 0.85, 0.70),
        ([[80, 10], [5, 5]], 0.85, 0.32),
        ([[45, 15], [25, 15]], 0.60, 0.13),
        ([[25, 35], [5, 35]], 0.60, 0.26),
    ],
)
def test_feinstein_cicchetti_1990_the_paradoxes_of_kappa(table, percent, kappa):
    data = from_table(table)
    assert percent_agreement(data).value == pytest.approx(percent)
    assert cohen_kappa(data).value == pytest.approx(kappa, abs=5e-3)
    # Byrt, Bishop and Carlin (1993): PABAK, twice the observed agreement less one, is the same for both of a pair
    assert brennan_prediger(data).value == pytest.approx(2 * percent - 1)


def test_krippendorff_2004_unitizing_of_a_continuum_by_two_observers():
    # chapter 11, two categories on a continuum of 300 from 150 on
    first = [(225, 295, "c"), (370, 400, "c"), (180, 240, "k"), (300, 350, "k")]
    second = [(220, 300, "c"), (355, 375, "c"), (400, 420, "c"), (180, 240, "k"), (300, 350, "k")]
    found = unitizing_alpha([first, second], length=300, begin=150)
    assert found.by_category["c"].observed == pytest.approx(0.0144, abs=1e-4)
    assert found.by_category["c"].expected == pytest.approx(0.0532, abs=1e-4)
    assert found.by_category["c"].value == pytest.approx(0.7286, abs=1e-4)
    assert found.by_category["k"].expected == pytest.approx(0.0490, abs=1e-4)
    assert found.by_category["k"].value == 1.0
    assert found.value == pytest.approx(0.8591, abs=5e-4)


@pytest.mark.parametrize(
    ("first", "second", "in_2006", "in_2004"),
    [
        ({"a", "b"}, {"b", "a"}, 0, 0),
        ({"a", "b"}, {"a"}, 1 - 2 / 3 * 1 / 2, 1 / 3),
        ({"a", "b"}, {"b", "c"}, 1 - 1 / 3 * 1 / 3, 2 / 3),
        ({"a", "b"}, {"c", "d"}, 1, 1),
    ],
)
def test_passonneau_2004_and_2006_the_four_degrees_of_masi(first, second, in_2006, in_2004):
    assert masi_distance(first, second) == pytest.approx(in_2006)
    assert masi_distance(second, first, definition="2004") == pytest.approx(in_2004)


def test_ac2_with_identity_weights_is_ac1_and_ordinal_weights_of_gwet_2014():
    assert gwet_ac2(GWET_4, weights="identity").value == gwet_ac1(GWET_4).value
    # three ranks: 1 - 1/3 one apart, 0 two apart; shares 3/8, 2/8, 3/8; expected (13/3)/6 × 42/64, observed 8/12
    found = gwet_ac2([[1, 1], [2, 3], [3, 3], [1, 2]], weights="ordinal").value
    expected = (3 + 4 * 2 / 3) / 6 * (2 * 3 / 8 * 5 / 8 + 2 / 8 * 6 / 8)
    assert found == pytest.approx(((1 + 2 / 3 + 1 + 2 / 3) / 4 - expected) / (1 - expected))
