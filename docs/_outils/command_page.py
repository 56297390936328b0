"""The reference of the command line, from the help of the commands."""  # noqa: INP001

from __future__ import annotations

from typing import Any

from command_words import ENGLISH

_FRENCH_HEAD = """# Ligne de commande

Cette page est faite de l'aide du programme ; `innovsoc COMMANDE --help` dit la même chose dans le terminal.

| code de sortie | ce qu'il veut dire |
|---:|---|
| 0 | tout est lu |
| 1 | défaut du programme |
| 2 | la commande est mal écrite |
| 3 | des fichiers sont refusés, le reste est traité (ou : ce qui est vérifié ne concorde pas) |
| 4 | rien n'a pu être lu |
"""
_ENGLISH_HEAD = """# Command line

What each command does is told here in English. Its options are described in French, as `innovsoc COMMAND --help` describes them in the terminal: their text is the program's own.

| exit status | meaning |
|---:|---|
| 0 | everything was read |
| 1 | a fault of the program |
| 2 | the command is written wrongly |
| 3 | files were refused and the rest is done (or: what was checked does not match) |
| 4 | nothing could be read |
"""  # noqa: E501
_FRENCH = {"headings": "| | ce que c'est | d'office |", "required": "obligatoire"}
_ENGLISH = {"headings": "| | what it is (in French) | default |", "required": "required"}


def command_page(language: str = "fr") -> str:
    """Return the page: every command, its arguments, its options, with a frame in `language` (``fr`` or ``en``)."""
    from typer.main import get_command

    from innovsoc_analysis.cli.app import build_app

    lines = [_ENGLISH_HEAD if language == "en" else _FRENCH_HEAD]
    for path, command in _commands(get_command(build_app()), "innovsoc"):
        text = (command.help or "").replace("\f", "").strip()
        if language == "en":
            lines += _section(path, command, ENGLISH[path.removeprefix("innovsoc ")], _ENGLISH)
        else:
            lines += _section(path, command, text, _FRENCH)
    return "\n".join(lines)


def _commands(group: Any, path: str) -> list[tuple[str, Any]]:
    found = []
    for name, command in group.commands.items():
        if command.hidden:
            continue
        inside = f"{path} {name}"
        found += _commands(command, inside) if hasattr(command, "commands") else [(inside, command)]
    return found


def _section(path: str, command: Any, text: str, words: dict[str, str]) -> list[str]:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    usage = " ".join([path, *(_usage(param) for param in arguments), "[OPTIONS]"])
    lines = [f"## {path}", "", text, "", "```text", usage, "```", "", words["headings"], "|---|---|---|"]
    lines += [
        _row(f"`{(param.metavar or param.name.upper())}`".replace("|", "\\|"), param, words) for param in arguments
    ]
    lines += [_row(_spelling(param), param, words) for param in options]
    return [*lines, ""]


def _usage(param: Any) -> str:
    name = (param.metavar or param.name.upper()) + ("…" if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _spelling(param: Any) -> str:
    names = "`, `".join([*param.opts, *param.secondary_opts])
    value = "" if param.is_flag else f" {param.metavar or param.type.name.upper()}"
    return f"`{names}{value}`".replace("|", "\\|")


def _row(shown: str, param: Any, said: dict[str, str]) -> str:
    words = (getattr(param, "help", "") or "").replace("|", "\\|").replace("\n", " ")
    default = said["required"] if param.required else _default(param)
    return f"| {shown} | {words} | {default} |"


def _default(param: Any) -> str:
    value = param.default
    if value is None or callable(value) or value in ((), [], "", False):
        return ""
    if value is True:
        return f"`{param.opts[0]}`"
    return f"`{value}`" if isinstance(value, str | int | float) else ""
