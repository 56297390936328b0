"""Whether an actor acts (rule R7), read from the words around its name.

A shallow grammar rather than a parse: it needs no second model, and its reasons can be told.
An actor acts when its name is the subject of a verb, the agent of a passive (« porté par »),
a partner (« avec ») or the source of what makes the project possible (« le soutien de »). It
does not when it is the place, the receiver or the object of what others do, unless a relative
makes it the subject (« la Ville, qui a prêté »), nor when the text says what it ought to do (R11)
or that it does nothing; to refuse is to act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innovsoc_analysis.coding.clauses import CLITICS_NE, OF, form_at, has
from innovsoc_analysis.coding.hypothesis import is_conditional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innovsoc_analysis.coding.matching import Word

_INSIDE_GROUP = frozenset({"DET", "ADJ", "NUM", "ADV"})
_AGENT_PREPOSITIONS = frozenset({"par", "avec", "entre"})
_SOURCES = frozenset(
    [
        "soutien",
        "appui",
        "aide",
        "financement",
        "cofinancement",
        "subvention",
        "subside",
        "concours",
        "initiative",
        "décision",
        "accord",
        "refus",
        "feu",
        "intervention",
        "engagement",
        "collaboration",
        "coopération",
        "partenariat",
        "alliance",
        "complicité",
        "impulsion",
        "demande",
        "avis",
        "volonté",
        "rôle",
        "travail",
        "regard",
        "coordination",
        "pilotage",
        "tutelle",
        "égide",
        "garantie",
        "don",
        "mécénat",
        "prêt",
        "mise",
    ]
)
_PATIENT_PREPOSITIONS = frozenset(
    [
        "à",
        "au",
        "aux",
        "dans",
        "chez",
        "pour",
        "vers",
        "sur",
        "sous",
        "contre",
        "sans",
        "hors",
        "devant",
        "derrière",
        "près",
        "en",
        "jusque",
        "jusqu'",
        "auprès",
    ]
)
_ENUMERATING = frozenset({",", "(", "et", "ou"})
_LISTED = frozenset({"/NOUN", "/ADJ", "/PROPN", "/DET", "/NUM"})
_CLAUSE_END = frozenset({".", "!", "?", ";", ":", "…", "(", ")", "»"})
_SPEECH = frozenset(
    [
        "dire",
        "répondre",
        "expliquer",
        "ajouter",
        "raconter",
        "préciser",
        "résumer",
        "insister",
        "souligner",
        "conclure",
        "estimer",
        "confier",
        "observer",
        "noter",
        "constater",
        "remarquer",
        "rappeler",
        "témoigner",
        "regretter",
        "déplorer",
        "affirmer",
        "reconnaître",
        "indiquer",
        "annoncer",
        "déclarer",
        "écrire",
    ]
)
_MISTAGGED = frozenset(
    ["finance", "financent", "prête", "prêtent", "vote", "votent", "aide", "aident", "porte", "portent"]
)
_OBJECT_START = frozenset({"/DET", "/PRON", "/PROPN"})
_NOMINAL = frozenset({"/NOUN", "/ADJ", "/PROPN"})
_COMPLEMENT = frozenset({"/NOUN", "/ADJ", "/PROPN", "/ADP", "/DET"})
_VERBS = frozenset({"/VERB", "/AUX"})
_OUGHT = frozenset({"devoir"})
_OUGHT_FACTS = frozenset({"dû"})
_MUST_BE_THAT = frozenset({"falloir"})
_THAT = frozenset({"que", "qu'"})
_STATES = frozenset(
    ["être", "vivre", "habiter", "souffrir", "manquer", "chercher", "attendre", "devoir", "pouvoir", "venir", "vouloir"]
)
_NEGATIVE = frozenset({"pas", "rien", "plus", "jamais", "guère", "aucun", "aucune", "ni", "point"})
_REFUSING = frozenset({"vouloir", "accepter", "daigner"})
_CONTRASTING = frozenset({":", ";", ","})
_TAKING_UP = frozenset({"il", "elle", "ils", "elles"})
_NOT_IDLE = frozenset({"attendre", "hésiter", "cesser", "oublier", "seulement", "que", "qu'"})
_INVERTING = frozenset({"que", "qu'", "où", "dont", "comme"})
_CLITICS = frozenset({"/AUX", "/PRON"})
_PERSONS = {"nous": "ons", "vous": "ez"}
_SUBJECTS = frozenset({"il", "elle", "ils", "elles", "on", "je", "j'", "tu", "qui", "ça"})
_US = frozenset({"nous", "moi"})
_WE = frozenset({"on", "nous", "je", "j'"})
_AT = frozenset({"à", "au", "aux", "chez"})
_REACH = 14
_REACH_GROUP = 5
_REACH_LIST = 20
_REACH_NEGATION = 5


def acts(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether the actor named by tokens ``[first, last)`` acts.

    Parameters
    ----------
    words : sequence of Word
        The segment's tokens.
    first, last : int
        Where the name stands, without its determiner.

    Examples
    --------
    >>> from innovsoc_analysis.coding.matching import Word
    >>> def tagged(text):
    ...     pairs = [word.split("/") for word in text.split()]
    ...     return [Word(form, upos, frozenset({form, f"/{upos}"})) for form, upos in pairs]
    >>> acts(tagged("la/DET commune/NOUN finance/VERB le/DET lieu/NOUN"), 1, 2)
    True
    >>> acts(tagged("il/PRON vit/VERB dans/ADP la/DET commune/NOUN voisine/ADJ"), 4, 5)
    False
    """
    before = first - 1
    while before >= max(first - _REACH, 0) and _is_inside_group(words[before]):
        before -= 1
    end = _end_of_group(words, last)
    if _does_in_relative(words, end) or _speaks_for_it(words, before, end) or _is_turned_round(words, before):
        return True
    if before >= 0 and (verdict := _governed(words, before)) is not None:
        return verdict
    if form_at(words, before) in _THAT and has(words, before - 1, _MUST_BE_THAT):
        return False
    return _is_doing(words, last)


