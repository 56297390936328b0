"""One thing that was looked at, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

GOOD, REMARK, WRONG = "bien", "à savoir", "à corriger"


class Finding(NamedTuple):
    """What was found.

    Attributes
    ----------
    what : str
        What was looked at.
    state : str
        ``GOOD``, ``REMARK`` (works, but should be known) or ``WRONG``.
    told : str
        What was found.
    advice : str
        What to do about it; empty if nothing.
    """

    what: str
    state: str
    told: str
    advice: str = ""
