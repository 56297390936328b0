"""Figures: what they show, and the same bytes twice."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.figure import Figure

from innovsoc_analysis.figures.bars import bar_panels
from innovsoc_analysis.figures.dots import dot_plot
from innovsoc_analysis.figures.style import COLOURS, MARKERS, percent, png_bytes, svg_bytes

SHARES = pd.DataFrame(
    {"projets": [10.0, 50.0, 0.0], "paroles": [30.0, 50.0, 100.0]}, index=["Besoin", "Nouveauté", "Lien social"]
)
SECTIONS = {"Besoin": "Définition", "Nouveauté": "Définition", "Lien social": "Effets"}
PANELS = {f"Thème {number}": [("mot", 3.0), ("lieu", 1.5)][: number or 2] for number in range(5)}


def dots(**options):
    return dot_plot(SHARES, title="Codes", xlabel="part (%)\n12 documents", **options)


def bars(**options):
    return bar_panels(PANELS, title="Thèmes", caption="12 documents", **options)


def test_a_dot_plot_has_a_row_per_item_and_a_marker_per_group():
    axes = dots()
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Besoin", "Nouveauté", "Lien social"]
    heights = axes.get_yticks().tolist()
    assert heights == sorted(heights, reverse=True)
    lines = axes.get_lines()
    assert [line.get_label() for line in lines] == ["projets", "paroles"]
    assert [line.get_xdata().tolist() for line in lines] == [[10, 50, 0], [30, 50, 100]]
    assert sum(len(line.get_xdata()) for line in lines) == SHARES.size
    assert len({line.get_marker() for line in lines}) == 2
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["projets", "paroles"]
    assert axes.figure.get_supxlabel() == "part (%)\n12 documents"
    assert axes.get_xlim()[0] == 0


def test_equal_values_stand_side_by_side():
    projects, talks = dots().get_lines()
    assert all(above > below for above, below in zip(projects.get_ydata(), talks.get_ydata(), strict=True))
    assert max(projects.get_ydata() - talks.get_ydata()) < 0.5


def test_sections_head_their_rows():
    axes = dots(sections=SECTIONS)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Besoin", "Nouveauté", "Lien social"]
    headings = {text.get_text(): text.xy[1] for text in axes.texts}
    assert list(headings) == ["Définition", "Effets"]
    besoin, nouveaute, lien = axes.get_yticks()
    assert headings["Définition"] > besoin > nouveaute > headings["Effets"] > lien


def test_one_group_needs_no_legend_and_given_axes_are_drawn_on():
    given = Figure().add_subplot()
    axes = dot_plot(SHARES[["projets"]], title="Codes", xlabel="part (%)", ax=given)
    assert axes is given
    assert axes.get_legend() is None
    assert axes.get_title() or axes.get_title(loc="left") == "Codes"


def test_a_compact_plot_shows_the_same_values_on_less_width():
    wide, narrow = dots(), dots(compact=True)
    assert narrow.figure.get_figwidth() < 0.6 * wide.figure.get_figwidth()
    assert [line.get_xdata().tolist() for line in narrow.get_lines()] == [[10, 50, 0], [30, 50, 100]]


def test_there_is_a_panel_per_key_with_a_bar_per_pair():
    grid = bars(subtitles={"Thème 0": "3 documents"})
    assert grid.shape == (2, 4)
    shown = [axes for axes in grid.flat if axes.axison]
    assert [axes.get_title(loc="left") for axes in shown] == list(PANELS)
    for axes, pairs in zip(shown, PANELS.values(), strict=True):
        assert [tick.get_text() for tick in axes.get_yticklabels()] == [label for label, _ in pairs]
        assert [bar.get_width() for bar in axes.patches] == [value for _, value in pairs]
        tops = [bar.get_y() for bar in axes.patches]
        assert tops == sorted(tops, reverse=True)
    assert "3 documents" in [text.get_text() for text in shown[0].texts]
    assert shown[0].figure.get_suptitle() == "Thèmes"


@pytest.mark.parametrize("draw", [dots, lambda: dots(sections=SECTIONS), lambda: bars()[0, 0]])
@pytest.mark.parametrize(("render", "start"), [(svg_bytes, b"<?xml"), (png_bytes, b"\x89PNG")])
def test_the_same_table_gives_the_same_bytes(draw, render, start):
    first, second = render(draw().figure), render(draw().figure)
    assert first == second
    assert first.startswith(start)


def test_svg_needs_no_font_and_tells_no_date():
    svg = svg_bytes(dots().figure).decode()
    assert "<text" not in svg
    assert "<dc:date>" not in svg


def test_groups_are_told_apart_without_colour():
    assert len(set(MARKERS)) == len(MARKERS) == len(COLOURS) == len(set(COLOURS))


@pytest.mark.parametrize(("value", "written"), [(0, "0\u202f%"), (12.4, "12\u202f%"), (100.0, "100\u202f%")])
def test_percent(value, written):
    assert percent(value) == written


def test_ids_of_an_svg_do_not_hang_on_the_last_digits_of_places() -> None:
    from innovsoc_analysis.figures.style import _with_own_ids

    drawn = '<clipPath id="p0123456789"/><g clip-path="url(#p0123456789)"/><path id="m00000000ff"/><use href="#m00000000ff"/>'
    again = drawn.replace("p0123456789", "pabcdef0123")
    found = _with_own_ids(drawn)
    assert found == _with_own_ids(again)
    ids = re.findall(r'id="([^"]+)"', found)
    assert len(set(ids)) == 2
    assert re.findall(r"#([\w-]+)", found) == ids
    assert _with_own_ids(drawn.replace("<use", "<text/><use")) != found
