"""Dates as people write them in metadata, and the periods they fall in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.study.written import read_date

if TYPE_CHECKING:
    import pandas as pd


def read_dates(written: pd.Series) -> pd.DataFrame:
    """Read dates as they are found in metadata, the day before the month.

    Parameters
    ----------
    written : Series of str
        In the forms that :func:`~innovsoc_analysis.study.written.read_date` knows.

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

    found = [(None, None) if date is None else date[:2] for date in (read_date(str(one)) for one in written)]
    return pd.DataFrame(found, columns=["year", "month"], index=written.index, dtype="Int64")
