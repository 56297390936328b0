"""Krippendorff's alpha for unitizing: agreement on where sections are, and of which category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Unpack

import numpy as np

from innovsoc_analysis.coding.agreement.measuring import ONE_CODER, divide, tally_patterns
from innovsoc_analysis.coding.agreement.resampling import Patterns, Plan, Sampling, Spread, Statistic, spread
from innovsoc_analysis.coding.agreement.result import Coefficient, counted
from innovsoc_analysis.coding.agreement.sections import Continua, Section, read_continua
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from innovsoc_analysis.coding.agreement.ratings import Floats

Variant = Literal["1995", "2016", "2016-binary"]
VARIANTS = {
    "1995": "Alpha d'unitisation de Krippendorff (1995)",
    "2016": "Alpha d'unitisation de Krippendorff et al. (2016, nominal)",
    "2016-binary": "Alpha d'unitisation de Krippendorff et al. (2016, binaire)",
}
_NO_SECTION = "Aucune section n'a été marquée."
_ALL_ALIKE = "Tout le continuum porte la même valeur : rien ne distingue l'accord du hasard."


@dataclass(frozen=True, repr=False)
class UnitizingCoefficient(Coefficient):
    """A coefficient of agreement on sections.

    Attributes
    ----------
    by_category : mapping
        Category → its coefficient; empty for the variants of 2016.
    observed : float or None
        Observed disagreement.
    expected : float or None
        Disagreement expected by chance.

    Notes
    -----
    Units are documents; ``n_values`` counts sections.
    """

    by_category: Mapping[Hashable, UnitizingCoefficient] = field(default_factory=dict)
    observed: float | None = None
    expected: float | None = None

    def _basis(self) -> str:
        sections, documents = counted(self.n_values, "section"), counted(self.n_units, "document")
        return f"{sections}, {counted(self.n_coders, 'codeur')}, {documents}"


class _Parts(NamedTuple):
    """Disagreements of samples of documents, given by how often each is drawn."""

    observed: Statistic
    expected: Statistic


def unitizing_alpha(
    data: Any,
    *,
    length: Any,
    begin: Any = 0,
    coders: Iterable[Hashable] | None = None,
    variant: Variant = "1995",
    **options: Unpack[Sampling],
) -> UnitizingCoefficient:
    """Return Krippendorff's alpha of sections marked on a continuum.

    Parameters
    ----------
    data : DataFrame, mapping or sequence
        A table with columns ``coder``, ``start``, ``end`` and, if wished, ``category`` and
        ``document``; records (coder, start, end[, category]); or for each coder the list of his or
        her (start, end[, category]), in a list or by name. Ends are exclusive, positions whole.
    length : int or mapping
        Of the continuum, or of each document by name.
    begin : int or mapping
        First position, 0 by default.
    coders : iterable, optional
        All who coded; needed if one has marked nothing and is not seen in `data`.
    variant : {"1995", "2016", "2016-binary"}
        The squared distances of boundaries of Krippendorff (1995), category by category; or the
        lengths that sections have in common (Krippendorff et al. 2016), with their categories or
        only marked against not marked. In 2016 a coder's sections must not overlap, in 1995 those of
        one category must not.
    **options
        As in `Sampling`, save ``clusters``: the interval draws documents, so there is none for a
        single one.

    Returns
    -------
    UnitizingCoefficient
        With the coefficients by category in the variant of 1995.

    Raises
    ------
    UsageError
        If a section is no section, lies outside its continuum or overlaps another.

    References
    ----------
    Krippendorff, K. (1995). On the reliability of unitizing continuous data. *Sociological
    Methodology*, 25, 47-76.
    Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the reliability of unitizing
    textual continua: further developments. *Quality & Quantity*, 50, 2347-2364.

    Examples
    --------
    >>> found = unitizing_alpha([[(0, 4, "lieu")], [(0, 4, "lieu")]], length=10)
    >>> found.value
    1.0
    """
    if variant not in VARIANTS:
        raise UsageError(f"« {variant} » : choisissez la variante parmi {', '.join(VARIANTS)}.")
    plan = Plan(**options)
    if plan.clusters is not None:
        raise UsageError("clusters= ne s'emploie pas ici : le rééchantillonnage se fait par document.")
    continua = read_continua(data, length=length, begin=begin, coders=coders)
    _check_overlaps(continua, by_category=variant == "1995")
    if variant != "1995":
        parts = _of_2016(continua, binary=variant == "2016-binary")
        return _result(VARIANTS[variant], continua, parts, plan=plan, reason=_ALL_ALIKE)
    every = {category: _of_1995(continua, category) for category in continua.categories}
    by_category = {
        category: _result(f"{VARIANTS[variant]}, {category or 'sans catégorie'}", continua, parts, plan=plan)
        for category, parts in every.items()
    }
    total = _Parts(
        lambda drawn: np.sum([parts.observed(drawn) for parts in every.values()], axis=0, initial=0) + 0 * drawn[:, 0],
        lambda drawn: np.sum([parts.expected(drawn) for parts in every.values()], axis=0, initial=0) + 0 * drawn[:, 0],
    )
    overall = _result(VARIANTS[variant], continua, total, plan=plan)
    known = {one.name: getattr(overall, one.name) for one in fields(overall)}
    return UnitizingCoefficient(**{**known, "by_category": by_category})


def _result(
    name: str, continua: Continua, parts: _Parts, *, plan: Plan, reason: str = _ALL_ALIKE
) -> UnitizingCoefficient:
    n = len(continua.bounds)
    once = np.ones((1, n))
    reason = ONE_CODER if len(continua.coders) < 2 else reason if continua.sections else _NO_SECTION  # noqa: PLR2004
    value = observed = expected = None
    found = Spread()
    if len(continua.coders) > 1 and continua.sections and n:
        observed, expected = float(parts.observed(once)[0]), float(parts.expected(once)[0])
        if expected > 0:
            value, reason = 1 - observed / expected, ""
            patterns = Patterns(np.arange(n)[:, None], np.ones(n))
            found = spread(lambda drawn: 1 - divide(parts.observed(drawn), parts.expected(drawn)), patterns, plan)
            found = found._replace(method=found.method.replace("(unités)", "(documents)"))
    return UnitizingCoefficient(
        coefficient=name,
        value=value,
        interval=found.interval,
        confidence=plan.confidence,
        method=found.method,
        n_units=n,
        n_pairable=n,
        n_coders=len(continua.coders),
        n_values=len(continua.sections),
        categories=continua.categories,
        standard_error=found.standard_error,
        n_undefined=found.n_undefined,
        reason=reason,
        observed=observed,
        expected=expected,
    )


def _check_overlaps(continua: Continua, *, by_category: bool) -> None:
    for first, second in pairwise(sorted(continua.sections, key=lambda one: _lane(one, by_category=by_category))):
        same_lane = _lane(first, by_category=by_category)[:-1] == _lane(second, by_category=by_category)[:-1]
        if same_lane and second.start < first.end:
            raise UsageError(
                f"Deux sections du codeur « {first.coder} » se recouvrent entre {second.start} et "
                f"{min(first.end, second.end)}"
                + (
                    ", dans la même catégorie."
                    if by_category
                    else " ; mesurez catégorie par catégorie, ou avec variant='1995'."
                )
            )


def _lane(section: Section, *, by_category: bool) -> tuple[str, str, str, int]:
    return (repr(section.document), repr(section.coder), repr(section.category) if by_category else "", section.start)


def _of_1995(continua: Continua, category: Hashable) -> _Parts:
    """Return the disagreements on the sections of one category, all else being gap."""
    documents = {document: place for place, document in enumerate(continua.bounds)}
    lengths = np.array([end - start for start, end in continua.bounds.values()], dtype=float)
    n_coders = len(continua.coders)
    apart = np.zeros(len(documents))
    units: list[tuple[int, int]] = []  # document, length
    gaps: list[list[int]] = [[] for _ in documents]
    marked: dict[Hashable, dict[Hashable, list[tuple[int, int]]]] = {
        document: defaultdict(list) for document in documents
    }
    for section in continua.sections:
        if section.category == category:
            marked[section.document][section.coder].append((section.start, section.end))
    for document, place in documents.items():
        lanes = [marked[document][coder] for coder in continua.coders]
        for lane in lanes:
            units += [(place, end - start) for start, end in lane]
            gaps[place] += _gaps(lane, continua.bounds[document])
        apart[place] = 2 * sum(_distance(first, second) for first, second in combinations(lanes, 2))
    own = np.zeros(len(documents))
    placed = np.zeros((len(documents), len(documents)))  # of the units of a document in the gaps of another
    paired = np.zeros(len(documents))
    where = np.array([place for place, _ in units], dtype=np.intp)
    size = np.array([length for _, length in units], dtype=float)
    n_units = np.bincount(where, minlength=len(documents)).astype(float)
    np.add.at(own, where, size * (size - 1) * (2 * size - 1) / 3)
    np.add.at(paired, where, size * (size - 1))
    for place, found in enumerate(gaps):
        np.add.at(placed[:, place], where, size**2 * _positions(size, found))

    def observed(drawn: Floats) -> Floats:
        return divide(drawn @ apart, n_coders * (n_coders - 1) * (drawn @ lengths) ** 2)

    def expected(drawn: Floats) -> Floats:
        total = drawn @ lengths
        against_units = (drawn @ n_units - 1) * (drawn @ own)
        chance = against_units + np.einsum("bd,de,be->b", drawn, placed, drawn, optimize=True)
        return divide(2 * chance / total, n_coders * total * (n_coders * total - 1) - drawn @ paired)

    return _Parts(observed, expected)


def _gaps(lane: list[tuple[int, int]], bounds: tuple[int, int]) -> list[int]:
    """Return the lengths of what a coder has left unmarked."""
    edges = [bounds[0], *(edge for section in lane for edge in section), bounds[1]]
    return [edges[place + 1] - edges[place] for place in range(0, len(edges), 2) if edges[place + 1] > edges[place]]


def _positions(sizes: Floats, gaps: list[int]) -> Floats:
    """Return at how many places in the gaps a section of each size would fit."""
    ordered = np.sort(np.array(gaps, dtype=float))
    fitting = np.searchsorted(ordered, sizes)
    total = np.append(np.cumsum(ordered[::-1])[::-1], 0)[fitting]
    return np.asarray(total - (len(ordered) - fitting) * (sizes - 1))


def _distance(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> float:
    """Return the squared distances between the sections of two coders that overlap; one alone counts its square."""
    total = 0
    met_first, met_second = [False] * len(first), [False] * len(second)
    i = j = 0
    while i < len(first) and j < len(second):
        (start, end), (other_start, other_end) = first[i], second[j]
        if start < other_end and other_start < end:
            total += (start - other_start) ** 2 + (end - other_end) ** 2
            met_first[i] = met_second[j] = True
        if end <= other_end:
            i += 1
        else:
            j += 1
    for lane, met in ((first, met_first), (second, met_second)):
        total += sum((end - start) ** 2 for (start, end), seen in zip(lane, met, strict=True) if not seen)
    return float(total)


def _of_2016(continua: Continua, *, binary: bool) -> _Parts:
    """Return the lengths that carry different values, observed and expected; value 0 is the gap."""
    values = {category: 1 if binary else place for place, category in enumerate(continua.categories, start=1)}
    n_values = max(values.values(), default=0) + 1
    n_coders = max(len(continua.coders), 2)
    numbers = {coder: place for place, coder in enumerate(continua.coders)}
    inside: dict[Hashable, list[Section]] = {document: [] for document in continua.bounds}
    for section in continua.sections:
        inside[section.document].append(section)
    n_documents = len(continua.bounds)
    differing, own = np.zeros(n_documents), np.zeros((n_documents, n_values))
    totals = np.zeros((n_documents, n_values))
    for place, (document, bounds) in enumerate(continua.bounds.items()):
        edges = np.unique([*bounds, *(edge for one in inside[document] for edge in (one.start, one.end))])
        codes = np.zeros((len(edges) - 1, n_coders), dtype=np.intp)
        for one in inside[document]:
            first, last = np.searchsorted(edges, (one.start, one.end))
            codes[first:last, numbers[one.coder]] = values[one.category]
            own[place, values[one.category]] += (one.end - one.start) ** 2
        stretches = np.diff(edges).astype(float)
        tally = tally_patterns(codes, n_values)
        differing[place] = stretches @ (n_coders**2 - (tally**2).sum(axis=1)) / (n_coders - 1)
        totals[place] = stretches @ tally
        own[place, 0] = totals[place, 0]  # a gap can be cut anywhere: only its points are not paired with themselves

    def expected(drawn: Floats) -> Floats:
        total = drawn @ totals
        everything = total.sum(axis=1)
        pairs = everything**2 - (drawn @ own).sum(axis=1)
        return divide(everything * (everything**2 - (total**2).sum(axis=1)), pairs)

    return _Parts(lambda drawn: drawn @ differing, expected)