def _is_inside_group(word: Word) -> bool:
    return word.upos in _INSIDE_GROUP and word.form not in _PATIENT_PREPOSITIONS


def _governed(words: Sequence[Word], before: int) -> bool | None:
    """Return what the word before the group says of its role, or ``None`` if it says nothing."""
    form = words[before].form
    if form in _AGENT_PREPOSITIONS:
        return True
    if form in OF:
        source = before - 1
        while source >= max(before - _REACH_GROUP, 0) and words[source].upos == "ADJ":
            source -= 1
        return source >= 0 and bool(_SOURCES & words[source].keys)
    if form in _ENUMERATING:
        return True if _is_listed_with_agents(words, before) else None
    if form in _PATIENT_PREPOSITIONS or words[before].upos == "ADP":
        return False
    if words[before].upos == "VERB":  # its object, unless the verb of saying is turned round
        return bool(_SPEECH & words[before].keys)
    return None


def _is_listed_with_agents(words: Sequence[Word], before: int) -> bool:
    """« Avec les acteurs locaux (habitants, écoles et *commune*) » names partners all along."""
    for position in range(before, max(before - _REACH_LIST, -1), -1):
        word = words[position]
        if word.form in _AGENT_PREPOSITIONS:
            return True
        if not (word.form in _ENUMERATING or word.form in OF or _LISTED & word.keys):
            return False
    return False


def _end_of_group(words: Sequence[Word], last: int) -> int:
    """Return where the group ends, adjectives and complements included: « la Ville de Liège »."""
    end = last
    while end < min(last + _REACH_GROUP, len(words)) and has(words, end, _COMPLEMENT):
        end += 1
    return end


def _does_in_relative(words: Sequence[Word], end: int) -> bool:
    """« Merci à la Ville, qui a prêté », not « aux familles qui cherchent »."""
    who = end + (form_at(words, end) == ",")
    if form_at(words, who) != "qui":
        return False
    verb = _next_verb(words, who + 1)
    return verb is not None and not _is_state(words, verb) and _is_doing(words, who + 1)


def _is_state(words: Sequence[Word], verb: int) -> bool:
    return has(words, verb, _STATES) and not has(words, verb + 1, frozenset({"/VERB"}))


def _speaks_for_it(words: Sequence[Word], before: int, end: int) -> bool:
    """« Nous, à la fondation, on paie les loyers »."""
    if form_at(words, before) not in _AT:
        return False
    speaker = before - 1 - (form_at(words, before - 1) == ",")
    return form_at(words, speaker) in _US and form_at(words, end + (form_at(words, end) == ",")) in _WE


def _is_turned_round(words: Sequence[Word], before: int) -> bool:
    """« Le four que nous prête la scierie », not « que nous prêtons à la scierie »."""
    if not has(words, before, frozenset({"/VERB"})):
        return False
    clitic = before - 1
    while clitic > before - _REACH_GROUP and has(words, clitic, _CLITICS) and words[clitic].form not in _INVERTING:
        form = form_at(words, clitic)
        if form in _SUBJECTS or words[clitic + 1].form.endswith(_PERSONS.get(form, "\0")):
            return False
        clitic -= 1
    return form_at(words, clitic) in _INVERTING


def _is_doing(words: Sequence[Word], last: int) -> bool:
    """Whether a verb follows the group and says what it does, not what it ought or fails to do."""
    if _is_mistagged_verb(words, last):
        return not _is_idle(words, last)
    verb = _next_verb(words, last)
    if verb is None:
        return False
    if has(words, verb, _OUGHT) and words[verb].form not in _OUGHT_FACTS:
        return False
    return not (has(words, verb, frozenset({"pouvoir"})) and is_conditional(words[verb])) and not _is_idle(words, verb)


def _next_verb(words: Sequence[Word], last: int) -> int | None:
    for position in range(last, min(last + _REACH, len(words))):
        if words[position].form in _CLAUSE_END:
            return None
        if has(words, position, _VERBS):
            return position
    return None


def _is_mistagged_verb(words: Sequence[Word], last: int) -> bool:
    """« La commune finance le lieu », where ``finance`` was taken for a noun."""
    if form_at(words, last) in CLITICS_NE:
        return has(words, last + 1, _NOMINAL) and form_at(words, last + 1) in _MISTAGGED
    return form_at(words, last) in _MISTAGGED and has(words, last, _NOMINAL) and has(words, last + 1, _OBJECT_START)


def _is_idle(words: Sequence[Word], verb: int) -> bool:
    """Whether the text says that nothing is done; « ne veut pas » refuses, which is to act."""
    if not any(form_at(words, position) in CLITICS_NE for position in range(verb - 3, verb + 1)):
        return False
    after = range(verb, min(verb + _REACH_NEGATION, len(words)))
    if any(has(words, position, _REFUSING | _NOT_IDLE) for position in after):
        return False
    return any(form_at(words, position) in _NEGATIVE for position in after) and not _is_contrasted(words, verb)


def _is_contrasted(words: Sequence[Word], verb: int) -> bool:
    """« La fondation ne prête pas : elle donne » does something."""
    return any(
        form_at(words, position) in _CONTRASTING and form_at(words, position + 1) in _TAKING_UP
        for position in range(verb, verb + _REACH)
    )
