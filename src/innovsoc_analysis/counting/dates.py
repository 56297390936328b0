"""Dates as people write them in metadata, and the periods they fall in."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_MONTHS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12, "janv": 1, "fevr": 2, "avr": 4, "juil": 7,
    "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_FORMATS = (
    re.compile(_YEAR),
    re.compile(_YEAR + r"[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})(?:[t ][\d:.,+z-]{1,30})?)?"),
    re.compile(r"(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.]" + _YEAR),
    re.compile(rf"(?:(?:{_DAYS}),? )?(?:(?P<day>\d{{1,2}})(?:er)? )?(?P<month>[a-z]{{3,9}})\.? " + _YEAR),
)


def read_dates(written: pd.Series) -> pd.DataFrame:
    """Read dates as they are found in metadata, the day before the month.

    Parameters
    ----------
    written : Series of str
        ``2024``, ``2024-03-15`` (with or without an hour), ``2024/03``, ``15/03/2024``, ``15.3.2024``,
        ``03/2024``, ``15 mars 2024``, ``mars 2024``, ``vendredi 1er mars 2024``, ``15 févr. 2024``.

    Returns
    -------
    DataFrame
        Columns ``year`` and ``month`` on the same index, missing where they are not said.

    Examples
    --------
    >>> import pandas as pd
    >>> read_dates(pd.Series(["03/04/2019", "1er août 2014", "2011", "vers 1990"])).values.tolist()
    [[2019, 4], [2014, 8], [2011, <NA>], [<NA>, <NA>]]
    """
    import pandas as pd

    found = [_read(str(one)) for one in written]
    return pd.DataFrame(found, columns=["year", "month"], index=written.index, dtype="Int64")


def _read(written: str) -> tuple[int | None, int | None]:
    text = _folded(" ".join(written[:80].split()))
    for form in _FORMATS:
        match = form.fullmatch(text)
        if match is None:
            continue
        said = match.groupdict()
        month = said.get("month")
        number = None if month is None else int(month) if month.isdigit() else _MONTHS.get(month, 0)
        if _exists(int(said["year"]), number, said.get("day")):
            return int(said["year"]), number
    return None, None


def _folded(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def _exists(year: int, month: int | None, day: str | None) -> bool:
    from calendar import monthrange

    if month is None:
        return True
    return 1 <= month <= 12 and (day is None or 1 <= int(day) <= monthrange(year, month)[1])  # noqa: PLR2004
