"""Make results again from their sources, compare them with those there are, and say why they differ."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.ingest.sources import RECORD
from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.model.run import StudyRecord
from innovsoc_analysis.safe.files import make_private, remove_folder
from innovsoc_analysis.study.annotations import CACHE
from innovsoc_analysis.workflow.basis import PARAMETER, RESULT, basis_of, differences, parameter_difference
from innovsoc_analysis.workflow.chain import step_of
from innovsoc_analysis.workflow.folder import Study, load_study
from innovsoc_analysis.workflow.records import finished_record, load_record
from innovsoc_analysis.workflow.reproduction import Reproduction, compare_outputs
from innovsoc_analysis.workflow.running import make_steps
from innovsoc_analysis.workflow.settings import Settings
from innovsoc_analysis.workflow.toml import NAME
from innovsoc_analysis.workflow.watching import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innovsoc_analysis.model.run import RunRecord
    from innovsoc_analysis.workflow.basis import Difference

AGAIN = "refait à part"


def reproduce(
    record: Path | str, *, keep: Path | str | None = None, workers: int = 1, watcher: Watcher | None = None
) -> Reproduction:
    """Make results again and compare them with those there are.

    Sources are read, cleaned, annotated and analysed anew, in a temporary folder on the same disk.
    Of a study, its ``innovsoc.toml`` as it stands now is followed; of a single command, the options
    that its record tells.

    Parameters
    ----------
    record : Path
        A ``run.json``, the folder that holds it, or that of a study.
    keep : Path, optional
        Folder in which the new results are kept.
    workers : int
        Processes or threads at a time.
    watcher : Watcher, optional
        Is told how it goes on.

    Returns
    -------
    Reproduction
        What is identical, what differs, and why.

    Raises
    ------
    UsageError
        If it is no ``run.json``, the sources are not there any more, or `keep` is not empty.
    NothingToReadError
        If no source could be read.
    """
    path = _place_of(Path(record))
    told = load_record(path)
    folder = path.parent
    watcher = watcher or Watcher()
    place = Path(keep) if keep is not None else None
    if place is not None and place.exists() and not (place.is_dir() and not any(place.iterdir())):
        raise UsageError(f"« {place} » existe déjà et n'est pas un dossier vide ; choisissez un autre dossier.")
    if isinstance(told, StudyRecord):
        return _study_again(told, folder, place, workers=workers, watcher=watcher)
    return _step_again(told, folder, place, workers=workers, watcher=watcher)


def _place_of(given: Path) -> Path:
    """Return the ``run.json`` that a path stands for."""
    if (given / NAME).is_file():
        given = load_study(given).results
    path = given / RECORD if given.is_dir() else given
    if not path.exists():
        raise UsageError(f"« {path} » n'existe pas ; vérifiez le chemin, ou faites d'abord l'étude : innovsoc run.")
    return path


def _study_again(told: StudyRecord, folder: Path, keep: Path | None, *, workers: int, watcher: Watcher) -> Reproduction:
    study = load_study(Path(os.path.normpath(folder / told.study)))
    once = [*told.steps, *told.failed]
    names = [name for name in study.settings.steps if name in once]
    if not names:
        raise UsageError("Ce run.json ne contient aucune étape que innovsoc.toml demande encore ; lancez innovsoc run.")
    with _scratch(study.folder) as scratch:
        results = keep or scratch / "results"
        run = make_steps(
            study, results, only=names, because=AGAIN, cache=scratch / CACHE, workers=workers, watcher=watcher
        )
        again = run.record.steps
        outputs = [
            one
            for name, record in told.steps.items()
            for one in compare_outputs(
                name, record, again.get(name), old_folder=folder / name, new_folder=results / name
            )
        ]
        if keep is None:
            (results / RECORD).unlink(missing_ok=True)
    return Reproduction(
        outputs=tuple(outputs),
        reasons=tuple(_study_reasons(told, study, again)),
        failed={name: why for name, why in run.record.failed.items() if told.failed.get(name) != why},
        machines=_machines(list(told.steps.values()), list(again.values())),
        kept=keep,
    )


def _study_reasons(told: StudyRecord, study: Study, again: Mapping[str, RunRecord]) -> Iterator[Difference]:
    """Yield what has changed since: settings of the study first, then what the steps tell besides."""
    said: set[tuple[str, str]] = set()
    # what an earlier version did not know had its default
    known = {**Settings().model_dump(mode="json"), **told.settings}
    for where, key, old, new in _unlike(known, study.settings.model_dump(mode="json")):
        said.add((PARAMETER, key))
        yield parameter_difference(f"[{where}] {key}" if where else key, old, new)
    for name, record in again.items():
        if name in told.steps:
            for one in differences(basis_of(told.steps[name]), basis_of(record)):
                if one.kind != RESULT and (one.kind, one.name) not in said:
                    said.add((one.kind, one.name))
                    yield one


def _unlike(old: Mapping[str, Any], new: Mapping[str, Any], where: str = "") -> Iterator[tuple[str, str, Any, Any]]:
    """Yield section, key, old and new value of the settings that are not the same."""
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _unlike(before, after, key)
        elif before != after:
            yield where, key, before, after


def _step_again(told: RunRecord, folder: Path, keep: Path | None, *, workers: int, watcher: Watcher) -> Reproduction:
    with _scratch(folder.absolute().parent) as scratch:
        out = keep or scratch / folder.resolve().name
        step = step_of(told, folder, out, cache=scratch / CACHE, workers=workers)
        watcher.begin(step.name, (AGAIN,))
        step.make(watcher.advance)
        again = finished_record(out)
        outputs = compare_outputs(step.name, told, again, old_folder=folder, new_folder=out)
    found = differences(basis_of(told), basis_of(again)) if again else ()
    return Reproduction(
        outputs=tuple(outputs),
        reasons=tuple(found),
        failed={},
        machines=_machines([told], [again] if again else []),
        kept=keep,
    )


def _machines(old: list[RunRecord], new: list[RunRecord]) -> tuple[str, ...]:
    """Return the machines, if they differ: that alone may change the last digit of a number."""
    found = list(dict.fromkeys(record.machine for record in [*old, *new] if record.machine))
    return tuple(found) if len(found) > 1 else ()


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """Give a temporary folder on the disk of `folder`, for its owner's eyes only, and remove it."""
    place = folder / CACHE
    was_there = place.exists()
    if os.access(place if was_there else folder, os.W_OK):
        make_private(place)
        scratch = Path(tempfile.mkdtemp(dir=place, prefix="reproduce-"))
    else:  # results on a disk that one may only read
        scratch = Path(tempfile.mkdtemp(prefix="innovsoc-"))
    try:
        yield scratch
    finally:
        remove_folder(scratch)
        if not was_there:
            remove_folder(place)
