"""French sentences about counts: agreement, lists, and spaces that do not break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.pages.typography import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW, _WIDE = "\u202f", "\u00a0"


def typeset(text: str) -> str:
    r"""Put no-break spaces where French typography wants them: narrow before ``;!?%``, wide at ``:«»``.

    Examples
    --------
    >>> typeset("Où ? « Ici » : 12 %")
    'Où\u202f? «\xa0Ici\xa0»\xa0: 12\u202f%'
    """
    return re.sub(r" (?=[;!?%])", _NARROW, re.sub(r" (?=[:»])|(?<=«) ", _WIDE, text))


def counted(number: int, name: str, plural: str = "") -> str:
    r"""Return a number and what it counts; French has the plural from two on.

    Examples
    --------
    >>> counted(1, "texte"), counted(2300, "thème"), counted(0, "texte"), counted(2, "à relire", "à relire")
    ('1 texte', '2\u202f300 thèmes', '0 texte', '2 à relire')
    """
    several = plural or " ".join(f"{word}s" for word in name.split())
    return f"{grouped(number)} {several if number > 1 else name}"


def listed(items: Sequence[str]) -> str:
    """Return an enumeration.

    Examples
    --------
    >>> listed(["20 définitions", "3 projets", "1 parole"])
    '20 définitions, 3 projets et 1 parole'
    """
    return f"{', '.join(items[:-1])} et {items[-1]}" if len(items) > 1 else "".join(items)


def decimal(value: float, digits: int = 1) -> str:
    """Return a number with a decimal comma.

    Examples
    --------
    >>> decimal(12.34), decimal(0.5, 2)
    ('12,3', '0,50')
    """
    return f"{value:.{digits}f}".replace(".", ",")


def share(part: int, whole: int) -> str:
    r"""Return a part in % of the whole, with one decimal below ten.

    Examples
    --------
    >>> share(1, 60), share(30, 60), share(0, 0)
    ('1,7\u202f%', '50\u202f%', '0\u202f%')
    """
    value = 100 * part / whole if whole else 0.0
    return f"{decimal(value, int(0 < value < 9.95))}{_NARROW}%"  # noqa: PLR2004 - below what rounds to ten
