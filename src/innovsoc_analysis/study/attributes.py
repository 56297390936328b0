"""What the attributes of documents are: dates, numbers or categories, told by their values; and how these are sorted.

The tables keep what was written. An attribute is a date or a number only if every value is: one « non réponse » among
ages makes them categories. A year is a date.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from innovsoc_analysis.study.written import WrittenDate, read_date, read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

DATE, NUMBER, CATEGORY = "date", "nombre", "catégorie"
COLUMNS = ("name", "kind", "n_values", "n_missing", "examples")
MASKED, ALL_DIFFERENT = "masqués (personnels)", "toutes différentes"
_EXAMPLES, _LONGEST, _AT_LEAST = 3, 24, 2
# words in the name of a column whose values would tell who speaks
_PERSONAL = frozenset({
    "adresse", "address", "author", "auteur", "autrice", "auteurice", "birth", "contact", "courriel", "email",
    "enquete", "enquetee", "enqueteur", "enquetrice", "firstname", "gsm", "interviewe", "interviewee",
    "interviewer", "lastname", "locuteur", "locutrice", "mail", "mobile", "naissance", "name", "nom", "noms",
    "participant", "participante", "person", "personne", "phone", "portable", "prenom", "prenoms", "pseudo",
    "pseudonyme", "repondant", "repondante", "respondent", "signature", "speaker", "surname", "tel",
    "telephone", "witness", "temoin",
})  # fmt: skip
_TELLING = re.compile(r"[^\s@]+@[^\s@]+\.\w|(?:\+|\b0)\d(?:[ ./-]?\d){7,}")


def kind_of(values: Iterable[str]) -> str:
    """Return what the values of an attribute are: `DATE`, `NUMBER` or `CATEGORY`; empty ones do not count.

    Parameters
    ----------
    values : iterable of str
        As they are written.

    Examples
    --------
    >>> kind_of(["12,5", "9", ""]), kind_of(["mars 2024", "2023"]), kind_of(["9", "dix"]), kind_of([])
    ('nombre', 'date', 'catégorie', 'catégorie')
    """
    told = {value for value in values if value.strip()}
    if not told:
        return CATEGORY
    if all(read_date(value) for value in told):
        return DATE
    return NUMBER if all(read_number(value) is not None for value in told) else CATEGORY


def natural_order(value: str) -> list[tuple[int, int, str]]:
    """Return what names are sorted by, the numbers within them as numbers: « lot 9 » before « lot 10 »."""
    pieces = re.findall(r"\d{1,18}|\D+|\d+", value)
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]


def in_order(values: Iterable[str], *, key: Callable[[str], Any] = natural_order) -> list[str]:
    """Return the values of an attribute, each once: numbers by size, dates by time, categories by `key`.

    Parameters
    ----------
    values : iterable of str
        All values of the attribute; among numbers or dates, what is missing comes last.
    key : callable, optional
        What categories are sorted by.

    Examples
    --------
    >>> in_order(["10", "9", "9,5"]), in_order(["02/04/2024", "", "15/03/2023"]), in_order(["b", "a", "b"])
    (['9', '9,5', '10'], ['15/03/2023', '02/04/2024', ''], ['a', 'b'])
    """
    found = set(values)
    kind = kind_of(found)
    if kind == NUMBER:
        return sorted(found, key=lambda value: (not value.strip(), read_number(value) or 0.0, value))
    if kind == DATE:
        return sorted(found, key=lambda value: (not value.strip(), _moment(value), value))
    return sorted(found, key=key)


def _moment(value: str) -> tuple[int, int, int]:
    year, month, day = read_date(value) or WrittenDate(0)
    return year, month or 0, day or 0


def describe_attributes(attributes: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return what is known of attributes, without telling who speaks.

    Parameters
    ----------
    attributes : mapping of str to iterable of str
        Name → value of each document, empty if it has none.

    Returns
    -------
    DataFrame
        One row per attribute: ``name, kind, n_values`` (different ones), ``n_missing`` (documents) and ``examples``:
        from the least to the greatest (years, for dates), or the commonest categories. A category that a single
        document has is not shown, nor is anything of an attribute that is called as what tells persons apart
        (``auteur``, ``courriel``…).

    Examples
    --------
    >>> table = describe_attributes({"âge": ["9", "10", ""], "lieu": ["Mons", "Mons", "Liège"], "nom": ["A", "A", "B"]})
    >>> table[["name", "kind", "n_values", "n_missing"]].to_numpy().tolist()
    [['âge', 'nombre', 2, 1], ['lieu', 'catégorie', 2, 0], ['nom', 'catégorie', 2, 0]]
    >>> table["examples"].tolist()
    ['de 9 à 10', 'Mons…', 'masqués (personnels)']
    """
    import pandas as pd

    rows = []
    for name, values in attributes.items():
        counts = Counter(" ".join(value.split()) for value in values)
        n_missing = counts.pop("", 0)
        kind = kind_of(counts)
        rows.append((name, kind, len(counts), n_missing, _examples(name, counts, kind)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _examples(name: str, counts: Counter[str], kind: str) -> str:
    if not counts:
        return ""
    if _is_personal(name) or any(_TELLING.search(value) for value in counts if kind == CATEGORY):
        return MASKED
    if kind != CATEGORY:
        ordered = in_order(counts)
        first, last = (str(_moment(one)[0]) if kind == DATE else one for one in (ordered[0], ordered[-1]))
        return f"de {first} à {last}" if first != last else first
    shared = [value for value, count in counts.items() if count >= _AT_LEAST]
    if not shared:
        return ALL_DIFFERENT if len(counts) > 1 else ""
    commonest = sorted(shared, key=lambda value: (-counts[value], natural_order(value)))[:_EXAMPLES]
    told = ", ".join(value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…" for value in commonest)
    return f"{told}…" if len(counts) > len(commonest) else told


def _is_personal(name: str) -> bool:
    plain = "".join(one for one in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(one))
    return not _PERSONAL.isdisjoint(re.findall(r"[a-z]+", plain.replace("e-mail", "email")))
