"""Make the steps of a study that are not up to date."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.documents import REFUSED
from innovsoc_analysis.model.errors import (
    EXIT_INTERNAL,
    EXIT_OK,
    EXIT_SOME_REFUSED,
    InnovsocError,
    NothingToReadError,
    UsageError,
)
from innovsoc_analysis.model.run import StudyRecord
from innovsoc_analysis.safe.locks import BusyError, hold
from innovsoc_analysis.safe.sweeping import AN_HOUR, sweep, sweep_derived
from innovsoc_analysis.study.keeping import keep_changed
from innovsoc_analysis.study.manifest import relative
from innovsoc_analysis.workflow.basis import basis_of, differences, digests_of_sources
from innovsoc_analysis.workflow.chain import steps_of
from innovsoc_analysis.workflow.folder import load_study
from innovsoc_analysis.workflow.records import damaged, finished_record, load_record, save_record
from innovsoc_analysis.workflow.remarks import metadata_remarks, unexpected_genres
from innovsoc_analysis.workflow.settings import CHAIN, TITLES
from innovsoc_analysis.workflow.watching import Watcher
from innovsoc_analysis.workflow.withdrawing import remove_stale, withdraw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from innovsoc_analysis.model.run import RunRecord
    from innovsoc_analysis.workflow.folder import Study
    from innovsoc_analysis.workflow.steps.step import Step

UP_TO_DATE, MADE, FAILED, OFF = "à jour", "fait", "impossible", "coupé"
NEVER, INTERRUPTED, FORCED = "jamais fait", "interrompu la dernière fois", "demandé (--force)"


@dataclass(frozen=True, slots=True)
class StepResult:
    """What came of a step.

    Attributes
    ----------
    step : str
        Its name.
    outcome : str
        ``UP_TO_DATE``, ``MADE``, ``FAILED`` or ``OFF``.
    reasons : tuple of str
        Why it was made.
    message : str
        Why it could not be done.
    seconds : float
        How long it took.
    bug : bool
        Whether the program is at fault.
    kept : tuple of Path
        Results that someone had changed, under their new names.
    """

    step: str
    outcome: str
    reasons: tuple[str, ...] = ()
    message: str = ""
    seconds: float = 0.0
    bug: bool = False
    kept: tuple[Path, ...] = ()


@dataclass(frozen=True, repr=False)
class StudyRun:
    """What a run of a study did.

    Attributes
    ----------
    study : Study
        The study.
    steps : tuple of StepResult
        In order.
    record : StudyRecord
        What ``results/run.json`` now says.
    """

    study: Study
    steps: tuple[StepResult, ...]
    record: StudyRecord

    @property
    def table(self) -> pd.DataFrame:
        """One row per step: ``step, outcome, reasons, message, seconds``."""
        import pandas as pd

        rows = [{**asdict(one), "reasons": " ; ".join(one.reasons)} for one in self.steps]
        return pd.DataFrame(rows, columns=["step", "outcome", "reasons", "message", "seconds"])

    @property
    def refused(self) -> tuple[str, ...]:
        """Files that could not be read."""
        found = (one for record in self.record.steps.values() for one in record.sources if one["outcome"] == REFUSED)
        return tuple(dict.fromkeys(one["source"] for one in found))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else is to be looked at: tables that are not read, texts of a genre that the settings do not expect."""
        found = unexpected_genres(self.study, list(self.record.steps))
        genres = (
            f"{number} texte(s) d'un genre inattendu : « {genre or 'sans genre'} » (genres, dans innovsoc.toml)."
            for genre, number in found.items()
        )
        return (*metadata_remarks(self.study), *genres)

    @property
    def exit_status(self) -> int:
        """0 if all is there, 1 after a fault of the program, 3 if a file was refused or a step could not be done."""
        if any(one.bug for one in self.steps):
            return EXIT_INTERNAL
        return EXIT_SOME_REFUSED if self.refused or self.record.failed else EXIT_OK

    def __repr__(self) -> str:
        """Return counts only."""
        made = sum(one.outcome == MADE for one in self.steps)
        return f"<StudyRun : {made} étape(s) faite(s) sur {len(self.steps)}>"

    def _repr_html_(self) -> str:
        from innovsoc_analysis.pages.tables import show

        headings = {"step": "étape", "outcome": "état", "reasons": "pourquoi", "seconds": "secondes"}
        told = self.table.assign(step=self.table["step"].map(title_of))
        return show(told.rename(columns=headings), decimals=0)._repr_html_()


