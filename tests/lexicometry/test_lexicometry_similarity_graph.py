"""The graph: indices, tree, communities and stability, worked out by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.lexicometry.graph import similarity_of
from innovsoc_analysis.lexicometry.graph.graph import communities, components, modularity, tree_betweenness
from innovsoc_analysis.lexicometry.graph.indices import INDICES, count_pairs, index_values
from innovsoc_analysis.lexicometry.graph.stability import edge_stability

# puits, jardin and abri stand in three units each, serre in one
UNITS = pd.DataFrame(
    [[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 1]],
    columns=["abri", "jardin", "puits", "serre"],
)


@st.composite
def matrices(draw):
    n_items = draw(st.integers(2, 7))
    rows = draw(st.lists(st.lists(st.booleans(), min_size=n_items, max_size=n_items), min_size=2, max_size=12))
    matrix = np.array(rows, dtype=int)
    matrix[0, :2] = matrix[1, :2] = 1  # so that there is an edge, and no column of zeros that matters
    return pd.DataFrame(matrix, columns=[f"m{one}" for one in range(n_items)])


def edges_of(found):
    tree = found.table[found.table["in_tree"]]
    return {tuple(sorted(pair)) for pair in tree[["word_a", "word_b"]].itertuples(index=False, name=None)}


def by_pair(found, column):
    return {(row.word_a, row.word_b): getattr(row, column) for row in found.table.itertuples()}


@pytest.mark.parametrize(
    ("index", "of_abri_jardin", "of_puits_serre"),
    [
        ("cooccurrence", 2, 1),
        ("jaccard", 2 / 4, 1 / 3),
        ("dice", 4 / 6, 2 / 4),
        ("cosine", 2 / 3, 1 / 3**0.5),
        ("equivalence", 4 / 9, 1 / 3),
        ("pmi", np.log2(10 / 9), np.log2(5 / 3)),
    ],
)
def test_indices_worked_out_by_hand(index, of_abri_jardin, of_puits_serre):
    values = by_pair(similarity_of(UNITS, index=index, n_resamples=0), "index")
    assert set(values) == {("abri", "jardin"), ("abri", "puits"), ("puits", "serre"), ("jardin", "puits")}
    assert values["abri", "jardin"] == pytest.approx(of_abri_jardin)
    assert values["puits", "serre"] == pytest.approx(of_puits_serre)


def test_words_together_less_often_than_chance_have_no_mutual_information():
    # jardin and puits: once together in five units, three units each
    assert by_pair(similarity_of(UNITS, index="pmi", n_resamples=0), "index")["jardin", "puits"] == 0


def test_the_tree_worked_out_by_hand():
    found = similarity_of(UNITS, n_resamples=0)
    assert edges_of(found) == {("abri", "jardin"), ("abri", "puits"), ("puits", "serre")}
    assert found.nodes.set_index("word")["degree"].to_dict() == {"abri": 2, "jardin": 1, "puits": 2, "serre": 1}
    assert found.nodes.set_index("word")["strength"].to_dict() == {"abri": 4, "jardin": 3, "puits": 4, "serre": 1}
    assert found.nodes.set_index("word")["n"].to_dict() == {"abri": 3, "jardin": 3, "puits": 3, "serre": 1}


def test_of_equal_edges_those_first_in_the_alphabet_are_taken():
    square = pd.DataFrame([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1]], columns=list("abcd"))
    assert edges_of(similarity_of(square, n_resamples=0)) == {("a", "b"), ("a", "d"), ("b", "c")}


def test_of_equal_cooccurrences_those_of_rarer_words_are_taken():
    # x, y and z are once together; a and z are frequent, so that the alphabet alone would take (a, x)
    units = pd.DataFrame([[1, 1, 1], [1, 0, 0], [1, 0, 0]], columns=["a", "x", "y"])
    assert edges_of(similarity_of(units, n_resamples=0)) == {("x", "y"), ("a", "x")}


@settings(max_examples=60, deadline=None)
@given(matrices(), st.sampled_from(sorted(INDICES)))
def test_the_tree_is_maximal_and_joins_all_that_can_be_joined(units, index):
    found = similarity_of(units, index=index, n_resamples=0)
    ends = np.column_stack([found.pairs.first, found.pairs.second])
    positive = found.weights > 0
    assert not found.in_tree[~positive].any()
    together = components(len(found.words), ends[positive])
    assert found.in_tree.sum() == len(found.words) - len(set(together.tolist()))
    assert (components(len(found.words), ends[found.in_tree]) == together).all()
    for edge in np.flatnonzero(positive & ~found.in_tree):
        # without the edges of the tree that are weaker than it, its ends are still joined
        stronger = found.in_tree & (found.weights >= found.weights[edge])
        joined = components(len(found.words), ends[stronger])
        assert joined[ends[edge, 0]] == joined[ends[edge, 1]]


@settings(max_examples=40, deadline=None)
@given(matrices(), st.randoms(use_true_random=False), st.sampled_from(sorted(INDICES)))
def test_the_order_of_units_and_of_words_changes_nothing(units, random, index):
    rows, columns = list(range(len(units))), list(units.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    one = similarity_of(units, index=index, n_resamples=0)
    other = similarity_of(units.iloc[rows][columns], index=index, n_resamples=0)
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.nodes, other.nodes)


@settings(max_examples=40, deadline=None)
@given(matrices())
def test_pairs_are_counted_as_one_would(units):
    pairs = count_pairs(sp.csr_array(units.to_numpy()))
    counted = dict(zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), pairs.together, strict=True))
    values = units.to_numpy()
    expected = {(i, j): (values[:, i] & values[:, j]).sum() for i, j in combinations(range(values.shape[1]), 2)}
    assert counted == {pair: n for pair, n in expected.items() if n}


@settings(max_examples=25, deadline=None)
@given(matrices(), st.integers(0, 5))
def test_stability_is_that_of_trees_of_units_written_again(units, seed):
    presence = sp.csr_array(units.to_numpy())
    groups = np.arange(len(units)) // 2
    pairs = count_pairs(presence)
    found = edge_stability(presence, pairs, index="jaccard", groups=groups, n_resamples=6, seed=seed)
    generator, n_groups = np.random.default_rng(seed), groups.max() + 1
    times = dict.fromkeys(combinations(units.columns, 2), 0)
    for _ in range(6):
        drawn = generator.integers(n_groups, size=n_groups)
        again = pd.concat([units[groups == group] for group in drawn], ignore_index=True)
        if len(again) > 1 and (again.sum() > 0).sum() > 1:
            for pair in edges_of(similarity_of(again, index="jaccard", n_resamples=0)):
                times[pair] += 1
        elif (again.sum() > 0).sum() > 1:
            held = again.columns[again.sum() > 0]  # one unit: all pairs equal, the first word joins all
            for other in held[1:]:
                times[held[0], other] += 1
    named = [(units.columns[i], units.columns[j]) for i, j in zip(pairs.first, pairs.second, strict=True)]
    assert found.tolist() == pytest.approx([times[pair] / 6 for pair in named])


def test_an_edge_of_one_document_of_two_is_found_in_three_draws_of_four():
    units = pd.DataFrame([[1, 1, 0], [1, 0, 1]], columns=["a", "b", "c"])
    stability = similarity_of(units, groups=["d1", "d2"], n_resamples=2000).table["stability"]
    assert stability.tolist() == pytest.approx([0.75, 0.75], abs=0.03)


def test_without_draws_stability_is_missing():
    assert similarity_of(UNITS, n_resamples=0).table["stability"].isna().all()


def test_communities_of_two_triangles():
    edges = np.array([[0, 1], [0, 2], [1, 2], [2, 3], [3, 4], [3, 5], [4, 5]])
    labels = communities(7, edges, np.ones(7))
    assert labels[:6].tolist() == [0, 0, 0, 1, 1, 1]
    assert labels[6] == 2
    # 7 edges, 3 inside each, degrees of each sum to 7
    assert modularity(edges, np.ones(7), labels) == pytest.approx(2 * (3 / 7 - (7 / 14) ** 2))
    assert modularity(edges, np.ones(7), np.zeros(7, dtype=int)) == pytest.approx(0)


def test_a_ring_of_triangles_falls_into_its_triangles():
    edges = [[3 * k + i, 3 * k + j] for k in range(6) for i, j in ((0, 1), (0, 2), (1, 2))]
    edges += [[3 * k + 2, 3 * ((k + 1) % 6)] for k in range(6)]
    labels = communities(18, np.array(edges), np.ones(len(edges)))
    assert labels.tolist() == np.repeat(range(6), 3).tolist()


def test_weights_tell_where_a_path_is_cut():
    edges, weights = np.array([[0, 1], [1, 2], [2, 3]]), np.array([3.0, 1.0, 3.0])
    labels = communities(4, edges, weights)
    assert labels.tolist() == [0, 0, 1, 1]
    assert modularity(edges, weights, labels) == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


@settings(max_examples=60, deadline=None)
@given(matrices())
def test_every_community_hangs_together_and_beats_words_alone(units):
    found = similarity_of(units, edges="all", n_resamples=0)
    ends = np.column_stack([found.pairs.first, found.pairs.second])
    inside = found.labels[ends[:, 0]] == found.labels[ends[:, 1]]
    assert (components(len(found.words), ends[inside]) == found.labels).all()
    assert found.modularity >= modularity(ends, found.weights, np.arange(len(found.words)))


def test_the_middle_of_a_star_is_between_all_others():
    assert tree_betweenness(4, np.array([[0, 1], [0, 2], [0, 3]])).tolist() == [1, 0, 0, 0]


def test_in_two_trees_no_path_leads_from_one_to_the_other():
    # of the three pairs of other words, b is between a and c only
    assert tree_betweenness(4, np.array([[0, 1], [1, 2]])).tolist() == pytest.approx([0, 1 / 3, 0, 0])


def test_indices_of_no_pair_are_empty():
    pairs = count_pairs(sp.csr_array([[1, 0], [0, 1]]))
    assert all(index_values(pairs, index).tolist() == [] for index in INDICES)
