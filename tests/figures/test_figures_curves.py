"""Curves that are compared."""

from __future__ import annotations

import pandas as pd
import pytest

from innovsoc_analysis.figures.curves import Words, curves
from innovsoc_analysis.figures.style import new_axes, png_bytes

AROUND = Words("Mots", "n = 9", "mots", "distincts")


def lines(count):
    return {f"partie {number}": pd.Series({1: 1.0, 10: 2.0 + number, 100: 9.0}) for number in range(count)}


def test_no_two_curves_look_alike_without_colour():
    axes = curves(lines(7), AROUND)
    looks = {(line.get_marker(), str(line.get_linestyle())) for line in axes.lines}
    assert len(looks) == 7
    assert len({line.get_marker() for line in axes.lines}) == 7


def test_one_curve_needs_no_legend_and_several_do():
    assert curves(lines(1), AROUND).get_legend() is None
    assert len(curves(lines(2), AROUND).get_legend().get_texts()) == 2


@pytest.mark.parametrize("logarithmic", [True, False])
def test_numbers_are_french_and_the_figure_is_drawn(logarithmic):
    axes = curves(lines(3), AROUND, logarithmic=logarithmic, marked=10)
    assert axes.xaxis.get_major_formatter()(12_000.5, 0) == "12\u202f000,5"
    assert png_bytes(axes.figure).startswith(b"\x89PNG")
    assert axes.get_xscale() == ("log" if logarithmic else "linear")


def test_it_draws_where_it_is_told():
    given = new_axes(4, 3)
    assert curves(lines(1), AROUND, ax=given) is given
