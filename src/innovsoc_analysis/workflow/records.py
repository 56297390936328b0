"""Read ``run.json`` back, and tell whether what it lists is still there."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.model.run import RunRecord, StudyRecord
from innovsoc_analysis.safe.files import atomic_write, read_file
from innovsoc_analysis.study.manifest import digest_of
from innovsoc_analysis.workflow.settings import CHAIN

if TYPE_CHECKING:
    from collections.abc import Mapping


def load_record(path: Path) -> RunRecord | StudyRecord:
    """Read a ``run.json``.

    Parameters
    ----------
    path : Path
        Of the file.

    Raises
    ------
    UsageError
        If it is none, or lists files outside its folder.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "run.json"
    >>> save_record(StudyRecord("..", {}, {"ingest": RunRecord("ingest", {}, {})}), path)
    >>> list(load_record(path).steps)
    ['ingest']
    """
    try:
        told = json.loads(read_file(path))
    except RefusedFileError as error:
        raise UsageError(f"« {path} » : {error}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"« {path} » n'est pas du JSON lisible ; donnez un run.json écrit par innovsoc.") from None
    try:
        if "steps" in told:
            steps = {str(name): _run_record(step) for name, step in told["steps"].items()}
            return _checked(StudyRecord(**{**_known(told, StudyRecord), "steps": steps}))
        return _run_record(told)
    except (TypeError, KeyError, AttributeError, ValueError):
        raise UsageError(f"« {path} » n'est pas le run.json d'une commande innovsoc.") from None


def _known(told: Any, record: type) -> dict[str, Any]:
    """Return the fields that this version knows: a later one may tell more."""
    return {field.name: told[field.name] for field in fields(record) if field.name in told}


def _run_record(told: Any) -> RunRecord:
    record = RunRecord(**_known(told, RunRecord))
    for name, digest in record.outputs.items():
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts or "\\" in name or not isinstance(digest, str):
            raise ValueError(name)
    if not all(isinstance(one["source"], str) and isinstance(one["sha256"], str) for one in record.sources):
        raise ValueError
    mappings = (record.parameters, record.versions, record.files, record.counts)
    if not isinstance(record.command, str) or not all(isinstance(one, dict) for one in mappings):
        raise TypeError
    return record


def _checked(record: StudyRecord) -> StudyRecord:
    if not set(record.steps) <= set(CHAIN):  # they name folders
        raise ValueError
    if not (isinstance(record.study, str) and isinstance(record.settings, dict) and isinstance(record.failed, dict)):
        raise TypeError
    return record


def finished_record(folder: Path) -> RunRecord | None:
    """Return the record of a step's folder, ``None`` if it is not complete or not readable."""
    if not (folder / RECORD).is_file():
        return None
    try:
        found = load_record(folder / RECORD)
    except UsageError:
        return None
    return found if isinstance(found, RunRecord) else None


def save_record(record: StudyRecord, path: Path) -> None:
    """Write the record of a study."""
    atomic_write(path, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode() + b"\n")


def damaged(outputs: Mapping[str, str], folder: Path) -> list[str]:
    """Return the outputs that are no longer in `folder` as they were written.

    Parameters
    ----------
    outputs : mapping of str to str
        Name → SHA-256.
    folder : Path
        Of the results.

    Examples
    --------
    >>> import tempfile
    >>> damaged({"a.csv": "0f"}, Path(tempfile.mkdtemp()))
    ['a.csv']
    """
    return [name for name, digest in outputs.items() if current_digest(folder / name) != digest]


def current_digest(path: Path) -> str:
    """Return the digest of a file, empty if it is not there or does not open."""
    try:
        return digest_of(path)
    except OSError:
        return ""
