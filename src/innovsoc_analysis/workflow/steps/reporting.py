"""Write the report of a study from the results of its other steps: what ``innovsoc report`` does."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.study.manifest import Run
from innovsoc_analysis.workflow.records import current_digest, finished_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from innovsoc_analysis.workflow.steps.texts import Progress


def make_report(
    results: Path,
    out: Path,
    *,
    steps: Sequence[str],
    options: Mapping[str, Any],
    codebook: str | Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the report of a study, ``run.json`` last.

    Parameters
    ----------
    results : Path
        Folder of the results, one subfolder a step.
    out : Path
        Folder of the report.
    steps : sequence of str
        What it tells of, as far as it is there.
    options : mapping
        ``title`` and ``n_verbatims``, as `write_study_report` takes them.
    codebook : str or Path, optional
        The codebook of the codings.
    progress : callable, optional
        Called with (step, done, total).

    Raises
    ------
    UsageError
        If the results do not allow a report.
    """
    from innovsoc_analysis.report.results import read_results
    from innovsoc_analysis.report.study import write_study_report

    run = Run("report", out, sources=(), parameters=options)
    told = digests_of_steps(results, steps)
    if progress:
        progress("rapport", 0, 1)
    run.begin_writing()
    written = write_study_report(read_results(results, codebook=codebook), out, **options)
    # in the place of the one that it has written by itself, which does not tell what a study has to know
    run.finish(None, counts={}, outputs=[path for path in written if path.name != RECORD], results=told)
    if progress:
        progress("rapport", 1, 1)


def digests_of_steps(results: Path, steps: Sequence[str]) -> dict[str, str]:
    """Return what identifies the results of each finished step: how they were made, and what they are now.

    Parameters
    ----------
    results : Path
        Folder of the results, one subfolder a step.
    steps : sequence of str
        Their names.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> digests_of_steps(pathlib.Path(tempfile.mkdtemp()), ["code"])
    {}
    """
    found = {}
    for name in steps:
        if record := finished_record(results / name):
            parameters = {key: value for key, value in record.parameters.items() if key != "sources"}
            outputs = {output: current_digest(results / name / output) for output in record.outputs}
            told: list[Any] = [parameters, record.versions, record.codebook, record.counts, outputs]
            found[name] = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return found
