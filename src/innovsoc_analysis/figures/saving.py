"""Figures as files: for a page, for a slide, or as large as they were drawn."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.figures.checking import hidden_texts, smallest_text
from innovsoc_analysis.figures.describing import describe, figure_of
from innovsoc_analysis.figures.sizes import Size, current_size, not_fitting, size_named
from innovsoc_analysis.figures.style import is_laid_out, png_bytes, style, svg_bytes, unshown
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

WRITERS = {".svg": svg_bytes, ".png": png_bytes}
_NEARLY = 0.01  # inches


def save(drawn: Any, path: Path | str, *, size: str = "") -> list[Path]:
    """Write a figure as SVG, as PNG, or as both.

    Parameters
    ----------
    drawn : result, Figure, Axes or array of Axes
        A result, which has ``plot()``, is drawn for the size. What is drawn already is laid out again for it;
        where things have their place for good (maps, graphs, trees, several panels), it is made smaller
        or larger as a whole.
    path : Path
        Ends with ``.svg`` or ``.png``; without either, both are written.
    size : {"", "page", "slide", "half-slide"}
        Page: 16 cm wide. Slide: 13.33 × 7.5 inches, or half of its width, with letters of 16 points and more
        where it is laid out for it. By default as it was drawn, or the size of the context `style`.

    Returns
    -------
    list of Path
        What was written; the same figure gives the same bytes.

    Raises
    ------
    UsageError
        If the suffix or the size is unknown, if texts would cover one another on a slide, or if the letters of
        a result could not be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from innovsoc_analysis.figures.scree import scree
    >>> axes = scree([60.0, 40.0], mean=50.0, expected=[75.0, 25.0], title="Inertie", caption="2 axes")
    >>> [path.name for path in save(axes, pathlib.Path(tempfile.mkdtemp()) / "axes", size="slide")]
    ['axes.svg', 'axes.png']
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix and suffix not in WRITERS:
        raise UsageError(f"« {path.name} » : choisissez un nom en .svg ou .png, ou sans suffixe pour les deux.")
    wanted = size_named(size) or current_size()
    figure = _drawn(drawn, size)
    paths = [path] if suffix else [path.with_name(path.name + kind) for kind in WRITERS]
    with _resized(figure, wanted, for_it=not _is_drawn(drawn)) as enlarged:
        contents = [WRITERS[one.suffix.lower()](figure, enlarged=enlarged) for one in paths]
    for one, content in zip(paths, contents, strict=True):
        atomic_write(one, content)
    return paths


def _is_drawn(drawn: Any) -> bool:
    return any(hasattr(drawn, name) for name in ("savefig", "figure", "flat"))


def _drawn(drawn: Any, size: str) -> Figure:
    if _is_drawn(drawn):
        return figure_of(drawn)
    with style(size=size):
        figure = unshown(drawn.plot())
    if said := getattr(drawn, "alt", ""):
        describe(figure, said)
    return figure


@contextmanager
def _resized(figure: Figure, size: Size | None, *, for_it: bool = False) -> Iterator[float]:
    """Give a figure its size as long as it is written, and how many times larger than drawn it is to be.

    What was drawn `for_it` must be legible in it, even where it is made smaller as a whole.
    """
    if size is None:
        yield 1.0
        return
    width, height = (float(inches) for inches in figure.get_size_inches())
    is_wide = width > size.width + _NEARLY
    keeps = is_laid_out(figure) or (len(figure.axes) > 1 and (is_wide or not _is_as_high(height, size)))
    if keeps:
        within = [size.width / width, *([size.height / height] if size.height else [1.0])]
        smaller = min(within)
        if for_it and (
            smallest_text(figure) * smaller < size.letters - _NEARLY or (size.height and hidden_texts(figure))
        ):
            raise not_fitting(size)
        yield size.enlarged * smaller
        return
    figure.set_size_inches(size.width if is_wide or size.height else width, size.height or height, forward=False)
    try:
        if size.height and hidden_texts(figure):
            raise not_fitting(size)
        yield size.enlarged
    finally:
        figure.set_size_inches(width, height, forward=False)


def _is_as_high(height: float, size: Size) -> bool:
    return not size.height or abs(height - size.height) < _NEARLY
