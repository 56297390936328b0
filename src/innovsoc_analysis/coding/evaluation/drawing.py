"""The figure of an evaluation, in four panels."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.coding.evaluation.judging import CODERS, COMBINED
from innovsoc_analysis.figures.describing import describe
from innovsoc_analysis.figures.sizes import current_size
from innovsoc_analysis.figures.style import (
    COLOURS,
    DASHES,
    GRID,
    INK,
    MARKERS,
    MUTED,
    SMALLEST_SIZE,
    house_style,
    new_figure,
    write_caption,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from innovsoc_analysis.coding.evaluation.evaluating import Evaluation

_WIDTH, _ROW, _LEAST, _MARGIN = 11.0, 0.2, 7.0, 1.6
_BELOW, _AROUND, _LOWEST_ROW, _LEAST_ROWS = 1.8, 1.5, 0.12, 6  # inches of the panels below, of what is written, a row
_LABEL_CHARACTERS, _PAGE_CHARACTERS = 44, 62
_HEADING, _SMALL, _PAGE_SMALL = 9.5, SMALLEST_SIZE, 7.2


def draw(evaluation: Evaluation) -> Figure:
    """Draw F1 by code beside, or on a page above, coders or learning curve, calibration and queue.

    Parameters
    ----------
    evaluation : Evaluation
        What is drawn.

    Returns
    -------
    Figure
        Four axes, the codes first.
    """
    size = current_size()
    n_codes = max(len(evaluation.codes), _LEAST_ROWS)
    with house_style():
        if size is not None:
            row = max(_LOWEST_ROW, min(_ROW, (size.highest - _BELOW - _AROUND) / n_codes))
            figure = new_figure(_WIDTH, row * n_codes + _BELOW + _AROUND)
            parts: Any = figure.subfigures(2, 1, height_ratios=(row * n_codes + 0.6, _BELOW))
            shape = (1, 3)
        else:
            figure = new_figure(_WIDTH, max(_ROW * n_codes + _MARGIN, _LEAST))
            parts = figure.subfigures(1, 2, width_ratios=(1.35, 1))
            shape = (3, 1)
        codes = parts[0].subplots()
        panels = parts[1].subplots(*shape)
        small, characters = (_SMALL, _LABEL_CHARACTERS) if size is None else (_PAGE_SMALL, _PAGE_CHARACTERS)
        _draw_codes(codes, evaluation, small=small, characters=characters)
        second: Callable[..., None] = _draw_coders if evaluation.curve is None else _draw_curve
        for axes, drawn in zip(panels, (second, _draw_reliability, _draw_coverage), strict=True):
            drawn(axes, evaluation, small=small)
        title, caption = _said(evaluation)
        write_title(figure, title)
        write_caption(figure, caption)
    describe(figure, f"{title} ; {caption}")
    return figure


def _said(evaluation: Evaluation) -> tuple[str, str]:
    """Return the title and the caption."""
    row = evaluation.coders.loc[COMBINED]
    judged = evaluation.judgements
    n_passages = len(set(judged.passages.tolist()))
    title = f"Le codage retrouve ce que des personnes ont codé avec un F1 moyen de {_french(row['macro_f1'])}"
    caption = (
        f"n = {_counted(len(judged.labels), 'phrase')} de {_counted(n_passages, 'passage')}, non apprises ;"
        f" {_counted(len(evaluation.codes), 'code')}, entre parenthèses les phrases qui le portent. Traits :"
        " intervalles à 95\u202f%, passages tirés de nouveau. Source : corpus étalon."
    )
    return title, caption


def _counted(n: int, name: str) -> str:
    return f"{n:,} {name}{'s' if n > 1 else ''}".replace(",", "\u202f")


def _french(value: float) -> str:
    return "non défini" if value != value else f"{value:.2f}".replace(".", ",")  # noqa: PLR0124 - not a number


def _head(axes: Axes, title: str, *, small: float) -> None:
    narrow = small < _SMALL
    axes.set_title("\n".join(textwrap.wrap(title, 18 if narrow else 40)), fontsize=_HEADING, color=INK, pad=6)
    axes.set_xlabel(textwrap.fill(axes.get_xlabel(), 24 if narrow else 60))
    axes.tick_params(labelsize=small)


def _write_scale(axes: Axes, *names: str) -> None:
    for name in names:
        getattr(axes, f"{name}axis").set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))


def _draw_codes(axes: Axes, evaluation: Evaluation, *, small: float, characters: int) -> None:
    table = evaluation.codes.sort_values("f1")
    rows = range(len(table))
    axes.hlines(rows, table["f1_low"], table["f1_high"], color=COLOURS[0], linewidth=1.2)
    axes.plot(table["f1"], rows, MARKERS[0], color=COLOURS[0], markersize=4.5, label=CODERS[COMBINED])
    axes.plot(
        table["f1_list"],
        rows,
        MARKERS[1],
        color=COLOURS[1],
        markersize=3.5,
        markerfacecolor="white",
        label=CODERS["list"],
    )
    names = [f"{label} ({n})" for label, n in zip(table["label"], table["n"], strict=True)]
    axes.set_yticks(rows, [textwrap.fill(name, characters) for name in names])
    axes.set_ylim(-0.7, len(table) - 0.3)
    axes.set_xlim(0, 1)
    axes.grid(axis="x")
    _head(axes, "F1 par code", small=small)
    _write_scale(axes, "x")
    axes.legend(loc="lower right", fontsize=small, handletextpad=0.2, frameon=True, framealpha=0.9, edgecolor="none")


def _draw_coders(axes: Axes, evaluation: Evaluation, *, small: float) -> None:
    table = evaluation.coders[::-1]
    rows = range(len(table))
    axes.hlines(rows, table["macro_f1_low"], table["macro_f1_high"], color=COLOURS[0])
    axes.plot(table["macro_f1"], rows, MARKERS[0], color=COLOURS[0], markersize=5)
    axes.set_yticks(rows, [textwrap.fill(label, 20) for label in table["label"]])
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.set_xlim(0, 1)
    axes.grid(axis="x")
    _head(axes, "F1 moyen, par codeur", small=small)
    _write_scale(axes, "x")


def _draw_curve(axes: Axes, evaluation: Evaluation, *, small: float) -> None:
    curve = evaluation.curve
    if curve is None:
        return
    for place, (name, label) in enumerate(CODERS.items()):
        axes.plot(
            curve["sentences"],
            curve[f"macro_f1_{name}"],
            marker=MARKERS[place],
            linestyle=DASHES[place % len(DASHES)],
            color=COLOURS[place],
            markersize=4,
            label=label,
        )
    axes.fill_between(
        curve["sentences"], curve[f"macro_f1_low_{COMBINED}"], curve[f"macro_f1_high_{COMBINED}"], color=GRID
    )
    axes.set_xscale("log")
    axes.set_xticks(curve["sentences"], [str(int(size)) for size in curve["sentences"]])
    axes.minorticks_off()
    axes.set_xlabel("phrases apprises", fontsize=small, color=MUTED)
    axes.set_ylim(0, max(0.8, float(curve[f"macro_f1_{COMBINED}"].max()) + 0.1))
    axes.grid(axis="y")
    _head(axes, "Courbe d'apprentissage", small=small)
    _write_scale(axes, "y")
    axes.legend(fontsize=small, loc="lower right")


def _draw_reliability(axes: Axes, evaluation: Evaluation, *, small: float) -> None:
    table = evaluation.reliability
    axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.8, linestyle="--")
    axes.plot(table["probability"], table["right"], MARKERS[0] + "-", color=COLOURS[0], markersize=4)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.grid()
    axes.set_xlabel("probabilité annoncée", fontsize=small, color=MUTED)
    axes.set_ylabel("part de codes justes", fontsize=small, color=MUTED)
    _head(axes, "Calibration des probabilités", small=small)
    _write_scale(axes, "x", "y")


def _draw_coverage(axes: Axes, evaluation: Evaluation, *, small: float) -> None:
    table = evaluation.coverage
    for place, (column, label) in enumerate((("precision", "précision"), ("recall", "rappel"))):
        axes.plot(
            table["reread"],
            table[column],
            marker=MARKERS[place],
            linestyle=DASHES[place],
            color=COLOURS[place],
            markersize=3,
            label=label,
        )
    axes.set_ylim(0, 1)
    axes.grid(axis="y")
    axes.set_xlabel("codes relus, les plus douteux d'abord", fontsize=small, color=MUTED)
    _head(axes, "Relire les codes douteux", small=small)
    _write_scale(axes, "y")
    axes.locator_params(axis="x", nbins=4)
    axes.legend(fontsize=small, loc="lower right")
