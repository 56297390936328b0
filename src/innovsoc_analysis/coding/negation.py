"""Which tokens of a segment are denied (rule R3): a small grammar of French negation.

What is denied is what follows the negation up to the end of its clause, and the verb between
``ne`` and ``pas``. « Pas seulement », « pas que » and « ne … que » do not deny; neither do « un
pas », « la personne », « plus que jamais » and « sans doute ».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

_CLITICS = frozenset({"ne", "n'"})
_ADVERBS = frozenset({"pas", "jamais", "guère", "aucun", "aucune", "nul", "nulle", "ni"})
_ONLY_WITH_NE = frozenset({"plus", "point", "rien", "personne"})
_SUBJECTS = frozenset({"personne"})
_NOUNS_TOO = frozenset({"pas", "point", "personne"})
_WITHOUT = frozenset({"sans"})
_NOT_DENYING = frozenset({"seulement", "que", "qu'", "uniquement", "juste", "simplement", "mal", "moins", "doute"})
_NOT_DENYING_BEFORE_JAMAIS = frozenset({"que", "si", "à"})
_NOT_DENYING_WITHOUT = frozenset({"doute", "aucun", "cesse", "compter", "oublier", "conteste"})
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
_COORDINATIONS = frozenset({"et", "ou"})
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
    for position, word in enumerate(words):
        clitic = _clitic_before(words, position)
        if not _denies(words, position, clitic):
            continue
        if word.form in _WITHOUT:
            denied = _scope(words, position, reach=_REACH_WITHOUT)
        else:
            denied = _scope(words, position, reach=_REACH) | _verb_before(words, position, clitic)
        found.append((position, denied))
    return found


def is_denied(first: int, last: int, negations: Sequence[tuple[int, set[int]]]) -> bool:
    """Whether tokens ``[first, last)`` are denied by a negation that is not one of them.

    « Personne n'avait jamais osé » holds its own negation, which is part of what it says.
    """
    return any(not first <= cue < last and denied.intersection(range(first, last)) for cue, denied in negations)


def _denies(words: Sequence[Word], position: int, clitic: int | None) -> bool:
    form, before, after = (_form(words, other) for other in (position, position - 1, position + 1))
    if form in _WITHOUT:
        return after not in _NOT_DENYING_WITHOUT
    if after in _NOT_DENYING or (form in _NOUNS_TOO and _is_noun(words, position)):
        return False
    if form == "jamais":
        return before not in _NOT_DENYING_BEFORE_JAMAIS
    if form in _SUBJECTS and any(_form(words, position + step) in _CLITICS for step in (1, 2, 3)):
        return True
    return form in _ADVERBS or (form in _ONLY_WITH_NE and clitic is not None)


def _form(words: Sequence[Word], position: int) -> str:
    return words[position].form if 0 <= position < len(words) else ""


def _is_noun(words: Sequence[Word], position: int) -> bool:
    """Whether the word follows a determiner, an adjective maybe between: « un pas », « premier pas »."""
    before = position - 1
    if before >= 0 and words[before].upos == "ADJ":
        before -= 1
        if before < 0:
            return True
    return before >= 0 and words[before].upos == "DET"


def _clitic_before(words: Sequence[Word], position: int) -> int | None:
    return next(
        (other for other in range(position - 1, max(position - _BETWEEN, -1), -1) if words[other].form in _CLITICS),
        None,
    )


def _scope(words: Sequence[Word], cue: int, *, reach: int) -> set[int]:
    scope = set()
    for position in range(cue + 1, min(cue + 1 + reach, len(words))):
        if words[position].form in _CLAUSE_END or _starts_clause(words, position):
            break
        scope.add(position)
    return scope


def _starts_clause(words: Sequence[Word], position: int) -> bool:
    """Whether a coordination brings a new subject: « pas de local et on coopère »."""
    after = position + 1
    return words[position].form in _COORDINATIONS and after < len(words) and words[after].upos == "PRON"


def _verb_before(words: Sequence[Word], cue: int, clitic: int | None) -> set[int]:
    """Return where the denied verb stands: after ``ne``, or just before the cue in speech (« ils participent pas »)."""
    if clitic is not None:
        return set(range(clitic + 1, cue))
    before = cue - 1
    return {before} if before >= 0 and words[before].upos in {"VERB", "AUX"} else set()
