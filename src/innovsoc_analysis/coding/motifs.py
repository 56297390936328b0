"""Find motifs, the rules of several words of a codebook, in the tokens of a segment.

Between two elements of a motif, determiners, clitic pronouns, auxiliaries and adverbs that do
not negate may stand (two at most), so that « ça nous a vraiment changé le regard » holds
``changer regard``. A gap does not run over the end of a sentence or a colon. The shortest way
to fill a motif from each starting word is kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from innovsoc_analysis.coding.agents import acts
from innovsoc_analysis.coding.matching import Match, Word
from innovsoc_analysis.coding.patterns import Pattern, normalise
from innovsoc_analysis.model.motifs import Choice, Element, parse_motif
from innovsoc_analysis.nlp.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from innovsoc_analysis.model.codebook import Code, Codebook, Motif

_SKIPPABLE = frozenset({"DET", "AUX", "ADV"})
_AUXILIARIES = frozenset({"avoir", "être"})
_CLITICS = frozenset(
    ["me", "te", "se", "le", "la", "les", "lui", "leur", "y", "en", "nous", "vous", "m'", "t'", "s'", "l'", "ne", "n'"]
)
_NEGATIVE = frozenset({"pas", "plus", "jamais", "guère", "point", "aucun", "aucune", "nul", "nulle"})
_MAX_SKIPPED = 2
_WALLS = frozenset({".", "!", "?", ";", ":", "…"})

Tests = tuple[str, ...]  # the keys asked of tokens in a row


@dataclass(frozen=True, slots=True)
class _Step:
    choices: tuple[Tests, ...]
    first: frozenset[str]  # what a choice may start with: most words are set aside by it at once
    optional: bool
    gap: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A motif ready to be tried: its steps and its conditions."""

    pattern: Pattern
    steps: tuple[_Step, ...]
    must_act: bool
    with_: tuple[tuple[_Step, ...], ...]
    except_: tuple[tuple[_Step, ...], ...]
    context: tuple[tuple[_Step, ...], ...]


class Motifs:
    """All motifs of a codebook, found by the words they may start with."""

    def __init__(self, codebook: Codebook) -> None:
        self._by_key: defaultdict[str, list[tuple[Tests, _Compiled]]] = defaultdict(list)
        lists = {name: tuple(_tests(_as_choice(entry)) for entry in words) for name, words in codebook.lists.items()}
        for code in codebook.codes:
            for motif in code.motifs:
                for compiled in _compile(code, motif, lists):
                    for tests in compiled.steps[0].choices:
                        self._by_key[tests[0]].append((tests, compiled))

    def find(self, words: Sequence[Word], *, context: Sequence[Sequence[Word]] = ()) -> list[Match]:
        """Return the motifs that `words` hold, in order; `context` holds the neighbouring segments."""
        found: dict[tuple[int, str], Match] = {}
        for first, word in enumerate(words):
            for key in word.keys:
                for tests, compiled in self._by_key.get(key, ()):
                    last = _fill_from(words, first, tests, compiled)
                    if last is None or not _holds(compiled, words, (first, last), context):
                        continue
                    match = Match(first, last, compiled.pattern)
                    known = found.get((first, compiled.pattern.rule))
                    if known is None or last < known.last:
                        found[first, compiled.pattern.rule] = match
        return sorted(found.values(), key=lambda match: (match.first, match.last, match.pattern.rule))


def _compile(code: Code, motif: Motif, lists: Mapping[str, tuple[Tests, ...]]) -> Iterator[_Compiled]:
    conditions = [tuple(_steps(text, lists) for text in texts) for texts in (motif.with_, motif.except_, motif.context)]
    admits = "admet" in {motif.negation, code.negation}
    pattern = Pattern(f"{code.id}/motif:{motif.id}", code.id, admits_negation=admits)
    for text in motif.patterns:
        yield _Compiled(pattern, _steps(text, lists), motif.condition == "agent", *conditions)


