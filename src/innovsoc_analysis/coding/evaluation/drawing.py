"""The figure of an evaluation, in four panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.evaluation.judging import CODERS, COMBINED
from innovsoc_analysis.figures.style import COLOURS, GRID, MARKERS, MUTED, house_style, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from innovsoc_analysis.coding.evaluation.evaluating import Evaluation

_WIDTH, _HEIGHT = 11.0, 11.0


def draw(evaluation: Evaluation) -> Figure:
    """Draw F1 by code on the left; coders or learning curve, calibration and queue on the right."""
    with house_style():
        figure = new_figure(_WIDTH, _HEIGHT)
        grid = figure.add_gridspec(3, 2, width_ratios=(1.25, 1))
        _draw_codes(figure.add_subplot(grid[:, 0]), evaluation)
        if evaluation.curve is None:
            _draw_coders(figure.add_subplot(grid[0, 1]), evaluation)
        else:
            _draw_curve(figure.add_subplot(grid[0, 1]), evaluation)
        _draw_reliability(figure.add_subplot(grid[1, 1]), evaluation)
        _draw_coverage(figure.add_subplot(grid[2, 1]), evaluation)
    return figure


def _draw_codes(ax: Axes, evaluation: Evaluation) -> None:
    table = evaluation.codes.sort_values("f1")
    rows = range(len(table))
    ax.hlines(rows, table["f1_low"], table["f1_high"], color=COLOURS[0], linewidth=1.2)
    ax.plot(table["f1"], rows, MARKERS[0], color=COLOURS[0], markersize=4.5, label=CODERS[COMBINED])
    ax.plot(
        table["f1_list"],
        rows,
        MARKERS[1],
        color=COLOURS[1],
        markersize=3.5,
        markerfacecolor="white",
        label=CODERS["list"],
    )
    ax.set_yticks(rows, [f"{label} ({n})" for label, n in zip(table["label"], table["n"], strict=True)], fontsize=7.5)
    ax.set_ylim(-0.7, len(table) - 0.3)
    ax.set_xlim(0, 1)
    ax.grid(axis="x")
    ax.set_title(f"F1 par code, {len(evaluation.judgements.labels)} phrases")
    ax.set_xlabel("F1, intervalle à 95 % ; (n) : phrases qui portent le code")
    ax.legend(loc="lower right", fontsize=8)


def _draw_coders(ax: Axes, evaluation: Evaluation) -> None:
    table = evaluation.coders[::-1]
    rows = range(len(table))
    ax.hlines(rows, table["macro_f1_low"], table["macro_f1_high"], color=COLOURS[0])
    ax.plot(table["macro_f1"], rows, MARKERS[0], color=COLOURS[0])
    ax.set_yticks(rows, table["label"])
    ax.tick_params(axis="y", labelsize=8)
    ax.set_ylim(-0.6, len(table) - 0.4)
    ax.set_xlim(0, 1)
    ax.grid(axis="x")
    ax.set_title("F1 moyen, par codeur")


def _draw_curve(ax: Axes, evaluation: Evaluation) -> None:
    curve = evaluation.curve
    if curve is None:
        return
    for (name, label), colour, marker in zip(CODERS.items(), COLOURS, MARKERS, strict=False):
        values = curve[f"macro_f1_{name}"]
        ax.plot(curve["sentences"], values, marker=marker, color=colour, markersize=4, label=label)
    last = f"macro_f1_{COMBINED}"
    ax.fill_between(
        curve["sentences"], curve[f"macro_f1_low_{COMBINED}"], curve[f"macro_f1_high_{COMBINED}"], color=GRID
    )
    ax.set_xscale("log")
    ax.set_xticks(curve["sentences"], [str(int(size)) for size in curve["sentences"]], fontsize=8)
    ax.minorticks_off()
    ax.set_xlabel("phrases apprises")
    ax.set_ylim(0, max(0.8, float(curve[last].max()) + 0.1))
    ax.grid(axis="y")
    ax.set_title("Courbe d'apprentissage")
    ax.legend(fontsize=7.5, loc="lower right")


def _draw_reliability(ax: Axes, evaluation: Evaluation) -> None:
    table = evaluation.reliability
    ax.plot([0, 1], [0, 1], color=MUTED, linewidth=0.8, linestyle="--")
    ax.plot(table["probability"], table["right"], MARKERS[0] + "-", color=COLOURS[0], markersize=4)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.grid()
    ax.set_title("Calibration des probabilités")
    ax.set_xlabel("probabilité annoncée")
    ax.set_ylabel("part de codes justes")


def _draw_coverage(ax: Axes, evaluation: Evaluation) -> None:
    table = evaluation.coverage
    for column, label, colour, marker in zip(
        ("precision", "recall"), ("précision", "rappel"), COLOURS, MARKERS, strict=False
    ):
        ax.plot(table["reread"], table[column], marker=marker, color=colour, markersize=3, label=label)
    ax.set_ylim(0, 1)
    ax.grid(axis="y")
    ax.set_title("Relire les codes douteux")
    ax.set_xlabel("codes relus, les plus douteux d'abord")
    ax.legend(fontsize=8, loc="lower right")
