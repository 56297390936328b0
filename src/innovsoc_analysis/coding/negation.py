"""Which tokens of a segment are denied or said to be absent (rule R3).

What a negation denies is what follows it up to the end of its clause, and the verb between ``ne``
and ``pas``. « Pas seulement », « pas que » and « ne … que » do not deny; neither do « un pas »,
« la personne », « plus que jamais », « sans doute » and a negation that another takes back.
Predicates of absence, suppositions and distanced speech deny too: each has its module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.absence import absences
from innovsoc_analysis.coding.affirmation import SAYING, taken_back
from innovsoc_analysis.coding.clauses import (
    CLAUSE_END,
    CLITICS_NE,
    OF,
    Denial,
    clitic_before,
    follows,
    form_at,
    group_before,
    has,
    rest_of_clause,
)
from innovsoc_analysis.coding.distance import distanced
from innovsoc_analysis.coding.hypothesis import suppositions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from innovsoc_analysis.coding.matching import Word

_ADVERBS = frozenset({"pas", "jamais", "guère", "aucun", "aucune", "nul", "nulle", "ni"})
_ONLY_WITH_NE = frozenset({"plus", "point", "rien", "personne"})
_SUBJECTS = frozenset({"personne", "rien"})
_NOUNS_TOO = frozenset({"pas", "point", "personne"})
_NOT_DENYING = frozenset({"seulement", "que", "qu'", "uniquement", "juste", "simplement", "mal", "moins", "doute"})
_NOT_DENYING_BEFORE_JAMAIS = frozenset({"que", "si", "à"})
_NOT_DENYING_WITHOUT = frozenset({"doute", "aucun", "cesse", "compter", "oublier", "conteste"})
_THAN = frozenset({"que", "qu'"})
_SO_MUCH = frozenset({"tant", "autant"})
_THERE = frozenset({"y", "y'"})
_VERBS = frozenset({"/VERB", "/AUX"})
_QUALITY = frozenset({"/ADJ", "/ADV"})
_NOUN_GROUP = frozenset({"/DET", "/NOUN", "/ADJ", "/PROPN"})
_NAMING = frozenset({"/DET", "/NOUN", "/PROPN"})
_ZERO_NAMES = frozenset({"chômeur", "chômeurs", "déchet", "déchets", "carbone", "gaspillage", "émission", "pesticide"})
_BEFORE_NO = frozenset({"et", ",", "mais"})
_CLAUSE_END_OF_NO = CLAUSE_END - {"pour"}
_KNOWING = frozenset({"savoir", "demander", "voir", "dire"})
_CLAUSE_END_AT_IF = CLAUSE_END | {"si", "quand", "lorsque"}
_REACH = 7
_REACH_WITHOUT = 3
_REACH_SAYING = 12


def denials(words: Sequence[Word]) -> dict[int, set[int]]:
    """Return, for each token that is denied, the words that deny it.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.

    Returns
    -------
    dict of int to set of int
        Position of a token to the positions of the denying words; tokens that nothing denies are left out.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> denials([Word(form, "NOUN", frozenset({form})) for form in "pas de local".split()])
    {1: {0}, 2: {0}}
    """
    found = _negations(words)
    cues = {cue for cue, _ in found}
    supposed = suppositions(words)
    void = taken_back(words, sorted(cues)).union(*(cues & scope for _, scope in supposed))
    kept = [denial for denial in found if denial[0] not in void]
    kept += absences(words, kept)
    kept += [(cue, scope) for cue, scope in supposed if cues.isdisjoint(scope)]  # « si on n'avait pas ce lieu »
    kept += distanced(words)
    denied: dict[int, set[int]] = {}
    for cue, positions in kept:
        for position in positions:
            denied.setdefault(position, set()).add(cue)
    return dict(sorted(denied.items()))


def is_denied(first: int, last: int, negations: Mapping[int, set[int]]) -> bool:
    """Whether a word that is not one of tokens ``[first, last)`` denies one of them.

    « Personne n'avait jamais osé » holds its own negation, which is part of what it says.
    """
    return any(not first <= cue < last for position in range(first, last) for cue in negations.get(position, ()))


def _negations(words: Sequence[Word]) -> list[Denial]:
    found = []
    for position, word in enumerate(words):
        rule = _OTHER_CUES.get(word.form, _denied_by_adverb)
        denied = rule(words, position)
        if denied is not None:
            found.append((position, denied))
    return found


def _denied_by_adverb(words: Sequence[Word], cue: int) -> set[int] | None:
    clitic = clitic_before(words, cue)
    if not _denies(words, cue, clitic):
        return None
    return _scope(words, cue) | _verb_before(words, cue, clitic)


def _denies(words: Sequence[Word], position: int, clitic: int | None) -> bool:
    form, before, after = (form_at(words, other) for other in (position, position - 1, position + 1))
    if after in _NOT_DENYING or (form in _NOUNS_TOO and _is_noun(words, position)):
        return False
    if form == "jamais":
        return before not in _NOT_DENYING_BEFORE_JAMAIS
    if form in _SUBJECTS and any(form_at(words, position + step) in CLITICS_NE for step in (1, 2, 3)):
        return True
    if form == "plus" and clitic is None:
        return _is_spoken_no_more(words, position)
    return form in _ADVERBS or (form in _ONLY_WITH_NE and clitic is not None)


def _is_spoken_no_more(words: Sequence[Word], cue: int) -> bool:
    """Whether ``plus`` denies without ``ne``: « y a plus de comité », « ça existe plus »."""
    clause = rest_of_clause(words, cue + 1, reach=_REACH)
    if any(words[position].form in _THAN for position in clause):
        return False
    if has(words, cue - 1, frozenset({"exister"})):
        return not has(words, cue + 1, _QUALITY)
    spoken = form_at(words, cue - 2) in _THERE and form_at(words, cue - 3) != "il"
    return spoken and has(words, cue - 1, frozenset({"avoir"})) and form_at(words, cue + 1) in OF


def _scope(words: Sequence[Word], cue: int) -> set[int]:
    after = cue + 1
    if form_at(words, after) in _SO_MUCH:  # « pas tant un service qu'une alliance »
        return rest_of_clause(words, after, reach=_REACH, ends=CLAUSE_END | _THAN)
    if any(has(words, after + step, SAYING) and form_at(words, after + step + 1) in _THAN for step in (0, 1)):
        return rest_of_clause(words, after, reach=_REACH_SAYING)
    ends = CLAUSE_END if any(has(words, cue + step, _KNOWING) for step in (-1, 1, 2)) else _CLAUSE_END_AT_IF
    return rest_of_clause(words, after, reach=_REACH, ends=ends)


def _verb_before(words: Sequence[Word], cue: int, clitic: int | None) -> set[int]:
    """Return where the denied verb stands: after ``ne``, or just before the cue in speech (« ils participent pas »)."""
    if clitic is not None:
        return set(range(clitic + 1, cue))
    before = cue - 1
    return {before} if has(words, before, _VERBS) else set()


def _is_noun(words: Sequence[Word], position: int) -> bool:
    """Whether the word follows a determiner, an adjective maybe between: « un pas », « premier pas »."""
    before = position - 1
    if before >= 0 and words[before].upos == "ADJ":
        before -= 1
        if before < 0:
            return True
    return before >= 0 and words[before].upos == "DET"


def _denied_by_without(words: Sequence[Word], cue: int) -> set[int] | None:
    after = cue + 1
    if form_at(words, after) in _NOT_DENYING_WITHOUT:
        return None
    if follows(words, after, ("pour", "autant")):
        return rest_of_clause(words, after + 2, reach=_REACH)
    return rest_of_clause(words, after, reach=_REACH if form_at(words, after) in _THAN else _REACH_WITHOUT)


def _denied_by_zero(words: Sequence[Word], cue: int) -> set[int] | None:
    """« Zéro partenaire » denies, « territoire zéro chômeur » and « le zéro déchet » name."""
    if has(words, cue - 1, _NAMING) or form_at(words, cue + 1) in _ZERO_NAMES or not has(words, cue + 1, _NOUN_GROUP):
        return None
    return rest_of_clause(words, cue + 1, reach=_REACH_WITHOUT)


def _denied_by_nothing_at_all(words: Sequence[Word], cue: int) -> set[int] | None:
    """« On a que dalle comme aide », « la participation, que dalle »."""
    if form_at(words, cue - 1) != "que":
        return None
    dropped = group_before(words, cue - 2) if form_at(words, cue - 2) == "," else set()
    return rest_of_clause(words, cue + 1, reach=_REACH) | _verb_before(words, cue - 1, None) | dropped


def _denied_by_no(words: Sequence[Word], cue: int) -> set[int] | None:
    """« Une coopérative et non une entreprise »."""
    if form_at(words, cue - 1) not in _BEFORE_NO or not has(words, cue + 1, _NOUN_GROUP):
        return None
    return rest_of_clause(words, cue + 1, reach=_REACH, ends=_CLAUSE_END_OF_NO)


def _denied_by_rather(words: Sequence[Word], cue: int) -> set[int] | None:
    """« Partager plutôt que vendre » denies « vendre »."""
    if form_at(words, cue + 1) not in _THAN:
        return None
    return rest_of_clause(words, cue + 2, reach=_REACH)


def _denied_by_place(words: Sequence[Word], cue: int) -> set[int] | None:
    """« Au lieu de vendre » denies « vendre »."""
    if form_at(words, cue - 1) != "au" or form_at(words, cue + 1) not in OF:
        return None
    return rest_of_clause(words, cue + 2, reach=_REACH)


def _denied_by_lack(words: Sequence[Word], cue: int) -> set[int] | None:
    """« Faute de partenaires » denies « partenaires »; « la faute de la commune » does not."""
    if form_at(words, cue + 1) not in {"de", "d'"} or has(words, cue - 1, frozenset({"/DET", "/ADJ"})):
        return None
    return rest_of_clause(words, cue + 2, reach=_REACH_WITHOUT)


_OTHER_CUES = {
    "sans": _denied_by_without,
    "zéro": _denied_by_zero,
    "dalle": _denied_by_nothing_at_all,
    "non": _denied_by_no,
    "plutôt": _denied_by_rather,
    "lieu": _denied_by_place,
    "faute": _denied_by_lack,
}
