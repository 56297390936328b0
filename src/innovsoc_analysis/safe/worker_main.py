"""The other side of :mod:`innovsoc_analysis.safe.worker`: bounded, and run as a process."""

from __future__ import annotations

import importlib
import json
import os
import sys

from innovsoc_analysis.model.errors import RefusedFileError
from innovsoc_analysis.safe.confinement import bound_memory, confine, end_within
from innovsoc_analysis.safe.worker import receive, send


def count_bytes(data: bytes) -> int:
    """Return the number of bytes: the smallest thing a worker can do."""
    return len(data)


def _answer(request: bytes, data: bytes) -> bytes:
    order = json.loads(request)
    module, _, function = order["target"].partition(":")
    try:
        value = getattr(importlib.import_module(module), function)(data, **order["options"])
        # no escapes: an accent would take six bytes
        return json.dumps({"value": value}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except RefusedFileError as error:
        return _refusal(error.code, str(error))
    except MemoryError:
        return _TOO_MUCH
    except RecursionError:
        return _refusal("crash", "le fichier est imbriqué de façon anormale ; réenregistrez-le.")
    except Exception as error:  # noqa: BLE001 - a reader's bug must not end the batch
        kind = type(error).__name__
        return _refusal("crash", f"le fichier fait échouer son lecteur ({kind}) ; réenregistrez-le.")


def _refusal(code: str, message: str) -> bytes:
    return json.dumps({"refused": [code, message]}).encode()


# made beforehand: there may be no memory left to make it
_TOO_MUCH = _refusal("memory", "le fichier demande trop de mémoire ; découpez-le.")


def main() -> None:
    """Answer requests from standard input until it closes."""
    # seconds are told to a process that is confined
    memory_bytes, most, seconds = (int(argument) for argument in sys.argv[1:])
    inbox = os.fdopen(0, "rb", closefd=False)
    # whatever a library prints must not mix with our messages
    outbox = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bound_memory(memory_bytes)
    if seconds:
        confine()
    while True:
        try:
            request, data = receive(inbox), receive(inbox)
        except EOFError:
            return
        if seconds:
            end_within(seconds)
        answer = _answer(request, data)
        send(outbox, answer if len(answer) <= most else _TOO_MUCH)
        end_within(0)


if __name__ == "__main__":
    main()