def _steps(text: str, lists: Mapping[str, tuple[Tests, ...]]) -> tuple[_Step, ...]:
    return tuple(_step(element, lists) for element in parse_motif(text))


def _step(element: Element, lists: Mapping[str, tuple[Tests, ...]]) -> _Step:
    choices: list[Tests] = []
    for choice in element.choices:
        choices += lists[choice.list_name] if choice.list_name else [_tests(choice)]
    first = frozenset(tests[0] for tests in choices)
    return _Step(tuple(dict.fromkeys(choices)), first, element.optional, element.gap)


def _as_choice(entry: str) -> Choice:
    name, _, upos = entry.partition("/")
    return Choice(tuple(name.split()), upos)


def _tests(choice: Choice) -> Tests:
    """Return the keys asked of the tokens that `choice` stands for; a word of a motif may be several tokens."""
    words = [part for word in choice.words for part in _parts(normalise(word))]
    tests = ["=" + word if word != word.lower() else word for word in words]
    if choice.upos:
        tests[-1:] = [f"{tests[-1]}/{choice.upos}" if tests else f"/{choice.upos}"]
    return tuple(tests)


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Return the tokens of a word: one, most often."""
    return (word,) if word.isalpha() else tuple(map(str, load().tokenizer(word)))


def _fill_from(words: Sequence[Word], first: int, tests: Tests, compiled: _Compiled) -> int | None:
    position = _consume(words, first, tests)
    return None if position is None else _fill(words, position, compiled.steps[1:], gap=0)


def _consume(words: Sequence[Word], position: int, tests: Tests) -> int | None:
    """Return where the words that `tests` ask for end, or ``None`` if they do not stand at `position`."""
    for test in tests:
        if position >= len(words) or test not in words[position].keys:
            return None
        position += 1
    return position


def _fill(words: Sequence[Word], position: int, steps: tuple[_Step, ...], *, gap: int) -> int | None:
    """Return the nearest end of `steps` from `position`, `gap` words at most being free before the first."""
    if not steps:
        return position
    step = steps[0]
    if step.gap:
        return _fill(words, position, steps[1:], gap=gap + step.gap)
    ends = []
    for start in _starts(words, position, gap):
        if step.first.isdisjoint(words[start].keys):
            continue
        for tests in step.choices:
            after = _consume(words, start, tests)
            end = None if after is None else _fill(words, after, steps[1:], gap=0)
            if end is not None:
                ends.append(end)
        if ends:
            break
    if step.optional and (end := _fill(words, position, steps[1:], gap=gap)) is not None:
        ends.append(end)
    return min(ends, default=None)


def _starts(words: Sequence[Word], position: int, gap: int) -> Iterator[int]:
    """Yield where the next element may start: here, after small words, or within the gap."""
    skipped = 0
    for start in range(position, len(words)):
        yield start
        word = words[start]
        if word.form in _WALLS:
            return
        if gap:
            gap -= 1
        elif skipped < _MAX_SKIPPED and _is_small(word):
            skipped += 1
        else:
            return


def _is_small(word: Word) -> bool:
    if word.form in _NEGATIVE:
        return False
    if word.upos in _SKIPPABLE or (word.upos == "PRON" and word.form in _CLITICS):
        return True
    return bool(_AUXILIARIES & word.keys)


def _holds(
    compiled: _Compiled, words: Sequence[Word], span: tuple[int, int], context: Sequence[Sequence[Word]]
) -> bool:
    if compiled.must_act and not acts(words, *span):
        return False
    if compiled.with_ and not _any_in(compiled.with_, [words]):
        return False
    if compiled.context and not _any_in(compiled.context, [words, *context]):
        return False
    return not _any_in(compiled.except_, [words])


def _any_in(motifs: Iterable[tuple[_Step, ...]], segments: Iterable[Sequence[Word]]) -> bool:
    motifs = tuple(motifs)
    return any(
        _fill(words, start, steps, gap=0) is not None
        for words in segments
        for steps in motifs
        for start in range(len(words))
        if not steps[0].first.isdisjoint(words[start].keys)
    )
