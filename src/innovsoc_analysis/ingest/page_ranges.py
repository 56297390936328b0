"""Pages as people list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTED = 12


def listed_pages(numbers: Sequence[int]) -> str:
    """Return page numbers as a list of stretches.

    Examples
    --------
    >>> listed_pages([1, 2, 3, 7])
    'p. 1-3, 7'
    """
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    shown = [f"{one[0]}-{one[-1]}" if len(one) > 1 else f"{one[0]}" for one in stretches[:_LISTED]]
    return "p. " + ", ".join(shown) + (", …" if len(stretches) > _LISTED else "")
