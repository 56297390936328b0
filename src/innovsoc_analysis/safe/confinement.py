"""What a reader's process gives up before it sees a file: memory, time, network, writing, other programs."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

# the process that waits stops it first; alone, it ends by itself a little later
_GRACE_SECONDS = 5
_FORBIDDEN = frozenset({
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "subprocess.Popen",
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
})  # fmt: skip
_CHANGES = frozenset({
    "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate", "shutil.rmtree",
})  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Python keeps what it has compiled of our own modules
_COMPILED = "__pycache__"


def bound_memory(memory_bytes: int) -> None:
    """Bound this process's address space (on Linux; elsewhere nothing does), and leave no image of it if it crashes.

    Parameters
    ----------
    memory_bytes : int
        No more than what is allowed already.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory_bytes if most == resource.RLIM_INFINITY else min(memory_bytes, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


def confine() -> None:
    """Refuse this process the network, other programs and writing, for good: whatever Python code asks (PEP 578)."""
    sys.addaudithook(_refuse)


def end_within(seconds: int) -> None:
    """Let this process end by itself if it is still busy some seconds after its time; 0 takes that back.

    Parameters
    ----------
    seconds : int
        Its time; nothing happens where the system has no alarms, or if it has none.
    """
    if sys.platform != "win32":
        signal.alarm(seconds + _GRACE_SECONDS if seconds else 0)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(event)
    writes = event in _CHANGES or (event == "open" and _opens_to_write(arguments))
    if writes and _COMPILED not in str(arguments[0]) and arguments[0] != os.devnull:
        raise PermissionError(event)


def _opens_to_write(arguments: tuple[Any, ...]) -> bool:
    """Whether ``open`` was called with a mode that is not only for reading; ``os.open`` tells flags alone."""
    path, mode, flags = arguments
    if isinstance(path, int):  # our own pipes
        return False
    return bool(set(str(mode)) & set("wax+")) if mode else bool(flags & _WRITING)
