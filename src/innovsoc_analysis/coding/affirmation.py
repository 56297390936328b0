"""Negations that another word takes back: two of them affirm, and « n'oublions pas » asks to remember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.clauses import CLAUSE_END, clitic_before, form_at, has

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

SAYING = frozenset({"dire", "prétendre", "affirmer", "croire", "penser", "imaginer"})
_DENYING_VERBS = frozenset(
    {"ignorer", "nier", "contester", "douter", "oublier", "négliger", "cacher", "empêcher", "cesser", "hésiter"}
)
_NARROWING_VERBS = frozenset({"limiter", "réduire", "borner", "résumer", "cantonner", "arrêter"})
_REFLEXIVES = frozenset({"se", "s'", "me", "nous", "vous"})
_DENYING_ADJECTIVES = frozenset({"rare", "inutile", "impossible", "exclu", "négligeable", "interdit"})
_UNDONE = frozenset({"fallu", "dû"})
_HAD = frozenset({"aurait", "auraient", "aurais", "aurions", "auriez"})
_PROPOSING = frozenset({"pourquoi"})
_THAN = frozenset({"que", "qu'"})
_NEGATIVE = frozenset(
    {"pas", "plus", "jamais", "rien", "guère", "point", "aucun", "aucune", "nul", "nulle", "personne"}
)
_PAIR_END = (CLAUSE_END - {"pour"}) | _THAN
_PAIR_REACH = 12
_AFTER = 4


def taken_back(words: Sequence[Word], cues: Sequence[int]) -> set[int]:
    """Return those of the negations at `cues` that deny nothing.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.
    cues : sequence of int
        Where its negations stand, in order.

    Returns
    -------
    set of int
        Positions among `cues`.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> words = [Word(form, "X", frozenset({form})) for form in "rien ne se fait sans elles".split()]
    >>> sorted(taken_back(words, [0, 4]))
    [0, 4]
    """
    known = set(cues)
    void: set[int] = set()
    for cue in cues:
        if words[cue].form not in _NEGATIVE:
            continue
        if _is_answered(words, cue):
            void.add(cue)
        partner = _partner(words, cue, known)
        if partner is not None:
            void |= {cue, partner}
    return void


def _partner(words: Sequence[Word], cue: int, known: set[int]) -> int | None:
    """Return the negation that takes back that at `cue`: « pas … sans », « pas dire que … pas », « pas faute de »."""
    said = False
    for position in range(cue + 1, min(cue + 1 + _PAIR_REACH, len(words))):
        form = words[position].form
        if form in _THAN and position <= cue + _AFTER and has(words, position - 1, SAYING):
            said = True
        elif form in _PAIR_END:
            return None
        elif position in known and (form in _answers(said=said) or (form == "faute" and position == cue + 1)):
            return position
    return None


def _answers(*, said: bool) -> frozenset[str]:
    """Return the words that take back an earlier negation; after « dire que » any does."""
    return _NEGATIVE | {"sans"} if said else frozenset({"sans"})


def _is_answered(words: Sequence[Word], cue: int) -> bool:
    """Whether what the negation bears on is itself a denial, a limit or a proposal."""
    clitic = clitic_before(words, cue)
    first = clitic if clitic is not None else max(cue - 2, 0)
    if {form_at(words, cue - 1), form_at(words, first - 1)} & _PROPOSING:
        return True
    if form_at(words, cue + 1) in _UNDONE and form_at(words, cue - 1) in _HAD:
        return True
    for position in range(first, min(cue + _AFTER, len(words))):
        if position > cue and words[position].form in CLAUSE_END:
            return False
        if _denies_in_itself(words, position) or (position > cue and has(words, position, _DENYING_ADJECTIVES)):
            return True
        if has(words, position, _NARROWING_VERBS) and _is_reflexive(words, first, position):
            return True
    return _is_nothing_else(words, cue)


def _denies_in_itself(words: Sequence[Word], position: int) -> bool:
    return has(words, position, _DENYING_VERBS) and words[position].upos == "VERB"


def _is_reflexive(words: Sequence[Word], first: int, verb: int) -> bool:
    return any(form_at(words, position) in _REFLEXIVES for position in range(first, verb))


def _is_nothing_else(words: Sequence[Word], cue: int) -> bool:
    """Whether the negation leaves one thing out: « rien d'autre que la participation »."""
    forms = [form_at(words, position) for position in range(cue + 1, cue + 1 + _AFTER)]
    return any(form in {"autre", "autres"} for form in forms[:3]) and not _THAN.isdisjoint(forms)
