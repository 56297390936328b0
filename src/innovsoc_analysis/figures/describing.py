"""What a figure says in words: for readers who do not see it, and for those who look for it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SAID: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def figure_of(drawn: Any) -> Figure:
    """Return the figure of what a drawing function gives back.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        All on one figure.
    """
    first = drawn.flat[0] if hasattr(drawn, "flat") else drawn
    parent = getattr(first, "figure", None) or first
    figure: Figure = getattr(parent, "figure", None) or parent
    return figure


def describe(drawn: Any, sentence: str) -> None:
    """Say in one French sentence what a figure shows.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        What is described.
    sentence : str
        Replaces what was said before.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> describe(figure, "Deux mots, dont un rare.")
    >>> alt_text(figure)
    'Deux mots, dont un rare.'
    """
    _SAID[figure_of(drawn)] = " ".join(sentence.split())


def alt_text(drawn: Any) -> str:
    """Return what a figure says in words: its description, else its title and what stands at its foot.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        What to put in words.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> _ = figure.suptitle("Thèmes"), figure.supxlabel("12 documents")
    >>> alt_text(figure)
    'Thèmes ; 12 documents.'
    """
    figure = figure_of(drawn)
    if figure in _SAID:
        return _SAID[figure]
    first = figure.axes[0] if figure.axes else None
    title = figure.get_suptitle() or (first.get_title(loc="left") or first.get_title() if first else "")
    foot = figure.get_supxlabel() or (first.get_xlabel() if first else "")
    said = " ; ".join(" ".join(part.split()).rstrip(" .;") for part in (title, foot) if part.strip())
    return f"{said}." if said else ""


def labelled(svg: str, sentence: str) -> str:
    """Return an SVG that tells programs that read aloud what it shows.

    Parameters
    ----------
    svg : str
        With one root element.
    sentence : str
        Nothing is added if it is empty.

    Examples
    --------
    >>> labelled('<svg width="1pt"><g/></svg>', "Mots & « textes »")
    '<svg role="img" aria-label="Mots &amp; « textes »" width="1pt"><g/></svg>'
    """
    # characters that XML does not allow are none that one reads
    said = "".join(one for one in sentence if one.isprintable() or one == " ")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(said)}" ', 1) if said else svg