def run_study(
    folder: Path | str = ".",
    *,
    only: Sequence[str] = (),
    force: bool = False,
    limits: str = "",
    workers: int = 1,
    watcher: Watcher | None = None,
) -> StudyRun:
    """Make the steps of a study that are not up to date, ``results/run.json`` last.

    A step is up to date if its sources, settings, files, versions and the results it reads are those
    of its ``run.json``, and what it wrote has not been touched since. A study that is up to date may
    stand on a disk that cannot be written to.

    Parameters
    ----------
    folder : Path
        Of the study.
    only : sequence of str
        Steps to look at; by default all that the settings name.
    force : bool
        Make them even if they are up to date.
    limits : str
        What a file may cost, in place of what the settings say of it; see `Study.with_limits`.
    workers : int
        Processes or threads at a time; the results do not depend on it.
    watcher : Watcher, optional
        Is told how it goes on.

    Returns
    -------
    StudyRun
        What was done; a step that could not be done says why, and the rest is done.

    Raises
    ------
    UsageError
        If there is no study, its settings are wrong, a source does not exist, or another run writes to its results.
    CodebookError
        If the codebook has mistakes.
    NothingToReadError
        If no source could be read.
    """
    study = load_study(folder).with_limits(limits)
    _check(study, only)
    because = FORCED if force else ""
    return make_steps(study, study.results, only=only, because=because, workers=workers, watcher=watcher)


def _check(study: Study, only: Sequence[str]) -> None:
    for name in only:
        if name not in CHAIN:
            raise UsageError(f"« {name} » n'est pas une étape ; choisissez parmi {', '.join(CHAIN)}.")
        if name not in study.settings.steps:
            raise UsageError(f"L'étape « {name} » est coupée : ajoutez-la à steps dans innovsoc.toml.")
    if not study.settings.steps:
        raise UsageError("Aucune étape : nommez-en au moins une dans steps, dans innovsoc.toml.")


def make_steps(
    study: Study,
    results: Path,
    *,
    only: Sequence[str] = (),
    because: str = "",
    cache: Path | None = None,
    workers: int = 1,
    watcher: Watcher | None = None,
) -> StudyRun:
    """Make the steps of a study into `results`, see `run_study`.

    Parameters
    ----------
    study : Study
        The folder and its settings.
    results : Path
        Where to write.
    only, workers, watcher
        As in `run_study`.
    because : str
        Why all are made, even if they are up to date.
    cache : Path, optional
        Where to keep annotations instead of the study's own folder.
    """
    started = time.perf_counter()
    watcher = watcher or Watcher()
    wanted = [name for name in CHAIN if name in study.settings.steps and (not only or name in only)]
    steps = steps_of(study, wanted, results=results, cache=cache, workers=workers)
    ignore = (study.results, results)
    sources = digests_of_sources(study.sources, metadata=study.metadata, ignore=ignore, limits=study.limits)
    found = []
    try:
        lock = hold(results, command="run")
    except BusyError:
        raise
    except UsageError:
        if not because and (done := _all_up_to_date(study, results, steps, sources)):
            for result in done.steps:
                watcher.end(result)
            return done
        raise
    with lock:
        sweep(results, idle=0 if lock.taken_over else AN_HOUR)
        sweep_derived(study.cache)
        for result in _made(steps, sources, results, because=because, watcher=watcher):
            watcher.end(result)
            found.append(result)
        for name in CHAIN:
            if name not in study.settings.steps and (results / name / RECORD).exists():
                withdraw(results / name)
                found.append(StepResult(name, OFF))
                watcher.end(found[-1])
        record = _record(study, results, found, seconds=time.perf_counter() - started)
    return StudyRun(study, tuple(found), record)


def _all_up_to_date(study: Study, results: Path, steps: Sequence[Step], sources: Mapping[str, str]) -> StudyRun | None:
    """Return what there is to say of a study in which nothing is to be written, ``None`` if something is."""
    record = _earlier(results / RECORD)
    cut = any((results / name / RECORD).exists() for name in CHAIN if name not in study.settings.steps)
    if record is None or cut or any(why_again(step, sources) for step in steps):
        return None
    return StudyRun(study, tuple(StepResult(step.name, UP_TO_DATE) for step in steps), record)


