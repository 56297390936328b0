"""How much room words take: measured on their outlines, before anything is drawn."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

from innovsoc_analysis.figures.labels import unwarned

_POINTS = 72
_MEASURED = 20_000
_SIZE = 100
_HINTED = 1.03  # letters on a screen are this much wider than their outlines
_KEPT = "\u2060"  # stands for a space at which no line is broken
_BEFORE_SIGNS = re.compile(r" (?=[:;!?»%×])|(?<=«) ")


def inches_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text on one line is, in inches.

    Parameters
    ----------
    text : str
        Without line breaks.
    size : float
        Of the letters, in points.
    bold : bool
        Whether they are bold.

    Examples
    --------
    >>> round(inches_of("jardin", 20.0) / inches_of("jardin", 10.0), 3), inches_of("", 10.0)
    (2.0, 0.0)
    >>> inches_of("jardin", 10.0, bold=True) > inches_of("jardin", 10.0)
    True
    """
    return _width(text, bold) * size / _POINTS


@lru_cache(maxsize=_MEASURED)
def _width(text: str, bold: bool) -> float:  # noqa: FBT001 - a key of the cache
    """Return the width of a text written one point large, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=_SIZE, weight="bold" if bold else "normal")
    with unwarned():
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / _SIZE


def wrapped(text: str, width: float, *, size: float, bold: bool = False, most: int = 0) -> list[str]:
    """Return a text on as many lines as it takes, none wider than `width`.

    Parameters
    ----------
    text : str
        Of any length; a word that is wider than a line is cut into lines. French signs stay with their word.
    width : float
        In inches.
    size : float
        Of the letters, in points.
    bold : bool
        Whether they are bold.
    most : int
        Of lines; the last ends with « … » where there are more. 0 for any number.

    Examples
    --------
    >>> wrapped("économie sociale et solidaire (associations, coopératives)", 2.4, size=9.5, bold=True)
    ['économie sociale et solidaire', '(associations, coopératives)']
    >>> wrapped("un jardin partagé", 0.95, size=9.5, most=1)
    ['un jardin…']
    """
    lines: list[str] = []
    width = width / _HINTED
    # no-break spaces are no place to break
    for word in re.split(r"[ \n]+", _BEFORE_SIGNS.sub(_KEPT, text.strip(" \n"))):
        for piece in _pieces(word, width, size=size, bold=bold):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and inches_of(longer.replace(_KEPT, " "), size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if most and len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], width, size=size, bold=bold)]
    return [line.replace(_KEPT, " ") for line in lines]


def _pieces(word: str, width: float, *, size: float, bold: bool) -> list[str]:
    """Return a word in pieces that hold on a line: whole if it does, else cut after a hyphen or slash, or anywhere."""
    wide = inches_of(word.replace(_KEPT, " "), size, bold=bold)
    if wide <= width:
        return [word]
    return textwrap.wrap(word, max(int(len(word) * width / wide), 2))


def _cut(line: str, width: float, *, size: float, bold: bool) -> str:
    """Return a line that ends with « … », with as much of it as holds."""
    kept = line
    while len(kept) > 1 and inches_of(f"{kept}…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,;-") + "…"
