"""Propose: find names in the texts of a study and list them for a person to decide."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from innovsoc_analysis.pseudonyms.candidates import FAIR, STRONG, find_names
from innovsoc_analysis.pseudonyms.finding import Finder
from innovsoc_analysis.pseudonyms.grouping import Group, group_mentions, longest_first
from innovsoc_analysis.pseudonyms.materials import around, fields_of, find_labels, passages_of, stem_words
from innovsoc_analysis.pseudonyms.patterns import find_patterns
from innovsoc_analysis.pseudonyms.public import GENERIC, KEPT_ORGANISATIONS, KEPT_PERSONS, KEPT_PLACES
from innovsoc_analysis.pseudonyms.recogniser import recognise
from innovsoc_analysis.pseudonyms.records import (
    KEEP,
    KINDS,
    LITERAL,
    NAME,
    PERSON,
    PLACE,
    REPLACE,
    UNDECIDED,
    Entity,
    Mention,
    Text,
)
from innovsoc_analysis.pseudonyms.words import is_common, is_first_name, is_name, levels_of
from innovsoc_analysis.text.speakers import kind_of_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_KEPT = KEPT_PLACES | KEPT_ORGANISATIONS | KEPT_PERSONS | GENERIC
_PERSONAL_COLUMN = re.compile(
    r"nom|pr[ée]nom|name|auteur|autrice|author|interview|enqu[êe]t|locut|speaker|personne|participant|contact|t[ée]moin",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{1,3}[ _-]?\d{0,3}")
_CONTEXTS = 3


def propose(
    texts: Sequence[Text], *, recogniser: bool = True, rules: bool = True,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Entity]:  # fmt: skip
    """Return the names in `texts`, one entity for all forms of each, with a decision to accept or change.

    Parameters
    ----------
    texts : sequence of Text
        All texts of the study: a name found in one is looked for in all.
    recogniser, rules : bool
        Whether to ask spaCy's entity recogniser, and the rules of this room.
    progress : callable, optional
        Called with (step, done, total).

    Returns
    -------
    list of Entity
        By kind, then by first occurrence. What is found by weak signs alone is « à décider ».

    Examples
    --------
    >>> text = Text("d1", "a.txt", "Mme Diallo vient. Aïssata Diallo écrit à a@b.be.")
    >>> [(one.entity_id, one.forms, one.marker) for one in propose([text], recogniser=False)]
    [('P001', ('Aïssata Diallo', 'Diallo'), '[Personne 1]'), ('C001', ('a@b.be',), '[Courriel 1]')]
    """
    mentions = list(_mentions(texts, recogniser=recogniser, rules=rules, progress=progress))
    groups = group_mentions(mentions)
    return _listed(groups, texts)


def _mentions(
    texts: Sequence[Text], *, recogniser: bool, rules: bool, progress: Callable[[str, int, int], None] | None
) -> Iterator[tuple[str, str, float, int]]:
    passages = [(number, passage) for number, text in enumerate(texts) for _, passage in passages_of(text)]
    passages += [(number, value) for number, text in enumerate(texts) for value in fields_of(text)]
    said = [passage for _, passage in passages]
    recognised = recognise(said, progress=progress) if recogniser else [[] for _ in passages]
    for (number, passage), entities in zip(passages, recognised, strict=True):
        named = find_names(passage) if rules else entities
        found = [*find_patterns(passage), *named] if rules else named
        for one in found:
            yield passage[one.start : one.end], one.kind, one.weight, number
        for form, kind, weight in _confirmed(passage, named, entities) if rules else ():
            yield form, kind, weight, number
    for number, text in enumerate(texts) if rules else ():
        for form, weight in (*_of_labels(text), *_of_file(text)):
            yield form, PERSON, weight, number


def _confirmed(passage: str, named: Sequence[Mention], entities: Sequence[Mention]) -> Iterator[tuple[str, str, float]]:
    """Yield what the recogniser says of the names that the rules found."""
    for entity in entities:
        for one in named:
            if one.start < entity.end and entity.start < one.end:
                form = passage[one.start : one.end]
                # what the dictionary knows as a name, and not as a first name, is a town more often than not
                known = entity.kind == PLACE and is_name(form) and not is_first_name(form)
                yield form, entity.kind, FAIR if known else entity.weight


def _of_file(text: Text) -> Iterator[tuple[str, float]]:
    """Yield who is named by the metadata and by the name of the file."""
    for column, value in text.meta.items():
        if _PERSONAL_COLUMN.search(column) and any(map(str.isupper, value)) and not _CODE.fullmatch(value):
            yield value, STRONG
    for stem in stem_words(text.source):
        if is_first_name(stem) and not is_common(stem):
            yield stem.capitalize() if stem.islower() else stem, FAIR


def _of_labels(text: Text) -> Iterator[tuple[str, float]]:
    for label in find_labels(text):
        said = text.text[label.start : label.end]
        names = [said[one.start : one.end] for one in find_names(said)]
        if not names and is_first_name(said) and levels_of(said) not in _KEPT:
            names = [said]
        for name in names:
            if not _CODE.fullmatch(name) and kind_of_label(name) >= 0:
                yield name, STRONG


def _listed(groups: Sequence[Group], texts: Sequence[Text]) -> list[Entity]:
    drafts = [Entity(str(number), group.kind, longest_first(group.forms), "") for number, group in enumerate(groups)]
    finder = Finder(drafts)
    counts: dict[int, int] = defaultdict(int)
    forms: dict[int, set[str]] = defaultdict(set)
    contexts: dict[int, list[str]] = defaultdict(list)
    documents: dict[int, dict[str, None]] = defaultdict(dict)
    order: dict[int, int] = {}
    for text in texts:
        for field in (text.text, *fields_of(text)):
            for start, end, number in finder.find(field):
                counts[number] += 1
                forms[number].add(" ".join(field[start:end].split()))
                documents[number][text.source] = None
                order.setdefault(number, len(order))
                if len(contexts[number]) < _CONTEXTS:
                    contexts[number].append(around(field, (start, end)))
    entities = []
    numbers: dict[str, int] = defaultdict(int)
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    met = sorted(order, key=lambda number: (ranks[groups[number].kind], order[number]))
    identifiers: dict[int, str] = {}
    for number in met:
        kind = groups[number].kind
        numbers[kind] += 1
        identifiers[number] = f"{_initial(kind)}{numbers[kind]:03d}"
    places = {id(group): number for number, group in enumerate(groups)}
    for number in met:
        group = groups[number]
        hosts = [identifiers[places[id(host)]] for host in group.hosts if places.get(id(host)) in identifiers]
        entities.append(
            Entity(
                identifiers[number],
                group.kind,
                longest_first(_distinct(forms[number] | group.forms)),
                f"[{KINDS[group.kind]} {int(identifiers[number][1:])}]",
                decision=_decision(group),
                n_occurrences=counts[number],
                documents=tuple(documents[number]),
                contexts=tuple(contexts[number]),
                remark=_remark(group, hosts, n_documents=len(documents[number])),
            )
        )
    return entities


def _initial(kind: str) -> str:
    return {"compte": "R", "numéro": "I", "nom": "N", "site": "S"}.get(kind, KINDS[kind][0])


def _distinct(forms: set[str]) -> list[str]:
    """Return one of the forms that differ by capitals and accents alone; the finder sees through these."""
    kept: dict[tuple[str, ...], str] = {}
    for form in sorted(forms, key=lambda one: (-sum(character.isupper() for character in one), one)):
        kept.setdefault(levels_of(form) if not re.search(r"\d|@", form) else (form,), form)
    return list(kept.values())


def _decision(group: Group) -> str:
    if any(levels_of(form) in _KEPT for form in group.forms):
        return KEEP
    if group.kind in LITERAL or (group.sure and group.kind != NAME):
        return REPLACE
    return UNDECIDED


def _remark(group: Group, hosts: Sequence[str], *, n_documents: int) -> str:
    remarks = []
    if hosts:
        remarks.append(f"ambigu : peut être {' ou '.join(hosts)}")
    if group.kind == PERSON and n_documents > 1 and all(len(form.split()) == 1 for form in group.forms):
        remarks.append("un seul mot dans plusieurs textes : est-ce la même personne ?")
    if group.kind == NAME:
        remarks.append("nom propre de nature inconnue")
    elif not group.sure and group.kind not in LITERAL:
        remarks.append("indices faibles")
    return " ; ".join(remarks)
