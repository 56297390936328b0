"""``innovsoc code``: code sources, thousands if need be, and report."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import (
    Cache,
    CodebookName,
    DropDuplicates,
    Genre,
    LimitsTold,
    Locale,
    Metadata,
    Out,
    Sources,
)
from innovsoc_analysis.cli.reading import cache_beside, tell_outcome
from innovsoc_analysis.cli.terminal import Steps, say, show_table
from innovsoc_analysis.model.documents import REFUSED
from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from innovsoc_analysis.batch.coding import Coded
    from innovsoc_analysis.batch.tally import Tally
    from innovsoc_analysis.model.run import RunRecord

_SHOWN = 15
_MOST_GROUPS = 4
_SECONDS_BETWEEN_LINES = 30


def _known_coder(coder: str | None) -> str | None:
    if coder not in {None, "rules", "learned", "combined"}:
        raise UsageError(f"« {coder} » n'est pas un codeur ; choisissez rules, learned ou combined.")
    return coder


Workers = Annotated[
    int,
    typer.Option(
        metavar="N",
        min=1,
        help="Processus qui travaillent en même temps quand les fichiers sont nombreux ; comptez un cœur et"
        " 1 Go de mémoire pour chacun. Les résultats sont les mêmes quel que soit N.",
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
        help="Reprendre un codage interrompu. C'est ce que fait de toute façon la même commande relancée avec le"
        " même DOSSIER : les fichiers déjà codés ne sont pas recodés.",
    ),
]
CoderName = Annotated[
    str | None,
    typer.Option(
        metavar="CODEUR",
        callback=_known_coder,
        help="rules (règles seules), learned (apprentissage seul) ou combined (les deux ensemble) ; d'office les"
        " deux si le livre a un modèle.",
    ),
]
ModelFile = Annotated[
    Path | None, typer.Option(metavar="FICHIER", help="Modèle écrit par innovsoc train ; d'office celui du livre.")
]
Force = Annotated[bool, typer.Option("--force", help="Recoder même si rien n'a changé depuis les résultats écrits.")]
By = Annotated[
    str,
    typer.Option(
        metavar="ATTRIBUT",
        help="Comparer les codes selon cet attribut, une colonne des métadonnées ; d'office, le genre.",
    ),
]
Title = Annotated[str, typer.Option(metavar="TITRE", help="Titre du rapport ; sans lui, le nombre de textes.")]


def code(
    sources: Sources,
    out: Out,
    codebook: CodebookName = "bissib",
    genre: Genre = None,
    metadata: Metadata = None,
    locale: Locale = "",
    cache: Cache = True,
    drop_duplicates: DropDuplicates = False,
    workers: Workers = 1,
    resume: Resume = False,
    coder: CoderName = None,
    model: ModelFile = None,
    title: Title = "",
    by: By = "",
    limits: LimitsTold = "",
    force: Force = False,
) -> None:
    """Coder des textes : chaque code avec les mots qui le justifient.

    Écrit dans DOSSIER : report.html (à ouvrir), codings.xlsx et codings.csv (un verbatim codé par ligne),
    codings.parquet, documents.parquet, segments.parquet, tokens.parquet, sources.csv, codes.svg, codes.png, run.json,
    to_reread.csv (ce dont le codeur n'est pas sûr, à relire), duplicates.csv (si des textes figurent deux fois) et le
    dossier matrices : code_document_01.csv (0 ou 1), code_document_counts.csv, code_attribute.csv (segments),
    code_attribute_documents.csv, code_code.csv (segments qui portent les deux codes).

    Un fichier qui ne peut pas être codé est listé, le reste continue. Si rien n'a changé depuis les résultats qui sont
    dans DOSSIER (textes, livre de codes, modèle, options, versions), ils restent et rien n'est recodé.

    Au-delà de 20 000 codages, 5 000 textes ou 5 millions de mots, report.html et codings.xlsx donnent tous les comptes
    et un tirage de verbatims.
    """
    from innovsoc_analysis.codebooks.loading import bundled_codebooks, load_codebook

    book = load_codebook(codebook)  # a wrong one is said before the texts are read

    from innovsoc_analysis.batch.coding import Job, code_files
    from innovsoc_analysis.workflow.standing import standing_codings

    job = Job(
        sources,
        out,
        book,
        codebook_file=None if codebook in bundled_codebooks() else Path(codebook),
        genre=genre,
        metadata=metadata,
        locale=locale,
        title=title,
        cache=cache_beside(out, wanted=cache),
        coder=coder,
        model=model,
        workers=workers,
        drop_duplicates=drop_duplicates,
        limits=limits,
        by=by,
    )
    if not force and (record := standing_codings(job)):
        raise typer.Exit(_tell_standing(record, out))
    with Steps() as steps:
        coded = code_files(job, progress=_reporting(steps))
    if coded.taken_over:
        say(f"{coded.taken_over} fichier(s) repris d'un codage interrompu.")
    elif resume:
        say("Aucun codage interrompu à reprendre : tout a été codé.")
    _show(coded.merged.tally, by=by)
    for sentence in _doubts(coded):
        say(sentence)
    status = tell_outcome(coded.merged.corpus)
    say(f"Rapport à ouvrir : {out / 'report.html'}")
    raise typer.Exit(status)


def _tell_standing(record: RunRecord, out: Path) -> int:
    """Say that the results are up to date, and return the status with which they were made."""
    say(f"Rien n'a changé : {record.counts.get('codings', 0)} codages, à jour.")
    refused = [one["source"] for one in record.sources if one["outcome"] == REFUSED]
    if refused:
        say(f"{len(refused)} fichier(s) refusé(s) : sources.csv dit pourquoi.")
        for name in refused[:_SHOWN]:
            say(f"  {name}")
        if len(refused) > _SHOWN:
            say(f"  … et {len(refused) - _SHOWN} autre(s).")
    say("Pour recoder malgré tout : --force.")
    say(f"Rapport à ouvrir : {out / 'report.html'}")
    return EXIT_SOME_REFUSED if refused else EXIT_OK


def _reporting(steps: Steps) -> Callable[[str, int, int], None]:
    """Return what shows progress: where there is no bar, a line now and then says how many files are done."""
    last = -math.inf

    def advance(step: str, done: int, total: int) -> None:
        nonlocal last
        if step != "fichiers" or sys.stderr.isatty():
            steps.advance(step, done, total)
        elif (now := time.monotonic()) - last >= _SECONDS_BETWEEN_LINES or done == total:
            say(f"fichiers : {done} sur {total}")
            last = now

    return advance


def _doubts(coded: Coded) -> Iterator[str]:
    """Say how many codings are to be read again, and how many rows the file has that lists them."""
    tally, rows = coded.merged.tally, coded.n_listed
    if not tally.listed:
        return
    said = f"Codages incertains, à relire : {tally.to_reread} sur {tally.codings}."
    if rows < tally.listed:
        yield f"{said} to_reread.csv donne les {rows} plus douteux, parmi eux et parmi {tally.nearly} presque donnés."
    elif tally.nearly:
        yield f"{said} to_reread.csv a {rows} lignes : ceux-là et {tally.nearly} que la machine a failli donner."
    else:
        yield f"{said} Ils sont dans to_reread.csv."


def _show(tally: Tally, *, by: str) -> None:
    from innovsoc_analysis.coding.codings import UNIT_NAMES

    summary = tally.summary()
    found = tally.grouping(by)
    by_group = tally.matrix(found.by, values="documents")
    by_group.columns = found.names
    # one group says the same as all documents; many are more columns than a terminal is wide: the report has them
    if not 1 < len(by_group.columns) <= _MOST_GROUPS:
        by_group = by_group.iloc[:, :0]
    most = summary.sort_values("segments", ascending=False, kind="stable").head(_SHOWN)
    rows = [
        (
            row["label"],
            *(str(count or "·") for count in by_group.loc[code]),
            str(row["documents"]),
            str(row["segments"]),
        )
        for code, row in most.iterrows()
        if row["segments"]
    ]
    columns = ("code", *map(str, by_group.columns), "documents")
    title = f"{tally.codings} codages sur {tally.total.documents} document(s) ; documents qui portent chaque code"
    show_table(title, (*columns, UNIT_NAMES[tally.codebook.unit]), rows)
    if (others := int((summary["segments"] > 0).sum()) - len(rows)) > 0:
        say(f"… et {others} autres codes : voir le rapport.")
