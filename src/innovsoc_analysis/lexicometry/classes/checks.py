"""What may be asked of classes."""

from __future__ import annotations

from numbers import Integral
from typing import Any

from innovsoc_analysis.model.errors import UnknownNameError, UsageError

_NAME_CHARACTERS = 60


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


def check_class(number: object, n_classes: int, *, n: object = 0) -> None:
    """Refuse a class that does not exist, or a number of things that is no whole number from 0.

    Parameters
    ----------
    number : object
        The class that was asked.
    n_classes : int
        How many there are, from 1.
    n : object
        How many words or segments of it.

    Raises
    ------
    UnknownNameError
        If it is none of them.
    UsageError
        If `n` is no whole number from 0.
    """
    if not is_whole(number) or number not in range(1, n_classes + 1):
        listed = ", ".join(map(str, range(1, n_classes + 1)))
        short = str(number)[:_NAME_CHARACTERS]
        raise UnknownNameError(f"Il n'y a pas de classe « {short} » ; il y a : {listed}.")
    check_whole("n", n, 0)
