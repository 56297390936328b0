"""``innovsoc.toml``: written with a comment for every key, read back with the line of every mistake."""

from __future__ import annotations

import difflib
import re
import textwrap
import tomllib
from typing import Any

from pydantic import ValidationError

from innovsoc_analysis.model.errors import UsageError
from innovsoc_analysis.workflow.settings import Settings, keys_of, sections

NAME = "innovsoc.toml"
_WIDTH = 100
_SECTION = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w.-]+)[\"']?\s*=")
_HEAD = f"""\
# Les réglages de l'étude. Chaque réglage a sa valeur d'office : ne changez que ce qu'il faut, puis
# relancez « innovsoc run » dans ce dossier ; seul ce qui dépend du changement est refait.
# Ce fichier se nomme {NAME} : c'est lui qui fait de ce dossier une étude.
"""
_KINDS = {
    "int_type": "doit être un nombre entier, sans guillemets",
    "int_from_float": "doit être un nombre entier, sans guillemets",
    "bool_type": "doit être true ou false, sans guillemets",
    "string_type": "doit être un texte entre guillemets",
    "tuple_type": "doit être une liste entre crochets",
    "string_too_short": "ne peut pas être vide",
    "too_short": "ne peut pas être vide",
}
_Lines = dict[tuple[str, ...], int]


def toml_of(settings: Settings) -> str:
    """Return the text of ``innovsoc.toml``: every setting, explained.

    Examples
    --------
    >>> "n_topics = 8" in toml_of(Settings())
    True
    """
    parts = [_HEAD]
    for section, record in sections().items():
        values = getattr(settings, section) if section else settings
        if section:
            parts.append(f"# ---- {Settings.model_fields[section].description}\n[{section}]")
        for key in keys_of(section):
            comment = textwrap.fill(record.model_fields[key].description or "", _WIDTH - 2)
            parts.append(textwrap.indent(comment, "# "))
            parts.append(f"{key} = {_toml(getattr(values, key))}\n")
    return "\n".join(parts)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = re.sub(r'["\\\x00-\x1f\x7f]', lambda found: f"\\u{ord(found[0]):04x}", value)
        return f'"{escaped}"'
    return str(value)


def parse_toml(data: bytes, where: str = NAME) -> Settings:
    r"""Read the settings of a study.

    Parameters
    ----------
    data : bytes
        Of the file.
    where : str
        Its name, for messages.

    Returns
    -------
    Settings
        Checked; what the file does not say has its default.

    Raises
    ------
    UsageError
        One line per mistake, each with the line of the file.

    Examples
    --------
    >>> parse_toml(b"[topics]\nn_topics = 4").topics.n_topics
    4
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{where} : le fichier n'est pas en UTF-8 ; enregistrez-le en « UTF-8 ».") from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise UsageError(
            f"{where}:{line} : ce n'est pas du TOML valide ; vérifiez les guillemets, les crochets et les virgules de"
            " cette ligne et de la précédente, et qu'aucun réglage n'est écrit deux fois."
        ) from None
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        lines = _lines_of(text)
        told = sorted({_mistake(dict(details), lines) for details in error.errors()})
    raise UsageError("\n".join(f"{where}:{line} : {sentence}" for line, sentence in told))


def _lines_of(text: str) -> _Lines:
    """Return the line on which each section and key stands."""
    lines: _Lines = {}
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _SECTION.match(line):
            section = tuple(found[1].split("."))
            lines.setdefault(section, number)
        elif found := _KEY.match(line):
            lines.setdefault((*section, *found[1].split(".")), number)
    return lines


def _mistake(details: dict[str, Any], lines: _Lines) -> tuple[int, str]:
    # what follows the key names a member of a list or of a union
    section = details["loc"][0] if details["loc"][0] in sections() and len(details["loc"]) > 1 else ""
    path = tuple(map(str, details["loc"][: 2 if section else 1]))
    line = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)
    where = f" de [{section}]" if section else ""
    if details["type"] == "extra_forbidden":
        return line, _unknown(path[-1], section)
    return line, f"« {path[-1]} »{where} {_expected(path[-1], section, details)}."


def _unknown(key: str, section: str) -> str:
    where = f"dans [{section}]" if section else "ici"
    said = f"le réglage « {key} » n'existe pas {where}"
    if close := difflib.get_close_matches(key, [*keys_of(section), *([] if section else sections())], n=1):
        return f"{said} ; vouliez-vous dire « {close[0]} » ?"
    places = [name for name in sections() if key in keys_of(name)]
    if places:
        there = " ou ".join(f"[{name}]" if name else "le haut du fichier, avant les sections" for name in places)
        return f"{said} ; sa place est dans {there}."
    return f"{said} ; il y a : {', '.join(keys_of(section))}."


def _expected(key: str, section: str, details: dict[str, Any]) -> str:
    kind, told = details["type"], details.get("ctx", {})
    if (section, key) == ("topics", "n_topics"):
        return 'doit être un nombre entier d\'au moins 2, ou "auto"'
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(told.get("expected", "")))
        return "doit être " + _or([f'"{choice}"' for choice in choices])
    if kind == "model_type":
        return f"doit être une section : une ligne [{key}], et ses réglages dessous"
    if kind == "greater_than_equal":
        return f"doit être au moins {told['ge']}"
    if kind == "less_than_equal":
        return f"doit être au plus {told['le']}"
    return _KINDS.get(kind, "a une valeur qui ne convient pas")


def _or(choices: list[str]) -> str:
    return " ou ".join([", ".join(choices[:-1]), choices[-1]]) if len(choices) > 1 else choices[0]
