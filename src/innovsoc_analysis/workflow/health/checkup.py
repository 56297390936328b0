"""All that was looked at, as one result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED
from innovsoc_analysis.workflow.health.finding import WRONG, Finding
from innovsoc_analysis.workflow.health.folder import check_folder
from innovsoc_analysis.workflow.health.installation import check_installation
from innovsoc_analysis.workflow.toml import NAME

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Checkup:
    """What was found.

    Attributes
    ----------
    installation, folder : tuple of Finding
        Of the machine; of the study, empty if none was looked at.
    """

    installation: tuple[Finding, ...]
    folder: tuple[Finding, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """One row per thing that was looked at: ``what, state, told, advice``."""
        import pandas as pd

        return pd.DataFrame([*self.installation, *self.folder], columns=list(Finding._fields))

    @property
    def n_wrong(self) -> int:
        """How many things are to be put right."""
        return sum(finding.state == WRONG for finding in (*self.installation, *self.folder))

    @property
    def exit_status(self) -> int:
        """0 if nothing is to be put right, otherwise 3."""
        return EXIT_SOME_REFUSED if self.n_wrong else EXIT_OK

    def __repr__(self) -> str:
        """Return counts only."""
        return f"<Checkup : {len(self.installation) + len(self.folder)} vérifications, {self.n_wrong} à corriger>"

    def _repr_html_(self) -> str:
        from innovsoc_analysis.pages.tables import show

        headings = {"what": "vérifié", "state": "état", "told": "constat", "advice": "que faire"}
        return show(self.table.rename(columns=headings))._repr_html_()


def check_study(folder: Path | str | None = None) -> Checkup:
    """Check the installation and, if there is one, a study's folder; nothing is changed.

    Parameters
    ----------
    folder : Path, optional
        Of a study; by default the current folder if it is one.

    Returns
    -------
    Checkup
        What was found and what to do about it.

    Examples
    --------
    >>> check_study().exit_status
    0
    """
    asked = Path(folder) if folder is not None else Path()
    in_study = folder is not None or (asked / NAME).exists()
    return Checkup(tuple(check_installation()), tuple(check_folder(asked)) if in_study else ())
