"""``innovsoc codebook``: show and check codebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.terminal import say
from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED

if TYPE_CHECKING:
    from innovsoc_analysis.model.codebook import Code

Name = Annotated[str, typer.Argument(metavar="LIVRE", help="Livre de codes fourni, ou fichier YAML.")]


def show(
    name: Name = "bissib",
    code: Annotated[str | None, typer.Option(metavar="CODE", help="Un seul code, en entier (def.besoin).")] = None,
) -> None:
    """Afficher un livre de codes, ou un de ses codes en entier."""
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.model.errors import UsageError

    book = load_codebook(name)
    if code is not None:
        if code not in book.code_ids:
            raise UsageError(
                f"Le livre « {book.name} » n'a pas de code « {code} » ; « innovsoc codebook show » les liste."
            )
        typer.echo(_full(book[code]))
        return
    typer.echo(f"{book.title or book.name}, {book.reference}, {len(book.codes)} codes")
    family = None
    for code_id in book.code_ids:
        if (label := book.family_of(code_id)) != family:
            family = label
            typer.echo(f"\n{family}")
        typer.echo(f"  {code_id:<22} {book[code_id].label}")


def check(name: Name = "bissib") -> None:
    """Vérifier un livre de codes et essayer ses exemples : 0 si tout concorde, 3 sinon."""
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.coding.checking import check_examples

    book = load_codebook(name)
    say(f"{book.reference} : {len(book.codes)} codes, structure correcte. Essai des exemples…")
    result = check_examples(book)
    typer.echo(f"Exemples retrouvés : {result.found} sur {result.n_examples}.")
    typer.echo(f"Contre-exemples laissés de côté : {result.left_aside} sur {result.n_counter_examples}.")
    if result.n_hard:
        typer.echo(f"Contre-exemples difficiles, réservés à la lecture humaine : {result.n_hard}.")
    for mismatch in result.mismatches:
        say(f"  {mismatch.code} : {mismatch.what} : « {mismatch.text} »{mismatch.why}")
    raise typer.Exit(EXIT_SOME_REFUSED if result.mismatches else EXIT_OK)


def _full(code: Code) -> str:
    def listed(heading: str, items: tuple[str, ...]) -> list[str]:
        return [f"\n{heading}", *(f"  - {item}" for item in items)] if items else []

    lines = [f"{code.id} : {code.label}", code.definition]
    lines += listed("Inclure", code.include)
    lines += listed("Exclure", code.exclude)
    lines += listed("Exemples", code.examples)
    lines += listed(
        "Contre-exemples",
        tuple(f"{one.text} ({one.reason})" if one.reason else one.text for one in code.counter_examples),
    )
    lines += listed("Indicateurs", (*code.indicators.lemmas, *code.indicators.expressions))
    lines += listed("Sauf", code.indicators.except_)
    lines += listed("Correspondances", tuple(f"{name} : {text}" for name, text in code.crosswalk.items()))
    return "\n".join(lines)
