"""The ``innovsoc`` application: its commands and common options."""

from __future__ import annotations

import functools
from typing import Annotated

import typer

import innovsoc_analysis
from innovsoc_analysis.cli import (
    agreement,
    codebook,
    coding,
    concordance,
    doctor,
    evaluate,
    inclusive,
    ingest,
    init,
    lexicon,
    pseudonymise,
    report,
    reproduce,
    run,
    topics,
    train,
)
from innovsoc_analysis.cli.french import FrenchCommand, FrenchGroup

_SETTINGS = {"help_option_names": ["-h", "--help"]}


def build_app() -> typer.Typer:
    """Return the application with all its commands."""
    app = typer.Typer(
        cls=FrenchGroup,
        add_completion=False,
        context_settings=_SETTINGS,
        no_args_is_help=True,
        rich_markup_mode="markdown",
        help="Étudier le discours sur l'innovation sociale : lire des textes, les coder, en tirer des thèmes.",
    )
    app.callback()(_common)
    command = functools.partial(app.command, cls=FrenchCommand, context_settings=_SETTINGS)
    command("init")(init.init)
    command("run")(run.run)
    command("reproduce")(reproduce.reproduce)
    command("doctor")(doctor.doctor)
    command("ingest")(ingest.ingest)
    command("code")(coding.code)
    command("topics")(topics.topics)
    command("lexicon")(lexicon.lexicon)
    command("report")(report.report)
    command("concordance")(concordance.concordance)
    command("inclusive")(inclusive.inclusive)
    command("pseudonymise")(pseudonymise.pseudonymise)
    command("train")(train.train)
    command("evaluate")(evaluate.evaluate)
    command("agreement")(agreement.agreement)
    codebooks = typer.Typer(
        cls=FrenchGroup, help="Montrer ou vérifier un livre de codes.", context_settings=_SETTINGS, no_args_is_help=True
    )
    codebooks.command("show", cls=FrenchCommand, context_settings=_SETTINGS)(codebook.show)
    codebooks.command("check", cls=FrenchCommand, context_settings=_SETTINGS)(codebook.check)
    app.add_typer(codebooks, name="codebook")
    return app


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"innovsoc_analysis {innovsoc_analysis.__version__}")
        raise typer.Exit


def _common(
    # a callback of its own: it must answer before a command is missed
    _version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, help="Afficher la version.", is_eager=True)
    ] = False,
) -> None: ...
