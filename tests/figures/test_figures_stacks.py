"""Stacked bars: what they show, what they leave out, and the same bytes twice."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.figure import Figure

from innovsoc_analysis.figures.stacks import stacked_bars
from innovsoc_analysis.figures.style import png_bytes, svg_bytes

VALUES = pd.DataFrame(
    {"point": [1.5, 0.0, 2.0], "tiret": [0.0, 0.0, 0.0], "doublet": [3.25, 0.0, 0.5]}, index=["Mons", "Liège", "Namur"]
)


def draw(values=VALUES, **options):
    return stacked_bars(values, title="Formes", xlabel="pour 1 000 mots\nn = 9", **options)


def segments(axes):
    """Return part → (height, start, length) of its segments."""
    return {
        bars.get_label(): [(round(bar.get_y() + bar.get_height() / 2, 6), bar.get_x(), bar.get_width()) for bar in bars]
        for bars in axes.containers
    }


def legend(axes):
    return [text.get_text() for one in axes.figure.legends for text in one.get_texts()]


def labels(axes):
    return [tick.get_text() for tick in axes.get_yticklabels()]


def test_segments_of_a_row_follow_one_another():
    axes = draw()
    assert segments(axes) == {"point": [(0, 0, 1.5), (-2, 0, 2.0)], "doublet": [(0, 1.5, 3.25), (-2, 2.0, 0.5)]}
    assert labels(axes) == ["Mons", "Liège", "Namur"]
    assert axes.get_yticks().tolist() == [0, -1, -2]


def test_the_total_of_a_row_stands_at_its_end():
    totals = {text.get_text(): text.xy for text in draw().texts}
    assert totals == {"4,8": (4.75, 0), "0,0": (0, -1), "2,5": (2.5, -2)}


def test_a_part_without_value_is_not_in_the_legend():
    assert legend(draw()) == ["point", "doublet"]


def test_nothing_to_show_is_rows_without_bars_on_a_plain_scale():
    axes = draw(VALUES * 0)
    assert segments(axes) == {}
    assert legend(axes) == []
    assert axes.get_xlim() == (0, 1)
    assert [text.get_text() for text in axes.texts] == ["0,0"] * 3


@pytest.mark.parametrize("values", [VALUES.iloc[:0], VALUES[[]], pd.DataFrame()])
def test_a_table_without_rows_or_parts_is_drawn_empty(values):
    axes = draw(values)
    assert labels(axes) == values.index.tolist()
    assert segments(axes) == {}
    assert png_bytes(axes.figure).startswith(b"\x89PNG")


def test_rows_may_have_the_same_name():
    axes = draw(VALUES.set_axis(["Mons", "Mons", "Mons"]))
    assert segments(axes) == segments(draw())
    assert labels(axes) == ["Mons"] * 3


def test_the_longest_bar_leaves_room_for_its_total():
    axes = draw()
    assert axes.get_xlim()[0] == 0
    assert 4.75 < axes.get_xlim()[1] < 1.2 * 4.75


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a" * 44, "a" * 44),
        ("Maison des associations et des familles, fiche 1", "Maison des association…des familles, fiche 1"),
        ("x" * 100 + "yz", "x" * 22 + "…" + "x" * 20 + "yz"),
        ("Une ligne\n  et l'autre", "Une ligne et l'autre"),
        ("$x$ et $y$", "$x$ et $y$"),
    ],
)
def test_a_long_name_keeps_its_start_and_its_end(name, shown):
    axes = draw(VALUES.iloc[:1].set_axis([name]))
    assert labels(axes) == [shown]
    assert png_bytes(axes.figure).startswith(b"\x89PNG")


def test_parts_are_told_apart_without_colour():
    values = pd.DataFrame({f"partie {number}": [1.0] for number in range(9)}, index=["Mons"])
    hatches = [bars[0].get_hatch() for bars in draw(values).containers]
    assert len(set(hatches)) == 9


def test_a_figure_is_as_high_as_its_rows_and_its_legend_need():
    heights = [draw(VALUES.iloc[:rows]).figure.get_figheight() for rows in (1, 2, 3)]
    assert heights[2] - heights[1] == pytest.approx(heights[1] - heights[0])
    assert heights[1] > heights[0]
    many = pd.DataFrame({f"partie {number}": [1.0] for number in range(9)}, index=["Mons"])
    assert draw(many).figure.get_figheight() > heights[0]


def test_given_axes_are_drawn_on_and_their_legend_covers_no_bar():
    given = Figure(figsize=(7, 4), layout="constrained").add_subplot()
    axes = draw(ax=given)
    assert axes is given
    assert axes.get_title(loc="left") == "Formes"
    assert axes.figure.legends == []
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["point", "doublet"]
    png_bytes(axes.figure)
    legend_box = axes.get_legend().get_window_extent()
    assert legend_box.y1 < axes.xaxis.label.get_window_extent().y0
    assert legend_box.y0 >= 0
    assert legend_box.x1 <= axes.figure.bbox.x1


def test_own_legend_and_title_stand_outside_the_axes():
    axes = draw()
    assert axes.figure.get_suptitle() == "Formes"
    assert axes.get_legend() is None
    png_bytes(axes.figure)
    assert axes.figure.legends[0].get_window_extent().y1 <= axes.xaxis.label.get_window_extent().y0


def test_numbers_of_the_scale_have_a_decimal_comma():
    axes = draw(VALUES / 10)
    axes.figure.canvas.draw()
    shown = [tick.get_text() for tick in axes.get_xticklabels()]
    assert "0,2" in shown
    assert not any("." in text for text in shown)


@pytest.mark.parametrize(("render", "start"), [(svg_bytes, b"<?xml"), (png_bytes, b"\x89PNG")])
def test_the_same_table_gives_the_same_bytes(render, start):
    first, second = render(draw().figure), render(draw().figure)
    assert first == second
    assert first.startswith(start)


def test_the_table_is_left_as_it_was():
    values = VALUES.copy()
    draw(values)
    pd.testing.assert_frame_equal(values, VALUES)
