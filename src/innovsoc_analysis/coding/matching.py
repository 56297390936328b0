"""Find indicators in the tokens of a segment; the longest match wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from innovsoc_analysis.coding.patterns import CONTRACTIONS, Node, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NEGATIVE_ADVERBS = frozenset({"pas", "plus", "jamais", "guère", "point", "ne", "n'"})


class Word(NamedTuple):
    """A token as the matcher sees it."""

    form: str
    upos: str
    keys: frozenset[str]


class Match(NamedTuple):
    """Tokens ``[first, last)`` that a pattern recognises."""

    first: int
    last: int
    pattern: Pattern


def find_matches(words: Sequence[Word], root: Node) -> list[Match]:
    """Return the matches that no longer one takes the place of, in order.

    A match strictly inside a longer one is left out, whatever their codes: in « fracture
    numérique », « numérique » does not count by itself. A pattern under ``sauf`` only takes
    the place of matches of its own code. Equal spans and overlaps all stay.
    """
    found = {match for first in range(len(words)) for match in _from(words, first, root)}
    kept = [match for match in found if not match.pattern.absorbs and not _absorbed(match, found)]
    return sorted(kept, key=lambda match: (match.first, match.last, match.pattern.rule))


def _absorbed(match: Match, found: set[Match]) -> bool:
    for other in found:
        covers = other.first <= match.first and match.last <= other.last
        if not covers:
            continue
        if other.pattern.absorbs:
            if other.pattern.code == match.pattern.code:
                return True
        elif other.last - other.first > match.last - match.first:
            return True
    return False


def _from(words: Sequence[Word], first: int, root: Node) -> Iterator[Match]:
    stack = [(root, first, False)]
    while stack:
        node, position, gapped = stack.pop()
        for pattern in node.patterns:
            yield Match(first, position, pattern)
        if position > first:
            held = CONTRACTIONS.get(words[position - 1].form, frozenset())
            stack += [(child, position, gapped) for article, child in node.articles.items() if article in held]
        stack += [(child, position + 1, gapped) for child in _next(words, position, node)]
        if first < position < len(words) and not gapped and _may_be_skipped(words[position]):
            stack += [(child, position + 2, True) for child in _next(words, position + 1, node)]


def _next(words: Sequence[Word], position: int, node: Node) -> list[Node]:
    """Return the states that the word at `position` leads to."""
    if position >= len(words):
        return []
    return [node.edges[key] for key in words[position].keys if key in node.edges]


def _may_be_skipped(word: Word) -> bool:
    """Whether one such word may stand between those of an expression: an adverb that does not negate."""
    return word.upos == "ADV" and word.form not in _NEGATIVE_ADVERBS
