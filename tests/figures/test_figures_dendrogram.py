"""The tree of classes: nothing covers anything, and it is legible without colour."""

from __future__ import annotations

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from innovsoc_analysis.figures.dendrogram import Leaf, Word, dendrogram
from innovsoc_analysis.figures.style import svg_bytes

LONG = "anticonstitutionnellement-intergouvernementalisation"


def leaves_of(n: int, words: int = 12) -> list[Leaf]:
    listed = [
        Word("développement" if row % 3 else "établissement public", 900.0 / (row + 1), row % 4 == 0)
        for row in range(words)
    ]
    return [Leaf(f"Classe {place + 1}", "100,0\u202f%, 100\u202f000 u.", 100 / n, listed) for place in range(n)]


def cascade(n: int) -> list[tuple[int, int, float]]:
    return [(0, 1, 1.0), *((n + row - 1, row + 1, float(row + 1)) for row in range(1, n - 1))]


@pytest.mark.parametrize("n", [2, 12])
def test_no_text_covers_another_or_leaves_the_figure(n) -> None:
    caption = "Une légende assez longue pour tenir sur plusieurs lignes. " * 6
    axes = dendrogram(leaves_of(n), cascade(n), title="Classification de Reinert : des classes", caption=caption)
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    pairs = [
        (one, other) for one, other in combinations(boxes, 2) if one.shrunk(0.98, 0.6).overlaps(other.shrunk(0.98, 0.6))
    ]
    assert pairs == []
    width, height = axes.figure.bbox.width, axes.figure.bbox.height
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height for box in boxes)


def test_words_too_long_are_written_smaller_then_cut() -> None:
    leaf = Leaf("1", "", 1, [Word("sol", 9.0), Word("développement", 9.0), Word(LONG, 9.0)])
    texts = [text for text in dendrogram([leaf], [], title="", caption="").texts if len(text.get_text()) > 2]
    short, smaller, cut = (text for text in texts)
    assert short.get_text() == "sol"
    assert smaller.get_text() == "développement"
    assert smaller.get_fontsize() < short.get_fontsize()
    assert cut.get_text().endswith("…")
    assert LONG.startswith(cut.get_text()[:-1])


def test_hollow_words_are_told_apart_without_colour_and_letters_grow_with_values() -> None:
    leaf = Leaf("1", "", 1, [Word("jardin", 40.0), Word("serre", 10.0, hollow=True)])
    texts = {text.get_text(): text for text in dendrogram([leaf], [], title="", caption="").texts}
    assert texts["◦ serre"].get_style() == "italic"
    # from 8 to 13 points: a quarter of the largest value is at a quarter of the way
    assert [texts["jardin"].get_fontsize(), texts["◦ serre"].get_fontsize()] == [13.0, 9.25]


def test_branches_join_what_they_should() -> None:
    axes = dendrogram(leaves_of(3, 1), [(0, 1, 1.0), (3, 2, 4.0)], title="", caption="")
    lines = [line.get_xydata() for line in axes.lines]
    boxes = sorted({patch.get_x() + patch.get_width() / 2 for patch in axes.patches if patch.get_height() > 0.5})
    assert lines[0][:, 0].tolist() == pytest.approx([boxes[0], boxes[0], boxes[1], boxes[1]])
    assert lines[1][:, 0].tolist() == pytest.approx([sum(boxes[:2]) / 2] * 2 + [boxes[2]] * 2)
    # the second joins the top of the first
    assert lines[1][0, 1] == lines[0][1, 1] < lines[1][1, 1]


def test_any_text_is_text_and_a_class_without_words_says_so() -> None:
    strange = Leaf("$x$", "🙂", 0, [Word("$a_b$", 0.0), Word("🙂", 1.0)])
    axes = dendrogram([strange, Leaf("2", "", 0, [])], [(0, 1, 0.0)], title="$", caption="")
    said = [text.get_text() for text in axes.texts]
    assert "$a_b$" in said
    assert "aucun mot" in said
    assert svg_bytes(axes.figure).startswith(b"<?xml")


def test_the_same_classes_give_the_same_bytes() -> None:
    one, other = (dendrogram(leaves_of(4), cascade(4), title="t", caption="c").figure for _ in range(2))
    assert svg_bytes(one) == svg_bytes(other)
