"""Patterns as spaCy's ``Matcher`` writes them: a list of dictionaries, one per token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.lexicometry.kwic.index import fold
from innovsoc_analysis.lexicometry.kwic.queries import MOST_REPEATED, PARTS_OF_SPEECH
from innovsoc_analysis.lexicometry.kwic.steps import FORM, LEMMA, UPOS, Condition, Step, check_expression
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# key -> what is looked at, and whether capitals count
_KEYS = {
    "TEXT": (FORM, True),
    "ORTH": (FORM, True),
    "LOWER": (FORM, False),
    "LEMMA": (LEMMA, False),
    "POS": (UPOS, True),
    "REGEX": (FORM, False),
}
_TIMES = {"!": (1, 1), "?": (0, 1), "+": (1, MOST_REPEATED), "*": (0, MOST_REPEATED), "1": (1, 1)}
_COUNTED = re.compile(r"\{(\d{0,3})(?:(,)(\d{0,3}))?\}")
_LONGEST_PATTERN = 50
_SEVERAL = {"IN": False, "NOT_IN": True}


def parse_pattern(pattern: Sequence[Mapping[str, Any]], *, accents: bool = True) -> tuple[Step, ...]:
    """Return the steps of a pattern.

    Parameters
    ----------
    pattern : sequence of mapping
        One mapping per token, ``{}`` being any. Keys: ``TEXT`` or ``ORTH`` (as written), ``LOWER``,
        ``LEMMA``, ``POS``, ``REGEX`` (short for ``{"LOWER": {"REGEX": …}}``), ``OP`` (``!``, ``?``,
        ``+``, ``*``, ``{2}``, ``{1,3}``). A value is a text, ``{"REGEX": …}``, ``{"IN": […]}`` or
        ``{"NOT_IN": […]}``. Expressions match whole words. ``+`` and ``*`` stop after 30 words.
    accents : bool
        Whether accents count.

    Raises
    ------
    UsageError
        If a key or a value is unknown.

    Examples
    --------
    >>> steps = parse_pattern([{"LEMMA": "innovation"}, {"POS": "ADJ", "OP": "+"}])
    >>> [(step.low, step.high) for step in steps]
    [(1, 1), (1, 30)]
    """
    if not 0 < len(pattern) <= _LONGEST_PATTERN:
        raise UsageError(f"Un motif est une liste de 1 à {_LONGEST_PATTERN} dictionnaires, un par mot.")
    steps = tuple(_step(place, accents=accents) for place in pattern)
    if not any(step.low and not step.is_free for step in steps):
        raise UsageError("Ce motif convient à tous les mots : donnez au moins un mot obligatoire.")
    return steps


def _step(place: Any, *, accents: bool) -> Step:
    if not isinstance(place, dict):
        raise UsageError(f"Un motif est une liste de dictionnaires, comme {{'LEMMA': 'besoin'}} ; lu : {place!r}.")
    conditions = tuple(
        condition
        for key, value in place.items()
        if key != "OP"
        for condition in _conditions(key, value, accents=accents)
    )
    times = place.get("OP", "1")
    low, high = _times(times)
    return Step((conditions,), low, high, refused=times == "!")


def _conditions(key: str, value: Any, *, accents: bool) -> list[Condition]:
    if key not in _KEYS:
        raise UsageError(f"Clé inconnue dans un motif : « {key} » ; il y a {', '.join(_KEYS)} et OP.")
    on, exact = _KEYS[key]
    if key == "REGEX":
        value = {"REGEX": value}
    asked = value if isinstance(value, dict) else {"IN": [value]}
    return [_condition(name, one, on=on, exact=exact, accents=accents) for name, one in asked.items()]


def _condition(name: str, value: Any, *, on: str, exact: bool, accents: bool) -> Condition:
    exact = exact and accents
    if name == "REGEX" and isinstance(value, str) and value:
        expression = check_expression(value if accents else fold(value, accents=False))
        return Condition(on, expression=expression, accents=accents, exact=exact)
    if name not in _SEVERAL or not isinstance(value, (list, tuple, set, frozenset)):
        raise UsageError(
            f"« {name} » : une valeur de motif est un texte, {{'REGEX': '…'}}, {{'IN': […]}} ou {{'NOT_IN': […]}}."
        )
    if not all(isinstance(one, str) and one for one in value):
        raise UsageError("Les mots d'un motif sont des textes non vides.")
    if on == UPOS and (unknown := sorted(set(value) - PARTS_OF_SPEECH)):
        raise UsageError(f"Catégorie inconnue : « {unknown[0]} » ; il y a {', '.join(sorted(PARTS_OF_SPEECH))}.")
    words = frozenset(value if exact else (fold(one, accents=accents) for one in value))
    if on == UPOS:
        words = frozenset(value)
    return Condition(on, words, accents=accents, exact=exact, refused=_SEVERAL[name])


def _times(times: Any) -> tuple[int, int]:
    times = times if isinstance(times, str) else str(times)
    if times in _TIMES:
        return _TIMES[times]
    counted = _COUNTED.fullmatch(times)
    if counted is None or times in {"{}", "{,}"}:
        raise UsageError(f"« {times} » : OP est !, ?, +, *, {{2}}, {{1,3}}, {{2,}} ou {{,3}}.")
    low = int(counted[1] or 0)
    high = (int(counted[3]) if counted[3] else MOST_REPEATED) if counted[2] else low
    if not low <= high <= MOST_REPEATED or not high:
        raise UsageError(f"« {times} » : un mot se répète de 1 à {MOST_REPEATED} fois au plus.")
    return low, high
