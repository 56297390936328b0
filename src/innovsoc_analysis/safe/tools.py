"""Run a program that the user has installed: bounded in time and memory, without network, its traces removed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# what a program needs to start; nothing else of the user's settings reaches it
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


def find_program(*names: str) -> str | None:
    """Return the path of the first of these programs that is installed: names, or places where installers put them.

    Examples
    --------
    >>> find_program("no-such-program") is None
    True
    """
    return next((path for name in names if (path := shutil.which(name))), None)


def run_program(
    command: Sequence[str],
    *,
    data: bytes = b"",
    limits: Limits = DEFAULT_LIMITS,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Return what a program writes to its standard output.

    Parameters
    ----------
    command : sequence of str
        The program's path and its arguments; no shell reads them.
    data : bytes
        Its standard input.
    limits : Limits
        ``seconds`` and, on Linux, ``memory_bytes``.
    environment : mapping of str to str, optional
        Added to the little that it gets.

    Raises
    ------
    RefusedFileError
        ``"timeout"``, or ``"tool"`` if it fails.

    Examples
    --------
    >>> import sys
    >>> run_program([sys.executable, "-c", "print(input().upper())"], data=b"abc").strip()
    b'ABC'
    """
    bounded = [sys.executable, "-P", "-m", "innovsoc_analysis.safe.tool_main", str(limits.memory_bytes), *command]
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 - a list, no shell
        bounded,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**passed, **_module_path(), **(environment or {})},
        start_new_session=True,
    )
    try:
        answer, _ = process.communicate(data, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        reason = f"la conversion dépasse {limits.seconds} s ; le fichier est sans doute endommagé."
        raise RefusedFileError("timeout", reason) from None
    finally:
        _stop(process)
    if process.returncode:
        name = Path(command[0]).stem
        raise RefusedFileError("tool", f"le programme « {name} » n'a pas pu le lire ; réenregistrez le fichier.")
    return answer


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder that only we can open, for a program that reads and writes files; it is removed after use.

    Yields
    ------
    Path
        The folder.

    Examples
    --------
    >>> with private_folder() as folder:
    ...     folder.is_dir()
    True
    >>> folder.exists()
    False
    """
    with tempfile.TemporaryDirectory(prefix="innovsoc-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _module_path() -> dict[str, str]:
    """Let the launcher find this package however it was found here."""
    return {"PYTHONPATH": str(Path(__file__).parents[2])}


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of it may have ended
            os.killpg(process.pid, signal.SIGKILL)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue
    process.wait()
