"""Office documents as bytes that depend on what they say alone."""

from __future__ import annotations

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
# what XML 1.0 has no way to write, and halves of characters
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def restamped(archive: bytes) -> bytes:
    """Return a zip with the same members, all stamped with the same date.

    Parameters
    ----------
    archive : bytes
        A zip that this program has made.

    Returns
    -------
    bytes
        Equal members in equal order give equal bytes.

    Examples
    --------
    >>> stream = io.BytesIO()
    >>> with zipfile.ZipFile(stream, "w") as made:
    ...     made.writestr("a.txt", "jardin")
    >>> with zipfile.ZipFile(io.BytesIO(restamped(stream.getvalue()))) as same:
    ...     same.read("a.txt"), same.getinfo("a.txt").date_time
    (b'jardin', (1980, 1, 1, 0, 0, 0))
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(member))
    return stream.getvalue()


def writable(text: str) -> str:
    r"""Return `text` with a replacement character for each that XML cannot hold; its length is the same.

    Examples
    --------
    >>> writable("un\x00jardin\n")
    'un�jardin\n'
    """
    return _UNWRITABLE.sub("�", text)
