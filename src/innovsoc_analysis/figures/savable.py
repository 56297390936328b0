"""Results that are saved as their figure or as their tables."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


class Savable(ABC):
    """A result with ``plot()`` and, in one sentence, ``alt``."""

    @abstractmethod
    def plot(self) -> Any:
        """Draw the figure."""

    @abstractmethod
    def sheets(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name, as people read them; the first is the main one."""

    def save(self, path: Path | str, *, size: str = "page", locale: str = "") -> None:
        """Write the figure (``.svg``, ``.png``) or the tables (``.xlsx``; the first alone in ``.csv``).

        Parameters
        ----------
        path : Path
            Its suffix says what is written.
        size : {"page", "slide", "half-slide"}
            Of the figure.
        locale : str
            Of the CSV file: with "fr", columns are separated by semicolons and decimals by a comma.

        Raises
        ------
        UsageError
            If the suffix is none of these.
        """
        from innovsoc_analysis.figures.saving import WRITERS, save
        from innovsoc_analysis.safe.sheets import save_sheets

        path = Path(path)
        if path.suffix.lower() in WRITERS:
            save(self, path, size=size)
        elif path.suffix.lower() in {".csv", ".xlsx"}:
            sheets = self.sheets()
            save_sheets(sheets, path, main=next(iter(sheets)), locale=locale)
        else:
            raise UsageError(f"« {path.name} » : choisissez un nom en .svg, .png, .csv ou .xlsx.")
