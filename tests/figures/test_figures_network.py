"""Graphs of words: no word over another, whatever the room, and the same bytes twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from innovsoc_analysis.figures.network import label_boxes, word_network
from innovsoc_analysis.figures.style import png_bytes, svg_bytes


def chain(count, *, groups=1):
    labels = [f"habitante {n}" for n in range(count)]
    return pd.DataFrame(
        {
            "label": labels,
            "x": [125.0 * (n % 8) for n in range(count)],
            "y": [-24.0 * (n // 8) for n in range(count)],
            "size": [8.0 + 8 * n / count for n in range(count)],
            "group": [1 + n % groups for n in range(count)],
            "badge": [str(1 + n) if n < groups else "" for n in range(count)],
        }
    )


def links(count):
    return pd.DataFrame(
        {
            "first": range(count - 1),
            "second": range(1, count),
            "weight": np.linspace(0, 1, count - 1),
            "in_tree": [n % 3 != 0 for n in range(count - 1)],
            "solid": [n % 2 == 0 for n in range(count - 1)],
        }
    )


def drawn(words, edges, **options):
    return word_network(words, edges, title="Graphe", caption="n = 3", **options)


def written(axes, words):
    axes.figure.draw_without_rendering()
    return [text.get_window_extent() for text in axes.texts if text.get_text() in set(words["label"])]


def over_another(boxes):
    return [1 for place, one in enumerate(boxes) for other in boxes[:place] if one.overlaps(other)]


def lines_of(axes, order):
    return [one for one in axes.collections if isinstance(one, LineCollection) and one.get_zorder() == order]


def test_words_keep_to_the_room_laid_out_for_them():
    words = chain(32)
    axes = drawn(words, links(32))
    boxes = written(axes, words)
    assert len(boxes) == 32
    assert not over_another(boxes)
    room = axes.figure.bbox
    assert all(room.contains(box.x0, box.y0) and room.contains(box.x1, box.y1) for box in boxes)


def test_in_small_axes_words_are_smaller_and_still_apart():
    words = chain(32)
    axes = drawn(words, links(32), ax=Figure(figsize=(4, 3)).add_subplot())
    assert not over_another(written(axes, words))
    assert max(text.get_fontsize() for text in axes.texts) < 8


def test_a_large_graph_stays_within_a_page():
    words = chain(400)
    axes = drawn(words, links(400))
    width, height = axes.figure.get_size_inches()
    assert width <= 15
    assert height <= 15
    assert not over_another(written(axes, words))


def test_thick_edges_are_strong_and_unsure_ones_dashed():
    axes = drawn(chain(4), links(4))
    (extra,) = lines_of(axes, 1.5)
    sure, unsure = sorted(lines_of(axes, 2), key=lambda one: one.get_linewidths()[0], reverse=True)
    # the edge 0 is none of the tree; 1 is dashed, 2 is not and the strongest
    assert extra.get_linewidths()[0] < unsure.get_linewidths()[0] < sure.get_linewidths()[0]
    assert sure.get_linestyle()[0][1] is None
    assert unsure.get_linestyle()[0][1] is not None


def test_the_legend_names_only_what_is_there():
    edges = links(2).assign(in_tree=True, solid=True)
    axes = drawn(chain(2), edges)
    assert [text.get_text() for text in axes.figure.legends[0].get_texts()] == ["arête de l'arbre"]


def test_groups_lie_on_grounds_of_their_own_and_have_their_number():
    axes = drawn(chain(16, groups=9), links(16))
    grounds = {patch.get_facecolor() for patch in axes.patches if isinstance(patch, FancyBboxPatch)}
    # nine grounds, the second round of colours deeper, and seven outlines
    assert len(grounds) == 16
    assert {text.get_text() for text in axes.texts} >= {str(n) for n in range(1, 10)}


def test_words_without_a_group_have_no_ground():
    axes = drawn(chain(3).assign(group=0, badge=""), links(3))
    assert not axes.patches


def test_the_room_of_a_word_is_what_it_takes():
    words = chain(8)
    boxes = label_boxes(words["label"].tolist(), words["size"].tolist(), [""] * 8)
    axes = drawn(words.assign(badge=""), links(8))
    dpi = axes.figure.dpi
    scale = axes.texts[0].get_fontsize() / words["size"].iloc[0]
    widths = [box.width * 72 / dpi / scale for box in written(axes, words)]
    # letters are set on whole pixels when they are drawn
    assert widths == pytest.approx(boxes[:, 0].tolist(), rel=0.06)


@pytest.mark.parametrize("label", ["", "x" * 300, "$\\frac{1}{2}$", "🌱 jardin", "l'a\nb"])
def test_any_label_is_drawn(label):
    words = chain(2)
    words.loc[0, "label"] = label
    assert png_bytes(drawn(words, links(2)).figure).startswith(b"\x89PNG")


def test_nothing_to_draw_is_an_empty_figure():
    axes = drawn(chain(3).head(0), links(3).head(0))
    assert axes.get_xlabel() == "n = 3"
    assert not axes.texts


def test_the_same_graph_gives_the_same_bytes():
    assert svg_bytes(drawn(chain(12), links(12)).figure) == svg_bytes(drawn(chain(12), links(12)).figure)
