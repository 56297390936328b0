"""Read files within bounds; replace files so that the old or the new one is always whole."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    import pandas as pd

    from innovsoc_analysis.model.tables import TableSchema


def read_file(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the bytes of a regular file, no larger than the limits allow.

    Raises
    ------
    RefusedFileError
        If it is not a regular file, is too large, or cannot be opened.
    """
    # a pipe or a device would block: O_NONBLOCK opens it at once, fstat tells
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise RefusedFileError("unreadable", f"le fichier ne s'ouvre pas ({_reason(error)}) ; vérifiez vos droits.") from None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise RefusedFileError("not-a-file", "ce n'est pas un fichier ordinaire ; retirez-le du dossier.")
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        size = limits.file_bytes // 1_000_000
        raise RefusedFileError("too-large", f"le fichier dépasse {size} Mo ; découpez-le.")
    return data


def atomic_write(path: Path, data: bytes) -> None:
    """Replace the file `path` by `data`: a reader sees the old file or the new one, never a part.

    Raises
    ------
    UsageError
        If the folder cannot be written to or the disk is full; nothing is left behind.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> atomic_write(folder / "a.txt", b"bonjour")
    >>> [p.name for p in folder.iterdir()]
    ['a.txt']
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".innovsoc-", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"Impossible d'écrire dans « {path.parent} » ({_reason(error)}) ; choisissez un autre dossier.") from None
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"Impossible d'écrire « {path} » ({_reason(error)}) ; rien n'a été modifié.") from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_parquet(table: pd.DataFrame, schema: TableSchema, path: Path) -> None:
    """Write `table` as Parquet, the same bytes for the same rows."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    buffer = pa.BufferOutputStream()
    pq.write_table(schema.to_arrow(table), buffer, compression="zstd")
    atomic_write(path, buffer.getvalue().to_pybytes())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    reasons = {13: "accès refusé", 2: "introuvable", 28: "disque plein", 30: "dossier en lecture seule", 20: "ce n'est pas un dossier", 17: "un fichier porte ce nom"}
    return reasons.get(error.errno or 0, (error.strerror or "erreur du système").lower())
