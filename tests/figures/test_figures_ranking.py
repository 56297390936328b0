"""Rankings: a dot per row and counts beside it."""

from __future__ import annotations

import pandas as pd

from innovsoc_analysis.figures.ranking import ranking
from innovsoc_analysis.figures.style import new_axes, png_bytes


def test_rows_go_down_and_dots_stand_at_their_values():
    rows = pd.DataFrame({"label": ["jardin", "four"], "value": [4.0, 2.5]})
    axes = ranking(rows, title="Mots", xlabel="indice", caption="n = 9")
    (dots,) = axes.lines
    assert dots.get_xydata().tolist() == [[4.0, 0.0], [2.5, -1.0]]
    assert axes.get_xlim()[0] == 0
    assert axes.figure.get_suptitle() == "Mots"


def test_long_labels_are_cut_and_numbers_have_a_decimal_comma():
    rows = pd.DataFrame({"label": ["un mot " * 20], "value": [1.0]})
    axes = ranking(rows, title="Mots", xlabel="indice", caption="n = 9")
    assert len(axes.get_yticklabels()[0].get_text()) <= 32
    assert axes.xaxis.get_major_formatter()(2.5, 0) == "2,5"


def test_a_ranking_of_nothing_is_drawn():
    axes = ranking(pd.DataFrame({"label": [], "value": []}), title="Mots", xlabel="indice", caption="rien")
    assert png_bytes(axes.figure).startswith(b"\x89PNG")


def test_it_draws_where_it_is_told():
    given = new_axes(4, 3)
    rows = pd.DataFrame({"label": ["jardin"], "value": [1.0]})
    assert ranking(rows, title="Mots", xlabel="indice", caption="", ax=given) is given
    assert given.get_title(loc="left") == "Mots" or given.get_title() == "Mots"
