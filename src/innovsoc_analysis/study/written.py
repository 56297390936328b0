"""Numbers and dates as people write them in tables, in French: « 1 250,5 », « 15 mars 2024 »."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from typing import NamedTuple

_MONTHS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12, "janv": 1, "fevr": 2, "avr": 4, "juil": 7,
    "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DATES = (
    re.compile(_YEAR),
    re.compile(_YEAR + r"[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})(?:[t ][\d:.,+z-]{1,30})?)?"),
    re.compile(r"(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.]" + _YEAR),
    re.compile(rf"(?:(?:{_DAYS}),? )?(?:(?P<day>\d{{1,2}})(?:er)? )?(?P<month>[a-z]{{3,9}})\.? " + _YEAR),
)
_LONGEST = 80
# thousands by spaces; a number that begins with a zero is a code (« 01000 », « 09 »), unless it is below one
_NUMBER = re.compile(r"[-+\u2212]?(?:0|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+|[1-9]\d{0,17})(?:[.,]\d{1,18})?", re.ASCII)


class WrittenDate(NamedTuple):
    """A date, as far as it is said.

    Attributes
    ----------
    year : int
        From 1500 to 2099.
    month, day : int or None
        Where they are said.
    """

    year: int
    month: int | None = None
    day: int | None = None


def read_number(written: str) -> float | None:
    r"""Return the number that a text is, nothing if it is none.

    Parameters
    ----------
    written : str
        With a decimal comma or point, thousands by spaces or not at all.

    Examples
    --------
    >>> [read_number(one) for one in ("9", "12,5", "1\u202f250", "-0.5", "01000", "12 ans", "")]
    [9.0, 12.5, 1250.0, -0.5, None, None, None]
    """
    text = written.strip()
    if _NUMBER.fullmatch(text) is None:
        return None
    return float(re.sub(r"\s", "", text).replace(",", ".").replace("\u2212", "-"))


def read_date(written: str) -> WrittenDate | None:
    """Return the date that a text is, nothing if it is none; the day comes before the month.

    Parameters
    ----------
    written : str
        ``2024``, ``2024-03-15`` (with or without an hour), ``2024/03``, ``15/03/2024``, ``15.3.2024``,
        ``03/2024``, ``15 mars 2024``, ``mars 2024``, ``vendredi 1er mars 2024``, ``15 févr. 2024``.

    Examples
    --------
    >>> tuple(read_date("03/04/2019")), tuple(read_date("août 2014")), read_date("vers 1990"), read_date("31/02/2020")
    ((2019, 4, 3), (2014, 8, None), None, None)
    """
    text = _folded(" ".join(written[:_LONGEST].split()))
    for form in _DATES:
        match = form.fullmatch(text)
        if match is None:
            continue
        said = match.groupdict()
        month = said.get("month")
        number = None if month is None else int(month) if month.isdigit() else _MONTHS.get(month, 0)
        found = WrittenDate(int(said["year"]), number, int(said["day"]) if said.get("day") else None)
        if _exists(found):
            return found
    return None


def _folded(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def _exists(date: WrittenDate) -> bool:
    if date.month is None:
        return True
    return 1 <= date.month <= 12 and (date.day is None or 1 <= date.day <= monthrange(date.year, date.month)[1])  # noqa: PLR2004
