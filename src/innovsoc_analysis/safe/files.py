"""Read files within bounds; replace files so that the old or the new one is always whole."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits
from innovsoc_analysis.safe.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from innovsoc_analysis.model.tables import TableSchema

_OWNER_ALONE = 0o700


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
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise RefusedFileError("not-a-file", "ce n'est pas un fichier ordinaire ; retirez-le du dossier.")
            with os.fdopen(descriptor, "rb", closefd=False) as stream:
                data = stream.read(limits.file_bytes + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise RefusedFileError(
            "unreadable", f"le fichier ne s'ouvre pas ({reason_of(error)}) ; vérifiez vos droits."
        ) from None
    if len(data) > limits.file_bytes:
        size = limits.file_bytes // 1_000_000
        raise RefusedFileError("too-large", f"le fichier dépasse {size} Mo ; découpez-le.")
    return data


def atomic_write(path: Path | str, data: bytes) -> None:
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
    with atomic_stream(path) as stream:
        stream.write(data)


@contextmanager
def atomic_stream(path: Path | str) -> Iterator[IO[bytes]]:
    """Replace the file `path` by what is written to the stream, once all of it is: for what memory should not hold.

    Yields
    ------
    binary stream
        Where to write the new file.

    Raises
    ------
    UsageError
        If the folder cannot be written to or the disk is full; nothing is left behind.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.txt"
    >>> with atomic_stream(path) as stream:
    ...     _ = stream.write(b"bon"), stream.write(b"jour")
    >>> path.read_bytes()
    b'bonjour'
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".innovsoc-", suffix=".tmp")
    except OSError as error:
        raise UsageError(
            f"Impossible d'écrire dans « {path.parent} » ({reason_of(error)}) ; choisissez un autre dossier."
        ) from None
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"Impossible d'écrire « {path} » ({reason_of(error)}) ; rien n'a été modifié.") from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def make_private(folder: Path) -> None:
    """Make a folder that its owner alone may open, from its first moment, and that git leaves out.

    Parameters
    ----------
    folder : Path
        Nothing is changed if it exists.

    Raises
    ------
    UsageError
        If it cannot be made; a folder without its ``.gitignore`` is not left behind.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp()) / "a" / ".private"
    >>> make_private(folder)
    >>> [path.name for path in folder.iterdir()]
    ['.gitignore']
    """
    if folder.is_dir():
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_OWNER_ALONE)
    except OSError as error:
        if folder.is_dir():  # another run has just made it
            return
        raise UsageError(
            f"Impossible d'écrire dans « {folder.parent} » ({reason_of(error)}) ; choisissez un autre dossier."
        ) from None
    try:
        atomic_write(folder / ".gitignore", b"*\n")
    except BaseException:
        with suppress(OSError):
            folder.rmdir()
        raise


def remove_folder(folder: Path) -> None:
    """Remove `folder` and what is in it; nothing happens if it is not there.

    Raises
    ------
    UsageError
        If something in it cannot be removed.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> atomic_write(folder / "a" / "b.txt", b"")
    >>> remove_folder(folder)
    >>> folder.exists()
    False
    """
    try:
        if not folder.is_dir():
            return
        for path in list(folder.iterdir()):
            if path.is_dir() and not path.is_symlink():
                remove_folder(path)
            else:
                path.unlink(missing_ok=True)
        folder.rmdir()
    except OSError as error:
        raise UsageError(f"Impossible d'effacer « {folder} » ({reason_of(error)}) ; effacez-le vous-même.") from None


def write_parquet(table: pd.DataFrame, schema: TableSchema, path: Path) -> None:
    """Write `table` as Parquet, the same bytes for the same rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferOutputStream()
    pq.write_table(schema.to_arrow(table), buffer, compression="zstd")
    atomic_write(path, buffer.getvalue().to_pybytes())


def give_name(path: Path, place: Path) -> None:
    """Give the file `path` the name `place`, which no file bears.

    Raises
    ------
    OSError
        If it cannot be renamed.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "a").touch()
    >>> give_name(folder / "a", folder / "b")
    >>> [path.name for path in folder.iterdir()]
    ['b']
    """
    path.rename(place)


def temporary_room() -> int | None:
    """Return how many bytes are free for temporary files, or nothing if none can be written.

    Examples
    --------
    >>> temporary_room() > 0
    True
    """
    import shutil

    try:
        with tempfile.TemporaryFile():
            return shutil.disk_usage(tempfile.gettempdir()).free
    except OSError:
        return None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
