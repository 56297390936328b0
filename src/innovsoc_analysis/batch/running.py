"""Work on partitions, here or in processes of their own; what kills a process is isolated and refused."""

from __future__ import annotations

import os
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from innovsoc_analysis.batch.plan import Item, Size, gather, key_of, partitions
from innovsoc_analysis.batch.work import pack, write_outcomes, write_part
from innovsoc_analysis.ingest.registry import reader_for
from innovsoc_analysis.model.documents import REFUSED, SourceOutcome
from innovsoc_analysis.model.errors import EXIT_INTERNAL, InnovsocError, RefusedFileError, UsageError
from innovsoc_analysis.safe.limits import Limits
from innovsoc_analysis.safe.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from innovsoc_analysis.batch.parts import Parts
    from innovsoc_analysis.batch.settings import Settings
    from innovsoc_analysis.ingest.reading import Found

TARGET = "innovsoc_analysis.batch.work:answer"
# an hour for what takes seconds, and more memory than any text should need: only what never ends is stopped
_SECONDS, _MEMORY = 3600, 16 * 1024**3
_ATTEMPTS = 2
_MOST_BUGS = 10
_WHY = {
    "crash": "le fichier fait échouer son traitement ; réenregistrez-le ou convertissez-le.",
    "memory": "le fichier demande trop de mémoire ; découpez-le.",
    "timeout": "le traitement du fichier ne finit pas ; découpez-le.",
}


@dataclass(frozen=True, slots=True)
class Finished:
    """The parts of a batch, in the order of the files.

    Attributes
    ----------
    folders : list of Path
        One per part.
    taken_over : int
        How many files were finished by an earlier run.
    """

    folders: list[Path] = field(default_factory=list)
    taken_over: int = 0


@dataclass(frozen=True, slots=True)
class _Done:
    folders: list[Path]
    n_files: int
    n_known: int


class ProgramError(InnovsocError):
    """A bug on which file after file fails: there is no use in trying them all."""

    exit_status = EXIT_INTERNAL


class _Stopped(Exception):  # noqa: N818 - not an error: the user has interrupted
    """The run ends before this partition does."""


