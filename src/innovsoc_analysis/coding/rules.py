"""The rule coder: a segment carries a code when it holds one of the code's indicators, not denied."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from innovsoc_analysis.coding.matching import Match, Word, find_matches
from innovsoc_analysis.coding.negation import denials, is_denied
from innovsoc_analysis.coding.patterns import Node, compile_patterns, normalise, token_keys
from innovsoc_analysis.model.identifiers import derive_id
from innovsoc_analysis.model.tables import CODINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from innovsoc_analysis.model.codebook import Codebook
    from innovsoc_analysis.study.corpus import Corpus

CODER = "rules"
SEPARATOR = " | "
UNITS = {"phrase": "sentence", "paragraphe": "paragraph", "tour": "turn"}


class _Token(NamedTuple):
    start: int
    end: int
    form: str
    word: Word


class RuleCoder:
    """Codes segments by the indicators of a codebook.

    Parameters
    ----------
    codebook : Codebook
        Its ``indicators`` are the rules, its ``unit`` the segments coded.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> from innovsoc_analysis.study.corpus import corpus_from_texts
    >>> corpus = corpus_from_texts({"a": "On n'a aucun partenaire. Le quartier aide."})
    >>> table = RuleCoder(load_codebook()).code(corpus)
    >>> table[["code", "evidence"]].values.tolist()
    [['def.territoire', 'quartier']]
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._root: Node = compile_patterns(codebook)
        self._admits_negation = {code.id for code in codebook.codes if code.negation == "admet"}
        self._order = {code: position for position, code in enumerate(codebook.code_ids)}

    def code(self, corpus: Corpus, *, progress: Callable[[str, int, int], None] | None = None) -> pd.DataFrame:
        """Return the codings of `corpus`, schema ``codings``.

        One row per segment and code, in the order of the corpus, then of the codebook. The
        span is the segment; ``evidence`` holds the words that triggered the code and
        ``evidence_spans`` their places, both in order and matching ``rule``.
        """
        texts = corpus.documents.set_index("doc_id")["text"].to_dict()
        segments = _segments(corpus, UNITS[self.codebook.unit])
        by_document = dict(iter(corpus.tokens.groupby("doc_id", sort=False)))
        reference = self.codebook.reference
        rows: list[dict[str, object]] = []
        groups = segments.groupby("doc_id", sort=False)
        for number, (doc_id, frame) in enumerate(groups, start=1):
            tokens = _tokens(by_document[doc_id]) if doc_id in by_document else []
            for segment, inside in _inside(frame, tokens):
                rows += self._rows(segment, inside, texts[doc_id], reference)
            if progress:
                progress("codage", number, len(groups))
        return CODINGS.conform(pd.DataFrame(rows, columns=list(CODINGS.columns)))

    def _rows(
        self, segment: tuple[str, str, int, int], tokens: list[_Token], text: str, reference: str
    ) -> Iterator[dict[str, object]]:
        segment_id, doc_id, start, end = segment
        matches = self.matches([token.word for token in tokens])
        for code in sorted(matches, key=self._order.__getitem__):
            spans = [(tokens[match.first].start, tokens[match.last - 1].end) for match in matches[code]]
            yield {
                "coding_id": derive_id("c", segment_id, code, CODER, reference),
                "doc_id": doc_id,
                "segment_id": segment_id,
                "start": start,
                "end": end,
                "code": code,
                "coder": CODER,
                "origin": "rules",
                "score": 1.0,
                "rule": SEPARATOR.join(match.pattern.rule for match in matches[code]),
                "evidence": SEPARATOR.join(text[left:right] for left, right in spans),
                "evidence_spans": " ".join(f"{left}-{right}" for left, right in spans),
                "codebook": reference,
            }

    def matches(self, words: list[Word]) -> dict[str, list[Match]]:
        """Return, for each code that the words of one segment carry, the matches that say so."""
        found = find_matches(words, self._root)
        if not found:
            return {}
        negations = denials(words)
        carried: defaultdict[str, list[Match]] = defaultdict(list)
        for match in found:
            code = match.pattern.code
            if any((match.first, match.last) == (other.first, other.last) for other in carried.get(code, ())):
                continue  # two spellings of one indicator: one is evidence enough
            if code in self._admits_negation or not is_denied(match.first, match.last, negations):
                carried[code].append(match)
        return {code: kept for code, kept in carried.items() if kept}


def _segments(corpus: Corpus, unit: str) -> pd.DataFrame:
    """Return the segments to code; a document without speaker turns is coded by paragraph."""
    wanted = corpus.segments["unit"] == unit
    if unit == "turn":
        has_turns = corpus.segments["doc_id"].isin(corpus.segments.loc[wanted, "doc_id"])
        wanted |= ~has_turns & (corpus.segments["unit"] == "paragraph")
    return corpus.segments[wanted]


def _tokens(frame: pd.DataFrame) -> list[_Token]:
    columns = (frame[name].tolist() for name in ("start", "end", "form", "lemma", "upos"))
    return [
        _Token(start, end, form, Word(normalise(form).lower(), upos, frozenset(token_keys(form, lemma, upos))))
        for start, end, form, lemma, upos in zip(*columns, strict=True)
    ]


def _inside(frame: pd.DataFrame, tokens: list[_Token]) -> Iterator[tuple[tuple[str, str, int, int], list[_Token]]]:
    """Pair each segment with its tokens; both are in the order of the text."""
    position = 0
    columns = (frame[name].tolist() for name in ("segment_id", "doc_id", "start", "end"))
    for segment in zip(*columns, strict=True):
        _, _, start, end = segment
        while position < len(tokens) and tokens[position].start < start:
            position += 1
        first = position
        while position < len(tokens) and tokens[position].end <= end:
            position += 1
        yield segment, tokens[first:position]
