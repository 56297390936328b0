"""Code files of any number into a folder of results: what ``innovsoc code`` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innovsoc_analysis.batch.parts import Parts
from innovsoc_analysis.batch.results import Merged, count, n_listed, save_readable, save_tables
from innovsoc_analysis.batch.running import run_parts
from innovsoc_analysis.batch.settings import Settings, pack_codebook
from innovsoc_analysis.ingest.reading import find_described, read_files
from innovsoc_analysis.model.errors import NothingToReadError
from innovsoc_analysis.safe.limits import settled
from innovsoc_analysis.study.annotations import CACHE
from innovsoc_analysis.study.corpus import repeated
from innovsoc_analysis.study.duplicates import GIVEN, find_duplicates, remarks_on
from innovsoc_analysis.study.manifest import Run
from innovsoc_analysis.study.saving import save_duplicates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from innovsoc_analysis.batch.plan import Size
    from innovsoc_analysis.batch.results import Bounds
    from innovsoc_analysis.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Job:
    """What to code, how and where to.

    Attributes
    ----------
    sources : sequence of str or Path
        Folders, files, patterns, zips.
    out : Path
        Folder of the results.
    codebook : Codebook
        Codes to look for.
    codebook_file : Path, optional
        Where it was read from, if it does not come with the package.
    genre : str, optional
        Genre of the texts for which nothing else tells one.
    metadata : Path, optional
        Metadata table.
    locale : str
        ``"fr"`` for CSV files that a French spreadsheet opens.
    title : str
        Title of the report.
    cache : Path, optional
        Folder of kept annotations; unfinished work is kept there too, otherwise in `out`.
    coder, model
        As :func:`innovsoc_analysis.coding.coder.code` takes them.
    workers : int
        Processes at a time when there are many files.
    size : Size, optional
        Bounds of a partition.
    bounds : Bounds, optional
        Up to where workbook and report hold everything.
    ignore : sequence of Path
        Files or folders left out besides `out`.
    drop_duplicates : bool
        Leave out the texts whose words an earlier one has all; all files are read once more to know them.
    limits : str
        What a file may cost, as :func:`~innovsoc_analysis.safe.limits.limits_from` reads it.
    by : str
        Attribute that the report compares codes by; empty for the genre.
    """

    sources: Sequence[str | Path]
    out: Path
    codebook: Codebook
    codebook_file: Path | None = None
    genre: str | None = None
    metadata: Path | None = None
    locale: str = ""
    title: str = ""
    cache: Path | None = None
    coder: str | None = None
    model: Path | None = None
    workers: int = 1
    size: Size | None = None
    bounds: Bounds | None = None
    ignore: Sequence[Path] = ()
    drop_duplicates: bool = False
    limits: str = ""
    by: str = ""

    @property
    def parameters(self) -> dict[str, object]:
        """What ``run.json`` tells of the options; those that name files hold their paths, once recorded."""
        return {
            "codebook": self.codebook.name,
            "coder": self.coder,
            "model": None,
            "genre": self.genre,
            "metadata": None,
            "locale": self.locale,
            "title": self.title,
            **({"drop_duplicates": True} if self.drop_duplicates else {}),
            **({"limits": limits} if (limits := settled(self.limits)) else {}),
            **({"by": self.by} if self.by else {}),
        }

    @property
    def files(self) -> dict[str, Path | None]:
        """Options that name files."""
        return {"codebook": self.codebook_file, "model": self.model, "metadata": self.metadata}

    @property
    def settings(self) -> Settings:
        """What decides the codings besides the files."""
        # absolute: a worker may stand elsewhere
        cache = str(self.cache.absolute()) if self.cache else None
        model = str(self.model.absolute()) if self.model else None
        return Settings(
            pack_codebook(self.codebook),
            self.genre,
            self.locale,
            cache,
            self.coder,
            model,
            settled(self.limits),
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """What came of a job.

    Attributes
    ----------
    merged : Merged
        Counts, sources, remarks.
    taken_over : int
        How many files an interrupted run had finished.
    n_listed : int
        How many rows ``to_reread.csv`` has.
    """

    merged: Merged
    taken_over: int
    n_listed: int


def code_files(job: Job, *, progress: Callable[[str, int, int], None] | None = None) -> Coded:
    """Code files and write all results, ``run.json`` last.

    What an interrupted run into the same folder had finished is taken over. The results are the
    same for any number of workers.

    Parameters
    ----------
    job : Job
        What to do.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Coded
        Counts; the results are in the folder.

    Raises
    ------
    UsageError
        If a source does not exist, the metadata are unusable, the results cannot be written, another run
        writes to the same folder, or `by` has too many values.
    UnknownNameError
        If no document has the attribute `by`; what was coded is kept, as after an interruption.
    NothingToReadError
        If no file could be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("L'innovation sociale est une réponse nouvelle.", encoding="utf-8")
    >>> job = Job([folder / "a.txt"], folder / "résultats", load_codebook())
    >>> code_files(job).merged.tally.codings > 0, (folder / "résultats" / "codings.csv").exists()
    (True, True)
    """
    with Run("code", job.out, sources=job.sources, parameters=job.parameters, files=job.files) as run:
        return _code(job, run, progress)


def _code(job: Job, run: Run, progress: Callable[[str, int, int], None] | None) -> Coded:
    settings = job.settings
    parts = Parts(job.cache or job.out / CACHE, job.out)
    limits = settings.reading_limits
    found = find_described(job.sources, metadata=job.metadata, ignore=(job.out, *job.ignore), limits=limits)
    dropped = (
        repeated(read_files(found.files, found.table, limits=limits, progress=progress)) if job.drop_duplicates else {}
    )
    finished = run_parts(found, settings, parts, workers=job.workers, size=job.size, dropped=dropped, progress=progress)
    try:
        merged = count(finished.folders, settings, remarks=found.remarks)
    except NothingToReadError:
        parts.clear()
        raise
    by = merged.tally.grouping(job.by).by  # a wrong one is said before anything is written; the parts stay
    run.begin_writing()
    if progress:
        progress("rapport", 0, 1)
    written = save_tables(merged, job.out, locale=job.locale)
    merged, duplicates = _with_duplicates(merged, job)
    written += duplicates
    written += save_readable(merged, job.out, title=job.title, by=by, locale=job.locale, bounds=job.bounds)
    tally = merged.tally
    counts = {"documents": tally.total.documents, "sentences": tally.sentences, "codings": tally.codings}
    run.finish(merged.corpus, counts=counts, outputs=dict.fromkeys(written), codebook=job.codebook.reference)
    parts.clear()
    if progress:
        progress("rapport", 1, 1)
    return Coded(merged, finished.taken_over, n_listed(tally, job.bounds))


def _with_duplicates(merged: Merged, job: Job) -> tuple[Merged, list[Path]]:
    """Find the texts that come twice, wherever their partitions; write them and remark on them."""
    import pandas as pd

    found = find_duplicates(
        pd.read_parquet(folder / "documents.parquet", columns=list(GIVEN)) for folder in merged.folders
    )
    remarks = (*merged.corpus.remarks, *remarks_on(found))
    written = save_duplicates(found, job.out, locale=job.locale)
    return replace(merged, corpus=replace(merged.corpus, remarks=remarks)), written
