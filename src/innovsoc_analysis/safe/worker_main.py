"""The other side of :mod:`innovsoc_analysis.safe.worker`: bounded, and run as a process."""

from __future__ import annotations

import importlib
import json
import os
import sys

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.worker import receive, send


def count_bytes(data: bytes) -> int:
    """Return the number of bytes: the smallest thing a worker can do."""
    return len(data)


def _bound(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _answer(request: bytes, data: bytes) -> bytes:
    order = json.loads(request)
    module, _, function = order["target"].partition(":")
    try:
        value = getattr(importlib.import_module(module), function)(data, **order["options"])
        return json.dumps({"value": value}).encode()
    except RefusedFileError as error:
        return json.dumps({"refused": [error.code, str(error)]}).encode()
    except MemoryError:
        return json.dumps({"refused": ["memory", "le fichier demande trop de mémoire ; découpez-le."]}).encode()
    except Exception:  # noqa: BLE001 - a reader's bug must not end the batch
        return json.dumps({"refused": ["crash", "le fichier fait échouer son lecteur ; réenregistrez-le."]}).encode()


def main() -> None:
    """Answer requests from standard input until it closes."""
    _bound(int(sys.argv[1]))
    inbox = os.fdopen(0, "rb", closefd=False)
    # whatever a library prints must not mix with our messages
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            request, data = receive(inbox), receive(inbox)
        except EOFError:
            return
        send(outbox, _answer(request, data))


if __name__ == "__main__":
    main()
