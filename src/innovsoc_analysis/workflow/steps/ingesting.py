"""Read texts into one table: what ``innovsoc ingest`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.study.manifest import Run
from innovsoc_analysis.study.saving import save_documents

if TYPE_CHECKING:
    from pathlib import Path

    from innovsoc_analysis.study.corpus import Corpus
    from innovsoc_analysis.workflow.steps.texts import Progress, Texts


def make_ingest(texts: Texts, out: Path, *, progress: Progress | None = None) -> Corpus:
    """Read texts and write ``documents.parquet``, ``sources.csv`` and ``run.json``.

    Parameters
    ----------
    texts : Texts
        To read.
    out : Path
        Folder of the results.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Corpus
        What was read.

    Raises
    ------
    UsageError
        If a source does not exist, the metadata are unusable or the results cannot be written.
    NothingToReadError
        If no file could be read.
    """
    run = Run("ingest", out, sources=texts.sources, parameters=texts.parameters, files=texts.files)
    corpus = texts.read(out, progress=progress)
    run.begin_writing()
    written = save_documents(corpus, out, locale=texts.locale)
    run.finish(corpus, counts={"documents": len(corpus)}, outputs=written)
    return corpus
