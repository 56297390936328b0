"""Who is told how a long piece of work goes on: nobody, or a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.workflow.running import StepResult


class Watcher:
    """Is told of every step; this one does nothing with it.

    Examples
    --------
    >>> Watcher().begin("code", ["jamais fait"])
    """

    def begin(self, step: str, reasons: Sequence[str]) -> None:
        """Hear that `step` is made, and why."""

    def advance(self, stage: str, done: int, total: int) -> None:
        """Hear that `done` of `total` things of a stage are finished."""

    def end(self, result: StepResult) -> None:
        """Hear what came of a step."""
