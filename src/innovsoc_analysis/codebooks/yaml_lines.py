"""Parse YAML and remember on which line each key stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.errors import CodebookError
from innovsoc_analysis.safe.yaml import read_yaml, yaml_is_bounded

if TYPE_CHECKING:
    import yaml

KeyPath = tuple[str | int, ...]
Lines = dict[KeyPath, int]

_MAX_BYTES = 5_000_000
_MAX_ALIASES = 100


def parse_yaml(data: bytes, where: str) -> tuple[dict[str, Any], Lines]:
    """Return the content of a codebook's YAML and, for each path of keys, its line.

    Parameters
    ----------
    data : bytes
        UTF-8.
    where : str
        File name for messages.

    Raises
    ------
    CodebookError
        If it is not YAML, or too large, or a key is written twice.
    """
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
        content, root = read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        msg = (
            f"{where}:{line} : ce n'est pas du YAML valide ; vérifiez l'indentation, les « : »,"
            " les guillemets et les crochets, sur cette ligne et la précédente."
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
    lines: Lines = {}
    _index_lines(root, (), lines, where, seen=set())
    return content, lines


def _index_lines(node: yaml.Node, path: KeyPath, lines: Lines, where: str, *, seen: set[int]) -> None:
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
