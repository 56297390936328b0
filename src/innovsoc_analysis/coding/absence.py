"""Predicates that say their subject is not there: « le comité n'existe plus », « le budget fait défaut »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.clauses import (
    CLAUSE_END,
    OF,
    Denial,
    clitic_before,
    follows,
    form_at,
    group_before,
    has,
    subject_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

_NEGATIVE = frozenset({"pas", "plus", "jamais", "guère", "point"})
_EXISTING = frozenset({"exister"})
_BEING = frozenset({"être", "rester", "demeurer"})
_IS_NOW = frozenset(
    {"est", "sont", "était", "étaient", "été", "fut", "furent", "reste", "restent", "restait", "demeure"}
)
_HAS = frozenset({"a", "ont", "avait", "avaient"})
_VERBS = frozenset({"/VERB", "/AUX"})
_INDEFINITE = OF | {"un", "une"}
_CLITICS = frozenset({"se", "s'", "y", "y'", "en"})
_IF = frozenset({"si", "s'"})
_ASSURED = frozenset(
    {
        "assuré",
        "assurer",
        "garanti",
        "garantir",
        "prévu",
        "prévoir",
        "acquis",
        "acquérir",
        "présent",
        "effectif",
        "réel",
    }
) | {"disponible", "établi", "établir", "constitué", "constituer", "créé", "créer", "instauré", "instaurer", "là"}
_IN_PLACE = (("en", "place"), ("sur", "pied"), ("au", "rendez-vous"), ("au", "programme"))
_TAKING_PLACE = (("vu", "le", "jour"), ("voir", "le", "jour"), ("avoir", "lieu"), ("eu", "lieu"))
_GONE = frozenset({"disparu", "disparue", "disparus", "disparues"})
_GOES = frozenset({"disparaît", "disparait", "disparaissent", "disparut", "disparurent"})
_INEXISTENT = frozenset({"inexistant", "inexistante", "inexistants", "inexistantes"})
_NIL = frozenset({"nul", "nulle", "nuls", "nulles"})
_ENDED = frozenset({"dissous", "dissoute", "dissoudre", "supprimé", "supprimer", "enterré", "enterrer"})
_PREDICATE_REACH = 6
_GROUP_REACH = 5


def absences(words: Sequence[Word], negations: Sequence[Denial]) -> list[Denial]:
    """Return the predicates of absence of the segment and the subjects they deny.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.
    negations : sequence of (int, set of int)
        Its negations, those that another takes back left out.

    Returns
    -------
    list of (int, set of int)
        Position of the denying word, and positions of the tokens it denies.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> tags = {"le": "DET", "comité": "NOUN", "a": "AUX", "disparu": "VERB"}
    >>> absences([Word(form, upos, frozenset({form, "/" + upos})) for form, upos in tags.items()], [])
    [(3, {0, 1})]
    """
    denied = {position for _, positions in negations for position in positions}
    found = []
    for cue, _ in negations:
        start = _start_of_negated(words, cue)
        if words[cue].form in _NEGATIVE and _denies_presence(words, start, cue):
            found.append((cue, subject_of(words, start)))
    for position in range(len(words)):
        if position in denied:
            continue
        if _is_attribute(words, position):
            found.append((position, group_before(words, position)))
        elif (last := _absence_ending_at(words, position)) is not None:
            subject = subject_of(words, _start_of_group(words, last))
            if subject and form_at(words, min(subject) - 1) not in _IF:
                found.append((position, subject))
    return found


def _start_of_negated(words: Sequence[Word], cue: int) -> int:
    """Return where the verb group that `cue` negates starts: at ``ne``, or in speech at its first verb or clitic."""
    clitic = clitic_before(words, cue)
    return _start_of_group(words, cue - 1) if clitic is None else clitic


def _start_of_group(words: Sequence[Word], last: int) -> int:
    start = last + 1
    while start and last + 1 - start < _GROUP_REACH and _is_in_verb_group(words, start - 1):
        start -= 1
    return start


def _is_in_verb_group(words: Sequence[Word], position: int) -> bool:
    return has(words, position, _VERBS) or words[position].form in _CLITICS or words[position].upos == "ADV"


def _denies_presence(words: Sequence[Word], start: int, cue: int) -> bool:
    """Whether the negated verb says that its subject is there, or the group it takes up by ``en``."""
    after = form_at(words, cue + 1)
    group = range(start, cue)
    if any(words[position].form == "en" for position in group):
        return has(words, cue - 1, frozenset({"avoir"})) and after not in _INDEFINITE
    if form_at(words, start - 1) == "il" and after in _INDEFINITE:
        return False  # « il n'existe pas de comité » is denied by what follows
    predicate = range(start, _end_of_predicate(words, cue))
    if any(has(words, position, _EXISTING) or _holds(words, position, _TAKING_PLACE) for position in predicate):
        return True
    return any(has(words, position, _BEING) for position in group) and any(
        has(words, position, _ASSURED) or _holds(words, position, _IN_PLACE) for position in predicate if position > cue
    )


def _end_of_predicate(words: Sequence[Word], cue: int) -> int:
    end = cue + 1
    while end < min(cue + _PREDICATE_REACH, len(words)) and words[end].form not in CLAUSE_END | {"que", "qu'"}:
        end += 1
    return end


def _holds(words: Sequence[Word], position: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(follows(words, position, phrase) for phrase in phrases)


def _is_attribute(words: Sequence[Word], position: int) -> bool:
    """« Une participation inexistante »."""
    return words[position].form in _INEXISTENT and has(words, position - 1, frozenset({"/NOUN"}))


def _absence_ending_at(words: Sequence[Word], position: int) -> int | None:
    """Return the last verb of the predicate of absence that ends at `position`, if one does."""
    form = words[position].form
    if form in _GOES or (form in _GONE and _verb_group_holds(words, position, _HAS)):
        return position
    if form == "défaut" and has(words, position - 1, frozenset({"faire"})):
        return position - 1
    if form == "morte" and follows(words, position - 1, ("lettre", "morte")) and has(words, position - 2, _BEING):
        return position - 2
    if form == "absence" and follows(words, position - 3, ("briller", "par", "son", "absence")):
        return position - 3
    adjective = form in _INEXISTENT or (form in _NIL and form_at(words, position + 1) != "part")
    if (adjective or has(words, position, _ENDED)) and _verb_group_holds(words, position, _IS_NOW):
        return position - 1
    return None


def _verb_group_holds(words: Sequence[Word], position: int, forms: frozenset[str]) -> bool:
    """Whether an auxiliary of `forms` stands before `position`, adverbs at most between them."""
    before = position - 1
    while before > position - _GROUP_REACH and has(words, before, frozenset({"/ADV"})):
        before -= 1
    return form_at(words, before) in forms
