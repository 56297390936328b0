"""One run at a time writes to a folder: a file in it says who, and a lock whose run is gone is taken over."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import secrets
import sys
import threading
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Self

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.safe.reasons import reason_of

if TYPE_CHECKING:
    from types import TracebackType

NAME = ".innovsoc.lock"
_PATIENCE = 2.0  # seconds in which a lock that has been made must say whose it is
LONGEST = 1000


class BusyError(UsageError):
    """Another run is writing to the folder; nothing has been touched."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes to a folder; no name of a person.

    Attributes
    ----------
    command : str
        What is run.
    pid : int
        Its process.
    birth : str
        When the process began, in its system's terms: numbers of processes are given again. Empty if unknown.
    host, boot, space : str
        Machine, its last start, and the space in which processes are numbered (a container has its own).
    since : int
        Seconds since 1970.
    """

    command: str
    pid: int
    birth: str
    host: str
    boot: str
    space: str
    since: int

    @property
    def is_gone(self) -> bool:
        """Whether its process has certainly ended; of another machine, nothing is certain."""
        if self.host != platform.node():
            return False
        if self.boot != _first_line("/proc/sys/kernel/random/boot_id"):
            return True
        if self.space != _space():
            return False
        birth = _birth(self.pid)
        return birth is None or bool(birth and self.birth and birth != self.birth)


class Lock:
    """A folder that is held; :meth:`release` frees it, as does leaving the block.

    Attributes
    ----------
    content : bytes
        What the file says.
    taken_over : bool
        Whether a run that was killed had left its lock.
    """

    def __init__(self, path: Path, content: bytes, *, made: list[Path], taken_over: bool) -> None:
        self._path = path
        self.content = content
        self._made = made
        self._pid = os.getpid()
        self._thread = threading.current_thread()
        self.taken_over = taken_over

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @property
    def is_abandoned(self) -> bool:
        """Whether who asks now cannot be at work under it: the thread that held it is here, or has ended."""
        return self._thread is threading.current_thread() or not self._thread.is_alive()

    def release(self) -> None:
        """Free the folder; the lock of someone else is left alone, and a second call does nothing."""
        if os.getpid() != self._pid:  # a copy of the process that holds it
            return
        with _registry:
            if _held.get(self._path) is not self:
                return
            del _held[self._path]
            try:
                if self._path.read_bytes() == self.content:
                    self._path.unlink()
                for folder in self._made:
                    folder.rmdir()  # made for the lock, and nothing else has come
            except OSError:
                return


_registry = threading.RLock()
_held: dict[Path, Lock] = {}


def hold(folder: Path, *, command: str) -> Lock:
    """Hold `folder`, which is made if need be: no other run writes to it until the lock is released.

    The lock is a file that is created if it is not there, in one operation of the system, so that it works
    across processes, systems and shared disks. A run that ended without removing it is known by its process;
    on another machine it cannot be, and the message tells which file to remove. A second call by the same
    thread replaces the first: what held it has failed.

    Parameters
    ----------
    folder : Path
        Of results.
    command : str
        Told to who comes second.

    Raises
    ------
    BusyError
        If another run holds it.
    UsageError
        If it cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()) / "results"
    >>> with hold(folder, command="code"):
    ...     [path.name for path in folder.iterdir()]
    ['.innovsoc.lock']
    >>> folder.exists()
    False
    """
    place = folder.absolute()
    path = place / NAME
    me = _me(command)
    content = json.dumps(asdict(me), ensure_ascii=False).encode()
    with _registry:
        earlier = _held.get(path)
        if earlier is not None and not earlier.is_abandoned:
            raise BusyError(_sentence(folder, holder_of(earlier.content) or me))
        if earlier is not None:
            earlier.release()
        made = [one for one in (place, *place.parents) if not one.exists()]
        try:
            place.mkdir(parents=True, exist_ok=True)
            taken_over = _take(path, content, folder)
        except OSError as error:
            _remove_empty(made)
            raise UsageError(
                f"Impossible d'écrire dans « {folder} » ({reason_of(error)}) ; choisissez un autre dossier."
            ) from None
        _held[path] = Lock(path, content, made=made, taken_over=taken_over)
        return _held[path]


def _me(command: str) -> Holder:
    pid = os.getpid()
    boot = _first_line("/proc/sys/kernel/random/boot_id")
    return Holder(command, pid, _birth(pid) or "", platform.node(), boot, _space(), int(time.time()))


def _take(path: Path, content: bytes, folder: Path) -> bool:
    """Create the lock; return whether one that nobody holds any more was in the way."""
    end = time.monotonic() + _PATIENCE
    taken_over = False
    while not _created(path, content):
        try:
            found = path.read_bytes()[:LONGEST]
        except FileNotFoundError:  # released meanwhile
            continue
        holder = holder_of(found)
        if holder is None and time.monotonic() < end:  # who makes it has not written yet, or was killed before
            time.sleep(_PATIENCE / 40)
            continue
        if holder is not None and not holder.is_gone:
            raise BusyError(_sentence(folder, holder))
        _set_aside(path, found)
        taken_over = True
    return taken_over


def _created(path: Path, content: bytes) -> bool:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True


def _set_aside(path: Path, found: bytes) -> None:
    """Remove the lock that was `found`, and no other: someone else may just have taken it over."""
    aside = path.with_name(f".innovsoc-{secrets.token_hex(4)}.tmp")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return
    if aside.read_bytes()[:LONGEST] != found and not path.exists():
        aside.rename(path)
    else:
        aside.unlink(missing_ok=True)


def holder_of(content: bytes) -> Holder | None:
    """Return whose lock it is, nothing if it does not say."""
    try:
        told = json.loads(content)
        holder = Holder(**{one.name: told[one.name] for one in fields(Holder)})
    except (ValueError, TypeError, KeyError):
        return None
    texts = (holder.command, holder.birth, holder.host, holder.boot, holder.space)
    numbers = (holder.pid, holder.since)
    plausible = all(isinstance(one, str) for one in texts) and all(type(one) is int and one > 0 for one in numbers)
    return holder if plausible else None


def _sentence(folder: Path, holder: Holder) -> str:
    since = dt.datetime.fromtimestamp(min(holder.since, 2**32), dt.UTC).astimezone()
    who = f"innovsoc {holder.command} y écrit depuis le {since:%d/%m/%Y} à {since.hour} h {since:%M}"
    advice = "attendez qu'il finisse ou choisissez un autre dossier"
    if holder.host != platform.node() or holder.space != _space():
        advice += f" ; s'il a été interrompu, effacez d'abord « {folder / NAME} »"
    return f"« {folder} » est pris : {who} (processus {holder.pid}, machine {holder.host}) ; {advice}."


if sys.platform == "win32":

    def _birth(pid: int) -> str | None:
        """Return when a process began; nothing if there is none so numbered, empty if it does not tell."""
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(0x1000, False, pid)  # noqa: FBT003 - PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return "" if ctypes.get_last_error() == 5 else None  # noqa: PLR2004 - someone else's: access denied
        try:
            code = ctypes.c_ulong()
            times = [ctypes.c_ulonglong() for _ in range(4)]
            kernel.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(code))
            kernel.GetProcessTimes(ctypes.c_void_p(handle), *map(ctypes.byref, times))
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))
        still_active = 259
        return str(times[0].value) if code.value == still_active else None

else:

    def _birth(pid: int) -> str | None:
        """Return when a process began; nothing if there is none so numbered, empty if it does not tell."""
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return None
        except PermissionError:  # someone else's
            pass
        # Linux alone tells: after the name, which may hold anything, come the state and, 19 further on, the start
        told = _first_line(f"/proc/{pid}/stat").rpartition(")")[2].split()
        if told and told[0] in {"Z", "X"}:  # it has ended, and its parent has not asked how
            return None
        return told[19] if len(told) > 19 else ""  # noqa: PLR2004


def _first_line(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace").partition("\n")[0]
    except OSError:
        return ""


def _space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return
