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
        Its options; paths of sources are relative to the folder of ``run.json``.
    versions : mapping of str to str
        Python, this package and those whose version can change a result.
    codebook : str
        Reference of the codebook, empty if none.
    sources : sequence of mapping
        Relative name, SHA-256 and outcome of every file.
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
    codebook: str = ""
    sources: Sequence[Mapping[str, str]] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    finished: str = ""
