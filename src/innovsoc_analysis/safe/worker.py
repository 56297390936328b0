"""Run a fragile reader in a process of its own, with a deadline and a memory bound.

The worker lives from file to file; when it crashes, hangs or eats too much memory it is
stopped, the file is refused, and the next file gets a fresh one.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Any, Self

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from types import TracebackType

_LOOK_SECONDS = 0.1
_LENGTH = struct.Struct(">Q")


class Worker:
    """A process that runs ``module:function(data, **options)`` for us.

    Parameters
    ----------
    limits : Limits
        ``seconds`` per call, ``memory_bytes`` for the process (where the system can bound it), and ``expanded_bytes``
        for an answer.
    confined : bool
        Whether the process may neither reach the network, start programs nor write files: for readers.

    Examples
    --------
    >>> with Worker() as worker:
    ...     worker.call("innovsoc_analysis.safe.worker_main:count_bytes", b"abc")
    3
    """

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS, confined: bool = False) -> None:
        self._limits = limits
        self._confined = confined
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = _Watch()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, target: str, data: bytes, **options: Any) -> Any:
        """Return what `target` makes of `data`, passed as JSON.

        Raises
        ------
        RefusedFileError
            What the function raised, or ``"timeout"``, ``"memory"`` or ``"crash"`` if the process did not survive.
        """
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        self._watch.start(process, self._limits.seconds)
        answer = None
        try:
            send(process.stdin, json.dumps({"target": target, "options": options}).encode(), data)
            answer = receive(process.stdout, most=self._limits.expanded_bytes)
        except (OSError, EOFError):
            if self._watch.stopped:
                seconds = self._limits.seconds
                raise RefusedFileError(
                    "timeout", f"la lecture dépasse {seconds} s ; le fichier est sans doute endommagé."
                ) from None
            raise RefusedFileError(
                "crash", "le fichier fait échouer son lecteur ; réenregistrez-le ou convertissez-le."
            ) from None
        finally:
            self._watch.pause()
            if answer is None or self._watch.stopped:
                self.close()  # an answer that was not awaited must not pass for the next one
        # lone halves of characters pass as they are
        result = json.loads(answer.decode("utf-8", "surrogatepass"))
        if "refused" in result:
            raise RefusedFileError(*result["refused"])
        return result["value"]

    def close(self) -> None:
        """Stop the process, if there is one."""
        self._watch.end()
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was still to be sent has nobody to go to
                    continue

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            # -P: no module may come from the folder that the user stands in
            limits = self._limits
            seconds = limits.seconds if self._confined else 0
            bounds = [str(limits.memory_bytes), str(limits.expanded_bytes), str(seconds)]
            command = [sys.executable, "-P", "-m", "innovsoc_analysis.safe.worker_main", *bounds]
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process


class _Watch:
    """Stops a process that is past its time: one thread for all the calls, for starting one takes longer than a file.

    The thread lives while its worker has a process, and looks several times a second.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._lock = threading.Lock()
        self._watched: tuple[subprocess.Popen[bytes], float] | None = None
        self._over: threading.Event | None = None

    def start(self, process: subprocess.Popen[bytes], seconds: int) -> None:
        """Give a process its time."""
        with self._lock:
            self.stopped = False
            self._watched = (process, time.monotonic() + seconds)
        if self._over is None:
            self._over = threading.Event()
            threading.Thread(target=self._look, args=(self._over,), daemon=True).start()

    def pause(self) -> None:
        """Watch nothing until the next call."""
        with self._lock:
            self._watched = None

    def end(self) -> None:
        """End the thread."""
        if self._over is not None:
            self._over.set()
            self._over = None

    def _look(self, over: threading.Event) -> None:
        while not over.wait(_LOOK_SECONDS):
            with self._lock:
                if self._watched is not None and time.monotonic() > self._watched[1]:
                    self.stopped = True
                    self._watched[0].kill()
                    self._watched = None


def send(stream: IO[bytes], *messages: bytes) -> None:
    """Write messages: of each its length, then its bytes."""
    for data in messages:
        stream.write(_LENGTH.pack(len(data)))
        stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], *, most: int | None = None) -> bytes:
    """Read one message; ``EOFError`` if the other side is gone, or announces more bytes than `most`."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    if most is not None and size > most:
        raise EOFError
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
