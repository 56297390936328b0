"""The glyphs with which the items of a list start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.text.offsets import Edit

# the private use area holds what the symbol fonts of word processors leave behind
_GLYPHS = "•‣⁃▪▫■□●○◦◆◇►▶▸➢➤❖❑❏✓✔\ue000-\uf8ff"
_GLYPH = re.compile(rf"[{_GLYPHS}]")
_ITEM = re.compile(rf"^([^\S\n]*)[{_GLYPHS}][^\S\n]*(?:\n[^\S\n]*)?(?=\S)", re.MULTILINE)
_LETTER_ITEM = re.compile(r"^[^\S\n]*(o)[ \t\u00a0]+(?=\S)", re.MULTILINE)
_FEWEST_ITEMS = 2


def starts_with_glyph(line: str) -> bool:
    """Return whether `line` starts with a sign that only lists have.

    Examples
    --------
    >>> starts_with_glyph("▪ un jardin"), starts_with_glyph("– un jardin")
    (True, False)
    """
    return _GLYPH.match(line) is not None


def bullet_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that write ``- `` for the glyph of a list's item.

    A glyph means nothing to a tagger, and those of symbol fonts show as boxes; a dash reads
    well and keeps the item an item. The letter ``o``, which stands for a circle, is one only
    where two lines start with it. A dash or an asterisk stays what the author wrote: a dash
    also opens what someone says. A glyph alone on its line belongs to the next one.

    Examples
    --------
    >>> list(bullet_edits("• un jardin\n\uf0b7un four"))
    [(0, 2, '- '), (12, 13, '- ')]
    """
    spans = [(match.end(1), match.end()) for match in _ITEM.finditer(text)]
    circles = [(match.start(1), match.end()) for match in _LETTER_ITEM.finditer(text)]
    if len(circles) >= _FEWEST_ITEMS:
        spans = sorted([*spans, *circles])
    return ((start, end, "- ") for start, end in spans)
