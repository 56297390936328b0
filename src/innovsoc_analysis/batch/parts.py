"""Finished parts of a batch in a private folder, each under the digest of what it was made from."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.safe.files import atomic_write, make_private, remove_folder
from innovsoc_analysis.safe.sweeping import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_RECORD = "part.json"
_SPLIT = "split"


class Parts:
    """The parts of one batch.

    Parameters
    ----------
    place : Path
        Folder of derived data, ``.innovsoc`` by convention: it will hold the words of the texts.
    out : Path
        Folder of the results, which tells one batch from another by its way from `place`: a study that is moved
        as a whole goes on where it was.
    """

    def __init__(self, place: Path, out: Path) -> None:
        self._place = place
        self._made = [path for path in (place, *place.absolute().parents) if not path.exists()]
        digest = hashlib.sha256(_way(out, place).encode("utf-8", "surrogatepass")).hexdigest()
        self._folder = place / PARTS / digest[:16]

    def folder(self, key: str) -> Path:
        """Return the folder of the part `key`; the private folder above it is made."""
        make_private(self._place)
        return self._folder / key

    def has(self, key: str) -> bool:
        """Whether the part is finished and none of its files is damaged."""
        return is_finished(self._folder / key)

    def split(self, key: str) -> None:
        """Remember that the files of `key` do not go together."""
        atomic_write(self.folder(key) / _SPLIT, b"")

    def is_split(self, key: str) -> bool:
        """Whether :meth:`split` was called for `key`, by this run or by one that was interrupted."""
        return (self._folder / key / _SPLIT).is_file()

    def clear(self) -> None:
        """Remove all parts, and the folders that were made for them if nothing else is in them."""
        remove_folder(self._folder)
        _remove_if_empty(self._folder.parent)
        if self._place.is_dir() and {path.name for path in self._place.iterdir()} <= {".gitignore"}:
            remove_folder(self._place)
        for folder in self._made:
            _remove_if_empty(folder)


def _way(out: Path, place: Path) -> str:
    """Return where `out` is as seen from `place`, whatever links lead to them."""
    there, here = out.resolve(), place.resolve()
    try:
        return Path(os.path.relpath(there, here)).as_posix()
    except ValueError:  # another drive, on Windows
        return there.as_posix()


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def finish(folder: Path, told: Mapping[str, Any]) -> None:
    """Write the record of a part, after all its files: their digests and what is `told` of them."""
    files = {path.name: _digest(path) for path in sorted(folder.iterdir()) if not _is_ours(path.name)}
    atomic_write(folder / _RECORD, json.dumps({**told, "files": files}).encode())


def record_of(folder: Path) -> dict[str, Any]:
    """Return what was told of a finished part."""
    return json.loads((folder / _RECORD).read_bytes())


def is_finished(folder: Path) -> bool:
    """Whether the record of a part is there, and its files as they were.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> atomic_write(folder / "a", b"1")
    >>> finish(folder, {})
    >>> before = is_finished(folder)
    >>> atomic_write(folder / "a", b"2")
    >>> before, is_finished(folder)
    (True, False)
    """
    try:
        files = record_of(folder)["files"]
        return all(_digest(folder / name) == digest for name, digest in files.items())
    except (OSError, ValueError, KeyError):
        return False


def _is_ours(name: str) -> bool:
    """Whether a file is no content of the part: its record, a mark, or what a killed process was writing."""
    return name in {_RECORD, _SPLIT} or name.startswith(".")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
