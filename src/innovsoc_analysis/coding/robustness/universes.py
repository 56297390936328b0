"""The choices of a multiverse, and the codes counted under each combination of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from innovsoc_analysis.coding.robustness.ways import ALL, SURE
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.robustness.ways import Ways

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "coder": ("codeur", {"combined": "règles et apprentissage", "learned": "apprentissage", "rules": "règles"}),
    "certainty": ("certitude", {ALL: "tous les codes", SURE: "codes sûrs seuls"}),
    "unit": (
        "ce qu'on compte",
        {"documents": "documents", "paragraphs": "paragraphes", "segments": "phrases", "words": "mots"},
    ),
    "headings": ("titres", {"with": "comptés", "without": "écartés"}),
    "interviewers": ("qui interroge", {"with": "compté", "without": "écarté"}),
    "short": ("documents courts", {"with": "gardés", "without": "quart le plus court écarté"}),
}
"""Choice → its French name, and its options with theirs; the first option is the usual one."""
_SHORTEST = 0.25


class Universe(NamedTuple):
    """One option for each choice."""

    coder: str
    certainty: str
    unit: str
    headings: str
    interviewers: str
    short: str


@dataclass(frozen=True, eq=False)
class Counted:
    """What one universe counts, document by document.

    Attributes
    ----------
    universe : Universe
    parts : array, shape (n_documents, n_codes)
        Units with the code; words of the sentences with it where words are counted.
    wholes : array, shape (n_documents,)
        All units; zero for a document that is left out.
    piece : float
        How much a unit weighs on average: 1, or the words of a sentence.
    """

    universe: Universe
    parts: Floats
    wholes: Floats
    piece: float


def universes_of(ways: Ways, chosen: Mapping[str, Sequence[str]]) -> list[Universe]:
    """Return the distinct combinations of options that make sense for what was coded, the usual one first.

    Parameters
    ----------
    ways : Ways
        A coder that was not used, headings and interviewers that there are not, are no choice.
    chosen : mapping of str to sequence of str
        Choice → the options to keep; by default, all.

    Raises
    ------
    UsageError
        If there is no such choice or option, or none is left.
    """
    kept = {name: list(options) for name, (_, options) in CHOICES.items()}
    for name, options in chosen.items():
        if name not in kept:
            raise UsageError(f"Il n'y a pas de choix « {name} » ; il y a : {', '.join(kept)}.")
        if unknown := [one for one in options if one not in kept[name]]:
            raise UsageError(f"Le choix {name} n'a pas d'option « {unknown[0]} » ; il y a : {', '.join(kept[name])}.")
        kept[name] = [one for one in kept[name] if one in options]
    if not ways.headings.any():
        kept["headings"] = kept["headings"][:1]
    if not ways.interviewers.any():
        kept["interviewers"] = kept["interviewers"][:1]
    found = [Universe(*options) for options in product(*kept.values()) if (options[0], options[1]) in ways.coded]
    if not found:
        raise UsageError("Aucune combinaison de ces options n'est possible ici : gardez-en davantage.")
    return found


def count(ways: Ways, universe: Universe, groups: Sequence[str]) -> Counted:
    """Count every code under the options of `universe`.

    Parameters
    ----------
    ways : Ways
        What was coded.
    universe : Universe
        How to count.
    groups : sequence of str
        The group of each document, in the order of ``ways.doc_ids``: the shortest quarter is that of its group.
    """
    n = len(ways.doc_ids)
    kept = np.ones(len(ways.documents), dtype=bool)
    if universe.headings == "without":
        kept &= ~ways.headings
    if universe.interviewers == "without":
        kept &= ~ways.interviewers
    if universe.short == "without":
        kept &= ~shortest(ways, groups)[ways.documents]
    coded = ways.coded[universe.coder, universe.certainty][kept]
    documents = ways.documents[kept]
    if universe.unit in {"segments", "words"}:
        weights = ways.words[kept].astype(float) if universe.unit == "words" else np.ones(len(documents))
        parts = _summed(coded * weights[:, None], documents, n)
        wholes = _summed(weights[:, None], documents, n)[:, 0]
        return Counted(universe, parts, wholes, float(weights.mean()) if len(weights) else 1.0)
    unit = documents if universe.unit == "documents" else ways.paragraphs[kept]
    places, first = np.unique(unit, return_index=True)
    carried = np.zeros((len(places), coded.shape[1]), dtype=bool)
    np.logical_or.at(carried, np.searchsorted(places, unit), coded)
    owner = documents[first]
    return Counted(
        universe, _summed(carried.astype(float), owner, n), np.bincount(owner, minlength=n).astype(float), 1.0
    )


def shortest(ways: Ways, groups: Sequence[str]) -> Bools:
    """Tell which documents are among the shortest quarter of their group, in words; of ties, the last ones."""
    lengths = np.bincount(ways.documents, weights=ways.words, minlength=len(ways.doc_ids))
    left = np.zeros(len(lengths), dtype=bool)
    names = np.array(groups, dtype=object)
    for group in dict.fromkeys(groups):
        mine = np.flatnonzero(names == group)
        order = mine[np.argsort(-lengths[mine], kind="stable")]
        n_left = int(_SHORTEST * len(mine))
        left[order[len(order) - n_left :]] = n_left > 0
    return left


def _summed(values: Floats, owner: NDArray[np.int64], n: int) -> Floats:
    sums = np.zeros((n, values.shape[1]))
    np.add.at(sums, owner, values)
    return sums
