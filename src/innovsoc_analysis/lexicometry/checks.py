"""Numbers that settings may be."""

from __future__ import annotations

from numbers import Integral
from typing import Any

from innovsoc_analysis.model.errors import UsageError


def is_whole(number: object) -> bool:
    """Return whether this is a whole number; a truth value is none.

    Parameters
    ----------
    number : object
        Anything.

    Examples
    --------
    >>> is_whole(3), is_whole(3.0), is_whole(True)
    (True, False, False)
    """
    return isinstance(number, Integral) and not isinstance(number, bool)


def check_whole(name: str, value: Any, least: int) -> None:
    """Refuse a setting that is no whole number, or too small.

    Parameters
    ----------
    name : str
        Of the setting.
    value : object
        What was given.
    least : int
        The smallest it may be.

    Raises
    ------
    UsageError
        If it is none.
    """
    if not is_whole(value) or value < least:
        raise UsageError(f"{name}= est un entier d'au moins {least}.")
