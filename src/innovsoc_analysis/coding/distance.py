"""Speech that keeps its distance from what it names: « une soi-disant participation », « ils appellent ça »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.clauses import CLAUSE_END, OF, Denial, form_at, group_before, has, rest_of_clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

_SO_CALLED = frozenset({"soi-disant", "prétendument", "pseudo"})
_PRETENDED = frozenset({"prétendu", "prétendue", "prétendus", "prétendues"})
_SUPPOSED = frozenset({"censé", "censée", "censés", "censées", "sensé", "sensée", "sensés", "sensées"})
_SHAM = frozenset({"simulacre", "semblant", "parodie"})
_COVER = frozenset({"couvert", "prétexte"})
_NAMING = frozenset({"appellent", "appelez", "nomment", "nommez", "baptisent"})
_THIS = frozenset({"ça", "cela"})
_THEIR_SUBJECTS = frozenset({"ils", "elles", "vous"})
_REACH = 7
_REACH_GROUP = 4
_INFINITIVE = ("er", "ir", "re")
_END = CLAUSE_END - {"pour", "«", "»"}


def distanced(words: Sequence[Word]) -> list[Denial]:
    """Return the words of the segment that distance what is said, and what they deny.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.

    Returns
    -------
    list of (int, set of int)
        Position of the distancing word, and positions of the tokens it denies.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> distanced([Word(form, "ADJ", frozenset({form})) for form in "une soi-disant entraide".split()])
    [(1, {2})]
    """
    found = []
    for position in range(len(words)):
        span = _span(words, position)
        if span is not None:
            first, reach = span
            found.append((position, rest_of_clause(words, first, reach=reach, ends=_END)))
        elif words[position].form in _PRETENDED and has(words, position - 1, frozenset({"/NOUN"})):
            found.append((position, group_before(words, position)))
    return found


def _span(words: Sequence[Word], position: int) -> tuple[int, int] | None:
    """Return where what the word at `position` distances starts, and how far it reaches."""
    form, after = words[position].form, form_at(words, position + 1)
    if form in _SO_CALLED or (form in _SUPPOSED and after.endswith(_INFINITIVE)):
        return position + 1, _REACH
    if form in _PRETENDED and has(words, position + 1, frozenset({"/NOUN", "/ADJ"})):
        return position + 1, _REACH_GROUP
    if form in _COVER and form_at(words, position - 1) == "sous" and after in OF | {"que", "qu'"}:
        return position + 2, _REACH
    if form in _SHAM and after in {"de", "d'"}:
        return position + 2, _REACH_GROUP
    if form in _NAMING and after in _THIS and form_at(words, position - 1) in _THEIR_SUBJECTS:
        return position + 2, _REACH
    return None
