"""Inclusive forms cut by the end of a line (``citoyen·`` / ``ne·s``) keep their separators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from innovsoc_analysis.text.breaks import find_breaks
from innovsoc_analysis.text.inclusive_tables import MIDDLE_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innovsoc_analysis.text.offsets import Edit

_LOWER = "a-zà-öø-ÿœæ"
# endings that make the feminine or the plural; those that are words of their own need more proof
_ENDINGS = "es?|ères?|euses?|esses?|t?rices?|fes?|ves?|nes|t[tr]es?|lles?|nnes?|sses?|iennes?"
_WORDS = "ne|les?|se|ses|tes?|x|s|ales?|al|aux|elles?|eurs?|res?"
_ANY = f"(?:{_ENDINGS}|{_WORDS})"
_GAP = r"[ \t]*\n[ \t]*"
_CUT = re.compile(
    "|".join(
        (
            # a dot glued to a word is never an end: citoyen· / ne·s, citoyen / ·ne·s
            rf"(?<=[{_LOWER}][{MIDDLE_POINTS}]){_GAP}(?=[{_LOWER}])",
            rf"(?<=[{_LOWER}]){_GAP}(?=[{MIDDLE_POINTS}](?:(?:{_ENDINGS})(?![^\W_])|{_ANY}[{MIDDLE_POINTS}]s(?![^\W_])))",
            # the same separator comes back before the plural: habitant. / e.s, usager- / ère-s
            rf"(?<=[{_LOWER}][.\-/]){_GAP}(?={_ANY}[.\-/]s(?![^\W_]))",
            # after a full stop, only what is no word
            rf"(?<=[{_LOWER}][{_LOWER}]\.){_GAP}(?=(?:{_ENDINGS})(?![\w’'-]))",
            # a slash glued to a word: et/ou, soignant/es
            rf"(?<=[{_LOWER}]/){_GAP}(?=[{_LOWER}])",
            rf"(?<=[{_LOWER}]){_GAP}(?=\({_ANY}\))",
            rf"(?<=[{_LOWER}]\(){_GAP}(?={_ANY}\))",
        )
    )
)
_NEAR = 40


def unit_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that drop line ends inside inclusive forms.

    Examples
    --------
    >>> list(unit_edits("les citoyen·\nne·s"))
    [(12, 13, '')]
    """
    return ((start, end, "") for start, end in find_breaks(text) if _CUT.match(text, start))


def is_cut_unit(line: str, following: str) -> bool:
    """Return whether `line` breaks off inside an inclusive form that goes on in `following`.

    Examples
    --------
    >>> is_cut_unit("chaque habitant.", "e.s"), is_cut_unit("chaque habitant.", "elle rit")
    (True, False)
    """
    near = line[-_NEAR:]
    return _CUT.match(f"{near}\n{following[:_NEAR]}", len(near)) is not None
