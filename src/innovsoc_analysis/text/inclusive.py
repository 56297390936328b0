"""French inclusive writing, found before tokenisation: citoyen·ne·s, habitant(e)s, celles et ceux, acteurices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from innovsoc_analysis.lexicon.french import knows
from innovsoc_analysis.text.cleaning import RULES
from innovsoc_analysis.text.doublets import find_doublets
from innovsoc_analysis.text.inclusive_fused import find_capitals, find_fused, find_neutral, unit
from innovsoc_analysis.text.inclusive_grammar import agree, resolve, with_first_accent
from innovsoc_analysis.text.inclusive_spans import LETTER, InclusiveUnit, Prose, cut_before, word_start
from innovsoc_analysis.text.inclusive_tables import FULL_PAIRS, HYPHENS, KINDS, MIDDLE_POINTS, PIECES, SHORT_FORMS, Word
from innovsoc_analysis.text.offsets import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["InclusiveUnit", "find_inclusive"]

_SEPARATORS = rf"[.(/{MIDDLE_POINTS}{HYPHENS}]"
_BREAK = r"(?:[ \t]{0,3}\n[ \t]{0,3})?"
# a parenthesis may stand apart: né (e) le
_AFTER_STEM = rf"(?:(?<={LETTER}.)|(?<={LETTER}[ \u00a0]\())"
_TRIGGER = re.compile(rf"(?P<sep>{_SEPARATORS}){_AFTER_STEM}-?{_BREAK}(?P<piece>{LETTER}{{1,30}})(?!{LETTER}|_)")
_MORE = re.compile(rf"(?P<sep>{_SEPARATORS})-?{_BREAK}(?P<piece>{LETTER}{{1,6}})(?!{LETTER}|_)")
_ATTACHED = re.compile(rf"(?:s|S|x)(?!{LETTER}|_)")
_COMBINING = re.compile("[\u0300-\u036f]")
_COMPOSING = next(rule for rule in RULES if rule.name == "composed-characters")
_CLOSED_STARTS = frozenset((form.split()[0], form.split()[1]) for form in SHORT_FORMS)
_PAIR_ENDS = frozenset(second for _, second in FULL_PAIRS)
_MOST_PIECES = 4
# what marks emphasis in Markdown, but not what joins the words of a name: _élu·e·s_, liste_usager.es
_EMPHASIS = re.compile(r"(?<![\w*/\\.=@#-])[_*]{1,3}(?=[^\W_])|(?<=[^\W_]|[)])[_*]{1,3}(?![\w*/\\=]|\.\w)")
_MOST_MEMBERS = 2
_WORDS = frozenset({"le", "la", "les", "ne", "se", "te", "en", "ce", "elle", "il", "tes", "ses", "on", "y"})
_ELIDED_PRONOUN = re.compile(r"[qQ](?:uelqu['’]|uelques[-‐‑])$|QUELQU['’]$|QUELQUES[-‐‑]$")


def find_inclusive(text: str) -> list[InclusiveUnit]:
    r"""Return the units of inclusive writing in `text`, in order.

    A unit is recognised by its grammar: a masculine and the ending of its feminine, joined by a
    point, a hyphen, a slash, parentheses or capitals; two words that the dictionary holds to be
    one word in its two genders; a word made of both.

    Parameters
    ----------
    text : str
        French, of any length.

    Returns
    -------
    list of InclusiveUnit
        In order, not overlapping.

    Examples
    --------
    >>> for unit in find_inclusive("Les citoyen·ne·s votent, celles et ceux d'ici aussi."):
    ...     print(unit.form, unit.lemma, unit.number, unit.kind, unit.masculine)
    citoyen·ne·s citoyen Plur median_point citoyens
    celles et ceux celui Plur doublet ceux
    >>> find_inclusive("Le projet(s) de rendez-vous et/ou le moral, p.ex. sur www.exemple.be/citoyen-ne-s")
    []
    """
    if _COMBINING.search(text):
        return _in_decomposed(text)
    if "_" in text or "*" in text:
        bare = _EMPHASIS.sub(lambda marks: " " * len(marks[0]), text)
        if bare != text:
            return [replace(one, form=text[one.start : one.end]) for one in find_inclusive(bare)]
    found: list[InclusiveUnit] = []
    for finder in (_separated, find_capitals, find_fused, find_neutral, find_doublets):
        prose = Prose(text)
        found = _merged(found, [one for one in finder(text) if prose.has(one.start)])
    return _compounds(text, found)


def _in_decomposed(text: str) -> list[InclusiveUnit]:
    """Find units where accents are characters of their own."""
    composed, places = apply_edits(text, _COMPOSING.edits(text))
    spans = []
    for one in find_inclusive(_COMBINING.sub("\ufffd", composed)):
        start, end = places.to_source(one.start, one.end)
        spans.append(replace(one, start=start, end=end, form=text[start:end]))
    return spans


def _compounds(text: str, units: list[InclusiveUnit]) -> list[InclusiveUnit]:
    """Return `units`, those that a hyphen joins as one: ``enseignant·e-chercheur·e``."""
    joined: list[InclusiveUnit] = []
    for one in units:
        last = joined[-1] if joined else None
        apart = last is None or last.end + 1 != one.start or last.kind != one.kind or text[last.end] not in HYPHENS
        if last is None or apart or last.lemma.count("-") >= _MOST_MEMBERS:
            joined.append(one)
            continue
        joined[-1] = InclusiveUnit(
            last.start,
            one.end,
            text[last.start : one.end],
            f"{last.lemma}-{one.lemma}",
            one.number,
            one.kind,
            f"{last.masculine}-{one.masculine}",
        )
    return joined


def _merged(units: list[InclusiveUnit], others: list[InclusiveUnit]) -> list[InclusiveUnit]:
    """Return `units` and those of `others` that overlap none of them, in order."""
    if not others:
        return units
    ordered = sorted(
        [*((one.start, 0, one) for one in units), *((one.start, 1, one) for one in others)], key=lambda x: x[:2]
    )
    kept: list[tuple[int, InclusiveUnit]] = []
    for _, rank, one in ordered:
        if kept and kept[-1][1].end > one.start:
            if kept[-1][0] <= rank:
                continue
            kept.pop()
        kept.append((rank, one))
    return [one for _, one in kept]


def _separated(text: str) -> Iterator[InclusiveUnit]:
    done = 0
    for match in _TRIGGER.finditer(text):
        if match.start() < done:
            continue
        piece = match["piece"].lower()
        if piece not in PIECES and (match["sep"] in "(/" or (match["sep"] == "." and piece not in _PAIR_ENDS)):
            continue
        stem_end = match.start() - text[match.start() - 1].isspace()
        start = word_start(text, stem_end)
        if stem_end == start or (stem_end - start == 1 and not _closed_start(text[start], piece)):
            continue
        if not _may_start(text, start, match["sep"]):
            continue
        if stem_end < match.start() and piece == "e" and not _has_feminine(text[start:stem_end]):
            continue
        found = _unit_at(text, (start, stem_end), match)
        if found:
            done = found.end
            yield found


def _has_feminine(stem: str) -> bool:
    """Whether an e makes the feminine of `stem` and no other noun: ``né (e)``, but the letter in ``le point (e)``."""
    low = with_first_accent(stem.lower())
    agreed = agree(low, f"{low}e")
    return agreed is not None and agreed[1]


def _closed_start(letter: str, piece: str) -> bool:
    """Whether a single letter may start a unit: ``l·e·a``, ``c·elles·eux``."""
    return (letter.lower(), piece) in _CLOSED_STARTS


def _may_start(text: str, start: int, separator: str) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "_@#\\=~$%":
        return False
    return not (before == "." and separator == "." and start > 1 and text[start - 2].isalnum())


def _unit_at(text: str, bounds: tuple[int, int], match: re.Match[str]) -> InclusiveUnit | None:
    start, stem_end = bounds
    separator = match["sep"]
    stem = text[start:stem_end]
    known = stem if stem.isupper() and len(stem) > 1 else with_first_accent(stem.lower())
    free = separator in MIDDLE_POINTS
    start, known = _over_line_break(text, start, known)
    for pieces, end in reversed(_chains(text, match)):
        if not _cased(stem, pieces, free=free) or not _may_end(text, end, match, pieces[-1]):
            continue
        lowered = tuple(piece.lower() for piece in pieces)
        name = stem[0].isupper()
        word = resolve(known, lowered, free=free, name=name) if _short(lowered) else _whole(known.lower(), lowered)
        if word is None:
            continue
        before = _ELIDED_PRONOUN.search(text, max(0, start - 9), start) if word.lemma == "un" else None
        if before:
            masculine = before[0] + text[start : start + 2] + ("s" if "s" in before[0][6:] else "")
            return InclusiveUnit(
                before.start(), end, text[before.start() : end], "quelqu'un", word.number, KINDS[separator], masculine
            )
        return unit(text, (start, stem_end, end), word, kind=KINDS[separator])
    return None


def _short(pieces: tuple[str, ...]) -> bool:
    return all(piece in PIECES for piece in pieces)


def _whole(stem: str, pieces: tuple[str, ...]) -> Word | None:
    """Read two words written out: ``directeur·directrice``."""
    if len(pieces) != 1:
        return None
    pair = FULL_PAIRS.get((stem, pieces[0]))
    if pair:
        return pair[0]
    agreed = agree(stem, pieces[0])
    return agreed[0] if agreed and agreed[1] else None


def _over_line_break(text: str, start: int, stem: str) -> tuple[int, str]:
    """Return where a stem really starts, and all of it, if a hyphen and a line break cut it: ``profession-⏎nel``."""
    before, first = cut_before(text, start)
    whole = first + stem
    if not first or not knows(whole):
        return start, stem
    return before, whole if whole.isupper() else whole.lower()


def _chains(text: str, match: re.Match[str]) -> list[tuple[tuple[str, ...], int]]:
    """Return the pieces that may follow a stem, one, two, three … of them, and where they end."""
    chains: list[tuple[tuple[str, ...], int]] = []
    pieces: tuple[str, ...] = ()
    following: re.Match[str] | None = match
    while following and len(pieces) < _MOST_PIECES:
        if pieces and following["piece"].lower() not in PIECES:
            break
        end = following.end()
        if following["sep"] == "(":
            if not text.startswith(")", end):
                inner = _MORE.match(text, end)
                if not inner or inner["sep"] == "(" or not text.startswith(")", inner.end()):
                    break
                pieces += (following["piece"],)
                following = inner
                end = inner.end()
            end += 1
        pieces += (following["piece"],)
        if following["sep"] == "(" or text.startswith(")", end - 1):
            attached = _ATTACHED.match(text, end)
            if attached:
                chains.append(((*pieces, attached[0]), attached.end()))
                break
            if end < len(text) and (text[end].isalpha() or text[end] == "_"):
                break
        chains.append((pieces, end))
        following = _MORE.match(text, end)
    return chains


def _cased(stem: str, pieces: tuple[str, ...], *, free: bool) -> bool:
    """Whether the endings are in lower case, or in capitals after a stem in capitals."""
    capitals = free or stem.isupper()
    return all(piece.islower() or (capitals and piece.isupper()) for piece in pieces)


def _may_end(text: str, end: int, match: re.Match[str], piece: str) -> bool:
    separator = match["sep"]
    if separator == "." and "\n" in match[0] and piece.lower() in _WORDS:
        return False
    after = text[end : end + 2]
    if after[:1] in {"@", "_", "\\", "="} and after:
        return False
    # a number glued to a word is the call of a note; after a single full stop or hyphen, it is a code
    sure = separator in MIDDLE_POINTS or separator == "(" or (piece == "s" and text[end - 2] == separator)
    if after[:1].isdecimal() and not sure:
        return False
    if separator == "." and after[:1] == "." and len(after) > 1 and (after[1].islower() or after[1].isdigit()):
        return False
    if separator == "." and after[:1] == "(":
        return False
    return not (separator in HYPHENS and after[:1] in {*HYPHENS} and after[1:].isalpha() and piece.lower() in _WORDS)
