"""Try conclusions in every universe: all combinations of reasonable ways of coding and counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from innovsoc_analysis.codebooks.loading import load_codebook
from innovsoc_analysis.coding.robustness.claims import Claim, check_claims, parse_claims
from innovsoc_analysis.coding.robustness.result import Multiverse
from innovsoc_analysis.coding.robustness.trying import Trial
from innovsoc_analysis.coding.robustness.universes import count, universes_of
from innovsoc_analysis.coding.robustness.ways import ALL, code_in_every_way
from innovsoc_analysis.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.coding.robustness.trying import Measure
    from innovsoc_analysis.coding.robustness.universes import Counted
    from innovsoc_analysis.coding.robustness.ways import Ways
    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

_MEASURES = ("ratio", "difference")


def multiverse(
    corpus: Corpus,
    codebook: Codebook | str,
    claims: str | Claim | Iterable[str | Claim],
    *,
    by: str = "genre",
    measure: Measure = "ratio",
    choices: Mapping[str, Sequence[str]] | None = None,
    model: Model | Path | None = None,
) -> Multiverse:
    """Recompute conclusions under every combination of reasonable choices.

    The corpus is coded once; the choices are then the coder (rules, learner, both), the certainty (all codes or
    sure ones alone), what is counted (documents, paragraphs, sentences, words), and whether headings, the
    interviewers' words and the shortest documents count. Besides, each document is left out in turn.

    Parameters
    ----------
    corpus : Corpus
        From :func:`innovsoc_analysis.read_corpus`.
    codebook : Codebook or str
        Without a model for it, rules alone code.
    claims : str, Claim or iterable of them
        ``"code : group > group"``, or ``"code : group > 50 %"`` for a share of the documents.
    by : str
        What the groups are: ``"genre"`` or a metadata column.
    measure : {"ratio", "difference"}
        Of the shares compared: their ratio, or their difference in points. A ratio is comparable between
        what is counted; a difference in points of documents and of words is not.
    choices : mapping, optional
        Choice → the options to keep: ``{"unit": ["documents", "segments"]}``. See `CHOICES`.
    model : Model or Path, optional
        By default the one that comes with the codebook.

    Returns
    -------
    Multiverse
        One row per claim and universe, and what one asks of them.

    Raises
    ------
    UsageError
        If a claim or a choice is not written well, or is on what there is not.
    UnknownNameError
        If no document has the attribute `by`.

    Notes
    -----
    Steegen, Tuerlinckx, Gelman & Vanpaemel (2016) for the idea; Simonsohn, Simmons & Nelson (2020) for the curve
    and for its test, the groups being dealt out anew to the documents. ``docs/fiabilite.md``.

    Examples
    --------
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({name: "Une réponse aux besoins sociaux." for name in "abc"}, genre="project")
    >>> found = multiverse(corpus, "bissib", "def.besoin : project > 50 %", choices={"coder": ["rules"]})
    >>> found.table[["coder", "unit", "share", "holds"]].values.tolist()
    [['rules', 'documents', 100.0, True], ['rules', 'documents', 100.0, True]]
    """
    if measure not in _MEASURES:
        raise UsageError(f"measure= vaut {' ou '.join(_MEASURES)}.")
    book = load_codebook(codebook) if isinstance(codebook, str) else codebook
    wanted = parse_claims(claims)
    attribute = corpus.attribute(by)
    check_claims(wanted, codebook=book, groups=attribute, by=by)
    ways = code_in_every_way(corpus, book, model=model)
    groups = [str(attribute[doc_id]) for doc_id in ways.doc_ids]
    universes = universes_of(ways, choices or {})
    counted = [count(ways, universe, groups) for universe in universes]
    trials = []
    for claim in wanted:
        usable = _usable(claim, counted, ways, groups)
        trial = Trial.of(claim, usable, book.code_ids.index(claim.code), measure=measure, groups=groups)
        trials.append((trial, [one.universe for one in usable]))
    titles = corpus.documents.set_index("doc_id")["title"].reindex(list(ways.doc_ids))
    return Multiverse(tuple(trials), book, by, tuple(titles), measure)


def _usable(claim: Claim, counted: Sequence[Counted], ways: Ways, groups: Sequence[str]) -> list[Counted]:
    """Return the universes that tell something different about `claim`.

    Headings and interviewers that the compared documents do not have are no choice. A share is one of documents, and
    of all codes: sure ones alone make every share smaller, and would answer by themselves.
    """
    compared = np.array([group in {claim.group, claim.than} for group in groups], dtype=bool)[ways.documents]
    alike = {name for name in ("headings", "interviewers") if not getattr(ways, name)[compared].any()}
    first = counted[0].universe
    usable = [one for one in counted if all(getattr(one.universe, name) == getattr(first, name) for name in alike)]
    if not claim.than:
        usable = [one for one in usable if (one.universe.unit, one.universe.certainty) == ("documents", ALL)]
    if not usable:
        raise UsageError(
            f"« {claim} » : une part se compare en documents et tous codes confondus, ce que choices= n'a pas gardé."
        )
    return usable
