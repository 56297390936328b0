"""House style: legible in grey, safe for colour-blind readers, the same bytes at every run."""

from __future__ import annotations

import io
import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1d2433"
MUTED = "#6b7280"
GRID = "#d9dde3"
# Okabe and Ito's colours, ordered so that neighbours also differ in grey
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.bottom": False,
    "ytick.left": False,
    "legend.frameon": False,
    "figure.dpi": 110,
    "savefig.dpi": 200,
    "text.parse_math": False,  # a label is text, dollars included
    "svg.fonttype": "path",
    "svg.hashsalt": "innovsoc",
}


def house_style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws in the house style."""
    import matplotlib as mpl

    if _in_notebook():
        from matplotlib import pyplot as plt

        # figures show themselves below their cell: said here, for what is said inside the context ends with it
        plt.ion()
    return mpl.rc_context(_STYLE)  # type: ignore[arg-type]


def new_figure(width: float, height: float) -> Figure:
    """Return a figure of `width` × `height` inches.

    In a notebook it is shown below its cell, as any figure there; elsewhere it belongs to no
    window, so that drawing needs no screen and leaves nothing open.
    """
    if _in_notebook():
        from matplotlib import pyplot as plt

        return plt.figure(figsize=(width, height), layout="constrained")
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def new_axes(width: float, height: float, *, ax: Axes | None = None) -> Axes:
    """Return axes to draw on: `ax` if given, otherwise those of a new figure."""
    return ax if ax is not None else new_figure(width, height).add_subplot()


def unshown(axes: Any) -> Figure:
    """Return the figure of `axes`, or of an array of them, which a notebook shall not show: it goes to a file."""
    first = axes.flat[0] if hasattr(axes, "flat") else axes
    figure: Figure = first.figure.figure
    if _in_notebook():
        from matplotlib import pyplot as plt

        plt.close(figure)
    return figure


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def svg_bytes(figure: Figure) -> bytes:
    """Return the figure as SVG, text as outlines, without a date."""
    return _render(figure, "svg", metadata={"Date": None, "Creator": "innovsoc_analysis"})


def png_bytes(figure: Figure) -> bytes:
    """Return the figure as PNG at 200 dots per inch."""
    return _render(figure, "png", metadata={"Software": "innovsoc_analysis"})


def _render(figure: Figure, kind: str, *, metadata: dict[str, str | None]) -> bytes:
    stream = io.BytesIO()
    with house_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # an emoji in a label: a box stands for it
        figure.savefig(stream, format=kind, metadata=metadata, facecolor="white")
    return stream.getvalue()


def percent(value: float) -> str:
    r"""Return a percentage as French writes it.

    Examples
    --------
    >>> percent(12.0)
    '12\u202f%'
    """
    return f"{value:.0f}\u202f%"
