"""The reference of the command line, from the help of the commands."""  # noqa: INP001

from __future__ import annotations

from typing import Any


def command_page() -> str:
    """Return the page: every command, its arguments, its options."""
    from typer.main import get_command

    from innovsoc_analysis.cli.app import build_app

    lines = [
        "# Ligne de commande",
        "",
        "Cette page est faite de l'aide du programme ; `innovsoc COMMANDE --help` dit la même chose dans le terminal.",
        "",
        "| code de sortie | ce qu'il veut dire |",
        "|---:|---|",
        "| 0 | tout est lu |",
        "| 1 | défaut du programme |",
        "| 2 | la commande est mal écrite |",
        "| 3 | des fichiers sont refusés, le reste est traité (ou : ce qui est vérifié ne concorde pas) |",
        "| 4 | rien n'a pu être lu |",
        "",
    ]
    for path, command in _commands(get_command(build_app()), "innovsoc"):
        lines += _section(path, command)
    return "\n".join(lines)


def _commands(group: Any, path: str) -> list[tuple[str, Any]]:
    found = []
    for name, command in group.commands.items():
        if command.hidden:
            continue
        inside = f"{path} {name}"
        found += _commands(command, inside) if hasattr(command, "commands") else [(inside, command)]
    return found


def _section(path: str, command: Any) -> list[str]:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    usage = " ".join([path, *(_usage(param) for param in arguments), "[OPTIONS]"])
    text = (command.help or "").replace("\f", "").strip()
    lines = [f"## {path}", "", text, "", "```text", usage, "```", "", "| | ce que c'est | d'office |", "|---|---|---|"]
    lines += [_row(f"`{param.metavar or param.name.upper()}`", param) for param in arguments]
    lines += [_row(_spelling(param), param) for param in options]
    return [*lines, ""]


def _usage(param: Any) -> str:
    name = (param.metavar or param.name.upper()) + ("…" if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _spelling(param: Any) -> str:
    names = "`, `".join([*param.opts, *param.secondary_opts])
    value = "" if param.is_flag else f" {param.metavar or param.type.name.upper()}"
    return f"`{names}{value}`".replace("|", "\\|")


def _row(shown: str, param: Any) -> str:
    words = (getattr(param, "help", "") or "").replace("|", "\\|").replace("\n", " ")
    default = "obligatoire" if param.required else _default(param)
    return f"| {shown} | {words} | {default} |"


def _default(param: Any) -> str:
    value = param.default
    if value is None or callable(value) or value in ((), [], "", False):
        return ""
    if value is True:
        return f"`{param.opts[0]}`"
    return f"`{value}`" if isinstance(value, str | int | float) else ""
