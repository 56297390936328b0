"""Maps: discs and marks, labels that cover nothing, and the same bytes twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from innovsoc_analysis.figures.scatter import disc_map, mark_map
from innovsoc_analysis.figures.style import png_bytes, svg_bytes

DISCS = pd.DataFrame(
    {
        "x": [0.0, 1.0, 0.9],
        "y": [0.0, 0.3, -0.4],
        "share": [0.6, 0.15, 0.25],
        "name": ["1", "2", "3"],
        "label": ["jardin", "loyer", "santé"],
    }
)


def marks(count, *, spread=1.0):
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "x": spread * rng.normal(size=count),
            "y": spread * rng.normal(size=count),
            "group": [f"{n % 9 + 1}. thème" for n in range(count)],
            "order": [n % 9 + 1 for n in range(count)],
            "label": [f"entretien-{n}" for n in range(count)],
            "weight": [1 / (n + 1) for n in range(count)],
        }
    )


def discs(points=DISCS, **options):
    return disc_map(points, title="Thèmes", caption="n = 3", **options)


def documents(points, **options):
    return mark_map(points, title="Documents", caption="n", **options)


def labels(axes, points):
    return [text for text in axes.texts if text.get_text() in set(points["label"])]


def test_the_surface_of_a_disc_is_its_share():
    sizes = discs().collections[0].get_sizes()
    assert sizes / sizes[0] == pytest.approx([1, 0.25, 0.25 / 0.6])


def test_discs_hold_their_name_and_have_their_label():
    axes = discs()
    assert {text.get_text(): text.xy for text in axes.texts if text.get_text().isdigit()} == {
        "1": (0.0, 0.0),
        "2": (1.0, 0.3),
        "3": (0.9, -0.4),
    }
    assert {text.get_text() for text in labels(axes, DISCS)} == {"jardin", "loyer", "santé"}


@pytest.mark.parametrize(("count", "shown"), [(6, 6), (200, 10)])
def test_labels_cover_neither_one_another_nor_the_marks(count, shown):
    points = marks(count)
    axes = documents(points)
    png_bytes(axes.figure)
    axes.figure.dpi = 110
    axes.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in labels(axes, points)]
    assert len(boxes) >= shown
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])
    centres = axes.transData.transform(points[["x", "y"]].to_numpy())
    assert not any(box.contains(x, y) for box in boxes for x, y in centres)


def test_where_there_is_room_for_one_label_the_heaviest_has_it():
    points = pd.concat([marks(30, spread=0), pd.DataFrame([{**marks(1).iloc[0], "x": 1.0, "label": "loin"}])])
    axes = documents(points.assign(weight=[*[0.1] * 12, 0.9, *[0.1] * 18]))
    shown = [text.get_text() for text in labels(axes, points)]
    assert "entretien-12" in shown
    assert len(shown) < 12


def test_groups_are_told_apart_by_mark_and_colour():
    axes = documents(marks(18))
    looks = {(line.get_marker(), line.get_color()) for line in axes.lines if line.get_marker() != "None"}
    assert len(looks) == 9
    assert [text.get_text() for text in axes.figure.legends[0].get_texts()] == [f"{n}. thème" for n in range(1, 10)]


def test_both_directions_are_on_one_scale():
    axes = discs()
    png_bytes(axes.figure)
    origin, right, up = axes.transData.transform([(0, 0), (1, 0), (0, 1)])
    assert right[0] - origin[0] == pytest.approx(up[1] - origin[1], rel=0.01)


@pytest.mark.parametrize("draw", [discs, documents])
def test_given_axes_are_drawn_on(draw):
    given = Figure(figsize=(6, 4), layout="constrained").add_subplot()
    axes = draw(DISCS.assign(group="a", order=1, weight=1.0), ax=given)
    assert axes is given
    assert axes.get_title(loc="left") in {"Thèmes", "Documents"}
    assert axes.figure.legends == []


@pytest.mark.parametrize("draw", [discs, documents])
@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_are_drawn(draw, count):
    points = DISCS.assign(group="a", order=1, weight=1.0).iloc[:count]
    assert png_bytes(draw(points).figure).startswith(b"\x89PNG")


def test_an_emoji_and_a_dollar_are_plain_text():
    axes = discs(DISCS.assign(label=["jardin 🌱", "$x$", ""]))
    assert {"jardin 🌱", "$x$"} <= {text.get_text() for text in axes.texts}
    assert png_bytes(axes.figure).startswith(b"\x89PNG")


def test_a_long_label_is_cut():
    axes = discs(DISCS.assign(label=["a" * 40, "un nom\nsur deux lignes", ""]))
    assert {"a" * 29 + "…", "un nom sur deux lignes"} <= {text.get_text() for text in axes.texts}


def test_the_same_points_give_the_same_bytes_and_stay_as_they_were():
    before = DISCS.copy()
    assert svg_bytes(discs().figure) == svg_bytes(discs().figure)
    assert svg_bytes(documents(marks(40)).figure) == svg_bytes(documents(marks(40)).figure)
    pd.testing.assert_frame_equal(DISCS, before)
