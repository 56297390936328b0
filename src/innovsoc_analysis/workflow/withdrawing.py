"""Remove results that do not hold any more; what someone has changed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.workflow.records import damaged, finished_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from innovsoc_analysis.model.run import RunRecord


def withdraw(folder: Path) -> None:
    """Remove what an earlier run wrote, unless someone has changed it: the report must not tell of it.

    Parameters
    ----------
    folder : Path
        Of a step.

    Raises
    ------
    UsageError
        If it cannot be written to.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / RECORD).write_text("{}", encoding="utf-8")
    >>> withdraw(folder)
    >>> list(folder.iterdir())
    []
    """
    old = finished_record(folder)
    try:
        (folder / RECORD).unlink(missing_ok=True)
        _remove(old.outputs if old else {}, folder)
    except OSError:
        raise UsageError(f"« {folder} » n'est pas un dossier où écrire ; vérifiez vos droits.") from None


def remove_stale(folder: Path, old: RunRecord | None) -> None:
    """Remove what the earlier run wrote and the new one did not, unless someone has changed it.

    Parameters
    ----------
    folder : Path
        Of a step.
    old : RunRecord or None
        Of the earlier run.
    """
    new = finished_record(folder)
    if old and new:
        _remove({name: digest for name, digest in old.outputs.items() if name not in new.outputs}, folder)


def _remove(outputs: Mapping[str, str], folder: Path) -> None:
    touched = damaged(outputs, folder)
    for name in outputs:
        if name not in touched:
            (folder / name).unlink(missing_ok=True)
