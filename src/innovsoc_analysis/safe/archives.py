"""Look into a zip without ever extracting it: names and sizes are checked before a byte is inflated."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16
_UTF8_FLAG = 0x800
# bzip2 and LZMA unfold without bound before their output can be counted
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTRY, _END = b"PK\x01\x02", b"PK\x05\x06"
_UNTOLD = 0xFFFFFFFF


@dataclass(slots=True)
class Account:
    """What an archive and the archives within it have unfolded so far.

    Attributes
    ----------
    compressed, expanded : int
        Bytes of the outermost one, and bytes that came out.
    """

    compressed: int
    expanded: int = 0


class BoundedZip:
    """The members of a zip, read one by one within limits.

    Parameters
    ----------
    data : bytes
        The whole zip.
    limits : Limits
        Bounds on entries, expansion and ratio; the bytes really inflated are counted.
    within : BoundedZip, optional
        The archive that this one was found in: they unfold on one account.

    Raises
    ------
    RefusedFileError
        If the zip is damaged, encrypted or larger than the limits allow.
    """

    def __init__(self, data: bytes, *, limits: Limits = DEFAULT_LIMITS, within: BoundedZip | None = None) -> None:
        self._limits = limits
        self.account: Account = within.account if within else Account(max(len(data), 1))
        if _entries(data) > limits.zip_entries:
            raise _crowded(limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise _corrupt() from None
        infos = self._zip.infolist()
        if len(infos) > limits.zip_entries:
            raise _crowded(limits)
        if sum(info.file_size for info in infos) > limits.expanded_bytes:
            raise _bomb()
        self._infos = {name: info for info in infos if not (name := _member_name(info)).endswith("/")}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the files inside, with ``/``, in the order of the archive."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Return the bytes of the member `name`.

        Raises
        ------
        KeyError
            If there is no such member.
        RefusedFileError
            If its name leads out of the archive, or it is a link, encrypted, damaged, too large or
            compressed otherwise than by deflate.
        """
        info = self._infos[name]
        _refuse_unsafe(name, info)
        try:
            with self._zip.open(info) as stream:
                return b"".join(self._counted(stream))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise _corrupt() from None

    def _counted(self, stream: IO[bytes]) -> Iterator[bytes]:
        limits, account = self._limits, self.account
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            account.expanded += len(chunk)
            ratio_exceeded = (
                account.expanded > limits.ratio_from_bytes and account.expanded > limits.ratio * account.compressed
            )
            if account.expanded > limits.expanded_bytes or size > limits.file_bytes or ratio_exceeded:
                raise _bomb()
            yield chunk


def _entries(data: bytes) -> int:
    """Return about how many entries the table at the end lists: it may be told before a record is made of each."""
    end = data.rfind(_END)
    size = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    return data.count(_ENTRY, 0 if size == _UNTOLD else max(end - size, 0), max(end, 0))


def _member_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        # zips made on Windows or by old tools often hold UTF-8 or cp850 names read as cp437
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return name.replace("\\", "/")


def _refuse_unsafe(name: str, info: zipfile.ZipInfo) -> None:
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or ":" in parts[0]:
        raise RefusedFileError("zip-path", "son chemin sort de l'archive ; il n'est pas lu.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RefusedFileError("zip-link", "c'est un lien, pas un fichier ; il n'est pas suivi.")
    if info.flag_bits & 0x1:
        raise RefusedFileError("encrypted", "l'archive est protégée par un mot de passe ; retirez-le.")
    if info.compress_type not in _METHODS:
        raise RefusedFileError("zip-method", "sa compression n'est pas lue ; refaites l'archive en « zip » ordinaire.")


def _corrupt() -> RefusedFileError:
    return RefusedFileError("corrupt", "le fichier est endommagé ou incomplet ; redemandez-en une copie.")


def _crowded(limits: Limits) -> RefusedFileError:
    return RefusedFileError("zip-entries", f"l'archive contient plus de {limits.zip_entries} fichiers ; découpez-la.")


def _bomb() -> RefusedFileError:
    return RefusedFileError(
        "zip-bomb", "le contenu déplié dépasse les limites ; dépliez-le vous-même si vous en êtes sûr."
    )
