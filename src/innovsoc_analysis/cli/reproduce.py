"""``innovsoc reproduce``: make results again and say what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.terminal import harmless, say

if TYPE_CHECKING:
    from innovsoc_analysis.workflow.reproduction import Output, Reproduction


def reproduce(
    record: Annotated[
        Path,
        typer.Argument(
            metavar="RUN.JSON", help="Un run.json, d'une étude ou d'une commande, ou son dossier ; ou celui de l'étude."
        ),
    ],
    keep: Annotated[
        Path | None,
        typer.Option(metavar="DOSSIER", help="Garder là les résultats refaits ; d'office, ils sont effacés."),
    ] = None,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="Calculs menés en même temps. Les résultats sont les mêmes.")
    ] = 1,
) -> None:
    """Refaire des résultats depuis leurs sources, et dire ce qui diffère et pourquoi.

    Tout est relu et recalculé à part, sans rien reprendre de ce qui était gardé, puis comparé fichier par fichier :
    octets, puis tables, ligne par ligne. Une étude est refaite avec son innovsoc.toml tel qu'il est maintenant ; une
    commande seule (ingest, code, topics, lexicon), avec les options notées dans son run.json. Rien n'est modifié.

    Codes de sortie : 0 tout est identique, 3 quelque chose diffère, 4 plus rien à lire, 2 la commande est mal écrite.
    """
    from innovsoc_analysis.cli.watching import Told
    from innovsoc_analysis.workflow.reproducing import reproduce as again

    watcher = Told()
    try:
        found = again(record, keep=keep, workers=workers, watcher=watcher)
    finally:
        watcher.close()
    _show(found)
    if keep:
        say(f"Résultats refaits : {keep}")
    raise typer.Exit(found.exit_status)


def _show(found: Reproduction) -> None:
    from innovsoc_analysis.workflow.running import title_of

    for step in dict.fromkeys(one.step for one in found.outputs):
        print(title_of(step))
        rows = _rows([one for one in found.outputs if one.step == step])
        width = max(len(name) for name, _ in rows)
        for name, said in rows:
            print(harmless(f"  {name:<{width}}  {said}"))
        print()
    for sentence in found.sentences:
        print(harmless(sentence))


def _rows(outputs: list[Output]) -> list[tuple[str, str]]:
    """Return a line for each table, and for each other file that differs; the others are counted."""
    from innovsoc_analysis.workflow.reproduction import IDENTICAL

    told = [one for one in outputs if one.is_table or one.verdict != IDENTICAL]
    rows = [(one.name, f"{one.verdict} : {one.detail}" if one.detail else one.verdict) for one in told]
    if others := len(outputs) - len(told):
        rows.append((f"pages et figures ({others})", IDENTICAL))
    return rows
