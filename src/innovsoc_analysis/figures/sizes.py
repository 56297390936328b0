"""Sizes for which figures are drawn: a screen, a page, a slide.

A slide is drawn half as large and enlarged when it is written: letters, lines and marks grow alike, so that
what is 8 points in the drawing is 16 on the slide.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Size(NamedTuple):
    """A size to draw for.

    Attributes
    ----------
    width : float
        In inches, as drawn.
    height : float
        In inches; 0 for as much as is needed.
    enlarged : float
        How many times larger it is written than drawn.
    highest : float
        In inches, as drawn: what there is for a figure that can do with more or less.
    letters : float
        In points, as drawn: smaller ones are not read.
    """

    width: float
    height: float
    enlarged: float
    highest: float
    letters: float


SIZES = {
    "page": Size(16 / 2.54, 0.0, 1.0, 22 / 2.54, 7.0),
    "slide": Size(13.33 / 2, 7.5 / 2, 2.0, 7.5 / 2, 8.0),
    "half-slide": Size(13.33 / 4, 7.5 / 2, 2.0, 7.5 / 2, 8.0),
}
"""16 cm of a page, 22 cm high at most; a slide of 13.33 × 7.5 inches; its left or right half."""
_LEGEND_CHARACTERS, _MARK_CHARACTERS = 13.0, 6  # an inch; beside each name
_CURRENT: ContextVar[Size | None] = ContextVar("size", default=None)


def size_named(name: str) -> Size | None:
    """Return a size by its name, none for the empty name.

    Parameters
    ----------
    name : str
        A key of `SIZES`, or empty: as on a screen.

    Raises
    ------
    UsageError
        If there is no such size.

    Examples
    --------
    >>> size_named("slide").enlarged, size_named("")
    (2.0, None)
    """
    if name and name not in SIZES:
        raise UsageError(f"Taille inconnue : « {name} » ; choisissez {', '.join(SIZES)}.")
    return SIZES.get(name)


def not_fitting(size: Size) -> UsageError:
    """Return what to say of a figure that cannot be read in a size.

    Examples
    --------
    >>> str(not_fitting(SIZES["page"])).partition(" : ")[0]
    'Cette figure ne tient pas sur une page'
    """
    if size.height:
        return UsageError(
            "Cette figure ne tient pas sur une diapositive : des textes s'y couvrent, en sortent ou sont trop petits."
            ' Montrez moins de lignes ou de groupes, ou enregistrez-la avec size="page".'
        )
    return UsageError(
        "Cette figure ne tient pas sur une page : ses lettres auraient moins de 7 points. Montrez moins d'éléments, ou"
        " donnez à save le résultat plutôt que son dessin."
    )


def current_size() -> Size | None:
    """Return the size that figures are drawn for now, if one was asked for."""
    return _CURRENT.get()


def on_slide() -> bool:
    """Tell whether figures are drawn for a slide: as high as it is, and with little to say below them."""
    size = current_size()
    return size is not None and bool(size.height)


@contextmanager
def drawn_for(size: Size | None) -> Iterator[None]:
    """Draw for a size as long as the context lasts."""
    token = _CURRENT.set(size)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def fitted(width: float, height: float) -> tuple[float, float]:
    """Return the inches of a figure that would take `width` × `height` on a screen.

    Examples
    --------
    >>> with drawn_for(SIZES["slide"]):
    ...     fitted(8.4, 12.0)
    (6.665, 3.75)
    """
    size = current_size()
    if size is None:
        return width, height
    return (size.width, size.height) if size.height else (min(width, size.width), height)


def columns_within(most: int, width: float, *, beside: float = 0.0) -> int:
    """Return how many panels of `width` inches stand side by side, `most` at most, with `beside` inches of labels.

    Examples
    --------
    >>> with drawn_for(SIZES["page"]):
    ...     columns_within(4, 2.6)
    2
    """
    size = current_size()
    return most if size is None else max(1, min(most, int((size.width - beside) // width)))


def legend_columns(names: Sequence[str], *, width: float, most: int) -> int:
    """Return how many names stand side by side in a legend of `width` inches, `most` at most.

    Examples
    --------
    >>> legend_columns(["projets", "paroles"], width=6.3, most=3), legend_columns(["a" * 60], width=6.3, most=3)
    (3, 1)
    """
    longest = max(map(len, names), default=0)
    return max(1, min(most, int(width * _LEGEND_CHARACTERS // (longest + _MARK_CHARACTERS))))
