"""Where clauses end and which words are the subject of a verb: what the rules on denial share.

A shallow grammar, read from the forms and natures of the words around one place; each question
looks at a fixed number of words, so that a text takes a time in proportion to its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from innovsoc_analysis.coding.matching import Word

Denial = tuple[int, set[int]]  # the word that denies, the words it denies

CLITICS_NE = frozenset({"ne", "n'"})
CLAUSE_END = frozenset(",;:.!?…()»«—–") | {"mais", "car", "donc", "parce", "puisque", "alors", "qui", "pour"}
COORDINATIONS = frozenset({"et", "ou"})
OF = frozenset({"de", "d'", "du", "des"})
_PRONOUNS_TAKING_UP = frozenset({"il", "elle", "ils", "elles", "ça", "cela", "c'", "ce", "y", "y'"})
_ADVERB = frozenset({"/ADV"})
_CLITIC_REACH = 5
_SUBJECT_REACH = 14
_ASIDE_REACH = 12


def form_at(words: Sequence[Word], position: int) -> str:
    """Return the form at `position`, empty outside the segment."""
    return words[position].form if 0 <= position < len(words) else ""


def has(words: Sequence[Word], position: int, keys: frozenset[str]) -> bool:
    """Whether the word at `position`, if any, has one of `keys`."""
    return 0 <= position < len(words) and not keys.isdisjoint(words[position].keys)


def follows(words: Sequence[Word], position: int, phrase: Iterable[str]) -> bool:
    """Whether the words of `phrase` stand at `position`, as forms or lemmas."""
    return all(has(words, position + step, frozenset({word})) for step, word in enumerate(phrase))


def clitic_before(words: Sequence[Word], position: int) -> int | None:
    """Return where the nearest ``ne`` stands just before `position`, if any."""
    return next(
        (
            other
            for other in range(position - 1, max(position - _CLITIC_REACH, -1), -1)
            if words[other].form in CLITICS_NE
        ),
        None,
    )


def rest_of_clause(words: Sequence[Word], first: int, *, reach: int, ends: frozenset[str] = CLAUSE_END) -> set[int]:
    """Return the positions from `first` to the end of the clause, `reach` words at most.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> words = [Word(form, "NOUN", frozenset({form})) for form in "pas de local , mais".split()]
    >>> sorted(rest_of_clause(words, 1, reach=7))
    [1, 2]
    """
    scope = set()
    for position in range(first, min(first + reach, len(words))):
        if words[position].form in ends or _starts_clause(words, position):
            break
        scope.add(position)
    return scope


def subject_of(words: Sequence[Word], verb: int) -> set[int]:
    """Return the words of the noun group that is the subject of the verb whose group starts at `verb`.

    A pronoun that takes a group up (« le comité, il existe plus »), a relative (« le comité qui
    n'existe plus ») and a short aside (« le comité, créé en mai, n'existe plus ») are seen through.
    Empty if the subject is a pronoun or cannot be told.
    """
    end = verb
    while end > verb - _CLITIC_REACH and form_at(words, end - 1) not in CLAUSE_END and has(words, end - 1, _ADVERB):
        end -= 1
    taken_up = form_at(words, end - 1) == "qui"
    if taken_up:
        end -= 1
    while end > verb - _ASIDE_REACH and form_at(words, end - 1) in _PRONOUNS_TAKING_UP:
        taken_up = True
        end -= 1
    if form_at(words, end - 1) == ",":
        end = end - 1 if taken_up else _before_aside(words, end - 1)
    return group_before(words, end)


def group_before(words: Sequence[Word], end: int) -> set[int]:
    """Return the noun group that ends just before `end`: from its determiner on, complements included."""
    start = None
    for position in range(end - 1, max(end - 1 - _SUBJECT_REACH, -1), -1):
        word = words[position]
        if word.form in COORDINATIONS:
            if start in {None, position + 1}:
                continue
            break
        if not _may_be_inside(words, position):
            break
        if word.upos == "DET" and not _is_complement(words, position):
            start = position
            if form_at(words, position - 1) not in COORDINATIONS:
                break
    if start is None:
        return set()
    return set(range(start, end))


def _starts_clause(words: Sequence[Word], position: int) -> bool:
    """Whether a coordination brings a new subject: « pas de local et on coopère »."""
    after = position + 1
    return words[position].form in COORDINATIONS and after < len(words) and words[after].upos == "PRON"


def _before_aside(words: Sequence[Word], comma: int) -> int:
    """Return where the aside that `comma` closes was opened; 0 if it was not nearby."""
    return next(
        (other for other in range(comma - 1, max(comma - _ASIDE_REACH, 0), -1) if words[other].form == ","),
        0,
    )


def _may_be_inside(words: Sequence[Word], position: int) -> bool:
    word = words[position]
    if word.upos == "VERB":  # a participle: « le comité créé en mai »
        return word.form.rstrip("s").endswith(("é", "ée", "i", "ie", "u", "ue", "is", "ise"))
    return word.upos in {"DET", "ADJ", "NUM", "ADV", "NOUN", "PROPN", "ADP"} and word.form not in CLITICS_NE


def _is_complement(words: Sequence[Word], position: int) -> bool:
    """Whether the determiner at `position` does not open its group: « de la ville », « comité des usagers »."""
    if position == 0:
        return False
    before = words[position - 1]
    return before.upos == "ADP" or (words[position].form in OF and before.upos in {"NOUN", "PROPN"})
