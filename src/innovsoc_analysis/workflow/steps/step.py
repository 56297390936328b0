"""A step that can be made: where it writes, what decides its results, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.study.manifest import program_of, versions
from innovsoc_analysis.workflow.basis import Basis
from innovsoc_analysis.workflow.records import current_digest
from innovsoc_analysis.workflow.steps.reporting import digests_of_steps, make_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from innovsoc_analysis.batch.coding import Job
    from innovsoc_analysis.workflow.steps.lexicon import LexiconRequest
    from innovsoc_analysis.workflow.steps.texts import Progress, Texts
    from innovsoc_analysis.workflow.steps.topics import TopicsRequest


@dataclass(frozen=True)
class Step:
    """One step of a study, or a single command.

    Attributes
    ----------
    name : str
        Of the command.
    out : Path
        Folder of its results.
    make : callable
        Makes them; takes what is called with (step, done, total).
    parameters : mapping
        As ``run.json`` tells them, without sources.
    files : mapping of str to Path or None
        Parameters that name files.
    codebook : str
        Reference of the codebook.
    reads_sources : bool
        Whether it reads texts.
    upstream : callable
        Returns the digests of earlier results that it reads.
    """

    name: str
    out: Path
    make: Callable[[Progress | None], object]
    parameters: Mapping[str, Any]
    files: Mapping[str, Path | None] = field(default_factory=dict)
    codebook: str = ""
    reads_sources: bool = True
    upstream: Callable[[], Mapping[str, str]] = dict

    def basis(self, sources: Mapping[str, str]) -> Basis:
        """Return what its results would stand on now, given the digests of the sources."""
        given = {name: path for name, path in self.files.items() if path is not None}
        names = {name: path.name for name, path in given.items() if name in self.parameters}
        return Basis(
            sources=sources if self.reads_sources else {},
            parameters={**self.parameters, **names},
            files={**{name: current_digest(path) for name, path in given.items()}, **self.upstream()},
            versions=versions(),
            program=program_of(self.name),
            codebook=self.codebook,
        )


def ingest_step(texts: Texts, out: Path) -> Step:
    """Return the step that reads texts into one table."""
    from innovsoc_analysis.workflow.steps.ingesting import make_ingest

    return Step("ingest", out, lambda told: make_ingest(texts, out, progress=told), texts.parameters, texts.files)


def code_step(job: Job) -> Step:
    """Return the step that codes texts."""
    from innovsoc_analysis.batch.coding import code_files

    return Step(
        "code",
        job.out,
        lambda told: code_files(job, progress=told),
        job.parameters,
        job.files,
        codebook=job.codebook.reference,
    )


def topics_step(texts: Texts, out: Path, request: TopicsRequest, *, workers: int = 1) -> Step:
    """Return the step that finds topics."""
    from innovsoc_analysis.workflow.steps.topics import make_topics

    return Step(
        "topics",
        out,
        lambda told: make_topics(texts, out, request, workers=workers, progress=told),
        request.parameters(texts),
        texts.files,
    )


def lexicon_step(texts: Texts, out: Path, request: LexiconRequest) -> Step:
    """Return the step that studies the vocabulary.

    Raises
    ------
    CodebookError
        If texts are to be compared by code and the codebook has mistakes.
    """
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.workflow.steps.lexicon import make_lexicon

    return Step(
        "lexicon",
        out,
        lambda told: make_lexicon(texts, out, request, progress=told),
        request.parameters(texts),
        request.files(texts),
        codebook=load_codebook(request.codebook).reference if request.codes else "",
    )


def report_step(
    results: Path,
    out: Path,
    *,
    steps: Sequence[str],
    options: Mapping[str, Any],
    codebook: str | Path | None = None,
) -> Step:
    """Return the step that reports on `steps`, whose results are below `results`."""
    return Step(
        "report",
        out,
        lambda told: make_report(results, out, steps=steps, options=options, codebook=codebook, progress=told),
        options,
        reads_sources=False,
        upstream=lambda: digests_of_steps(results, steps),
    )
