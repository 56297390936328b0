"""How figures are written where people read them."""

from __future__ import annotations

import math


def number(value: float, *, digits: int = 1) -> str:
    r"""Return a number as French writes it, a dash where there is none.

    Examples
    --------
    >>> number(-12.345), number(float("nan")), number(3.14159, digits=2)
    ('−12,3', '–', '3,14')
    """
    return "–" if math.isnan(value) else f"{value:z.{digits}f}".replace("-", "−").replace(".", ",")


def spread_of(low: float, high: float, *, digits: int = 1, bracket: bool = False) -> str:
    r"""Return what two bounds hold, one number where they are written alike.

    Examples
    --------
    >>> spread_of(1.0, 2.5), spread_of(2.0, 2.0), spread_of(1.0, 2.5, bracket=True)
    ('de 1,0 à 2,5', '2,0', '[1,0\u202f; 2,5]')
    """
    first, last = number(low, digits=digits), number(high, digits=digits)
    if math.isnan(low) or math.isnan(high):
        return "–"
    if bracket:
        return f"[{first}\u202f; {last}]"
    return first if first == last else f"de {first} à {last}"
