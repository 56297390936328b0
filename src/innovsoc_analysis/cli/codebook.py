"""``innovsoc codebook``: show and check codebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from innovsoc_analysis.cli.terminal import say
from innovsoc_analysis.model.errors import EXIT_OK, EXIT_SOME_REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from innovsoc_analysis.model.codebook import Code, Codebook

Name = Annotated[str, typer.Argument(metavar="LIVRE", help="Livre de codes fourni, ou fichier YAML.")]
_BUNDLED = "bissib"


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="LIVRE|CODE", help="Livre de codes fourni, fichier YAML, ou code du livre bissib (def.besoin)."
        ),
    ] = _BUNDLED,
    code: Annotated[
        str | None, typer.Option(metavar="CODE", help="Un seul code du livre, en entier (def.besoin).")
    ] = None,
    yaml: Annotated[bool, typer.Option("--yaml", help="Le fichier du livre, tel quel : un modèle à copier.")] = False,
) -> None:
    """Afficher un livre de codes, une ligne par code, ou un de ses codes en entier."""
    from innovsoc_analysis.codebooks.loading import load_codebook
    from innovsoc_analysis.model.errors import UsageError

    if code is None and _means_a_code(name):
        name, code = _BUNDLED, name
    book = load_codebook(name)
    if code is not None and yaml:
        raise UsageError("« --yaml » montre le livre entier ; retirez le code, ou « --yaml ».")
    if yaml:
        _echo_file(name)
    elif code is None:
        _overview(book)
    elif code in book.code_ids:
        typer.echo(_full(book[code]))
    else:
        raise UsageError(f"Le livre « {book.name} » n'a pas de code « {code} » ; « innovsoc codebook show » les liste.")


def _means_a_code(name: str) -> bool:
    from innovsoc_analysis.codebooks.loading import bundled_codebooks

    path = Path(name)
    is_place = path.exists() or path.name != name or path.suffix in {".yaml", ".yml"}
    return not is_place and name not in bundled_codebooks()


def _overview(book: Codebook) -> None:
    """Print a line for each code, no longer than the terminal; whole where the output goes to a file or a program."""
    from rich.console import Console

    width = Console().width if sys.stdout.isatty() else None
    longest = max(map(len, book.code_ids))
    typer.echo(f"{book.title or book.name}, {book.reference}, {len(book.codes)} codes")
    family = None
    for code_id in book.code_ids:
        if (label := book.family_of(code_id)) != family:
            family = label
            typer.echo(f"\n{family}")
        line = f"  {code_id:<{longest}}  {book[code_id].label} : {book[code_id].definition}"
        typer.echo(line if width is None or len(line) <= width else line[: width - 1].rstrip(" ,;:") + "…")
    say("\nUn code en entier : innovsoc codebook show CODE ; tout le livre, indicateurs compris : --yaml.")


def _echo_file(name: str) -> None:
    """Print the file of a codebook byte for byte, so that ``> mon-livre.yaml`` makes one that can be read back."""
    from importlib import resources

    from innovsoc_analysis.codebooks.loading import bundled_codebooks
    from innovsoc_analysis.safe.files import read_file

    inside = resources.files("innovsoc_analysis.codebooks") / "data" / f"{name}.yaml"
    data = inside.read_bytes() if name in bundled_codebooks() else read_file(Path(name))
    if hasattr(sys.stdout, "buffer"):  # the encoding of a terminal or a pipe may not be the file's
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        typer.echo(data.decode("utf-8-sig"), nl=False)


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
    import textwrap

    from rich.console import Console

    width = Console().width

    def listed(heading: str, items: Iterable[str]) -> list[str]:
        lines = [f"  - {item}" for item in items]
        return [f"\n{heading}", *lines] if lines else []

    def in_a_row(heading: str, words: tuple[str, ...]) -> list[str]:
        row = textwrap.fill(", ".join(words), width, initial_indent="  ", subsequent_indent="  ")
        return [f"\n{heading}", row] if words else []

    counter_examples = (f"{one.text} ({one.reason})" if one.reason else one.text for one in code.counter_examples)
    lines = [f"{code.id} : {code.label}", code.definition]
    lines += listed("Inclure", code.include)
    lines += listed("Exclure", code.exclude)
    lines += listed("Exemples", code.examples)
    lines += listed("Contre-exemples", counter_examples)
    lines += in_a_row("Indicateurs", (*code.indicators.lemmas, *code.indicators.expressions))
    lines += in_a_row("Sauf", code.indicators.except_)
    lines += listed(
        "Motifs, avec une phrase que chacun trouve", (f"{one.id} : {one.examples[0]}" for one in code.motifs)
    )
    lines += listed("Correspondances", (f"{name} : {text}" for name, text in code.crosswalk.items()))
    return "\n".join(lines)
