"""A corpus coded in every way at once: by rules, learner and both, all codes and sure ones alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from innovsoc_analysis.coding.coder import find_model
from innovsoc_analysis.coding.learning.scoring import (
    combined_probabilities,
    evidence_of,
    firings_of,
    learned_probabilities,
)
from innovsoc_analysis.coding.roles import INTERVIEWER, speakers
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.coding.units import Token, Unit, are_stated, batches_of, units_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from innovsoc_analysis.coding.learning.model import Model
    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

    Bools = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

Way = tuple[str, str]
ALL, SURE = "all", "sure"
_LONGEST_HEADING = 25
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_CLOSING = " \u00a0\u202f\"'»”’)]"


@dataclass(frozen=True, eq=False)
class Ways:
    """The segments of a corpus and the codes that each way of coding gives them.

    Attributes
    ----------
    doc_ids : tuple of str
        Documents with a segment, in order.
    documents : array of int, shape (n,)
        The document of each segment, by its place in `doc_ids`.
    paragraphs : array of int, shape (n,)
        Numbers of paragraphs, from 0; in order.
    words : array of int, shape (n,)
        How many words a segment holds.
    headings, interviewers : array of bool, shape (n,)
        Whether the segment is a heading; whether who asks the questions says it.
    coded : dict of (coder, certainty) to array of bool, shape (n, n_codes)
        Certainty is ``"all"`` or ``"sure"``; rules know no doubt, and have the former alone.
    """

    doc_ids: tuple[str, ...]
    documents: Numbers
    paragraphs: Numbers
    words: Numbers
    headings: Bools
    interviewers: Bools
    coded: dict[Way, Bools]


def code_in_every_way(corpus: Corpus, codebook: Codebook, *, model: Model | Path | None = None) -> Ways:
    """Code `corpus` once, and decide in every way from the same evidence.

    Parameters
    ----------
    corpus : Corpus
        Annotated as needed.
    codebook : Codebook
        Without a model for it, rules alone code.
    model : Model or Path, optional
        By default the one that comes with the codebook.
    """
    documents = list(units_of(corpus, codebook.unit))
    found = find_model(codebook, model)
    parts = [_decided(batch, codebook, found) for batch in batches_of(documents)]
    coded = {way: np.concatenate([part[way] for part in parts]) for way in parts[0]} if parts else {}
    units = list(chain.from_iterable(documents))
    segments = corpus.segments.set_index("segment_id").loc[[unit.segment_id for unit in units]]
    return Ways(
        doc_ids=tuple(one[0].doc_id for one in documents),
        documents=np.repeat(np.arange(len(documents)), [len(one) for one in documents]),
        paragraphs=_paragraphs(corpus, segments),
        words=np.array([sum(map(_is_word, unit.tokens)) for unit in units], dtype=np.int64),
        headings=_headings(corpus, units, segments),
        interviewers=_interviewers(corpus, segments),
        coded=coded,
    )


def _decided(documents: Sequence[Sequence[Unit]], codebook: Codebook, model: Model | None) -> dict[Way, Bools]:
    rules = RuleCoder(codebook)
    matches = [one for units in documents for one in rules.matches_of(units)]
    firings = firings_of(matches, codebook.code_ids)
    decided = {("rules", ALL): firings.rules > 0}
    if model is None:
        return decided
    evidence = evidence_of(model, documents, firings)
    units = list(chain.from_iterable(documents))
    likely = {
        "learned": (learned_probabilities(evidence), model.learned),
        "combined": (combined_probabilities(model, evidence), model.combined),
    }
    for coder, (probabilities, thresholds) in likely.items():
        given = probabilities >= thresholds.cut
        stated = are_stated(units, decided["rules", ALL] & (coder == "combined"))
        decided |= {(coder, ALL): given, (coder, SURE): given & (probabilities >= thresholds.sure) & stated}
    return decided


def _is_word(token: Token) -> bool:
    return any(character.isalnum() for character in token.word.form)


def _paragraphs(corpus: Corpus, segments: pd.DataFrame) -> Numbers:
    """Return the paragraph in which each segment starts, numbered from 0 in the order of the segments."""
    starts = corpus.segments_of("paragraph").groupby("doc_id")["start"].apply(lambda one: np.sort(one.to_numpy()))
    within = [
        int(np.searchsorted(starts[doc_id], start, side="right")) if doc_id in starts.index else 0
        for doc_id, start in zip(segments["doc_id"], segments["start"], strict=True)
    ]
    keys = pd.MultiIndex.from_arrays([segments["doc_id"], within])
    return pd.factorize(keys)[0].astype(np.int64)


def _headings(corpus: Corpus, units: Sequence[Unit], segments: pd.DataFrame) -> Bools:
    """Tell which segments are headings: a short paragraph of its own that no one says and no stop ends."""
    paragraphs = corpus.segments_of("paragraph")
    whole = set(zip(paragraphs["doc_id"], paragraphs["start"], paragraphs["end"], strict=True))
    said = segments["speaker"].notna().to_numpy() & (segments["speaker"] != "").to_numpy()
    return np.array(
        [
            (unit.doc_id, unit.start, unit.end) in whole and not spoken and _reads_as_heading(unit)
            for unit, spoken in zip(units, said, strict=True)
        ],
        dtype=bool,
    )


def _reads_as_heading(unit: Unit) -> bool:
    return len(unit.tokens) <= _LONGEST_HEADING and not unit.text.rstrip(_CLOSING).endswith(_ENDS)


def _interviewers(corpus: Corpus, segments: pd.DataFrame) -> Bools:
    """Tell which segments are said by who asks the questions or chairs."""
    everyone = speakers(corpus).table
    asking = everyone[everyone["role"] == INTERVIEWER]
    known = set(zip(asking["doc_id"], asking["speaker"], strict=True))
    return np.array([one in known for one in zip(segments["doc_id"], segments["speaker"], strict=True)], dtype=bool)
