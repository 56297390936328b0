"""Compare an output of two runs: bytes, then tables, row by row and cell by cell. Nothing of a cell is told."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    import pandas as pd

TABLES = frozenset({".csv", ".parquet", ".xlsx"})
_MOST_KEY_COLUMNS = 3
_FIRST_COLUMNS = 6
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How two tables differ.

    Attributes
    ----------
    added, removed : int
        Rows.
    cells : int
        Cells with another value, in rows that both have.
    columns : tuple of str
        Columns in which they stand.
    columns_added, columns_removed : tuple of str
        Columns that only one has.
    reordered : bool
        Whether the rows are the same in another order.
    sheet : str
        Name of the sheet of a workbook.
    """

    added: int = 0
    removed: int = 0
    cells: int = 0
    columns: tuple[str, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    reordered: bool = False
    sheet: str = ""

    @property
    def sentence(self) -> str:
        """What differs, in French; empty if nothing does.

        Examples
        --------
        >>> TableDifference(added=2, cells=1, columns=("score",)).sentence
        '2 lignes ajoutées, 1 cellule différente (score)'
        """
        told = []
        if self.added:
            told.append(f"{_counted(self.added, 'ligne')} {_plural('ajoutée', self.added)}")
        if self.removed:
            told.append(f"{_counted(self.removed, 'ligne')} {_plural('retirée', self.removed)}")
        if self.cells:
            told.append(
                f"{_counted(self.cells, 'cellule')} {_plural('différente', self.cells)} ({_listed(self.columns)})"
            )
        for columns, word in ((self.columns_added, "en plus"), (self.columns_removed, "en moins")):
            if columns:
                told.append(f"{_plural('colonne', len(columns))} {word} : {_listed(columns)}")
        if self.reordered:
            told.append("mêmes lignes, dans un autre ordre")
        return f"{f'feuille « {self.sheet} » : ' if self.sheet and told else ''}{', '.join(told)}"


def _counted(number: int, word: str) -> str:
    return f"{number} {_plural(word, number)}"


def _plural(word: str, number: int) -> str:
    return word if number < 2 else f"{word}s"  # noqa: PLR2004


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" et {more} {_plural('autre', more)}" if more > 0 else "")


def compare_tables(old: pd.DataFrame, new: pd.DataFrame, *, sheet: str = "") -> TableDifference:
    """Return how two tables of texts differ.

    Rows are matched by the first columns that tell them apart in both tables, otherwise by their
    whole content.

    Parameters
    ----------
    old, new : DataFrame
        All columns are texts.
    sheet : str
        Name for the sentence.

    Examples
    --------
    >>> import pandas as pd
    >>> old = pd.DataFrame({"code": ["a", "b"], "n": ["1", "2"]})
    >>> compare_tables(old, pd.DataFrame({"code": ["b", "c"], "n": ["3", "4"]})).sentence
    '1 ligne ajoutée, 1 ligne retirée, 1 cellule différente (n)'
    """
    shared = [name for name in old.columns if name in set(new.columns)]
    columns: dict[str, Any] = {
        "columns_added": tuple(str(name) for name in new.columns if name not in shared),
        "columns_removed": tuple(str(name) for name in old.columns if name not in shared),
        "sheet": sheet,
    }
    before, after = old[shared], new[shared]
    if before.equals(after):
        return TableDifference(**columns)
    key = _key(before, after)
    if key is None:
        return _as_bags(before, after, columns)
    left, right = before.set_index(key), after.set_index(key)
    common = left.index.intersection(right.index, sort=False)
    unlike = left.loc[common] != right.loc[common]
    counts = unlike.sum()
    return TableDifference(
        added=len(right) - len(common),
        removed=len(left) - len(common),
        cells=int(counts.sum()),
        columns=tuple(str(name) for name in counts.index[counts > 0]),
        reordered=len(common) == len(left) == len(right) and not counts.any(),
        **columns,
    )


def _key(old: pd.DataFrame, new: pd.DataFrame) -> list[str] | None:
    """Return the fewest of the first columns that tell rows apart in both tables and match most of them."""
    names = list(old.columns[:_FIRST_COLUMNS])
    best, most = None, -1
    for size in range(1, min(_MOST_KEY_COLUMNS, len(names), len(old.columns) - 1) + 1):
        for chosen in combinations(names, size):
            key = list(chosen)
            if old.duplicated(key).any() or new.duplicated(key).any():
                continue
            matched = len(old[key].merge(new[key]))
            if matched > most:
                best, most = key, matched
        if most * 2 >= min(len(old), len(new)):
            break
    return best


def _as_bags(old: pd.DataFrame, new: pd.DataFrame, columns: dict[str, Any]) -> TableDifference:
    if len(old) == len(new):  # the same rows in place: what differs are cells
        unlike = old.reset_index(drop=True) != new.reset_index(drop=True)
        if unlike.any(axis=1).sum() * 2 <= len(old):
            counts = unlike.sum()
            changed = tuple(str(name) for name in counts.index[counts > 0])
            return TableDifference(cells=int(counts.sum()), columns=changed, **columns)
    before, after = (Counter(table.itertuples(index=False, name=None)) for table in (old, new))
    added, removed = (after - before).total(), (before - after).total()
    return TableDifference(added=added, removed=removed, reordered=not added and not removed, **columns)


def compare_files(old: Path, new: Path) -> tuple[TableDifference, ...] | None:
    """Return how two files of tables differ, one part per sheet that does.

    Parameters
    ----------
    old, new : Path
        Two ``.csv``, ``.parquet`` or ``.xlsx`` of the same name.

    Returns
    -------
    tuple of TableDifference, or None
        Empty if all values are the same; ``None`` if one of them is no table, or cannot be read.
    """
    if old.suffix not in TABLES:
        return None
    try:
        before, after = read_tables(old), read_tables(new)
    except (OSError, ValueError, RefusedFileError):
        return None
    import pandas as pd

    empty = pd.DataFrame()
    found = (
        compare_tables(before.get(name, empty), after.get(name, empty), sheet=name)
        for name in dict.fromkeys([*before, *after])
    )
    return tuple(one for one in found if one.sentence)


def read_tables(path: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a file as texts: name of the sheet, empty if there are none → table.

    Raises
    ------
    ValueError, OSError, RefusedFileError
        If it cannot be read.
    """
    import pandas as pd

    data = io.BytesIO(read_file(path))
    if path.suffix == ".parquet":
        return {"": _as_texts(pd.read_parquet(data))}
    if path.suffix == ".csv":
        french = data.getvalue().startswith(b"\xef\xbb\xbf")  # as `csv_bytes` marks it
        options: dict[str, Any] = {"sep": ";" if french else ",", "encoding": "utf-8-sig"}
        return {"": pd.read_csv(data, dtype=str, keep_default_na=False, **options)}
    from python_calamine import CalamineError

    try:
        sheets = pd.read_excel(data, sheet_name=None, engine="calamine", dtype=object, keep_default_na=False)
    except CalamineError as error:
        raise ValueError(path.name) from error
    return {str(name): _as_texts(table) for name, table in sheets.items()}


def _as_texts(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), "").map(str)


def is_table(name: PurePath) -> bool:
    """Whether a file of that name holds tables."""
    return name.suffix in TABLES
