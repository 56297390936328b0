"""The table of names: written for a person to decide, read back with what was decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.model.errors import RefusedFileError, UsageError
from innovsoc_analysis.pseudonyms.finding import Finder
from innovsoc_analysis.pseudonyms.private import write_private_table
from innovsoc_analysis.pseudonyms.records import DECISIONS, KINDS, REPLACE, Entity
from innovsoc_analysis.pseudonyms.words import level, levels_of
from innovsoc_analysis.safe.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ENTITY, KIND, FORMS = "entité", "type", "formes"
OCCURRENCES, DOCUMENTS, CONTEXT = "occurrences", "documents", "contexte"
MARKER, DECISION, REPLACEMENT, REMARK = "marqueur", "décision", "remplacement", "remarque"
COLUMNS = (ENTITY, KIND, FORMS, OCCURRENCES, DOCUMENTS, CONTEXT, MARKER, DECISION, REPLACEMENT, REMARK)
_NEEDED = (KIND, FORMS)
_SEPARATOR = " | "
_MOST_DOCUMENTS = 5
_SHORTEST_FORM = 2
_LONGEST_REPLACEMENT = 80
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>|:]")
_GUARDED = re.compile(r"^'(?=[=+\-@＝＋－＠])")


def save_table(entities: Sequence[Entity], path: Path) -> None:
    """Write the table of names, which its owner alone may read: the contexts quote the texts.

    Parameters
    ----------
    entities : sequence of Entity
        From :func:`~innovsoc_analysis.pseudonyms.proposing.propose`.
    path : Path
        Ends with ``.csv`` (``;``, for a French spreadsheet) or ``.xlsx``.

    Raises
    ------
    UsageError
        If the suffix is neither, or the file cannot be written.
    """
    import pandas as pd

    rows = [
        {
            ENTITY: one.entity_id,
            KIND: one.kind,
            FORMS: _SEPARATOR.join(one.forms),
            OCCURRENCES: one.n_occurrences,
            DOCUMENTS: _listed(one.documents),
            CONTEXT: "\n".join(one.contexts),
            MARKER: one.marker,
            DECISION: one.decision,
            REPLACEMENT: one.replacement,
            REMARK: one.remark,
        }
        for one in entities
    ]
    write_private_table(pd.DataFrame(rows, columns=list(COLUMNS)), path)


def _listed(documents: Sequence[str]) -> str:
    more = f" … et {len(documents) - _MOST_DOCUMENTS} autre(s)" if len(documents) > _MOST_DOCUMENTS else ""
    return ", ".join(documents[:_MOST_DOCUMENTS]) + more


def load_table(path: Path) -> list[Entity]:
    """Read the table of names as a person has left it.

    Rows may be changed, removed and added; in an added row the type and the forms suffice. Two rows that have the
    same replacement become one person in the texts.

    Parameters
    ----------
    path : Path
        Written by `save_table`, edited since.

    Returns
    -------
    list of Entity
        In the order of the table, each with its marker.

    Raises
    ------
    UsageError
        If a row cannot be used; the sentence names it by its number, the header being row 1, and quotes no name.
    """
    rows = _rows(path)
    if not rows:
        raise UsageError(f"« {path.name} » : la table est vide ; proposez-en une avec --propose.")
    columns = {level(name): name for name in rows[0]}
    for needed in _NEEDED:
        if level(needed) not in columns:
            raise UsageError(f"« {path.name} » : il manque la colonne « {needed} » ; gardez les titres de --propose.")
    entities: list[Entity] = []
    for number, row in enumerate(rows, start=2):
        cells = {name: (row.get(columns.get(level(name), ""), "") or "").strip() for name in COLUMNS}
        if any(cells.values()):
            entities.append(_entity(cells, f"« {path.name} », ligne {number}", entities))
    _check_forms(entities, path)
    _check_replacements(entities, path)
    return entities


def _rows(path: Path) -> list[dict[str, str]]:
    from innovsoc_analysis.ingest.tabular import csv_rows
    from innovsoc_analysis.ingest.workbooks import xlsx_rows

    if not path.exists():
        raise UsageError(f"« {path} » : la table est introuvable ; écrivez-la d'abord avec --propose.")
    try:
        data = read_file(path)
        return xlsx_rows(data) if path.suffix.lower() == ".xlsx" else csv_rows(data)
    except RefusedFileError as error:
        raise UsageError(f"« {path.name} » : {error}") from None


def _entity(cells: dict[str, str], place: str, before: Sequence[Entity]) -> Entity:
    kinds = {level(kind): kind for kind in KINDS}
    decisions = {level(decision): decision for decision in DECISIONS}
    kind = kinds.get(level(cells[KIND]))
    if kind is None:
        raise UsageError(f"{place} : le type n'est pas connu ; écrivez l'un de : {', '.join(KINDS)}.")
    decision = decisions.get(level(cells[DECISION] or REPLACE))
    if decision is None:
        raise UsageError(f"{place} : la décision n'est pas connue ; écrivez remplacer, garder ou à décider.")
    forms = tuple(_GUARDED.sub("", form.strip()) for form in cells[FORMS].split("|") if form.strip())
    if not forms:
        raise UsageError(f"{place} : la colonne « formes » est vide ; écrivez-y le nom, ou retirez la ligne.")
    if any(sum(len(one) for one in levels_of(form)) < _SHORTEST_FORM for form in forms):
        raise UsageError(f"{place} : une forme a moins de deux lettres ou chiffres ; retirez-la.")
    replacement = _GUARDED.sub("", cells[REPLACEMENT])
    if _UNFIT.search(replacement) or len(replacement) > _LONGEST_REPLACEMENT:
        raise UsageError(
            f"{place} : le remplacement ne doit contenir ni deux-points, ni « | », ni chevron, ni fin de ligne,"
            f" et a au plus {_LONGEST_REPLACEMENT} signes."
        )
    marker = cells[MARKER] or _next_marker(kind, before)
    if not re.fullmatch(r"\[[^\[\]\x00-\x1f<>|:]{1,60}\]", marker):
        raise UsageError(f"{place} : le marqueur doit être un nom entre crochets, comme [Personne 1].")
    identifier = cells[ENTITY] or f"+{len(before) + 1}"
    if any(one.entity_id == identifier for one in before):
        raise UsageError(f"{place} : l'entité « {identifier} » est déjà celle d'une autre ligne ; videz la cellule.")
    return Entity(identifier, kind, forms, marker, decision, replacement)


def _next_marker(kind: str, before: Iterable[Entity]) -> str:
    numbers = [re.fullmatch(rf"\[{KINDS[kind]} (\d+)\]", one.marker) for one in before]
    return f"[{KINDS[kind]} {max((int(match[1]) for match in numbers if match), default=0) + 1}]"


def _check_forms(entities: Sequence[Entity], path: Path) -> None:
    owners: dict[tuple[str, ...], int] = {}
    for number, entity in enumerate(entities):
        for form in entity.forms:
            other = entities[owners.setdefault(levels_of(form), number)]
            if other is not entity and (other.said, other.replaced) != (entity.said, entity.replaced):
                raise UsageError(
                    f"« {path.name} » : {other.entity_id} et {entity.entity_id} ont une même forme, mais pas le même"
                    " sort ; retirez-la de l'une des deux lignes."
                )
    markers: dict[str, Entity] = {}
    for entity in entities:
        other = markers.setdefault(entity.marker, entity)
        if other is not entity and other.replaced and entity.replaced and not entity.replacement:
            raise UsageError(
                f"« {path.name} » : {other.entity_id} et {entity.entity_id} ont le même marqueur ; changez-en un, ou"
                " réunissez leurs formes en une ligne."
            )


def _check_replacements(entities: Sequence[Entity], path: Path) -> None:
    """Refuse a replacement that holds a name which is to disappear."""
    finder = Finder([one for one in entities if one.replaced])
    for entity in entities:
        if entity.replaced and finder.find(entity.said):
            raise UsageError(
                f"« {path.name} », entité {entity.entity_id} : ce qui la remplace contient un nom à remplacer ;"
                " choisissez un autre mot."
            )
