"""Show on the terminal how the steps of a study go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.cli.terminal import Steps, say
from innovsoc_analysis.workflow.running import FAILED, OFF, UP_TO_DATE, title_of
from innovsoc_analysis.workflow.watching import Watcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.workflow.running import StepResult

_REASONS = 3


class Told(Watcher):
    """Says what is made and why, and shows a progress display while it is."""

    def __init__(self) -> None:
        self._steps: Steps | None = None

    def begin(self, step: str, reasons: Sequence[str]) -> None:
        """Say that `step` is made, and why."""
        self.close()
        shown = list(reasons[:_REASONS])
        if len(reasons) > _REASONS:
            shown.append(f"et {len(reasons) - _REASONS} autre(s) raison(s)")
        say(f"── {title_of(step)} : {' ; '.join(shown)}")
        self._steps = Steps().__enter__()

    def advance(self, stage: str, done: int, total: int) -> None:
        """Move the bar of `stage`."""
        if self._steps:
            self._steps.advance(stage, done, total)

    def end(self, result: StepResult) -> None:
        """Say what came of a step, unless its results speak for themselves."""
        self.close()
        if result.outcome == UP_TO_DATE:
            say(f"── {title_of(result.step)} : à jour")
        elif result.outcome == OFF:
            say(f"── {title_of(result.step)} : coupé (steps, dans innovsoc.toml) ; ses résultats sont effacés")
        elif result.outcome == FAILED:
            say(f"   impossible : {result.message}")

    def close(self) -> None:
        """Take the progress display away."""
        if self._steps:
            self._steps.__exit__(None, None, None)
            self._steps = None
