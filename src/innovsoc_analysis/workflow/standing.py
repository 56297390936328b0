"""Tell whether the results of a single command still stand, by the comparison that `innovsoc run` makes of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.safe.limits import limits_from
from innovsoc_analysis.workflow.basis import digests_of_sources
from innovsoc_analysis.workflow.records import finished_record
from innovsoc_analysis.workflow.running import why_again
from innovsoc_analysis.workflow.steps.step import code_step

if TYPE_CHECKING:
    from innovsoc_analysis.batch.coding import Job
    from innovsoc_analysis.model.run import RunRecord


def standing_codings(job: Job) -> RunRecord | None:
    """Return the record of the results that `job` would write again, byte for byte.

    Parameters
    ----------
    job : Job
        What to code, how and where to.

    Returns
    -------
    RunRecord or None
        Nothing if files, codebook, model, options or versions are others, or someone has touched the results.

    Raises
    ------
    UsageError
        If a source does not exist or the metadata are unusable.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from innovsoc_analysis.batch.coding import Job, code_files
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Un jardin répond à un besoin social.", encoding="utf-8")
    >>> job = Job([folder / "a.txt"], folder / "r", load_codebook(), coder="rules")
    >>> before = standing_codings(job)
    >>> _ = code_files(job)
    >>> before, standing_codings(job).counts["documents"]
    (None, 1)
    """
    record = finished_record(job.out)
    if record is None or record.command != "code":
        return None
    sources = digests_of_sources(
        job.sources, metadata=job.metadata, ignore=(job.out, *job.ignore), limits=limits_from(job.limits)
    )
    return None if why_again(code_step(job), sources) else record
