"""Arrays and a JSON header in one file: a plain zip of ``.npy`` members, without pickles."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.archives import BoundedZip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_HEADER = "header.json"
_SUFFIX = ".npy"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack_arrays(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the bytes of a file that holds `header` and `arrays`; equal content gives equal bytes.

    Examples
    --------
    >>> header, arrays = unpack_arrays(pack_arrays({"a": 1}, {"x": np.arange(3)}))
    >>> header, arrays["x"].tolist()
    ({'a': 1}, [0, 1, 2])
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, _HEADER, json.dumps(header, ensure_ascii=False, sort_keys=True).encode())
        for name, values in sorted(arrays.items()):
            member = io.BytesIO()
            np.save(member, values, allow_pickle=False)
            _add(archive, name + _SUFFIX, member.getvalue())
    return buffer.getvalue()


def unpack_arrays(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the header and the arrays that :func:`pack_arrays` wrote.

    Raises
    ------
    RefusedFileError
        If `data` is something else, damaged or larger than the limits on zips allow.
    """
    archive = BoundedZip(data)
    try:
        header = json.loads(archive.read(_HEADER))
        arrays = {
            name.removesuffix(_SUFFIX): np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False)
            for name in archive.names
            if name.endswith(_SUFFIX)
        }
    except (KeyError, ValueError, EOFError, MemoryError, OverflowError, RecursionError):
        raise _unexpected() from None
    if not isinstance(header, dict):
        raise _unexpected()
    return header, arrays


def _unexpected() -> RefusedFileError:
    return RefusedFileError("arrays", "le fichier n'a pas le contenu attendu ; il est peut-être abîmé.")


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
