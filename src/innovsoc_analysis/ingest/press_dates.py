"""Dates as newspapers and their databases write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
            ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"),
            ("octobre", "october"), ("novembre", "november"), ("decembre", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WRITTEN = re.compile(r"\b(\d{1,2})(?:er)?\s+([a-z]+)\s+(\d{4})\b")
_WRITTEN_MONTH_FIRST = re.compile(r"\b([a-z]+)\s+(\d{1,2}),\s+(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def iso_date(text: str) -> str:
    """Return the first date that `text` names, as ``2021-03-14``, or nothing; a day comes before its month.

    Examples
    --------
    >>> iso_date("dimanche 14 mars 2021 - 08:00 UTC"), iso_date("2021-03-14T08:00:00Z"), iso_date("14/03/2021")
    ('2021-03-14', '2021-03-14', '2021-03-14')
    >>> iso_date("1er août 2020"), iso_date("March 14, 2021"), iso_date("en mars"), iso_date("31 février 2020")
    ('2020-08-01', '2021-03-14', '', '')
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
    if match := _ISO.search(plain):
        return _checked(match[1], match[2], match[3])
    if (match := _WRITTEN.search(plain)) and match[2] in _MONTHS:
        return _checked(match[3], str(_MONTHS[match[2]]), match[1])
    if (match := _WRITTEN_MONTH_FIRST.search(plain)) and match[1] in _MONTHS:
        return _checked(match[3], str(_MONTHS[match[1]]), match[2])
    if match := _SLASHED.search(plain):
        return _checked(match[3], match[2], match[1])
    return ""


def _checked(year: str, month: str, day: str) -> str:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