def run_parts(
    found: Found,
    settings: Settings,
    parts: Parts,
    *,
    workers: int = 1,
    size: Size | None = None,
    dropped: Mapping[str, Mapping[str, str]] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Finished:
    """Make the parts of a batch that are not there yet.

    Files that fit in one partition are worked on in this process. More are worked on in `workers`
    others, so that a file on which one of them dies (twice) is found by halving its partition
    and listed as refused.

    Parameters
    ----------
    found : Found
        Files and metadata.
    settings : Settings
        How to code.
    parts : Parts
        Where finished parts stand.
    workers : int
        Processes at a time.
    size : Size, optional
        Bounds of a partition.
    dropped : mapping, optional
        Texts to leave out, as `gather` takes them.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    Finished
        The same parts for any number of workers.

    Raises
    ------
    UsageError
        If the parts cannot be written.
    ProgramError
        If the first files all fail on a bug.
    """
    groups = partitions(gather(found, dropped), size or Size())
    first, second = next(groups, ()), next(groups, None)
    if second is None:
        key = key_of(first, settings.digest)
        known = parts.has(key)
        if not known:
            write_part(first, settings, parts.folder(key), progress=progress)
        return Finished([parts.folder(key)], len(first) if known else 0)
    crew = _Crew(settings, parts)
    total = len(found.files)
    folders: list[Path] = []
    done = taken_over = 0
    if progress:
        progress("fichiers", 0, total)
    with ThreadPoolExecutor(workers) as pool:
        try:
            for one in _in_order(pool, crew.finish, chain((first, second), groups), ahead=2 * workers):
                folders += one.folders
                done += one.n_files
                taken_over += one.n_known
                if progress:
                    progress("fichiers", done, total)
        finally:
            crew.stop()
            pool.shutdown(cancel_futures=True)
            crew.stop()  # a process may have been started meanwhile
    return Finished(folders, taken_over)


def _in_order(
    pool: ThreadPoolExecutor,
    work: Callable[[tuple[Item, ...]], _Done],
    groups: Iterator[tuple[Item, ...]],
    *,
    ahead: int,
) -> Iterator[_Done]:
    """Yield what `work` makes of each group, in order; few groups are in memory at a time."""
    waiting: deque[Future[_Done]] = deque()
    for group in groups:
        waiting.append(pool.submit(work, group))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Crew:
    """Processes, one for each thread that asks; a dead one is replaced."""

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self._settings = settings
        self._digest = settings.digest
        self._parts = parts
        self._local = threading.local()
        self._workers: list[Worker] = []
        self._stopped = threading.Event()
        self._made = 0
        self._bugs = 0

    def stop(self) -> None:
        """Stop all processes; nothing is begun any more."""
        self._stopped.set()
        for worker in self._workers:
            worker.close()

    def finish(self, items: tuple[Item, ...]) -> _Done:
        """Make the part of `items`, or those of its halves if it cannot be made."""
        key = key_of(items, self._digest)
        if self._parts.has(key):
            return _Done([self._parts.folder(key)], len(items), len(items))
        if not self._parts.is_split(key):
            reason = self._try(items, key)
            if reason is None:
                self._made += 1
                return _Done([self._parts.folder(key)], len(items), 0)
            if len(items) == 1:
                self._count_bug(*reason)
                write_outcomes([_refused(items[0], reason)], self._parts.folder(key))
                return _Done([self._parts.folder(key)], 1, 0)
            self._parts.split(key)
        middle = len(items) // 2
        left, right = self.finish(items[:middle]), self.finish(items[middle:])
        return _Done(left.folders + right.folders, len(items), left.n_known + right.n_known)

    def _try(self, items: tuple[Item, ...], key: str) -> tuple[str, str] | None:
        """Have the part made; return the code and sentence of what prevents it."""
        data, files = pack(items)
        options = {"files": files, "settings": self._settings.as_options(), "folder": str(self._parts.folder(key))}
        reason = ("crash", _WHY["crash"])
        for _ in range(_ATTEMPTS):
            if self._stopped.is_set():
                raise _Stopped
            try:
                told = self._worker().call(TARGET, data, **options)
            except RefusedFileError as error:
                if self._stopped.is_set():
                    raise _Stopped from None
                reason = (error.code, _WHY.get(error.code, _WHY["crash"]))
                continue
            if "usage" in told:
                raise UsageError(told["usage"])
            if "bug" in told and os.environ.get("INNOVSOC_DEBUG"):
                raise RuntimeError(told["bug"])
            if "bug" in told:  # it would come up again
                return "bug", f"le programme échoue sur ce fichier ({told['bug']}) ; signalez-le avec cette ligne."
            return None
        return reason

    def _count_bug(self, code: str, message: str) -> None:
        if code != "bug":
            return
        self._bugs += 1
        if self._bugs == _MOST_BUGS and not self._made:
            raise ProgramError(f"Erreur interne : {message}")

    def _worker(self) -> Worker:
        if not hasattr(self._local, "worker"):
            self._local.worker = Worker(limits=_bounds(self._settings.reading_limits))
            self._workers.append(self._local.worker)
        return self._local.worker


def _bounds(reading: Limits) -> Limits:
    """Return what a partition may cost: a file of it may take the time and memory that it is given."""
    return Limits(seconds=_SECONDS + reading.seconds, memory_bytes=max(_MEMORY, reading.memory_bytes))


def _refused(item: Item, reason: tuple[str, str]) -> SourceOutcome:
    code, message = reason
    try:
        reader = reader_for(item.name).name
    except RefusedFileError:
        reader = ""
    n_bytes = len(item.data)
    return SourceOutcome(item.name, REFUSED, code, message, reader=reader, sha256=item.sha256, n_bytes=n_bytes)
