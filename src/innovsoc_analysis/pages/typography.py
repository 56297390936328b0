"""Numbers and marks as French readers expect them."""

from __future__ import annotations

import re


def unbroken(text: str) -> str:
    r"""Put no-break spaces where French typography keeps a mark with its word.

    Examples
    --------
    >>> unbroken("Où ? « Ici »")
    'Où\xa0? «\xa0Ici\xa0»'
    """
    return re.sub(r" (?=[:;!?»%])|(?<=«) ", "\u00a0", text)


def grouped(number: int) -> str:
    r"""Return a whole number, its thousands apart.

    Examples
    --------
    >>> grouped(27679)
    '27\u202f679'
    """
    return f"{number:,}".replace(",", "\u202f")


def percent(share: float) -> str:
    r"""Return a share from 0 to 1 as a whole percentage.

    Examples
    --------
    >>> percent(0.256)
    '26\u202f%'
    """
    return f"{100 * share:.0f}\u202f%"


def clock(seconds: float) -> str:
    """Return a time of a recording.

    Examples
    --------
    >>> clock(75), clock(3675)
    ('1:15', '1:01:15')
    """
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
