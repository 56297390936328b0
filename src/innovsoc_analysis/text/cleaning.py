"""Cleaning in named steps, each of which can be switched off; the composed map leads back to the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innovsoc_analysis.text.addresses import address_edits, sparing_addresses
from innovsoc_analysis.text.bullets import bullet_edits
from innovsoc_analysis.text.hyphenation import hyphenation_edits
from innovsoc_analysis.text.lines import unwrap_edits
from innovsoc_analysis.text.notes import note_edits
from innovsoc_analysis.text.offsets import OffsetMap, apply_edits
from innovsoc_analysis.text.pages import mark_page_starts, page_number_edits, page_turn_edits, running_line_edits
from innovsoc_analysis.text.units import unit_edits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from innovsoc_analysis.text.offsets import Edit

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_COMBINED = re.compile(r".[\u0300-\u036f]+", re.DOTALL)
_SPACES = re.compile("[ \t\u00a0\u202f]{2,}|\t")
# controls, zero widths, marks of writing direction
_INVISIBLE = "\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
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


def clean(
    text: str, *, wrapped: bool = False, without: Collection[str] = (), page_starts: Collection[int] = ()
) -> CleanText:
    r"""Clean `text` by all rules of `RULES`, in order.

    What the author wrote stays as it was, so that it can be quoted: quotation marks,
    apostrophes, dashes, and no-break spaces before high punctuation are left alone. A wrong
    deletion is worse than a leftover: a rule that has no proof does nothing. What a page's
    layout has put in (line breaks, cut words, page numbers, running headers) is undone only
    in texts that are `wrapped`.

    A clean text is no longer wrapped: cleaning it again as such changes nothing. The proof
    of a page's width is gone from it, so that a second cleaning as a wrapped text may judge
    its lines otherwise.

    Parameters
    ----------
    text : str
        As a reader gave it.
    wrapped : bool
        Whether lines may be broken by a page layout (plain text, PDF).
    without : collection of str
        Names of rules to leave out.
    page_starts : collection of int
        Where pages start in `text`, for readers that know; form feeds are page breaks anyway.
        Only for texts that are `wrapped`.

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
    if wrapped and page_starts:
        text = mark_page_starts(text, page_starts)
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
    return ((match.start(), match.end(), _LIGATURES[match[0]]) for match in _LIGATURE.finditer(text))


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
    CleaningRule("line-breaks", _replacing("\r\n?|[\x0b\x85\u2028\u2029]", r"\n")),
    CleaningRule("invisible-characters", _replacing(f"[{_INVISIBLE}]", "")),
    # a soft hyphen at the end of a line is left to the rule for words that are cut
    CleaningRule("soft-hyphens", _replacing(r"\u00ad+(?![\u00ad \t]*[\n\f])", "")),
    CleaningRule("ligatures", _ligatures),
    CleaningRule("composed-characters", _composed),
    CleaningRule("page-numbers", page_number_edits, only_wrapped=True),
    CleaningRule("running-lines", running_line_edits, only_wrapped=True),
    CleaningRule("page-turns", page_turn_edits, only_wrapped=True),
    CleaningRule("page-breaks", _replacing(r"\n?\f", r"\n")),
    CleaningRule("wrapped-lines", unwrap_edits, only_wrapped=True),
    CleaningRule("addresses", address_edits, only_wrapped=True),
    CleaningRule("inclusive-units", sparing_addresses(unit_edits), only_wrapped=True),
    CleaningRule("hyphenation", sparing_addresses(hyphenation_edits), only_wrapped=True),
    CleaningRule("left-soft-hyphens", _replacing("\u00ad", "")),
    CleaningRule("bullets", bullet_edits),
    CleaningRule("footnote-marks", sparing_addresses(note_edits)),
    CleaningRule("spaces", _spaces),
    # a run of spaces is tried once, from its start: a long one would take forever
    CleaningRule("line-edges", _replacing(r"(?<![^\S\n])[^\S\n]+(?=\n|\Z)|(?<=\n)[^\S\n]+", "")),
    CleaningRule("blank-lines", _replacing(r"\n{3,}", r"\n\n")),
    CleaningRule("text-edges", _text_edges),
)
