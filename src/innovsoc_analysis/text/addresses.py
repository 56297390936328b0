"""Web and mail addresses: made whole where a line end cuts them, and kept from every other rule."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from innovsoc_analysis.text.breaks import find_breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from innovsoc_analysis.text.offsets import Edit

_ANCHOR = re.compile(r"://|www\.|WWW\.|@")
# bounded, so that an endless run costs no more than its length
_SCHEME = re.compile(r"(?:https?|ftp)\Z", re.IGNORECASE)
_MAIL_NAME = re.compile(r"[\w.+-]{1,64}\Z")
_MAIL_HOST = re.compile(r"[\w.-]{0,200}")
_LONGEST_HEAD = 64
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_PIECE = re.compile(r"[^\s<>«»“”]+")
_OPENS = re.compile(r"https?://|ftp://|www\.", re.IGNORECASE)
_PATH = re.compile(r"[/_=&%#~]|\w\.[^\W\d_]|[^\W\d_]\d|\d[^\W_]")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,}")
_ENDING = re.compile(r"(?:aspx?|be|com|docx?|fr|html?|org|pdf|php)\b(?![’'])")
_MAIL_CUT_BEFORE_SIGN = re.compile(rf"(?<=\w)[ \t]*\n[ \t]*@{_DOMAIN.pattern}")
_NOTHING = re.compile(r"\Z")
_AROUND = {"@": (_MAIL_NAME, _MAIL_HOST), "://": (_SCHEME, _PIECE)}
_LONGEST_TAIL = 300


def address_edits(text: str) -> Iterator[Edit]:
    r"""Yield the edits that drop the line ends inside addresses.

    The next line belongs to the address if it starts as no word of a sentence does (``/IMG``,
    ``=2``), or if the address breaks off where none ends: after ``=``, ``&``, ``_``, ``@``, a
    hyphen, or after a slash or a dot when what follows looks like a path or an ending.

    Examples
    --------
    >>> list(address_edits("Voir www.exemple.be/doc/\nplan_2020.pdf et la suite"))
    [(24, 25, '')]
    """
    spans = []
    if "@" in text:
        spans = [(start, end) for start, end in find_breaks(text) if _MAIL_CUT_BEFORE_SIGN.match(text, start)]
    done = 0
    for start, address_end in _addresses(text):
        if start < done:
            continue
        end = address_end
        while (gap := _LINE_END.match(text, end)) and (piece := _PIECE.match(text, gap.end())):
            if not _continues(text[max(start, end - _LONGEST_TAIL) : end], piece[0]):
                break
            spans.append(gap.span())
            end = done = piece.end()
    return ((start, end, "") for start, end in sorted(set(spans)))


def is_cut_address(line: str, following: str) -> bool:
    """Return whether `line` breaks off inside an address that goes on in `following`.

    Examples
    --------
    >>> is_cut_address("Lire www.exemple.be/plan_", "2020.pdf"), is_cut_address("Lire www.exemple.be", "et")
    (True, False)
    """
    tail = line[-_LONGEST_TAIL:]
    cut = f"{tail}\n{following[:_LONGEST_TAIL]}"
    return any(start == len(tail) for start, _, _ in address_edits(cut))


def ends_in_address(line: str) -> bool:
    """Return whether the last thing of `line` is an address.

    Examples
    --------
    >>> ends_in_address("Lire www.exemple.be/un-"), ends_in_address("www.exemple.be fait un-")
    (True, False)
    """
    return any(end == len(line) for _, end in _addresses(line))


def sparing_addresses(edits: Callable[[str], Iterable[Edit]]) -> Callable[[str], Iterator[Edit]]:
    """Return the rule `edits` without what it would do inside an address or just after one.

    Examples
    --------
    >>> list(sparing_addresses(lambda text: [(7, 8, "")])("www.un-deux.be"))
    []
    """

    def spared(text: str) -> Iterator[Edit]:
        spans = _addresses(text)
        starts = [start for start, _ in spans]
        for edit in edits(text):
            before = bisect_right(starts, edit[1] - 1) - 1
            if before < 0 or edit[0] > spans[before][1]:
                yield edit

    return spared


def _addresses(text: str) -> list[tuple[int, int]]:
    spans = []
    done = 0
    for anchor in _ANCHOR.finditer(text):
        start = anchor.start()
        if start < done:
            continue
        head, goes_on = _AROUND.get(anchor[0], (_NOTHING, _PIECE))
        found = head.search(text[max(done, start - _LONGEST_HEAD) : start])
        if found:
            rest = goes_on.match(text, anchor.end())
            done = rest.end() if rest else anchor.end()
            spans.append((start - len(found[0]), done))
    return spans


def _continues(address: str, piece: str) -> bool:
    if _OPENS.match(piece):
        return False
    last, first = address[-1], piece[0]
    if last == "@":
        return _DOMAIN.match(piece) is not None
    if last == "/":
        return _PATH.search(piece.rstrip(".,;:!?)")) is not None
    if last == ".":
        return _ENDING.match(piece) is not None
    after_mark = last in "_=&%#~+" and first.isalnum()
    after_hyphen = last == "-" and (first.islower() or first.isdigit())
    return after_mark or after_hyphen or (first in "/?#&=_%" and piece[1:2].isalnum())
