"""Factor maps and screes: kinds told apart without colour, labels that cover nothing, the same bytes twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

from innovsoc_analysis.figures.factor_map import axis_map, factor_map
from innovsoc_analysis.figures.scree import scree
from innovsoc_analysis.figures.style import png_bytes, svg_bytes


def cloud(count, *, spread=1.0):
    rng = np.random.default_rng(0)
    looks = ["main" if n % 10 == 0 else "extra" if n % 10 == 5 else "small" for n in range(count)]
    kinds = {"main": "parties", "extra": "éléments supplémentaires", "small": "mots"}
    return pd.DataFrame(
        {
            "x": spread * rng.normal(size=count),
            "y": spread * rng.normal(size=count),
            "look": looks,
            "kind": [kinds[look] for look in looks],
            "label": [f"point-{n}" for n in range(count)],
            "weight": [1 / (n + 1) for n in range(count)],
            "half": [0.1 if look == "main" else np.nan for look in looks],
        }
    )


def mapped(points, **options):
    titles = ("Axe 1 (60,0\u202f%)", "Axe 2 (40,0\u202f%)")
    return factor_map(points, axis_titles=titles, title="AFC", caption="n = 3", **options)


def lined(points, **options):
    return axis_map(points, axis_title="Axe 1 (100,0\u202f%)", title="AFC", caption="n = 3", **options)


def labels(axes):
    return [text for text in axes.texts if text.get_text()]


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (150, 30)])
def test_labels_cover_neither_one_another_nor_the_marks(count, shown):
    points = cloud(count)
    axes = mapped(points)
    axes.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in labels(axes)]
    assert len(boxes) >= shown
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])
    centres = axes.transData.transform(points[["x", "y"]].to_numpy())
    assert not any(box.contains(x, y) for box in boxes for x, y in centres)
    frame = axes.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)


def test_the_caption_says_how_many_labels_found_room():
    assert mapped(cloud(5)).figure._supxlabel.get_text().endswith("Toutes les étiquettes sont écrites.")
    axes = mapped(cloud(150))
    said = axes.figure._supxlabel.get_text()
    assert f"Étiquettes écrites : {len(labels(axes))} sur 150" in said


def test_where_there_is_room_for_few_labels_parts_have_it_before_words():
    points = cloud(60, spread=0)
    far = cloud(1).assign(x=1.0, label="loin", look="small", kind="mots")
    shown = {text.get_text() for text in labels(mapped(pd.concat([points, far])))}
    assert {"point-0", "point-10", "loin"} <= shown
    # of forty-eight words on one spot none has a label: parts took the places first
    assert not {f"point-{n}" for n in range(60) if n % 5} & shown


def test_parts_in_a_crowd_all_have_their_label_at_the_end_of_a_line():
    rng = np.random.default_rng(1)
    crowd = pd.DataFrame(
        {"x": 0.05 * rng.normal(size=60), "y": 0.05 * rng.normal(size=60), "look": "main", "kind": "parties"}
    ).assign(label=[f"Entretien avec la voisine {n}" for n in range(60)], weight=1.0)
    corners = pd.DataFrame({"x": [-2.0, 2.0], "y": [-2.0, 2.0], "look": "small", "kind": "mots", "label": ["a", "b"]})
    axes = mapped(pd.concat([crowd, corners.assign(weight=0.1)], ignore_index=True))
    axes.figure.draw_without_rendering()
    written = [text for text in labels(axes) if text.get_text().startswith("Entretien")]
    assert sorted(text.get_text() for text in written) == sorted(crowd["label"])
    frame = axes.get_window_extent()
    boxes = [text.get_window_extent() for text in written]
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    overlapping = sum(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])
    assert overlapping == 0


def test_kinds_differ_by_mark_and_by_letters():
    axes = mapped(cloud(10))
    assert len({line.get_marker() for line in axes.lines if line.get_marker() != "None"}) == 3
    looks = {text.get_text(): (text.get_fontweight(), text.get_fontstyle()) for text in labels(axes)}
    assert looks["point-0"] == ("bold", "normal")
    assert looks["point-5"] == ("normal", "italic")
    assert looks["point-1"] == ("normal", "normal")
    named = [text.get_text() for text in axes.get_legend().get_texts()]
    assert named == ["parties", "éléments supplémentaires", "mots"]


def test_both_directions_are_on_one_scale_and_axes_have_their_titles():
    axes = mapped(cloud(10))
    png_bytes(axes.figure)
    origin, right, up = axes.transData.transform([(0, 0), (1, 0), (0, 1)])
    assert right[0] - origin[0] == pytest.approx(up[1] - origin[1], rel=0.01)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Axe 1 (60,0\u202f%)", "Axe 2 (40,0\u202f%)")


def test_an_ellipse_has_its_place_its_lengths_and_its_turn():
    drawn = pd.DataFrame({"centre_1": [1.0], "centre_2": [2.0], "semi_1": [0.5], "semi_2": [0.2], "angle": [30.0]})
    found = [patch for patch in mapped(cloud(3), ellipses=drawn).patches if isinstance(patch, Ellipse)]
    assert {(one.center, one.width, one.height, one.angle) for one in found} == {((1.0, 2.0), 1.0, 0.4, 30.0)}


def test_ten_thousand_points_are_drawn():
    axes = mapped(cloud(10_000))
    assert 1 <= len(labels(axes)) < 500
    assert png_bytes(axes.figure).startswith(b"\x89PNG")


def test_on_one_axis_points_stand_in_order_the_largest_on_top_parts_with_their_interval():
    points = cloud(12)
    axes = lined(points)
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    assert names == points.sort_values("x", ascending=False)["label"].tolist()
    assert axes.get_yticks()[0] > axes.get_yticks()[-1]
    segments = [segment for lines in axes.collections for segment in lines.get_segments()]
    intervals = [segment for segment in segments if segment[0][0] != 0]
    assert sorted(round(float(one[1][0] - one[0][0]), 9) for one in intervals) == [0.2, 0.2]


@pytest.mark.parametrize("draw", [mapped, lined])
@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_are_drawn(draw, count):
    assert png_bytes(draw(cloud(10).iloc[:count]).figure).startswith(b"\x89PNG")


@pytest.mark.parametrize("draw", [mapped, lined])
def test_given_axes_are_drawn_on(draw):
    given = Figure(figsize=(6, 4), layout="constrained").add_subplot()
    axes = draw(cloud(8), ax=given)
    assert axes is given
    assert axes.get_title(loc="left") == "AFC"
    assert "n = 3" in axes.get_xlabel()


@pytest.mark.parametrize("draw", [mapped, lined])
def test_the_same_points_give_the_same_bytes_and_stay_as_they_were(draw):
    points = cloud(30)
    before = points.copy()
    assert svg_bytes(draw(points).figure) == svg_bytes(draw(points).figure)
    pd.testing.assert_frame_equal(points, before)


@pytest.mark.parametrize("draw", [mapped, lined])
def test_an_emoji_a_dollar_and_a_long_name_are_plain_text(draw):
    axes = draw(cloud(3).assign(label=["jardin 🌱", "$x$", "a" * 40]))
    assert png_bytes(axes.figure).startswith(b"\x89PNG")
    written = {text.get_text() for text in [*axes.texts, *axes.get_yticklabels()]}
    assert {"jardin 🌱", "$x$", "a" * 29 + "…"} <= written


def test_a_scree_has_a_bar_per_axis_the_mean_and_the_broken_stick():
    axes = scree([70.0, 30.0], mean=50.0, expected=[75.0, 25.0], title="Inertie", caption="2 axes")
    assert [bar.get_height() for bar in axes.patches] == [70.0, 30.0]
    assert axes.lines[0].get_ydata() == [50.0, 50.0]
    assert list(axes.lines[1].get_ydata()) == [75.0, 25.0]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1\n70,0", "2\n30,0"]


def test_a_scree_of_one_axis_is_drawn_on_given_axes():
    given = Figure(figsize=(6, 4), layout="constrained").add_subplot()
    axes = scree([100.0], mean=100.0, expected=[100.0], title="Inertie", caption="1 axe", ax=given)
    assert axes is given
    assert axes.get_title(loc="left") == "Inertie"
