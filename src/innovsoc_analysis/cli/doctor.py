"""``innovsoc doctor``: is the installation whole, is the study in order, what to do if not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.terminal import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innovsoc_analysis.workflow.health.finding import Finding

_MARKS = {"bien": "✓", "à savoir": "·", "à corriger": "✗"}
_WIDTH = 22


def doctor(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DOSSIER",
            help="Dossier d'une étude ; sans lui, le dossier courant si c'en est une.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Vérifier l'installation et une étude, et dire que faire.

    Ne modifie rien. Le code de sortie est 3 si quelque chose est à corriger.
    """
    from innovsoc_analysis.workflow.health import check_study

    found = check_study(folder)
    _show("Installation", found.installation)
    if found.folder:
        _show("Étude", found.folder)
    else:
        say("Pas d'étude dans ce dossier : innovsoc init DOSSIER en fait une.")
    say(f"{found.n_wrong} point(s) à corriger (✗)." if found.n_wrong else "Rien à corriger.")
    raise typer.Exit(found.exit_status)


def _show(title: str, findings: Iterable[Finding]) -> None:
    from innovsoc_analysis.cli.terminal import harmless

    lines = [f"{title} :"]
    for finding in findings:
        lines.append(f"  {_MARKS[finding.state]} {finding.what:<{_WIDTH}} {finding.told}")
        if finding.advice:
            lines.append(f"    {'':<{_WIDTH}} → {finding.advice}")
    typer.echo("\n".join(map(harmless, lines)))
