"""Scree: the share of each axis, and what it would be if there were nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.figures.style import (
    CAPTION_SIZE,
    COLOURS,
    GRID,
    INK,
    MUTED,
    house_style,
    new_axes,
    percent,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

_WIDTH, _HEIGHT = 7.2, 4.2


def scree(
    shares: Sequence[float],
    *,
    mean: float,
    expected: Sequence[float],
    title: str,
    caption: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar per axis, the mean as a line and the shares expected by chance as diamonds.

    Parameters
    ----------
    shares : sequence of float
        In %, the largest first.
    mean : float
        In %.
    expected : sequence of float
        In %, one per axis.
    title, caption : str
        Above and below; in French.
    ax : Axes, optional
        Where to draw; by default new axes.

    Returns
    -------
    Axes
        Axes numbered from 1.

    Examples
    --------
    >>> axes = scree([60.0, 40.0], mean=50.0, expected=[75.0, 25.0], title="Inertie", caption="2 axes")
    >>> [float(bar.get_height()) for bar in axes.patches]
    [60.0, 40.0]
    """
    numbers = list(range(1, len(shares) + 1))
    with house_style():
        axes = new_axes(_WIDTH, _HEIGHT, ax=ax)
        axes.bar(numbers, shares, width=0.62, color=COLOURS[3], edgecolor=COLOURS[0], linewidth=0.8, label="inertie")
        axes.axhline(mean, color=INK, linewidth=1.1, linestyle=(0, (5, 3)), label="moyenne des axes", zorder=2.5)
        axes.plot(
            numbers,
            expected,
            linestyle="none",
            marker="D",
            markersize=5.5,
            color=COLOURS[5],
            markeredgecolor="white",
            label="bâton brisé",
            zorder=3,
        )
        written = [f"{number}\n{share:.1f}".replace(".", ",") for number, share in zip(numbers, shares, strict=True)]
        axes.set_xticks(numbers, written, fontsize=8.5, color=INK)
        axes.set_xlim(0.4, max(len(shares), 3) + 0.6)
        axes.set_ylim(0, 1.12 * max([*shares, *expected]))
        axes.set_ylabel("part de l'inertie")
        axes.yaxis.set_major_formatter(lambda value, _: percent(value))
        axes.grid(axis="y")
        axes.spines["bottom"].set_color(GRID)
        axes.legend(loc="upper right", fontsize=8.5)
        axes.set_xlabel(f"axe, et sa part (%)\n{caption}", color=MUTED, fontsize=CAPTION_SIZE, loc="left", wrap=True)
        if ax is None:
            write_title(axes.figure, title)
        else:
            axes.set_title(title)
    return axes
