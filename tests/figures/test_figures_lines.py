"""Panels of lines: what they show, and the same bytes twice."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.figures.lines import LinePanel, line_panels
from innovsoc_analysis.figures.style import svg_bytes

LINE = pd.Series({2: 0.1, 3: 0.4, 4: 0.3})
FULL = LinePanel(
    "Stabilité",
    LINE,
    note="tirets : hasard",
    low=LINE - 0.1,
    high=LINE + 0.1,
    points=pd.Series([0.0, 0.2, 0.4], index=[2, 2, 3]),
    reference=pd.Series(0.2, index=[2, 3, 4]),
)
PLAIN = LinePanel("Exclusivité", LINE)


def draw(*panels, **options):
    return line_panels(panels, title="Mesures", caption="12 documents", xlabel="thèmes", **options)


def lines(axes):
    return [(line.get_xdata().tolist(), line.get_ydata().tolist()) for line in axes.get_lines()]


def test_a_panel_shows_its_line_and_nothing_else_unless_given():
    axes = draw(PLAIN)[0, 0]
    assert lines(axes) == [([2, 3, 4], [0.1, 0.4, 0.3])]
    assert len(axes.collections) == 0
    assert axes.get_title(loc="left") == "Exclusivité"


def test_a_panel_shows_its_points_its_reference_and_its_interval():
    axes = draw(FULL)[0, 0]
    points, reference, line = axes.get_lines()
    assert (points.get_xdata().tolist(), points.get_ydata().tolist()) == ([2, 2, 3], [0.0, 0.2, 0.4])
    assert points.get_linestyle() == "None"
    assert reference.get_ydata().tolist() == [0.2] * 3
    assert reference.get_linestyle() == "--"
    assert line.get_ydata().tolist() == [0.1, 0.4, 0.3]
    corners = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert (corners.min(), corners.max()) == pytest.approx((0.0, 0.5))
    assert [text.get_text() for text in axes.texts] == ["tirets : hasard"]


def test_the_number_chosen_is_marked_in_every_panel():
    for axes in draw(FULL, PLAIN, marked=3).flat:
        band, diamond = axes.get_lines()[0], axes.get_lines()[-1]
        assert list(band.get_xdata()) == [3, 3]
        assert diamond.get_marker() == "D"
        assert (list(diamond.get_xdata()), list(diamond.get_ydata())) == ([3], [0.4])
    assert all(line.get_marker() != "D" for axes in draw(FULL, PLAIN).flat for line in axes.get_lines())


def test_panels_stand_three_in_a_row_and_the_lowest_name_what_they_count():
    grid = draw(*[PLAIN] * 4)
    assert grid.shape == (2, 3)
    assert [axes.axison for axes in grid.flat] == [True] * 4 + [False] * 2
    assert [axes.get_xlabel() for axes in grid.flat][:4] == ["", "thèmes", "thèmes", "thèmes"]
    assert grid[0, 0].figure.get_suptitle() == "Mesures"
    assert grid[0, 0].figure.get_supxlabel() == "12 documents"


def test_many_numbers_are_not_all_written():
    axes = draw(LinePanel("Long", pd.Series(0.5, index=range(2, 27))))[0, 0]
    assert axes.get_xticks().tolist() == list(range(2, 27, 3))


def test_numbers_are_written_in_french():
    axes = draw(PLAIN)[0, 0]
    assert axes.yaxis.get_major_formatter()(-0.5, 0) == "−0,5"


def test_the_same_panels_have_the_same_bytes():
    assert svg_bytes(draw(FULL, marked=3)[0, 0].figure) == svg_bytes(draw(FULL, marked=3)[0, 0].figure)
