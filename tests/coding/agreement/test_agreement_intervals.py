"""Intervals: patterns give what units give, the same seed the same interval, clusters are drawn whole."""

from __future__ import annotations

import math
import time

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.coding.agreement import (
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    krippendorff_alpha_many,
    percent_agreement,
)
from innovsoc_analysis.coding.agreement.levels import nominal_statistic
from innovsoc_analysis.coding.agreement.ratings import read_ratings
from innovsoc_analysis.coding.agreement.resampling import Plan, find_patterns, resample
from innovsoc_analysis.model.errors import InnovsocError

RNG = np.random.default_rng(20)
TRUE = RNG.random((400, 6)) < 0.3
ANA, LUC, ZOE = (TRUE ^ (RNG.random(TRUE.shape) < 0.1) for _ in range(3))
DOCUMENTS = np.repeat([f"d{number}" for number in range(40)], 10)
DATA = np.stack([ANA[:, 0], LUC[:, 0], ZOE[:, 0]], axis=1)
HOLES = np.where(RNG.random(DATA.shape) < 0.2, math.nan, DATA)


@pytest.mark.parametrize("data", [DATA, HOLES])
def test_numbers_of_patterns_give_the_alpha_of_the_units_they_stand_for(data):
    ratings = read_ratings(data)
    patterns = find_patterns(ratings.codes)
    statistic = nominal_statistic(patterns.codes, ratings)
    drawn = np.random.default_rng(3).integers(0, len(data), (20, len(data)))
    for units in drawn:
        sample = read_ratings(data[units], categories=ratings.categories)
        counts = [int((sample.codes == row).all(axis=1).sum()) for row in patterns.codes]
        expected = krippendorff_alpha(data[units], interval=None).value
        assert statistic(np.array([counts], dtype=float))[0] == pytest.approx(expected, abs=1e-12)


def test_bootstrap_of_patterns_spreads_as_the_bootstrap_of_units():
    drawn = np.random.default_rng(3).integers(0, len(DATA), (2000, len(DATA)))
    naive = np.quantile([krippendorff_alpha(DATA[units], interval=None).value for units in drawn], [0.025, 0.975])
    found = krippendorff_alpha(DATA, n_resamples=4000)
    assert found.interval == pytest.approx(tuple(naive), abs=0.008)
    assert found.method == "bootstrap, 4000 tirages (unités), percentiles"


def test_clusters_are_drawn_whole():
    ratings = read_ratings(DATA)
    numbers = pd.factorize(DOCUMENTS)[0]
    patterns = find_patterns(ratings.codes, numbers)
    plan = Plan(n_resamples=30, clusters=DOCUMENTS)
    found = resample([(nominal_statistic(patterns.codes, ratings), patterns)], plan)[0]
    draws = np.random.default_rng(0).multinomial(40, np.full(40, 1 / 40), size=30)
    for counts, value in zip(draws, found, strict=True):
        units = np.repeat(np.arange(400), counts[numbers])
        assert value == pytest.approx(krippendorff_alpha(DATA[units], interval=None).value, abs=1e-12)


def test_units_that_repeat_within_clusters_widen_the_interval_by_cluster_only():
    data = np.repeat(DATA[:40], 10, axis=0)
    clusters = np.repeat(np.arange(40), 10)
    low, high = krippendorff_alpha(data).interval
    clustered = krippendorff_alpha(data, clusters=clusters)
    assert clustered.interval[1] - clustered.interval[0] > 2.5 * (high - low)
    assert clustered.method == "bootstrap, 1000 tirages (40 groupes), percentiles"
    # ten copies of forty units drawn by cluster are forty units
    assert clustered.standard_error == pytest.approx(krippendorff_alpha(DATA[:40]).standard_error, rel=0.1)


@pytest.mark.parametrize("clusters", [None, DOCUMENTS])
@pytest.mark.parametrize("coefficient", [krippendorff_alpha, fleiss_kappa, conger_kappa, gwet_ac1, percent_agreement])
def test_the_two_methods_agree_on_a_sample_of_some_size(coefficient, clusters):
    bootstrap = coefficient(HOLES, clusters=clusters)
    analytic = coefficient(HOLES, clusters=clusters, interval="analytic")
    assert analytic.value == bootstrap.value
    assert {type(bound) for bound in (*analytic.interval, *bootstrap.interval)} == {float}
    assert analytic.standard_error == pytest.approx(bootstrap.standard_error, rel=0.12)
    assert analytic.interval == pytest.approx(bootstrap.interval, abs=0.03)


def test_the_analytic_error_of_observed_agreement_is_that_of_a_mean():
    agreeing = np.array([1, 1, 0, 1, 0, 1, 1, 1.0])
    found = percent_agreement([[1, 1 if agree else 2] for agree in agreeing], interval="analytic")
    assert found.standard_error == pytest.approx(agreeing.std(ddof=1) / math.sqrt(8))


