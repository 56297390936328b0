"""Dots with intervals and lines over time: what is drawn where, and the same bytes twice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.figures.checking import hidden_texts
from innovsoc_analysis.figures.intervals import interval_panels
from innovsoc_analysis.figures.style import png_bytes, svg_bytes
from innovsoc_analysis.figures.timeline import time_panels

PANEL = pd.DataFrame(
    {
        "value": ["projets", "paroles"],
        "time": [2020.0, 2023.0],
        "share": [40.0, 10.0],
        "low": [30.0, np.nan],
        "high": [55.0, np.nan],
        "n_documents": [9, 1],
        "few": [False, True],
    }
)
OTHER = PANEL.iloc[1:].assign(share=70.0)
DRAWN = {"intervals": interval_panels, "timeline": time_panels}


def draw(kind, panels=None, **options):
    return DRAWN[kind](
        {"1. jardin": PANEL} if panels is None else panels, **{"title": "Parts", "caption": "n = 10", **options}
    )


def dots(axes):
    """Return the marks as (x, y, is hollow)."""
    return [
        (float(x), float(y), line.get_markerfacecolor() == "white")
        for line in axes.lines
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def segments(axes):
    return [segment.tolist() for lines in axes.collections for segment in lines.get_segments()]


def test_a_group_has_a_dot_and_the_few_are_hollow():
    axes = draw("intervals")[0, 0]
    assert dots(axes) == [(40, 0, False), (10, -1, True)]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["projets (9)", "paroles (1)"]


def test_an_interval_that_is_known_is_drawn():
    assert [[30, 0], [55, 0]] in segments(draw("intervals")[0, 0])
    assert [[2020, 30], [2020, 55]] in segments(draw("timeline")[0, 0])
    assert len(segments(draw("timeline")[0, 0])) == 1


def test_a_group_keeps_its_height_in_every_panel():
    grid = draw("intervals", {"1": PANEL, "2": OTHER})
    assert dots(grid[0, 1]) == [(70, -1, True)]


def test_all_panels_are_on_one_scale():
    for kind, limits in (("intervals", "get_xlim"), ("timeline", "get_ylim")):
        grid = draw(kind, {"1": PANEL, "2": OTHER})
        for axes in grid.flat:
            assert getattr(axes, limits)() == (0, pytest.approx(1.06 * 70))


def test_a_line_leads_from_period_to_period():
    line = draw("timeline")[0, 0].lines[0]
    assert line.get_xdata().tolist() == [2020, 2023]
    assert line.get_ydata().tolist() == [40, 10]
    assert dots(draw("timeline")[0, 0]) == [(2020, 40, False), (2023, 10, True)]


@pytest.mark.parametrize("kind", DRAWN)
def test_panels_that_are_left_over_are_not_drawn(kind):
    grid = draw(kind, {str(number): PANEL for number in range(5)})
    assert grid.shape == (2, 4)
    assert [axes.axison for axes in grid.flat] == [True] * 5 + [False] * 3


@pytest.mark.parametrize("kind", DRAWN)
def test_the_lowest_panel_of_each_column_gives_the_scale(kind):
    grid = draw(kind, {str(number): PANEL for number in range(6)})
    grid[0, 0].figure.canvas.draw()
    written = [any(tick.get_visible() and tick.get_text() for tick in axes.get_xticklabels()) for axes in grid.flat[:6]]
    assert written == [False, False, True, True, True, True]


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize(
    "panels", [{}, {"1. jardin": PANEL.iloc[:0]}, {"1. jardin": PANEL.assign(share=0.0, high=0.0)}]
)
def test_nothing_to_show_is_drawn_empty(kind, panels):
    assert png_bytes(draw(kind, panels)[0, 0].figure).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", DRAWN)
def test_titles_and_caption_stand_outside_the_panels(kind):
    grid = draw(kind, {f"{number}. aide, guichet, prestation sociale": PANEL for number in range(8)})
    figure = grid[0, 0].figure
    png_bytes(figure)
    above = figure._suptitle.get_window_extent().y0
    below = figure._supxlabel.get_window_extent().y1
    for axes in grid.flat:
        assert axes.title.get_window_extent().y1 <= above
        assert axes.get_tightbbox().y0 >= below
    # no title runs into its neighbour
    for left, right in zip(grid[0], grid[0, 1:], strict=False):
        assert left._left_title.get_window_extent().x1 <= right._left_title.get_window_extent().x0


@pytest.mark.parametrize("kind", DRAWN)
def test_the_same_tables_give_the_same_bytes_and_stay_as_they_were(kind):
    before = PANEL.copy()
    assert svg_bytes(draw(kind)[0, 0].figure) == svg_bytes(draw(kind)[0, 0].figure)
    pd.testing.assert_frame_equal(PANEL, before)


def test_titles_of_panels_take_the_lines_they_need_and_do_not_touch():
    names = [f"économie sociale et solidaire (associations, coopératives) {number}" for number in range(4)]
    grid = draw("intervals", dict.fromkeys(names, PANEL))
    titles = [axes._left_title for axes in grid.flat[:4]]
    assert [" ".join(title.get_text().split()) for title in titles] == names
    assert hidden_texts(grid) == []
    boxes = [title.get_window_extent() for title in titles]
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_a_title_that_three_lines_do_not_hold_is_cut():
    axes = draw("intervals", {"mot " * 60: PANEL})[0, 0]
    title = axes.get_title(loc="left")
    assert title.count("\n") == 2
    assert title.endswith("…")


def test_a_long_name_takes_several_lines_and_is_cut_after_three():
    axes = draw(
        "intervals", {"1": PANEL.assign(value=["lieu " * 40, "économie sociale et\nsolidaire (coopératives)"])}
    )[0, 0]
    first, second = (tick.get_text() for tick in axes.get_yticklabels())
    assert first.count("\n") == 2
    assert first.endswith("… (9)")
    assert " ".join(second.split()) == "économie sociale et solidaire (coopératives) (1)"
