"""The command line: one file per command, each a thin call of public functions."""

from __future__ import annotations

import io
import os
import sys

from innovsoc_analysis.model.errors import EXIT_INTERNAL, EXIT_USAGE, InnovsocError

_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run ``innovsoc``; every failure is one French sentence and an exit status.

    0 all went well, 1 an internal error, 2 wrong usage, 3 some files refused, 4 nothing accepted.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # where an encoding lacks a letter, « ? » rather than a failure
        sys.stdout.reconfigure(errors="replace")
    sys.exit(_run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: list[str]) -> int:  # noqa: PLR0911 - one way out per kind of failure
    from typer.exceptions import Abort, Exit, TyperException

    from innovsoc_analysis.cli.app import build_app
    from innovsoc_analysis.cli.french import usage_sentence

    try:
        status = build_app()(args=arguments, prog_name="innovsoc", standalone_mode=False)
    except Exit as leaving:
        return leaving.exit_code
    except TyperException as error:
        return _fail(usage_sentence(error), EXIT_USAGE)
    except InnovsocError as error:
        return _fail(str(error), error.exit_status)
    except (Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # the reader of our output has gone (| head), which typer and rich turn into SystemExit: leave without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last guard between a bug and the user
        return _fail(_internal(error), EXIT_INTERNAL)
    if status == _INTERRUPTED:  # typer, too, says so when it meets Ctrl-C
        return _fail(
            "Interrompu. Un dossier de résultats sans run.json est incomplet : relancez la même commande.", _INTERRUPTED
        )
    return status if isinstance(status, int) else 0


def _internal(error: Exception) -> str:
    """Name the place of a bug, never the message: it could quote a text."""
    if os.environ.get("INNOVSOC_DEBUG"):
        raise error
    trace = error.__traceback__
    place = ""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("innovsoc_analysis"):
            place = f"{name}, ligne {trace.tb_lineno}"
        trace = trace.tb_next
    return (
        f"Erreur interne ({type(error).__name__} dans {place}). C'est un défaut du programme :"
        " signalez-le avec cette ligne. INNOVSOC_DEBUG=1 montre le détail."
    )


def _fail(sentence: str, status: int) -> int:
    from innovsoc_analysis.cli.terminal import say

    say(f"innovsoc : {sentence}")
    return status
