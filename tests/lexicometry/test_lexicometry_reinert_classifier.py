"""Reinert's classification as a whole: the published method's figures, and what must always hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import dendrogram, is_valid_linkage
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score

from innovsoc_analysis.lexicometry.classes import ReinertClassifier
from innovsoc_analysis.model.errors import UsageError

DATA = Path(__file__).parent / "data" / "reinert_manifeste.tsv"
SHARED = Path(__file__).parents[3] / "shared" / "reference" / "reinert"
TWO_KINDS = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]]


def presences(texts):
    """Return the table of the words of texts, words in alphabetical order."""
    words = sorted({word for text in texts for word in text})
    column = {word: number for number, word in enumerate(words)}
    rows = [row for row, text in enumerate(texts) for _ in text]
    columns = [column[word] for text in texts for word in text]
    return sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(words)))


def manifesto():
    """Return the table, its partitions and the heights of its splits."""
    *notes, heights = (line for line in DATA.read_text("utf-8").splitlines() if line.startswith("#"))
    lines = [line.split("\t") for line in DATA.read_text("utf-8").splitlines() if not line.startswith("#")]
    partitions = np.array([[int(digit) for digit in digits] for digits, _ in lines])
    assert len(notes) == 2
    return presences([words.split() for _, words in lines]), partitions, np.array(heights[1:].split(), dtype=float)


def planted(seed=0, n_units=400, n_terms=120, n_classes=4):
    """Return units whose words come half from all terms and half from those of their class."""
    generator = np.random.default_rng(seed)
    classes = generator.integers(0, n_classes, n_units)
    own = np.arange(n_terms) % n_classes == classes[:, None]
    return generator.random((n_units, n_terms)) < np.where(own, 0.25, 0.03), classes


@pytest.fixture(scope="module")
def found():
    return ReinertClassifier(8).fit(manifesto()[0])


def test_partitions_and_heights_are_those_of_the_reference(found):
    _, partitions, heights = manifesto()
    assert partitions.shape == (298, 7)
    assert [adjusted_rand_score(partitions[:, k], found.partitions_[:, k]) for k in range(7)] == [1.0] * 7
    np.testing.assert_allclose(found.heights_, heights, rtol=1e-6)
    assert sorted(np.bincount(found.labels_)[1:].tolist()) == [16, 18, 22, 34, 46, 52, 55, 55]


@pytest.mark.skipif(not SHARED.exists(), reason="the reference figures are not there")
def test_the_case_restated_here_is_the_reference():
    table = pd.read_csv(SHARED / "manifeste.segments.tsv", sep="\t")
    partitions = pd.read_csv(SHARED / "manifeste.partitions.csv")
    ours, classes, heights = manifesto()
    assert (presences(table["lemmas"].str.split()) != ours).nnz == 0
    assert (partitions.filter(regex="^k").to_numpy() == classes).all()
    assert (SHARED / "manifeste.heights.txt").read_text("utf-8").split() == [f"{height:.6f}" for height in heights]


def test_classes_are_numbered_in_the_order_of_the_leaves_the_larger_part_first(found):
    # 298 = 205 + 93; 205 = 153 + 52; 153 = 98 + 55; 98 = 64 + 34; 93 = 77 + 16; 77 = 55 + 22; 64 = 46 + 18
    assert [np.bincount(found.partition(k))[1:].tolist() for k in (2, 3, 4, 5, 8)] == [
        [205, 93],
        [153, 52, 93],
        [98, 55, 52, 93],
        [64, 34, 55, 52, 93],
        [46, 18, 34, 55, 52, 55, 22, 16],
    ]
    assert (found.partition(8) == found.labels_).all()


def test_each_partition_splits_one_class_of_the_one_before(found):
    for k in range(2, 8):
        pairs = np.unique(np.stack([found.partition(k), found.partition(k + 1)]), axis=1)
        assert pairs.shape[1] == k + 1


def test_heights_are_chi_square_of_the_parts_obtained(found):
    table = manifesto()[0].toarray()
    split = [node for node in found.tree_ if node.children]
    assert sorted(node.height for node in split) == sorted(found.heights_)
    for node in split:
        parts = [table[found.tree_[child].units][:, node.terms].sum(axis=0) for child in node.children]
        counts = np.stack(parts)
        expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
        assert node.height == pytest.approx(((counts - expected) ** 2 / expected).sum(), rel=1e-12)


def test_the_tree_is_a_linkage_of_scipy(found):
    assert is_valid_linkage(found.merges_)
    assert found.merges_[:, 2].tolist() == pytest.approx(found.heights_[::-1].cumsum())
    assert found.merges_[-1, 3] == 8
    leaves = dendrogram(found.merges_, no_plot=True)["leaves"]
    assert sorted(leaves) == list(range(8))
    # the last split made classes 1 and 2
    assert found.merges_[0, :2].tolist() == [0, 1]


def test_sparse_dense_counts_and_data_frames_give_the_same(found):
    table = manifesto()[0]
    several = table.copy()
    several.data = np.arange(len(several.data)) % 3 + 1.0
    for given_table in (table.toarray(), several, pd.DataFrame(table.toarray().astype(int)), table.tocoo(), table > 0):
        again = ReinertClassifier(8).fit(given_table)
        assert (again.partitions_ == found.partitions_).all()
        assert (again.heights_ == found.heights_).all()


def test_the_table_given_is_left_as_it_was():
    table = manifesto()[0]
    table.data[:] = 5
    ReinertClassifier(3).fit(table)
    assert (table.data == 5).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_terms_changes_nothing(seed):
    generator = np.random.default_rng(seed)
    table, _ = planted(seed, 80, 30, 3)
    order = generator.permutation(30)
    one, other = (
        ReinertClassifier(4, min_split_members=5).fit(given_table) for given_table in (table, table[:, order])
    )
    assert (one.partitions_ == other.partitions_).all()
    assert (one.heights_ == other.heights_).all()
    assert (one.terms_[order] == other.terms_).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_partitions_are_nested_and_heights_hold_whatever_the_table(seed):
    table = np.random.default_rng(seed).random((60, 25)) < 0.15
    found = ReinertClassifier(6, min_split_members=4, tsj=2).fit(table)
    partitions = found.partitions_
    assert partitions.shape == (60, found.n_classes_ - 1)
    assert (np.diff((partitions > 0).astype(int), axis=1) <= 0).all()
    for number, node in enumerate(found.tree_[1:], start=1):
        assert number in found.tree_[node.parent].children
        assert np.isin(node.units, found.tree_[node.parent].units).all()
        assert np.isin(node.terms, found.tree_[node.parent].terms).all()
        assert (table[node.units][:, node.terms].sum(axis=0) >= 2).all()
    assert (found.heights_ > 0).all()
    assert (found.labels_[~table[:, found.terms_].any(axis=1)] == 0).all()


def test_doubling_every_unit_hardly_changes_the_classes():
    table, _ = planted()
    once = ReinertClassifier(2).fit(table[:, :40])
    twice = ReinertClassifier(2, tsj=6).fit(np.repeat(table[:, :40], 2, axis=0))
    assert adjusted_rand_score(np.repeat(once.labels_, 2), twice.labels_) > 0.95
    # not exactly: one of two copies may not move where the single unit does
    assert twice.heights_[0] == pytest.approx(2 * once.heights_[0], rel=1e-3)


def test_planted_classes_are_found():
    table, classes = planted()
    found = ReinertClassifier(4).fit(table)
    assert adjusted_rand_score(classes, found.labels_) > 0.95
    assert found.stopped_ == ""


def test_empty_units_and_units_of_rare_words_alone_are_in_no_class():
    table = np.zeros((26, 7), dtype=int)
    table[:24, :6] = np.repeat(TWO_KINDS, [14, 10], axis=0)
    table[24, 6] = 1  # a word of one unit
    found = ReinertClassifier(2).fit(table)
    assert found.labels_.tolist() == [1] * 14 + [2] * 10 + [0, 0]
    assert found.terms_.tolist() == [True] * 6 + [False]
    # all presences of a class are its own: χ² is their number, 24 × 3
    assert found.heights_.tolist() == [pytest.approx(72)]


def test_units_that_lose_their_words_leave_when_their_class_is_split():
    # the last unit is in the first class by a word that three of its units hold, one too few to split it by
    kinds = np.repeat([[1, 1, 0, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1, 0]], [9, 7, 12], axis=0)
    table = np.vstack([kinds, [[0, 0, 0, 0, 0, 0, 1]]])
    table[[0, 1, 27], 6] = 1
    found = ReinertClassifier(3, tsj=4).fit(table)
    assert found.partition(2).tolist() == [1] * 16 + [2] * 12 + [1]
    assert found.partition(3).tolist() == [1] * 9 + [2] * 7 + [3] * 12 + [0]


def test_fewer_classes_are_said_without_a_warning():
    found = ReinertClassifier(5).fit(np.repeat(TWO_KINDS, 12, axis=0))
    assert (found.n_classes_, found.partitions_.shape, len(found.tree_)) == (2, (24, 1), 3)
    assert found.stopped_.startswith("2 classes au lieu de 5 :")


def test_a_class_too_small_is_not_split():
    table, _ = planted(2, 60)
    found = ReinertClassifier(10, min_split_members=30).fit(table)
    assert all(len(node.units) >= 30 for node in found.tree_ if node.children)
    assert all(len(node.units) < 30 for node in found.tree_ if not node.children)
    assert found.n_classes_ < 10


def test_it_is_an_estimator_of_scikit_learn():
    table, _ = planted()
    model = ReinertClassifier(n_classes=3, cc_test=0.2)
    assert model.get_params() == {
        "n_classes": 3,
        "min_split_members": 10,
        "cc_test": 0.2,
        "tsj": 3,
        "min_segment_size": 0,
    }
    labels = model.fit_predict(table)
    copy = clone(model)
    assert not hasattr(copy, "labels_")
    assert (copy.fit(sp.csr_matrix(table)).labels_ == labels).all()
    assert copy.set_params(n_classes=2).fit(table).n_classes_ == 2
    assert model.n_features_in_ == 120


def test_short_units_are_merged_within_their_document_and_each_gets_a_class():
    table = np.repeat(TWO_KINDS, 24, axis=0)
    documents = np.repeat(["a", "b", "c"], 16)
    found = ReinertClassifier(2, min_segment_size=6).fit(table, groups=documents)
    # units of 3 words go by two
    assert found.merged_.tolist() == np.repeat(np.arange(24), 2).tolist()
    assert found.labels_.tolist() == [1] * 24 + [2] * 24
    # a merged unit holds a word once: 24 units of 3 words
    assert found.heights_.tolist() == [pytest.approx(72)]
    assert [len(node.units) for node in found.tree_] == [48, 24, 24]
    assert (found.fit_predict(table, groups=documents) == found.labels_).all()


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"n_classes": 1}, "n_classes= est un entier d'au moins 2."),
        ({"n_classes": 2.5}, "n_classes= est un entier d'au moins 2."),
        ({"n_classes": True}, "n_classes= est un entier d'au moins 2."),
        ({"min_split_members": 1}, "min_split_members= est un entier d'au moins 2."),
        ({"tsj": 0}, "tsj= est un entier d'au moins 1."),
        ({"min_segment_size": -1}, "min_segment_size= est un entier d'au moins 0."),
        ({"cc_test": float("nan")}, "cc_test= est un nombre de 0 à 1."),
        ({"cc_test": "0,3"}, "cc_test= est un nombre de 0 à 1."),
        ({"min_segment_size": 5}, "Pour réunir les unités courtes, donnez groups= : le document de chaque unité."),
    ],
)
def test_unusable_parameters_are_said_in_one_sentence(parameters, sentence):
    with pytest.raises(UsageError) as caught:
        ReinertClassifier(**{"n_classes": 2, **parameters}).fit(planted()[0])
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "Donnez une table de nombres"),
        ([1, 2, 3], "Donnez une table de nombres"),
        (np.ones((2, 2, 2)), "Donnez une table de nombres"),
        ([["un", "puits"]], "Donnez une table de nombres"),
        (np.eye(30) * 1j, "Donnez une table de nombres"),
        (sp.csr_array(np.eye(30) * 1j), "Donnez une table de nombres"),
        (np.array([["2024-03-15"]], dtype="datetime64[D]"), "Donnez une table de nombres"),
        ([[10**400, 1]], "Donnez une table de nombres"),
        (None, "Donnez une table de nombres"),
        (np.zeros((4, 4)), "La table ne contient aucun mot"),
        (np.zeros((0, 4)), "La table ne contient aucun mot"),
        (np.zeros((4, 0)), "La table ne contient aucun mot"),
        ([[1, np.nan], [0, 1]], "La table contient des nombres négatifs ou non finis"),
        ([[1, np.inf], [0, 1]], "La table contient des nombres négatifs ou non finis"),
        (sp.csr_array(np.array([[1, -1], [0, 1]])), "La table contient des nombres négatifs ou non finis"),
        (np.eye(30), "Trop peu d'unités contiennent un mot de 3 unités au moins (0, pour min_split_members=10)"),
        (TWO_KINDS * 4, "Trop peu d'unités contiennent un mot de 3 unités au moins (8, pour min_split_members=10)"),
        (np.ones((30, 4)), "Les unités ont toutes les mêmes mots"),
        (np.ones((30, 1)), "Les unités ont toutes les mêmes mots"),
    ],
)
def test_unusable_tables_are_said_in_one_sentence(table, sentence):
    with pytest.raises(UsageError) as caught:
        ReinertClassifier(2).fit(table)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        (["a"] * 399, "groups= nomme 399 documents pour 400 unités"),
        (["a"] * 399 + [None], "groups= ne nomme pas le document de chaque unité"),
    ],
)
def test_unusable_documents_are_said_in_one_sentence(groups, sentence):
    with pytest.raises(UsageError) as caught:
        ReinertClassifier(2, min_segment_size=5).fit(planted()[0], groups=groups)
    assert str(caught.value).startswith(sentence)


def test_a_partition_that_does_not_exist_is_said(found):
    for wrong in (1, 9, 2.5):
        with pytest.raises(UsageError, match="entier de 2 à 8"):
            found.partition(wrong)
    with pytest.raises(UsageError, match="appelez d'abord fit"):
        ReinertClassifier(2).partition(2)
