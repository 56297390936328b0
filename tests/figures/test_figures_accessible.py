"""The palette and marks: told apart by colour-blind readers, in grey, and read aloud."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import innovsoc_analysis as isa
from innovsoc_analysis.figures.heat import cell_colour
from innovsoc_analysis.figures.style import COLOURS, DASHES, HATCHES, look_of, svg_bytes

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear light
MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def _linear(colour):
    part = np.array(to_rgb(colour))
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _lab(linear):
    ratio = _TO_XYZ @ np.clip(linear, 0, 1) / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _lightness(colour):
    return _lab(_linear(colour))[0]


def test_the_measure_of_colours_knows_black_white_and_red():
    assert _lab(_linear("white")) == pytest.approx([100, 0, 0], abs=0.1)
    assert _lab(_linear("black")) == pytest.approx([0, 0, 0], abs=1e-6)
    # sRGB red, CIE L*a*b* under D65
    assert _lab(_linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.1)


@pytest.mark.parametrize("vision", MACHADO)
def test_no_two_colours_look_alike_to_colour_blind_readers(vision):
    seen = {colour: _lab(np.array(MACHADO[vision]) @ _linear(colour)) for colour in COLOURS}
    nearest = min(float(np.linalg.norm(seen[one] - seen[other])) for one, other in combinations(COLOURS, 2))
    # CIE76: about 2.3 is just noticeable (Mahy, Van Eycken & Oosterlinck 1994)
    assert nearest > 10


def test_neighbours_in_the_palette_differ_in_grey():
    steps = [abs(_lightness(one) - _lightness(other)) for one, other in pairwise(COLOURS)]
    assert min(steps) > 6


def test_the_first_forty_nine_groups_have_each_their_look():
    assert len({look_of(number) for number in range(49)}) == 49
    assert len({look_of(number)[1] for number in range(7)}) == 7


def test_dashes_and_hatches_are_each_their_own():
    assert len(set(map(str, DASHES))) == len(DASHES)
    assert len(set(HATCHES)) == len(HATCHES) >= len(COLOURS)


def test_more_is_darker_than_less_in_grey_and_stronger_is_darker_than_weaker():
    def light(value):
        red, green, blue = cell_colour(value)
        return _lightness((red, green, blue))

    assert light(4) < light(2) < light(1) < light(0)
    assert light(-4) < light(-2) < light(0)
    assert light(-4) - light(4) > 30
    assert cell_colour(9) == cell_colour(4)


def test_an_svg_says_what_it_shows_and_escapes_it():
    figure = Figure()
    figure.suptitle("Mots & « textes » <b>")
    figure.supxlabel("n = 9\ndocuments")
    svg = svg_bytes(figure).decode()
    start = svg[svg.index("<svg") : svg.index(">", svg.index("<svg"))]
    assert 'role="img"' in start
    assert 'aria-label="Mots &amp; « textes » &lt;b&gt; ; n = 9 documents."' in start


def test_a_description_replaces_the_title():
    axes = isa.figures.dot_plot(pd.DataFrame({"projets": [10.0]}, index=["Besoin"]), title="Codes", xlabel="n = 9")
    assert isa.figures.alt_text(axes) == "Codes ; n = 9."
    isa.figures.describe(axes, "Un code,\n10 % des projets.")
    assert isa.figures.alt_text(axes) == "Un code, 10 % des projets."


def test_a_figure_without_words_has_no_label():
    assert "aria-label" not in svg_bytes(Figure()).decode()
