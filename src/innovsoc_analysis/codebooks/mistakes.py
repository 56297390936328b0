"""Say what is wrong with a codebook: one French sentence a mistake, with its line."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.model.codebook import KEYS, error_places

if TYPE_CHECKING:
    from innovsoc_analysis.codebooks.yaml_lines import KeyPath, Lines

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


def sentences_of(errors: list[dict[str, Any]], lines: Lines, where: str) -> list[str]:
    """Return the sentences for pydantic's `errors`, in the order of the lines.

    Parameters
    ----------
    errors : list of dict
        From ``ValidationError.errors()``.
    lines : dict
        Path of keys → line.
    where : str
        File name.

    Returns
    -------
    list of str
        ``where:line : mistake.``, twelve at most and a count of the others.
    """
    places = error_places(errors)
    # a list whose every item is wrong also counts as empty: say only what is wrong in it
    deeper = {loc[:depth] for loc, _, _ in places for depth in range(len(loc))}
    mistakes = sorted(
        _sentence(loc, kind, details, lines)
        for loc, kind, details in places
        if not (kind == "too_short" and loc in deeper)
    )
    shown = [
        f"{where}:{line} : {message}{'' if message.endswith('?') else '.'}" for line, message in mistakes[:_MAX_SHOWN]
    ]
    more = len(mistakes) - len(shown)
    return [*shown, f"… et {more} autre(s) erreur(s)."] if more else shown


def _sentence(loc: KeyPath, kind: str, details: dict[str, Any], lines: Lines) -> tuple[int, str]:
    if loc[-1:] == ("[key]",):  # a key that YAML takes for a number or a date
        loc = (*loc[:-2], str(details["input"]))
    path = loc
    while path and path not in lines:
        path = path[:-1]
    names = [part for part in loc if isinstance(part, str)]
    key = names[-1] if names else "livre de codes"
    if details.get("type") == "value_error":
        message = kind
    elif kind == "extra_forbidden" and (close := difflib.get_close_matches(key, KEYS, n=1)):
        message = f"la clé « {key} » est inconnue ici ; vouliez-vous dire « {close[0]} » ?"
    elif kind in _MESSAGES:
        message = _MESSAGES[kind].format(
            key=key, expected=str(details.get("ctx", {}).get("expected", "")).replace(" or ", " ou ")
        )
    else:
        message = f"« {key} » a une valeur qui ne convient pas"
    return lines.get(path, 1), message
