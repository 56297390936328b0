"""House style: legible in grey, safe for colour-blind readers, the same bytes at every run."""

from __future__ import annotations

import hashlib
import io
import re
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from innovsoc_analysis.figures.describing import alt_text, figure_of, labelled
from innovsoc_analysis.figures.sizes import current_size, drawn_for, fitted, size_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1d2433"
MUTED = "#6b7280"
GRID = "#d9dde3"
# Okabe and Ito's colours, ordered so that neighbours also differ in grey
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#56B4E9", "#CC79A7", "#D55E00", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.2, 1.4)), (0, (6, 1.5, 1.2, 1.5)))
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++++", "ooo", "||||", "----")
TITLE_SIZE, CAPTION_SIZE, SMALLEST_SIZE = 12.0, 8.5, 8.0
"""Points: titles, what stands at the foot, and the smallest letters, 16 points on a slide."""

_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": TITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    # what a figure does not say itself must not depend on where it is drawn
    "axes.prop_cycle": f"cycler('color', {list(COLOURS)!r})",
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
_TITLE_CHARACTERS, _CAPTION_CHARACTERS = 8.6, 14.0  # an inch
_TITLE_LINE, _CAPTION_LINE = 0.2, 0.155  # inches
_PIXELS = 200  # an inch of what is written
_LAID_OUT: WeakSet[Any] = WeakSet()


