"""Line ends, with the spaces around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = " \t"


def find_breaks(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the span of each line end that no blank line follows or precedes, spaces around it included.

    A regular expression would try every run of spaces from each of its characters.

    Examples
    --------
    >>> list(find_breaks("un \n deux\n\ntrois"))
    [(2, 5)]
    """
    done = 0
    place = text.find("\n")
    while place >= 0:
        start, end = place, place + 1
        while start > done and text[start - 1] in _BLANKS:
            start -= 1
        while end < len(text) and text[end] in _BLANKS:
            end += 1
        blank_before = start == done and done > 0
        done = end
        if start > 0 and end < len(text) and text[end] != "\n" and not blank_before:
            yield start, end
        place = text.find("\n", end)
