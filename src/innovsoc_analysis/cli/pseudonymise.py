"""``innovsoc pseudonymise``: names listed, replaced, and looked for again in results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.options import Genre, LimitsTold, Metadata
from innovsoc_analysis.cli.terminal import Steps, harmless, say
from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED, UsageError
from innovsoc_analysis.safe.limits import limits_from

if TYPE_CHECKING:
    from innovsoc_analysis.ingest.reading import Intake
    from innovsoc_analysis.safe.limits import Limits

_SHOWN = 20

_Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCES", help="Dossiers, fichiers, motifs (« entretiens/*.pdf ») ou zips.", show_default=False
    ),
]
_Propose = Annotated[
    Path | None,
    typer.Option(
        "--propose",
        metavar="TABLE",
        help="Premier temps : écrire la table des noms trouvés (.csv ou .xlsx), à relire. Elle cite les textes.",
        show_default=False,
    ),
]
_Table = Annotated[
    Path | None,
    typer.Option("--table", metavar="TABLE", help="Second temps : la table relue, à appliquer.", show_default=False),
]
_Copies = Annotated[
    Path | None,
    typer.Option("--out", metavar="DOSSIER", help="Où écrire les copies sans les noms.", show_default=False),
]
_Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="CLEF",
        help="Où écrire la clef, ou celle avec laquelle vérifier. D'office : clef.json, à côté de la table.",
        show_default=False,
    ),
]
_Check = Annotated[
    Path | None,
    typer.Option(
        "--check",
        metavar="DOSSIER",
        help="Chercher dans des résultats les noms de la clef : csv, xlsx, docx, html, json, parquet, svg, zip, pdf.",
        show_default=False,
    ),
]
_Show = Annotated[bool, typer.Option("--show", help="Avec --check, afficher aussi les noms trouvés.")]


def pseudonymise(
    sources: _Sources = None,
    propose: _Propose = None,
    table: _Table = None,
    out: _Copies = None,
    key: _Key = None,
    check: _Check = None,
    show: _Show = False,
    genre: Genre = None,
    metadata: Metadata = None,
    limits: LimitsTold = "",
) -> None:
    """Remplacer les noms d'entretiens confidentiels, en deux temps, et vérifier qu'il n'en reste pas.

    1. **innovsoc pseudonymise entretiens --propose prive/noms.csv** liste les noms ; relisez la colonne décision.

    2. **innovsoc pseudonymise entretiens --table prive/noms.csv --out copies** écrit les copies et prive/clef.json.

    3. **innovsoc pseudonymise --check results --key prive/clef.json** cherche les noms dans des résultats (statut 3
    s'il en reste).

    La table et la clef sont confidentielles : gardez-les hors des résultats et des copies.
    """
    asked = [one for one in (propose, table, check) if one is not None]
    if len(asked) != 1:
        raise UsageError(
            "Donnez l'une de ces options, et une seule : --propose TABLE, --table TABLE ou --check DOSSIER."
        )
    if check is not None:
        raise typer.Exit(_check(check, key, sources, show=show))
    if not sources:
        raise UsageError("Dites quels textes lire : un dossier, des fichiers, un motif ou un zip.")
    if propose is not None:
        raise typer.Exit(_propose(sources, propose, genre=genre, metadata=metadata, limits=limits_from(limits)))
    if table is None or out is None:
        raise UsageError("--table demande aussi --out DOSSIER : où écrire les copies.")
    bounds = limits_from(limits)
    raise typer.Exit(_apply(sources, table, out=out, key=key, genre=genre, metadata=metadata, limits=bounds))


def _propose(sources: list[str], table: Path, *, genre: str | None, metadata: Path | None, limits: Limits) -> int:
    from innovsoc_analysis.pseudonyms.private import check_private
    from innovsoc_analysis.pseudonyms.records import DECISIONS, KINDS
    from innovsoc_analysis.pseudonyms.studies import propose_table, read_intake

    check_private(table, what="La table des noms", sources=sources)
    with Steps() as steps:
        intake = read_intake(
            sources, genre=genre, metadata=metadata, ignore=(table,), limits=limits, progress=steps.advance
        )
        entities = propose_table(intake, table, sources=sources, progress=steps.advance)
    for kind in KINDS:
        of_kind = [one for one in entities if one.kind == kind]
        if of_kind:
            counts = [f"{sum(one.decision == each for one in of_kind)} {each}" for each in DECISIONS]
            typer.echo(f"{len(of_kind):>5}  {kind} : {', '.join(counts)}")
    ambiguous = sum("ambigu" in one.remark for one in entities)
    say(f"{len(entities)} entité(s) dans {len(intake.documents)} texte(s), dont {ambiguous} ambiguë(s).")
    say(f"Table à relire, confidentielle : {table}")
    return _tell_refused(intake)


def _apply(
    sources: list[str],
    table: Path,
    *,
    out: Path,
    key: Path | None,
    genre: str | None,
    metadata: Path | None,
    limits: Limits,
) -> int:
    from innovsoc_analysis.pseudonyms.studies import KEY_NAME, pseudonymise, read_intake

    ignore = (out, table, *([key] if key else []))
    with Steps() as steps:
        intake = read_intake(
            sources, genre=genre, metadata=metadata, ignore=ignore, limits=limits, progress=steps.advance
        )
        done = pseudonymise(intake, table, out=out, key=key, sources=sources, progress=steps.advance)
    typer.echo(f"{done.n_texts} copie(s), {done.n_replaced} remplacement(s), {len(done.key.entities)} entité(s).")
    if done.n_undecided:
        say(f"{done.n_undecided} entité(s) « à décider » ont été remplacées, par prudence.")
    for name in done.untimed[:_SHOWN]:
        say(f"Les temps des sous-titres n'ont pas pu être gardés : {name}")
    say(f"Copies : {out}")
    say(f"Clef, confidentielle : {key or table.parent / KEY_NAME}")
    return _tell_refused(intake)


def _check(folder: Path, key: Path | None, sources: list[str] | None, *, show: bool) -> int:
    from innovsoc_analysis.pseudonyms.keys import load_key
    from innovsoc_analysis.pseudonyms.leaks import find_leaks

    if sources:
        raise UsageError("--check ne lit pas de textes : donnez-lui seulement le dossier à vérifier et --key CLEF.")
    if key is None:
        raise UsageError("--check demande aussi --key CLEF : la clef écrite avec les copies.")
    with Steps() as steps:
        found = find_leaks(folder, load_key(key), progress=steps.advance)
    for leak in found.leaks:
        where = "dans le nom du fichier " if leak.in_name else ""
        names = f" : {', '.join(leak.forms)}" if show else ""
        typer.echo(harmless(f"{leak.count:>5}  {where}{leak.file} ({len(leak.entities)} entité(s)){names}"))
    if found.unread:
        say(f"{len(found.unread)} fichier(s) non vérifié(s) (images, formats inconnus) : regardez-les vous-même.")
        for name in found.unread[:_SHOWN]:
            say(f"  {name}")
    if not found.leaks:
        say(f"Aucun nom de la clef dans {found.n_files} fichier(s).")
        return EXIT_OK
    total = sum(leak.count for leak in found.leaks)
    files = len({leak.file for leak in found.leaks})
    say(f"{total} mention(s) de noms de la clef dans {files} fichier(s) sur {found.n_files}.")
    return EXIT_SOME_REFUSED


def _tell_refused(intake: Intake) -> int:
    refused = sum(outcome.refused for outcome in intake.outcomes)
    if refused:
        say(f"{refused} fichier(s) refusé(s), non traité(s) : voir innovsoc ingest SOURCES.")
    return EXIT_SOME_REFUSED if refused else EXIT_OK
