"""Suppositions contrary to fact: « si on avait un comité », « il aurait fallu associer les habitants ».

What is supposed not to be so is not there. An open condition (« si le projet est retenu »), a plan
and a wish (« il faudrait ») stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.clauses import CLAUSE_END, Denial, form_at, has, rest_of_clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

_HE = frozenset({"il", "ils"})
_ASKING = frozenset({"demander", "savoir", "voir", "vérifier", "ignorer", "question", "regarder", "dire"})
_NOT_SUPPOSING_BEFORE_IF = frozenset({"même", "et", "comme"})
_WISHING = frozenset({"vouloir", "pouvoir", "souhaiter", "désirer"})
_ENDINGS = ("aient", "ait", "ais")
_ENDINGS_OF_NOUS = {"nous": "ions", "vous": "iez"}
_VERBS = frozenset({"/VERB", "/AUX"})
_HAD = frozenset({"aurait", "auraient", "aurais", "aurions", "auriez"})
_WANTED = frozenset({"fallu", "pu", "dû", "voulu", "aimé", "souhaité", "préféré", "mérité"})
_LETTING = frozenset({"imaginons", "imaginez", "imagine", "supposons", "supposez", "admettons", "mettons"})
_THAT = frozenset({"que", "qu'"})
_NEGATIVE = frozenset({"pas", "jamais", "rien", "plus", "guère"})
_SUPPOSITION_END = CLAUSE_END - {"pour", "qui", "«", "»"}
_SUBJECT_REACH = 8
_MAIN_REACH = 40
_REACH = 12


def suppositions(words: Sequence[Word]) -> list[Denial]:
    """Return the suppositions contrary to fact of the segment and what they deny.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.
    negations : set of int
        Where its negations stand: what is supposed not to be is there (« si on n'avait pas ce lieu »).

    Returns
    -------
    list of (int, set of int)
        Position of the word that supposes, and positions of the tokens it denies.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> words = [Word(form, "VERB", frozenset({form, "/VERB"})) for form in "on aurait pu créer un comité".split()]
    >>> suppositions(words)
    [(2, {3, 4, 5})]
    """
    found = []
    for position, word in enumerate(words):
        if word.form == "si" or (word.form == "s'" and form_at(words, position + 1) in _HE):
            start = position + 1 if _supposes(words, position) else None
        elif word.form in _WANTED:
            start = position + 1 if _is_wanted(words, position) else None
        elif word.form in _LETTING:
            start = position + 2 if form_at(words, position + 1) in _THAT | {"si"} else None
        else:
            continue
        if start is not None:
            found.append((position, rest_of_clause(words, start, reach=_REACH, ends=_SUPPOSITION_END)))
    return found


def is_conditional(word: Word) -> bool:
    """Whether the word is a verb in the conditional: « pourrait », but not « montrait »."""
    base, ending = _base(word)
    return bool(ending) and base.endswith("r") and not _has_infinitive(word, base)


def _is_imperfect(word: Word) -> bool:
    base, ending = _base(word)
    return bool(ending) and (not base.endswith("r") or _has_infinitive(word, base))


def _base(word: Word) -> tuple[str, str]:
    if _VERBS.isdisjoint(word.keys):
        return "", ""
    for ending in _ENDINGS:
        if word.form.endswith(ending):
            return word.form.removesuffix(ending), ending
    return "", ""


def _has_infinitive(word: Word, base: str) -> bool:
    return not word.keys.isdisjoint({base + "er", base + "ir", base + "re"})


def _supposes(words: Sequence[Word], position: int) -> bool:
    """Whether ``si`` opens what is not so: a verb in the imperfect, no habit told and no question asked."""
    before = position - 1
    if form_at(words, before) in _NOT_SUPPOSING_BEFORE_IF or has(words, before, _ASKING):
        return False
    if form_at(words, position + 1) == "bien" or has(words, position + 1, frozenset({"/ADJ"})):
        return False  # « si bien que », « si petit que »
    verb = _first_verb(words, position + 1)
    if verb is None or not _is_imperfect_of(words, verb) or has(words, verb, _WISHING):
        return False
    main = range(verb + 1, min(verb + _MAIN_REACH, len(words)))
    if any(is_conditional(words[other]) for other in main):
        return True
    others = range(max(position - _MAIN_REACH, 0), position)
    if any(is_conditional(words[other]) for other in others):
        return True
    return not any(has(words, other, _VERBS) for other in main if other > verb + 1)


def _first_verb(words: Sequence[Word], start: int) -> int | None:
    for position in range(start, min(start + _SUBJECT_REACH, len(words))):
        if words[position].form in CLAUSE_END:
            return None
        ending = _ENDINGS_OF_NOUS.get(form_at(words, position - 1))
        if has(words, position, _VERBS) or (ending and words[position].form.endswith(ending)):
            return position  # « nous avions » is taken for the noun
    return None


def _is_imperfect_of(words: Sequence[Word], verb: int) -> bool:
    subject = form_at(words, verb - 1)
    if subject in _ENDINGS_OF_NOUS:
        return words[verb].form.endswith(_ENDINGS_OF_NOUS[subject]) and not _is_present_in_ions(words[verb])
    return _is_imperfect(words[verb])


def _is_present_in_ions(word: Word) -> bool:
    """« Nous étudions » is in the present: its infinitive ends in ``-ier``."""
    return bool({word.form.removesuffix("ons") + "er", word.form.removesuffix("ez") + "er"} & word.keys)


def _is_wanted(words: Sequence[Word], position: int) -> bool:
    """« On aurait pu », but not « on n'aurait pas pu »."""
    between = [form_at(words, other) for other in range(max(position - 3, 0), position)]
    return not _HAD.isdisjoint(between) and _NEGATIVE.isdisjoint(between)
