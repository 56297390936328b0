"""Speak to a terminal: sentences, a progress display, a table."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from rich.progress import Progress, TaskID

# controls, line separators, what turns the direction of writing (Unicode Technical Report 36, 2.5); and a line feed
# where none of our sentences ends: it stands in a name
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<=[^\n.:!?…»])\n")


def harmless(text: str) -> str:
    r"""Return `text` without the characters that a terminal obeys: names of files and titles may hold some.

    Parameters
    ----------
    text : str
        A sentence, or several, each on a line of its own.

    Examples
    --------
    >>> harmless("a\x1b[31mb"), harmless("\u202etxt.exe"), harmless("lettre\nà Ana.pdf : refusé.\nFin.")
    ('a�[31mb', '�txt.exe', 'lettre�à Ana.pdf : refusé.\nFin.')
    """
    return _OBEYED.sub("�", text)


def say(sentence: str) -> None:
    """Print a sentence on standard error, where progress goes: standard output is for results."""
    print(harmless(sentence), file=sys.stderr)


class Steps:
    """The steps of a long job: bars on a terminal, one line each elsewhere.

    Examples
    --------
    >>> with Steps() as steps:
    ...     steps.advance("lecture", 1, 2)
    """

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._said: set[str] = set()

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._progress = Progress(*columns, console=Console(stderr=True))
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def advance(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` things of `step` are finished."""
        if self._progress is None:
            if step not in self._said:
                say(f"{step} : {total} {_THINGS[step]}…" if step in _THINGS else f"{step}…")
                self._said.add(step)
            return
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)


_THINGS = {"lecture": "fichiers", "annotation": "textes", "codage": "textes"}
_NARROWEST_LABEL = 24


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = True) -> None:
    """Print a table on standard output; all columns but the first are numbers, or texts."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=harmless(title),
        box=box.SIMPLE_HEAD,
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        collapse_padding=True,
    )
    for number, column in enumerate(columns):
        if number:
            table.add_column(harmless(column), justify="right" if numbers else "left", no_wrap=True)
        else:
            table.add_column(harmless(column), min_width=_NARROWEST_LABEL, overflow="fold")
    for row in rows:
        table.add_row(*map(harmless, row))
    # labels are texts, not rich's markup: « [/b] » or « :cat: » stay as they are
    Console(markup=False, emoji=False, highlight=False).print(table)