def house_style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws in the house style."""
    import matplotlib as mpl

    if _in_notebook():
        from matplotlib import pyplot as plt

        # figures show themselves below their cell: said here, for what is said inside the context ends with it
        plt.ion()
    return mpl.rc_context(_STYLE)  # type: ignore[arg-type]


@contextmanager
def style(*, size: str = "") -> Iterator[None]:
    """Draw in the house style: all figures of this project, and one's own by matplotlib.

    Parameters
    ----------
    size : {"", "page", "slide", "half-slide"}
        What figures are drawn for, see `SIZES`; by default a screen. A slide is drawn half as large, and
        enlarged by `save`.

    Raises
    ------
    UsageError
        If there is no such size.

    Examples
    --------
    >>> from matplotlib import pyplot as plt
    >>> with style(size="slide"):
    ...     figure, axes = plt.subplots()
    >>> figure.get_size_inches().tolist()
    [6.665, 3.75]
    >>> plt.close(figure)
    """
    import matplotlib as mpl

    wanted = size_named(size)
    with drawn_for(wanted), house_style():
        mpl.rcParams["axes.prop_cycle"] = _cycle()
        mpl.rcParams["figure.constrained_layout.use"] = True
        if wanted is not None:
            mpl.rcParams["figure.figsize"] = (wanted.width, wanted.height or wanted.width * _PAGE_SHAPE)
        yield


_PAGE_SHAPE = 0.62  # height of an empty figure by its width


def _cycle() -> Any:
    """Return colours each with its own dashes: lines are told apart in grey."""
    from cycler import cycler

    return cycler(color=COLOURS, linestyle=[DASHES[number % len(DASHES)] for number in range(len(COLOURS))])


def new_figure(width: float, height: float, *, laid_out: bool = False) -> Figure:
    """Return a figure of `width` × `height` inches on a screen, or of the size that is drawn for.

    In a notebook it is shown below its cell, as any figure there; elsewhere it belongs to no
    window, so that drawing needs no screen and leaves nothing open.

    Parameters
    ----------
    width, height : float
        In inches.
    laid_out : bool
        Keep these inches whatever is drawn for: things have their place already. When it is written, it
        is made smaller or larger as a whole.
    """
    inches = (width, height) if laid_out else fitted(width, height)
    if _in_notebook():
        from matplotlib import pyplot as plt

        figure: Figure = plt.figure(figsize=inches, layout="constrained")
    else:
        from matplotlib.figure import Figure

        figure = Figure(figsize=inches, layout="constrained")
    if laid_out:
        keep_layout(figure)
    return figure


def keep_layout(drawn: Any) -> None:
    """Say that things on a figure (Figure or Axes) have been placed for its size, which must not change any more."""
    _LAID_OUT.add(figure_of(drawn))


def is_laid_out(figure: Figure) -> bool:
    """Tell whether a figure keeps its size."""
    return figure in _LAID_OUT


def new_axes(width: float, height: float, *, ax: Axes | None = None) -> Axes:
    """Return axes to draw on: `ax` if given, otherwise those of a new figure."""
    return ax if ax is not None else new_figure(width, height).add_subplot()


def write_title(figure: Any, title: str) -> None:
    """Write the title above a figure, on as many lines as it takes; the figure grows by those lines."""
    if not figure.figure.get_suptitle():
        _grow(figure.figure, title, characters=_TITLE_CHARACTERS, line=_TITLE_LINE)
    figure.figure.suptitle(title, x=0.01, ha="left", fontsize=TITLE_SIZE, fontweight="bold", color=INK, wrap=True)


def write_caption(figure: Any, caption: str) -> None:
    """Write what a figure rests on at its foot, on as many lines as it takes; the figure grows by those lines."""
    if not figure.figure.get_supxlabel():
        make_room(figure, caption)
    figure.figure.supxlabel(caption, x=0.01, ha="left", fontsize=CAPTION_SIZE, color=MUTED, wrap=True)


def make_room(figure: Any, caption: str) -> None:
    """Let a figure grow by the lines of a caption after its first, where its height is free."""
    _grow(figure.figure, caption, characters=_CAPTION_CHARACTERS, line=_CAPTION_LINE)


def _grow(figure: Figure, text: str, *, characters: float, line: float) -> None:
    """Make room for the lines of a text after its first, where the height is free."""
    width = figure.get_size_inches()[0]
    n_lines = sum(1 + int(len(part) / (width * characters)) for part in text.splitlines())
    grow_by(figure, line * max(n_lines - 1, 0))


def grow_by(figure: Figure, inches: float) -> None:
    """Let a figure be higher, where its height is free."""
    size = current_size()
    if not is_laid_out(figure) and not (size is not None and size.height):
        width, height = figure.get_size_inches()
        figure.set_size_inches(width, height + inches, forward=False)


def unshown(axes: Any) -> Figure:
    """Return the figure of `axes`, or of an array of them, which a notebook shall not show: it goes to a file."""
    figure = figure_of(axes)
    if _in_notebook():
        from matplotlib import pyplot as plt

        plt.close(figure)
    return figure


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


_MADE_ID = re.compile(r'id="((?:p|m|h|image)[0-9a-f]{10})"')


def svg_bytes(figure: Figure, *, enlarged: float = 1.0) -> bytes:
    """Return the figure as SVG, text as outlines, without a date, `enlarged` times as large as it was drawn.

    Programs that read aloud are told what it shows, see `alt_text`.
    """
    svg = _render(figure, "svg", metadata={"Date": None, "Creator": "innovsoc_analysis"}).decode()
    if enlarged != 1:
        svg = re.sub(
            r'(<svg [^>]*?)width="([\d.]+)pt" height="([\d.]+)pt"',
            lambda found: (
                f'{found[1]}width="{enlarged * float(found[2]):g}pt" height="{enlarged * float(found[3]):g}pt"'
            ),
            svg,
            count=1,
        )
    return labelled(_with_own_ids(svg), alt_text(figure)).encode()


def _with_own_ids(svg: str) -> str:
    """Give numbers to what matplotlib names by the last digits of places, which may vary from one drawing to the next.

    The numbers follow a digest of the figure: several may stand in one page.
    """
    names = {name: str(number) for number, name in enumerate(dict.fromkeys(_MADE_ID.findall(svg)))}
    if not names:
        return svg
    found = re.compile(rf"\b({'|'.join(names)})\b")
    numbered = found.sub(lambda match: f"id{names[match[1]]}", svg)
    digest = hashlib.sha256(numbered.encode()).hexdigest()[:8]
    return found.sub(lambda match: f"p{digest}-{names[match[1]]}", svg)


def png_bytes(figure: Figure, *, enlarged: float = 1.0) -> bytes:
    """Return the figure as PNG at 200 dots per inch, `enlarged` times as large as it was drawn."""
    return _render(
        figure,
        "png",
        metadata={"Software": "innovsoc_analysis"},
        dpi=_PIXELS * enlarged,
        pil_kwargs={"dpi": (_PIXELS, _PIXELS)},
    )


def _render(figure: Figure, kind: str, *, metadata: dict[str, str | None], **options: Any) -> bytes:
    stream = io.BytesIO()
    with house_style(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # an emoji in a label: a box stands for it
        figure.savefig(stream, format=kind, metadata=metadata, facecolor="white", **options)
    return stream.getvalue()


def look_of(number: int) -> tuple[str, str]:
    """Return the colour and the mark of a group: the mark changes at each round of colours.

    Parameters
    ----------
    number : int
        Of the group, from 0.

    Examples
    --------
    >>> look_of(0)[1], look_of(7)[1]
    ('o', 's')
    """
    return COLOURS[number % len(COLOURS)], MARKERS[(number + number // len(COLOURS)) % len(MARKERS)]


def percent(value: float) -> str:
    r"""Return a percentage as French writes it.

    Examples
    --------
    >>> percent(12.0)
    '12\u202f%'
    """
    return f"{value:.0f}\u202f%"
