"""Rates with intervals and bar codes of documents."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from innovsoc_analysis.figures.barcode import Barcode, barcode_plot
from innovsoc_analysis.figures.rates import rate_plot
from innovsoc_analysis.figures.style import new_axes, png_bytes


def _rates(rows):
    return pd.DataFrame(rows, columns=["part", "n", "words", "per_10000", "low", "high"])


def test_a_bounded_rate_has_a_bar_and_a_full_dot_another_a_hollow_one():
    table = _rates([("a", 4, 1000, 40.0, 11.0, 102.0), ("b" * 60, 1, 12345, 0.8, np.nan, np.nan)])
    axes = rate_plot(table, title="Taux", caption="Légende", reference=30.0)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["a", "b" * 43 + "…"]
    dots = [line for line in axes.get_lines() if line.get_marker() == "o"]
    assert [(dot.get_xdata()[0], dot.get_markerfacecolor()) for dot in dots] == [(40.0, "#0072B2"), (0.8, "white")]
    assert axes.collections[1].get_segments()[0][:, 0].tolist() == [11.0, 102.0]
    assert "1 / 12\u202f345" in {text.get_text() for text in axes.texts}


def test_one_huge_interval_does_not_press_the_others_together():
    table = _rates([("a", 4, 1000, 40.0, 11.0, 102.0), ("b", 1, 10, 10.0, 0.1, 9000.0)])
    assert rate_plot(table, title="", caption="", reference=30.0).get_xlim() == pytest.approx((0, 1.06 * 160))


def test_rates_of_nothing_have_a_scale():
    axes = rate_plot(_rates([("a", 0, 10, 0.0, np.nan, np.nan)]), title="", caption="", reference=0.0)
    assert axes.get_xlim() == (0, 1)


def test_figures_are_drawn_where_they_are_asked_to():
    ax = new_axes(4, 3)
    table = _rates([("a", 4, 1000, 40.0, 11.0, 102.0)])
    assert rate_plot(table, title="Taux", caption="", reference=1.0, ax=ax) is ax
    assert ax.get_title(loc="left") == "Taux" or ax.get_title() == "Taux"
    other = new_axes(4, 3)
    assert barcode_plot([Barcode("a", "", np.array([0.5]), 9)], title="Places", caption="", ax=other) is other


def test_documents_of_a_group_stand_under_its_name():
    lines = [Barcode("a", "projets", np.array([0.0, 1.0]), 1000), Barcode("b", "paroles", np.array([0.5]), 20000)]
    axes = barcode_plot(lines, title="Places", caption="Légende")
    assert axes.get_yticks().tolist() == [-1, -3]
    beside = {text.get_text(): text.xy[1] for text in axes.texts}
    assert beside == {"projets": 0, "2 · 20": -1, "paroles": -2, "1 · 0": -3, "n · p. 10\u202f000 mots": 1}


def test_ticks_that_cover_one_another_are_drawn_once():
    axes = barcode_plot([Barcode("a", "", np.linspace(0, 1, 100_000), 100_000)], title="", caption="")
    assert len(axes.collections[1].get_segments()) == 2001
    assert "100\u202f000 · 10\u202f000" in {text.get_text() for text in axes.texts}


def test_the_same_figure_has_the_same_bytes():
    images = [
        png_bytes(barcode_plot([Barcode("é", "", np.array([0.5]), 9)], title="Où", caption="À lire").figure)
        for _ in range(2)
    ]
    assert images[0] == images[1]
