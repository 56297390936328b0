"""The record of a run: enough to do it again and to say what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What ``run.json`` holds.

    Attributes
    ----------
    command : str
        Name of the command.
    parameters : mapping
        Its options; paths are relative to the folder of ``run.json``.
    versions : mapping of str to str
        Python, this package and those whose version can change a result.
    program : str
        Digest of the part of this package that decides the results.
    machine : str
        System and processor.
    codebook : str
        Reference of the codebook, empty if none.
    sources : sequence of mapping
        Relative name, SHA-256 and outcome of every file.
    files : mapping of str to str
        What else was read → SHA-256: codebook, model, metadata table that are files, earlier results.
    counts : mapping of str to int
        Documents, segments, codings…
    outputs : mapping of str to str
        File written → SHA-256 of its bytes.
    seconds : float
        Duration.
    finished : str
        Local date and time, ISO 8601.
    """

    command: str
    parameters: Mapping[str, object]
    versions: Mapping[str, str]
    program: str = ""
    machine: str = ""
    codebook: str = ""
    sources: Sequence[Mapping[str, str]] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    finished: str = ""


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """What ``run.json`` of a whole study holds.

    Attributes
    ----------
    study : str
        Folder of the study, relative to that of ``run.json``.
    settings : mapping
        What ``innovsoc.toml`` said, defaults included.
    steps : mapping of str to RunRecord
        Record of every finished step.
    failed : mapping of str to str
        Step that could not be done → why.
    seconds : float
        Duration of the last run.
    finished : str
        Local date and time of its end, ISO 8601.
    command : str
        ``"run"``.
    """

    study: str
    settings: Mapping[str, object]
    steps: Mapping[str, RunRecord]
    failed: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    finished: str = ""
    command: str = "run"
