"""A codebook's own examples are tests of its indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.coding.rules import RuleCoder
from innovsoc_analysis.study.corpus import corpus_from_texts

if TYPE_CHECKING:
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
    wanted = [(code.id, True, text) for code in codebook.codes for text in code.examples]
    tried = [one for code in codebook.codes for one in code.counter_examples if not one.hard]
    wanted += [(code.id, False, one.text) for code in codebook.codes for one in code.counter_examples if not one.hard]
    if not wanted:
        return CheckResult(0, 0, _count_hard(codebook), ())
    corpus = corpus_from_texts({str(number): text for number, (_, _, text) in enumerate(wanted)})
    table = RuleCoder(codebook).code(corpus)
    number = corpus.documents.set_index("doc_id")["title"].astype(int)
    rules = {(number[row.doc_id], row.code): row.rule for row in table.itertuples()}
    mismatches = []
    for position, (code, carries, text) in enumerate(wanted):
        rule = rules.get((position, code))
        if carries and rule is None:
            mismatches.append(Mismatch(code, MISSED, text))
        elif not carries and rule is not None:
            mismatches.append(Mismatch(code, CODED, text, f" (règle {rule})"))
    return CheckResult(len(wanted) - len(tried), len(tried), _count_hard(codebook), tuple(mismatches))


def _count_hard(codebook: Codebook) -> int:
    return sum(one.hard for code in codebook.codes for one in code.counter_examples)
