"""Maps keep distances, have one sign, and leave out what has no place."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.figures.style import png_bytes
from innovsoc_analysis.topics.reading.maps import document_map, plot_documents, plot_topics, topic_distances, topic_map

WEIGHTS = np.array([[0.7, 0.2, 0.1, 0.0], [0.1, 0.1, 0.3, 0.5], [0.25, 0.25, 0.25, 0.25]])
SHARES = pd.DataFrame(
    {1: [1.0, 0.0, 0.5, 0.0], 2: [0.0, 1.0, 0.5, 0.0], 3: [0.0, 0.0, 0.0, 0.0]}, index=["a", "b", "c", "vide"]
)


def between(points):
    places = points[["x", "y"]].to_numpy()
    return np.linalg.norm(places[:, None] - places[None], axis=2)


def test_distance_is_the_root_of_the_divergence_in_bits():
    found = topic_distances([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    # entropy of (¾, ¼), less half of the one bit of (½, ½)
    half_way = math.sqrt(-(0.75 * math.log2(0.75) + 0.25 * math.log2(0.25)) - 0.5)
    assert found == pytest.approx(np.array([[0, 1, half_way], [1, 0, half_way], [half_way, half_way, 0]]))


def test_the_same_words_are_at_no_distance():
    assert topic_distances([[0.1, 0.2, 0.7]] * 2).tolist() == [[0, 0], [0, 0]]


def test_three_topics_keep_their_distances_on_the_map():
    drawn = topic_map(WEIGHTS, [2, 1, 1])
    assert between(drawn.points) == pytest.approx(topic_distances(WEIGHTS), abs=1e-5)
    assert sum(drawn.explained) == pytest.approx(1)
    assert drawn.explained[0] >= drawn.explained[1]


def test_map_of_topics_says_number_and_share():
    points = topic_map(WEIGHTS, [2, 1, 1]).points
    assert points.columns.tolist() == ["topic", "x", "y", "share"]
    assert points["topic"].tolist() == [1, 2, 3]
    assert points["share"].tolist() == [0.5, 0.25, 0.25]


def test_the_farthest_point_of_each_axis_is_on_its_positive_side():
    for points in (topic_map(WEIGHTS, [1, 1, 1]).points, document_map(SHARES).points):
        for axis in ("x", "y"):
            assert points[axis].max() >= -points[axis].min()


def test_topics_in_another_order_lie_in_the_same_places():
    straight = topic_map(WEIGHTS, [1, 1, 1]).points
    reversed_ = topic_map(WEIGHTS[::-1], [1, 1, 1]).points
    assert reversed_[["x", "y"]].to_numpy()[::-1] == pytest.approx(straight[["x", "y"]].to_numpy(), abs=1e-5)


def test_topics_that_are_all_the_same_lie_in_one_point():
    drawn = topic_map([[0.5, 0.5]] * 3, [1, 1, 1])
    assert drawn.points[["x", "y"]].to_numpy().tolist() == [[0, 0]] * 3
    assert drawn.explained == (0, 0)


def test_a_single_topic_has_a_map():
    assert topic_map([[0.5, 0.5]], [1]).points.to_numpy().tolist() == [[1, 0, 0, 1]]


def test_documents_keep_their_hellinger_distances():
    drawn = document_map(SHARES)
    assert drawn.points["doc_id"].tolist() == ["a", "b", "c"]
    far = math.sqrt(2)
    near = math.sqrt((1 - math.sqrt(0.5)) ** 2 + 0.5)
    expected = np.array([[0, far, near], [far, 0, near], [near, near, 0]])
    assert between(drawn.points) == pytest.approx(expected, abs=1e-5)


def test_a_document_has_the_topic_it_speaks_most_of():
    points = document_map(SHARES).points
    assert points[["topic", "share"]].to_numpy().tolist() == [[1, 1.0], [2, 1.0], [1, 0.5]]


@pytest.mark.parametrize("shares", [SHARES * 0, SHARES.iloc[:0]])
def test_no_document_with_words_is_an_empty_map(shares):
    drawn = document_map(shares)
    assert drawn.points.empty
    assert drawn.explained == (0, 0)
    figure = plot_documents(drawn, labels={}, titles={}, title="Rien").figure
    assert png_bytes(figure).startswith(b"\x89PNG")


def test_figure_of_topics_names_numbers_and_labels():
    drawn = topic_map(WEIGHTS, [2, 1, 1])
    axes = plot_topics(drawn, labels={1: "jardin", 2: "loyer", 3: "santé"}, title="Carte")
    assert {text.get_text() for text in axes.texts} == {"1", "2", "3", "jardin", "loyer", "santé"}
    assert axes.get_xlabel() == "surface : part du thème dans le corpus ; la carte montre 100\u202f% des écarts"


def test_figure_of_documents_has_a_legend_of_topics_and_names():
    axes = plot_documents(
        document_map(SHARES), labels={1: "jardin", 2: "loyer"}, titles={"a": "A", "b": "B"}, title="Carte"
    )
    assert [text.get_text() for text in axes.figure.legends[0].get_texts()] == ["1. jardin", "2. loyer"]
    assert {text.get_text() for text in axes.texts} == {"A", "B"}
    assert axes.get_xlabel().startswith("n = 3 documents, par leur premier thème")


def test_the_same_model_gives_the_same_bytes():
    first, second = (
        png_bytes(plot_topics(topic_map(WEIGHTS, [2, 1, 1]), labels={1: "jardin"}, title="Carte").figure) for _ in "ab"
    )
    assert first == second
