"""The matrix of marks: each crossing has the mark of its kind."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from innovsoc_analysis.figures.matrix import mark_matrix
from innovsoc_analysis.figures.style import MUTED, svg_bytes

CELLS = pd.DataFrame(
    {"Nord": ["both", "claimed", ""], "Sud": ["found", "both", "autre"]}, index=["Besoin", "Lieu", "Lien social"]
)
KINDS = {"both": "les deux", "claimed": "table seule", "found": "texte seul"}


def matrix(**options):
    return mark_matrix(CELLS, kinds=KINDS, title="Cadres", caption="3 éléments", **options)


def test_each_kind_is_drawn_where_it_stands_and_nothing_else_is():
    places = {
        line.get_label(): sorted(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in matrix().get_lines()
    }
    assert places == {"les deux": [(0, 0), (1, -1)], "table seule": [(0, -1)], "texte seul": [(1, 0)]}


def test_kinds_differ_without_colour():
    lines = matrix().get_lines()
    assert len({(line.get_marker(), line.get_markerfacecolor() == "white") for line in lines}) == len(KINDS)


def test_rows_columns_and_kinds_are_named():
    axes = matrix()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Besoin", "Lieu", "Lien social"]
    assert axes.get_yticks().tolist() == [0, -1, -2]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["Nord", "Sud"]
    assert [text.get_text() for text in axes.figure.legends[0].get_texts()] == list(KINDS.values())
    assert axes.get_xlabel() == "3 éléments"


def test_muted_labels_are_grey():
    ticks = {tick.get_text(): tick.get_color() for tick in matrix(muted={"Lieu"}).get_yticklabels()}
    assert ticks["Lieu"] == MUTED
    assert ticks["Besoin"] == ticks["Lien social"] != MUTED


def test_given_axes_are_drawn_on():
    given = Figure().add_subplot()
    axes = matrix(ax=given)
    assert axes is given
    assert axes.get_title(loc="left") == "Cadres"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list(KINDS.values())
    assert given.figure.legends == []


def test_the_same_matrix_has_the_same_bytes():
    assert svg_bytes(matrix().figure) == svg_bytes(matrix().figure)
