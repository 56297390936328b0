"""From mentions to entities: one row for all the forms of one person, place or organisation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from innovsoc_analysis.pseudonyms.candidates import SURE
from innovsoc_analysis.pseudonyms.records import LITERAL, NAME, PERSON, PHONE
from innovsoc_analysis.pseudonyms.words import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_PHONE_DIGITS = 8
_FEWEST_VOTES = 1.0


@dataclass
class Group:
    """Forms taken for one entity.

    Attributes
    ----------
    kind : str
        What most of its mentions say.
    forms : set of str
        As written.
    sure : bool
        Whether its kind is not doubted.
    documents : set of int
        Numbers of the documents that name it.
    hosts : list of Group
        The persons it may be, when it is not certain which.
    """

    kind: str
    forms: set[str]
    sure: bool
    documents: set[int]
    hosts: list[Group] = field(default_factory=list)


def group_mentions(mentions: Iterable[tuple[str, str, float, int]]) -> list[Group]:
    """Return the entities that mentions name.

    Forms that differ by accents and capitals alone are one; so are a person's full name and the first name or
    surname alone, if no other person has it and every text that has it has the full name too. The kind of a form is
    that for which the mentions weigh most.

    Parameters
    ----------
    mentions : iterable of (str, str, float, int)
        Form, kind, weight, number of the document.

    Returns
    -------
    list of Group
        Ordered by form.

    Examples
    --------
    >>> said = [("Aïssata Diallo", 0), ("Diallo", 0), ("Luc Aubry", 0), ("Luc", 1)]
    >>> found = group_mentions((form, "personne", 6.0, document) for form, document in said)
    >>> [(sorted(group.forms), len(group.hosts)) for group in found]
    [(['Aïssata Diallo', 'Diallo'], 0), (['Luc'], 1), (['Luc Aubry'], 0)]
    """
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    votes: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    documents: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for form, kind, weight, document in mentions:
        key = _key(form, kind)
        written[key][form] += 1
        votes[key][kind] += weight
        documents[key].add(document)
    groups: dict[tuple[str, ...], Group] = {}
    for key in sorted(votes):
        kind, total = _elected(votes[key])
        if kind:
            groups[key] = Group(kind, set(written[key]), total >= SURE, documents[key])
    return _joined(groups)


def _key(form: str, kind: str) -> tuple[str, ...]:
    if kind in LITERAL:
        digits = re.sub(r"\D", "", form)
        return (kind, digits[-_PHONE_DIGITS:]) if kind == PHONE else (kind, " ".join(form.casefold().split()))
    return levels_of(form)


def _elected(votes: dict[str, float]) -> tuple[str, float]:
    """Return the kind with most weight, or nothing for a capital of emphasis that nothing else bears out."""
    named = {kind: weight for kind, weight in votes.items() if kind != NAME}
    unknown = votes.get(NAME, 0)
    if not named:
        return (NAME, 0.0) if unknown >= 0 else ("", 0.0)
    kind = max(sorted(named), key=named.__getitem__)
    total = named[kind] + min(0.0, unknown)
    return (kind, total) if total >= _FEWEST_VOTES else ("", 0.0)


def _joined(groups: dict[tuple[str, ...], Group]) -> list[Group]:
    surnames = {key for key, group in groups.items() if group.kind == PERSON and group.sure}
    for group in groups.values():
        doubted = group.kind == NAME or (not group.sure and group.kind not in LITERAL)
        if doubted and len(_units(group)) > 1 and {_units(group)[0], _units(group)[-1]} & surnames:
            group.kind, group.sure = PERSON, True
    people = {key: group for key, group in groups.items() if group.kind == PERSON and len(_units(group)) > 1}
    kept = dict(groups)
    for key, group in sorted(groups.items(), key=lambda one: (len(one[0]), one[0])):
        if group.kind in LITERAL or (group.kind not in {PERSON, NAME} and group.sure):
            continue
        hosts = [other for name, other in people.items() if name != key and _is_part(group, other)]
        hosts = [one for one in hosts if not any(one is not other and _is_part(one, other) for other in hosts)]
        if len(hosts) == 1 and group.documents <= hosts[0].documents:
            hosts[0].forms |= group.forms
            hosts[0].sure = True
            people.pop(key, None)
            del kept[key]
        elif hosts:
            group.kind = PERSON
            group.hosts = hosts
    return list(kept.values())


def _units(group: Group) -> list[tuple[str, ...]]:
    return [levels_of(unit) for unit in max(group.forms, key=lambda form: (len(form.split()), form)).split()]


def _is_part(group: Group, host: Group) -> bool:
    part, whole = _units(group), _units(host)
    return len(part) < len(whole) and (whole[: len(part)] == part or whole[-len(part) :] == part)


def longest_first(forms: Iterable[str]) -> tuple[str, ...]:
    """Return forms in the order of the table.

    Examples
    --------
    >>> longest_first({"Luc", "Luc Aubry"})
    ('Luc Aubry', 'Luc')
    """
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
