"""The drawing and the files: words apart, edges beside words, captions, GraphML, sheets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from innovsoc_analysis.figures.style import svg_bytes
from innovsoc_analysis.lexicometry.graph import similarity_of
from innovsoc_analysis.lexicometry.graph.drawing import caption, placed
from innovsoc_analysis.lexicometry.graph.layout import tree_layout
from innovsoc_analysis.model.errors import UsageError

XML = "{http://graphml.graphdrawing.org/xmlns}"
MATRIX = pd.DataFrame(
    [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1]],
    columns=["jardin", "puits", "serre", "abri"],
)


@st.composite
def forests(draw):
    """Trees whose parents come before their children, some of them none, and boxes of any size."""
    n_words = draw(st.integers(1, 24))
    parents = [draw(st.integers(-1, child - 1)) for child in range(1, n_words)]
    edges = [[parent, child] for child, parent in enumerate(parents, 1) if parent >= 0]
    sides = st.tuples(st.floats(5, 150), st.floats(9, 18))
    boxes = draw(st.lists(sides, min_size=n_words, max_size=n_words))
    return np.array(boxes), np.array(edges, dtype=np.int64).reshape(-1, 2)


def overlaps(places, boxes):
    low, high = places - boxes / 2, places + boxes / 2
    return [
        (one, other)
        for one in range(len(boxes))
        for other in range(one)
        if (np.minimum(high[one], high[other]) - np.maximum(low[one], low[other]) > 1e-6).all()
    ]


def crossings(places, edges):
    """Return the edges that cross, ends in common left out."""

    def side(a, b, c):
        return np.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

    found = []
    for number, (a, b) in enumerate(edges):
        for c, d in edges[:number]:
            if len({a, b, c, d}) == 4:
                a1, b1, c1, d1 = places[[a, b, c, d]]
                if side(a1, b1, c1) != side(a1, b1, d1) and side(c1, d1, a1) != side(c1, d1, b1):
                    found.append(((a, b), (c, d)))
    return found


def run_through(places, boxes, edges):
    """Return the words through whose middle an edge of others runs, a tenth of the box being its middle."""
    steps = np.linspace(0, 1, 200)[:, None]
    return [
        (tuple(edge), word)
        for edge in edges.tolist()
        for word in range(len(boxes))
        if word not in edge
        and (np.abs(places[edge[0]] + steps * (places[edge[1]] - places[edge[0]]) - places[word]) < 0.1 * boxes[word])
        .all(axis=1)
        .any()
    ]


def random_tree(n_words, seed):
    rng = np.random.default_rng(seed)
    edges = [[int(rng.integers(max(0, child - 12), child)), child] for child in range(1, n_words)]
    return np.column_stack([rng.uniform(25, 90, n_words), rng.uniform(9, 18, n_words)]), np.array(edges)


@settings(max_examples=40, deadline=None)
@given(forests())
def test_no_word_is_over_another(forest):
    boxes, edges = forest
    places = tree_layout(boxes, edges)
    assert np.isfinite(places).all()
    assert not overlaps(places, boxes)


@pytest.mark.parametrize(("n_words", "seed"), [(40, 0), (80, 1)])
def test_a_tree_is_drawn_with_words_apart_and_edges_beside_them(n_words, seed):
    boxes, edges = random_tree(n_words, seed)
    places = tree_layout(boxes, edges)
    assert not overlaps(places, boxes)
    assert not run_through(places, boxes, edges)
    assert len(crossings(places, edges.tolist())) <= n_words // 20
    width, height = np.ptp(places, axis=0)
    assert 0.6 < width / height < 3


@pytest.mark.parametrize("edges", [[[0, k] for k in range(1, 12)], [[k, k + 1] for k in range(11)]])
def test_stars_and_chains_have_no_crossing(edges):
    edges = np.array(edges)
    assert not crossings(tree_layout(np.full((12, 2), [40.0, 12.0]), edges), edges.tolist())


def test_the_same_tree_is_drawn_at_the_same_places():
    boxes, edges = random_tree(30, 2)
    assert tree_layout(boxes, edges).tobytes() == tree_layout(boxes, edges).tobytes()


def test_words_are_as_large_as_they_are_widespread_and_within_bounds():
    words, edges = placed(similarity_of(MATRIX, n_resamples=0))
    size = words.set_index("label")["size"]
    # 4, 3 and 2 units; the surface of the letters grows with them, from 8 to 16 points
    assert size.to_dict() == pytest.approx(
        {"jardin": 8 + 8 * (3**0.5 - 2**0.5) / (2 - 2**0.5), "puits": 16, "serre": 8}
    )
    assert edges["weight"].tolist() == pytest.approx([1, 2 / 3])


def test_edges_of_less_than_half_of_the_draws_are_dashed():
    units = pd.DataFrame([[1, 1, 0, 0]] * 30 + [[0, 1, 1, 0]] + [[0, 0, 1, 1]] * 30, columns=list("abcd"))
    found = similarity_of(units, groups=[0] * 30 + [1] + [2] * 30, n_resamples=300)
    stability = found.table.set_index(["word_a", "word_b"])["stability"]
    # a pair of one document of three is drawn 1 - (2/3)³ = 70 times in 100
    assert stability.to_numpy() == pytest.approx([0.7, 0.7, 0.7], abs=0.09)
    rare = similarity_of(
        pd.DataFrame([[1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], columns=list("abc")),
        n_resamples=300,
    )
    _, edges = placed(rare)
    tree = rare.stability[rare.drawn]
    assert edges["solid"].tolist() == (tree >= 0.5).tolist()


def test_each_community_has_its_number_once_where_it_hangs_together():
    words, _ = placed(similarity_of(MATRIX, n_resamples=0))
    assert words.loc[words["badge"] != "", "badge"].tolist() == ["1"]
    assert words.loc[words["badge"] != "", "label"].tolist() == ["puits"]


def test_the_caption_says_how_to_read_and_how_stable_the_tree_is():
    text = caption(similarity_of(MATRIX, n_resamples=20))
    assert "nombre d'unités où les deux figurent (de 2 à 3)" in text
    assert (
        "des 2 arêtes de l'arbre se retrouvent dans au moins la moitié de 20 tirages avec remise des 5 unités" in text
    )
    assert text.endswith("Sans lien avec les autres : abri.")
    assert "tirages" not in caption(similarity_of(MATRIX, n_resamples=0))


def test_a_graph_without_any_edge_says_so_and_is_drawn():
    found = similarity_of(pd.DataFrame(np.eye(20, dtype=int), columns=[f"m{k:02}" for k in range(20)]))
    axes = found.plot()
    assert not axes.texts
    assert axes.get_xlabel().endswith("m11 et 8 autres.")
    assert found.table.empty
    assert found.modularity == 0


def test_the_same_graph_gives_the_same_bytes(tmp_path):
    one, two = similarity_of(MATRIX), similarity_of(MATRIX.iloc[:, ::-1])
    assert svg_bytes(one.plot().figure) == svg_bytes(two.plot().figure)
    for suffix in ("csv", "xlsx", "graphml"):
        one.save(tmp_path / f"one.{suffix}")
        two.save(tmp_path / f"two.{suffix}")
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_csv_file_holds_the_edges_with_french_headings(tmp_path):
    similarity_of(MATRIX, index="jaccard", n_resamples=0).save(tmp_path / "a.csv", locale="fr")
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "mot A;mot B;unités communes;indice;arête de l'arbre;stabilité"
    assert lines[1:] == ["jardin;puits;3;0,75;oui;", "puits;serre;2;0,5;oui;", "jardin;serre;1;0,25;non;"]


def test_a_workbook_holds_edges_and_words(tmp_path):
    similarity_of(MATRIX, n_resamples=0).save(tmp_path / "a.xlsx")
    sheets = pd.read_excel(tmp_path / "a.xlsx", sheet_name=None, engine="calamine")
    assert list(sheets) == ["Arêtes", "Mots"]
    assert sheets["Mots"]["mot"].tolist() == ["puits", "jardin", "serre", "abri"]
    assert sheets["Mots"]["communauté"].tolist() == [1, 1, 1, 0]


def test_graphml_holds_what_is_drawn(tmp_path):
    matrix = MATRIX.set_axis(['<jardin> & "cour"', "puits", "ser\x00re", "abri"], axis=1)
    similarity_of(matrix, n_resamples=10).save(tmp_path / "a.graphml")
    root = ElementTree.fromstring((tmp_path / "a.graphml").read_bytes())
    nodes = {node.get("id"): {data.get("key"): data.text for data in node} for node in root.iter(f"{XML}node")}
    labels = {one: data["node_label"] for one, data in nodes.items()}
    assert sorted(labels.values()) == ['<jardin> & "cour"', "abri", "puits", "ser\ufffdre"]
    edges = [
        ({labels[edge.get("source")], labels[edge.get("target")]}, {data.get("key"): data.text for data in edge})
        for edge in root.iter(f"{XML}edge")
    ]
    assert [pair for pair, _ in edges] == [{'<jardin> & "cour"', "puits"}, {"puits", "ser\ufffdre"}]
    assert edges[0][1]["edge_weight"] == "3.0"
    assert edges[0][1]["edge_in_tree"] == "true"
    keys = {key.get("id") for key in root.iter(f"{XML}key")}
    assert all(set(data) <= keys for data in nodes.values())
    assert next(data for data in nodes.values() if data["node_label"] == "abri")["node_community"] == "0"


def test_what_no_page_holds_is_not_drawn_but_saved(tmp_path):
    found = similarity_of(np.ones((2, 401), dtype=int), [f"m{k:03}" for k in range(401)], n_resamples=0)
    with pytest.raises(UsageError, match="401 mots ne se lit pas"):
        found.plot()
    found.save(tmp_path / "a.graphml")
    root = ElementTree.fromstring((tmp_path / "a.graphml").read_bytes())
    assert len(list(root.iter(f"{XML}edge"))) == 400


def test_thousands_are_grouped_as_french_writes_them():
    axes = similarity_of(pd.DataFrame(np.ones((1200, 2), dtype=int), columns=["a", "b"]), n_resamples=0).plot()
    assert axes.figure.get_suptitle() == "Analyse de similitude de 2 mots (n = 1\u202f200 unités)"


def test_other_files_are_refused(tmp_path):
    with pytest.raises(UsageError, match=r"\.csv, \.xlsx ou \.graphml"):
        similarity_of(MATRIX, n_resamples=0).save(tmp_path / "a.png")
