"""Which tokens of a segment are denied (rule R3): a small grammar of French negation.

What is denied is what follows the negation up to the end of its clause, and the verb between
``ne`` and ``pas``. « Pas seulement », « pas que » and « ne … que » do not deny.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

_CLITICS = frozenset({"ne", "n'"})
_ADVERBS = frozenset({"pas", "jamais", "guère", "aucun", "aucune", "nul", "nulle", "ni"})
_ONLY_AFTER_NE = frozenset({"plus", "point", "rien", "personne"})
_WITHOUT = frozenset({"sans"})
_NOT_DENYING = frozenset({"seulement", "que", "qu'", "uniquement", "juste", "simplement", "mal", "encore"})
_CLAUSE_END = frozenset(
    {
        ",",
        ";",
        ":",
        ".",
        "!",
        "?",
        "…",
        "(",
        ")",
        "»",
        "«",
        "mais",
        "car",
        "donc",
        "parce",
        "puisque",
        "alors",
        "qui",
        "pour",
        "—",
        "–",
    }
)
_REACH = 7
_REACH_WITHOUT = 3
_BETWEEN = 5


def denials(words: Sequence[Word]) -> list[tuple[int, set[int]]]:
    """Return each negation of the segment and what it denies.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.

    Returns
    -------
    list of (int, set of int)
        Position of the negating word, and positions of the tokens it denies.
    """
    found = []
    forms = [word.form for word in words]
    for position, form in enumerate(forms):
        clitic = _clitic_before(forms, position)
        if form in _WITHOUT:
            found.append((position, _scope(forms, position, reach=_REACH_WITHOUT)))
        elif form in _ADVERBS or (form in _ONLY_AFTER_NE and clitic is not None):
            if position + 1 < len(forms) and forms[position + 1] in _NOT_DENYING:
                continue
            denied = _scope(forms, position, reach=_REACH) | _verb_before(words, position, clitic)
            found.append((position, denied))
    return found


def is_denied(first: int, last: int, negations: Sequence[tuple[int, set[int]]]) -> bool:
    """Whether tokens ``[first, last)`` are denied by a negation that is not one of them.

    « Personne n'avait jamais osé » holds its own negation, which is part of what it says.
    """
    return any(not first <= cue < last and denied.intersection(range(first, last)) for cue, denied in negations)


def _clitic_before(forms: Sequence[str], position: int) -> int | None:
    return next(
        (other for other in range(position - 1, max(position - _BETWEEN, -1), -1) if forms[other] in _CLITICS), None
    )


def _scope(forms: Sequence[str], cue: int, *, reach: int) -> set[int]:
    scope = set()
    for position in range(cue + 1, min(cue + 1 + reach, len(forms))):
        if forms[position] in _CLAUSE_END:
            break
        scope.add(position)
    return scope


def _verb_before(words: Sequence[Word], cue: int, clitic: int | None) -> set[int]:
    """Return where the denied verb stands: after ``ne``, or just before the cue in speech (« ils participent pas »)."""
    if clitic is not None:
        return set(range(clitic + 1, cue))
    before = cue - 1
    return {before} if before >= 0 and words[before].upos in {"VERB", "AUX"} else set()