def test_the_analytic_error_of_kappa_is_the_formula_of_fleiss_cohen_and_everitt():
    table = np.array([[30, 5], [8, 17]]) / 60
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, expected = np.trace(table), rows @ columns
    kappa = (observed - expected) / (1 - expected)
    diagonal = sum(table[i, i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in range(2))
    off = (1 - kappa) ** 2 * sum(
        table[i, j] * (columns[i] + rows[j]) ** 2 for i in range(2) for j in range(2) if i != j
    )
    variance = (diagonal + off - (kappa - expected * (1 - kappa)) ** 2) / (60 * (1 - expected) ** 2)
    counts = [(0, 0, 30), (0, 1, 5), (1, 0, 8), (1, 1, 17)]
    found = cohen_kappa([[a, b] for a, b, n in counts for _ in range(n)], interval="analytic")
    assert found.standard_error == pytest.approx(math.sqrt(variance))
    assert found.interval == pytest.approx(
        (kappa - 1.959964 * math.sqrt(variance), kappa + 1.959964 * math.sqrt(variance))
    )


def test_the_same_seed_gives_the_same_interval_and_another_another():
    assert krippendorff_alpha(DATA) == krippendorff_alpha(DATA, random_state=0)
    assert krippendorff_alpha(DATA).interval != krippendorff_alpha(DATA, random_state=1).interval


def test_the_interval_holds_the_value_and_grows_with_the_confidence():
    narrow, wide = (krippendorff_alpha(DATA, confidence=confidence) for confidence in (0.5, 0.99))
    assert wide.interval[0] < narrow.interval[0] < narrow.value < narrow.interval[1] < wide.interval[1]
    assert (narrow.confidence, wide.confidence) == (0.5, 0.99)


def test_resamples_without_a_value_are_left_out_and_told():
    # a single unit has the rare category: it is missing from about 37 % of the resamples
    found = krippendorff_alpha([["a", "a"]] * 30 + [["b", "b"]])
    assert 300 < found.n_undefined < 440
    assert found.interval == (1, 1)
    assert f"dont {found.n_undefined} sans valeur" in found.method


def test_there_is_no_interval_of_one_unit_one_cluster_or_when_not_asked_for():
    assert krippendorff_alpha([["a", "b"]]).interval is None
    assert krippendorff_alpha(DATA, clusters=["d"] * 400).interval is None
    found = krippendorff_alpha(DATA, interval=None)
    assert (found.interval, found.standard_error, found.method) == (None, None, "")


@pytest.mark.parametrize("options", [{}, {"clusters": DOCUMENTS}, {"interval": "analytic"}, {"interval": None}])
def test_many_codes_at_once_are_each_what_they_are_alone(options):
    found = krippendorff_alpha_many(ANA, LUC, ZOE, **options)
    assert list(found) == list(range(6))
    for code, result in found.items():
        alone = krippendorff_alpha(np.stack([ANA[:, code], LUC[:, code], ZOE[:, code]], axis=1), **options)
        assert result == alone


def test_codes_that_nobody_gave_and_missing_values_are_no_trouble_among_many():
    ana = pd.DataFrame(
        {"jamais": [0, 0, 0], "lieu": [1, 0, None], "vide": [None, None, None], "lien": [True, False, True]}
    )
    luc = pd.DataFrame({"jamais": [0, 0, 0], "lieu": [1, 0, 1], "vide": [1, 0, 1], "lien": [True, False, False]})
    found = krippendorff_alpha_many(ana, luc, clusters=["x", "y", "y"])
    assert found["jamais"].reason.startswith("Une seule catégorie")
    assert found["lieu"].value == 1
    assert found["lieu"].n_pairable == 2
    assert found["vide"].reason == "Il faut au moins deux codeurs."
    # ordered pairs that differ: 2 within units, 18 among six values of which three are true
    assert found["lien"].value == pytest.approx(1 - 5 * 2 / 18)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (np.zeros((3, 2)), "mêmes unités"),
        (np.full((4, 2), 2), "0 ou 1"),
        (np.full((4, 2), "oui", dtype=object), "0 ou 1"),
    ],
)
def test_tables_of_codes_that_do_not_match_are_refused(second, message):
    with pytest.raises(InnovsocError, match=message):
        krippendorff_alpha_many(np.zeros((4, 2)), second)
    with pytest.raises(InnovsocError, match="mêmes codes"):
        krippendorff_alpha_many(pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]}))


def test_many_resamples_of_many_units_take_little_time():
    data = np.random.default_rng(0).random((100_000, 8)) < 0.1
    other = data ^ (np.random.default_rng(1).random(data.shape) < 0.02)
    began = time.process_time()
    krippendorff_alpha_many(data, other, clusters=np.arange(100_000) // 50)
    assert time.process_time() - began < 3
