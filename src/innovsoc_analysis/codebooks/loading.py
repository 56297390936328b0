"""Read a codebook from YAML, and say line by line what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import CodebookError, RefusedFileError
from innovsoc_analysis.safe.files import read_file
from innovsoc_analysis.safe.yaml import yaml_is_bounded

if TYPE_CHECKING:
    import yaml

    from innovsoc_analysis.model.codebook import Codebook

_BUNDLED = resources.files(__package__) / "data"
_MAX_BYTES = 5_000_000
_MAX_ALIASES = 100
_MAX_SHOWN = 12

_MESSAGES = {
    "missing": "il manque la clé « {key} »",
    "extra_forbidden": "la clé « {key} » est inconnue ici",
    "string_type": "« {key} » doit être un texte (entre guillemets s'il ressemble à un nombre ou à une date)",
    "string_too_short": "« {key} » est vide",
    "string_pattern_mismatch": "« {key} » doit être un identifiant sans espace (lettres, chiffres, point, tiret)",
    "tuple_type": "« {key} » doit être une liste ([a, b] ou un élément par ligne après un tiret)",
    "dict_type": "« {key} » doit être un groupe de lignes « clé: valeur »",
    "model_type": "« {key} » doit être un groupe de lignes « clé: valeur »",
    "bool_parsing": "« {key} » doit être true ou false",
    "literal_error": "« {key} » doit être l'une des valeurs {expected}",
    "too_short": "« {key} » ne contient aucun élément",
}


def bundled_codebooks() -> tuple[str, ...]:
    """Return the names of the codebooks that come with the package.

    Examples
    --------
    >>> "bissib" in bundled_codebooks()
    True
    """
    return tuple(sorted(path.name.removesuffix(".yaml") for path in _BUNDLED.iterdir() if path.name.endswith(".yaml")))


def load_codebook(source: str | Path = "bissib") -> Codebook:
    """Load and check a codebook.

    Parameters
    ----------
    source : str or Path
        Name of a bundled codebook, or path of a YAML file.

    Returns
    -------
    Codebook
        Frozen and validated.

    Raises
    ------
    CodebookError
        If there is no such codebook, or it has mistakes: each is given with its line.

    Examples
    --------
    >>> book = load_codebook("bissib")
    >>> len(book.codes)
    45
    """
    if isinstance(source, str) and source in bundled_codebooks():
        return parse_codebook((_BUNDLED / f"{source}.yaml").read_bytes(), name=source, where=f"{source}.yaml")
    path = Path(source)
    if not path.is_file():
        choices = ", ".join(bundled_codebooks())
        msg = (
            f"Livre de codes introuvable : « {source} » n'est ni un fichier YAML ni un livre fourni"
            f" ({choices}). Vérifiez le chemin."
        )
        raise CodebookError(msg)
    try:
        data = read_file(path)
    except RefusedFileError as error:
        msg = f"{path.name} : {error}"
        raise CodebookError(msg) from None
    return parse_codebook(data, name=_name_from(path.stem), where=path.name)


def _name_from(stem: str) -> str:
    return re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", stem)).strip("-.") or "codebook"


def parse_codebook(data: bytes, *, name: str, where: str) -> Codebook:
    """Parse the YAML bytes of a codebook.

    Parameters
    ----------
    data : bytes
        UTF-8 YAML.
    name : str
        Name of the codebook when the YAML gives none (key ``nom``).
    where : str
        File name for messages.

    Raises
    ------
    CodebookError
        With one line per mistake, each starting with ``where:line``.
    """
    from pydantic import ValidationError

    from innovsoc_analysis.model.codebook import Codebook, error_places

    content, lines = _parse_yaml(data, where)
    content.setdefault("nom", name)
    try:
        return Codebook.model_validate(content)
    except ValidationError as error:
        places = error_places([dict(details) for details in error.errors()])
        # a list whose every item is wrong also counts as empty: say only what is wrong in it
        deeper = {loc[:depth] for loc, _, _ in places for depth in range(len(loc))}
        mistakes = [
            _sentence(loc, kind, details, lines)
            for loc, kind, details in places
            if not (kind == "too_short" and loc in deeper)
        ]
    raise CodebookError(_report(sorted(mistakes), where))


def _parse_yaml(data: bytes, where: str) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    """Return the content and, for each path of keys, its line."""
    import yaml

    if len(data) > _MAX_BYTES:
        msg = (
            f"{where} : le livre de codes dépasse {_MAX_BYTES // 1_000_000} Mo ; ce n'est sans doute pas"
            " le bon fichier."
        )
        raise CodebookError(msg)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{where} : le fichier n'est pas en UTF-8 (octet {error.start + 1}) ; enregistrez-le en « UTF-8 »."
        raise CodebookError(msg) from None
    try:
        if not yaml_is_bounded(text, aliases=_MAX_ALIASES):
            msg = (
                f"{where} : trop de renvois YAML (« *nom ») ou d'imbrications ; écrivez les valeurs en toutes lettres."
            )
            raise CodebookError(msg)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        msg = (
            f"{where}:{line} : ce n'est pas du YAML valide ({error.problem}) ; vérifiez l'indentation,"
            " les « : » et les guillemets."
        )
        raise CodebookError(msg) from None
    except (yaml.YAMLError, RecursionError):
        msg = f"{where} : ce n'est pas du YAML lisible ; repartez d'un livre qui fonctionne (innovsoc codebook show)."
        raise CodebookError(msg) from None
    except ValueError as error:
        msg = (
            f"{where} : une date ou un nombre y est impossible ({error}) ; mettez entre guillemets ce qui y ressemble."
        )
        raise CodebookError(msg) from None
    if root is None or not isinstance(content, dict):
        msg = (
            f"{where}:1 : un livre de codes est un groupe de lignes « clé: valeur » avec au moins"
            " « version » et « codes »."
        )
        raise CodebookError(msg)
    lines: dict[tuple[str | int, ...], int] = {}
    _index_lines(root, (), lines, where, seen=set())
    return content, lines


def _index_lines(
    node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], where: str, *, seen: set[int]
) -> None:
    import yaml

    lines.setdefault(path, node.start_mark.line + 1)
    if id(node) in seen:  # an alias: it may lead back to itself, or unfold without end
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            child = (*path, key.value)
            if child in lines:
                msg = (
                    f"{where}:{key.start_mark.line + 1} : la clé « {key.value} » est écrite deux fois (déjà ligne"
                    f" {lines[child]})."
                )
                raise CodebookError(msg)
            lines[child] = key.start_mark.line + 1
            _index_lines(value, child, lines, where, seen=seen)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            _index_lines(value, (*path, position), lines, where, seen=seen)


def _sentence(
    loc: tuple[str | int, ...], kind: str, details: dict[str, Any], lines: dict[tuple[str | int, ...], int]
) -> tuple[int, str]:
    if loc[-1:] == ("[key]",):  # a key that YAML takes for a number or a date
        loc = (*loc[:-2], str(details["input"]))
    path = loc
    while path and path not in lines:
        path = path[:-1]
    names = [part for part in loc if isinstance(part, str)]
    key = names[-1] if names else "livre de codes"
    if details.get("type") == "value_error":
        message = kind
    elif kind in _MESSAGES:
        message = _MESSAGES[kind].format(
            key=key, expected=str(details.get("ctx", {}).get("expected", "")).replace(" or ", " ou ")
        )
    else:
        message = f"« {key} » a une valeur qui ne convient pas"
    return lines.get(path, 1), message


def _report(mistakes: list[tuple[int, str]], where: str) -> str:
    shown = [f"{where}:{line} : {message}." for line, message in mistakes[:_MAX_SHOWN]]
    if more := len(mistakes) - _MAX_SHOWN:
        shown += [f"… et {more} autre(s) erreur(s)."] if more > 0 else []
    return "\n".join(shown)
