"""Remove what killed runs have left: temporary files, results made again for comparison, parts of old batches."""

from __future__ import annotations

import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.files import remove_folder
from innovsoc_analysis.safe.locks import LONGEST, NAME, holder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

AN_HOUR = 3600.0
A_MONTH = 30 * 24 * AN_HOUR
PARTS = "batch"
_TEMPORARY = re.compile(r"\.innovsoc-\w{8}\.tmp")
_SCRATCH = "reproduce-*"


def sweep(folder: Path, *, idle: float = AN_HOUR) -> int:
    """Remove the temporary files that killed runs have left in `folder` and right below; return how many.

    Parameters
    ----------
    folder : Path
        Of results. A folder below that is hidden, or that a run holds, is not looked into.
    idle : float
        Seconds for which a file must not have been written to: someone may be at work on it.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name in (".innovsoc-ab12_cd3.tmp", ".innovsoc-notes.tmp", "a.csv"):
    ...     (folder / name).touch()
    >>> sweep(folder), sweep(folder, idle=0), len(list(folder.iterdir()))
    (0, 1, 2)
    """
    n_removed = _remove_temporaries(folder, idle)
    for below in _folders(folder):
        if not below.name.startswith(".") and not (below / NAME).exists():
            n_removed += _remove_temporaries(below, idle)
    return n_removed


def sweep_derived(place: Path, *, idle: float = AN_HOUR) -> int:
    """Remove what killed runs have left in a folder of derived data; return how many files and folders.

    Temporary files that nothing has been written to for long, results made again for comparison
    (``reproduce-*``) whose run is gone, and the finished parts of a batch (``batch/*``) that nobody has gone on
    with for a month: by then texts or program are rarely those that the parts were made from.

    Parameters
    ----------
    place : Path
        ``.innovsoc`` by convention; nothing happens if it is not there.
    idle : float
        As in `sweep`.

    Examples
    --------
    >>> sweep_derived(Path("no such folder"))
    0
    """
    n_removed = _remove_temporaries(place, idle)
    for version in _folders(place / "annotations"):
        for below in _folders(version):
            n_removed += _remove_temporaries(below, idle)
    n_removed += sum(_removed(scratch) for scratch in _folders(place, _SCRATCH) if _is_forsaken(scratch))
    before = time.time() - A_MONTH
    return n_removed + sum(_removed(parts) for parts in _folders(place / PARTS) if _last_touched(parts) < before)


def _removed(folder: Path) -> bool:
    """Remove a folder, and tell whether it could be: it may be someone else's."""
    try:
        remove_folder(folder)
    except UsageError:
        return False
    return True


def _last_touched(folder: Path) -> float:
    """Return when something was last written below a folder; if that cannot be told, now."""
    try:
        return max(path.stat(follow_symlinks=False).st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:  # someone is at work on it
        return time.time()


def _is_forsaken(scratch: Path) -> bool:
    """Whether the run that made a folder for itself is gone: it held a folder in it, or has not touched it for long."""
    held = [*scratch.glob(f"*/{NAME}"), *scratch.glob(f"*/*/{NAME}")]
    try:
        holders = [holder_of(path.read_bytes()[:LONGEST]) for path in held]
        if holders:
            return all(holder is not None and holder.is_gone for holder in holders)
        newest = max(path.stat().st_mtime for path in (scratch, *scratch.iterdir()))
    except OSError:  # someone is at work on it
        return False
    return time.time() - newest > AN_HOUR


def _folders(place: Path, pattern: str = "*") -> Iterator[Path]:
    try:
        found = sorted(place.glob(pattern))
    except OSError:
        return
    yield from (path for path in found if path.is_dir() and not path.is_symlink())


def _remove_temporaries(folder: Path, idle: float) -> int:
    n_removed = 0
    before = time.time() - idle
    try:
        entries = [entry for entry in os.scandir(folder) if _TEMPORARY.fullmatch(entry.name)]
    except OSError:
        return 0
    for entry in entries:
        try:
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode) and status.st_mtime <= before:
                Path(entry.path).unlink()
                n_removed += 1
        except OSError:  # it is gone, or not ours to remove
            continue
    return n_removed
