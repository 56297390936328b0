"""``innovsoc run``: make what is not up to date of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import LimitsTold, listed
from innovsoc_analysis.cli.terminal import harmless, say, show_table

if TYPE_CHECKING:
    from innovsoc_analysis.workflow.running import StudyRun

_PAGES = {"code": "report.html", "topics": "topics.html", "lexicon": "lexicon.html", "report": "report.html"}
_SHOWN = 20


def run(
    folder: Annotated[
        Path, typer.Argument(metavar="DOSSIER", help="Dossier de l'étude (avec innovsoc.toml).")
    ] = Path(),
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ÉTAPES",
            help="Seulement ces étapes, séparées par des virgules : ingest, code, topics, lexicon, report.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Refaire même ce qui est à jour.")] = False,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="Calculs menés en même temps. Les résultats sont les mêmes.")
    ] = 1,
    limits: LimitsTold = "",
) -> None:
    """Faire ou mettre à jour toute une étude : lecture, codage, thèmes, lexique, rapport.

    Suit les réglages d'innovsoc.toml et écrit dans results, un sous-dossier par étape. Une étape n'est refaite que si
    ses sources, ses réglages, un livre de codes, une version ou les résultats dont elle part ont changé, ou si on a
    touché à ses résultats : un fichier que vous avez modifié est alors gardé sous un autre nom (report_modifie.docx).
    results/run.json dit tout : innovsoc reproduce s'en sert. --limits remplace [limits] d'innovsoc.toml pour cette
    fois : écrivez-y ce qui doit durer.

    Une étape impossible (trop peu de textes pour des thèmes…) est signalée et le reste est fait ; le code de sortie
    est alors 3, comme lorsqu'un fichier est refusé.
    """
    from innovsoc_analysis.cli.watching import Told
    from innovsoc_analysis.workflow.running import run_study

    watcher = Told()
    try:
        done = run_study(folder, only=listed(only), force=force, limits=limits, workers=workers, watcher=watcher)
    finally:
        watcher.close()
    _show(done)
    raise typer.Exit(done.exit_status)


def _show(done: StudyRun) -> None:
    from innovsoc_analysis.pages.typography import clock
    from innovsoc_analysis.workflow.remarks import refusals
    from innovsoc_analysis.workflow.running import FAILED, MADE, UP_TO_DATE, title_of

    rows = [
        (title_of(one.step), one.outcome, clock(one.seconds) if one.outcome in {MADE, FAILED} else "·")
        for one in done.steps
    ]
    show_table("Étude", ("étape", "état", "durée"), rows, numbers=False)
    pages = [done.study.results / name / _PAGES[name] for name in done.record.steps if name in _PAGES]
    if there := [path for path in pages if path.is_file()]:
        print("À ouvrir :")
        for path in reversed(there):
            print(harmless(f"  {path}"))
    if refused := done.refused:
        reasons = refusals(done.study, list(done.record.steps))
        say(f"{len(refused)} fichier(s) refusé(s), le reste est traité :")
        for name in refused[:_SHOWN]:
            say(f"  {name} : {reasons[name]}" if name in reasons else f"  {name}")
        if len(refused) > _SHOWN:
            say(f"  … et {len(refused) - _SHOWN} autre(s) : voir sources.csv de chaque étape.")
    for place in (place for one in done.steps for place in one.kept):
        say(f"Vous aviez modifié ce résultat ; votre version est gardée : {place}")
    for remark in done.remarks:
        say(remark)
    if all(one.outcome == UP_TO_DATE for one in done.steps):
        say("Rien n'a changé : tout est à jour.")