def _made(
    steps: Sequence[Step], sources: Mapping[str, str], results: Path, *, because: str, watcher: Watcher
) -> Iterator[StepResult]:
    for step in steps:
        old = finished_record(step.out)
        reasons = (because,) if because else why_again(step, sources)
        if not reasons:
            yield StepResult(step.name, UP_TO_DATE)
            continue
        watcher.begin(step.name, reasons)
        # until the end, what stands there is not complete
        (results / RECORD).unlink(missing_ok=True)
        yield replace(_make(step, old, watcher), reasons=reasons)


def why_again(step: Step, sources: Mapping[str, str]) -> tuple[str, ...]:
    """Return why a step is to be made; nothing if it is up to date.

    Parameters
    ----------
    step : Step
        Whose results are looked at.
    sources : mapping of str to str
        Names and digests of its sources, see `digests_of_sources`.
    """
    old = finished_record(step.out)
    if old is None:
        return (INTERRUPTED,) if step.out.is_dir() and any(step.out.iterdir()) else (NEVER,)
    if found := differences(basis_of(old), step.basis(sources)):
        return tuple(one.sentence for one in found)
    return tuple(f"résultat modifié ou absent : {name}" for name in damaged(old.outputs, step.out))


def _make(step: Step, old: RunRecord | None, watcher: Watcher) -> StepResult:
    started = time.perf_counter()
    kept = tuple(keep_changed(old.outputs, step.out)) if old else ()
    try:
        step.make(watcher.advance)
    except (NothingToReadError, BusyError):  # what stands there is another run's
        raise
    except InnovsocError as error:
        withdraw(step.out)
        return StepResult(step.name, FAILED, message=str(error), seconds=time.perf_counter() - started, kept=kept)
    except Exception as error:
        if os.environ.get("INNOVSOC_DEBUG"):
            raise
        withdraw(step.out)
        message = f"défaut du programme ({type(error).__name__}) ; INNOVSOC_DEBUG=1 montre le détail."
        return StepResult(
            step.name, FAILED, message=message, seconds=time.perf_counter() - started, bug=True, kept=kept
        )
    remove_stale(step.out, old)
    return StepResult(step.name, MADE, seconds=time.perf_counter() - started, kept=kept)


def _record(study: Study, results: Path, found: Sequence[StepResult], *, seconds: float) -> StudyRecord:
    """Write the record of the study, unless it would say nothing new."""
    path = results / RECORD
    old = _earlier(path)
    found_records = {name: finished_record(results / name) for name in CHAIN if name in study.settings.steps}
    # a step that was not looked at this time has failed as before
    known = old.failed if old else {}
    looked_at = {one.step for one in found}
    failed: dict[str, str] = {
        name: told for name, told in known.items() if name not in looked_at and name in study.settings.steps
    }
    failed |= {one.step: one.message for one in found if one.outcome == FAILED}
    record = StudyRecord(
        study=relative(study.folder.resolve(), results.resolve()),
        settings=study.settings.model_dump(mode="json"),
        steps={name: one for name, one in found_records.items() if one is not None},
        failed=failed,
        seconds=round(seconds, 2),
        finished=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
    )
    if old and replace(old, seconds=0, finished="") == replace(record, seconds=0, finished=""):
        return old
    save_record(record, path)
    return record


def _earlier(path: Path) -> StudyRecord | None:
    if not path.is_file():
        return None
    try:
        found = load_record(path)
    except UsageError:
        return None
    return found if isinstance(found, StudyRecord) else None


def stale_steps(study: Study) -> dict[str, tuple[str, ...]]:
    """Return the steps that `run_study` would make, and why.

    Raises
    ------
    UsageError
        If a source does not exist.
    CodebookError
        If the codebook has mistakes.
    """
    steps = steps_of(study, [name for name in CHAIN if name in study.settings.steps], results=study.results)
    sources = digests_of_sources(study.sources, metadata=study.metadata, ignore=(study.results,), limits=study.limits)
    found = {step.name: why_again(step, sources) for step in steps}
    return {name: reasons for name, reasons in found.items() if reasons}


def title_of(step: str) -> str:
    """Return what people call a step.

    Examples
    --------
    >>> title_of("code")
    'codage'
    """
    return TITLES.get(step, step)
