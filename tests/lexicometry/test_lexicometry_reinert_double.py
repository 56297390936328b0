"""Units merged within documents, and classes that hold at two sizes of units."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from innovsoc_analysis.lexicometry.classes import double_classification
from innovsoc_analysis.lexicometry.classes.merging import merge_units
from innovsoc_analysis.lexicometry.classes.packing import Place, best_packings
from innovsoc_analysis.model.errors import UsageError

TREE = [(1, 2), (3, 4), (5, 6), (), (7, 8), (), (), (), ()]
N_DOCUMENTS, PER_DOCUMENT = 60, 8


def planted(seed=0):
    """Return units in documents of one class each, their documents and classes."""
    generator = np.random.default_rng(seed)
    classes = np.repeat(np.arange(N_DOCUMENTS) % 3, PER_DOCUMENT)
    own = np.arange(90) % 3 == classes[:, None]
    table = generator.random((len(classes), 90)) < np.where(own, 0.2, 0.03)
    return table, np.repeat(np.arange(N_DOCUMENTS), PER_DOCUMENT), classes


@pytest.fixture(scope="module")
def found():
    table, documents, _ = planted()
    return double_classification(table, documents, 4)


def under(node):
    """Return a class of the tree and all below it."""
    return {node}.union(*(under(child) for child in TREE[node]))


def best_by_trying(places, most):
    """Return the best value of each number of places of which no two overlap."""
    below = [(under(place.first), under(place.second)) for place in places]
    apart = [[bool(a.isdisjoint(c) or b.isdisjoint(d)) for c, d in below] for a, b in below]
    best = {}
    for size in range(1, most + 1):
        for chosen in itertools.combinations(range(len(places)), size):
            if all(apart[i][j] for i, j in itertools.combinations(chosen, 2)):
                value = sum(places[row].value[0] for row in chosen)
                best[size] = max(best.get(size, 0), value)
    return best


def test_short_units_are_merged_with_those_that_follow():
    # a: 4 + 6, 3 + 8, and the rest, 2, joined; b: short, by itself; c: 12 is enough alone
    assert merge_units([4, 6, 3, 8, 2, 1, 1, 12, 10], list("aaaaabbcc"), 10).tolist() == [0, 0, 1, 1, 1, 2, 2, 3, 4]


def test_units_are_never_merged_across_documents():
    assert merge_units([1, 1, 1], ["a", "b", "c"], 10).tolist() == [0, 1, 2]


def test_units_of_one_document_are_merged_whatever_is_between_them():
    assert merge_units([5, 1, 5, 1], ["a", "b", "a", "b"], 10).tolist() == [0, 1, 0, 1]


def test_no_unit_is_merged_for_nothing():
    assert merge_units([0, 3, 0], ["a", "a", "a"], 0).tolist() == [0, 1, 2]
    assert merge_units([], [], 10).tolist() == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=30), st.integers(0, 15))
def test_merged_units_are_of_one_document_and_large_enough(units, fewest):
    documents, sizes = [document for document, _ in units], [size for _, size in units]
    merged = merge_units(sizes, documents, fewest).tolist()
    for number in set(merged):
        rows = [row for row, one in enumerate(merged) if one == number]
        assert len({documents[row] for row in rows}) == 1
        alone = {one for one, document in zip(merged, documents, strict=True) if document == documents[rows[0]]}
        assert sum(sizes[row] for row in rows) >= fewest or alone == {number}
    assert sorted(set(merged)) == list(range(len(set(merged))))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(1, 20)), max_size=9))
def test_packings_are_the_best_of_all(drawn):
    places = [Place(first, second, (value, 0)) for first, second, value in drawn]
    found = best_packings(places, (TREE, TREE), 4)
    worth = {size: sum(places[row].value[0] for row in chosen) for size, chosen in found.items()}
    assert worth == best_by_trying(places, 4)
    assert all(len(chosen) == size for size, chosen in found.items())


def test_nothing_is_packed_of_nothing():
    assert best_packings([], (TREE, TREE), 3) == {}


def test_planted_classes_are_the_stable_ones(found):
    classes = planted()[2]
    labels = found.labels(3)
    assert adjusted_rand_score(classes[labels > 0], labels[labels > 0]) > 0.95
    assert (labels > 0).mean() > 0.9
    assert repr(found) == f"<Double classification : 480 unités, {len(found.classes)} classes croisées>"


def test_crossed_classes_are_what_both_trees_hold(found):
    for cross, row in zip(found.classes.index, found.classes.to_dict("records"), strict=True):
        one = set(found.first.tree_[row["first"]].units.tolist())
        other = set(found.second.tree_[row["second"]].units.tolist())
        members = np.flatnonzero(found.members[:, cross - 1]).tolist()
        assert members == sorted(one & other)
        assert (row["n"], row["n_first"], row["n_second"]) == (len(one & other), len(one), len(other))
        # χ² of the four cells
        cells = [
            [len(one & other), len(one - other)],
            [len(other - one), 480 - len(one | other)],
        ]
        expected = np.outer(np.sum(cells, axis=1), np.sum(cells, axis=0)) / 480
        assert row["chi2"] == pytest.approx(((cells - expected) ** 2 / expected).sum())
        assert row["chi2"] >= 3.84
        assert row["n"] >= 10
        assert row["n"] > expected[0, 0]
    assert len({column.tobytes() for column in found.members.T}) == len(found.classes)


def test_partitions_do_not_overlap_and_say_what_they_hold(found):
    assert found.partitions.columns.tolist() == ["n_classes", "criterion", "classes", "n", "share", "chi2"]
    for row in found.partitions.itertuples():
        columns = found.members[:, [cross - 1 for cross in row.classes]]
        assert columns.sum(axis=1).max() == 1
        assert (columns.sum(), columns.shape[1]) == (row.n, row.n_classes)
        assert row.share == row.n / 480
        assert row.chi2 == pytest.approx(found.classes.loc[list(row.classes), "chi2"].sum())
        labels = found.labels(row.n_classes, criterion=row.criterion)
        sizes = np.bincount(labels)
        assert sizes[0] == 480 - row.n
        assert (np.diff(sizes[1:]) <= 0).all()


def test_each_criterion_wins_by_its_own_measure(found):
    by = found.partitions.set_index(["n_classes", "criterion"])
    for n_classes in found.partitions["n_classes"].unique():
        assert by.loc[(n_classes, "size"), "n"] >= by.loc[(n_classes, "chi2"), "n"]
        assert by.loc[(n_classes, "chi2"), "chi2"] >= by.loc[(n_classes, "size"), "chi2"] * (1 - 1e-12)


def test_the_same_table_gives_the_same_classes(found):
    table, documents, _ = planted()
    again = double_classification(table, documents.tolist(), 4)
    assert again.partitions.equals(found.partitions)
    assert (again.members == found.members).all()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"min_sizes": (10, 10)}, "min_sizes= donne deux tailles différentes, par exemple (10, 15)."),
        ({"min_sizes": (10,)}, "min_sizes= donne deux tailles différentes, par exemple (10, 15)."),
        ({"min_sizes": 10}, "min_sizes= donne deux tailles différentes, par exemple (10, 15)."),
        ({"min_members": 0}, "min_members= est un entier d'au moins 1."),
        ({"min_chi2": float("nan")}, "min_chi2= est un nombre positif."),
        ({"min_chi2": "fort"}, "min_chi2= est un nombre positif."),
        ({"min_sizes": (-1, 5)}, "min_segment_size= est un entier d'au moins 0."),
    ],
)
def test_unusable_options_are_said_in_one_sentence(options, sentence):
    table, documents, _ = planted()
    with pytest.raises(UsageError) as caught:
        double_classification(table, documents, 3, **options)
    assert str(caught.value) == sentence


def test_no_stable_class_is_said():
    table, documents, _ = planted()
    with pytest.raises(UsageError, match="n'ont pas deux classes stables en commun"):
        double_classification(table, documents, 3, min_members=400)


def test_a_partition_that_does_not_exist_is_said(found):
    with pytest.raises(UsageError, match="Il n'y a pas de partition en 40 classes"):
        found.labels(40)
    with pytest.raises(UsageError, match="Critère inconnu : « taille »"):
        found.labels(3, criterion="taille")
