"""Bars on both sides of zero: what is drawn where, told apart in grey, and the same bytes twice."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.figures.checking import hidden_texts
from innovsoc_analysis.figures.signed import signed, signed_panels
from innovsoc_analysis.figures.style import png_bytes, svg_bytes

ROWS = pd.DataFrame(
    {"label": ["jardin", "serre", "guichet"], "value": [6.0, 2.5, -3.0], "hollow": [False, True, False]}
)
LESS = pd.DataFrame({"label": ["table"], "value": [1.0], "hollow": [False]})


def draw(panels=None, **options):
    return signed_panels(panels or {"projets": ROWS, "paroles": LESS}, title="Mots", caption="n = 4", **options)


def test_each_row_has_a_bar_from_zero_to_its_value() -> None:
    bars = draw()[0, 0].patches
    assert [(bar.get_x(), bar.get_width(), round(bar.get_y() + 0.31)) for bar in bars] == [
        (0, 6, 0),
        (0, 2.5, -1),
        (0, -3, -2),
    ]


def test_bars_below_zero_are_hatched_and_hollow_ones_white() -> None:
    bars = draw()[0, 0].patches
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, True]
    assert [bar.get_facecolor()[:3] == (1, 1, 1) for bar in bars] == [False, True, False]


def test_the_band_is_on_both_sides_of_zero() -> None:
    ground = draw(band=2.0)[0, 0].patches[0]
    assert (ground.get_x(), ground.get_width()) == (-2, 4)


def test_panels_have_their_own_scale_unless_one_is_asked_for() -> None:
    own = [axes.get_xlim() for axes in draw().flat]
    assert own[0] != own[1]
    reach = [axes.get_xlim()[1] for axes in draw(one_scale=True).flat]
    assert reach[0] == reach[1] > 6


def test_values_are_written_as_french_does() -> None:
    assert [text.get_text() for text in draw()[0, 0].texts if text.get_text()] == ["+6,0", "+2,5", "−3,0"]
    assert signed(-0.04) == "0,0"
    assert signed(1234.56) == "+1234,6"


def test_a_panel_without_rows_says_so() -> None:
    grid = draw({"vide": ROWS.iloc[:0], "projets": ROWS})
    assert "aucun" in [text.get_text() for text in grid[0, 0].texts]


def test_long_labels_take_three_lines_at_most_and_markup_is_text() -> None:
    rows = ROWS.assign(label=["m" * 80, "$x$ <b>", "a\nb"])
    labels = [tick.get_text() for tick in draw({"p": rows})[0, 0].get_yticklabels()]
    assert labels[0].count("\n") == 2
    assert labels[0].endswith("…")
    assert labels[1:] == ["$x$ <b>", "a b"]


@pytest.mark.parametrize("n_panels", [1, 3, 4, 60])
def test_any_number_of_panels_is_drawn(n_panels) -> None:
    grid = draw({f"partie {n}": ROWS for n in range(n_panels)})
    assert sum(axes.axison for axes in grid.flat) == n_panels


def test_no_panel_is_an_empty_figure() -> None:
    assert not any(axes.axison for axes in signed_panels({}, title="Mots", caption="n = 0").flat)


def test_the_same_values_give_the_same_bytes() -> None:
    assert svg_bytes(draw()[0, 0].figure) == svg_bytes(draw()[0, 0].figure)
    assert png_bytes(draw()[0, 0].figure) == png_bytes(draw()[0, 0].figure)


def test_a_long_french_label_is_written_whole_and_rows_make_room_for_it() -> None:
    name = "économie sociale et solidaire (associations, coopératives)"
    grid = draw({"p": ROWS.assign(label=[name, f"{name} bis", "loyer"][: len(ROWS)])})
    labels = [tick.get_text() for tick in grid[0, 0].get_yticklabels()]
    assert " ".join(labels[0].split()) == name
    assert hidden_texts(grid) == []
