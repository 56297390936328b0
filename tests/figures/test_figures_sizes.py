"""Figures for a page and for a slide: measures of what is written, and nothing hidden on it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from PIL import Image

import innovsoc_analysis as isa
from innovsoc_analysis.figures.checking import smallest_text
from innovsoc_analysis.model.errors import UsageError

LONG = "Coopérative d'habitant·es et de citoyen·nes du quartier"
CAPTION = "% des documents, n = 60 documents, codage automatique par règles et apprentissage. " * 2


def groups(n):
    return [f"{LONG} {number}" if number % 2 else f"groupe {number}" for number in range(n)]


def values(n, rows=6):
    cells = np.arange(rows * n, dtype=float).reshape(rows, n) * 100 / (rows * n)
    return pd.DataFrame(cells, index=[f"{LONG} – {row}" for row in range(rows)], columns=groups(n))


def dots(n):
    return isa.figures.dot_plot(values(n), title=LONG, xlabel=CAPTION)


def heat(n):
    residuals = values(n) / 25 - 2
    said = residuals.map("12\u202f% ({:+.1f})".format)
    return isa.figures.heat_map(residuals, said, residuals > 1, title=LONG, caption=CAPTION)


def arcs(n):
    items = pd.DataFrame({"label": groups(n), "size": range(1, n + 1)})
    links = pd.DataFrame({"first": groups(n)[:-1], "second": groups(n)[1:], "weight": 0.5})
    return isa.figures.arc_plot(items, links, title=LONG, caption=CAPTION)


def speech(n):
    turns = pd.DataFrame({"speaker": groups(n), "start": range(n), "end": range(1, n + 1)})
    marks = pd.DataFrame({"label": [LONG] * n, "speaker": groups(n), "place": np.arange(n) + 0.5})
    return isa.figures.speech_plot(turns, marks, title=LONG, caption=CAPTION, xlabel="minutes")


def stacks(n):
    return isa.figures.stacked_bars(values(n).T, title=LONG, xlabel=CAPTION)


def bars(n):
    panels = {name: [("développement local", 3.0), ("jardin", 1.0)] * 2 for name in groups(n)}
    under = dict.fromkeys(panels, "12 % du corpus ; instable")
    return isa.figures.bar_panels(panels, title=LONG, caption=CAPTION, subtitles=under)


def intervals(n):
    panel = pd.DataFrame({"value": groups(n), "share": 20.0, "low": 9.0, "high": 40.0, "n_documents": 9, "few": False})
    return isa.figures.interval_panels({"1. jardin": panel, "2. loyer": panel}, title=LONG, caption=CAPTION)


def matrix(n):
    kinds = {"a": "affirmé et trouvé", "b": "affirmé seulement"}
    return isa.figures.mark_matrix(values(n).map(lambda _: "a"), kinds=kinds, title=LONG, caption=CAPTION)


DRAWN = {one.__name__: one for one in (dots, heat, arcs, speech, stacks, bars, intervals, matrix)}


@pytest.mark.parametrize("n", [1, 2, 12])
@pytest.mark.parametrize("kind", DRAWN)
def test_no_text_covers_another_or_leaves_a_page_and_letters_are_large_enough(kind, n):
    with isa.figures.style(size="page"):
        drawn = DRAWN[kind](n)
    assert isa.figures.hidden_texts(drawn) == []
    assert smallest_text(drawn) >= 7
    figure = drawn.flat[0].figure if hasattr(drawn, "flat") else drawn.figure
    assert figure.get_figwidth() <= 16 / 2.54 + 1e-9


def test_hidden_texts_are_found():
    axes = dots(2)
    for x, said in ((50, "sous un autre"), (50, "sur le premier"), (200, "dehors")):
        axes.text(x, 0, said).set_in_layout(False)
    found = isa.figures.hidden_texts(axes)
    assert ("dehors", "") in found
    assert ("sous un autre", "sur le premier") in found


def test_a_page_is_sixteen_centimetres_wide(tmp_path):
    paths = isa.figures.save(dots(2), tmp_path / "profil", size="page")
    assert [path.name for path in paths] == ["profil.svg", "profil.png"]
    svg = paths[0].read_text("utf-8")
    width = float(re.search(r'<svg [^>]*width="([\d.]+)pt"', svg)[1])
    assert width / 72 * 2.54 == pytest.approx(16, abs=0.01)
    with Image.open(paths[1]) as image:
        assert image.width / image.info["dpi"][0] * 2.54 == pytest.approx(16, abs=0.02)


@pytest.mark.parametrize(("size", "inches"), [("slide", (13.33, 7.5)), ("half-slide", (6.665, 7.5))])
def test_a_slide_has_its_measures_and_letters_of_sixteen_points(tmp_path, size, inches):
    shares = pd.DataFrame({"projets": [10.0, 40.0]}, index=["Besoin", "Lieu"])
    axes = isa.figures.dot_plot(shares, title="Codes", xlabel="n = 9 documents")
    before = axes.figure.get_size_inches().tolist()
    svg, png = isa.figures.save(axes, tmp_path / "diapo", size=size)
    found = re.search(r'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt"', svg.read_text("utf-8"))
    assert [float(found[1]) / 72, float(found[2]) / 72] == pytest.approx(inches, abs=0.01)
    with Image.open(png) as image:
        assert [side / image.info["dpi"][0] for side in image.size] == pytest.approx(inches, abs=0.02)
    assert smallest_text(axes) * isa.figures.SIZES[size].enlarged >= 16
    assert axes.figure.get_size_inches().tolist() == before


def test_what_does_not_fit_a_slide_is_refused_and_nothing_is_written(tmp_path):
    many = pd.DataFrame({"projets": range(60)}, index=[f"Code {row}" for row in range(60)], dtype=float)
    axes = isa.figures.dot_plot(many, title="Codes", xlabel="n = 9")
    with pytest.raises(UsageError, match="ne tient pas sur une diapositive"):
        isa.figures.save(axes, tmp_path / "diapo.png", size="slide")
    assert list(tmp_path.iterdir()) == []


def test_maps_keep_the_places_of_their_labels_and_are_made_smaller_as_a_whole(tmp_path):
    points = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0], "share": 0.5, "name": ["1", "2"], "label": ["a", "b"]})
    axes = isa.figures.disc_map(points, title="Carte", caption="n = 2")
    width, height = axes.figure.get_size_inches()
    (path,) = isa.figures.save(axes, tmp_path / "carte.svg", size="page")
    found = re.search(r'<svg [^>]*width="([\d.]+)pt" height="([\d.]+)pt"', path.read_text("utf-8"))
    assert float(found[1]) / float(found[2]) == pytest.approx(width / height, rel=1e-3)
    assert float(found[1]) / 72 * 2.54 == pytest.approx(16, abs=0.01)


def test_the_same_figure_gives_the_same_bytes(tmp_path):
    one, other = (isa.figures.save(heat(2), tmp_path / name, size="page") for name in ("a", "b"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


@pytest.mark.parametrize(("name", "size", "said"), [("a.gif", "", "suffixe"), ("a.svg", "affiche", "affiche")])
def test_unknown_suffixes_and_sizes_are_refused(tmp_path, name, size, said):
    with pytest.raises(UsageError, match=said):
        isa.figures.save(dots(1), tmp_path / name, size=size)


def test_results_are_drawn_for_the_size_that_is_asked_for(tmp_path):
    class Result:
        alt = "Deux groupes."

        def plot(self):
            axes = dots(2)
            self.width = axes.figure.get_figwidth()
            return axes

    result = Result()
    (path,) = isa.figures.save(result, tmp_path / "r.svg", size="page")
    assert result.width == pytest.approx(16 / 2.54)
    assert 'aria-label="Deux groupes."' in path.read_text("utf-8")


def test_own_figures_have_the_size_and_dashes_that_differ():
    with isa.figures.style(size="half-slide"):
        figure, axes = plt.subplots()
        lines = [axes.plot([0, 1], [0, row])[0] for row in range(4)]
    assert figure.get_size_inches().tolist() == pytest.approx([13.33 / 4, 3.75])
    assert len({str(line.get_linestyle()) + str(line._unscaled_dash_pattern) for line in lines}) == 4
    plt.close(figure)


def test_a_figure_of_the_house_does_not_take_the_dashes_of_own_figures():
    with isa.figures.style(size="page"):
        assert {line.get_linestyle() for line in arcs(4).lines} == {"-"}


def test_public_functions_are_not_hidden_by_the_modules_that_hold_them():
    import innovsoc_analysis.figures.curves
    import innovsoc_analysis.figures.style  # noqa: F401

    assert [name for name in isa.figures.__all__ if not hasattr(isa.figures, name)] == []
    assert all(callable(getattr(isa.figures, name)) for name in ("curves", "dendrogram", "ranking", "scree", "style"))
