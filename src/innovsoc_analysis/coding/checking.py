"""A codebook's own examples are tests of its indicators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.coding.patterns import Pattern
from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.coding.units import units_of
from innovsoc_analysis.study.corpus import corpus_from_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An example that the rules miss, or a counter-example that they code."""

    code: str
    what: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of trying all examples; hard counter-examples are counted apart and not tried."""

    n_examples: int
    n_counter_examples: int
    n_hard: int
    mismatches: tuple[Mismatch, ...]

    @property
    def found(self) -> int:
        """Examples that the rules code as they should."""
        return self.n_examples - sum(one.what == MISSED for one in self.mismatches)

    @property
    def left_aside(self) -> int:
        """Counter-examples that the rules leave uncoded as they should."""
        return self.n_counter_examples - sum(one.what == CODED for one in self.mismatches)


MISSED = "exemple non retrouvé"
CODED = "contre-exemple codé"


def check_examples(codebook: Codebook) -> CheckResult:
    """Code every example and counter-example of `codebook` by its own indicators.

    Examples
    --------
    >>> from innovsoc_analysis.codebooks.loading import load_codebook
    >>> check_examples(load_codebook("bissib")).mismatches
    ()
    """
    tried = list(_tried(codebook))
    n_examples = sum(one.carries for one in tried)
    if not tried:
        return CheckResult(0, 0, _count_hard(codebook), ())
    coder = RuleCoder(codebook)
    corpus = corpus_from_texts({str(number): one.text for number, one in enumerate(tried)})
    number = corpus.documents.set_index("doc_id")["title"].astype(int)
    fired: defaultdict[int, list[Pattern]] = defaultdict(list)
    for units in units_of(corpus, codebook.unit):
        words = [unit.words for unit in units]
        for said in words:
            fired[number[units[0].doc_id]] += [match.pattern for match in coder.fired(said, context=words)]
    mismatches = []
    for position, one in enumerate(tried):
        rules = [pattern.rule for pattern in fired[position] if one.rule in {pattern.code, pattern.rule}]
        if one.carries and not rules:
            mismatches.append(Mismatch(one.rule, MISSED, one.text))
        elif not one.carries and rules:
            mismatches.append(Mismatch(one.rule, CODED, one.text, f" (règle {rules[0]})"))
    return CheckResult(n_examples, len(tried) - n_examples, _count_hard(codebook), tuple(mismatches))


class _Trial(NamedTuple):
    """A sentence and the code or motif that it carries, or does not."""

    rule: str
    text: str
    carries: bool


def _tried(codebook: Codebook) -> Iterator[_Trial]:
    for code in codebook.codes:
        yield from (_Trial(code.id, text, carries=True) for text in code.examples)
        yield from (_Trial(code.id, one.text, carries=False) for one in code.counter_examples if not one.hard)
        for motif in code.motifs:
            rule = f"{code.id}/motif:{motif.id}"
            yield from (_Trial(rule, text, carries=True) for text in motif.examples)
            yield from (_Trial(rule, text, carries=False) for text in motif.counter_examples)


def _count_hard(codebook: Codebook) -> int:
    return sum(one.hard for code in codebook.codes for one in code.counter_examples)
