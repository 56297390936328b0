"""Alpha for sections: tiny continua worked out by hand, every form of the data, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.coding.agreement import unitizing_alpha
from innovsoc_analysis.model.errors import InnovsocError

VARIANTS = ["1995", "2016", "2016-binary"]
ANA, LUC = [(2, 5, "a"), (8, 10, "b")], [(3, 6, "a")]
RECORDS = [("Ana", 2, 5, "a"), ("Ana", 8, 10, "b"), ("Luc", 3, 6, "a")]
TABLE = pd.DataFrame(RECORDS, columns=["coder", "start", "end", "category"])


def scattered(seed, n_documents=40, length=2000):
    """Return sections that two coders have marked without looking."""
    rng = np.random.default_rng(seed)
    rows = []
    for document in range(n_documents):
        for coder in ("Ana", "Luc"):
            position = 0
            while True:
                start = position + int(rng.integers(20, 200))
                position = start + int(rng.integers(10, 100))
                if position > length:
                    break
                rows.append((document, coder, start, position, "xyz"[rng.integers(3)]))
    table = pd.DataFrame(rows, columns=["document", "coder", "start", "end", "category"])
    return table, dict.fromkeys(range(n_documents), length)


def test_1995_by_hand():
    found = unitizing_alpha([ANA, LUC], length=10)
    a, b = found.by_category["a"], found.by_category["b"]
    # a: boundaries one apart twice, seen from both coders: 2 × 2 / (2 × 10²)
    assert a.observed == pytest.approx(0.02)
    # a: two sections of 3: (2 - 1)/3 × 2 × 3 × 2 × 5 = 20; gaps 2, 5, 3, 4: 3² × (3 + 1 + 2) each = 108;
    # 2/10 × 128 / (20 × 19 - 2 × 3 × 2)
    assert a.expected == pytest.approx(0.2 * 128 / 368)
    # b: Ana's alone, 2² from both sides; gaps 8 and 10: 2² × (7 + 9)
    assert b.observed == pytest.approx(2 * 4 / 200)
    assert b.expected == pytest.approx(0.2 * 64 / (380 - 2))
    assert found.value == pytest.approx(1 - (a.observed + b.observed) / (a.expected + b.expected))
    assert a.value == pytest.approx(1 - 0.02 / (0.2 * 128 / 368))


def test_2016_by_hand():
    found = unitizing_alpha([ANA, LUC], length=10, variant="2016")
    # lengths: a 6, b 2, gap 12 of 20; a single, b single: 2-3, 5-6, 8-10 differ, from both sides
    assert found.observed == pytest.approx(8)
    # sections do not meet themselves: 3² + 3² + 2², gaps their points: 12
    assert found.expected == pytest.approx(20 * (20**2 - 6**2 - 2**2 - 12**2) / (20**2 - 9 - 9 - 4 - 12))
    assert found.value == pytest.approx(1 - found.observed / found.expected)


def test_2016_binary_by_hand():
    found = unitizing_alpha([[(2, 5, "a")], [(2, 5, "b")]], length=10, variant="2016-binary")
    assert found.value == 1
    other = unitizing_alpha([ANA, LUC], length=10, variant="2016-binary")
    assert other.expected == pytest.approx(20 * (20**2 - 8**2 - 12**2) / (20**2 - 22 - 12))
    assert other.value == pytest.approx(1 - 8 / other.expected)
    assert unitizing_alpha([[(2, 5, "a")], [(2, 5, "b")]], length=10, variant="2016").value < 1


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "data",
    [
        [ANA, LUC],
        {"Ana": ANA, "Luc": LUC},
        RECORDS,
        TABLE,
        TABLE.sample(frac=1, random_state=0).astype({"start": float}),
        TABLE.assign(document="d"),
    ],
    ids=["by coder", "by name", "records", "table", "any order", "document"],
)
def test_all_forms_of_the_data_give_the_same_result(variant, data):
    length = {"d": 10} if isinstance(data, pd.DataFrame) and "document" in data else 10
    found = unitizing_alpha(data, length=length, variant=variant)
    assert found.value == pytest.approx(unitizing_alpha([ANA, LUC], length=10, variant=variant).value)
    assert (found.n_coders, found.n_values, found.n_units) == (2, 3, 1)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_place_of_the_continuum_and_the_order_of_coders_change_nothing(variant):
    shifted = [[(start + 100, end + 100, category) for start, end, category in one] for one in (LUC, ANA)]
    found = unitizing_alpha(shifted, length=10, begin=100, variant=variant)
    assert found.value == pytest.approx(unitizing_alpha([ANA, LUC], length=10, variant=variant).value)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_sections_are_perfect_agreement(variant):
    assert unitizing_alpha([ANA, ANA, ANA], length=10, variant=variant).value == 1


@pytest.mark.parametrize("variant", VARIANTS)
def test_sections_marked_without_looking_are_near_zero_and_the_interval_draws_documents(variant):
    table, lengths = scattered(5)
    found = unitizing_alpha(table, length=lengths, variant=variant)
    assert abs(found.value) < 0.06
    assert found.interval[0] < found.value < found.interval[1]
    assert found.interval[1] - found.interval[0] < 0.2
    assert found.method == "bootstrap, 1000 tirages (documents), percentiles"


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_document_drawn_twice_counts_as_two_documents(variant):
    table, lengths = scattered(6, n_documents=3, length=600)
    twice = pd.concat([table, table[table["document"] == 0].assign(document=9)])
    found = unitizing_alpha(twice, length={**lengths, 9: 600}, variant=variant)
    # what the bootstrap computes for the draw (2, 1, 1), read from the same continua
    from innovsoc_analysis.coding.agreement.sections import read_continua
    from innovsoc_analysis.coding.agreement.unitizing import _of_1995, _of_2016

    continua = read_continua(table, length=lengths)
    if variant == "1995":
        parts = [_of_1995(continua, category) for category in continua.categories]
    else:
        parts = [_of_2016(continua, binary=variant == "2016-binary")]
    drawn = np.array([[2.0, 1.0, 1.0]])
    observed = sum(part.observed(drawn)[0] for part in parts)
    assert found.value == pytest.approx(1 - observed / sum(part.expected(drawn)[0] for part in parts))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "Il faut au moins deux codeurs."),
        ([ANA], "Il faut au moins deux codeurs."),
        ([[], []], "Aucune section n'a été marquée."),
    ],
)
def test_what_cannot_be_compared_is_undefined(variant, data, reason):
    found = unitizing_alpha(data, length=10, variant=variant)
    assert (found.value, found.interval, found.reason) == (None, None, reason)
    assert reason in str(found)


def test_a_continuum_of_one_value_is_undefined_in_2016():
    for variant in ("2016", "2016-binary"):
        found = unitizing_alpha([[(0, 10)], [(0, 10)]], length=10, variant=variant)
        assert found.value is None
        assert found.reason.startswith("Tout le continuum")


def test_a_coder_who_marked_nothing_counts_if_named():
    found = unitizing_alpha(TABLE, length=10, coders=["Ana", "Luc", "Zoé"])
    assert found.n_coders == 3
    assert found.value == pytest.approx(unitizing_alpha([ANA, LUC, []], length=10).value)


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ([[(3, 3)], []], {}, "la fin doit suivre"),
        ([[(0, 11)], []], {}, "sort de son continuum"),
        ([[(0.5, 2)], []], {}, "n'est pas entière"),
        ([[("x", 2)], []], {}, "n'est pas une position"),
        ([[(0, 4, "a"), (3, 6, "a")], []], {}, "se recouvrent"),
        ([[(0, 4, "a"), (3, 6, "b")], []], {"variant": "2016"}, "se recouvrent"),
        ([(1, 2)], {}, "Une section est"),
        (3, {}, "Une section est"),
        (pd.DataFrame({"coder": ["Ana"]}), {}, "start, end"),
        ([[(0, 1)], []], {"variant": "2004"}, "variante"),
        ([[(0, 1)], []], {"clusters": ["d"]}, "par document"),
        (RECORDS, {"coders": ["Ana"]}, "« Luc »"),
        (TABLE.assign(document=["d", "e", "d"]), {}, "longueur de chacun"),
        (TABLE.assign(document=["d", "e", "d"]), {"length": {"d": 10}}, "document « e »"),
    ],
)
def test_what_is_no_section_is_refused(data, options, message):
    with pytest.raises(InnovsocError, match=message):
        unitizing_alpha(data, **{"length": 10, **options})


def test_sections_of_two_categories_may_overlap_in_1995():
    found = unitizing_alpha([[(0, 4, "a"), (3, 6, "b")], [(0, 4, "a"), (3, 6, "b")]], length=10)
    assert found.value == 1


def test_the_result_counts_sections_and_documents():
    found = unitizing_alpha([ANA, LUC], length=10)
    assert str(found).startswith("Alpha d'unitisation de Krippendorff (1995) : 0,")
    assert str(found).endswith("; 3 sections, 2 codeurs, 1 document")
    assert list(found.by_category) == ["a", "b"]
