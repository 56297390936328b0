"""Labels of speakers: how they are written, and what tells them from the fields of a form."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.lexicon.french import entries
from innovsoc_analysis.text.timecodes import BLANK, TIME_CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = r"\*{0,2}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’·()\-]*(?: [\w.'’·()\-]+){0,4}?"
_CAPITALS = (
    r"(?:(?:MM?|[DP]r|Mm?e|Mlle)\.? |[A-Z]\.(?:-[A-Z]\.)? )?"
    r"[A-ZÀ-ÖØ-Þ]['’A-ZÀ-ÖØ-Þ\-]*(?: (?:[A-ZÀ-ÖØ-Þ]['’A-ZÀ-ÖØ-Þ\-]*|\d{1,2})){0,4}"
)
_BEFORE = rf"(?:{TIME_CODE}{BLANK}{{0,3}}[-–—]?{BLANK}{{0,2}})?"
COLON_LABEL = re.compile(
    rf"{_BEFORE}{_MARKS}(?P<label>{_NAME})(?:{BLANK}{{1,3}}{TIME_CODE})?{_MARKS}"
    rf"{BLANK}?:{_MARKS}{BLANK}+(?:{TIME_CODE}{BLANK}+)?(?=\S)"
)
DASH_LABEL = re.compile(rf"{_BEFORE}(?P<label>{_CAPITALS}){BLANK}?\.{BLANK}?[-–—]{BLANK}+(?=\S)")
CAPITALS_LABEL = re.compile(rf"{_BEFORE}(?P<label>{_CAPITALS})(?:\.|{BLANK}[–—]){BLANK}+(?=\S)")
BRACKETED_LABEL = re.compile(rf"{_BEFORE}\[(?P<label>{_NAME})\]{BLANK}{{0,2}}:?{BLANK}{{0,2}}(?=\S)")
LABEL_ALONE = re.compile(rf"{_MARKS}(?P<label>{_NAME}){_MARKS}{BLANK}?:{_MARKS}\Z|\[(?P<bracketed>{_NAME})\]\Z")
_NAME_ALONE = re.compile(rf"{_NAME}\Z")

FIELD, OTHER, NAME, PERSON = range(-1, 3)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FIELDS = _set(
    "accès action activité adresse année appel atout avancement axe besoin bilan budget bénéficiaire cadre "
    "calendrier catégorie cible code commanditaire commune conclusion constat contact contenu contexte courriel "
    "coût date description destinataire difficulté diffusion discussion domaine droit durée décision défi "
    "définition département dépôt effectif email enjeu excusé exemple financement financeur fonctionnement format "
    "forme frein genre gouvernance heure historique horaire idée impact indicateur information innovation "
    "inscription intitulé langue levier licence lien lieu légende mail matériel mention mission mode modèle mot "
    "motif moyen méthode nature niveau nom nombre note numéro objectif objet observation ordre organisateur organisme "
    "origine ouverture partenaire partenariat pays perspective phase point porteur prix problème produit "
    "programme projet proposition prénom présent public périmètre période recette remarque remerciement "
    "renseignement responsable ressource restitution réf référence région résultat résumé secteur service site "
    "solution sommaire source statut structure subvention support synthèse tarif taux tel terme territoire thème "
    "thématique titre total traduction type tâche tél téléphone url usage valeur version ville zone échéance "
    "équipe étape évaluation"
)
"""First words of the fields of forms, as lemmas."""
_ROLES = _set(
    "adjoint animateur anonyme assistance bénévole chercheur conférencier dame directeur docteur enfant enquêteur "
    "enquêtrice enquêté facilitateur femme fille fils foule garçon habitant homme inconnu intervenant interviewer "
    "intervieweur interviewé interviewée journaliste locuteur maire ministre modérateur monsieur mère médiateur "
    "narrateur participant personne professeur présentateur président père rapporteur répondant salle speaker "
    "spectateur témoin usager voix élu étudiant"
)
"""What people are called who speak, as lemmas."""

_CIVILITIES = _set("m mm mme mmes mlle me mr dr pr maître monsieur madame mademoiselle docteur")
_CODE = re.compile(r"[A-Z]\d{0,2}|[A-Z]{2,3}\d{1,2}")
_OPENINGS = _set(
    "il elle on je j tu nous vous ils elles ça ce c cela donc et mais ou alors enfin bref puis par pour avec sans dans "
    "à au aux de du des en si comme quand autre première deuxième dernière résultat voilà résumons certains "
    "un une mon ma mes leur"
)
"""First words of a clause that a colon may end."""
_AUDIENCE = _set("public salle")
_TALK = re.compile(
    r"[?!]|\b(?:je|j|moi|tu|toi|t|vous|nous|on|oui|non|ouais|si|euh|heu|ben|bah|hein|bon|bonjour|merci|voilà|ah|oh|eh"
    r"|d['’]accord)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:je|j['’]|moi|mon|ma|mes|euh|ouais)(?!\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…»][»”\"')\]]{0,2}\s*\Z")
_QUESTION, _ANSWER = "question", "réponse"

_LABELLED_SHARE = 0.4
_LABELLED_SHARE_OF_PEOPLE = 0.1
_FEWEST_OF_PEOPLE = 4
_MAJORITY = 0.5
_SOME_TALK = 0.25
_FIXED_ORDER = 0.9
_FEWEST_FIELDS = 3


class Labelled(NamedTuple):
    """A label and what follows it on its line."""

    label: str
    said: str


def kind_of_label(label: str) -> int:
    """Return ``PERSON``, ``NAME`` (capitalised words), ``FIELD`` (of a form) or ``OTHER``.

    Examples
    --------
    >>> [kind_of_label(label) for label in ("Mme Élie", "Enquêtrice", "E1", "Ana")] == [PERSON] * 4
    True
    >>> kind_of_label("Public visé") == FIELD, kind_of_label("Matin") == OTHER
    (True, True)
    """
    words = re.findall(r"\w+", label.split("(", maxsplit=1)[0])
    if not words:
        return OTHER
    if words[0].lower() in _CIVILITIES or _CODE.fullmatch(label):
        return PERSON
    if _lemmas(words[0]) & _FIELDS:
        return FIELD
    # « Une habitante », « Adjointe au maire », but not « Participants »
    if any(_lemmas(word) & _ROLES and not _is_plural(word) for word in words[:2]):
        return PERSON
    capitalised = all(word[0].isupper() or word.isdigit() for word in words)
    if capitalised and any(_is_first_name(word) for word in words):
        return PERSON
    return NAME if capitalised and not all(_is_common(word) for word in words) else OTHER


def is_name(line: str) -> bool:
    """Return whether a line of its own is the name of someone.

    Examples
    --------
    >>> is_name("Marie Dupont"), is_name("Oui")
    (True, False)
    """
    words = line.split()
    return (
        _NAME_ALONE.match(line) is not None
        and all(word[0].isupper() or word.isdigit() for word in words)
        and kind_of_label(line) >= NAME
    )


def is_conversation(labelled: Sequence[Labelled], n_lines: int) -> bool:
    """Return whether the labels of a text are those of people who talk.

    Some label comes back; the labels that do are not fields, nor do three of them or more
    come back in one fixed order as in a series of forms; and what follows them is said by
    someone, the more clearly the less the labels look like names.
    """
    counts = Counter(one.label for one in labelled)
    back = [one for one in labelled if counts[one.label] > 1]
    if not back:
        return False
    kinds = {label: kind_of_label(label) for label in counts}
    ranked = [kinds[one.label] for one in back]
    if _share([kind == FIELD for kind in ranked]) >= _MAJORITY:
        return False
    people = _share([kind >= NAME for kind in ranked]) >= _MAJORITY
    if not people and _comes_in_order([one.label for one in back]):
        return False
    if not _is_covered(len(labelled), n_lines, people=people):
        return False
    return _is_said(back, certain=_share([kind == PERSON for kind in ranked]) >= _MAJORITY, people=people)


def speakers_of(labelled: Sequence[Labelled]) -> set[str]:
    """Return those labels of a conversation that name who speaks.

    A label met once counts unless it is a field or starts a clause (``Il m'a dit : …``).
    """
    counts = Counter(one.label for one in labelled)
    return {label for label, count in counts.items() if _names_a_speaker(label, comes_back=count > 1)}


def _names_a_speaker(label: str, *, comes_back: bool) -> bool:
    kind = kind_of_label(label)
    words = re.findall(r"\w+", label.lower())
    if kind == FIELD:
        return bool(_AUDIENCE & set(words))
    return kind > OTHER or comes_back or len(words) == 1 or words[0] not in _OPENINGS


def _is_covered(n_labelled: int, n_lines: int, *, people: bool) -> bool:
    """Whether enough lines have a label; long answers of people go on over many."""
    if n_labelled >= _LABELLED_SHARE * n_lines:
        return True
    return people and n_labelled >= max(_FEWEST_OF_PEOPLE, _LABELLED_SHARE_OF_PEOPLE * n_lines)


def _is_said(labelled: Sequence[Labelled], *, certain: bool, people: bool) -> bool:
    """Whether what follows the labels is talk; answers of a list of questions are, in the first person."""
    if {one.label.lower() for one in labelled} == {_QUESTION, _ANSWER}:
        answers = [one for one in labelled if one.label.lower() == _ANSWER]
        return _share([bool(_FIRST_PERSON.search(one.said)) for one in answers]) >= _MAJORITY
    talk = [bool(_TALK.search(one.said)) for one in labelled]
    if certain:
        sentences = [bool(_SENTENCE_END.search(one.said)) for one in labelled]
        return _share([one or other for one, other in zip(talk, sentences, strict=True)]) >= _MAJORITY
    return _share(talk) >= (_SOME_TALK if people else _MAJORITY)


def _comes_in_order(labels: Sequence[str]) -> bool:
    """Whether each of three labels or more is nearly always followed by the same other one."""
    following: dict[str, Counter[str]] = defaultdict(Counter)
    for label, after in pairwise(labels):
        following[label][after] += 1
    fixed = sum(counts.most_common(1)[0][1] for counts in following.values())
    return len(set(labels)) >= _FEWEST_FIELDS and fixed >= _FIXED_ORDER * (len(labels) - 1)


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _lemmas(word: str) -> set[str]:
    return {word.lower()} | {entry.lemma for entry in entries(word)}


def _is_plural(word: str) -> bool:
    return any(entry.number == "Plur" for entry in entries(word))


def _is_first_name(word: str) -> bool:
    return any(entry.upos == "PROPN" and entry.gender for entry in entries(word.capitalize()))


def _is_common(word: str) -> bool:
    readings = entries(word)
    return bool(readings) and not any(entry.upos == "PROPN" for entry in readings)
