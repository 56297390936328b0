"""Cleaning in named steps, each of which can be switched off; the composed map leads back to the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.text.lines import LOWER_CASE, unwrap_edits
from innovsoc_analysis.text.offsets import OffsetMap, apply_edits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from innovsoc_analysis.text.offsets import Edit

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CUT_WORD = rf"(?<=[^\W\d_])[-\u00ad\u2010][ \t]*\n[ \t]*(?=[{LOWER_CASE}])"
_COMBINED = re.compile(r".[\u0300-\u036f]+", re.DOTALL)
_SPACES = re.compile("[ \t\u00a0\u202f]{2,}|\t")
_NO_BREAK_SPACES = "\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class CleaningRule:
    """One step: its name, what it finds, and whether it is only for page layouts."""

    name: str
    edits: Callable[[str], Iterator[Edit]]
    only_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text and the map back to its source."""

    text: str
    places: OffsetMap


def clean(text: str, *, wrapped: bool = False, without: Collection[str] = ()) -> CleanText:
    r"""Clean `text` by all rules of `RULES`, in order.

    Parameters
    ----------
    text : str
        As a reader gave it.
    wrapped : bool
        Whether lines may be broken by a page layout (plain text, PDF).
    without : collection of str
        Names of rules to leave out.

    Returns
    -------
    CleanText
        The clean text; one line is one paragraph.

    Raises
    ------
    ValueError
        If `without` names an unknown rule.

    Examples
    --------
    >>> clean("Une  ini-\r\ntiative ﬁdèle", wrapped=True).text
    'Une initiative fidèle'
    """
    if unknown := set(without) - {rule.name for rule in RULES}:
        msg = f"unknown cleaning rules: {sorted(unknown)}"
        raise ValueError(msg)
    places = OffsetMap.identity(len(text))
    for rule in RULES:
        if rule.name in without or (rule.only_wrapped and not wrapped):
            continue
        edits = list(rule.edits(text))
        if edits:
            text, step = apply_edits(text, edits)
            places = places.then(step)
    return CleanText(text, places)


def _replacing(pattern: str, replacement: str) -> Callable[[str], Iterator[Edit]]:
    compiled = re.compile(pattern)

    def edits(text: str) -> Iterator[Edit]:
        return ((match.start(), match.end(), match.expand(replacement)) for match in compiled.finditer(text))

    return edits


def _ligatures(text: str) -> Iterator[Edit]:
    return ((i, i + 1, _LIGATURES[character]) for i, character in enumerate(text) if character in _LIGATURES)


def _composed(text: str) -> Iterator[Edit]:
    for match in _COMBINED.finditer(text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            yield match.start(), match.end(), composed


def _spaces(text: str) -> Iterator[Edit]:
    """Leave one space of a run; a no-break space is typography, not a fault: a run that holds one keeps one."""
    for match in _SPACES.finditer(text):
        kept = next((character for character in match[0] if character in _NO_BREAK_SPACES), " ")
        yield match.start(), match.end(), kept


def _text_edges(text: str) -> Iterator[Edit]:
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return ((left, right, "") for left, right in ((0, start), (end, len(text))) if left < right)


RULES: tuple[CleaningRule, ...] = (
    CleaningRule("line-breaks", _replacing("\r\n?|[\x0b\x0c\x85\u2028\u2029]", r"\n")),
    CleaningRule("invisible-characters", _replacing("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]", "")),
    CleaningRule("ligatures", _ligatures),
    CleaningRule("composed-characters", _composed),
    CleaningRule("wrapped-lines", unwrap_edits, only_wrapped=True),
    CleaningRule("hyphenation", _replacing(_CUT_WORD, ""), only_wrapped=True),
    CleaningRule("soft-hyphens", _replacing("\u00ad", "")),
    CleaningRule("spaces", _spaces),
    # a run of spaces is tried once, from its start: a long one would take forever
    CleaningRule("line-edges", _replacing(r"(?<![^\S\n])[^\S\n]+(?=\n|\Z)|(?<=\n)[^\S\n]+", "")),
    CleaningRule("blank-lines", _replacing(r"\n{3,}", r"\n\n")),
    CleaningRule("text-edges", _text_edges),
)
