"""What can go wrong, said in the user's terms.

Every error a person may meet derives from :class:`InnovsocError`. Its message is one
French sentence that names the file or option, the reason and what to do; the command
line prints it as it is and leaves with ``exit_status``.
"""

from __future__ import annotations

from typing import ClassVar

EXIT_OK = 0
EXIT_INTERNAL = 1
EXIT_USAGE = 2
EXIT_SOME_REFUSED = 3
EXIT_NOTHING_ACCEPTED = 4


class InnovsocError(Exception):
    """A mistake in what was asked or given: the message tells what to do."""

    exit_status: ClassVar[int] = EXIT_USAGE


class UsageError(InnovsocError):
    """A wrong path, option or parameter."""


class CodebookError(InnovsocError):
    """A codebook that cannot be used; the message names file, line and remedy."""


class UnknownNameError(InnovsocError, KeyError):
    """A code or an attribute that does not exist; the message names the nearest ones."""

    def __str__(self) -> str:
        """Return the sentence, which ``KeyError`` would show between quotation marks."""
        return str(self.args[0])


class NothingToReadError(InnovsocError):
    """No document could be read from the sources."""

    exit_status = EXIT_NOTHING_ACCEPTED


class RefusedFileError(InnovsocError):
    """One file that cannot be read; a batch lists it and goes on.

    Parameters
    ----------
    code : str
        A short stable reason, such as ``"corrupt"``; written to ``sources.csv``.
    message : str
        The French sentence, without the file's name (the caller adds it).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
