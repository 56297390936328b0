"""Typer's own words, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer.exceptions import TyperException

_HELP = "Afficher cette aide."


class _French:
    """What a command and a group do alike: their help speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Render the help with French headings."""
        _french_headings()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class FrenchCommand(_French, TyperCommand):
    """A command whose help speaks French."""


class FrenchGroup(_French, TyperGroup):
    """A group of commands whose help speaks French."""


def usage_sentence(error: TyperException) -> str:
    """Return what was wrong with a command line and where to find help."""
    context: Any = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "innovsoc"
    return f"{_wrong(error)} Voir « {path} --help »."


def _wrong(error: TyperException) -> str:  # noqa: PLR0911 - one sentence per kind of mistake
    known: Any = error
    param = getattr(known, "param", None)
    kind = type(error).__name__
    if kind == "MissingParameter":
        return f"Il manque {_name(param)}."
    if kind == "NoSuchOption":
        close = f" Vouliez-vous dire {' ou '.join(sorted(known.possibilities))} ?" if known.possibilities else ""
        return f"L'option {known.option_name} n'existe pas.{close}"
    if kind == "BadOptionUsage":
        return f"L'option {known.option_name} attend une valeur."
    if kind == "BadParameter":
        return f"La valeur donnée pour {_name(param)} ne convient pas."
    if error.message.startswith("No such command"):
        return f"La commande {error.message.split(chr(39))[1]} n'existe pas."
    if kind == "NoArgsIsHelpError" or error.message.startswith("Missing command"):
        return "Il manque le nom d'une commande."
    return "La ligne de commande est incomplète ou contient un mot de trop."


def _name(param: Any) -> str:
    if param is None:
        return "un argument"
    return f"l'option {param.opts[0]}" if param.opts[0].startswith("-") else f"l'argument {param.metavar}"


def _french_headings() -> None:
    from typer import rich_utils

    rich_utils.DEFAULT_STRING = "[par défaut : {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
