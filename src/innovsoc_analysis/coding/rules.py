"""The rule coder: a segment carries a code when it holds one of the code's indicators or motifs, not denied."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from innovsoc_analysis.coding.agents import acts
from innovsoc_analysis.coding.matching import Match, Word, find_matches
from innovsoc_analysis.coding.motifs import Motifs
from innovsoc_analysis.coding.negation import denials, is_denied
from innovsoc_analysis.coding.patterns import Node, compile_patterns
from innovsoc_analysis.coding.units import Unit, units_of
from innovsoc_analysis.model.identifiers import derive_id
from innovsoc_analysis.model.tables import CODINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

CODER = "rules"
SEPARATOR = " | "
NEIGHBOURS = 2  # segments on either side that count as context


class RuleCoder:
    """Codes segments by the indicators and motifs of a codebook.

    Parameters
    ----------
    codebook : Codebook
        Its ``indicators`` and ``motifs`` are the rules, its ``unit`` the segments coded.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "On n'a aucun partenaire. L'utilité sociale compte."})
    >>> table = RuleCoder(load_codebook()).code(corpus)
    >>> table[["code", "evidence"]].values.tolist()
    [['def.finalite', 'utilité sociale']]
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._root: Node = compile_patterns(codebook)
        self._motifs = Motifs(codebook)
        self._order = {code: position for position, code in enumerate(codebook.code_ids)}
        self._reference = codebook.reference  # a digest of the whole codebook: once, not for each segment

    def code(self, corpus: Corpus, *, progress: Callable[[str, int, int], None] | None = None) -> pd.DataFrame:
        """Return the codings of `corpus`, schema ``codings``.

        One row per segment and code, in the order of the corpus, then of the codebook. The
        span is the segment; ``evidence`` holds the words that triggered the code and
        ``evidence_spans`` their places, both in order and matching ``rule``.
        """
        rows: list[dict[str, object]] = []
        for number, units in enumerate(units_of(corpus, self.codebook.unit), start=1):
            for unit, matches in zip(units, self.matches_of(units), strict=True):
                rows += self._rows(unit, matches)
            if progress:
                progress("codage", number, len(corpus))
        if progress:
            progress("codage", len(corpus), len(corpus))
        return CODINGS.conform(pd.DataFrame(rows, columns=list(CODINGS.columns)))

    def _rows(self, unit: Unit, matches: dict[str, list[Match]]) -> Iterator[dict[str, object]]:
        for code in sorted(matches, key=self._order.__getitem__):
            spans = [(unit.tokens[match.first].start, unit.tokens[match.last - 1].end) for match in matches[code]]
            yield {
                "coding_id": derive_id("c", unit.segment_id, code, CODER, self._reference),
                "doc_id": unit.doc_id,
                "segment_id": unit.segment_id,
                "start": unit.start,
                "end": unit.end,
                "code": code,
                "coder": CODER,
                "origin": "rules",
                "score": 1.0,
                "rule": SEPARATOR.join(match.pattern.rule for match in matches[code]),
                "evidence": SEPARATOR.join(unit.text[left - unit.start : right - unit.start] for left, right in spans),
                "evidence_spans": " ".join(f"{left}-{right}" for left, right in spans),
                "codebook": self._reference,
            }

    def matches_of(self, units: Sequence[Unit]) -> list[dict[str, list[Match]]]:
        """Return, for each unit of a document, the codes it carries and the matches that say so."""
        words = [unit.words for unit in units]
        return [
            self.matches(one, context=words[max(position - NEIGHBOURS, 0) : position + NEIGHBOURS + 1])
            for position, one in enumerate(words)
        ]

    def matches(self, words: Sequence[Word], *, context: Sequence[Sequence[Word]] = ()) -> dict[str, list[Match]]:
        """Return, for each code that the words of one segment carry, the matches that say so.

        Parameters
        ----------
        words : sequence of Word
            The segment's tokens.
        context : sequence of sequences of Word
            Those of its neighbours, which some motifs look at.
        """
        carried: defaultdict[str, list[Match]] = defaultdict(list)
        for match in self.fired(words, context=context):
            known = carried[match.pattern.code]
            if not any((match.first, match.last) == (other.first, other.last) for other in known):
                known.append(match)  # two rules on the same words: one is evidence enough
        return dict(carried)

    def fired(self, words: Sequence[Word], *, context: Sequence[Sequence[Word]] = ()) -> list[Match]:
        """Return all rules that hold in the words of one segment, those on the same words included, in order."""
        found = [
            match
            for match in find_matches(words, self._root)
            if not match.pattern.must_act or acts(words, match.first, match.last)
        ]
        found += self._motifs.find(words, context=context)
        if not found:
            return []
        negations = denials(words)
        return [
            match
            for match in sorted(found, key=lambda match: (match.first, match.last))
            if match.pattern.admits_negation or not is_denied(match.first, match.last, negations)
        ]
