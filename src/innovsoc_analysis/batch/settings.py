"""What decides the codings of a batch besides the files themselves, and the digest that tells two of them apart."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import asdict, dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.safe.limits import limits_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.safe.limits import Limits

# the rooms that decide what stands in a part, and the libraries that write it; `nlp` has its own digest
_ROOMS = ("batch", "coding", "codebooks", "ingest", "model", "safe", "study")
_LIBRARIES = ("pandas", "pyarrow", "scikit-learn")


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of a batch, in a form that can be handed to another process.

    Attributes
    ----------
    codebook : str
        The codebook as JSON: see `pack_codebook`.
    genre : str or None
        Genre of the texts for which nothing else tells one.
    locale : str
        ``"fr"`` for CSV files that a French spreadsheet opens.
    cache : str or None
        Folder of kept annotations.
    coder, model : str or None
        As :func:`innovsoc_analysis.coding.coder.code` takes them; the model is a path.
    limits : str
        What a file may cost, as :func:`~innovsoc_analysis.safe.limits.settled` writes it.
    """

    codebook: str
    genre: str | None = None
    locale: str = ""
    cache: str | None = None
    coder: str | None = None
    model: str | None = None
    limits: str = ""

    @property
    def digest(self) -> str:
        """What the parts depend on: options, codebook, program, models; not where annotations are kept."""
        told = {**asdict(self), "cache": None, "model": self._model_digest, "program": program_version()}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def _model_digest(self) -> str | None:
        return hashlib.sha256(Path(self.model).read_bytes()).hexdigest() if self.model else None

    @property
    def coder_options(self) -> dict[str, Any]:
        """What :func:`innovsoc_analysis.coding.coder.code` is told besides corpus and codebook."""
        model = Path(self.model) if self.model else None
        return {name: value for name, value in (("coder", self.coder), ("model", model)) if value}

    @property
    def cache_folder(self) -> Path | None:
        """Where annotations are kept."""
        return Path(self.cache) if self.cache else None

    @property
    def reading_limits(self) -> Limits:
        """What a file may cost."""
        return limits_from(self.limits)

    def as_options(self) -> dict[str, Any]:
        """Return what `settings_from` makes the same settings of."""
        return asdict(self)


def settings_from(options: Mapping[str, Any]) -> Settings:
    """Return the settings that `as_options` gave.

    Examples
    --------
    >>> settings_from(Settings("{}", genre="projet").as_options()).genre
    'projet'
    """
    return Settings(**options)


def pack_codebook(book: Codebook) -> str:
    """Return a codebook as JSON."""
    return book.model_dump_json(by_alias=True)


@functools.lru_cache(maxsize=1)
def unpack_codebook(packed: str) -> Codebook:
    """Return the codebook that was packed.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> book = load_codebook()
    >>> unpack_codebook(pack_codebook(book)) == book
    True
    """
    from innovsoc_analysis.model.codebook import Codebook

    return Codebook.model_validate_json(packed)


@functools.cache
def program_version() -> str:
    """Return a digest of all that decides how a file is read, annotated and coded, models included.

    Examples
    --------
    >>> len(program_version())
    16
    """
    from innovsoc_analysis.nlp.version import pipeline_version

    digest = hashlib.sha256(pipeline_version().encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    for room in _ROOMS:
        _add(digest, resources.files("innovsoc_analysis") / room)
    return digest.hexdigest()[:16]


def _add(digest: Any, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(digest, entry)
        elif entry.is_file():
            digest.update(f"{entry.name}\n".encode())
            digest.update(entry.read_bytes())
