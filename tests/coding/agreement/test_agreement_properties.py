"""What holds of any ratings, and what other implementations find."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from innovsoc_analysis.coding.agreement import (
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    randolph_kappa,
    scott_pi,
)

SYMMETRIC = [
    percent_agreement,
    fleiss_kappa,
    conger_kappa,
    krippendorff_alpha,
    gwet_ac1,
    brennan_prediger,
    randolph_kappa,
]
CORRECTED = [cohen_kappa, scott_pi, *SYMMETRIC[1:]]
PAIRS = st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=1, max_size=12)
TRIPLES = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), min_size=1, max_size=12)


def value(coefficient, data, **options):
    return coefficient(data, interval=None, **options).value


def close(first, second):
    return first == second if None in (first, second) else first == pytest.approx(second, abs=1e-12)


def naive_alpha(data, distance):
    """Return Krippendorff's alpha from all pairs, one after the other."""
    units = [[cell for cell in unit if cell is not None] for unit in data]
    units = [unit for unit in units if len(unit) > 1]
    values = [cell for unit in units for cell in unit]
    within = sum(sum(distance(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    across = sum(distance(a, b) for a, b in permutations(values, 2))
    return None if across == 0 else 1 - (len(values) - 1) * within / across


@settings(max_examples=60, deadline=None)
@given(data=TRIPLES, randomly=st.randoms(use_true_random=False))
@pytest.mark.parametrize("coefficient", SYMMETRIC)
def test_the_order_of_units_and_coders_and_the_names_of_labels_change_nothing(coefficient, data, randomly):
    expected = value(coefficient, data)
    units = randomly.sample(data, len(data))
    columns = randomly.sample(range(3), 3)
    renamed = {"a": "zut", "b": "mot", "c": "oui"}
    assert close(value(coefficient, units), expected)
    assert close(value(coefficient, [[unit[column] for column in columns] for unit in data]), expected)
    assert close(value(coefficient, [[renamed.get(cell) for cell in unit] for unit in data]), expected)


@settings(max_examples=100, deadline=None)
@given(data=PAIRS)
@pytest.mark.parametrize("coefficient", CORRECTED)
def test_a_coefficient_is_one_if_and_only_if_all_agree_and_there_are_two_categories(coefficient, data):
    found = value(coefficient, data)
    perfect = all(first == second for first, second in data)
    n_categories = len({label for pair in data for label in pair})
    if n_categories == 1:
        assert found is None
    else:
        assert found <= 1
        assert (found == 1) == perfect


@settings(max_examples=100, deadline=None)
@given(data=TRIPLES)
def test_nominal_alpha_is_that_of_all_pairs(data):
    assert close(value(krippendorff_alpha, data), naive_alpha(data, lambda a, b: float(a != b)))


@settings(max_examples=100, deadline=None)
@given(data=st.lists(st.tuples(*[st.sampled_from([0, 1, 2, 5, None])] * 3), min_size=1, max_size=10))
def test_alpha_of_numbers_is_that_of_all_pairs(data):
    assert close(value(krippendorff_alpha, data, level="interval"), naive_alpha(data, lambda a, b: (a - b) ** 2))
    ratio = naive_alpha(data, lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0)
    assert close(value(krippendorff_alpha, data, level="ratio"), ratio)
    pairable = [cell for unit in data if sum(one is not None for one in unit) > 1 for cell in unit if cell is not None]

    def between(a, b):
        low, high = min(a, b), max(a, b)
        inside = sum(low <= cell <= high for cell in pairable)
        return 0 if a == b else (inside - (pairable.count(a) + pairable.count(b)) / 2) ** 2

    assert close(value(krippendorff_alpha, data, level="ordinal"), naive_alpha(data, between))


@settings(max_examples=60, deadline=None)
@given(data=st.lists(st.tuples(*[st.integers(0, 3)] * 2), min_size=2, max_size=20))
@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_cohen_s_kappa_is_that_of_scikit_learn(weights, data):
    from sklearn.metrics import cohen_kappa_score

    first, second = zip(*data, strict=True)
    labels = sorted({*first, *second})
    assume(len(labels) > 1)
    places = [[labels.index(cell) for cell in pair] for pair in data]
    expected = cohen_kappa_score(first, second, labels=labels, weights=weights)
    assert value(cohen_kappa, places, weights=weights) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(data=PAIRS)
def test_for_two_coders_who_rate_all_conger_is_cohen_fleiss_is_scott_and_randolph_is_brennan_prediger(data):
    assert close(value(conger_kappa, data), value(cohen_kappa, data))
    assert close(value(fleiss_kappa, data), value(scott_pi, data))
    assert close(value(randolph_kappa, data), value(brennan_prediger, data))


@settings(max_examples=60, deadline=None)
@given(data=PAIRS)
def test_alpha_of_two_coders_is_scott_s_pi_with_a_small_sample_correction(data):
    pi = value(scott_pi, data)
    assume(pi is not None)
    # Krippendorff (2004): alpha = 1 - (1 - pi)(n - 1) / n, n values
    n = 2 * len(data)
    assert value(krippendorff_alpha, data) == pytest.approx(1 - (1 - pi) * (n - 1) / n)


def test_conger_is_the_mean_over_pairs_of_coders_of_what_cohen_observes_and_expects():
    rng = np.random.default_rng(1)
    data = rng.integers(0, 3, (30, 3))
    observed, expected = [], []
    for first, second in ((0, 1), (0, 2), (1, 2)):
        observed.append(np.mean(data[:, first] == data[:, second]))
        shares = [np.bincount(data[:, coder], minlength=3) / 30 for coder in (first, second)]
        expected.append(shares[0] @ shares[1])
    kappa = (np.mean(observed) - np.mean(expected)) / (1 - np.mean(expected))
    assert value(conger_kappa, data) == pytest.approx(kappa)
