r"""Texts in the format of Alceste and IRaMuTeQ: one file, many documents, each below its line of starred variables.

``**** *genre_entretien *annee_2021`` starts a document; a line that starts with ``-*`` starts a thematic
section of it; all other lines are its text. As in IRaMuTeQ, both marks count at the start of a line only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from innovsoc_analysis.model.documents import RawDocument
from innovsoc_analysis.model.errors import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER_MARK, THEME_MARK = "****", "-*"
THEMES = "thematiques"
PRESENT = "oui"
_JOINED = " ; "
_HEADER = re.compile(r"\*{4}(?:[ \t]|$|(?=\*\w))")
_STARRED = re.compile(r"^\ufeff?\*{4}[ \t]*\*\w", re.MULTILINE)
_LISTED = 5


@dataclass(slots=True)
class _Found:
    """A document while its lines are gathered."""

    number: int
    variables: dict[str, list[str]] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Remarks:
    """What had to be left out or guessed."""

    before: int = 0
    stray: set[str] = field(default_factory=set)
    valueless: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)
    after_themes: int = 0
    empty: list[int] = field(default_factory=list)


def is_iramuteq(text: str) -> bool:
    r"""Tell whether `text` is in this format.

    It is if its first line that is not blank starts a document and names a variable, or if two lines
    do: what stands before the first of them is then no document.

    Examples
    --------
    >>> is_iramuteq("\n**** *genre_entretien\nUn jardin."), is_iramuteq("****\nUn jardin.")
    (True, False)
    """
    starts = _STARRED.finditer(text.replace("\r", "\n"))
    first = next(starts, None)
    if first is None:
        return False
    return not text[: first.start()].strip("\ufeff \t\r\n") or next(starts, None) is not None


def iramuteq_documents(text: str, *, warning: str | None = None) -> list[RawDocument]:
    r"""Return the documents of a text in the format of IRaMuTeQ.

    Parameters
    ----------
    text : str
        For which `is_iramuteq` holds.
    warning : str, optional
        What was guessed before, such as the encoding.

    Returns
    -------
    list of RawDocument
        In order; the key of each is its number in the file, those without text counted. The metadata
        of ``*annee_2021`` is ``annee`` → ``2021``: the name ends at the first underscore. A variable
        without one (``*pilote``) is worth ``oui``; one that comes twice holds both values; one whose
        value is empty is missing. Themes (``-*logement``) are no text: their names are the metadata
        ``thematiques``. The first document carries the warnings.

    Raises
    ------
    RefusedFileError
        If no document has text.

    Examples
    --------
    >>> one, = iramuteq_documents("**** *genre_entretien *annee_2021\n-*logement\nUn toit.")
    >>> one.text, one.meta
    ('Un toit.', {'genre': 'entretien', 'annee': '2021', 'thematiques': 'logement'})
    """
    remarks = _Remarks()
    documents = [one for found in _gather(text, remarks) if (one := _document(found, remarks))]
    if not documents:
        raise RefusedFileError("empty", "aucun des textes qu'annoncent les lignes « **** » n'a de contenu.")
    warnings = ([warning] if warning else []) + _sentences(remarks)
    return [replace(documents[0], warnings=tuple(warnings)), *documents[1:]]


def _gather(text: str, remarks: _Remarks) -> list[_Found]:
    found: list[_Found] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.removeprefix("\ufeff")  # files that were put end to end keep their marks
        if _HEADER.match(line):
            found.append(_Found(len(found) + 1, _variables(line, remarks)))
        elif not found:
            remarks.before += bool(line.strip())
        elif line.startswith(THEME_MARK):
            theme, *rest = line.removeprefix(THEME_MARK).split() or [""]
            found[-1].themes += [theme] if theme and theme not in found[-1].themes else []
            remarks.after_themes += bool(rest)
        else:
            found[-1].lines.append(line)
    return found


def _variables(line: str, remarks: _Remarks) -> dict[str, list[str]]:
    variables: dict[str, list[str]] = {}
    for piece in line.removeprefix(HEADER_MARK).replace("*", " *").split():
        name, underscore, value = piece.removeprefix("*").partition("_")
        if not piece.startswith("*") or not name:
            remarks.stray |= {piece} - {"*"}
            continue
        if underscore and not value:
            remarks.valueless.add(name)
            continue
        values = variables.setdefault(name, [])
        values += [value if underscore else PRESENT]
    for name, values in variables.items():
        distinct = list(dict.fromkeys(values))
        if len(distinct) > 1:
            remarks.repeated.add(name)
        variables[name] = distinct
    return variables


def _document(found: _Found, remarks: _Remarks) -> RawDocument | None:
    text = "\n".join(found.lines).strip("\n")
    if not text.strip():
        remarks.empty.append(found.number)
        return None
    meta = {name: _JOINED.join(values) for name, values in found.variables.items()}
    if found.themes:
        meta[THEMES] = _JOINED.join(found.themes)
    return RawDocument(text, title=f"texte {found.number}", meta=meta, key=str(found.number), wrapped=True)


def _sentences(remarks: _Remarks) -> list[str]:
    empty = [str(number) for number in remarks.empty]
    said = {
        f"{remarks.before} ligne(s) avant le premier « **** » : laissée(s) de côté": remarks.before,
        f"{len(empty)} texte(s) vide(s), laissé(s) de côté : {_listed(empty)}": empty,
        f"variable(s) sans valeur, prise(s) pour non renseignée(s) : {_listed(remarks.valueless, '*')}": (
            remarks.valueless
        ),
        f"variable(s) répétée(s) dans une même ligne, valeurs réunies : {_listed(remarks.repeated, '*')}": (
            remarks.repeated
        ),
        f"mot(s) sans étoile dans une ligne « **** », laissé(s) de côté : {_listed(remarks.stray)}": remarks.stray,
        f"{remarks.after_themes} ligne(s) « -* » dont seul le premier mot est lu, comme dans IRaMuTeQ": (
            remarks.after_themes
        ),
    }
    return [sentence for sentence, holds in said.items() if holds]


def _listed(names: Iterable[str], mark: str = "") -> str:
    """Return the first of `names`: in their order if they are in a list, otherwise sorted."""
    ordered = names if isinstance(names, list) else sorted(names)
    shown = ", ".join(mark + name[:30] for name in ordered[:_LISTED])
    return shown + ("…" if len(ordered) > _LISTED else "")
