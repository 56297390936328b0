"""What may be asked of classes."""

from __future__ import annotations

from innovsoc_analysis.lexicometry.checks import check_whole, is_whole
from innovsoc_analysis.model.errors import UnknownNameError

_NAME_CHARACTERS = 60


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
